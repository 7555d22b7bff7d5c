"""What the look-up searches: the words of each candidate with their weights, and its phrases."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nlargest
from itertools import chain
from math import log, sqrt
from typing import Final

from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.tokens import STOP, WEAK, cut, fold, joined, stem
from deskmate.playbooks.typos import Speller

TITLE: Final = 1.6
ALSO: Final = 1.0
EXAMPLE: Final = 0.5
LEARNED: Final = 1.7
"""How much a word counts, by where it stands: what was learned here beats everything that shipped."""
LITTLE: Final = 0.4
"""How much a word counts that says little: `no`, `how`, `guy`."""
_MEANT: Final = 0.4
"""How much a word counts that is there only by its meaning in the lexicon."""
_SATURATION: Final = 2.0
_LENGTH: Final = 0.75
"""BM25's k1 and b (Robertson and Zaragoza 2009). Many synonyms are a virtue here, so length counts little."""
_COMPLETIONS: Final = (12, 12, 24, 40)
"""The most words that 0, 1, 2, 3 or more typed letters stand for."""
_REMEMBERED: Final = 4_096
"""Beginnings kept."""


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
    """The searchable form of all candidates.

    Only what every query needs is made at once; what belongs to one word or one candidate is made when it is first
    asked for, since a command asks once and a desk is typed at for a whole day.

    Args:
        candidates: what can be found.
        lexicon: the desk's own words, applied to the candidates' words as to a query's.
    """

    def __init__(self, candidates: Sequence[Candidate], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.exact: dict[str, list[int]] = {}
        """A whole phrase, folded -> its candidates."""
        self._words: list[str] = []
        self._known: dict[str, list[tuple[str, float]]] = {}
        self._lines: list[list[str]] = []
        self._counts = [self._read(number, candidate) for number, candidate in enumerate(candidates)]
        lengths = [sum(counts.values()) for counts in self._counts]
        usual = sum(lengths) / max(1, len(lengths)) or 1.0
        self._norms = [_SATURATION * (1 - _LENGTH + _LENGTH * sqrt(length / usual)) for length in lengths]
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._contents: dict[int, list[tuple[list[str], float]]] = {}
        self._completions: dict[str, list[str]] = {}

    def __contains__(self, stemmed: str) -> bool:
        """Whether a stem stands in any candidate."""
        return stemmed in self._holders

    def postings(self, stemmed: str) -> list[tuple[int, float]]:
        """Who holds a stem, and its BM25 weight there."""
        found = self._postings.get(stemmed)
        if found is None:
            found = []
            if stemmed in self._holders:
                for number, counts in enumerate(self._counts):
                    if stemmed in counts:
                        count = counts[stemmed]
                        found.append((number, count * (_SATURATION + 1) / (count + self._norms[number])))
                self._postings[stemmed] = found
        return found

    def telling(self, stemmed: str) -> float:
        """How much a stem tells, by how few hold it (BM25's inverse document frequency); 0 when nobody does."""
        held = self._holders.get(stemmed)
        return self._telling(held) if held else 0.0

    @cached_property
    def usual(self) -> float:
        """How much a word tells that stands nowhere: as much as one that two candidates hold."""
        return self._telling(min(2, len(self._counts)))

    def little(self, stemmed: str, word: str = "") -> bool:
        """Whether a word says little about any situation."""
        return stemmed in self.lexicon.nothing or (word or stemmed) in WEAK

    def contents(self, number: int) -> list[tuple[list[str], float]]:
        """A candidate's phrases: the stems of each, and what they weigh together."""
        found = self._contents.get(number)
        if found is None:
            found = self._contents[number] = [
                (stems, sum(map(self._mass, stems)) or 1.0)
                for line in self._lines[number]
                if (stems := _telling_stems(line))
            ]
        return found

    def knows(self, stemmed: str) -> bool:
        """Whether a stem stands in any candidate or begins a meaning."""
        return stemmed in self._holders or self.lexicon.begins(stemmed)

    def completions(self, start: str) -> list[str]:
        """The known words that a half-typed word may become, the most usual when there are many."""
        found = self._completions.get(start)
        if found is None:
            found = self._beginnings.of(start)
            most = _COMPLETIONS[min(len(start), len(_COMPLETIONS) - 1)]
            if len(found) > most:
                found = nlargest(most, found, key=lambda word: self._surfaces.get(word, 0))
            if len(self._completions) > _REMEMBERED:
                self._completions.clear()
            self._completions[start] = found
        return found

    def phrases_from(self, start: str) -> list[str]:
        """The whole phrases that begin with a text."""
        return self._phrase_beginnings.of(start)

    @cached_property
    def speller(self) -> Speller:
        """Repairs words that nobody knows; made when the first one is typed."""
        known = dict.fromkeys((*self.lexicon.words, *WEAK, *STOP), 1)
        known.update(self._surfaces)
        return Speller(known)

    @cached_property
    def _holders(self) -> Mapping[str, int]:
        """Stem -> how many candidates hold it."""
        return Counter(chain.from_iterable(self._counts))

    @cached_property
    def _surfaces(self) -> Mapping[str, int]:
        """Each word as written -> how often it stands anywhere."""
        return Counter(self._words)

    @cached_property
    def _beginnings(self) -> "_Beginnings":
        return _Beginnings(list({*self._words, *self.lexicon.words}))

    @cached_property
    def _phrase_beginnings(self) -> "_Beginnings":
        return _Beginnings(list(self.exact))

    def _telling(self, held: int) -> float:
        return log(1 + (len(self._counts) - held + 0.5) / (held + 0.5))

    def _mass(self, stemmed: str) -> float:
        telling = self.telling(stemmed) or self.usual
        return telling * LITTLE if self.little(stemmed) else telling

    def _read(self, number: int, candidate: Candidate) -> dict[str, float]:
        """A candidate's stems with how much they count; its phrases are noted on the way."""
        counts: dict[str, float] = {}
        held: list[str] = []
        for texts, weight in (
            ((candidate.title,), TITLE),
            (candidate.also, ALSO),
            (candidate.examples, EXAMPLE),
            (candidate.learned, LEARNED),
        ):
            if texts:
                folded = fold("\n".join(texts))  # all at once is several times as quick as one by one
                lines = folded.split("\n")
                held += lines
                for line in lines:
                    self.exact.setdefault(line, []).append(number)
                self._count(cut(folded) + joined(folded), weight, counts)
                for term in self.lexicon.wholes(lines):
                    counts[term] = counts.get(term, 0.0) + weight * _MEANT
        self._lines.append(held)
        return counts

    def _count(self, words: list[str], weight: float, counts: dict[str, float]) -> None:
        self._words += words
        known = self._known
        for word, times in Counter(words).items():
            seen = known.get(word)
            if seen is None:
                seen = known[word] = self._know(word)
            for stemmed, share in seen:
                counts[stemmed] = counts.get(stemmed, 0.0) + weight * share * times

    def _know(self, word: str) -> list[tuple[str, float]]:
        """The stems a word stands for, and how much each counts; none for a word without a meaning."""
        if word in STOP:
            return []
        stemmed = stem(word)
        stands_for = [(stemmed, 1.0)]
        for term, _ in self.lexicon.word(stemmed):
            if term != stemmed:
                stands_for.append((term, _MEANT))
        return stands_for


def _telling_stems(line: str) -> list[str]:
    words = cut(line)
    return [stem(word) for word in words if word not in STOP] or [stem(word) for word in words]


class _Beginnings:
    """Texts by how they begin. A line grows letter by letter, so each answer is looked for in the one before.

    Sorting thousands of words first would take longer than a whole command that asks once.
    """

    def __init__(self, texts: list[str]) -> None:
        self._found = {"": texts}

    def of(self, start: str) -> list[str]:
        """The texts that begin with `start`."""
        found = self._found.get(start)
        if found is None:
            if len(self._found) > _REMEMBERED:
                self._found = {"": self._found[""]}
            before = self._found.get(start[:-1], self._found[""])
            found = self._found[start] = [text for text in before if text.startswith(start)]
        return found
