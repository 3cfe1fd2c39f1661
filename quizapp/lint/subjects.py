"""What rules look at: a bank and its questions, with what several rules need worked out once."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from quizapp.domain.quizzes import Status
from quizapp.formats.document import BankDocument, ClaimDocument, QuestionDocument
from quizapp.kinds import kind_named
from quizapp.kinds.base import Anatomy, OptionText
from quizapp.kinds.content import Path
from quizapp.lint.indexes import Index, places
from quizapp.lint.lexicon import Lexicon, lexicon_for
from quizapp.lint.words import capitalised, runs, stem_of, trigrams, words

COPIED_RUN = 9
"""Words in a row, shared with a passage, from which a text counts as copied."""
NEARLY_THE_SAME = 0.75
"""Share of common trigrams (Jaccard) above which two stems are nearly the same."""


class Item:
    """A question under the linter's eye. `section` is the id of the section it stands in, empty beside a bank."""

    def __init__(self, question: QuestionDocument, section: str, lexicon: Lexicon) -> None:
        self.question, self.section, self.lexicon = question, section, lexicon
        self.content = question.content

    @property
    def id(self) -> str:
        """The question's id."""
        return self.question.id

    @property
    def in_use(self) -> bool:
        """Whether it is asked, or will be; not a retired question."""
        return self.question.status != Status.RETIRED

    @cached_property
    def anatomy(self) -> Anatomy:
        """The question's parts, as its kind tells them."""
        return kind_named(self.question.kind).anatomy(self.content)

    @property
    def options(self) -> Sequence[OptionText]:
        """The options that are rivals for the key."""
        return self.anatomy.options

    @property
    def options_field(self) -> Path:
        """The list in the content that its options are; nothing where it has none."""
        return self.options[0].field[:1] if self.options else ()

    @cached_property
    def right(self) -> list[OptionText]:
        """The right options."""
        return [option for option in self.options if option.correct]

    @cached_property
    def wrong(self) -> list[OptionText]:
        """The distractors."""
        return [option for option in self.options if not option.correct]

    @property
    def has_one_key(self) -> bool:
        """Whether exactly one of its options is right: a single choice, whatever the kind is called."""
        return len(self.right) == 1 and len(self.options) > 2

    @cached_property
    def read_with_stem(self) -> str:
        """The stem and what else is to be read before answering."""
        return f"{self.content.stem} {self.anatomy.text}".strip()

    @cached_property
    def stem_words(self) -> tuple[str, ...]:
        """The words to be read before answering, in order."""
        return words(self.read_with_stem)

    @cached_property
    def trigrams(self) -> frozenset[str]:
        """Every three letters in a row of what is to be read before answering."""
        return trigrams(self.read_with_stem)

    @cached_property
    def stem_content(self) -> frozenset[str]:
        """The stems of the content words to be read before answering."""
        return self.content_of(self.read_with_stem)

    def content_of(self, text: str) -> frozenset[str]:
        """The stems of the content words of `text`."""
        return content_words(text, self.lexicon)


@lru_cache(maxsize=100_000)
def content_words(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The stems of the words of `text` that carry content: three letters or more, and no function word.

    There are none in a language whose function words are not known, because they could not be told apart.
    """
    if not lexicon.function_words:
        return frozenset()
    return frozenset(stem_of(word) for word in words(text) if len(word) > 2 and word not in lexicon.function_words)


class BankSubject:
    """A bank under the linter's eye."""

    def __init__(self, bank: BankDocument) -> None:
        self.bank = bank
        self.lexicon = lexicon_for(bank.language)
        self.items = [Item(question, section.id, self.lexicon) for section, question in bank.questions()]

    def item(self, question: QuestionDocument) -> Item:
        """A question that is not in the bank, or not in these words, made ready to be judged beside it."""
        return Item(question, "", self.lexicon)

    @cached_property
    def in_use(self) -> list[Item]:
        """The questions that stand beside one another: all but the retired ones."""
        return [item for item in self.items if item.in_use]

    @cached_property
    def published(self) -> list[Item]:
        """The questions that are asked."""
        return [item for item in self.items if item.question.status == Status.PUBLISHED]

    @cached_property
    def texts(self) -> dict[str, str]:
        """The passages' texts by id."""
        return {passage.id: passage.text for passage in self.bank.passages()}

    @cached_property
    def claims(self) -> dict[str, ClaimDocument]:
        """The registered claims by id."""
        return {claim.id: claim for claim in self.bank.claims()}

    @cached_property
    def noted_claims(self) -> set[str]:
        """The claims that a record note speaks of."""
        return {claim for passage in self.bank.passages() for note in passage.notes for claim in note.claims}

    @cached_property
    def passage_runs(self) -> dict[tuple[str, ...], str]:
        """Every run of words of the passages, outside quotation marks, with a passage it stands in."""
        return {run: passage for passage, text in self.texts.items() for run in runs(text, COPIED_RUN)}

    @cached_property
    def attribution(self) -> re.Pattern[str]:
        """What in a stem says that it asks for the source's view: the usual words, and the author's own name."""
        telling = set(words(self.bank.source.author)) - self.lexicon.function_words
        names = "|".join(re.escape(name) for name in sorted(telling) if len(name) > 2)
        author = rf"|\b(?:{names})\b" if names else ""
        return re.compile(self.lexicon.attribution + author)

    @cached_property
    def choice_items(self) -> list[Item]:
        """The questions with options of which one is right."""
        return [item for item in self.in_use if item.has_one_key]

    @cached_property
    def questions_on_passage(self) -> Counter[str]:
        """How many questions each passage decides, each question counted once a passage."""
        return Counter(
            passage for item in self.published for passage in {quote.passage for quote in item.content.evidence}
        )

    @cached_property
    def by_word(self) -> Index:
        """The questions in use by the words of their stems."""
        return Index([set(item.stem_words) for item in self.in_use])

    @cached_property
    def by_content(self) -> Index:
        """The questions in use by the content of their stems."""
        return Index([item.stem_content for item in self.in_use])

    @cached_property
    def by_trigram(self) -> Index:
        """The questions in use by the trigrams of their stems."""
        return Index([item.trigrams for item in self.in_use])

    def near_duplicates(self, item: Item) -> Iterator[Item]:
        """The other questions whose stems share so many of their trigrams that they are nearly the same."""
        size = len(item.trigrams)
        for place in places(self.by_trigram.holding(item.trigrams, int(NEARLY_THE_SAME * size) + 1)):
            other = self.in_use[place]
            shared = len(item.trigrams & other.trigrams)
            if other.id != item.id and shared > NEARLY_THE_SAME * (size + len(other.trigrams) - shared):
                yield other

    @cached_property
    def frequent_content(self) -> set[str]:
        """Word stems so frequent in the bank's stems that sharing them says nothing: in over a twelfth of them."""
        counts = Counter(word for item in self.in_use for word in item.stem_content)
        most = max(4, len(self.in_use) / 12)
        return {word for word, count in counts.items() if count > most}

    @cached_property
    def name_stems(self) -> set[str]:
        """The stems of the words that the passages write with a capital inside a sentence: names."""
        names = {name for text in self.texts.values() for name in capitalised(text)}
        return {word for name in names for word in content_words(name, self.lexicon)}
