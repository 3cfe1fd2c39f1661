"""Quotes stand in their passages, explanations explain, frames are kept, claims are named and noted."""

import pytest

from quizapp.formats.document import BankDocument
from tests.lint.builders import CONTENTS, among, bank, choices, passages, question, quote
from tests.lint.cases import ERROR, WARNING, Case, breaks, keeps

HERE = "borrowed forty crowns"
BEARING = {
    standing: {"id": f"P1.{standing}", "says": "The works were hers.", "standing": standing}
    for standing in ("agrees", "opinion", "differs", "disputed", "unverified")
}
WITH_CLAIMS = bank(claims=list(BEARING.values()))
NOTE = {"quote": HERE, "verdict": "differs", "record": "It was fifty.", "references": ["Ledger of Dunmere"]}
REFERENCES = {"references": ["Ledger of Dunmere"]}


def company(author: str) -> BankDocument:
    """The good bank by another author."""
    return bank(source={"title": "A short history", "author": author, "about": "Invented for tests."})


def noted(standing: str, verdict: str) -> BankDocument:
    """The good bank with a claim, and a note on it."""
    note = {**NOTE, "verdict": verdict, "claims": [f"P1.{standing}"]}
    return bank(claims=[BEARING[standing]], passages=passages(notes=[note]))


QUOTES = "evidence-not-in-passage"
EXPLANATION = "weak-explanation"
FRAME = "frame-breach"
BARE = "Who lent the money for the works of Dunmere?"

CASES = (
    breaks(QUOTES, "other words", question("numeric", evidence=[quote("borrowed forty pounds")]), ERROR, "evidence", 0),
    breaks(QUOTES, "no such passage", question("numeric", evidence=[quote(HERE, "end")]), ERROR, "evidence", 0),
    breaks(QUOTES, "the words of another passage", question("numeric", evidence=[quote(HERE, "growth")]), ERROR,
           "evidence", 0),
    breaks(QUOTES, "the second of two quotes", question("numeric", evidence=[quote(HERE), quote("gold")]), ERROR,
           "evidence", 1),
    breaks(QUOTES, "a quote of a distractor",
           question("single_choice", choices=[*choices("the bishop", "the miller"),
                                              {**choices("x", "the council")[1], "evidence": [quote("a council")]}]),
           ERROR, "choices", 2, "evidence", 0),
    breaks(QUOTES, "a quote of a pair",
           question("matching", pairs=[{**CONTENTS["matching"]["pairs"][0], "evidence": [quote("a pane")]},
                                       *CONTENTS["matching"]["pairs"][1:]]), ERROR, "pairs", 0, "evidence", 0),
    keeps(QUOTES, "other quotation marks, spaces and line breaks",
          question("numeric", evidence=[quote('wrote that "no clearer\u00a0glass\nwas to be had', "growth")])),

    breaks(EXPLANATION, "no word at all", question("numeric", explanation="…"), ERROR, "explanation"),
    breaks(EXPLANATION, "the key and a full stop", question("single_choice", explanation="The bishop."), ERROR,
           "explanation"),
    breaks(EXPLANATION, "a long key once more",
           among("a widow with a sand pit and no money at all", "a bishop", "a miller",
                 explanation="A widow, with a sand pit and no money at all."), ERROR, "explanation"),
    breaks(EXPLANATION, "seven words", question("numeric", explanation="The first sentence of it says so."), WARNING,
           "explanation"),
    keeps(EXPLANATION, "eight words", question("numeric", explanation="The very first sentence of it says so.")),
    keeps(EXPLANATION, "the key, and why",
          question("single_choice", explanation="The bishop, who had the crowns that she had not.")),

    breaks(FRAME, "an essay's stem that does not say whose view", question("single_choice", stem=BARE), ERROR, "stem"),
    breaks(FRAME, "small words of the author's name attribute nothing", question("single_choice", stem=BARE), ERROR,
           "stem", beside=company("The Guild of Glaziers and Sons")),
    breaks(FRAME, "text and record without a reference", question("numeric", frame="both"), ERROR, "references"),
    breaks(FRAME, "record without a reference", question("numeric").model_copy(update={"frame": "record"}), ERROR,
           "references"),
    *(breaks(FRAME, f"record on a claim that is {standing}",
             question("numeric", frame="record", claims=[f"P1.{standing}"], **REFERENCES), ERROR, beside=WITH_CLAIMS)
      for standing in ("opinion", "differs", "disputed", "unverified")),
    breaks(FRAME, "an opinion, true or false",
           question("true_false", stem="The works of Dunmere were the best of all.", frame="both",
                    claims=["P1.opinion"], **REFERENCES), ERROR, "stem", beside=WITH_CLAIMS),
    keeps(FRAME, "attribution across a line break", question("single_choice", stem=f"According\nto her heirs, {BARE}")),
    keeps(FRAME, "attribution by the author's name", question("single_choice", stem=f"For Glaziers, {BARE}"),
          beside=company("The Guild of Glaziers")),
    keeps(FRAME, "attribution in the text of a cloze",
          question("cloze", stem="Fill in the blanks of this.", text="The writer says that [[1]] and [[2]] failed.")),
    keeps(FRAME, "record on a claim that agrees",
          question("numeric", stem=BARE, frame="record", claims=["P1.agrees"], **REFERENCES), beside=WITH_CLAIMS),
    keeps(FRAME, "text and record on a claim that differs",
          question("numeric", frame="both", claims=["P1.differs"], **REFERENCES), beside=WITH_CLAIMS),
    keeps(FRAME, "an opinion with its owner", question("true_false", claims=["P1.opinion"]), beside=WITH_CLAIMS),

    breaks("claim-missing", "none of those registered", question("numeric"), WARNING, "claims", beside=WITH_CLAIMS),
    keeps("claim-missing", "one of them", question("numeric", claims=["P1.agrees"]), beside=WITH_CLAIMS),
    keeps("claim-missing", "a bank that registers none", question("numeric")),

    *(breaks("claim-without-note", f"a claim that is {standing}", bank(claims=[BEARING[standing]]), WARNING)
      for standing in ("differs", "disputed", "unverified")),
    keeps("claim-without-note", "a claim that agrees, and an opinion",
          bank(claims=[BEARING["agrees"], BEARING["opinion"]])),
    *(breaks("note-against-claim", f"“{standing}” beside a note “{verdict}”",
             noted(standing, verdict), WARNING, passage="founding")
      for standing, verdict in (("agrees", "differs"), ("differs", "disputed"), ("opinion", "differs"),
                                ("unverified", "adds"))),
    *(keeps("note-against-claim", f"“{standing}” beside a note “{verdict}”", noted(standing, verdict))
      for standing, verdict in (("agrees", "adds"), ("differs", "differs"), ("opinion", "disputed"))),
    keeps("claim-without-note", "a claim with its note",
          bank(claims=[BEARING["differs"]], passages=passages(notes=[{**NOTE, "claims": ["P1.differs"]}]))),
)  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_a_question_rests_on(case: Case) -> None:
    case.check()
