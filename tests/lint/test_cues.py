"""Nothing gives the key away to a reader who knows the tricks and not the subject."""

from typing import Any

import pytest

from quizapp.formats.document import BankDocument, QuestionDocument
from tests.lint.builders import GOOD_QUESTIONS, among, asking, bank, choices, question
from tests.lint.cases import INFORMATION, WARNING, Case, breaks, keeps

LENGTH = "length-outlier"
ABSOLUTE = "absolutes"
GRAMMAR = "grammatical-cue"
CLANG = "clang"
MIDDLE = "convergence"
CUED = "cross-item-cue"
KEY, SECOND = ("choices", 0, "text"), ("choices", 1, "text")


def beside(stem: str, **changed: Any) -> BankDocument:
    """The good bank and one question more, with this stem."""
    other = question("single_choice", id="telling", stem=stem, choices=choices("a", "b", "c"), **changed)
    return bank(*GOOD_QUESTIONS, other)


def typed(key: str, stem: str = "Who, says the writer, closed the kilns after the great frost?") -> QuestionDocument:
    """A short answer."""
    return question("short_answer", stem=stem, accept=[key])


FROST = "Why, says the writer, did Ines Carrow fear the great frost?"

CASES = (
    breaks(LENGTH, "a distractor that is over twice as long",
           among("the bishop", "the keeper of the observatory", "the miller"), WARNING, *SECOND),
    breaks(LENGTH, "a key half as long again",
           among("the keeper of the observatory", "the abbot of the town", "the miller of Arden"), WARNING, *KEY),
    keeps(LENGTH, "twice as long, by a few characters", among("Vale", "Carrow of Arden", "Wren")),
    keeps(LENGTH, "a key little longer than the rest", among("the old bishop", "the miller", "the keeper")),
    keeps(LENGTH, "no more than twice as long", among("the keeper of the house on the hill", "the abbot and his men",
                                                      "the miller of Arden and his wife")),
    keeps(LENGTH, "pairs, which are no rivals",
          question("matching", extras=[{"text": "nothing that the writer of the text would name", "feedback": "So."}])),

    *(breaks(ABSOLUTE, f"a distractor with {word}", among("a loan", f"it was {word} sold", "a gift"), WARNING, *SECOND)
      for word in ("always", "never", "only", "all", "none", "completely", "every")),
    keeps(ABSOLUTE, "the key has one too", among("it was never sold", "it was always sold", "a gift")),
    keeps(ABSOLUTE, "the key alone has one", among("it was never sold", "a loan", "a gift")),
    *(keeps(ABSOLUTE, text, among("a loan", text, "a gift"))
      for text in ("nothing at all", "all over the valley", "an all-weather road", "above all the beer",
                   "not only the beer", "the wall", "money after all")),

    breaks(GRAMMAR, "“an” and a consonant", asking("The writer calls her an", "heiress", "widow", "actor"), WARNING,
           *SECOND),
    breaks(GRAMMAR, "“a” and a vowel, before a blank", asking("The writer calls her a ___.", "nun", "actor", "widow"),
           WARNING, *SECOND),
    breaks(GRAMMAR, "“is” and several", asking("In the text, what she owns is", "a pit", "two pits", "one kiln"),
           WARNING, *SECOND),
    breaks(GRAMMAR, "“were” and one", asking("In the text, her first helpers were", "six men", "a bishop", "monks"),
           WARNING, *SECOND),
    keeps(GRAMMAR, "a vowel unlike a vowel", asking("The text calls it a", "European town", "one-man work", "union")),
    keeps(GRAMMAR, "a silent letter", asking("The text calls her an", "honest one", "hour-glass", "uninvited one")),
    keeps(GRAMMAR, "capitals, spoken who knows how", asking("The text calls him an", "MP", "NCO", "actor")),
    keeps(GRAMMAR, "a stem that ends in a noun", asking("Whom does the writer call a widow?", "Ada", "Bea", "Vale")),

    breaks(CLANG, "a word of the stem in the key alone",
           asking("What did the loans pay for, in the text?", "the lender’s loan", "the kilns", "the wages"), WARNING,
           *KEY),
    breaks(CLANG, "another form of the word",
           asking("What, says the text, was founded first?", "a foundation", "the founding", "a kiln", keys=(1,)),
           WARNING, *SECOND),
    keeps(CLANG, "a distractor has it too",
          asking("What did the loans pay for, in the text?", "the loan of a mill", "the loan of a kiln", "the wages")),
    keeps(CLANG, "only a distractor has it",
          asking("What did the loans pay for, in the text?", "the kilns", "the loan itself", "the wages")),
    keeps(CLANG, "a name that the passages write", asking("Who bought from dunmere?", "Dunmere men", "Bea", "Ada")),
    keeps(CLANG, "a name that the stem writes", asking("Who in Farley bought panes?", "Farley men", "Bea", "Ada")),
    keeps(CLANG, "words without content", asking("Which of these were there before?", "these were before", "b", "c")),

    breaks(MIDDLE, "distractors that each change one part of the key",
           among("old glass from Arden", "new glass from Arden", "old wine from Arden", "old glass from Corvale"),
           INFORMATION, *KEY),
    keeps(MIDDLE, "a distractor in the middle",
          among("new glass from Arden", "old glass from Arden", "old wine from Arden", "old glass from Corvale")),
    keeps(MIDDLE, "nothing in common", among("glass", "wine", "beer", "coal")),
    keeps(MIDDLE, "several keys",
          among("old glass from Arden", "new glass from Arden", "old wine from Arden", "old glass from Corvale",
                keys=(0, 1))),

    breaks(CUED, "a name", typed("Ines Carrow"), WARNING, "stem", beside=beside(FROST)),
    breaks(CUED, "a year",
           question("numeric", stem="In which year, says the text, was the great frost?", answer=1781), WARNING, "stem",
           beside=beside("Who, says the writer, sold beer in the great frost of 1781?")),
    breaks(CUED, "two words in a row", typed("because of the silver mines of the north"), WARNING, "stem",
           beside=beside("When, says the writer, did the silver mines close in the great frost?")),
    breaks(CUED, "the right entry of a pair",
           question("matching", pairs=[
               {"left": "the great frost", "right": "Ines Carrow", "feedback": "So."},
               {"left": "the drought", "right": "Ada Wren", "feedback": "So."},
               {"left": "the flood", "right": "Bea Moss", "feedback": "So."},
           ]), WARNING, "stem", beside=beside(FROST)),
    keeps(CUED, "the same name in another connection", typed("Ines Carrow"),
          beside=beside("Which songs, says the writer, did Ines Carrow sing?")),
    keeps(CUED, "a connection without the name", typed("Ines Carrow"),
          beside=beside("Why, says the writer, did they fear the great frost?")),
    keeps(CUED, "the words of the key, but apart", typed("because of the silver mines of the north"),
          beside=beside("Which silver, says the writer, came after the great frost from far mines?")),
    keeps(CUED, "a name that its own stem tells", typed("Carrow", "Which Carrow closed it after the great frost?"),
          beside=beside("Why, says the writer, did Carrow close after the great frost?")),
    keeps(CUED, "its own earlier form", typed("Ines Carrow").model_copy(update={"id": "telling"}),
          beside=beside(FROST)),
    keeps(CUED, "a question that is retired", typed("Ines Carrow"), beside=beside(FROST, status="retired")),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_gives_a_key_away(case: Case) -> None:
    case.check()


def test_a_word_in_most_stems_of_the_bank_gives_nothing_away() -> None:
    stems = [f"Why, says the writer, did Ines Carrow fear the great {what}?" for what in ("frost", "flood", *"abcde")]
    crowd = [question("single_choice", id=f"q-{n}", stem=stem) for n, stem in enumerate(stems)]
    assert Case(CUED, "", typed("Ines Carrow"), None, (), "", bank(*crowd)).findings() == []


def test_a_question_that_tells_several_parts_of_a_key_is_named_once() -> None:
    key = question("short_answer", stem="Who closed it after the great frost?", accept=["Ines Carrow", "Carrow"])
    found = Case(CUED, "", key, None, (), "", beside(FROST)).findings()
    assert [finding.values["other"] for finding in found] == ["telling"]


def test_every_distractor_with_an_absolute_is_told() -> None:
    question = among("a loan", "it was always sold", "it was never sold")
    found = Case(ABSOLUTE, "", question, None, (), "", bank()).findings()
    assert [(finding.field, finding.values["word"]) for finding in found] == [
        (("choices", 1, "text"), "always"),
        (("choices", 2, "text"), "never"),
    ]
