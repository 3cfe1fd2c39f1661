"""Use cases: a database session in, rows or values out; nothing here knows of requests, and nothing here commits."""
