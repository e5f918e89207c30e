"""A paragraph as measured characters, broken into lines, written as HTML."""
