"""What the look-up searches: each candidate's words with their weights, and each of its phrases."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log, sqrt
from typing import Final

from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.tokens import STOP, WEAK, cut, fold, joined, stem
from deskmate.playbooks.typos import Speller

_FIELDS: Final = (("title", 1.2), ("also", 1.0), ("examples", 0.8), ("learned", 1.7))
"""How much a word counts, by where it stands."""
_MEANT: Final = 0.6
"""How much a word counts that stands there only by its meaning in the lexicon."""
_LITTLE: Final = 0.25
"""How much a word counts that says little: `no`, `how`, `guy`."""
_SATURATION: Final = 1.2
_LENGTH: Final = 0.25
"""BM25's k1 and b. Long lists of synonyms are a virtue here, so length counts little."""


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
    """What was typed here and meant this one."""
    urgency: str = "routine"
    form: str = "full"


class Index:
    """The searchable form of all candidates. Built once, never changed.

    Args:
        candidates: what can be found.
        lexicon: the desk's own words, applied to the candidates' phrases as to a query.
    """

    def __init__(self, candidates: Sequence[Candidate], lexicon: Lexicon) -> None:
        self.candidates = candidates
        self.lexicon = lexicon
        self.phrases: dict[str, list[int]] = {}
        """Stem -> the phrases that hold it."""
        self.owners: list[int] = []
        """Phrase -> its candidate."""
        self.exact: dict[str, set[int]] = {}
        """A whole phrase, folded -> its candidates."""
        self.surfaces: dict[str, int] = {}
        """Each word as written -> how often it stands anywhere."""
        self._stems: dict[str, str] = {}
        self._contents: list[list[str]] = []
        counts = [self._read(number, candidate) for number, candidate in enumerate(candidates)]
        self.postings, self.idf = _weigh(counts)
        self.usual = sum(self.idf.values()) / max(1, len(self.idf))
        """The weight of a word that stands nowhere: as informative as the others, and matched by nothing."""
        self.masses = [sum(map(self.weight, stems)) or 1.0 for stems in self._contents]
        """Phrase -> what its words weigh together."""

    def weight(self, word: str) -> float:
        """How much a stem tells: rare words tell much, weak ones little."""
        telling = self.idf.get(word, self.usual)
        return telling * _LITTLE if word in WEAK or word in self.lexicon.nothing else telling

    def knows(self, word: str) -> bool:
        """Whether a stem stands in any candidate or begins a meaning."""
        return word in self.postings or word in self.lexicon.meanings or word in self.lexicon.nothing

    def completions(self, start: str) -> list[str]:
        """The known words that a half-typed word may become."""
        low = bisect_left(self._sorted, start)
        high = bisect_left(self._sorted, start + "\uffff", low)
        return self._sorted[low:high]

    def phrases_from(self, start: str) -> list[str]:
        """The whole phrases that begin with a text."""
        low = bisect_left(self._sorted_phrases, start)
        return self._sorted_phrases[low : bisect_left(self._sorted_phrases, start + "\uffff", low)]

    @cached_property
    def speller(self) -> Speller:
        """Repairs words that are not known; made when the first such word is typed."""
        known = dict.fromkeys(self.lexicon.words, 1)
        known.update(self.surfaces)
        known.update(dict.fromkeys(WEAK | STOP, 1))
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
        for name, weight in _FIELDS:
            phrases: Iterable[str] = (candidate.title,) if name == "title" else getattr(candidate, name)
            for phrase in phrases:
                self._read_phrase(number, phrase, weight, counts)
        return counts

    def _read_phrase(self, number: int, phrase: str, weight: float, counts: dict[str, float]) -> None:
        text = fold(phrase)
        words = cut(text)
        if not words:
            return
        self.exact.setdefault(" ".join(words), set()).add(number)
        stems = []
        for word in words:
            self.surfaces[word] = self.surfaces.get(word, 0) + 1
            known = self._stems.get(word)
            if known is None:
                known = self._stems[word] = stem(word)
            stems.append(known)
        telling = [one for one, word in zip(stems, words, strict=True) if word not in STOP] or stems
        here = dict.fromkeys(telling, weight)
        for word in joined(text):
            self.surfaces[word] = self.surfaces.get(word, 0) + 1
            here[stem(word)] = weight
        meanings = self.lexicon.meanings
        for start, first in enumerate(stems):
            for meaning in meanings.get(first, ()):
                if meaning.terms and meaning.end(stems, start):
                    for term, _ in meaning.terms:
                        here.setdefault(term, weight * _MEANT)
        phrase_number = len(self.owners)
        self.owners.append(number)
        self._contents.append(telling)
        for word, count in here.items():
            counts[word] = counts.get(word, 0.0) + count
            self.phrases.setdefault(word, []).append(phrase_number)


def _weigh(counts: list[dict[str, float]]) -> tuple[dict[str, list[tuple[int, float]]], dict[str, float]]:
    """Okapi BM25 weights of each stem in each candidate, and how much each stem tells."""
    lengths = [sum(found.values()) for found in counts]
    usual = sum(lengths) / max(1, len(lengths)) or 1.0
    postings: dict[str, list[tuple[int, float]]] = {}
    for number, found in enumerate(counts):
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * sqrt(lengths[number] / usual))
        for word, count in found.items():
            postings.setdefault(word, []).append((number, count * (_SATURATION + 1) / (count + norm)))
    total = len(counts)
    idf = {word: log(1 + (total - len(held) + 0.5) / (len(held) + 0.5)) for word, held in postings.items()}
    return postings, idf
