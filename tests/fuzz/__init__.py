"""Thousands of requests that no browser would send, of every route, by everybody.

`python -m tests.fuzz --requests 20000` sends them to an app on a database of its own and says what went wrong; a run
is told again by its seed.
"""
