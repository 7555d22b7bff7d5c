"""What a typed line asks for: slots, each with the words it may stand for and how much it counts."""

from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from deskmate.playbooks.index import LITTLE, Index
from deskmate.playbooks.lexicon import Meaning
from deskmate.playbooks.tokens import LONGEST, STOP, cut, fold, stem

_MEANT: Final = 1.0
"""How far a word's meaning in the lexicon is trusted, against the word itself."""
_PHRASE: Final = 1.2
"""The same for a phrase: two words together are rarely there by chance."""
_INSIDE: Final = 0.5
"""How much the words of such a phrase still count by themselves."""
_UNKNOWN: Final = 0.6
"""How much a word weighs that stands nowhere, against a usual one."""
_MOST_WORDS: Final = 24


class Alternative(NamedTuple):
    """A stem that a slot may stand for."""

    term: str
    trust: float
    """1 for the word as it was typed; less for a guess, a little more for a whole phrase."""
    label: str
    """Why, for people: `kid = child`, `priner ~ printer`, or the word itself."""


class Slot(NamedTuple):
    """One word or phrase of the query."""

    alternatives: tuple[Alternative, ...]
    weight: float
    """0 to 1: how much it counts beside the others."""
    mass: float
    """Weight times how much its best alternative tells."""


class Query(NamedTuple):
    """A typed line, read."""

    text: str
    """Its folded words."""
    slots: tuple[Slot, ...] = ()
    sounds: bool = False
    """It holds a phrase that only sounds like something else: `bath bomb`."""
    repaired: bool = False
    """A word that nobody knows was taken for another."""
    meant: str = ""
    """Its folded words without those that are not meant."""
    half: bool = False
    """The last of these may be the beginning of a longer one."""

    @property
    def mass(self) -> float:
        """What all slots weigh together."""
        return sum(slot.mass for slot in self.slots)


def read_query(line: str, index: Index) -> Query:
    """Read a line as it is typed: its last word may be half there unless a blank follows.

    Args:
        line: what the box holds.
        index: what can be found.

    Returns:
        The query; without text when the line has no letters and no digits.
    """
    folded = fold(line[:LONGEST])
    words = cut(folded)[:_MOST_WORDS]
    return _Reading(words, index, typing=bool(words) and folded[-1:].isalnum()).query()


class _Reading:
    def __init__(self, words: list[str], index: Index, *, typing: bool) -> None:
        self._words = words
        self._stems = [stem(word) for word in words]
        self._index = index
        self._typing = typing
        self._dead: set[int] = set()
        self._sounds = False
        self._repairs = False

    def query(self) -> Query:
        spans = self._spans()
        inside = {position for start, end, _ in spans for position in range(start, end)}
        slots = [self._phrase_slot(start, end, meaning) for start, end, meaning in spans]
        tells = any(word not in STOP for word in self._words)
        for position, word in enumerate(self._words):
            if position in self._dead or (word.isdigit() and not self._index.knows(self._stems[position])):
                continue
            half = self._typing and position == len(self._words) - 1
            function_word = word in STOP and tells
            if function_word and not half:
                continue
            alternatives = self._alternatives(position, half=half, function_word=function_word)
            if alternatives or not function_word:
                weight = LITTLE if self._index.little(self._stems[position], word) else 1.0
                slots.append(self._slot(alternatives, weight * (_INSIDE if position in inside else 1.0)))
        meant = " ".join(word for position, word in enumerate(self._words) if position not in self._dead)
        half = self._typing and len(self._words) - 1 not in self._dead
        return Query(" ".join(self._words), tuple(slots), self._sounds, self._repairs, meant, half)

    def _spans(self) -> list[tuple[int, int, Meaning]]:
        """Where phrases of the lexicon stand; the words that are not meant are dead from here on."""
        found = []
        for start, first in enumerate(self._stems):
            for meaning in self._index.lexicon.meanings(first):
                end = meaning.end(self._stems, start, typing=self._typing and bool(meaning.without))
                if not end:
                    continue
                if meaning.without:
                    self._sounds = True
                    self._dead.update(self._not_meant(start, end, meaning))
                if meaning.terms and meaning.end(self._stems, start):
                    found.append((start, end, meaning))
        return [
            (start, end, meaning)
            for start, end, meaning in found
            if meaning.without or not self._dead.intersection(range(start, end))
        ]

    def _not_meant(self, start: int, end: int, meaning: Meaning) -> Iterator[int]:
        last = len(self._stems) - 1
        for position in range(start, end):
            word = self._stems[position]
            begun = self._typing and position == last and any(dead.startswith(word) for dead in meaning.without)
            if word in meaning.without or begun:
                yield position

    def _phrase_slot(self, start: int, end: int, meaning: Meaning) -> Slot:
        words = " ".join(self._words[start:end])
        return self._slot([Alternative(term, _PHRASE, f"{words} = {word}") for term, word in meaning.terms], 1.0)

    def _slot(self, alternatives: Iterable[Alternative], weight: float) -> Slot:
        best_of: dict[str, Alternative] = {}
        for one in alternatives:
            if one.term not in best_of or one.trust > best_of[one.term].trust:
                best_of[one.term] = one
        alternatives = tuple(best_of.values())
        best = max((one.trust * self._index.telling(one.term) for one in alternatives), default=0.0)
        return Slot(alternatives, weight, weight * (best or self._index.usual * _UNKNOWN))

    def _alternatives(self, position: int, *, half: bool, function_word: bool) -> list[Alternative]:
        word, stemmed = self._words[position], self._stems[position]
        found = [] if function_word else [*self._as_written(word, stemmed, 1.0)]
        if position + 1 < len(self._words):
            pair = word + self._words[position + 1]  # `wi fi` is `wifi`
            found.extend(self._as_written(pair, stem(pair), 1.0))
        known = self._index.knows(stemmed)
        little = self._index.little(stemmed, word)
        if half and (len(word) > 1 or not known):
            found.extend(
                self._completed(word, {one.term for one in found}, known=known, little=function_word or little)
            )
        if not found and not known and not function_word:
            found.extend(self._repaired(word, half=half))
        return found

    def _as_written(self, word: str, stemmed: str, trust: float, label: str = "") -> Iterator[Alternative]:
        label = label or word
        if stemmed in self._index:
            yield Alternative(stemmed, trust, label)
        for term, meant in self._index.lexicon.word(stemmed):
            if term != stemmed:
                yield Alternative(term, trust * _MEANT, f"{label} = {meant}")

    def _completed(self, word: str, seen: set[str], *, known: bool, little: bool) -> Iterator[Alternative]:
        for full in self._index.completions(word):
            if full == word:
                continue
            trust = (0.45 if known else 0.7) + 0.25 * len(word) / len(full)
            for one in self._as_written(full, stem(full), trust * (0.4 if little else 1.0)):
                if one.term not in seen:
                    yield one

    def _repaired(self, word: str, *, half: bool) -> Iterator[Alternative]:
        for near, trust in self._index.speller.repair(word, half_typed=half):
            self._repairs = True
            yield from self._as_written(near, stem(near), trust, f"{word} ~ {near}")
