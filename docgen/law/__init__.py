"""The law as dated data: instruments with their sources, and parameters with a value for each date."""

from docgen.law.data import Instrument, Law, LawError, Parameter, ValueFrom

__all__ = ["Instrument", "Law", "LawError", "Parameter", "ValueFrom"]
