"""Passwords that are guessed first: those made of nothing but common words, names, rows of keys, and numbers in order.

A rule instead of a list of the passwords most used: those of ten characters or more are nearly all of this make.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

FEWEST_SIGNS = 5
"""Signs that a password must have beside what is easy; each easy piece counts as one."""
_SHORTEST_PIECE = 3
_SHORTEST_WORD = 3

_COMMON_WORDS = """
aaron abc access account adam admin administrator adobe alex alexander alexis amanda america american andrea andrew
angel angela animal anthony apple april arsenal ashley august austin babe baby badboy bailey banana barcelona
baseball basketball batman beach bear beautiful bella benjamin bird biteme black blue bond boston boy brandon brazil
brian brown buddy business butterfly camera canada carlos casper challenge change changed changeme charles charlie
cheese chelsea chester chicago chicken child chocolate chris christian christopher city claire class classroom
coffee college computer cookie cool corvette cowboy crystal daddy dallas daniel danielle dark database david death
december default demo demon denver dev devil diamond doctor dog dolphin dragon dream eagle elephant elizabeth eminem
england english enter eric essay eternal evil exam facebook family father february fender ferrari fire fish flower
football forever forget france freedom friday friend friends fuck fuckyou gabriel game games garden garfield geheim
george german ghost giants ginger girl gmail god godzilla gold golden golf google grade green guest guitar hannah
happy harley harry heaven hello hellokitty help history hockey holiday home homework honey hotmail house hunter
iceman iloveu iloveyou india internet isabella islam jack jackson jaguar james january jasmine jason jennifer jesse
jessica jesus john johnny jonathan jordan joseph joshua july june junior justin karate keyboard killer king kitty
knight korea lakers laptop laura learn learner lesson letmein liberty life light lion little liverpool login london
looking lord love lovely loveme lover lucky maggie magic mama manager manchester march marina mario mark marlboro
martin master matrix matthew maverick maxwell mercedes merlin metallica michael michelle mickey midnight miller
mobile mom monday monkey monster morgan mother mountain movie muhammad murphy music mustang myname mypassword naruto
nathan new newyork nicholas nicole ninja nirvana nissan nothing november october office oliver online orange
pakistan panther pass passphrase passport passw password passwort pepper peter phoenix phone pink pirate player
please pokemon police porsche president prince princess private pupil purple question quiz rabbit rachel rainbow
ranger read reading rebecca red richard river robert rock rocket ronaldo rose runner samantha samsung samuel
saturday school scooter secret secure security september server sexy shadow shannon shit silver skippy smile snoopy
soccer sophie spider spiderman spring star starwars steelers stella steven student stupid success summer sunday
sunflower sunshine super superman superstar support sweet system taylor teacher tennis test tester testing texas
thomas thunder thursday tiger tigger time tinker today trustno tuesday turtle united unknown user username vanessa
victor victoria victory viking virginia wednesday welcome whatever white william willow winner winston winter wizard
wolf world xbox yamaha yankees yellow you youtube zeppelin zxcvbn
"""
_COMMON = frozenset(_COMMON_WORDS.split())
_ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "012345678901234567890",
    "qwertyuiop",
    "qwertzuiop",
    "azertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "qazwsxedcrfvtgbyhnujmikolp",
)
_RUNS = (*_ROWS, *(row[::-1] for row in _ROWS))
_SPELT = str.maketrans("0134578@$!|", "oieastbasil")
"""What is written for letters by who hides a word: pa$$w0rd."""
_REPEATED = re.compile(r"(.{1,5}?)\1{2,}")
_ONE_AFTER_ANOTHER = re.compile(r"^(.+?)\1+$", re.DOTALL)
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_easy(password: str, about: Iterable[str] = ()) -> bool:
    """Whether hardly anything is left of the password beside what is guessed first.

    `about` are texts about its person and the site, such as their name: the words in them are easy, too.
    """
    folded = unicodedata.normalize("NFKC", password).casefold()
    words = _COMMON | {word for text in about for word in _words(text)}
    return _signs(_ONE_AFTER_ANOTHER.sub(r"\1", folded), words) < FEWEST_SIGNS


def _words(text: str) -> Iterator[str]:
    """The words of a name, and the name as one."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = re.findall(r"[^\W_]+", folded)
    yield from (word for word in (*words, "".join(words), folded) if len(word) >= _SHORTEST_WORD)


def _signs(password: str, words: frozenset[str]) -> int:
    """The fewest pieces that the password can be cut into, where all that is not easy is cut into single signs.

    Signs that part words, and the same sign once more, count for nothing.
    """
    spelt = password.translate(_SPELT)
    fewest = [0]
    for end in range(1, len(password) + 1):
        best = fewest[end - 1] + _worth(password, end)
        for start in range(max(0, end - 40), end - _SHORTEST_PIECE + 1):
            if fewest[start] + 1 < best and _is_piece(password[start:end], spelt[start:end], words):
                best = fewest[start] + 1
        fewest.append(best)
    return fewest[-1]


def _worth(password: str, end: int) -> int:
    sign, before = password[end - 1], password[end - 2 : end - 1]
    return 0 if sign == before or not sign.isalnum() else 1


def _is_piece(text: str, spelt: str, words: frozenset[str]) -> bool:
    return (
        text in words
        or spelt in words
        or any(text in run for run in _RUNS)
        or _YEAR.fullmatch(text) is not None
        or _REPEATED.fullmatch(text) is not None
    )
