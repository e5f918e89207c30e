"""Which installed face draws a character of a font a Word document names, and how wide and high it is."""
