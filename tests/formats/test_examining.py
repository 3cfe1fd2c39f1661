"""Bank files as far as they can be read: what is left out, what is said, and on which line each part stands."""

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizapp.formats.bank_yaml import Examined, examine, read_bank, write_bank
from quizapp.formats.bank_yaml.places import Places
from quizapp.formats.document import BankDocument
from quizapp.formats.problems import MalformedBank
from tests.conftest import examples
from tests.formats.test_bank_yaml import WORDS

HEAD = """\
id: dunmere
title: The glassworks of Dunmere
source: {title: A short history, author: N. Body, about: Invented.}
objectives: {1: Know the town}
blueprint:
  sections:
    rise: {recall: 3}
    fall: {recall: 1}
  kinds:
    numeric: {recall: 2}
  per_objective: 3
  per_claim: 2
  per_passage: 1
timeline:
  - id: founding
    date: "1702"
    dated: in 1702
    text: Hesper Vale founds the works
    basis: essay
    mentions: [{passage: beginnings, quote: founded in 1702}]
  - id: sale
    date: "1712-05"
    dated: in May 1712
    text: The observatory buys lenses
    basis: record
    references: [Ledger of Dunmere]
  - id: charter
    date: "1690"
    dated: in 1690
    text: The town has its charter
    basis: record
people:
  - {id: vale, name: Hesper Vale, offices: [founder, mayor], called: [the widow]}
  - {id: carrow, name: Ines Carrow, offices: [last blower]}
  - {id: wren, name: Tobias Wren, offices: [keeper]}
sections: [rise, fall]
quizzes:
  - id: all
    title: All
    description: Everything.
    mode: practice
    slots: [{question: year}, {kind: numeric, count: 2}]
"""
RISE = """\
section: rise
title: Rise
dated: 1702–1712
claims:
  - {id: P1.1, says: It was founded in 1702., standing: differs}
passages:
  - id: beginnings
    title: Beginnings
    retells: P1
    text: The works were founded in 1702 by a widow.
    notes:
      - quote: founded in 1702
        verdict: differs
        record: It was 1701.
        references: [Ledger of Dunmere]
        claims: [P1.1]
questions:
  - id: year
    kind: numeric
    frame: essay
    level: recall
    objective: 1
    claims: [P1.1]
    waivers:
      - {rule: clang, reason: There is no other word for it.}
    stem: In which year does the writer say it was founded?
    answer: 1702
    unit: year
    explanation: So the passage says.
    evidence: [{passage: beginnings, quote: founded in 1702}]
  - id: order
    kind: ordering
    frame: essay
    level: recall
    objective: 1
    stem: In which order does the writer tell these?
    items:
      - {event: charter}
      - {event: founding, feedback: She was a widow.}
      - {event: sale}
    explanation: So the passages say.
    evidence: [{passage: beginnings, quote: founded in 1702}]
  - id: people
    kind: matching
    frame: essay
    level: recall
    objective: 1
    stem: Who does the writer say was what?
    pairs:
      - {person: vale, feedback: She began.}
      - {person: carrow, feedback: She ended.}
      - {event: founding, feedback: It began.}
    explanation: So the passages say.
    evidence: [{passage: beginnings, quote: a widow}]
"""
FALL = """\
section: fall
title: Fall
dated: 1712–1781
claims:
  - {id: P2.1, says: The woods were gone by 1760., standing: agrees}
passages:
  - id: end
    title: The end
    retells: P2
    text: By 1760 the woods were gone.
questions:
  - id: woods
    kind: numeric
    frame: essay
    level: recall
    objective: 1
    claims: [P2.1]
    stem: In which year does the writer say the woods were gone?
    answer: 1760
    unit: year
    explanation: So the passage says.
    evidence: [{passage: end, quote: By 1760}]
"""
FILES = {"bank.yaml": HEAD, "rise.yaml": RISE, "fall.yaml": FALL}


def examined(*changes: tuple[str, str, str]) -> Examined:
    """The bank examined after changes: in which file, which words, and what stands there instead."""
    files = dict(FILES)
    for name, words, instead in changes:
        assert files[name].count(words) == 1, (name, words)
        files[name] = files[name].replace(words, instead)
    return examine(files)


def said(found: Examined) -> list[str]:
    """The problems, as they are told."""
    return [str(problem) for problem in found.problems]


def line_of(text: str, words: str) -> int:
    """The line, from 1, on which the words first stand."""
    return text[: text.index(words)].count("\n") + 1


def names(found: Examined) -> list[str]:
    """The questions that could be read."""
    assert found.bank is not None
    return [question.id for _, question in found.bank.questions()]


def content(name: str, *changes: tuple[str, str, str]) -> Any:
    """The content of a question after changes."""
    bank = examined(*changes).bank
    assert bank is not None
    return next(question.content for _, question in bank.questions() if question.id == name)


def test_a_bank_in_order_is_read_whole() -> None:
    found = examine(FILES)
    assert (said(found), found.complete) == ([], True)
    assert found.bank == read_bank(FILES)


def test_a_bank_with_all_its_lists_comes_back_from_its_files() -> None:
    bank = read_bank(FILES)
    assert (len(bank.timeline), len(bank.people), len(list(bank.claims()))) == (3, 3, 2)
    assert bank.blueprint is not None
    again = write_bank(bank)
    assert read_bank(again) == bank
    assert write_bank(read_bank(again)) == again
    assert list(again) == ["bank.yaml", "rise.yaml", "fall.yaml"]


@cache
def whole_bank() -> BankDocument:
    """The bank of these files, read once."""
    return read_bank(FILES)


@settings(max_examples=examples(20), deadline=None)
@given(st.data())
def test_any_words_in_its_lists_come_back_from_its_files(data: st.DataObject) -> None:
    def some(*fields: str) -> list[dict[str, Any]]:
        """Up to three entries of a list, with any words in these fields."""
        return [
            {"id": f"n-{n}", **{field: data.draw(WORDS) for field in fields}}
            for n in range(data.draw(st.integers(0, 3)))
        ]

    plain = whole_bank().model_dump(mode="json")
    plain["timeline"] = [{**one, "date": "1702", "basis": "both"} for one in some("text", "dated")]
    plain["people"] = [{**one, "offices": [one["name"]], "called": [one["name"]]} for one in some("name")]
    for section, names in zip(plain["sections"], (["P1.1"], ["P2.1"]), strict=True):
        section["claims"] = [{"id": name, "says": data.draw(WORDS), "standing": "opinion"} for name in names]
        for question in section["questions"]:
            question["waivers"] = [{"rule": one["id"], "reason": "Because of " + one["why"] * 8} for one in some("why")]
    bank = BankDocument.model_validate(plain)
    assert read_bank(write_bank(bank)) == bank


def test_a_question_that_cannot_be_read_is_left_out_and_the_rest_is_not() -> None:
    found = examined(("rise.yaml", "answer: 1702", "answer: soon"))
    assert (names(found), found.complete) == (["order", "people", "woods"], False)
    assert [problem.line for problem in found.problems] == [line_of(RISE, "answer: 1702")]


def test_what_is_left_out_is_not_missed_elsewhere() -> None:
    found = examined(("rise.yaml", "retells: P1", "retold: P1"), ("rise.yaml", "answer: 1702", "answer: soon"))
    assert len(found.problems) == 3  # a field too many, one too few, the answer: no quote, slot or mention
    assert names(found) == ["order", "people", "woods"]


def test_a_section_that_is_no_yaml_leaves_the_others() -> None:
    found = examine({**FILES, "rise.yaml": "section: rise\nquestions: ["})
    assert names(found) == ["woods"]
    assert len(found.problems) == 1
    assert said(found)[0].startswith("rise.yaml:")


def test_quotes_that_can_be_judged_are_judged_in_part_of_a_bank_too() -> None:
    found = examined(
        ("fall.yaml", "answer: 1760", "answer: soon"), ("rise.yaml", "- quote: founded in 1702", "- quote: x")
    )
    assert [problem.line for problem in found.problems if "stand in passage" in problem.message] == [
        line_of(RISE, "- quote: founded")
    ]


def test_quotes_of_questions_are_left_to_the_linter_and_refused_by_reading() -> None:
    files = {**FILES, "fall.yaml": FALL.replace("quote: By 1760", "quote: By 1770")}
    assert said(examine(files)) == []
    with pytest.raises(
        MalformedBank, match=rf"fall.yaml:{line_of(FALL, 'evidence')}: question woods: the quote “By 1770”"
    ):
        read_bank(files)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({name: text for name, text in FILES.items() if name != "bank.yaml"}, "bank.yaml: the file is missing"),
        ({**FILES, "bank.yaml": "- a\n- b\n"}, "bank.yaml:1: the file should be a mapping"),
        ({**FILES, "bank.yaml": HEAD.replace("title: The", "titel: The")}, "`title` is missing"),
    ],
    ids=["no head", "a head that is no mapping", "a head without a title"],
)
def test_without_its_head_there_is_no_bank(files: dict[str, str], says: str) -> None:
    found = examine(files)
    assert (found.bank, found.complete) == (None, False)
    assert any(says in problem for problem in said(found))


@pytest.mark.parametrize(
    ("name", "words", "instead", "says"),
    [
        ("fall.yaml", "id: end", "id: beginnings", "the id beginnings is already used in rise.yaml"),
        ("fall.yaml", "id: woods", "id: year", "question year: the id year is already used in rise.yaml"),
        ("fall.yaml", "{id: P2.1,", "{id: P1.1,", "the id P1.1 is already used in rise.yaml"),
        ("bank.yaml", "id: sale", "id: founding", "the id founding is there twice in the list `timeline`"),
        ("bank.yaml", "{id: carrow,", "{id: vale,", "the id vale is there twice in the list `people`"),
        ("bank.yaml", "quote: founded in 1702", "quote: founded in 1711", "event founding: the quote “founded"),
        ("bank.yaml", "passage: beginnings", "passage: nowhere", "event founding: there is no passage nowhere"),
        ("bank.yaml", "    rise: {recall", "    rice: {recall", "a row rice, which is not one of the sections"),
        ("bank.yaml", "    numeric: {", "    numbers: {", "a row numbers, which is not one of the kinds"),
        ("bank.yaml", "fall: {recall: 1}", "fall: {recal: 1}", "Input should be 'recall'"),
        ("bank.yaml", "per_claim: 2", "per_claim: 0", "`blueprint.per_claim`"),
        ("bank.yaml", 'date: "1702"', 'date: "17"', "`timeline.1.date`"),
        ("bank.yaml", "basis: essay", "basis: rumour", "`timeline.1.basis`"),
        ("bank.yaml", "offices: [keeper]", "offices: []", "`people.3.offices`"),
        ("rise.yaml", "    claims: [P1.1]\n    waivers", "    claims: [P9]\n    waivers",
         "question year: there is no claim P9 under `claims` of any section"),
        ("rise.yaml", "        claims: [P1.1]", "        claims: [P9]", "there is no claim P9 under `claims`"),
        ("rise.yaml", "standing: differs", "standing: so-so", "`claims.1.standing`"),
        ("rise.yaml", "There is no other word for it.", "So it is.", "question year: `waivers.1.reason`"),
        ("rise.yaml", "{rule: clang,", "{rules: clang,", "question year: `waivers.1.rule` is missing"),
        ("rise.yaml", "- {event: charter}", "- {event: chart}",
         "question order: there is no event chart in the timeline of bank.yaml"),
        ("rise.yaml", "{person: carrow,", "{person: crow,",
         "question people: there is no person crow in the list of people of bank.yaml"),
        ("rise.yaml", "- {event: founding, feedback: It began.}", "- {event: found, feedback: It began.}",
         "question people: there is no event found in the timeline of bank.yaml"),
    ],
    ids=lambda value: value[:30],
)  # fmt: skip
def test_a_mistake_in_a_list_is_told_with_its_line(name: str, words: str, instead: str, says: str) -> None:
    found = examined((name, words, instead))
    problems = [problem for problem in said(found) if says in problem]
    assert problems, said(found)
    assert problems[0].startswith(f"{name}:{line_of(FILES[name], words.strip())}:"), problems[0]


def test_a_bank_that_registers_no_claim_may_name_any() -> None:
    found = examined(
        ("rise.yaml", RISE[RISE.index("claims:\n") : RISE.index("passages:")], ""),
        ("fall.yaml", FALL[FALL.index("claims:\n") : FALL.index("passages:")], ""),
    )
    assert said(found) == []


def test_claims_are_not_missed_while_a_part_of_the_bank_is() -> None:
    found = examined(
        ("fall.yaml", "dated: 1712–1781", ""), ("rise.yaml", "    claims: [P1.1]\n    w", "    claims: [P2.1]\n    w")
    )
    assert said(found) == ["fall.yaml:1: `dated` is missing"]


def test_waivers_are_read_and_are_no_part_of_a_version() -> None:
    found = examine(FILES).bank
    assert found is not None
    _, question = next(found.questions())
    assert [(waiver.rule, waiver.reason) for waiver in question.waivers] == [
        ("clang", "There is no other word for it.")
    ]
    assert question.digest() == question.model_copy(update={"waivers": ()}).digest()
    assert question.digest() != question.model_copy(update={"claims": ()}).digest()


def test_an_event_in_a_list_of_items_becomes_its_words_and_its_date() -> None:
    items = [(item.text, item.date, item.feedback) for item in content("order").items]
    assert items == [
        ("The town has its charter", "1690", ""),
        ("Hesper Vale founds the works", "1702", "She was a widow."),
        ("The observatory buys lenses", "1712-05", ""),
    ]


def test_a_person_becomes_a_name_with_an_office_and_an_event_its_words_with_the_date_as_shown() -> None:
    pairs = [(pair.left, pair.right) for pair in content("people").pairs]
    assert pairs == [
        ("Hesper Vale", "founder"),
        ("Ines Carrow", "last blower"),
        ("Hesper Vale founds the works", "in 1702"),
    ]


def test_what_an_item_or_a_pair_says_itself_goes_before_what_the_lists_say() -> None:
    second = content("people", ("rise.yaml", "{person: vale,", "{person: vale, right: mayor,")).pairs[0]
    assert (second.left, second.right) == ("Hesper Vale", "mayor")
    other = content("order", ("rise.yaml", "{event: sale}", "{event: sale, text: It sells lenses}")).items[2]
    assert (other.text, other.date) == ("It sells lenses", "1712-05")


def test_a_question_with_events_is_written_back_in_words() -> None:
    written = write_bank(read_bank(FILES))["rise.yaml"]
    assert "event:" not in written
    assert "Hesper Vale founds the works" in written


@pytest.mark.parametrize(
    ("name", "field", "words"),
    [
        ("year", (), "- id: year"),
        ("year", ("stem",), "stem: In which year"),
        ("year", ("waivers", 0), "{rule: clang"),
        ("year", ("evidence", 0, "quote"), "evidence: [{passage: beginnings, quote: founded in 1702}]"),
        ("order", ("items", 1), "{event: founding, feedback: She"),
        ("order", ("items", 1, "date"), "{event: founding, feedback: She"),
        ("people", ("pairs",), "pairs:"),
        ("people", ("extras",), "- id: people"),
    ],
)
def test_the_line_of_a_part_of_a_question(name: str, field: tuple[str | int, ...], words: str) -> None:
    assert examine(FILES).places.of_question(name, field) == ("rise.yaml", line_of(RISE, words))


def test_the_line_of_a_question_and_a_passage_in_another_file() -> None:
    places = examine(FILES).places
    assert places.of_question("woods") == ("fall.yaml", line_of(FALL, "- id: woods"))
    assert places.of_passage("end") == ("fall.yaml", line_of(FALL, "- id: end"))


def test_what_is_in_no_file_is_placed_at_the_head() -> None:
    assert examine(FILES).places.of_question("nobody") == ("bank.yaml", 1)
    assert examine(FILES).places.of_passage("nowhere") == ("bank.yaml", 1)
    assert Places(None, ()).of_question("nobody") == ("", 1)


@pytest.mark.parametrize(
    ("name", "words", "instead"),
    [
        ("rise.yaml", "claims:\n  - {id", "claims: 5\npeople:\n  - {id"),
        ("rise.yaml", "    claims: [P1.1]\n    w", "    claims: P1.1\n    w"),
        ("bank.yaml", "timeline:\n", "timeline: 5\nevents:\n"),
        ("bank.yaml", "people:\n", "people: {vale: Hesper Vale}\npersons:\n"),
        ("bank.yaml", "offices: [founder, mayor]", "offices: mayor"),
        ("bank.yaml", "id: vale,", "id: [vale],"),
        ("bank.yaml", "    text: The town has its charter\n", ""),
        ("bank.yaml", "sections: [rise, fall]", "sections: {rise: 1}"),
        ("rise.yaml", "{event: charter}", "{event: {charter: 1}}"),
        ("rise.yaml", "questions:\n", "questions: 5\nothers:\n"),
        ("rise.yaml", "questions:\n", "questions: {year: 1}\nothers:\n"),
        ("rise.yaml", "passages:\n", "passages: 5\nothers:\n"),
        ("fall.yaml", "kind: numeric", "kind: [numeric]"),
        ("bank.yaml", "offices: [founder, mayor]", "offices: []"),
    ],
    ids=lambda value: value[:30],
)
def test_a_list_of_another_shape_is_told_in_words(name: str, words: str, instead: str) -> None:
    assert said(examined((name, words, instead))) != []
