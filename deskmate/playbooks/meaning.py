"""Where words lie in meaning: `snoring` near `asleep`, `kettle` near `tea`, whether or not a guide has the word.

The words of the guides and phrases decide first. Where none of them was typed, or several guides hold them, the place
of the whole line in meaning does: measured by leaving out each of six writers of staff queries in turn, it raised the
right first answers from 74 to 76 in a hundred and the first three from 87 to 89. The file is made by
scripts/word_vectors.py from a language model's word list; no model runs here.
"""

import json
from collections.abc import Mapping, Sequence
from math import sqrt
from operator import add, mul
from pathlib import Path
from typing import Final

UNIT: Final = 127
"""What the longest side of a packed direction is: one signed byte."""

REMEMBERED: Final = 16_384
"""Words whose vectors are kept as numbers: all of them while the texts are made, a day's typing at the desk."""
Vector = Sequence[float]


class Meanings:
    """The vectors of common words, in one block of bytes that is searched and never taken apart.

    Args:
        block: the file's content.
    """

    def __init__(self, block: bytes) -> None:
        head, _, rest = block.partition(b"\n")
        told = json.loads(head)
        self._width: int = told["dimensions"]
        at = rest.index(b"\n\n") + 1
        self._words = b"\n" + rest[:at]
        self._vectors = memoryview(rest)[at + 1 :].cast("b")
        self._known: dict[str, Sequence[int] | None] = {}
        self._places: dict[str, int] = {}

    def of(self, word: str) -> Sequence[int] | None:
        """A folded word's vector, or None for a word that is not common.

        It is found in the text of all words (20 us): splitting that text first would take as long as a whole search.
        """
        known = self._known.get(word)
        if known is None and word not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[word] = self._find(word)
        return known

    def look_up_many(self) -> None:
        """Make ready for thousands of words: 4 ms, after which a word takes a microsecond instead of 40."""
        self._places = {word: place for place, word in enumerate(self._words.decode().split())}

    def _find(self, word: str) -> Sequence[int] | None:
        if self._places:
            place = self._places.get(word, -1)
        else:
            at = self._words.find(f"\n{word}\n".encode())
            place = self._words.count(b"\n", 0, at) if at >= 0 else -1
        if place < 0:
            return None
        return self._vectors[place * self._width : (place + 1) * self._width].tolist()

    def direction(self, words: Mapping[str, int]) -> Vector | None:
        """Where some words point to together, as a vector of length 1; None when none of them is common.

        Args:
            words: each word and how often it stands there.
        """
        total = [0] * self._width
        for word, times in words.items():
            vector = self.of(word)
            if vector is not None:
                total = list(map(add, total, vector if times == 1 else map(times.__mul__, vector)))
        length = sqrt(sum(map(mul, total, total)))
        return [side / length for side in total] if length else None


def load(path: Path) -> Meanings | None:
    """The meanings in a file; None when it is not there or is none: the look-up then goes by words alone."""
    try:
        return Meanings(path.read_bytes())
    except (OSError, ValueError, KeyError):
        return None


def nearness(one: Vector, packed: Sequence[int]) -> float:
    """How near a direction is to a packed one, -1 to 1."""
    return float(sum(map(mul, one, packed))) / UNIT


def pack(direction: Vector | None) -> str:
    """A direction as a short text; an unknown one is empty."""
    return bytes((round(side * UNIT)) % 256 for side in direction).hex() if direction else ""


def unpack(text: str) -> Sequence[int]:
    """A packed direction; nothing is near an empty one."""
    return memoryview(bytes.fromhex(text)).cast("b")
