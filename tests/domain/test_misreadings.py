"""Which lines are misread, and by how many."""

from quizapp.domain.misreadings import Answered, Line, Misread, misread_lines

SILT, BELL = Line(1, "silting", "The river filled it"), Line(1, "leavings", "the bell")


def test_a_line_is_missed_by_who_does_not_get_right_what_it_decides() -> None:
    answers = [Answered(student, right=student == 1, deciding=(SILT,)) for student in (1, 2, 3)]
    assert misread_lines(answers, 1) == [Misread(SILT, asked=3, missed=2, against=0, students=2)]


def test_a_student_who_misreads_a_line_twice_is_one_student() -> None:
    answers = [Answered(1, False, (SILT,), (BELL,)), Answered(1, False, (SILT, BELL)), Answered(2, False, (), (BELL,))]
    assert misread_lines(answers, 1) == [
        Misread(BELL, asked=2, missed=1, against=2, students=2),
        Misread(SILT, asked=1, missed=1, against=0, students=1),
    ]


def test_lines_that_too_few_misread_are_left_out() -> None:
    answers = [Answered(1, False, (SILT,)), Answered(2, True, (SILT,)), Answered(2, True, (BELL,))]
    assert misread_lines(answers, 2) == []


def test_who_could_have_given_the_answer_a_line_speaks_against_was_asked_as_well() -> None:
    answers = [Answered(1, False, (SILT,), (BELL,), (SILT, BELL)), Answered(2, True, (SILT,), (), (SILT, BELL))]
    found = {misread.line: misread for misread in misread_lines(answers, 1)}
    assert (found[BELL].asked, found[BELL].against) == (2, 1)


def test_words_that_two_texts_share_are_two_lines() -> None:
    other = Line(2, SILT.passage, SILT.quote)
    assert len(misread_lines([Answered(1, False, (SILT,)), Answered(1, False, (other,))], 1)) == 2
