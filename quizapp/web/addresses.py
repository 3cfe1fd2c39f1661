"""Addresses that a form or a link brings along: only those of this site are followed."""

import re

_LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""One slash and then no host. Browsers read a backslash as a slash and leave out tabs and line breaks."""


def local_address(wanted: str, otherwise: str) -> str:
    """`wanted` where it is an address of this site, else `otherwise`."""
    return wanted if _LOCAL.fullmatch(wanted) else otherwise
