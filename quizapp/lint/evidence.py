"""Rules on what a question rests on: its quotes, its explanation, its frame, its claims and the record."""

from collections.abc import Iterator

from quizapp.domain.text import find_quote
from quizapp.domain.wording import mark_for_translation as _
from quizapp.lint.findings import BankRule, Hit, QuestionRule, Severity
from quizapp.lint.lexicon import NOWHERE
from quizapp.lint.subjects import BankSubject, Item
from quizapp.lint.words import are_alike, plain, without_article, words

SHORTEST_EXPLANATION = 8
"""Words below which an explanation hardly explains."""
LIKE_THE_KEY = 0.9
"""Similarity from which an explanation only repeats the key."""


def _evidence_in_passage(item: Item, bank: BankSubject) -> Iterator[Hit]:
    for field, quote in item.content.located_evidence():
        text = bank.texts.get(quote.passage)
        if text is None:
            yield Hit(_("There is no passage %(passage)s."), {"passage": quote.passage}, field)
        elif find_quote(text, quote.quote) is None:
            values = {"quote": quote.quote, "passage": quote.passage}
            yield Hit(_("“%(quote)s” does not stand in passage %(passage)s."), values, field)


def _explanation_explains(item: Item, bank: BankSubject) -> Iterator[Hit]:
    text = item.content.explanation
    field = ("explanation",)
    count = len(words(text))
    if not count:
        yield Hit(_("The explanation is missing."), field=field, severity=Severity.ERROR)
    elif any(are_alike(without_article(text), without_article(key), LIKE_THE_KEY) for key in item.anatomy.keys):
        yield Hit(_("The explanation only repeats the key."), field=field, severity=Severity.ERROR)
    elif count < SHORTEST_EXPLANATION:
        values = {"count": count, "least": SHORTEST_EXPLANATION}
        yield Hit(_("Words in the explanation: %(count)s; at least %(least)s are needed."), values, field)


def _frame_is_kept(item: Item, bank: BankSubject) -> Iterator[Hit]:
    question = item.question
    unknown = bank.lexicon.attribution == NOWHERE
    attributed = unknown or bank.attribution.search(plain(item.read_with_stem)) is not None
    if question.frame == "essay" and not attributed:
        yield Hit(_("The frame is `essay`, but the stem does not say whose view it asks for."), field=("stem",))
    if question.frame in ("record", "both") and not item.content.references:
        yield Hit(_("The frame is `%(frame)s`, but no reference is given."), {"frame": question.frame}, ("references",))
    standings = {bank.claims[claim].standing for claim in question.claims if claim in bank.claims}
    if question.frame == "record" and standings - {"agrees"}:
        yield Hit(_("It asks what the record shows, but rests on a claim that the record does not bear out."))
    if item.anatomy.statement and standings == {"opinion"} and not attributed:
        yield Hit(_("An opinion is keyed as a fact, true or false."), field=("stem",))


def _claims_are_named(item: Item, bank: BankSubject) -> Iterator[Hit]:
    if bank.claims and not item.question.claims:
        yield Hit(_("It names no claim that it rests on."), field=("claims",))


def _claims_are_noted(bank: BankSubject) -> Iterator[Hit]:
    for claim in bank.claims.values():
        if claim.standing in ("differs", "disputed", "unverified") and claim.id not in bank.noted_claims:
            yield Hit(
                _("Claim %(claim)s is `%(standing)s`, but no record note speaks of it."),
                {"claim": claim.id, "standing": claim.standing},
            )


def _notes_fit_claims(bank: BankSubject) -> Iterator[Hit]:
    for passage in bank.bank.passages():
        for note in passage.notes:
            for code in note.claims:
                claim = bank.claims.get(code)
                if claim is not None and not _fits(claim.standing, note.verdict):
                    yield Hit(
                        _("Claim %(claim)s is registered as `%(standing)s`, but its note says `%(verdict)s`."),
                        {"claim": code, "standing": claim.standing, "verdict": note.verdict},
                        passage=passage.id,
                    )


def _fits(standing: str, verdict: str) -> bool:
    """Whether a note may say this of such a claim: what the record bears out may be added to, an opinion disputed."""
    if standing in ("agrees", "opinion"):
        return verdict == "adds" or (standing == "opinion" and verdict in ("disputed", "unverified"))
    return verdict == standing


RULES = (
    QuestionRule(
        "evidence-not-in-passage", Severity.ERROR,
        _("A student is shown these words as what decides the question, so they must stand in the passage."),
        _("the promise of this product"),
        _("Copy the words from the passage; quotation marks, dashes and spaces may differ, words may not."),
        _evidence_in_passage,
        on_retired=True,
    ),
    QuestionRule(
        "weak-explanation", Severity.WARNING,
        _("Being told why helps learning about ten times as much as being told right or wrong."),
        _("Van der Kleij, Feskens & Eggen 2015"),
        _("Say why the key is right and what it teaches beyond itself, in a sentence or two."),
        _explanation_explains,
    ),
    QuestionRule(
        "frame-breach", Severity.ERROR,
        _("A reader must know whether the text or the record is asked about; an opinion is neither true nor false."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 7"),
        _("Attribute the view in the stem, give the reference, or ask what the author argues."),
        _frame_is_kept,
    ),
    QuestionRule(
        "claim-missing", Severity.WARNING,
        _("A bank that registers the claims of its text can check each question against what is known of them."),
        _("Haladyna, Downing & Rodriguez 2002, guideline 1"),
        _("Name under `claims` what the question rests on."),
        _claims_are_named,
    ),
    BankRule(
        "claim-without-note", Severity.WARNING,
        _("Where the text and the record part, the reader is owed a note at the very words."),
        _("the promise of this product"),
        _("Write a record note on the words that make the claim, and name the claim in it."),
        _claims_are_noted,
    ),
    BankRule(
        "note-against-claim", Severity.WARNING,
        _("A reader of the note and a writer of questions should be told the same of one statement."),
        _("the promise of this product"),
        _("Change the standing of the claim, or the verdict of the note."),
        _notes_fit_claims,
    ),
)  # fmt: skip
