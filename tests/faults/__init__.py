"""What goes wrong on real machines: each fault on a real server, and what becomes of those who use it."""
