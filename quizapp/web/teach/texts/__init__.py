"""A bank's text in the browser: a new one from one's own text, its sections and passages, their notes and versions."""

from quizapp.web.teach.texts import new_bank, passages, sections, text, versions

__all__ = ["new_bank", "passages", "sections", "text", "versions"]
