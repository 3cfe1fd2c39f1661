"""The names of the design's fixed words, as people read them."""

from flask_babel import lazy_gettext as _

from quizapp.domain.quizzes import Mode, Status

LEVEL_NAMES = {
    "recall": _("recall"),
    "understanding": _("understanding"),
    "cause": _("cause"),
    "chronology": _("chronology"),
    "source": _("source criticism"),
}
FRAME_NAMES = {
    "essay": _("According to the essay"),
    "record": _("What the record shows"),
    "both": _("Essay and record"),
}
STATUS_NAMES = {Status.DRAFT: _("Draft"), Status.PUBLISHED: _("Published"), Status.RETIRED: _("Retired")}
MODE_NAMES = {
    Mode.PRACTICE: _("Practice: after each answer"),
    Mode.TEST: _("Test: after submission"),
}
MODE_WORDS = {Mode.PRACTICE: _("practice"), Mode.TEST: _("test")}
BASIS_NAMES = {
    "essay": _("dated so by the essay"),
    "record": _("dated so by the record"),
    "both": _("essay and record agree"),
}
STANDING_NAMES = {
    "agrees": _("the record agrees"),
    "opinion": _("an opinion"),
    "differs": _("the record differs"),
    "disputed": _("disputed"),
    "unverified": _("not verified"),
}
SEVERITY_NAMES = {
    "error": _("Mend this"),
    "warning": _("Look at this"),
    "information": _("Perhaps"),
}
VERDICT_NAMES = {
    "differs": _("The record differs"),
    "disputed": _("Disputed"),
    "unverified": _("Not verified"),
    "adds": _("The record adds"),
}
