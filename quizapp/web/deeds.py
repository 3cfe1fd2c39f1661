"""The registry of deeds: for every endpoint that changes something, what the audit log says of it, or why nothing.

A new endpoint gets its line here, or a test fails. The words follow a name: “Tahir … gave a mark”.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from quizapp.domain.access import Right, Role
from quizapp.models import Bank
from quizapp.services import accounts
from quizapp.services.classes import joining
from quizapp.web.numbers import LARGEST


@dataclass
class Done:
    """What a request has done so far: the numbers of the records made, by table, and whom it was about."""

    made: dict[str, list[int]] = field(default_factory=dict)
    people: set[int | None] = field(default_factory=set)


Number = Callable[[Session, Done, int | None], int | None]
"""Gives the number of the record, from what was done and by whom."""


@dataclass(frozen=True)
class Deed:
    """A deed as the audit log names it, what was done in words, and to which kind of record.

    `also` names arguments of the address and fields of the form whose whole numbers are kept as well, `settings` fields
    of which a few fixed words may be sent. A deed that `reads` is noted when it was answered; `always` also where
    nothing else was written; `by_link` also where it is done by following a link.
    """

    name: str
    words: Any
    record: str | None = None
    number: Number | None = None
    also: tuple[str, ...] = ()
    settings: Mapping[str, frozenset[str]] = field(default_factory=dict)
    reads: bool = False
    always: bool = False
    by_link: bool = False

    def details(self) -> dict[str, Any]:
        """The numbers and settings of the request that are kept."""
        sent = {name: _whole(self._sent(name)) for name in self.also}
        chosen = {name: request.values.get(name, "") for name in self.settings}
        words = {name: word for name, word in chosen.items() if word in self.settings[name]}
        return {name: numbers for name, numbers in sent.items() if numbers} | words

    def _sent(self, name: str) -> list[str]:
        arguments = request.view_args or {}
        return [str(arguments[name])] if name in arguments else request.values.getlist(name)


@dataclass(frozen=True)
class NotAudited:
    """An endpoint that changes something of which the audit log says nothing, and why."""

    because: str


def _whole(texts: Iterable[str]) -> list[int]:
    """The numbers among them that a row can have."""
    found = [int(text) for text in texts if text.isascii() and text.isdecimal() and len(text) <= len(str(LARGEST))]
    return [number for number in found if number <= LARGEST][:500]


def _argument(name: str) -> Number:
    def number(_session: Session, _done: Done, _actor: int | None) -> int | None:
        found: int | None = (request.view_args or {}).get(name)
        return found

    return number


def _made(table: str) -> Number:
    def number(_session: Session, done: Done, _actor: int | None) -> int | None:
        return next(iter(done.made.get(table, ())), None)

    return number


def _bank(session: Session, _done: Done, _actor: int | None) -> int | None:
    return session.scalar(select(Bank.id).where(Bank.slug == (request.view_args or {}).get("slug")))


def _class_joined(session: Session, _done: Done, _actor: int | None) -> int | None:
    found = joining.class_with_code(session, (request.view_args or {}).get("code", ""))
    return None if found is None else found.id


def _actor(_session: Session, _done: Done, actor: int | None) -> int | None:
    return actor


def _account_tried(session: Session, _done: Done, _actor: int | None) -> int | None:
    """The account of the name typed; the name itself is not kept: it may be a password typed in the wrong place."""
    found = accounts.find(session, request.form.get("username", "").replace("\x00", ""))
    return None if found is None else found.id


_QUESTION, _QUIZ, _CLASS = _argument("question_id"), _argument("quiz_id"), _argument("classroom_id")
_PASSAGE, _SECTION, _ASSIGNMENT = _argument("passage_id"), _argument("section_id"), _argument("assignment_id")
_ATTEMPT, _REPORT, _PERSON = _argument("attempt_id"), _argument("report_id"), _argument("user_id")
_RIGHTS = {"right": frozenset({*Right, "none"})}
_EVERYONE = {"everyone": frozenset({"nobody", Right.VIEW, Right.EDIT})}
_AN_ATTEMPT = NotAudited("the attempt itself is the record of who did what and when")
_A_TRIAL = NotAudited("a trial is nobody’s record, and goes when it is done")

SIGN_IN_REFUSED = Deed("sign_in.refused", _("was refused: wrong name or password"), "user", _account_tried)
"""It is noted for a name that nobody has, too: else the time it takes would tell which names there are."""

_ACCOUNTS: dict[str, Deed | NotAudited] = {
    "account.sign_in": Deed("sign_in", _("signed in"), "user", _actor, always=True),
    "account.sign_out": NotAudited("it ends one sign-in and changes nothing that is kept"),
    "account.sign_up": Deed("account.made", _("made their own account"), "user", _actor),
    "account.set_up": Deed("account.set_up", _("became the first teacher"), "user", _actor),
    "account.password": Deed("password.changed", _("changed their own password"), "user", _actor),
    "account.choose_password": Deed("link.used", _("chose a password by a link"), "user", _actor),
    "account.came_back": Deed(
        "sign_in.elsewhere", _("signed in elsewhere, or connected that sign-in"), "user", _actor, by_link=True
    ),
    "account.connect": NotAudited("it leads to the provider; coming back from there is the deed"),
    "account.disconnect": Deed("sign_in.disconnected", _("disconnected a sign-in elsewhere"), "user", _actor),
    "account.sign_out_everywhere": Deed("sign_out.everywhere", _("signed out everywhere"), "user", _actor),
    "account.delete": Deed("account.left", _("deleted their own account"), "user", _actor),
    "account.data": Deed("data.own", _("downloaded their own data"), "user", _actor, reads=True),
    "joining.join": Deed("class.joined", _("joined a class"), "classroom", _class_joined),
}
_LEARNING: dict[str, Deed | NotAudited] = {
    "assigned.start": _AN_ATTEMPT,
    "spaced.start": _AN_ATTEMPT,
    "taking.start": _AN_ATTEMPT,
    "taking.another": _AN_ATTEMPT,
    "taking.redo": _AN_ATTEMPT,
    "taking.answer": _AN_ATTEMPT,
    "taking.answer_all": _AN_ATTEMPT,
    "taking.save": _AN_ATTEMPT,
    "taking.submit": _AN_ATTEMPT,
    "taking.here": _AN_ATTEMPT,
    "taking.report": NotAudited("the report itself says who sent it and when"),
}
_BANKS: dict[str, Deed | NotAudited] = {
    "teach.create_bank": Deed("bank.made", _("made a bank"), "bank", _made("bank")),
    "teach.about_bank": Deed("bank.edited", _("edited what a bank is called"), "bank", _bank),
    "teach.list_bank": Deed("bank.listed", _("opened or closed a text to everybody"), "bank", _bank),
    "teach.share_bank": Deed("bank.shared", _("changed who may use a bank"), "bank", _bank, settings=_RIGHTS),
    "teach.open_bank": Deed("bank.opened", _("changed what all may do with a bank"), "bank", _bank, settings=_EVERYONE),
    "teach.new_passage": Deed("passage.made", _("wrote a passage"), "passage", _made("passage")),
    "teach.edit_passage": Deed("passage.edited", _("edited a passage"), "passage", _PASSAGE),
    "teach.move_passage": Deed("passage.moved", _("moved a passage"), "passage", _PASSAGE),
    "teach.remove_passage": Deed("passage.removed", _("took a passage out"), "passage", _PASSAGE),
    "teach.put_back": Deed("passage.put_back", _("put a passage back"), "passage", _PASSAGE),
    "teach.add_section": Deed("section.made", _("added a section"), "section", _made("section")),
    "teach.edit_section": Deed("section.edited", _("edited a section"), "section", _SECTION),
    "teach.move_section": Deed("section.moved", _("moved a section"), "section", _SECTION),
    "teach.remove_section": Deed("section.removed", _("removed a section"), "section", _SECTION),
}
_QUESTIONS: dict[str, Deed | NotAudited] = {
    "teach.new_question": Deed("question.made", _("wrote a question"), "question", _made("question")),
    "teach.edit_question": Deed("question.edited", _("edited a question"), "question", _QUESTION),
    "teach.duplicate_question": Deed(
        "question.copied", _("copied a question"), "question", _made("question"), also=("question_id",)
    ),
    "teach.restore_version": Deed(
        "question.restored", _("restored a version of a question"), "question", _QUESTION, also=("number",)
    ),
    "teach.apply_bulk": Deed("question.bulk", _("changed several questions"), "bank", _bank, also=("question",)),
    "teach.apply_correction": Deed(
        "correction.made", _("corrected a question"), "correction", _made("correction"), also=("question_id",)
    ),
    "teach.undo_correction": Deed(
        "correction.undone", _("undid a correction"), "correction", _argument("correction_id")
    ),
    "teach.handle_report": Deed("report.handled", _("dealt with a report"), "report", _REPORT),
    "teach.handle_reports": Deed("reports.handled", _("dealt with several reports"), "report", None, also=("report",)),
    "teach.reopen_report": Deed("report.reopened", _("took a report up again"), "report", _REPORT),
}
_QUIZZES: dict[str, Deed | NotAudited] = {
    "teach.new_quiz": Deed("quiz.made", _("made a quiz"), "quiz", _made("quiz")),
    "teach.copy_quiz": Deed("quiz.copied", _("copied a quiz"), "quiz", _made("quiz"), also=("quiz_id",)),
    "teach.edit_quiz": Deed("quiz.edited", _("edited the settings of a quiz"), "quiz", _QUIZ),
    "teach.add_question": Deed("quiz.question_added", _("added to a quiz"), "quiz", _QUIZ, also=("question_id",)),
    "teach.add_draw": Deed("quiz.draw_added", _("added a draw to a quiz"), "quiz", _QUIZ),
    "teach.remove_slot": Deed("quiz.slot_removed", _("took out of a quiz"), "quiz", _QUIZ, also=("slot_id",)),
    "teach.move_slot": Deed("quiz.slot_moved", _("moved within a quiz"), "quiz", _QUIZ, also=("slot_id",)),
    "teach.set_marks": Deed("quiz.marks_set", _("changed the marks in a quiz"), "quiz", _QUIZ, also=("slot_id",)),
    "teach.share_quiz": Deed("quiz.shared", _("changed who may use a quiz"), "quiz", _QUIZ, settings=_RIGHTS),
    "teach.open_quiz": Deed("quiz.opened", _("changed what all may do with a quiz"), "quiz", _QUIZ, settings=_EVERYONE),
    "teach.try_quiz": _A_TRIAL,
    "teach.end_trial": _A_TRIAL,
}
_CLASSES: dict[str, Deed | NotAudited] = {
    "teach.classes": Deed("class.made", _("made a class"), "classroom", _made("classroom")),
    "teach.class_settings": Deed("class.renamed", _("renamed a class"), "classroom", _CLASS),
    "teach.let_join": Deed(
        "class.joining",
        _("let students join by the code, or stopped it"),
        "classroom",
        _CLASS,
        settings={"joining": frozenset({"yes", "no"})},
    ),
    "teach.renew_code": Deed("class.code_renewed", _("made another join code"), "classroom", _CLASS),
    "teach.archive_class": Deed("class.archived", _("archived a class"), "classroom", _CLASS),
    "teach.unarchive_class": Deed("class.unarchived", _("took a class out of the archive"), "classroom", _CLASS),
    "teach.share_class": Deed("class.shared", _("changed who teaches a class"), "classroom", _CLASS, settings=_RIGHTS),
    "teach.import_roster": Deed("class.list_taken", _("took a list of students in"), "classroom", _CLASS),
    "teach.remove_students": Deed(
        "class.students_removed", _("took students out of a class"), "classroom", _CLASS, also=("student",)
    ),
    "teach.take_back": Deed("class.student_back", _("let a student in again"), "classroom", _CLASS, also=("user_id",)),
    "teach.class_links": Deed("class.links_made", _("made password links for a class"), "classroom", _CLASS),
    "teach.gradebook_file": Deed(
        "gradebook.downloaded",
        _("downloaded a gradebook"),
        "classroom",
        _CLASS,
        settings={"anonymous": frozenset({"1"}), "file": frozenset({"scores", "attempts"})},
        reads=True,
    ),
    "teach.new_assignment": Deed(
        "assignment.made", _("set a quiz for a class"), "assignment", _made("assignment"), also=("classroom_id",)
    ),
    "teach.copy_assignment": Deed(
        "assignment.copied", _("copied an assignment"), "assignment", _made("assignment"), also=("assignment_id",)
    ),
    "teach.edit_assignment": Deed("assignment.edited", _("edited an assignment"), "assignment", _ASSIGNMENT),
    "teach.publish_assignment": Deed(
        "assignment.published", _("showed or hid an assignment"), "assignment", _ASSIGNMENT
    ),
    "teach.remove_assignment": Deed("assignment.removed", _("removed an assignment"), "assignment", _ASSIGNMENT),
}
_STUDENTS: dict[str, Deed | NotAudited] = {
    "teach.password_link": Deed("link.made", _("made a password link"), "user", _PERSON),
    "teach.accommodate": Deed("student.arranged", _("arranged more time or attempts"), "user", _PERSON),
    "teach.extend": Deed("attempt.extended", _("gave an attempt more time"), "attempt", _ATTEMPT, also=("minutes",)),
    "teach.reopen": Deed("attempt.reopened", _("opened an attempt again"), "attempt", _ATTEMPT, also=("minutes",)),
    "teach.mark": Deed("answer.marked", _("gave a mark"), "attempt", _ATTEMPT, also=("position",)),
}
_ADMINISTERING: dict[str, Deed | NotAudited] = {
    "admin.person": Deed("person.looked_at", _("looked at a person"), "user", _PERSON, reads=True),
    "admin.person_data": Deed("data.downloaded", _("downloaded a person’s data"), "user", _PERSON, reads=True),
    "admin.log_file": Deed("log.downloaded", _("downloaded the audit log"), reads=True),
    "admin.password_link": Deed("link.made", _("made a password link"), "user", _PERSON),
    "admin.sign_out_everywhere": Deed("sign_out.forced", _("signed a person out everywhere"), "user", _PERSON),
    "admin.let_administer": Deed(
        "person.administers",
        _("changed who administers"),
        "user",
        _PERSON,
        settings={"administers": frozenset({"yes", "no"})},
    ),
    "admin.change_role": Deed(
        "person.role", _("changed a role"), "user", _PERSON, settings={"role": frozenset({Role.STUDENT, Role.TEACHER})}
    ),
    "admin.erase": Deed("account.erased", _("erased a person"), "user", _PERSON),
}

DEEDS: dict[str, Deed | NotAudited] = {
    **_ACCOUNTS,
    **_LEARNING,
    **_BANKS,
    **_QUESTIONS,
    **_QUIZZES,
    **_CLASSES,
    **_STUDENTS,
    **_ADMINISTERING,
}
"""By endpoint."""

BY_COMMAND = {
    "account.made_for": _("made an account"),
    "password.set": _("set a password"),
    "link.made": _("made a password link"),
    "account.erased": _("erased a person"),
    "data.downloaded": _("downloaded a person’s data"),
    "bank.loaded": _("loaded a bank"),
    "bank.given": _("gave a bank to a teacher"),
    "tidied": _("erased what had been kept long enough"),
    "backup.made": _("made a backup"),
    "backup.restored": _("restored a backup"),
    "database.moved": _("moved the database"),
}
"""What is done on the command line of the machine, by the names the log has for it."""

WORDS: dict[str, Any] = {
    **{deed.name: deed.words for deed in (*DEEDS.values(), SIGN_IN_REFUSED) if isinstance(deed, Deed)},
    **BY_COMMAND,
}
"""Every deed in words."""

RECORDS = {
    "user": _("person"),
    "bank": _("bank"),
    "passage": _("passage"),
    "section": _("section"),
    "question": _("question"),
    "correction": _("correction"),
    "report": _("report"),
    "quiz": _("quiz"),
    "classroom": _("class"),
    "assignment": _("assignment"),
    "attempt": _("attempt"),
}
"""The kinds of records, as people read them."""
