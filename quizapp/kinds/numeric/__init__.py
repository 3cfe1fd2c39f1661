"""Numeric: a year, an amount, a count, typed in any usual way of writing it."""
