"""What is said of texts that could not be read, or not all of them."""

from collections.abc import Callable

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _

from quizapp.formats.own_text import LeftOut, Notice, Why

WHY = {
    Why.TOO_LARGE: _("The text is too long: at most 5 MB in a file, and 250,000 characters. Bring it in parts."),
    Why.TOO_LARGE_INSIDE: _("The file unpacks to more than 30 MB. Take the pictures out and save it again."),
    Why.NOT_WORD: _(
        "The file is not a Word document (.docx), whatever its name says. Save it as one, or paste the text."
    ),
    Why.OLD_OR_LOCKED: _(
        "The file is an old Word document (.doc), or needs a password. Save it as .docx without one, or paste the text."
    ),
    Why.DAMAGED: _("The file is damaged and could not be read. Save it anew, or paste the text."),
    Why.PDF: _("The file is a PDF, which has no paragraphs to go by. Copy its text and paste it."),
    Why.NOT_TEXT: _("The file is not a text. Bring plain text (.txt), Markdown (.md) or Word (.docx)."),
    Why.EMPTY: _("There are no words in it. Paste the text, or choose another file."),
}


_SENTENCES: dict[LeftOut, Callable[[int], str]] = {
    LeftOut.PICTURE: lambda count: ngettext("%(num)s picture was left out.", "%(num)s pictures were left out.", count),
    LeftOut.TABLE: lambda count: ngettext("%(num)s table was left out.", "%(num)s tables were left out.", count),
    LeftOut.FOOTNOTE: lambda count: ngettext(
        "%(num)s footnote or endnote was left out.", "%(num)s footnotes or endnotes were left out.", count
    ),
    LeftOut.TEXT_BOX: lambda count: ngettext(
        "%(num)s text box was left out.", "%(num)s text boxes were left out.", count
    ),
    LeftOut.FORMULA: lambda count: ngettext("%(num)s formula was left out.", "%(num)s formulas were left out.", count),
    LeftOut.CONTENTS: lambda _count: gettext("The table of contents was left out."),
    LeftOut.LINK: lambda count: ngettext(
        "%(num)s link was kept as words only.", "%(num)s links were kept as words only.", count
    ),
    LeftOut.CHANGE: lambda _count: gettext(
        "The file has tracked changes; the text is read as if all of them were accepted."
    ),
    LeftOut.LETTERS: lambda _count: gettext(
        "The file does not say how its letters are stored. Look whether accents and quotes are right."
    ),
    LeftOut.FRONT_MATTER: lambda _count: gettext("The lines between --- at the beginning were left out."),
}


def notice(found: Notice) -> str:
    """A sentence on what a file has that passages do not."""
    return str(_SENTENCES[found.what](found.count))
