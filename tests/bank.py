"""A small bank for tests, on an invented town; a question of every kind, with all that a version can carry."""

BANK = """
id: harbour
title: The harbour of Saltmouth
source: {title: A short history of Saltmouth, author: N. Body, about: An invented text for tests.}
objectives: {1: Date the events, 2: Explain the decline}
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
"""

RISE = """
section: rise
title: The rise of the harbour
dated: 1804–1850
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
questions:
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

FILES = {"bank.yaml": BANK, "rise.yaml": RISE, "fall.yaml": FALL}
