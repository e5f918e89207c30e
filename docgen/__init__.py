"""Checked, consistent closing papers for loans secured on intellectual property."""
