"""A teacher's own text, pasted or from a file, as paragraphs and headings: plain text, Markdown, Word (DOCX)."""

from quizapp.formats.own_text.manuscript import LeftOut, Manuscript, Notice, UnreadableText, Why
from quizapp.formats.own_text.reading import read_file, read_pasted

__all__ = ["LeftOut", "Manuscript", "Notice", "UnreadableText", "Why", "read_file", "read_pasted"]
