"""Ordering: items to be put into their right order."""
