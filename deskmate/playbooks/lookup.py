"""From a few typed words to the playbook, card, fact or entry that is meant, best first, while the words are typed.

BM25 over titles, synonyms, examples and learned phrases, with the desk's lexicon on both sides, the last word
completed, unknown words repaired, near ties broken towards safety. On messy staff queries engines hardly differ; words
decide, and the words are in the playbooks and in the lexicon.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import nlargest
from itertools import accumulate
from math import inf
from typing import Any, Final, NamedTuple

from deskmate.playbooks.hit import LAST_RESORT, Hit
from deskmate.playbooks.index import Index
from deskmate.playbooks.likeness import Likeness
from deskmate.playbooks.meaning import Directions, Meanings, Vector, likelihood, pairs_of
from deskmate.playbooks.query import Query, Slot, read_query
from deskmate.playbooks.tokens import STOP, cut, fold

BY_MEANING: Final = "near in meaning"
"""The reason given when none of the words is."""
BOTH: Final = "both?"
"""The first reason given when a line seems to hold two situations: `drunk guy asleep`."""
_PHRASE: Final = 1.2
"""What the best phrase adds when it is the query."""
_NEAR: Final = 4.0
"""What being near in meaning adds, at most."""
_LIKELY: Final = 4
"""Words that a half-typed one may become, for where the line lies in meaning."""
_HALF_SURE: Final = 0.5
"""How likely each part of a line points at its own guide for both to come first."""
_PARTS: Final = 7
"""Telling words up to which a line is tried in two parts."""
_OWN: Final = 1.0
"""What a half-typed word counts that is one already, against all that it may become."""
_EXACT: Final = 5.0
"""What the very same words add: `colour copy` wants the price, and what was learned here wins."""
_BEGINS: Final = 0.9
"""What a phrase adds that begins with the typed text."""
_MORE: Final = 0.5
"""What a second meaning of one word adds."""
_PRIORS: Final[Mapping[str, float]] = {"emergency": 0.2, "urgent": 0.1}
"""Near ties go to the more urgent: an emergency missed costs more than one opened for nothing."""
_FIRST: Final = 3
"""Hits that are seen at once."""
_STILL_SEEN: Final = 0.3
"""An emergency so little behind the last of these is that one. With priors of 0.5 and 0.15 instead as many emergencies
were among the first three, but 3 of 125 lines that nothing was tuned on had one first which they did not mean."""
_HABIT: Final = -0.7
"""Habits come after everything comparable while somebody is being served."""
_KINDS: Final[Mapping[str, float]] = {"fact": -0.25, "directory": -0.4}
"""A guide comes before a fact that fits as well. All of these are added, as the logarithm of a probability is:
multiplied, a third was taken from a fact that was surely meant, and 15 of 400 unseen lines lost their first place."""
_BARE: Final = -2.0
"""For all but guides when one word alone was typed: `fine` names a trouble as well as a question."""
_ONLY_SOUNDS: Final = 0.7
_ONLY_SOUNDS_GUESSED: Final = 0.35
"""For emergencies when the query holds a phrase that only sounds like one, and when another word is a guess besides."""
_GAP: Final = 1.35
"""How many times better than the next a confident hit is."""
_COVERED: Final = 0.6
_COVERED_EMERGENCY: Final = 0.8
"""The share of the query's weight that a confident hit explains."""
_WEAK: Final = 0.5
"""Below this share the last resort joins the list."""
_LETTERS: Final = 3
"""Typed letters from which whole phrases are completed."""
_GUESSES: Final = 3
"""Hits shown when no word is known."""
_REASON: Final = 0.3
"""Words that count less are no reason to show."""
_REMEMBERED: Final = 64
"""Words whose candidates are remembered."""
_SHOWN: Final = 4
"""Reasons shown with a hit."""


class _Shown(NamedTuple):
    """What is kept of a candidate besides its words."""

    id: str
    kind: str
    title: str
    category: str
    urgency: str
    form: str
    until: str
    say: str


class _Best(NamedTuple):
    """What one slot finds in the candidates."""

    slot: Slot
    values: dict[int, float]
    """What each candidate that holds one of the slot's meanings is worth."""
    leads: dict[int, int]
    """The meaning that is worth most there, by its place among the slot's."""
    covers: Sequence[float]
    """The weight of the query that each meaning explains."""


class _Match(NamedTuple):
    """What the candidates have of a query."""

    values: Mapping[int, float]
    covered: Mapping[int, float]
    """Of the same candidates in the same order."""
    slots: tuple[_Best, ...]

    def reasons(self, number: int) -> tuple[str, ...]:
        """Why a candidate was found, the strongest reason first."""
        found = {
            best.slot.alternatives[best.leads[number]].label: best.values[number]
            for best in self.slots
            if number in best.values and best.slot.weight > _REASON
        }
        return tuple(nlargest(_SHOWN, found, key=found.__getitem__))


class Lookup:
    """Ranks candidates for a line as it is typed. Holds no state that a query changes, but for caches.

    Args:
        packed: what `pack` made of everything that can be found, in the order that breaks full ties.
        today: ISO date; what has run out before it is not found. Empty: all is found.
        meanings: where words lie in meaning; without them the look-up goes by words alone.
    """

    def __init__(self, packed: Mapping[str, Any], today: str = "", meanings: Meanings | None = None) -> None:
        self._candidates = [_Shown(*shown) for shown in packed["candidates"]]
        self._index = Index(packed)
        self._meanings = meanings
        self._directions = Directions(packed["directions"]) if packed["directions"] else None
        self._priors = [-inf if one.until and one.until < today else _prior(one) for one in self._candidates]
        kinds = zip(self._candidates, self._priors, strict=True)
        self._bare = [prior + _BARE if one.kind in _KINDS else prior for one, prior in kinds]
        self._bests: dict[Slot, _Best] = {}
        self._likeness = Likeness(self._index)
        self._before: tuple[tuple[Slot, ...], dict[int, float], dict[int, float]] = ((), {}, {})
        self._meant: dict[tuple[tuple[float, ...], ...], tuple[int, float]] = {}
        self._last_resort = next((at for at, one in enumerate(self._candidates) if one.id == LAST_RESORT), None)

    def search(self, query: str, limit: int = 8) -> tuple[Hit, ...]:
        """Answer a line.

        Args:
            query: what was typed so far; a blank at its end says that the last word is complete.
            limit: the most hits to return.

        Returns:
            Hits, best first. Empty only when nothing but blanks was typed (or there is nothing to find).
        """
        if limit < 1 or not query.strip():
            return ()
        asked = read_query(query, self._index)
        match = self._match(asked)
        exact = self._index.exact(asked.text)
        scores = self._score(asked, match, exact)
        best = nlargest(limit, [(score, -number) for number, score in scores.items()])
        ranked = [-number for _, number in best]
        sure = bool(ranked) and self._sure(asked, ranked, scores, match)
        one = sure or asked.sounds or exact
        pair = () if one else self._two(asked, scores)
        ranked = self._with_emergency(self._with_pair(ranked, pair), scores)[:limit]
        guess = not ranked or match.covered.get(ranked[0], 0.0) < _WEAK * asked.mass
        shown = list(accumulate((scores[number] for number in reversed(ranked)), max))[
            ::-1
        ]  # never below the next one's
        hits = [self._hit(*found, match, guess=guess, pair=pair) for found in zip(ranked, shown, strict=True)]
        hits[:1] = [one._replace(confident=sure) for one in hits[:1]]
        if not hits:
            hits = self._nearest(asked, match, limit)
        if guess:
            hits = self._with_last_resort(hits, match, limit)
        return tuple(hits)

    def _match(self, asked: Query) -> _Match:
        """Add up what each candidate has of the query, slot by slot; at the last key all but the last were added."""
        earlier, slots = asked.slots[:-1], tuple(map(self._best, asked.slots))
        if earlier != self._before[0]:
            self._before = earlier, {}, {}
            for best in slots[:-1]:
                _add(best, *self._before[1:])
        values, covered = (dict(sums) for sums in self._before[1:])
        for best in slots[-1:]:
            _add(best, values, covered)
        return _Match(values, covered, slots)

    def _best(self, slot: Slot) -> _Best:
        """Of each candidate, the best of a slot's meanings. While a word is typed, those before it are remembered."""
        remembered = self._bests.get(slot)
        if remembered is not None:
            return remembered
        if len(self._bests) >= _REMEMBERED:
            self._bests.clear()
        values: dict[int, float] = {}
        leads: dict[int, int] = {}
        covers = []
        for place, one in enumerate(slot.alternatives):
            weight = one.trust * slot.weight * self._index.telling(one.term)
            covers.append(min(weight, slot.mass))
            for number, held in self._index.postings(one.term):
                value = weight * held
                if number not in values:
                    values[number], leads[number] = value, place
                elif value > (old := values[number]):
                    values[number], leads[number] = value + _MORE * old, place
                else:
                    values[number] = old + _MORE * value
        best = self._bests[slot] = _Best(slot, values, leads, covers)
        return best

    def _score(self, asked: Query, match: _Match, exact: Iterable[int]) -> dict[int, float]:
        """Scores of the candidates worth showing: words, share of the query explained, best phrase, urgency."""
        total = asked.mass or 1.0
        parts = zip(match.values.items(), match.covered.values(), strict=True)
        scores = {
            number: value / total * (covered / total if covered < total else 1.0) for (number, value), covered in parts
        }
        for number, likeness in self._likeness.likest(asked).items():
            scores[number] = scores.get(number, 0.0) + _PHRASE * likeness
        for number, near in enumerate(self._near(asked)):
            if near > 0:
                scores[number] = scores.get(number, 0.0) + _NEAR * near
        for number in exact:
            if self._candidates[number].form != "habit":  # a habit does not come before a guide that fits as well
                scores[number] = scores.get(number, 0.0) + _EXACT
        for number in self._index.beginning(asked.text) if len(asked.text) >= _LETTERS else ():
            scores[number] = scores.get(number, 0.0) + _BEGINS
        priors = self._priors if " " in asked.text else self._bare
        scores = {number: after for number, score in scores.items() if (after := score + priors[number]) > 0}
        if asked.sounds:
            for number in scores:
                if self._is_emergency(number):
                    scores[number] *= _ONLY_SOUNDS_GUESSED if asked.repaired else _ONLY_SOUNDS
        return scores

    def _near(self, asked: Query) -> Sequence[float]:
        """How near the whole line is to each candidate in meaning; 0 or less for not at all."""
        return self._directions.near(_together([*self._words(asked), *self._pairs(asked)])) if self._directions else ()

    def _pairs(self, asked: Query) -> Iterator[Vector]:
        """Where the pairs of words lie that often stand side by side."""
        vectors = map(self._meanings.of, pairs_of(asked.meant.split())) if self._meanings else ()
        return filter(None, vectors)

    def _two(self, asked: Query, scores: Mapping[int, float]) -> tuple[int, ...]:
        """The two candidates that two parts of the line point at, the better first; none when it is about one thing.

        Tried on 192 lines joined of two, their writers left out: both were among the first three for 145 without this
        and are for 153; of 830 other lines one lost its place there and two more are right at once.
        """
        words = self._words(asked, telling=True) if self._directions else []
        best: tuple[float, tuple[int, ...]] = (_HALF_SURE, ())
        for at in range(1, len(words) if len(words) <= _PARTS else 0):
            one, sure = self._likeliest(words[:at])
            if sure > best[0]:
                other, surer = self._likeliest(words[at:])
                if one != other and min(sure, surer) > best[0]:
                    best = min(sure, surer), (one, other)
        pair = sorted(filter(scores.get, best[1]), key=lambda number: -scores[number])
        return tuple(pair) if len(pair) == len(best[1]) else ()

    def _with_pair(self, ranked: list[int], pair: Sequence[int]) -> list[int]:
        """The pair first, then an emergency that was among the first three, then the others as they were."""
        if not pair:
            return ranked
        others = [number for number in ranked if number not in pair]
        urgent = list(filter(self._is_emergency, ranked[:_FIRST]))
        return [*pair, *sorted(others, key=lambda number: number not in urgent)]

    def _with_emergency(self, ranked: list[int], scores: Mapping[int, float]) -> list[int]:
        """The emergency that comes closest among the first, unless one is there or it is far behind."""
        urgent = list(filter(self._is_emergency, scores))
        if len(ranked) < _FIRST or not urgent or any(number in urgent for number in ranked[:_FIRST]):
            return ranked
        nearest, last = max(urgent, key=lambda number: (scores[number], -number)), ranked[_FIRST - 1]
        if scores[nearest] + _STILL_SEEN < scores[last]:
            return ranked
        return [*ranked[: _FIRST - 1], nearest, *(number for number in ranked[_FIRST - 1 :] if number != nearest)]

    def _likeliest(self, words: Sequence[Vector]) -> tuple[int, float]:
        """The candidate that some words point at, and how likely it is meant."""
        asked = tuple(map(tuple, words))
        found = self._meant.get(asked)  # the words before the one that is typed were asked for at the last key
        if found is None:
            if len(self._meant) >= _REMEMBERED:
                self._meant.clear()
            near = self._directions.near(_together(words)) if self._directions else []
            most = max(near, default=0.0)
            found = self._meant[asked] = (near.index(most), likelihood(most)) if near else (-1, 0.0)
        return found

    def _words(self, asked: Query, *, telling: bool = False) -> list[Vector]:
        """Where each word of a line lies, of those that lie anywhere; `telling` leaves out the little ones."""
        words = asked.meant.split() if self._meanings else []
        last = len(words) - 1
        lying = (
            self._lies(word, asked, half=asked.half and place == last)
            for place, word in enumerate(words)
            if not telling or word not in STOP
        )
        return [vector for vector in lying if vector]

    def _lies(self, word: str, asked: Query, *, half: bool) -> Vector:
        """Where a word lies, or those that it will be or was meant to be; nothing when none of them is common."""
        assert self._meanings is not None
        own = self._meanings.of(word)
        if own and not half:
            return own
        ways = [(one, 1.0) for one in self._index.completions(word)[:_LIKELY]] if half and len(word) > 1 else []
        if not own and not ways and asked.repaired:
            ways = list(self._index.speller.repair(word, half_typed=half))
        found = [(vector, trust) for one, trust in ways if one != word and (vector := self._meanings.of(one))]
        if own:
            found.append((own, _OWN * max(1, len(found))))
        whole = sum(trust for _, trust in found)
        scaled = ([side * trust / whole for side in vector] for vector, trust in found)
        return _together(list(scaled))

    def _sure(self, asked: Query, ranked: list[int], scores: Mapping[int, float], match: _Match) -> bool:
        if asked.sounds or asked.repaired:
            return False
        first = ranked[0]
        needed = _COVERED_EMERGENCY if self._is_emergency(first) else _COVERED
        rivals = (scores[number] + (_STILL_SEEN if self._is_emergency(number) else 0.0) for number in ranked[1:_FIRST])
        clear = scores[first] >= _GAP * max(rivals, default=0.0)
        return clear and match.covered.get(first, 0.0) >= needed * asked.mass

    def _is_emergency(self, number: int) -> bool:
        return self._candidates[number].urgency == "emergency"

    def _hit(self, number: int, score: float, match: _Match, *, guess: bool = False, pair: Sequence[int] = ()) -> Hit:
        one = self._candidates[number]
        reasons = match.reasons(number) or ((BY_MEANING,) if score else ())
        reasons = (BOTH, *reasons) if number in pair else reasons
        score = round(score, 4)
        return Hit(one.id, one.kind, one.title, one.category, one.urgency, score, reasons, False, guess, one.say)

    def _nearest(self, asked: Query, match: _Match, limit: int) -> list[Hit]:
        """When no word is known: the candidates whose letters look most alike."""
        wanted = _trigrams(asked.meant)
        alike = Counter(number for letters in wanted for number in self._index.holding(letters))
        likeness = {
            number: alike[number] / max(1, len(wanted))
            for number in range(len(self._candidates))
            if not (asked.sounds and self._is_emergency(number))
        }
        best = nlargest(min(limit, _GUESSES), likeness, key=lambda number: (likeness[number], -number))
        if self._last_resort is not None:
            best = [number for number in best if likeness[number]]
        return [self._hit(number, likeness[number], match, guess=True) for number in best]

    def _with_last_resort(self, hits: list[Hit], match: _Match, limit: int) -> list[Hit]:
        number = self._last_resort
        if number is None or any(hit.id == LAST_RESORT for hit in hits):
            return hits
        return [*hits[: limit - 1], self._hit(number, 0.0, match, guess=True)]


def _add(best: _Best, values: dict[int, float], covered: dict[int, float]) -> None:
    """Add what a slot finds to what others found; both hold the same candidates in the same order."""
    covers = map(best.covers.__getitem__, best.leads.values())
    if not values:
        values.update(best.values)
        covered.update(zip(best.leads, covers, strict=True))
        return
    for (number, value), cover in zip(best.values.items(), covers, strict=True):
        if number in values:
            values[number] += value
            covered[number] += cover
        else:
            values[number], covered[number] = value, cover


def _together(vectors: Sequence[Vector]) -> Vector:
    return list(map(sum, zip(*vectors, strict=True)))


def _prior(candidate: _Shown) -> float:
    prior = _PRIORS.get(candidate.urgency, 0.0) + _KINDS.get(candidate.kind, 0.0)
    return prior + _HABIT if candidate.form == "habit" else prior


def _trigrams(text: str) -> frozenset[str]:
    padded = f"  {' '.join(cut(fold(text)))} "
    return frozenset(padded[at : at + 3] for at in range(len(padded) - 2))
