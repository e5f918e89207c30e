"""The law as dated data: instruments with their sources, and parameters with a value for each date."""

from docgen.law.data import Instrument, Law, LawError, Parameter, ValueFrom
from docgen.law.files import law_files

__all__ = ["Instrument", "Law", "LawError", "Parameter", "ValueFrom", "law_files"]
