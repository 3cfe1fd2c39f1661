"""A class list is read as people have it."""

import pytest

from quizapp.formats.roster_csv import MOST_ROWS, ListedStudent, Notice, decoded, read_student_list


def read(text: str) -> list[tuple[str, str]]:
    """Names and usernames."""
    return [(student.name, student.username) for student in read_student_list(text).students]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_columns_are_known_by_their_names_in_any_order(delimiter: str) -> None:
    text = "Username,Name\nzara,Zara Ali\nom,Omar Aziz\n".replace(",", delimiter)
    assert read(text) == [("Zara Ali", "zara"), ("Omar Aziz", "om")]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Zara Ali\nOmar Aziz", [("Zara Ali", ""), ("Omar Aziz", "")]),
        ("Zara Ali,zara\nOmar Aziz,\n", [("Zara Ali", "zara"), ("Omar Aziz", "")]),
        ("First name;Surname\nZara;Ali", [("Zara Ali", "")]),
        ('name\n"Ali, Zara"\n', [("Ali, Zara", "")]),
        ("NAME\r\n\r\n  Zara   Ali \r\n , \r\n", [("Zara Ali", "")]),
        ("name,username\nZara\n", [("Zara", "")]),
        ("name\nZara\u202e\u200b Ali\x00", [("Zara Ali", "")]),
        ("user_name\nzara", [("zara", "zara")]),
        ("", []),
        ("name,username", []),
    ],
)
def test_rows_come_with_or_without_a_header(text: str, rows: list[tuple[str, str]]) -> None:
    assert read(text) == rows


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("name,e-mail,phone\nZara,z@example.org,5\n", (Notice.OTHER_COLUMNS, "e-mail, phone")),
        ("username\nzara", (Notice.NO_NAME_COLUMN, "")),
        ("Zara,1,2\nOmar,3,4", (Notice.TOO_MANY_COLUMNS, "3")),
        ('name\nZara "Zaz" Ali\n"Omar', (Notice.QUOTATION_MARKS, "")),
        ("name\n" + "Zara\n" * (MOST_ROWS + 2), (Notice.TOO_MANY_ROWS, "2")),
    ],
)
def test_what_should_be_known_of_the_reading_is_told(text: str, notice: tuple[Notice, str]) -> None:
    assert read_student_list(text).notices == (notice,)


def test_a_quotation_mark_that_is_never_closed_loses_no_row() -> None:
    assert read('name\n"Omar\nZara\n') == [('"Omar', ""), ("Zara", "")]


def test_each_row_tells_its_line_in_the_file() -> None:
    assert read_student_list('name\n\n"Zara\nAli"\nOmar').students == (
        ListedStudent(3, "Zara Ali", ""),
        ListedStudent(5, "Omar", ""),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_or_without_its_mark(encoding: str) -> None:
    assert decoded("Žofie, عائشہ".encode(encoding)) == ("Žofie, عائشہ", False)


def test_what_is_no_unicode_is_read_as_windows_1252_and_that_is_told() -> None:
    assert decoded("Zoë".encode("cp1252")) == ("Zoë", True)
    assert decoded(b"Zo\x81\xff")[1]
