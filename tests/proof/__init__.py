"""The proof that nothing is lost when a quiz is taken: chance against a reference, threads, and killed servers."""
