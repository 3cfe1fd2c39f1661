"""Attempts: started, answered one slot at a time, submitted once, and reviewed with the reasons."""
