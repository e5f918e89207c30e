"""Tables: a grid of cells with spans, what each cell looks like, column widths, the lines between cells, HTML."""
