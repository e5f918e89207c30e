"""What a .docx holds: package gate, styles, list labels, references, places, text extract, health check.

Import from the modules: `labels` and `health` need neither lxml nor python-docx to load, and stay cheap.
"""
