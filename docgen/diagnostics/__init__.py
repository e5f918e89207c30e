"""What a problem is: code, severity, place and arguments; its text is made at the edge."""

from docgen.diagnostics.model import (
    Diagnostic,
    DocgenError,
    ExportError,
    InputError,
    OutputError,
    Place,
    Related,
    SetupError,
    Severity,
    TemplateError,
)

__all__ = [
    "Diagnostic",
    "DocgenError",
    "ExportError",
    "InputError",
    "OutputError",
    "Place",
    "Related",
    "SetupError",
    "Severity",
    "TemplateError",
]
