"""Two worlds that differ in nothing but their secrets: in the other one other answers are right, for other reasons."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quizapp.domain.quizzes import Mode
from quizapp.formats.bank_yaml import read_bank
from quizapp.formats.document import BankDocument
from tests.bank import BANK, FALL, RISE
from tests.conftest import Browser, Template
from tests.contracts.saying import ASKED
from tests.essays import ESSAY

OTHER = {
    "correct: true, feedback: The first sentence names her.": "feedback: Her name stands in another sentence.",
    "Bela Stone, feedback: The text names nobody of this name.": "Bela Stone, correct: true, feedback: So it says.",
    "feedback: A person founded it.": "feedback: No crown would.",
    "quote: Saltmouth was founded by Ada Marsh}": "quote: was founded by}",
    "feedback: Wool was carried; weavers are not named.": "feedback: Weavers weave.",
    "The passage opens with the founder, and the charter does not contradict the name.": "It was so.",
    "{passage: beginnings, quote: founded by Ada Marsh}": "{passage: beginnings, quote: Ships carried}",
    "{text: Wool, correct: true, feedback: Named first.}": "{text: Wool, correct: true, feedback: Sheep.}",
    "{text: Tin, correct: true, feedback: Named second.}": "{text: Tin, feedback: It is a metal.}",
    "{text: Glass, feedback: Named as never shipped.}": "{text: Glass, feedback: It breaks.}",
    "{text: Salt, feedback: The name of the town misleads.}": "{text: Salt, correct: true, feedback: So the name.}",
    "Two goods are named as carried, a third as never carried.": "Two are.",
    "quote: wool and tin from it": "quote: never glass",
    "answer: false": "answer: true",
    "if_true: The passage ends by saying the opposite.": "if_true: Finished at last.",
    "if_false: They were never finished.": "if_false: Look once more.",
    "The last sentence of the passage says so in five words.": "Walls are walls.",
    "quote: Its walls were": "quote: the writer says",
    "record: The town’s own charter is dated 1804.": "record: Nobody knows.",
    "accept: [Ouzel, River Ouzel]": "accept: [Trent]",
    "reject: [{text: Ouse, feedback: The Ouse is another river.}]": "reject: [{text: Humber, feedback: Not here.}]",
    "The silt of the Ouzel closed the harbour for good.": "A river did.",
    "quote: The river Ouzel filled the harbour}]\n  - id: first": "quote: with silt}]\n  - id: first",
    "answer: 1851": "answer: 1877",
    "reject: [{value: 1850, feedback: That is the year before.}]": "reject: [{value: 1700, feedback: Too early.}]",
    "The harbour closed in 1851, by the text and by the harbour book.": "It closed.",
    'quote: "in 1851, no ship could enter"': "quote: until",
    "references: [Harbour Book of Saltmouth]": "references: [Another book, And one more]",
    "left: Cole Harrow, right: the mole, feedback: He swept it.": "left: Cole Harrow, right: the lamp, feedback: Oh.",
    "left: Dora Finch\n        right: the lamp\n        feedback: She lit it.": (
        "left: Dora Finch\n        right: the bell\n        feedback: With a match."
    ),
    "left: Emil Oakes, right: the bell, feedback: He rang it.": "left: Emil Oakes, right: the mole, feedback: A rope.",
    "feedback: No gate is named at all.": "feedback: What gate?",
    "One sentence names all three with what they went on doing.": "Each had one.",
    "{passage: leavings, quote: Dora Finch lit the lamp}": "{passage: leavings, quote: Dora Finch}",
    "quote: Cole Harrow went on sweeping the mole}": "quote: Cole Harrow}",
    """      - {text: its ships, date: "1851", feedback: They were the first to stay away.}
      - {text: the mole, date: "1862-03", feedback: It broke before the lamp went out.}
      - {text: the lamp, date: "1874-11-02", feedback: It outlived the mole.}
      - {text: the bell, date: "1889", feedback: It hung to the end.}
""": """      - {text: the lamp, date: "1840", feedback: Out.}
      - {text: the bell, date: "1841", feedback: Down.}
      - {text: its ships, date: "1842", feedback: Away they stayed.}
      - {text: the mole, date: "1843", feedback: Broken.}
""",
    "Four dates stand in two passages, each later than the one before.": "Dates are dates.",
    "quote: the bell was taken down in 1889": "quote: the lamp went out",
    "accept: [cart]": "accept: [train]",
    "{text: boat, feedback: No boat could come near.}": "{text: cart, feedback: There was no road.}",
    "accept: [copper, copper-coloured]": "accept: [golden]",
    "{text: silver, feedback: They had no silver to give.}": "{text: brass, feedback: Brass is no gold.}",
    "The passage closes on both, the way and the price.": "It does.",
    "quote: for a copper penny": "quote: once more",
    ", hint: The Ouzel is named.": ", hint: It says silt.",
    "model_answer: The river *Ouzel* filled the harbour.": "model_answer: Because.",
    "The second section tells the decline from the silt to the last bell.": "It tells it.",
    "quote: The river Ouzel filled the harbour}": "quote: The river Ouzel}",
}
"""What is otherwise in the second world. The options, and the passages that questions rest on, stay."""

TOLD = (
    "So it says.", "It is a metal.", "Look once more.", "Trent", "1877", "With a match.", "1841", "golden",
    "It says silt.", "Nobody knows.", "And one more",
)  # fmt: skip
"""Words of the other world alone, of every kind of secret."""

CLOSES = "2026-04-01T12:00:00Z"


@dataclass(frozen=True)
class Plan:
    """A quiz on everything, and how it is run."""

    slug: str
    mode: Mode
    settings: Mapping[str, Any] = field(default_factory=dict)

    def as_yaml(self) -> str:
        """Its lines in a bank's file."""
        slots = json.dumps([{"question": question} for question in ASKED])
        return (
            f"  - id: {self.slug}\n    title: Everything\n    description: All nine kinds.\n    mode: {self.mode}\n"
            f"    settings: {json.dumps(self.settings)}\n    slots: {slots}\n"
        )


OPEN = tuple(
    Plan(
        f"{mode}-{'open-book' if open_book else 'closed-book'}-{'on-one-page' if one_page else 'one-a-page'}",
        mode,
        {"open_book": open_book, "one_page": one_page, "certainty": "scored" if open_book else "asked"},
    )
    for mode in Mode
    for open_book in (False, True)
    for one_page in (False, True)
)
"""Both modes in every layout."""
UNTIL_CLOSING = Plan(
    "until-closing",
    Mode.TEST,
    {
        "closes": CLOSES,
        "feedback": dict.fromkeys(("correctness", "mark", "key", "explanation", "evidence", "note"), "after_closing"),
    },
)
FOR_EVER = Plan("for-ever", Mode.TEST, {"feedback": {"correctness": "never"}})
PRACTISED = Plan("practised", Mode.PRACTICE, {"feedback": {"correctness": "never"}})
PRACTISED_ON_ONE_PAGE = Plan("practised-on-one-page", Mode.PRACTICE, {**UNTIL_CLOSING.settings, "one_page": True})
RIGHT_OR_WRONG = Plan("right-or-wrong", Mode.TEST, {"feedback": {"correctness": "after_submission"}})
MARKS_ALONE = Plan(
    "marks-alone", Mode.TEST, {"feedback": {"correctness": "after_submission", "mark": "after_submission"}}
)
FOR_A_CLASS = Plan("for-a-class", Mode.TEST)
"""By itself it tells everything after submission; set for Ayesha's class it waits until it has closed."""
_EVERY_PLAN = (
    *OPEN,
    UNTIL_CLOSING,
    FOR_EVER,
    PRACTISED,
    PRACTISED_ON_ONE_PAGE,
    RIGHT_OR_WRONG,
    MARKS_ALONE,
    FOR_A_CLASS,
)


def document_of(other: bool) -> BankDocument:
    """The bank of this world, or of the other one."""
    files = {"rise.yaml": RISE, "fall.yaml": FALL + ESSAY.lstrip("\n")}
    for here, there in OTHER.items() if other else ():
        assert sum(text.count(here) for text in files.values()) == 1, here
        files = {name: text.replace(here, there) for name, text in files.items()}
    return read_bank({**files, "bank.yaml": BANK + "".join(plan.as_yaml() for plan in _EVERY_PLAN)})


def ayesha_in(world: Template) -> Browser:
    """Ayesha, signed in to a copy of a world."""
    world.start_anew()
    browser = Browser(world.app.test_client())
    assert browser.sign_in("ayesha").status_code == 303
    return browser
