"""Classes: making them, joining them, and who is in them."""
