"""Corrections: a deed is proposed, its effects are shown, and only then it is applied, in one transaction."""
