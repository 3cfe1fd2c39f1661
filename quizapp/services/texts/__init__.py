"""Texts written in the browser: new banks from a teacher's own text, and the passages and sections of any bank."""
