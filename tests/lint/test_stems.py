"""A stem asks, briefly, in its own words, one thing, and as no other question does."""

import pytest

from quizapp.formats.document import QuestionDocument
from tests.lint.builders import CONTENTS, GOOD_QUESTIONS, PASSAGES, asking, bank, choices, question
from tests.lint.cases import ERROR, INFORMATION, WARNING, Case, breaks, keeps


def stem(text: str) -> QuestionDocument:
    """A choice with this stem."""
    return asking(text, "the bishop", "the miller", "the council")


def statement(text: str) -> QuestionDocument:
    """A statement to be judged."""
    return question("true_false", stem=text)


NEGATIVE = "negative-stem"
NO_QUESTION = "no-question-in-stem"
LONG = "long-stem"
COPIED = "verbatim-copying"
TWIN = "near-duplicate"
TWO = "two-statements"
LENT = CONTENTS["single_choice"]["stem"]
NINE = "a widow who had inherited a sand pit and"
SHOUTED = "no clearer glass was to be had in all the seven valleys"

CASES = (
    *(breaks(NEGATIVE, f"the word {word}", stem(f"Which of them does Body hold to be {word} hers?"), ERROR, "stem")
      for word in ("not", "never", "false", "least", "except")),
    breaks(NEGATIVE, "cannot", stem("Which of them, says the writer, cannot have lent it?"), ERROR, "stem"),
    breaks(NEGATIVE, "doesn’t", stem("Which of them doesn’t the writer name?"), ERROR, "stem"),
    breaks(NEGATIVE, "the last of two questions",
           stem("What does the writer say of the loan? Who did not give it?"), ERROR, "stem"),
    breaks(NEGATIVE, "an instruction without a question mark",
           stem("Name the one whom the writer does not name."), ERROR, "stem"),
    breaks(NEGATIVE, "a negative in capitals", stem("Which of them does the writer NOT name?"), INFORMATION, "stem"),
    breaks(NEGATIVE, "a negative in bold", stem("Which of them does the writer **not** name?"), INFORMATION, "stem"),
    breaks(NEGATIVE, "a bold phrase around it", stem("Which of them, to the writer, **is not** hers?"), INFORMATION,
           "stem"),
    breaks(NEGATIVE, "a verb in italics", stem("Which of them _doesn't_ the writer name?"), INFORMATION, "stem"),
    breaks(NEGATIVE, "a blank is no emphasis", stem("The writer says that ___ was not ___ of them."), ERROR, "stem"),
    keeps(NEGATIVE, "not only", stem("Who, says the writer, lent not only money?")),
    keeps(NEGATIVE, "at least", stem("Who, says the writer, lent at least forty crowns?")),
    keeps(NEGATIVE, "or not", stem("Who decided, by the writer’s account, whether or not to lend?")),
    keeps(NEGATIVE, "a negative before the question",
          stem("The widow had not a crown. Who, says the writer, lent her forty?")),
    keeps(NEGATIVE, "a negative that somebody said", stem("Who says in the text that “this glass is not for sale”?")),
    keeps(NEGATIVE, "words that begin like one", stem("Who, says the writer, was notable for nothing but money?")),
    breaks(NEGATIVE, "a statement that denies something", statement("According to the writer, the widow was not rich."),
           INFORMATION, "stem"),
    breaks(NEGATIVE, "a statement that denies it twice",
           statement("According to the writer, it is not true that the widow was never rich."), ERROR, "stem"),
    keeps(NEGATIVE, "a statement that affirms", statement("According to the writer, the widow was rich.")),

    breaks(NO_QUESTION, "four words", stem("Who was the lender?"), WARNING, "stem"),
    breaks(NO_QUESTION, "a topic", stem("The lender of the money, in the writer’s account"), WARNING, "stem"),
    breaks(NO_QUESTION, "an order that stands inside a clause",
           stem("The writer says that the kilns name their lender."), WARNING, "stem"),
    keeps(NO_QUESTION, "five words", stem("Who, writes Body, lent money?")),
    keeps(NO_QUESTION, "a blank at the end", stem("The writer says that the money came from ___")),
    keeps(NO_QUESTION, "dots at the end", stem("The writer says that the money came from …")),
    keeps(NO_QUESTION, "an instruction", stem("Name the lender whom the writer means.")),
    keeps(NO_QUESTION, "an instruction after an opening", stem("According to the writer, name the lender.")),
    keeps(NO_QUESTION, "a statement", statement("According to the writer, the bishop lent the money.")),

    breaks(LONG, "61 words", stem(f"According to the writer, {'really ' * 54}who lent it?"), WARNING, "stem"),
    breaks(LONG, "a long text around the blanks",
           question("cloze", text=f"The kilns {'really ' * 60} burned [[1]], and the [[2]] paid."), WARNING, "stem"),
    keeps(LONG, "60 words", stem(f"According to the writer, {'really ' * 53}who lent it?")),

    breaks(COPIED, "nine words in a row", stem(f"Who, says the writer, was {NINE} little more?"), INFORMATION, "stem"),
    breaks(COPIED, "an option", asking("Who was she?", "a merchant", f"{NINE} no money", "a nun"), INFORMATION,
           "choices", 1, "text"),
    keeps(COPIED, "eight words in a row", stem("Who, says the writer, was a widow who had inherited a sand pit?")),
    keeps(COPIED, "a quotation", stem(f"Who, says the writer, was “{NINE} no money”?")),
    keeps(COPIED, "words that the passage quotes", stem(f"Who wrote that {SHOUTED}?")),
    keeps(COPIED, "a cloze, whose text is the passage's",
          question("cloze", text=f"{PASSAGES['founding'][:-20]} [[1]] and [[2]].")),

    breaks(TWIN, "another word for one", stem(LENT.replace("works", "kilns")), WARNING, "stem"),
    breaks(TWIN, "other typography", stem(LENT.replace(" the money", "\u00a0the “money”")), WARNING, "stem"),
    breaks(TWIN, "another name in the text of a cloze",
           question("cloze", text=CONTENTS["cloze"]["text"].replace("crowns", "pounds")), WARNING, "stem"),
    keeps(TWIN, "the same subject asked for otherwise", stem("From whom, says the writer, did she have the money?")),
    keeps(TWIN, "the same instruction over another text",
          question("cloze", text="The keeper of [[1]] had his lenses from Dunmere, where beer was paid as [[2]].")),
    keeps(TWIN, "itself in an earlier form", question("single_choice", id="good-single-choice")),
    keeps(TWIN, "a question that is retired", stem(LENT),
          beside=bank(*[one.model_copy(update={"status": "retired"}) for one in GOOD_QUESTIONS])),

    breaks(TWO, "two sentences in one", statement("The writer says that she was rich; the bishop was poor."),
           INFORMATION, "stem"),
    breaks(TWO, "the same subject again", statement("The writer says that she was rich and she paid in beer."),
           INFORMATION, "stem"),
    breaks(TWO, "another subject with a verb of its own",
           statement("The writer says that she was rich, and the bishop of Arden had no money."), INFORMATION, "stem"),
    keeps(TWO, "two subjects with one verb", statement("According to the writer, panes and bottles were sold.")),
    keeps(TWO, "one subject with two objects", statement("The writer says that she sold panes and bottles.")),
    keeps(TWO, "a question", stem("Does the writer say that she was rich and that the bishop was poor?")),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_how_a_stem_asks(case: Case) -> None:
    case.check()


def test_two_nearly_equal_stems_name_each_other() -> None:
    first, second = (
        question(
            "single_choice", id=name, stem=f"Who, says the writer, lent {what} to the town?", choices=choices(*"abc")
        )
        for name, what in (("one", "the money"), ("two", "her money"))
    )
    found = Case(TWIN, "", bank(first, second), None, (), "", bank()).findings()
    assert [(finding.question, finding.values["other"]) for finding in found] == [("one", "two"), ("two", "one")]
