"""No question insults, takes sides, or hands on a label for which nobody answers."""

import pytest

from quizapp.formats.document import QuestionDocument
from tests.lint.builders import among, asking, question
from tests.lint.cases import WARNING, Case, breaks, keeps

LOADED = "loaded-words"


def stem(text: str) -> QuestionDocument:
    """A choice with this stem."""
    return asking(text, "the bishop", "the miller", "the council")


CASES = (
    breaks(LOADED, "a people with an adjective of contempt", stem("What, to the writer, did the corrupt French want?"),
           WARNING, "stem"),
    breaks(LOADED, "a people said to be so", stem("Who, in the text, says that Germans were lazy?"), WARNING, "stem"),
    breaks(LOADED, "a word that makes people less than people", stem("Where, in the text, did the hordes cross?"),
           WARNING, "stem"),
    breaks(LOADED, "in an option", among("the bishop", "treacherous Russians", "the miller"), WARNING,
           "choices", 1, "text"),
    breaks(LOADED, "in the explanation",
           question("numeric", explanation="It was the year in which savages took the town and burned its kilns."),
           WARNING, "explanation"),
    breaks(LOADED, "in the text of a cloze", question("cloze", text="The cunning Sikhs took [[1]] and gave [[2]]."),
           WARNING, "text"),
    breaks(LOADED, "in a reason",
           question("true_false", if_true="The guild had them first, and the thugs came later."), WARNING, "if_true"),
    keeps(LOADED, "what a student may type", question("short_answer", accept=["the terrorists"])),
    breaks(LOADED, "a label that nobody answers for", stem("When, to the writer, did terrorists cross?"), WARNING,
           "stem"),
    keeps(LOADED, "a people without judgement", stem("What, to the writer, did the French glaziers want?")),
    keeps(LOADED, "an adjective for a thing", stem("Which brutal frost, says the writer, drove out the French?")),
    keeps(LOADED, "in quotation marks", stem("Who, says the writer, spoke of “corrupt French hordes”?")),
    keeps(LOADED, "a label with its giver", stem("Whom, says the writer, did the ministry call terrorists?")),
    keeps(LOADED, "a unit that fights them", stem("When, to the writer, was the counter-terrorist unit formed?")),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_loads_the_dice(case: Case) -> None:
    case.check()


def test_a_giver_in_one_sentence_answers_for_no_label_in_another() -> None:
    loaded = stem("The ministry called them rebels. When, to the writer, did the terrorists cross?")
    breaks(LOADED, "", loaded, WARNING, "stem").check()
