"""What the look-up searches: the words of each candidate with their weights, and its phrases."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Final

from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.tokens import STOP, WEAK, cut, fold, joined, stem
from deskmate.playbooks.typos import Speller

TITLE: Final = 1.0
ALSO: Final = 1.0
EXAMPLE: Final = 0.5
LEARNED: Final = 1.7
"""How much a word counts, by where it stands: what was learned here beats everything that shipped."""
LITTLE: Final = 0.4
"""How much a word counts that says little: `no`, `how`, `guy`."""
_MEANT: Final = 0.8
"""How much a word counts that is there only by its meaning in the lexicon."""
_SATURATION: Final = 2.0
_LENGTH: Final = 0.75
"""BM25's k1 and b (Robertson and Zaragoza 2009). Many synonyms are a virtue here, so length counts little."""
_COMPLETIONS: Final = (12, 12, 24, 40)
"""The most words that 0, 1, 2, 3 or more typed letters stand for."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that the look-up box can answer with."""

    id: str
    kind: str = "playbook"
    """`playbook`, `card`, `fact` or `directory`."""
    title: str = ""
    also: tuple[str, ...] = ()
    """Other words for it, in staff words."""
    examples: tuple[str, ...] = ()
    learned: tuple[str, ...] = ()
    """What was typed here before and meant this one."""
    urgency: str = "routine"
    form: str = "full"


class Index:
    """The searchable form of all candidates, built once.

    Args:
        candidates: what can be found.
        lexicon: the desk's own words, applied to the candidates' words as to a query's.
    """

    def __init__(self, candidates: Sequence[Candidate], lexicon: Lexicon) -> None:
        self.candidates = candidates
        self.lexicon = lexicon
        self.exact: dict[str, list[int]] = {}
        """A whole phrase, folded -> its candidates."""
        self.surfaces: dict[str, int] = {}
        """Each word as written -> how often it stands anywhere."""
        self._phrases: list[list[list[str]]] = []
        self._contents: dict[int, list[tuple[list[str], float]]] = {}
        self._known: dict[str, tuple[str, tuple[str, ...]]] = {}
        self._completions: dict[str, list[str]] = {}
        counts = [self._read(number, candidate) for number, candidate in enumerate(candidates)]
        self.postings, self.telling = _weigh(counts)
        self.usual = sum(self.telling.values()) / max(1, len(self.telling))
        """How much a word tells that stands nowhere."""

    def little(self, stemmed: str, word: str = "") -> bool:
        """Whether a word says little about any situation."""
        return stemmed in self.lexicon.nothing or (word or stemmed) in WEAK

    def mass(self, stemmed: str) -> float:
        """How much a stem tells: rare ones much, weak ones little."""
        telling = self.telling.get(stemmed, self.usual)
        return telling * LITTLE if self.little(stemmed) else telling

    def contents(self, number: int) -> list[tuple[list[str], float]]:
        """A candidate's phrases: the stems of each, and what they weigh together."""
        found = self._contents.get(number)
        if found is None:
            found = [(stems, sum(map(self.mass, stems)) or 1.0) for stems in self._phrases[number]]
            self._contents[number] = found
        return found

    def knows(self, stemmed: str) -> bool:
        """Whether a stem stands in any candidate or begins a meaning."""
        return stemmed in self.postings or self.lexicon.begins(stemmed)

    def completions(self, start: str) -> list[str]:
        """The known words that a half-typed word may become, the most usual when there are many."""
        found = self._completions.get(start)
        if found is None:
            found = between(self._sorted, start)
            most = _COMPLETIONS[min(len(start), len(_COMPLETIONS) - 1)]
            if len(found) > most:
                found = sorted(found, key=lambda word: -self.surfaces.get(word, 0))[:most]
            if len(self._completions) > 4_096:
                self._completions.clear()
            self._completions[start] = found
        return found

    def phrases_from(self, start: str) -> list[str]:
        """The whole phrases that begin with a text."""
        return between(self._sorted_phrases, start)

    @cached_property
    def speller(self) -> Speller:
        """Repairs words that nobody knows; made when the first one is typed."""
        known = dict.fromkeys((*self.lexicon.words, *WEAK, *STOP), 1)
        known.update(self.surfaces)
        return Speller(known)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted({*self.surfaces, *self.lexicon.words})

    @cached_property
    def _sorted_phrases(self) -> list[str]:
        return sorted(self.exact)

    def _read(self, number: int, candidate: Candidate) -> dict[str, float]:
        """A candidate's stems with how much they count; its phrases are noted on the way."""
        counts: dict[str, float] = {}
        held: list[list[str]] = []
        for texts, weight in (
            ((candidate.title,), TITLE),
            (candidate.also, ALSO),
            (candidate.examples, EXAMPLE),
            (candidate.learned, LEARNED),
        ):
            for text in texts:
                folded = fold(text)
                words = cut(folded)
                if words:
                    self.exact.setdefault(" ".join(words), []).append(number)
                    held.append(self._count(words, joined(folded), weight, counts))
        self._phrases.append(held)
        return counts

    def _count(self, words: list[str], hyphened: list[str], weight: float, counts: dict[str, float]) -> list[str]:
        """Add one phrase's words to a candidate's, and return the stems that tell something."""
        known, surfaces = self._known, self.surfaces
        meant: list[str] = [term for term, _ in self.lexicon.whole(" ".join(words))] if len(words) > 1 else []
        stems = []
        for word in (*words, *hyphened):
            surfaces[word] = surfaces.get(word, 0) + 1
            seen = known.get(word)
            if seen is None:
                stemmed = stem(word)
                terms = () if word in STOP else tuple(term for term, _ in self.lexicon.word(stemmed) if term != stemmed)
                seen = known[word] = stemmed, terms
            if word not in STOP:
                stems.append(seen[0])
                if seen[1]:
                    meant.extend(seen[1])
        stems = stems or [known[word][0] for word in words]
        for stemmed in stems:
            counts[stemmed] = counts.get(stemmed, 0.0) + weight
        if meant:
            for stemmed in set(meant):
                if stemmed not in stems:
                    counts[stemmed] = counts.get(stemmed, 0.0) + weight * _MEANT
        return stems


def _weigh(counts: list[dict[str, float]]) -> tuple[dict[str, list[tuple[int, float]]], dict[str, float]]:
    """Okapi BM25: each stem's weight in each candidate that holds it, and how much each stem tells."""
    lengths = [sum(found.values()) for found in counts]
    usual = sum(lengths) / max(1, len(lengths)) or 1.0
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, found in enumerate(counts):
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * sqrt(lengths[number] / usual))
        for stemmed, count in found.items():
            entry = (number, count * (_SATURATION + 1) / (count + norm))
            if stemmed in postings:
                postings[stemmed].append(entry)
            else:
                postings[stemmed] = [entry]
    total = len(counts)
    telling = {word: log(1 + (total - len(held) + 0.5) / (len(held) + 0.5)) for word, held in postings.items()}
    return postings, telling


def between(ordered: list[str], start: str) -> list[str]:
    """The texts of a sorted list that begin with a text."""
    low = bisect_left(ordered, start)
    return ordered[low : bisect_left(ordered, start + "\U0010ffff", low)]
