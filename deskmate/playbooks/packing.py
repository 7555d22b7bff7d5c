"""Making the look-up's texts from what can be found: done once after a change, and kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from struct import pack as pack_numbers
from typing import Any, Final

from deskmate.playbooks.index import LITTLE, SATURATION, telling
from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.meaning import Meanings
from deskmate.playbooks.tables import pack_table
from deskmate.playbooks.tokens import STOP, WEAK, cut, fold, joined, stem

TITLE: Final = 1.6
ALSO: Final = 1.0
EXAMPLE: Final = 0.5
PHRASE: Final = 0.3
LEARNED: Final = 1.7
"""How much a word counts, by where it stands: what was learned here beats everything that shipped."""
_MEANT: Final = 0.4
"""How much a word counts that is there only by its meaning in the lexicon."""
_HEAVIEST: Final = 0xFFFF
"""Hundredths that a phrase may tell at most: more than any line of 200 letters does."""
_LENGTH: Final = 0.75
"""BM25's b (Robertson and Zaragoza 2009). Many synonyms are a virtue here, so length counts by its root."""


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
    phrases: tuple[str, ...] = ()
    """What staff elsewhere typed when they meant it: many lines, of which each counts little."""
    learned: tuple[str, ...] = ()
    """What was typed here before and meant this one."""
    urgency: str = "routine"
    form: str = "full"
    category: str = ""
    until: str = ""
    """ISO date of the last day it is true, or empty."""
    say: str = ""
    """The first words to say."""


SHOWN: Final = ("id", "kind", "title", "category", "urgency", "form", "until", "say")
"""What is kept of a candidate besides its words, in this order."""


def pack(candidates: Iterable[Candidate], lexicon: Lexicon, meanings: Meanings | None = None) -> dict[str, Any]:
    """The texts of an index, as plain JSON values.

    Args:
        candidates: what can be found.
        lexicon: the desk's own words, applied to the candidates' words as to a query's.
        meanings: where words lie in meaning; without them the look-up goes by words alone.
    """
    if meanings is not None:
        meanings.look_up_many()
    packing = _Packing(lexicon, meanings)
    for candidate in candidates:
        packing.add(candidate)
    return packing.packed()


class _Packing:
    def __init__(self, lexicon: Lexicon, meanings: Meanings | None) -> None:
        self._lexicon = lexicon
        self._meanings = meanings
        self._words: list[tuple[str, Counter[str]]] = []
        self._candidates: list[list[str]] = []
        self._held: dict[str, dict[int, float]] = {}
        self._lengths: list[float] = []
        self._lines: list[str] = []
        self._phrases: list[list[str]] = []
        self._firsts: list[int] = []
        self._seen: Counter[str] = Counter()
        self._known: dict[str, list[tuple[str, float]]] = {}

    def packed(self) -> dict[str, Any]:
        usual = sum(self._lengths) / max(1, len(self._lengths)) or 1.0
        words = dict.fromkeys((*(word for word, _ in self._seen.most_common()), *self._lexicon.words))
        told: dict[str, list[str]] = {}
        for number, stems in enumerate(self._phrases):
            for stemmed in dict.fromkeys(stems):
                told.setdefault(stemmed, []).append(str(number))
        return {
            "candidates": self._candidates,
            "lexicon": self._lexicon.packed(),
            "norms": [
                round(SATURATION * (1 - _LENGTH + _LENGTH * sqrt(length / usual)), 4) for length in self._lengths
            ],
            "held": pack_table(
                {
                    stemmed: f"{' '.join(map(str, held))}:{' '.join(format(count, '.4g') for count in held.values())}"
                    for stemmed, held in self._held.items()
                }
            ),
            "lines": self._lines,
            "firsts": self._firsts,
            "told": pack_table({stemmed: " ".join(numbers) for stemmed, numbers in told.items()}),
            "masses": self._masses(),
            "words": " ".join(words),
            "directions": self._meanings.pack(self._words) if self._meanings else {},
        }

    def add(self, candidate: Candidate) -> None:
        counts: dict[str, float] = {}
        self._candidates.append([getattr(candidate, name) for name in SHOWN])
        self._firsts.append(len(self._phrases))
        lines: list[str] = []
        stands: Counter[str] = Counter()
        for texts, weight in (
            ((candidate.title,), TITLE),
            (candidate.also, ALSO),
            (candidate.examples, EXAMPLE),
            (candidate.learned, LEARNED),
            (candidate.phrases, PHRASE),
        ):
            if texts:
                folded = fold("\n".join(texts))  # all at once is several times as quick as one by one
                here = folded.split("\n")
                lines += [" ".join(cut(line)) for line in here] if texts is not candidate.phrases else ()
                self._phrases += filter(None, map(_telling_stems, here))
                words = cut(folded)
                stands.update(words)
                self._count(words + joined(folded), weight, counts)
                for term in self._lexicon.wholes(here):
                    counts[term] = counts.get(term, 0.0) + weight * _MEANT
        number = len(self._lines)
        for stemmed, count in counts.items():
            self._held.setdefault(stemmed, {})[number] = count
        self._words.append((candidate.id, stands))
        self._lengths.append(sum(counts.values()))
        self._lines.append("\n".join(lines))

    def _masses(self) -> str:
        """What the words of each phrase tell together, in hundredths, two bytes each."""
        of = len(self._lines)
        mass = {stemmed: telling(len(held), of) for stemmed, held in self._held.items()}
        for stemmed in (*self._lexicon.nothing, *WEAK):
            if stemmed in mass:
                mass[stemmed] *= LITTLE
        usual = telling(min(2, of), of)
        sums = (sum(mass.get(stemmed, usual) for stemmed in stems) for stems in self._phrases)
        hundredths = [min(round(100 * each), _HEAVIEST) or 100 for each in sums]
        return pack_numbers(f"<{len(hundredths)}H", *hundredths).hex()

    def _count(self, words: list[str], weight: float, counts: dict[str, float]) -> None:
        self._seen.update(words)
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
        for term, _ in self._lexicon.word(stemmed):
            if term != stemmed:
                stands_for.append((term, _MEANT))
        return stands_for


def _telling_stems(line: str) -> list[str]:
    words = cut(line)
    return [stem(word) for word in words if word not in STOP] or [stem(word) for word in words]
