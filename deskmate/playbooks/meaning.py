"""Where words lie in meaning: `snoring` near `asleep`, `kettle` near `tea`, whether or not a guide has the word.

The words of a line add up to a place, and each guide has a direction. Words and directions were fitted together on what
staff typed (scripts/word_vectors.py), by the side of a language model that has read much more; no model runs here.
Measured by leaving out whole writers of staff queries (830 lines), it raised the right first answers from 77 to 81 in a
hundred and the first three from 90 to 94.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp, log, sqrt
from operator import add, mul
from pathlib import Path
from struct import unpack
from typing import Any, Final

LEAST: Final = 8.0
"""Nats below certainty at which nearness ends: one in three thousand."""
REMEMBERED: Final = 16_384
"""Words whose vectors are kept as numbers: all of them while the texts are made, a day's typing at the desk."""
OWN: Final = 0.5
"""How long the direction of a guide is that was not fitted, beside the middle one of those that were.

Measured with 53 facts and entries that were not there when the words were fitted, as when a library adds its own: the
other 350 lines found their guide first 454 times in a thousand at 1, 846 at a half and 863 without the new ones; what
was new came among the first three for 77, 65 and 2 of a hundred lines that meant it.
"""
_FEW: Final = 32
"""Words after which all are made ready: a command asks for fewer, a desk for more."""
_UNSIGNED: Final = bytes(code ^ 0x80 for code in range(256))
"""Signed bytes, 128 more each."""
_MOST: Final = 127
Vector = Sequence[float]


def pairs_of(words: Sequence[str]) -> list[str]:
    """The words of a line two by two: `locked out` points elsewhere than a lock and a way out."""
    return [f"{one} {other}" for one, other in pairwise(words)]


class Meanings:
    """The vectors of common words and pairs of words, in one block of bytes that is searched and never taken apart.

    Args:
        block: the file's content.
    """

    def __init__(self, block: bytes) -> None:
        start = block.index(b"\n")
        told = json.loads(block[:start])
        self._width: int = told["dimensions"]
        self._heat: float = told["heat"]
        self._usual: Mapping[str, float] = told["guides"]
        at = block.index(b"\n\n", start + 1) + 1
        self._words = block[start:at]
        self._vectors = memoryview(block)[at + 1 :].cast("b")
        self._first_guide: int = told["words"]
        self._known: dict[str, Sequence[int] | None] = {}
        self._places: dict[str, int] = {}

    def of(self, word: str) -> Sequence[int] | None:
        """A folded word's vector, or None for a word (or pair of words) that is not common.

        It is found in the text of all words (20 us): splitting that text first would take as long as a whole search.
        """
        known = self._known.get(word)
        if known is None and word not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            if len(self._known) == _FEW:
                self.look_up_many()
            known = self._known[word] = self._find(word)
        return known

    def look_up_many(self) -> None:
        """Make ready for thousands of words: 4 ms, after which a word takes a microsecond instead of 40."""
        self._places = {word: place for place, word in enumerate(self._words.decode().strip("\n").split("\n"))}

    def _find(self, word: str) -> Sequence[int] | None:
        if self._places:
            place = self._places.get(word, -1)
        else:
            at = self._words.find(f"\n{word}\n".encode())
            place = self._words.count(b"\n", 0, at) if at >= 0 else -1
        return self._vector(place) if place >= 0 else None

    def _vector(self, place: int) -> Sequence[int]:
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
        length = _length(total)
        return [side / length for side in total] if length else None

    def pack(self, guides: Sequence[tuple[str, Mapping[str, int]]]) -> dict[str, Any]:
        """The directions of guides as plain JSON values, for `Directions`.

        Args:
            guides: each one's id and words; one that was not there when the file was made (a library's own) lies where
                its words lie, and counts as much as the middle one of those that were.
        """
        fitted = {name: self._vector(self._first_guide + place) for place, name in enumerate(self._usual)}
        middle = _median(map(_length, fitted.values()), float(_MOST))
        often = _median(self._usual.values(), 0.0)
        block, usual = bytearray(), []
        for name, words in guides:
            direction: Vector | None = fitted.get(name)
            if direction is None and (own := self.direction(words)):
                direction = [side * middle * OWN for side in own]
            block += bytes(max(-_MOST, min(_MOST, round(side))) % 256 for side in direction or [0] * self._width)
            usual.append(self._usual.get(name, often) if direction else -2 * LEAST)
        return {"width": self._width, "heat": self._heat, "block": block.hex(), "usual": usual}


class Directions:
    """Where each guide lies, in an order that compares a line with all of them at once.

    Side by side, the same number of every guide stands in one long integer, 32 bits each: multiplying it is one step
    that Python does at the speed of C. A thousand guides take a fifth of a millisecond, a loop over them 2 ms.

    Args:
        packed: what `Meanings.pack` made.
    """

    def __init__(self, packed: Mapping[str, Any]) -> None:
        width = self._width = packed["width"]
        self._heat: float = packed["heat"]
        self._usual: Sequence[float] = packed["usual"]
        block = bytes.fromhex(packed["block"]).translate(_UNSIGNED)
        self._sides = []
        for side in range(width):
            lanes = bytearray(4 * len(self._usual))
            lanes[::4] = block[side::width]
            self._sides.append(int.from_bytes(lanes, "little"))
        self._surplus = [128 * sum(block[at : at + width]) for at in range(0, len(block), width)]

    def near(self, vector: Vector) -> list[float]:
        """How likely a line that points to `vector` means each guide: 1 for certain, 0 or less for not at all."""
        length = _length(vector)
        if not length or not self._usual:
            return []  # also for a line without words: it lies nowhere
        unit = _MOST / max(map(abs, vector))
        wanted = [round(side * unit) + 128 for side in vector]
        lanes = sum(map(mul, wanted, self._sides)).to_bytes(4 * len(self._usual), "little")
        # (a + 128)(b + 128) = ab + 128 (a + 128) + 128 (b + 128) - 128 * 128, and the rest is taken off again.
        rest = 128 * 128 * self._width - 128 * sum(wanted)
        heat = self._heat / (unit * length)
        told = zip(unpack(f"<{len(self._usual)}I", lanes), self._surplus, self._usual, strict=True)
        likely = [heat * (lane + rest - surplus) + usual for lane, surplus, usual in told]
        best = max(likely)
        all_together = best + log(sum(exp(one - best) for one in likely if one > best - LEAST))
        return [1 + (one - all_together) / LEAST for one in likely]


def likelihood(near: float) -> float:
    """The probability that a nearness stands for, 0 to 1."""
    return exp((near - 1) * LEAST)


def load(path: Path) -> Meanings | None:
    """The meanings in a file; None when it is not there or is none: the look-up then goes by words alone."""
    try:
        return Meanings(path.read_bytes())
    except (OSError, ValueError, KeyError):
        return None


def _length(vector: Vector) -> float:
    return sqrt(sum(map(mul, vector, vector)))


def _median(numbers: Iterable[float], otherwise: float) -> float:
    ordered = sorted(numbers)  # `statistics` takes 10 ms to import
    return ordered[len(ordered) // 2] if ordered else otherwise
