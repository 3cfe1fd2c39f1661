"""Essay: a longer text, which a teacher marks by a rubric."""
