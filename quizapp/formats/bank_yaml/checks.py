"""What must hold between the parts of a bank: ids are unique, quotes resolve, references lead somewhere."""

from collections.abc import Iterator, Sequence

from quizapp.domain.quizzes import Candidate, Draw, Status
from quizapp.domain.text import find_quote
from quizapp.formats.bank_yaml.places import File
from quizapp.formats.document import BankDocument, PassageDocument, QuestionDocument, SlotDocument
from quizapp.formats.problems import Problem


def check(bank: BankDocument, head: File, files: Sequence[File], whole: bool) -> Iterator[Problem]:
    """Every broken link inside the bank; `files` hold its sections, in the same order.

    Where not the `whole` bank could be read, a missing end of a link may be one of the parts left out, so only what
    can be judged is judged: quotes in passages that are there, ids that are there twice.
    """
    yield from _check_ids(bank, files)
    texts = {passage.id: passage.text for passage in bank.passages()}
    for file, section in zip(files, bank.sections, strict=True):
        if file.name != f"{section.id}.yaml":
            yield file.problem(("section",), f"section {section.id} should stand in a file {section.id}.yaml")
        for passage in section.passages:
            yield from _check_notes(file, passage)
        for question in section.questions:
            yield from _check_question(bank, texts, file, question, whole)
    if whole:
        yield from _check_quizzes(bank, head)


def _check_ids(bank: BankDocument, files: Sequence[File]) -> Iterator[Problem]:
    for part in ("passages", "questions"):
        seen: dict[str, str] = {}
        for file, section in zip(files, bank.sections, strict=True):
            for entry in getattr(section, part):
                if entry.id in seen:
                    where = (*file.place_of(part, entry.id), "id")
                    yield file.problem(where, f"the id {entry.id} is already used in {seen[entry.id]}")
                seen.setdefault(entry.id, file.name)


def _check_notes(file: File, passage: PassageDocument) -> Iterator[Problem]:
    for number, note in enumerate(passage.notes):
        if find_quote(passage.text, note.quote) is None:
            path = (*file.place_of("passages", passage.id), "notes", number, "quote")
            yield file.problem(path, _unresolved(note.quote, passage.id))


def _unresolved(quote: str, passage: str) -> str:
    return f"the quote “{quote}” does not stand in passage {passage}; copy its words exactly"


def _check_question(
    bank: BankDocument, texts: dict[str, str], file: File, question: QuestionDocument, whole: bool
) -> Iterator[Problem]:
    path = file.place_of("questions", question.id)
    if question.objective not in bank.objectives:
        yield file.problem((*path, "objective"), f"the bank has no objective {question.objective}")
    for evidence in question.content.all_evidence():
        if evidence.passage not in texts:
            if whole:
                yield file.problem((*path, "evidence"), f"there is no passage {evidence.passage}")
        elif find_quote(texts[evidence.passage], evidence.quote) is None:
            yield file.problem((*path, "evidence"), _unresolved(evidence.quote, evidence.passage))


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
            elif slot.question is None and _fitting(slot, candidates) < slot.count:
                found = _fitting(slot, candidates)
                yield head.problem(path, f"quiz {quiz.id}: the draw asks for {slot.count}, the bank has {found}")


def _fitting(slot: SlotDocument, candidates: Sequence[Candidate]) -> int:
    draw = Draw(slot.count, slot.section, slot.level, slot.kind, slot.objective)
    return sum(draw.admits(candidate) for candidate in candidates)
