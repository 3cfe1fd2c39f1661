"""What many answers say about a question and about a quiz: figures, how sure they are, and what is worth a look.

Pure functions over counted answers. Formulas of classical test theory; the source of each stands with it.
"""
