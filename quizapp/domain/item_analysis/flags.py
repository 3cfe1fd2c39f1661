"""What about a question is worth a teacher's look, in plain words with a suggestion.

A flag is one function, which says with what figures it applies (None: it does not), and one line of the registry.
Flags ask for a look; they are no verdicts, because chance and a short quiz can raise them too.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quizapp.domain.item_analysis.questions import Choice, Choices, Figure
from quizapp.domain.wording import mark_for_translation as _

Named = Mapping[str, str | float | int]
"""What a flag's words are filled with: texts, counts, and shares 0–1 under names that begin with `share_`."""
Applies = Callable[["Findings"], Named | None]

LOW_DISCRIMINATION = 0.1
LOW_EFFICIENCY = 0.15
"""Source: measurement practice of Moodle's quiz statistics."""
TOO_EASY = 0.95
NEAR_GUESSING = 0.05
"""Above the score of guessing at random."""
TOO_HARD = 0.2
"""Where guessing earns nothing."""
LONG_SECONDS = 180
MANY_REPORTS = 2
_PULL_MARGIN = 0.1
"""How much more of the top third than of the bottom third an option must draw."""


@dataclass(frozen=True)
class Findings:
    """What is known of a question. `options` are the texts of its options, `guess` what guessing earns (None: unknown).

    `ruled` says that a correction gives everybody the marks, so that marks say nothing any more.
    """

    n: int
    facility: Figure | None = None
    discrimination: Figure | None = None
    efficiency: Figure | None = None
    choices: Choices | None = None
    options: tuple[str, ...] = ()
    seconds: float | None = None
    guess: float | None = None
    reports: int = 0
    ruled: bool = False

    @property
    def key(self) -> Choice | None:
        """The right option, where there is exactly one."""
        keys = [] if self.choices is None else [choice for choice in self.choices.options if choice.correct]
        return keys[0] if len(keys) == 1 and not self.ruled else None

    def named(self, choice: Choice) -> str:
        """An option in the middle of a sentence."""
        return self.options[choice.index].rstrip(" .")

    @property
    def wrong(self) -> list[Choice]:
        """The wrong options, while marks say something."""
        if self.choices is None or self.ruled:
            return []
        return [choice for choice in self.choices.options if not choice.correct]


@dataclass(frozen=True)
class Flag:
    """A flag that is up. `says` and `suggests` are marked for translation and filled in with `values`."""

    name: str
    says: str
    suggests: str
    grave: bool
    values: Named = field(default_factory=dict)


def _check_key(found: Findings) -> Named | None:
    key = found.key
    rival = max(found.wrong, key=lambda choice: choice.top, default=None)
    if key is None or rival is None or rival.top <= key.top:
        return None
    return {"option": found.named(rival), "share_option": rival.top, "share_key": key.top}


def _key_falls(found: Findings) -> Named | None:
    key = found.key
    if key is None or key.top >= key.bottom or _check_key(found):
        return None
    return {"share_top": key.top, "share_bottom": key.bottom}


def _negative(found: Findings) -> Named | None:
    r = found.discrimination
    return {"r": r.value} if r is not None and r.value < 0 and not found.ruled else None


def _low(found: Findings) -> Named | None:
    r = found.discrimination
    return {"r": r.value} if r is not None and 0 <= r.value < LOW_DISCRIMINATION and not found.ruled else None


def _inefficient(found: Findings) -> Named | None:
    part = found.efficiency
    if part is None or found.ruled or not 0 <= part.value < LOW_EFFICIENCY or _low(found):
        return None
    return {"share_efficiency": part.value}


def _too_easy(found: Findings) -> Named | None:
    p = found.facility
    easy = p is not None and not p.provisional and p.value >= TOO_EASY and not found.ruled
    return {"share_facility": p.value} if p is not None and easy else None


def _too_hard(found: Findings) -> Named | None:
    p = found.facility
    if p is None or p.provisional or found.ruled:
        return None
    return {"share_facility": p.value} if not found.guess and p.value < TOO_HARD else None


def _near_guessing(found: Findings) -> Named | None:
    p = found.facility
    if p is None or p.provisional or found.ruled or not found.guess:
        return None
    guessed = p.value < found.guess + NEAR_GUESSING
    return {"share_facility": p.value, "share_guess": found.guess} if guessed else None


def _hardly_chosen(found: Findings) -> Named | None:
    names = [found.named(choice) for choice in found.wrong if not choice.functioning]
    return {"options": "” · “".join(names)} if names else None


def _pulls_the_strong(found: Findings) -> Named | None:
    pulling = [
        choice
        for choice in found.wrong
        if choice.pull is not None and choice.pull > 0 and choice.top >= choice.bottom + _PULL_MARGIN
    ]
    if not pulling or _check_key(found):
        return None
    worst = max(pulling, key=lambda choice: choice.top - choice.bottom)
    return {"option": found.named(worst), "share_top": worst.top, "share_bottom": worst.bottom}


def _long(found: Findings) -> Named | None:
    return {"seconds": found.seconds} if found.seconds is not None and found.seconds >= LONG_SECONDS else None


def _reported(found: Findings) -> Named | None:
    return {"reports": found.reports} if found.reports >= MANY_REPORTS else None


@dataclass(frozen=True)
class _Rule:
    name: str
    applies: Applies
    grave: bool
    says: str
    suggests: str


_RULES = (
    _Rule(
        "check-key",
        _check_key,
        True,
        _("The strongest students choose “%(option)s” (%(share_option)s), not the key (%(share_key)s): check the key."),
        _("Read the passage again with this option in mind. If it is right too, correct the key or accept both."),
    ),
    _Rule(
        "key-falls",
        _key_falls,
        True,
        _("The key is chosen less by the strongest third (%(share_top)s) than by the weakest (%(share_bottom)s)."),
        _("Look for a reading that a careful student has and you did not mean, and close it in the stem."),
    ),
    _Rule(
        "negative",
        _negative,
        True,
        _("Who does well in the rest tends to get this wrong (r = %(r)s)."),
        _("Check the key first; then whether the stem turns something round, or two options are right."),
    ),
    _Rule(
        "pulls-the-strong",
        _pulls_the_strong,
        True,
        _("“%(option)s” draws the strongest third (%(share_top)s) more than the weakest (%(share_bottom)s)."),
        _("Ask what makes it true for a good reader; reword it so that the passage clearly speaks against it."),
    ),
    _Rule(
        "low",
        _low,
        False,
        _("It hardly tells strong from weak (r = %(r)s)."),
        _("It may ask something else than the rest does, or be answered from the stem alone: look at the options."),
    ),
    _Rule(
        "inefficient",
        _inefficient,
        False,
        _("It tells strong from weak far less than its marks could (efficiency %(share_efficiency)s)."),
        _("Look at the options and at how partly right answers are marked."),
    ),
    _Rule(
        "too-hard",
        _too_hard,
        False,
        _("Few get it right (%(share_facility)s)."),
        _("See that the passage really decides it, and that the stem asks for just that."),
    ),
    _Rule(
        "near-guessing",
        _near_guessing,
        False,
        _("It is answered hardly better than by guessing (%(share_facility)s; guessing earns %(share_guess)s)."),
        _("See that the passage really decides it, and that no wrong option can be defended."),
    ),
    _Rule(
        "too-easy",
        _too_easy,
        False,
        _("Nearly everybody gets it right (%(share_facility)s)."),
        _("Good as a warm-up. To learn more from it, make a wrong option out of a real misreading."),
    ),
    _Rule(
        "hardly-chosen",
        _hardly_chosen,
        False,
        _("Hardly anybody who errs chooses “%(options)s”."),
        _("Replace it with a misreading that students really have, or leave it out: three options can do."),
    ),
    _Rule(
        "long",
        _long,
        False,
        _("It takes long: about %(seconds)s s."),
        _("Shorten the stem, or ask for one thing at a time."),
    ),
    _Rule(
        "reported",
        _reported,
        True,
        _("Students have reported a problem with it %(reports)s times."),
        _("Read the reports; they stand beside the figures."),
    ),
)


def flags(found: Findings) -> tuple[Flag, ...]:
    """What is worth a look, the gravest first."""
    raised = ((rule, rule.applies(found)) for rule in _RULES)
    up = [
        Flag(rule.name, rule.says, rule.suggests, rule.grave, values) for rule, values in raised if values is not None
    ]
    return tuple(sorted(up, key=lambda flag: not flag.grave))
