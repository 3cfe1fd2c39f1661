"""What keeps strangers out: headers, what is written and shown again, and the table of the security standard."""
