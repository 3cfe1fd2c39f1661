"""How fast the product is, as ratios to a bare Flask app that does the same work; `python -m tests.benchmark`."""
