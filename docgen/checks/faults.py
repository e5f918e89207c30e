"""What is wrong, in both languages: an argument for messages that one rule uses for several faults."""

from __future__ import annotations


def fault(zh: str, en: str) -> dict[str, str]:
    """The argument `fault` of a message in Chinese and English."""
    return {"fault.zh": zh, "fault.en": en}
