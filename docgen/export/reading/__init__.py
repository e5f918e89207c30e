"""What the Word file says: styles, numbering and direct formatting, merged as Word merges them."""
