"""How like a line is to whole phrases: titles, synonyms, examples, and what staff typed when they meant something."""

from collections.abc import Iterable
from typing import Final

from deskmate.playbooks.index import Index
from deskmate.playbooks.query import Query

_SEEDS: Final = 150
"""Phrases found by the most telling words, after which other words only add to these."""
_ALIKE: Final = 0.2
"""The share of a line that a phrase must hold to be like it at all."""
_WAYS: Final = 12
"""Words that a half-typed one may become, in a phrase."""
_REMEMBERED: Final = 64
"""Words whose phrases are remembered."""
_Weighed = tuple[tuple[str, float], ...]
"""The stems that one slot may stand for, each with what it weighs, the heaviest first."""


class Likeness:
    """Compares lines with the phrases of an index. Holds no state that a line changes, but for a cache.

    Args:
        index: what can be found.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._shares: dict[_Weighed, dict[int, float]] = {}

    def likest(self, asked: Query) -> dict[int, float]:
        """How much each candidate's likest phrase and a line are the same: what both hold of what either holds."""
        total, masses, owners = asked.mass or 1.0, self._index.masses, self._index.owners
        least = _ALIKE * total
        likest: dict[int, float] = {}
        for phrase, weight in self._shared(asked).items():
            if weight < least:
                continue
            mass = masses[phrase] / 100
            both = weight if weight < mass else mass  # noqa: FURB136 - a call of `min` is a third of a first letter's time
            if total < both:  # noqa: PLR1730 - as above
                both = total
            likeness = both / (mass + total - both)  # Jaccard's, with words weighed
            number = owners[phrase]
            if number not in likest or likeness > likest[number]:
                likest[number] = likeness
        return likest

    def _shared(self, asked: Query) -> dict[int, float]:
        """What each phrase holds of a line."""
        shared: dict[int, float] = {}
        for stems in sorted(_weighed(asked, self._index), key=lambda stems: -stems[0][1]):
            told = self._told(stems)
            if not shared:
                shared = dict(told)
            elif len(shared) < _SEEDS:
                for phrase, weight in told.items():
                    shared[phrase] = shared.get(phrase, 0.0) + weight
            else:  # what holds none of the telling words is like no line; `card` alone stands in 600 phrases
                for phrase in shared.keys() & told.keys():
                    shared[phrase] += told[phrase]
        return shared

    def _told(self, stems: _Weighed) -> dict[int, float]:
        """What a slot weighs in each phrase that holds one of its stems; remembered while the next word is typed."""
        found = self._shares.get(stems)
        if found is None:
            if len(self._shares) >= _REMEMBERED:
                self._shares.clear()
            found = self._shares[stems] = {}
            for stemmed, weight in reversed(stems):  # where several stand, the heaviest is the last word
                found.update(dict.fromkeys(self._index.phrases(stemmed), weight))
        return found


def _weighed(asked: Query, index: Index) -> Iterable[_Weighed]:
    """The stems of each slot; a stem that several slots may stand for counts once, where it weighs most."""
    places: dict[str, tuple[int, float]] = {}
    for number, slot in enumerate(asked.slots):
        for one in slot.alternatives:
            weight = one.trust * slot.weight * index.telling(one.term)
            if weight > places.get(one.term, (0, 0.0))[1]:
                places[one.term] = number, weight
    stems: dict[int, list[tuple[str, float]]] = {}
    for stemmed, (number, weight) in places.items():
        stems.setdefault(number, []).append((stemmed, weight))
    heaviest = (sorted(each, key=lambda one: -one[1])[:_WAYS] for each in stems.values())
    return map(tuple, heaviest)
