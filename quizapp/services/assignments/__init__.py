"""Quizzes set for classes: setting them, taking them, and watching them run."""
