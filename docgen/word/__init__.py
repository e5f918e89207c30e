"""What a .docx holds: package gate, styles, list labels, text extract, thorough health check.

Import from the modules. `labels` needs no library, so that a filled document costs no lxml.
"""
