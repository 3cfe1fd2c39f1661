"""What must hold between the parts of a bank: ids are unique, quotes resolve, references lead somewhere.

The quotes of questions are apart, because the linter has a rule of its own for them, and says more.
"""

from collections.abc import Collection, Iterator, Sequence

from quizapp.domain.quizzes import Candidate, Draw, Status
from quizapp.domain.text import find_quote
from quizapp.formats.bank_yaml.places import File
from quizapp.formats.document import BankDocument, PassageDocument, QuestionDocument, SlotDocument
from quizapp.formats.problems import Problem
from quizapp.kinds import KINDS


def check_links(bank: BankDocument, head: File, files: Sequence[File], whole: bool) -> Iterator[Problem]:
    """Every broken link inside the bank, but for the quotes of questions; `files` hold its sections, in the same order.

    Where not the `whole` bank could be read, a missing end of a link may be one of the parts left out, so only what
    can be judged is judged: quotes in passages that are there, ids that are there twice.
    """
    yield from _check_ids(bank, files)
    claims = {claim.id for claim in bank.claims()}
    for file, section in zip(files, bank.sections, strict=True):
        if file.name != f"{section.id}.yaml":
            yield file.problem(("section",), f"section {section.id} should stand in a file {section.id}.yaml")
        for passage in section.passages:
            yield from _check_notes(file, passage, claims if whole else set())
        for question in section.questions:
            yield from _check_question(bank, file, question, claims if whole else set())
    yield from _check_mentions(bank, head, whole)
    if whole:
        yield from _check_blueprint(bank, head)
        yield from _check_quizzes(bank, head)


def check_quotes(bank: BankDocument, files: Sequence[File], whole: bool) -> Iterator[Problem]:
    """Every quote of a question that does not stand in its passage."""
    texts = {passage.id: passage.text for passage in bank.passages()}
    for file, section in zip(files, bank.sections, strict=True):
        for question in section.questions:
            yield from _check_evidence(texts, file, question, whole)


def _check_ids(bank: BankDocument, files: Sequence[File]) -> Iterator[Problem]:
    for part in ("claims", "passages", "questions"):
        seen: dict[str, str] = {}
        for file, section in zip(files, bank.sections, strict=True):
            for entry in getattr(section, part):
                if entry.id in seen:
                    where = (*file.place_of(part, entry.id), "id")
                    yield file.problem(where, f"the id {entry.id} is already used in {seen[entry.id]}")
                seen.setdefault(entry.id, file.name)


def _check_notes(file: File, passage: PassageDocument, claims: Collection[str]) -> Iterator[Problem]:
    for number, note in enumerate(passage.notes):
        path = (*file.place_of("passages", passage.id), "notes", number)
        if find_quote(passage.text, note.quote) is None:
            yield file.problem((*path, "quote"), _unresolved(note.quote, passage.id))
        yield from _check_claims(file, (*path, "claims"), note.claims, claims)


def _check_claims(
    file: File, path: tuple[str | int, ...], named: Sequence[str], registered: Collection[str]
) -> Iterator[Problem]:
    """A bank that registers claims at all registers every one that is named."""
    for claim in named if registered else ():
        if claim not in registered:
            yield file.problem(path, f"there is no claim {claim} under `claims` of any section")


def _check_mentions(bank: BankDocument, head: File, whole: bool) -> Iterator[Problem]:
    texts = {passage.id: passage.text for passage in bank.passages()}
    for part, names in (
        ("timeline", [event.id for event in bank.timeline]),
        ("people", [person.id for person in bank.people]),
    ):
        for number, name in enumerate(names):
            if name in names[:number]:
                yield head.problem((part, number, "id"), f"the id {name} is there twice in the list `{part}`")
    for number, event in enumerate(bank.timeline):
        for place, mention in enumerate(event.mentions):
            path = ("timeline", number, "mentions", place)
            if mention.passage not in texts:
                if whole:
                    yield head.problem(path, f"event {event.id}: there is no passage {mention.passage}")
            elif find_quote(texts[mention.passage], mention.quote) is None:
                yield head.problem(path, f"event {event.id}: {_unresolved(mention.quote, mention.passage)}")


def _check_blueprint(bank: BankDocument, head: File) -> Iterator[Problem]:
    plan = bank.blueprint
    if plan is None:
        return
    known = {"sections": {section.id for section in bank.sections}, "kinds": set(KINDS)}
    for table, rows in (("sections", plan.sections), ("kinds", plan.kinds)):
        for row in rows:
            if row not in known[table]:
                yield head.problem(
                    ("blueprint", table, row), f"the blueprint has a row {row}, which is not one of the {table}"
                )


def _unresolved(quote: str, passage: str) -> str:
    return f"the quote “{quote}” does not stand in passage {passage}; copy its words exactly"


def _check_question(
    bank: BankDocument, file: File, question: QuestionDocument, claims: Collection[str]
) -> Iterator[Problem]:
    path = file.place_of("questions", question.id)
    if question.objective not in bank.objectives:
        yield file.problem((*path, "objective"), f"the bank has no objective {question.objective}")
    yield from _check_claims(file, (*path, "claims"), question.claims, claims)


def _check_evidence(texts: dict[str, str], file: File, question: QuestionDocument, whole: bool) -> Iterator[Problem]:
    path = file.place_of("questions", question.id)
    for field, evidence in question.content.located_evidence():
        if evidence.passage not in texts:
            if whole:
                yield file.problem((*path, *field), f"there is no passage {evidence.passage}")
        elif find_quote(texts[evidence.passage], evidence.quote) is None:
            yield file.problem((*path, *field), _unresolved(evidence.quote, evidence.passage))


def _check_quizzes(bank: BankDocument, head: File) -> Iterator[Problem]:
    seen: set[str] = set()
    candidates = [
        Candidate(number, section.id, question.level, question.kind, question.objective)
        for number, (section, question) in enumerate(bank.questions())
        if question.status is Status.PUBLISHED
    ]
    known = {question.id for _, question in bank.questions()}
    for index, quiz in enumerate(bank.quizzes):
        if quiz.id in seen:
            yield head.problem(("quizzes", index, "id"), f"quiz {quiz.id} is there twice")
        seen.add(quiz.id)
        for number, slot in enumerate(quiz.slots):
            path = ("quizzes", index, "slots", number)
            if slot.question is not None and slot.question not in known:
                yield head.problem(path, f"quiz {quiz.id}: there is no question {slot.question}")
            elif slot.section is not None and slot.section not in {section.id for section in bank.sections}:
                yield head.problem(path, f"quiz {quiz.id}: there is no section {slot.section}")
            elif slot.question is None and _fitting(slot, candidates) < slot.count:
                found = _fitting(slot, candidates)
                yield head.problem(path, f"quiz {quiz.id}: the draw asks for {slot.count}, the bank has {found}")


def _fitting(slot: SlotDocument, candidates: Sequence[Candidate]) -> int:
    draw = Draw(slot.count, slot.section, slot.level, slot.kind, slot.objective)
    return sum(draw.admits(candidate) for candidate in candidates)
