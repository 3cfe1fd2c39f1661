"""The questions of a bank taken together: their list, what is done to many at once, their versions and copies."""
