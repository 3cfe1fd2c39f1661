"""Cloze: a text with blanks to fill in."""
