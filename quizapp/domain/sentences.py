"""Where sentences end."""

import re

_END = re.compile(r"(?:[.!?…۔؟][\"'”’»)\]*_]*(?=\s)|[。！？][」』”’]*)")
"""A closing mark with the quotes and brackets that belong to it; before white space where the script has any."""
_ABBREVIATED = re.compile(
    r"(?:^|[\s(\[\"'“‘*_])(?:\w|(?:\w\.)+\w|Mr|Mrs|Ms|Messrs|Dr|Prof|Rev|Hon|St|Sen|Rep|Gov|Pres|Gen|Brig|Col|Maj|Capt"
    r"|Lt|Sgt|Adm|Jr|Sr|No|Nos|Vol|vol|Ch|ch|Fig|fig|pp?|eds?|trans|cf|vs|ca|approx|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.$"
)


def sentences(text: str) -> list[str]:
    """`text` cut after the ends of its sentences, white space and all: joined, they are the text again.

    A dot after an initial or a common abbreviation, and one before a small letter, ends none. Nor does one inside
    Markdown emphasis, which a cut would break.
    """
    cut: list[str] = []
    start = 0
    for found in _END.finditer(text):
        end = _after_space(text, found.end())
        if end < len(text) and _ends_here(text, start, found.end(), end):
            cut.append(text[start:end])
            start = end
    return [*cut, text[start:]] if start < len(text) else cut


def _after_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _ends_here(text: str, start: int, end: int, following: int) -> bool:
    sentence = text[start:end]
    return (
        not text[following].islower()
        and not (text[end - 1] == "." and _ABBREVIATED.search(sentence))
        and _whole_emphasis(sentence)
    )


def _whole_emphasis(text: str) -> bool:
    strong = text.count("**")
    return strong % 2 == 0 and (text.count("*") - 2 * strong) % 2 == 0
