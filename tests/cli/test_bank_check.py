"""`quizapp bank check`: the report for people, the same for programs, and the exit code."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from quizapp.cli import commands
from quizapp.domain.quizzes import LEVELS
from quizapp.formats.bank_yaml import write_bank
from quizapp.formats.document import BankDocument
from tests.cli.test_commands import run
from tests.lint.builders import GOOD, GOOD_QUESTIONS, SECTION, among, asking, bank, quote

REASON = "The writer asks it in these very words."
NEGATIVE = asking("Who, says the writer, did not lend it?", "the bishop", "the miller", "the council", id="negative")
ABSOLUTE = among("a loan", "a sale always", "a gift", id="absolute")
VAGUE = among("a loan", "a sale often", "a gift", id="vague")
MISQUOTED = among("a loan", "a gift", "a theft", id="misquoted", evidence=[quote("forty pounds")])
WAIVED = NEGATIVE.model_validate(
    {**NEGATIVE.model_dump(), "id": "waived", "waivers": [{"rule": "negative-stem", "reason": REASON}]}
)
PLAN = {"sections": {SECTION: {"recall": 8}, "later": {"cause": 1}}}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the bank's files are."""
    return tmp_path / "dunmere"


def check(folder: Path, document: BankDocument, *options: str, **replaced: str) -> Result:
    """Write the bank's files, some of them replaced, and check them."""
    folder.mkdir(exist_ok=True)
    for name, text in {**write_bank(document), **{f"{name}.yaml": text for name, text in replaced.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return CliRunner().invoke(commands, ["bank", "check", str(folder), *options], catch_exceptions=False)


def as_data(folder: Path, document: BankDocument, *options: str, **replaced: str) -> dict[str, Any]:
    """The report for programs."""
    data: dict[str, Any] = json.loads(check(folder, document, "--json", *options, **replaced).stdout)
    return data


def line_of(folder: Path, words: str, after: str = "") -> int:
    """The line on which the words stand in the section's file, the first after some others."""
    text = (folder / f"{SECTION}.yaml").read_text(encoding="utf-8")
    return text[: text.index(words, text.index(after))].count("\n") + 1


def test_a_good_bank_is_in_order(folder: Path) -> None:
    done = check(folder, GOOD, "--strict")
    assert done.exit_code == 0
    first, *_, last = done.stdout.splitlines()
    assert first == f"{folder}: 1 section, 3 passages, 9 questions, 0 quizzes"
    assert last == "In order: 0 errors, 0 warnings, 0 things to look at again."


@pytest.mark.parametrize(
    ("question", "code", "strictly", "verdict"),
    [
        (VAGUE, 0, 0, "In order: 0 errors, 0 warnings, 1 thing to look at again."),
        (ABSOLUTE, 0, 1, "In order: 0 errors, 1 warning, 0 things to look at again."),
        (NEGATIVE, 1, 1, "Not in order: 1 error, 0 warnings, 0 things to look at again."),
        (MISQUOTED, 1, 1, "Not in order: 1 error, 0 warnings, 0 things to look at again."),
        (WAIVED, 0, 0, "In order: 0 errors, 0 warnings, 0 things to look at again."),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_errors_fail_a_bank_and_strictly_warnings_do_too(
    folder: Path, question: Any, code: int, strictly: int, verdict: str
) -> None:
    document = bank(*GOOD_QUESTIONS, question)
    done = check(folder, document)
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (code, verdict)
    assert check(folder, document, "--strict").exit_code == strictly


def test_each_finding_stands_under_its_question_with_its_line(folder: Path) -> None:
    told = check(folder, bank(*GOOD_QUESTIONS, NEGATIVE, ABSOLUTE)).stdout
    place = f"{SECTION}.yaml:{line_of(folder, '- id: negative')}"
    stem = line_of(folder, "stem:", after="- id: negative")
    option = line_of(folder, "- text: a sale always")
    assert f"\nnegative  {place}\n  error       negative-stem: line {stem}, stem: “not” turns" in told
    assert f"  warning     absolutes: line {option}, choices 2 text: “always” marks “a sale always”" in told


def test_the_report_has_its_parts_in_order(folder: Path) -> None:
    document = bank(*GOOD_QUESTIONS, NEGATIVE, WAIVED, blueprint=PLAN)
    told = check(folder, document).stdout
    parts = [
        "Files", "negative  ", "The bank as a whole", "Why it matters, and what to do", "Blueprint, sections × levels",
        "Questions decided by each passage", "What tricks would score", "Waived", "Not in order: ",
    ]  # fmt: skip
    places = [told.index(f"\n{part}") for part in parts]
    assert places == sorted(places)


def test_each_rule_that_spoke_is_explained_once(folder: Path) -> None:
    twice = NEGATIVE.model_copy(update={"id": "negative-too", "content": ABSOLUTE.content.model_copy(
        update={"stem": "Who, says the text, never asked?"})})  # fmt: skip
    told = " ".join(check(folder, bank(*GOOD_QUESTIONS, NEGATIVE, twice)).stdout.split())
    assert told.count("A negative that is overlooked turns a right answer into a wrong one.") == 1
    assert "(Haladyna, Downing & Rodriguez 2002, guideline 17) → Ask for what holds;" in told


def test_the_tables_count_what_there_is_and_what_is_wanted(folder: Path) -> None:
    lines = check(folder, bank(blueprint=PLAN)).stdout.splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.startswith("  ")}
    assert rows[SECTION] == ["9/8", "–", "–", "–", "–", "9/8"]
    assert rows["later"] == ["–", "–", "0/1", "–", "–", "0/1"]
    assert rows["all"] == ["9/8", "–", "0/1", "–", "–", "9/9"]
    assert rows["founding"] == ["■■■", "3"]


def test_what_is_on_the_whole_bank_is_told_apart(folder: Path) -> None:
    told = check(folder, bank(blueprint={"per_passage": 3})).stdout
    place = f"{SECTION}.yaml:{line_of(folder, '- id: growth')}"
    assert f"The bank as a whole\n  warning     passage-coverage: {place} passage growth: Questions on this" in told


def test_what_is_waived_is_told_with_its_reason(folder: Path) -> None:
    assert f"Waived\n  waived: negative-stem: {REASON}" in check(folder, bank(*GOOD_QUESTIONS, WAIVED)).stdout


def test_all_that_is_wrong_with_broken_files_is_told_beside_the_findings(folder: Path) -> None:
    head = write_bank(GOOD)["bank.yaml"].replace(f"- {SECTION}", f"- {SECTION}\n  - gone\n  - broken")
    text = write_bank(bank(*GOOD_QUESTIONS, NEGATIVE, MISQUOTED))[f"{SECTION}.yaml"]
    text = text.replace("answer: 1702", "answer: soon").replace("answer: true", "answre: true")
    done = check(folder, GOOD, bank=head, broken="questions: [", stray="section: stray", **{SECTION: text})
    assert done.exit_code == 1
    for words in (
        "broken.yaml:1: not valid YAML",
        f"bank.yaml:{head[: head.index('gone')].count(chr(10)) + 1}: there is no file gone.yaml for section gone",
        "stray.yaml: the file is not listed under `sections`",
        f"{SECTION}.yaml:{line_of(folder, 'answer: soon')}: question good-numeric: `answer`",
        f"{SECTION}.yaml:{line_of(folder, 'answre: true')}: question good-true-false: `answre` is not a field",
        f"{SECTION}.yaml:{line_of(folder, '- id: good-true-false')}: question good-true-false: `answer` is missing",
        "negative-stem: line ",
        "“forty pounds” does not stand in passage founding.",
        "Not in order: 8 errors",
    ):
        assert words in done.stdout


def test_a_folder_without_a_readable_head_is_told_and_nothing_else_is_judged(folder: Path) -> None:
    done = check(folder, GOOD, bank="- a\n- b\n")
    assert done.exit_code == 1
    assert done.stdout == (
        f"{folder}\n\nFiles\n  error       bank.yaml:1: the file should be a mapping of fields such as `title: …`\n\n"
        "Not in order: 1 error, 0 warnings, 0 things to look at again.\n"
    )


def test_programs_are_told_the_same(folder: Path) -> None:
    document = bank(*GOOD_QUESTIONS, NEGATIVE, WAIVED, blueprint=PLAN)
    data = as_data(folder, document)
    assert data["folder"] == str(folder)
    assert data["in_order"] is False
    assert [problem["message"] for problem in data["problems"]] == [
        "the blueprint has a row later, which is not one of the sections"
    ]
    negative = next(found for found in data["findings"] if found["rule"] == "negative-stem")
    assert negative.pop("why").startswith("A negative that is overlooked")
    assert negative.pop("remedy").startswith("Ask for what holds")
    assert negative == {
        "rule": "negative-stem",
        "severity": "error",
        "found": "“not” turns the question round and is easy to overlook.",
        "file": f"{SECTION}.yaml",
        "line": line_of(folder, "stem:", after="- id: negative"),
        "question": "negative",
        "passage": "",
        "field": ["stem"],
        "source": "Haladyna, Downing & Rodriguez 2002, guideline 17",
    }
    assert data["waived"] == [{"question": "waived", "rule": rule, "reason": REASON} for rule in ("negative-stem",)]
    assert [cell["filled"] for cell in data["blueprint"]["sections"] if cell["row"] == SECTION] == [11, 0, 0, 0, 0]
    assert [cell["level"] for cell in data["blueprint"]["sections"] if cell["row"] == SECTION] == list(LEVELS)
    assert data["passages"] == {"founding": 5, "growth": 2, "decline": 4}
    assert [tried["questions"] for tried in data["strategies"]] == [3, 3, 3]
    assert all(
        {"title", "score", "chance", "low", "high", "beats_chance"} <= tried.keys() for tried in data["strategies"]
    )


def test_programs_are_told_as_many_findings_as_people(folder: Path) -> None:
    document = bank(NEGATIVE, ABSOLUTE, VAGUE, MISQUOTED)
    told = check(folder, document).stdout
    data = as_data(folder, document)
    for word in ("error", "warning", "information"):
        count = sum(found["severity"] == word for found in data["findings"])
        assert count == sum(line.startswith(f"  {word} ") for line in told.splitlines()) > 0


def test_programs_are_told_of_a_bank_that_could_not_be_read(folder: Path) -> None:
    data = as_data(folder, GOOD, bank="- a\n- b\n")
    assert data == {
        "folder": str(folder),
        "in_order": False,
        "problems": [
            {
                "file": "bank.yaml",
                "line": 1,
                "question": "",
                "message": "the file should be a mapping of fields such as `title: …`",
            }
        ],
        "findings": [],
    }


@pytest.mark.parametrize(("options", "in_order"), [((), True), (("--strict",), False)])
def test_strictness_holds_for_programs_too(folder: Path, options: tuple[str, ...], in_order: bool) -> None:
    assert as_data(folder, bank(*GOOD_QUESTIONS, ABSOLUTE), *options)["in_order"] is in_order


def test_the_command_itself_gives_the_code_and_no_colours_into_a_pipe(tmp_path: Path, folder: Path) -> None:
    check(folder, bank(*GOOD_QUESTIONS, NEGATIVE))
    done = run(tmp_path / "instance", "bank", "check", str(folder))
    assert (done.returncode, done.stderr) == (1, "")
    assert "negative-stem" in done.stdout
    assert "\x1b" not in done.stdout
    assert not (tmp_path / "instance").exists()
