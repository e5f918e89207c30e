"""Paragraphs, tables and sections as paged HTML."""
