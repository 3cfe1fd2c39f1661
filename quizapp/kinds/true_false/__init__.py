"""True or false: one statement to judge."""
