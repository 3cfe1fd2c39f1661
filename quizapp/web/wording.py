"""The names of the design's fixed words, as people read them."""

from flask_babel import lazy_gettext as _

from quizapp.domain.access import Right, Role
from quizapp.domain.certainty import CertaintyUse
from quizapp.domain.feedback import Aspect, Moment
from quizapp.domain.grading import Grading
from quizapp.domain.quizzes import Mode, Status
from quizapp.models import Deed, Purpose, Reason

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
    Mode.PRACTICE: _("Practice: each answer is checked by itself, and then stays"),
    Mode.TEST: _("Test: answers can be changed until submission; needs an account"),
}
PURPOSE_NAMES = {
    Purpose.QUIZ: _("Quiz"),
    Purpose.REVIEW: _("Review"),
    Purpose.REDO: _("Once more"),
    Purpose.TRIAL: _("Try-out"),
}
CERTAINTY_WORDS = {1: _("unsure"), 2: _("fairly sure"), 3: _("sure")}
REASON_NAMES = {
    Reason.KEY: _("The answer called right is wrong"),
    Reason.UNCLEAR: _("It is unclear, or has two right answers"),
    Reason.EVIDENCE: _("The marked words do not decide it"),
    Reason.RECORD: _("It disagrees with the historical record"),
    Reason.TYPO: _("A slip in spelling or language"),
    Reason.OTHER: _("Something else"),
}
DEED_NAMES = {
    Deed.KEY: _("Another answer is the key"),
    Deed.ACCEPT: _("One more answer is right"),
    Deed.DROP: _("An option should not have been there"),
    Deed.EVERYONE: _("Everybody gets the marks"),
    Deed.VOID: _("The question counts for nothing"),
}
DEED_WORDS = {
    Deed.KEY: _("Answers are marked by the new key alone."),
    Deed.ACCEPT: _("The key stays right, and a further answer earns the marks as well."),
    Deed.DROP: _("Who chose it gets the marks; where several are ticked, the others decide."),
    Deed.EVERYONE: _("Whatever was answered, blanks too: for a question that nobody could answer fairly."),
    Deed.VOID: _("It is taken out of the score, of what was earned and of what was possible."),
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
ASPECT_NAMES = {
    Aspect.RESPONSE: _("What was answered"),
    Aspect.CORRECTNESS: _("Whether it is right"),
    Aspect.MARK: _("The marks"),
    Aspect.KEY: _("The right answer"),
    Aspect.EXPLANATION: _("Why it is right"),
    Aspect.EVIDENCE: _("The words that decide it"),
    Aspect.NOTE: _("The record notes"),
}
MOMENT_NAMES = {
    Moment.AT_ONCE: _("At once"),
    Moment.AFTER_SUBMISSION: _("After submission"),
    Moment.AFTER_CLOSING: _("After closing"),
    Moment.NEVER: _("Never"),
}
GRADING_NAMES = {
    Grading.FIRST: _("The first"),
    Grading.BEST: _("The best"),
    Grading.LATEST: _("The latest"),
    Grading.AVERAGE: _("The average of all"),
}
CERTAINTY_USES = {
    CertaintyUse.OFF: _("Not asked"),
    CertaintyUse.ASKED: _("Asked, and not counted"),
    CertaintyUse.SCORED: _("Counts: right earns 1, 2 or 3 marks, wrong 0, −2 or −6"),
}
RIGHT_NAMES = {Right.VIEW: _("look at it and use it"), Right.EDIT: _("change it"), Right.OWN: _("own it")}
EVERYONE_MAY = {
    Right.VIEW: _("Every teacher here may look at it and use it."),
    Right.EDIT: _("Every teacher here may change it."),
    Right.OWN: _("Every teacher here may change it and share it."),
}
ROLE_NAMES = {Role.GUEST: _("guest"), Role.STUDENT: _("student"), Role.TEACHER: _("teacher")}
