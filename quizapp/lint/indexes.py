"""Which of many texts have parts in common, found without comparing each with each."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence


class Index:
    """Texts by their parts (words, trigrams); a text is told by its place in the list.

    A set of texts is the bits of one whole number, so that one operation looks at thousands of texts.
    """

    def __init__(self, texts: Sequence[Collection[str]]) -> None:
        self._all = (1 << len(texts)) - 1
        holders: dict[str, bytearray] = defaultdict(lambda: bytearray(len(texts) // 8 + 1))
        for place, parts in enumerate(texts):
            for part in parts:
                holders[part][place // 8] |= 1 << place % 8
        self._holders = {part: int.from_bytes(bits, "little") for part, bits in holders.items()}

    def holding(self, parts: Collection[str], least: int) -> int:
        """The set of the texts that hold at least `least` (1 or more) of the different `parts`."""
        planes = _counts([self._holders.get(part, 0) for part in parts])
        if least.bit_length() > len(planes):
            return 0
        more, equal = 0, self._all
        for digit in reversed(range(len(planes))):
            if least >> digit & 1:
                equal &= planes[digit]
            else:
                more |= equal & planes[digit]
                equal &= ~planes[digit]
        return more | equal


def _counts(sets: Sequence[int]) -> list[int]:
    """How many of the sets hold each text, as binary digits: the n-th number holds the n-th digit of every count."""
    planes: list[int] = []
    for carry in sets:
        for digit, plane in enumerate(planes):
            planes[digit], carry = plane ^ carry, plane & carry
        if carry:
            planes.append(carry)
    return planes


def places(bits: int) -> Iterator[int]:
    """The places of the texts in a set, in order."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
