"""The tests mirror the package: a rule of `quizapp/kinds` is tested in `tests/kinds`."""
