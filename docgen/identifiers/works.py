"""Numbers of trade marks and registered works. None has a check digit, and the forms are known second hand."""

from __future__ import annotations

import re

from docgen.identifiers.result import Identified, Reason, refused, warned


def trademark_no(number: str) -> Identified:
    """A trade mark's number: up to eight digits, a letter after a division, G before an international one."""
    number = re.sub(r"^第(.+)号$", r"\1", number.upper())
    if not re.search(r"[0-9]", number):
        return refused(number, Reason.FORM)
    return Identified(number) if re.fullmatch(r"G?[0-9]{1,8}[A-Z]?", number) else warned(number, Reason.FORM)


def software_no(number: str) -> Identified:
    """The registration number of software: `2022SR0123456`. The certificate's number (软著登字第…号) is another one."""
    number = number.upper()
    if "登字" in number:
        return warned(number, Reason.CERTIFICATE_NUMBER)
    form = r"(?:19|20)[0-9]{2}SR(?:BJ)?[0-9]{4,7}"
    return Identified(number) if re.fullmatch(form, number) else warned(number, Reason.FORM)


def copyright_no(number: str) -> Identified:
    """The registration number of any other work: `国作登字-2022-F-00123456`, or a province's."""
    number = number.upper()
    form = r"[\u4e00-\u9fff]作登字-(?:19|20)[0-9]{2}-[A-Z]-[0-9]{8}"
    return Identified(number) if re.fullmatch(form, number) else warned(number, Reason.FORM)
