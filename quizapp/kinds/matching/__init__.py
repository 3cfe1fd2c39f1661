"""Matching: each entry on the left belongs to one of the options."""
