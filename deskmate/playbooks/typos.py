"""Repair of a word that nobody knows: the known words one or two slips away."""

from collections.abc import Iterable, Mapping
from typing import Final

_SHORTEST: Final = 4
"""Letters; three letters are near to too many words."""
_LONG: Final = 8
"""Letters from which two slips are forgiven."""
_BEST: Final = 3
"""Words kept."""
_REMEMBERED: Final = 2_048


class Speller:
    """Known words, and what an unknown one was probably meant to be. Answers are remembered.

    Args:
        known: every word that may be meant, with how common it is here; the more common wins a tie.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for word in known:
            if len(word) >= _SHORTEST:
                self._by_length.setdefault(len(word), []).append((word, _letters(word)))
        self._answers: dict[tuple[str, bool], tuple[tuple[str, float], ...]] = {}

    def repair(self, word: str, *, half_typed: bool = False) -> tuple[tuple[str, float], ...]:
        """The words that were probably meant, best first, each with how far to trust it (0 to 1).

        Args:
            word: a folded word that is not known.
            half_typed: it may be the beginning of a longer word.
        """
        key = (word, half_typed)
        if key not in self._answers:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            self._answers[key] = tuple(self._repair(word, half_typed=half_typed))
        return self._answers[key]

    def _repair(self, word: str, *, half_typed: bool) -> list[tuple[str, float]]:
        if len(word) < _SHORTEST:
            return []
        parts = self._split(word)
        if parts:
            return parts
        allowed = 2 if len(word) >= _LONG else 1
        found = [
            (slips + (0.0 if near[0] == word[0] else 0.6), -self._known[near], near)
            for near in self._near(word, allowed)
            if (slips := distance(word, near, allowed)) <= allowed
        ]
        if not found and half_typed and len(word) > _SHORTEST:
            found = [
                (1.0 + (len(near) - len(word)) * 0.05, -self._known[near], near)
                for near in self._known
                if len(near) > len(word) and near[0] == word[0] and distance(word, near[: len(word)], 1) <= 1
            ]
        found.sort()
        return [(near, 0.95 - 0.2 * slips) for slips, _, near in found[:_BEST] if slips <= found[0][0] + 0.5]

    def _split(self, word: str) -> list[tuple[str, float]]:
        """Two known words written as one: `bedbugs`."""
        for at in range(3, len(word) - 2):
            if word[:at] in self._known and word[at:] in self._known:
                return [(word[:at], 0.8), (word[at:], 0.8)]
        return []

    def _near(self, word: str, allowed: int) -> Iterable[str]:
        letters = _letters(word)
        for length in range(len(word) - allowed, len(word) + allowed + 1):
            for known, others in self._by_length.get(length, ()):
                # One slip changes at most two letters of the set: most words fall out without being compared.
                if (letters ^ others).bit_count() <= 2 * allowed:
                    yield known


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits


def distance(one: str, other: str, limit: int) -> int:
    """How many slips lead from one word to the other: a letter more, less, wrong, or two swapped.

    The optimal string alignment distance (Damerau 1964, each part changed once), given up past `limit`.
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, match in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != match))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == match:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return row[-1]
