"""A text cut into sections and passages: by headings, by size, at the ends of sentences, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.sentences import sentences
from quizapp.domain.splitting import Block, Part, Piece, SplitText, shortened, size, split, title_of, units


def words(count: int, word: str = "word") -> str:
    """A paragraph of so many words."""
    return " ".join([word.title(), *[word] * (count - 2), f"{word}."])


def sizes(found: SplitText) -> list[list[int]]:
    """The words of each passage, by section."""
    return [[size(piece.text) for piece in part.pieces] for part in found.parts]


def test_a_text_without_headings_is_one_section_of_passages() -> None:
    found = split([Block(words(120)), Block(words(90)), Block(words(150))])
    assert [part.title for part in found.parts] == [""]
    assert sizes(found) == [[120, 90, 150]]


def test_very_short_paragraphs_are_joined_until_they_are_a_passage() -> None:
    found = split([Block(words(30)), Block(words(30)), Block(words(40)), Block(words(90))])
    assert sizes(found) == [[100, 90]]
    assert found.parts[0].pieces[0].text.count("\n\n") == 2


def test_a_short_end_goes_with_the_passage_before() -> None:
    assert sizes(split([Block(words(120)), Block(words(20))])) == [[140]]


def test_a_short_paragraph_stays_alone_where_joined_it_would_be_far_too_long() -> None:
    assert sizes(split([Block(words(60)), Block(words(190))])) == [[60, 190]]


def test_a_very_long_paragraph_is_cut_at_the_ends_of_sentences_into_equal_parts() -> None:
    long = " ".join(words(30) for _ in range(15))
    parts = shortened(long, 200)
    assert [size(part) for part in parts] == [150, 150, 150]
    assert all(part.endswith(".") for part in parts)


def test_a_list_is_cut_between_its_items() -> None:
    items = "\n".join(f"- {words(60)}" for _ in range(4))
    assert [part.count("- ") for part in shortened(items, 130)] == [2, 2]


def test_the_highest_headings_begin_sections_and_lower_ones_name_passages() -> None:
    found = split(
        [
            Block("One", 2), Block(words(90)), Block("Detail", 3), Block(words(20)), Block("Two", 2),
            Block("Start", 3), Block(words(100)),
        ]
    )  # fmt: skip
    assert [part.title for part in found.parts] == ["One", "Two"]
    assert [[piece.title for piece in part.pieces] for part in found.parts] == [
        [title_of(words(90)), "Detail"],
        ["Start"],
    ]


def test_a_heading_above_all_others_is_the_text_s_own_title() -> None:
    found = split([Block("My essay", 1), Block("One", 2), Block(words(90)), Block("Two", 2), Block(words(90))])
    assert found.title == "My essay"
    assert [part.title for part in found.parts] == ["One", "Two"]


def test_headings_without_words_below_them_are_not_lost() -> None:
    found = split([Block("Part I", 1), Block("Chapter 1", 1), Block(words(90)), Block("The end", 1)])
    assert [part.title for part in found.parts] == ["Part I · Chapter 1"]
    assert found.parts[0].pieces[-1].text.endswith("**The end**")
    assert split([Block("Alone", 1)]).parts == (Part("", (Piece("Alone", "**Alone**"),)),)


def test_an_empty_text_has_no_parts() -> None:
    assert split([]) == SplitText("", ())


WORDS = st.lists(st.text("abé ا.?!。", min_size=1, max_size=9), min_size=1, max_size=60).map(" ".join)
BLOCKS = st.lists(
    st.builds(Block, WORDS.filter(str.strip), st.sampled_from([0, 0, 0, 1, 2, 3])), min_size=1, max_size=12
)


@given(BLOCKS, st.integers(2, 20), st.integers(20, 60))
def test_no_word_is_lost_and_none_changes_its_place(blocks: list[Block], shortest: int, longest: int) -> None:
    found = split(blocks, shortest, longest)
    whole = found.title + "".join(
        part.title + "".join(piece.title + piece.text for piece in part.pieces) for part in found.parts
    )
    left = iter(whole)
    assert all(character in left for block in blocks for character in "".join(block.text.split()))
    assert all(piece.text.strip() and piece.title for part in found.parts for piece in part.pieces)


@given(BLOCKS)
def test_a_passage_is_never_longer_than_twice_what_is_wished(blocks: list[Block]) -> None:
    assert all(length <= 2 * 40 for part in sizes(split(blocks, 10, 40)) for length in part)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three?", 3),
        ("Mr. Bush met Gen. Musharraf. They spoke.", 2),
        ("The U.S. Senate voted. It passed.", 2),
        ("He paused… and went on. Then he left.", 2),
        ("“Is it so?” she asked. “It is.”", 2),
        ("*One. Two.* Three.", 2),
        ("پہلا جملہ۔ دوسرا جملہ۔", 2),
        ("第一句。第二句。", 2),
        ("no end", 1),
        ("", 0),
    ],
)
def test_sentences_end_where_a_reader_would_say(text: str, count: int) -> None:
    assert len(sentences(text)) == count
    assert "".join(sentences(text)) == text


def test_what_a_passage_can_be_divided_between_is_paragraphs_or_items_or_sentences() -> None:
    assert units("One. Two.\n\nThree.") == ["One. Two.", "Three."]
    assert units("- One. Two.\n- Three.") == ["- One. Two.", "- Three."]
    assert units("One. Two.") == ["One.", "Two."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Short enough.", "Short enough"),
        ("The *first* words of [a link](https://x.org) stand", "The first words of a link stand"),
        ("words, " * 20, "words, words, words, words, words, words, words, words…"),
        ("1. One\n2. Two", "One Two"),
        ("***", "…"),
    ],
)  # fmt: skip
def test_the_first_words_are_the_title(text: str, title: str) -> None:
    assert title_of(text) == title
