"""A whole number in a form."""

from flask_babel import gettext
from wtforms import IntegerField

DIGITS = 9
"""Of a whole number typed: more than any field takes."""


class WholeNumber(IntegerField):
    """A whole number; anything else is asked again in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was sent. Raises ValueError for what is no number, or a huge one."""
        text = valuelist[0].strip() if valuelist else ""
        try:
            self.data = int(text) if text and len(text) <= DIGITS else None
        except ValueError:
            self.data = None
        if text and self.data is None:
            raise ValueError(gettext("Write a whole number, such as 30."))
