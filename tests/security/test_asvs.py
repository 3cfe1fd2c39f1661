"""The table beside this file: every requirement of OWASP ASVS 5.0.0, levels 1 and 2, and the tests that show it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
TESTS = HERE.parent
REQUIRED = {
    "1.1": "1 2", "1.2": "1 2 3 4 5 6 7 8 9", "1.3": "1 2 3 4 5 6 7 8 9 10 11", "1.4": "1 2 3", "1.5": "1 2",
    "2.1": "1 2 3", "2.2": "1 2 3", "2.3": "1 2 3 4", "2.4": "1",
    "3.2": "1 2", "3.3": "1 2 3 4", "3.4": "1 2 3 4 5 6", "3.5": "1 2 3 4 5", "3.7": "1 2",
    "4.1": "1 2 3", "4.2": "1", "4.3": "1 2", "4.4": "1 2 3 4",
    "5.1": "1", "5.2": "1 2 3", "5.3": "1 2", "5.4": "1 2 3",
    "6.1": "1 2 3", "6.2": "1 2 3 4 5 6 7 8 9 10 11 12", "6.3": "1 2 3 4", "6.4": "1 2 3 4", "6.5": "1 2 3 4 5",
    "6.6": "1 2 3", "6.8": "1 2 3 4",
    "7.1": "1 2 3", "7.2": "1 2 3 4", "7.3": "1 2", "7.4": "1 2 3 4 5", "7.5": "1 2", "7.6": "1 2",
    "8.1": "1 2", "8.2": "1 2 3", "8.3": "1", "8.4": "1",
    "9.1": "1 2 3", "9.2": "1 2 3 4",
    "10.1": "1 2", "10.2": "1 2", "10.3": "1 2 3 4", "10.4": "1 2 3 4 5 6 7 8 9 10 11", "10.5": "1 2 3 4 5",
    "10.6": "1 2", "10.7": "1 2 3",
    "11.1": "1 2", "11.2": "1 2 3", "11.3": "1 2 3", "11.4": "1 2 3 4", "11.5": "1", "11.6": "1",
    "12.1": "1 2 3", "12.2": "1 2", "12.3": "1 2 3 4",
    "13.1": "1", "13.2": "1 2 3 4 5", "13.3": "1 2", "13.4": "1 2 3 4 5",
    "14.1": "1 2", "14.2": "1 2 3 4", "14.3": "1 2 3",
    "15.1": "1 2 3", "15.2": "1 2 3", "15.3": "1 2 3 4 5 6 7",
    "16.1": "1", "16.2": "1 2 3 4 5", "16.3": "1 2 3 4", "16.4": "1 2 3", "16.5": "1 2 3",
    "17.1": "1", "17.2": "1 2 3 4", "17.3": "1 2",
}  # fmt: skip
"""The requirements of levels 1 and 2, by section."""
VERDICTS = {"met", "not applicable", "not met"}
Row = tuple[str, str, str, str]


def rows() -> list[Row]:
    """Number, what is asked, verdict, and the tests or the reason."""
    lines = (HERE / "asvs.md").read_text(encoding="utf-8").splitlines()
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines if re.match(r"\| \d", line)]
    assert {len(row) for row in cells} == {4}
    return [(row[0], row[1], row[2], row[3]) for row in cells]


def named(cell: str) -> Iterator[tuple[str, str]]:
    """The tests in a cell: the file below `tests/`, and the test's name; a file alone stands for all in it."""
    yield from re.findall(r"`([\w/]+\.(?:py|md))(?:::(\w+))?`", cell)


def defined(file: Path) -> set[str]:
    """The tests of a file."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_requirement_stands_there_once_in_its_order() -> None:
    expected = [f"{section}.{number}" for section, numbers in REQUIRED.items() for number in numbers.split()]
    assert [row[0] for row in rows()] == expected
    assert len(expected) == 253


def test_every_verdict_is_one_of_three_and_has_its_tests_or_its_reason() -> None:
    for number, asked, verdict, why in rows():
        assert verdict in VERDICTS, number
        assert len(asked) > 10, number
        assert list(named(why)) if verdict == "met" else len(why) > 15, number


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_every_test_that_is_named_is_there(row: Row) -> None:
    for file, name in named(row[3]):
        path = TESTS / file
        assert path.is_file(), file
        assert not name or name in defined(path), (file, name)


def test_the_table_counts_its_verdicts() -> None:
    found = [row[2] for row in rows()]
    sums = ", ".join(f"{found.count(verdict)} {verdict}" for verdict in ("met", "not applicable", "not met"))
    assert f"Of 253: {sums}." in (HERE / "asvs.md").read_text(encoding="utf-8")
