"""What must hold between the parts of a bank: ids are unique, quotes resolve, references lead somewhere."""

from collections.abc import Iterator, Sequence

from quizapp.domain.quizzes import Candidate, Draw, Status
from quizapp.domain.text import find_quote
from quizapp.formats.bank_yaml.places import File
from quizapp.formats.document import BankDocument, QuestionDocument, SlotDocument
from quizapp.formats.problems import Problem


def check(bank: BankDocument, head: File, files: Sequence[File]) -> Iterator[Problem]:
    """Every broken link inside the bank; `files` hold its sections, in the same order."""
    passages: dict[str, str] = {}
    questions: dict[str, str] = {}
    for file, section in zip(files, bank.sections, strict=True):
        if file.name != f"{section.id}.yaml":
            yield file.problem(("section",), f"section {section.id} should stand in a file {section.id}.yaml")
        for index, passage in enumerate(section.passages):
            path = ("passages", index)
            if passage.id in passages:
                yield file.problem((*path, "id"), f"passage {passage.id} is already in {passages[passage.id]}")
            passages.setdefault(passage.id, file.name)
            for number, note in enumerate(passage.notes):
                if find_quote(passage.text, note.quote) is None:
                    yield file.problem((*path, "notes", number, "quote"), _unresolved(note.quote, passage.id))
    texts = {passage.id: passage.text for passage in bank.passages()}
    for file, section in zip(files, bank.sections, strict=True):
        for index, question in enumerate(section.questions):
            if question.id in questions:
                yield file.problem(("questions", index, "id"), f"the id is already used in {questions[question.id]}")
            questions.setdefault(question.id, file.name)
            yield from _check_question(bank, texts, file, index, question)
    yield from _check_quizzes(bank, head)


def _unresolved(quote: str, passage: str) -> str:
    return f"the quote “{quote}” does not stand in passage {passage}; copy its words exactly"


def _check_question(
    bank: BankDocument, texts: dict[str, str], file: File, index: int, question: QuestionDocument
) -> Iterator[Problem]:
    path = ("questions", index)
    if question.objective not in bank.objectives:
        yield file.problem((*path, "objective"), f"the bank has no objective {question.objective}")
    for evidence in question.content.all_evidence():
        if evidence.passage not in texts:
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
