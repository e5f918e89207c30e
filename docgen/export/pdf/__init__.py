"""The paged HTML as a PDF, and what goes into the file besides its pages."""
