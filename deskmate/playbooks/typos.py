"""Repair of a word that nobody knows: the known words one or two slips away."""

from collections.abc import Iterator, Mapping
from typing import Final

_SHORTEST: Final = 4
"""Letters; three letters are near to too many words."""
_LONG: Final = 8
"""Letters from which two slips are forgiven."""
_SURE: Final = 5
"""Letters from which on one slip is more likely than another word."""
_PART: Final = 3
"""Letters of each of two words written as one."""
_BEST: Final = 3
"""Words kept."""
_REMEMBERED: Final = 2_048


class Speller:
    """Known words, and what an unknown one was probably meant to be. Answers are remembered.

    Args:
        known: every word that may be meant, with how often it stands here; the more frequent wins a tie.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._by_length: dict[int, list[str]] = {}
        self._by_letter: dict[str, list[str]] = {}
        self._lettered: dict[int, list[tuple[str, int]]] = {}
        for word in known:
            if len(word) >= _SHORTEST:
                self._by_length.setdefault(len(word), []).append(word)
                self._by_letter.setdefault(word[0], []).append(word)
        self._answers: dict[tuple[str, bool], tuple[tuple[str, float], ...]] = {}

    def repair(self, word: str, *, half_typed: bool = False) -> tuple[tuple[str, float], ...]:
        """The words that were probably meant, best first, each with how far to trust it (0 to 1).

        Args:
            word: a folded word that is not known.
            half_typed: it may be the beginning of a longer word.
        """
        key = word, half_typed
        found = self._answers.get(key)
        if found is None:
            if len(self._answers) >= _REMEMBERED:
                self._answers.clear()
            found = self._answers[key] = tuple(self._repair(word, half_typed=half_typed))
        return found

    def _repair(self, word: str, *, half_typed: bool) -> list[tuple[str, float]]:
        if len(word) < _SHORTEST:
            return []
        parts = self._split(word)
        if parts:
            return parts
        found = [(0.0 if near[0] == word[0] else 0.6, near) for near in self._one_slip(word)]
        # A short unknown word is as often a word of its own (`grape`) as a slip.
        trust = 0.75 if len(word) > _SURE else 0.55
        if not found and len(word) >= _LONG:
            found, trust = [(0.0, near) for near in self._two_slips(word)], 0.55
        if not found and half_typed and len(word) > _SHORTEST:
            found, trust = [((len(near) - len(word)) * 0.05, near) for near in self._begun(word)], 0.7
        found.sort(key=lambda one: (one[0], -self._known[one[1]], one[1]))
        return [(near, trust - 0.2 * worse) for worse, near in found[:_BEST] if worse <= found[0][0] + 0.5]

    def _split(self, word: str) -> list[tuple[str, float]]:
        """Two known words written as one: `faxscan`."""
        for at in range(_PART, len(word) - _PART + 1):
            if word[:at] in self._known and word[at:] in self._known:
                return [(word[:at], 0.8), (word[at:], 0.8)]
        return []

    def _one_slip(self, word: str) -> Iterator[str]:
        letters = _letters(word)
        for length in (len(word) - 1, len(word), len(word) + 1):
            for known, others in self._with_letters(length):
                # One slip changes at most two members of the set of letters: most words fall out here.
                if (letters ^ others).bit_count() <= 2 and within_one_slip(word, known):
                    yield known

    def _with_letters(self, length: int) -> list[tuple[str, int]]:
        """The known words of a length with their sets of letters, made when first needed."""
        found = self._lettered.get(length)
        if found is None:
            found = self._lettered[length] = [(word, _letters(word)) for word in self._by_length.get(length, ())]
        return found

    def _two_slips(self, word: str) -> Iterator[str]:
        # With two slips the first letter has to be right, or nearly every word would be compared in full.
        letters = _letters(word)
        for known in self._by_letter.get(word[0], ()):
            if abs(len(known) - len(word)) <= 2 and (letters ^ _letters(known)).bit_count() <= 4:
                for at in range(1, len(word)):
                    if any(within_one_slip(one, known) for one in _mended(word, at, known)):
                        yield known
                        break

    def _begun(self, word: str) -> Iterator[str]:
        """Words that begin with the half-typed word but for one slip."""
        size = len(word)
        for known in self._by_letter.get(word[0], ()):
            if len(known) > size and any(within_one_slip(word, known[:end]) for end in (size, size + 1, size - 1)):
                yield known


def within_one_slip(one: str, other: str) -> bool:
    """Whether one slip or none leads from one word to the other: a letter more, less, wrong, or two swapped.

    These four are most of what fingers do wrong (Damerau 1964).
    """
    at = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        at += 1
    if len(one) == len(other):
        swapped = one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]
        return one[at + 1 :] == other[at + 1 :] or swapped
    if len(one) + 1 == len(other):
        return one[at:] == other[at + 1 :]
    return len(one) == len(other) + 1 and one[at + 1 :] == other[at:]


def _mended(word: str, at: int, known: str) -> Iterator[str]:
    """The word with one slip mended at a place, in the four ways a slip can be mended."""
    yield word[:at] + word[at + 1 :]
    yield word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
    if at < len(known):
        yield word[:at] + known[at] + word[at:]
        yield word[:at] + known[at] + word[at + 1 :]


def _letters(word: str) -> int:
    """The set of a word's letters, as bits."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
