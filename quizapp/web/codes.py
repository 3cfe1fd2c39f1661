"""Addresses as QR codes, for a wall or a slip of paper."""

import segno
from markupsafe import Markup

QUIET_ZONE = 4
"""Empty modules around a code, as the standard asks; they stay white on a dark page, too."""

MASK = 2
"""One of the eight patterns that may be laid over a code: each can be read, and to look for the best takes five times
as long, which a sheet of slips for a whole school year feels."""


def qr_code(address: str) -> Markup:
    """The address as an inline picture, which takes the size its box gives it; what it says stands beside it."""
    code = segno.make_qr(address, error="m", mask=MASK)
    drawn = code.svg_inline(border=QUIET_ZONE, dark="#000", light="#fff", omitsize=True, svgclass=None, lineclass=None)
    return Markup(drawn.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))  # noqa: S704  segno's own
