"""A small bank for tests, on an invented town; a question of every kind, with all that a version can carry."""

from functools import cache

from quizapp.formats.bank_yaml import read_bank
from quizapp.formats.document import BankDocument

BANK = """
id: harbour
title: The harbour of Saltmouth
source: {title: A short history of Saltmouth, author: N. Body, about: An invented text for tests.}
objectives: {1: Date the events, 2: Explain the decline}
blueprint:
  sections: {rise: {recall: 1, understanding: 2}}
  per_objective: 1
timeline:
  - id: charter
    date: "1804"
    dated: "1804"
    text: The charter of Saltmouth
    basis: record
    references: [Saltmouth Charter (1804)]
  - id: founding
    date: "1810"
    dated: "1810"
    text: The founding of Saltmouth, as the writer has it
    basis: essay
    mentions: [{passage: beginnings, quote: “in 1810”}]
people:
  - {id: ada-marsh, name: Ada Marsh, offices: [Founder of Saltmouth], called: [Ada Marsh]}
sections: [rise, fall]
quizzes:
  - id: rise-practice
    title: The rise and more
    description: Practice on the first section.
    mode: practice
    slots:
      - {question: founder}
      - {question: first-year}
  - id: rise-only
    title: Only the rise
    description: Practice drawn from the first section alone.
    mode: practice
    slots: [{section: rise, count: 3}]
  - id: whole-test
    title: The whole harbour
    description: A test on everything.
    mode: test
    slots:
      - {question: founder}
      - {question: goods}
      - {question: walls}
      - {question: river}
      - {question: first-year}
      - {question: keepers}
      - {question: losses}
      - {question: last-bell}
"""

RISE = """
section: rise
title: The rise of the harbour
dated: 1804–1850
claims:
  - {id: P1.1, says: Ada Marsh founded the town in 1810., standing: differs}
passages:
  - id: beginnings
    title: Beginnings
    retells: P1
    text: |
      Saltmouth was founded by Ada Marsh, the writer says, “in 1810”. Ships carried
      wool and tin from it, and never glass.

      Its walls were *never* finished.
    notes:
      - quote: Saltmouth was founded by Ada Marsh, the writer says, “in 1810”
        verdict: differs
        record: The town’s own charter is dated 1804.
        references: [Saltmouth Charter (1804)]
        claims: [P1.1]
questions:
  - id: founder
    kind: single_choice
    frame: essay
    level: recall
    objective: 1
    claims: [P1.1]
    stem: According to the writer, who founded Saltmouth?
    choices:
      - {text: Ada Marsh, correct: true, feedback: The first sentence names her.}
      - {text: Bela Stone, feedback: The text names nobody of this name.}
      - text: The crown
        feedback: A person founded it.
        evidence: [{passage: beginnings, quote: Saltmouth was founded by Ada Marsh}]
      - {text: A guild of weavers, feedback: Wool was carried; weavers are not named.}
    explanation: The passage opens with the founder, and the charter does not contradict the name.
    evidence: [{passage: beginnings, quote: founded by Ada Marsh}]
  - id: goods
    kind: multiple_response
    frame: essay
    level: understanding
    objective: 2
    stem: Which two goods does the writer say were shipped? Select all that apply.
    choices:
      - {text: Wool, correct: true, feedback: Named first.}
      - {text: Tin, correct: true, feedback: Named second.}
      - {text: Glass, feedback: Named as never shipped.}
      - {text: Salt, feedback: The name of the town misleads.}
    explanation: Two goods are named as carried, a third as never carried.
    evidence: [{passage: beginnings, quote: wool and tin from it}]
  - id: walls
    kind: true_false
    frame: essay
    level: understanding
    objective: 2
    stem: According to the writer, the walls were finished.
    answer: false
    if_true: The passage ends by saying the opposite.
    if_false: They were never finished.
    explanation: The last sentence of the passage says so in five words.
    evidence: [{passage: beginnings, quote: Its walls were}]
"""

FALL = """
section: fall
title: The fall of the harbour
dated: 1851–1900
passages:
  - id: silting
    title: Silt
    retells: P2
    text: The river Ouzel filled the harbour with silt until, in 1851, no ship could enter.
  - id: leavings
    title: What was left
    retells: P3
    text: |
      Cole Harrow went on sweeping the mole, Dora Finch lit the lamp, and Emil Oakes rang the bell. The mole broke in
      1862, the lamp went out in 1874, and the bell was taken down in 1889. People came by cart to hear it once more,
      for a copper penny.
questions:
  - id: keepers
    kind: matching
    frame: essay
    level: recall
    objective: 2
    stem: According to the writer, what did each of them look after?
    pairs:
      - {left: Cole Harrow, right: the mole, feedback: He swept it.}
      - left: Dora Finch
        right: the lamp
        feedback: She lit it.
        evidence: [{passage: leavings, quote: Dora Finch lit the lamp}]
      - {left: Emil Oakes, right: the bell, feedback: He rang it.}
    extras: [{text: the toll gate, feedback: No gate is named at all.}]
    explanation: One sentence names all three with what they went on doing.
    evidence: [{passage: leavings, quote: Cole Harrow went on sweeping the mole}]
  - id: losses
    kind: ordering
    frame: essay
    level: chronology
    objective: 1
    stem: In which order does the writer say the harbour lost these?
    items:
      - {text: its ships, date: "1851", feedback: They were the first to stay away.}
      - {text: the mole, date: "1862-03", feedback: It broke before the lamp went out.}
      - {text: the lamp, date: "1874-11-02", feedback: It outlived the mole.}
      - {text: the bell, date: "1889", feedback: It hung to the end.}
    explanation: Four dates stand in two passages, each later than the one before.
    evidence: [{passage: leavings, quote: the bell was taken down in 1889}]
  - id: last-bell
    kind: cloze
    frame: essay
    level: understanding
    objective: 2
    stem: Fill in what the writer says of the last evening.
    text: |
      People came by [[1]] to hear it.

      Each of them paid a [[2]] penny.
    blanks:
      - {accept: [cart], choices: [boat, cart, train], reject: [{text: boat, feedback: No boat could come near.}]}
      - {accept: [copper, copper-coloured], reject: [{text: silver, feedback: They had no silver to give.}]}
    explanation: The passage closes on both, the way and the price.
    evidence: [{passage: leavings, quote: for a copper penny}]
  - id: river
    kind: short_answer
    frame: essay
    level: recall
    objective: 2
    stem: According to the writer, which river filled the harbour?
    accept: [Ouzel, River Ouzel]
    reject: [{text: Ouse, feedback: The Ouse is another river.}]
    explanation: The silt of the Ouzel closed the harbour for good.
    evidence: [{passage: silting, quote: The river Ouzel filled the harbour}]
  - id: first-year
    kind: numeric
    frame: both
    level: recall
    objective: 1
    stem: In which year could no ship enter any more?
    answer: 1851
    unit: year
    reject: [{value: 1850, feedback: That is the year before.}]
    explanation: The harbour closed in 1851, by the text and by the harbour book.
    evidence: [{passage: silting, quote: "in 1851, no ship could enter"}]
    references: [Harbour Book of Saltmouth]
"""

QUESTIONS = ("founder", "goods", "walls", "river", "first-year", "keepers", "losses", "last-bell")
"""All its questions, in the order of the whole-test."""

FILES = {"bank.yaml": BANK, "rise.yaml": RISE, "fall.yaml": FALL}


@cache
def small_bank(**changed: str) -> BankDocument:
    """The small bank, some of its files with another text; each is read once, because reading takes long."""
    return read_bank({**FILES, **{f"{name}.yaml": text for name, text in changed.items()}})
