"""What the look-up searches: the words of each candidate with their weights, and its phrases."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, count, repeat
from math import log
from operator import sub
from struct import unpack
from typing import Any, Final

from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.tables import Table
from deskmate.playbooks.tokens import STOP, WEAK
from deskmate.playbooks.typos import Speller

LITTLE: Final = 0.4
"""How much a word counts that says little: `no`, `how`, `guy`."""
SATURATION: Final = 2.0
"""BM25's k1 (Robertson and Zaragoza 2009)."""
_COMPLETIONS: Final = (12, 12, 24, 40)
"""The most words that 0, 1, 2, 3 or more typed letters stand for."""
_REMEMBERED: Final = 4_096
"""Beginnings kept."""


class Index:
    """The searchable form of all candidates, over a few long texts that a cache can hold.

    What belongs to one word or candidate is taken out of its text when it is first asked for: a command asks once,
    and a desk is typed at for a whole day.

    Args:
        packed: what `pack` made.
    """

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self.lexicon = Lexicon(packed["lexicon"])
        self._norms: Sequence[float] = packed["norms"]
        self._held = Table(packed["held"])
        self.lines: Sequence[str] = packed["lines"]
        """The title and own phrases of each candidate, their folded words with single blanks, one a line."""
        self._words: str = f" {packed['words']} "
        self._told = Table(packed["told"])
        self._firsts: Sequence[int] = packed["firsts"]
        self._masses: str = packed["masses"]
        self._postings: dict[str, list[tuple[int, float]]] = {}
        self._tells: dict[str, float] = {}
        self._phrases: dict[str, list[int]] = {}
        self._completions: dict[str, list[str]] = {}
        self._begins: dict[str, Sequence[int]] = {}
        self._holding: dict[str, list[int]] = {}

    def __contains__(self, stemmed: str) -> bool:
        """Whether a stem stands in any candidate."""
        return bool(self._held.get(stemmed))

    def postings(self, stemmed: str) -> list[tuple[int, float]]:
        """Who holds a stem, and its BM25 weight there."""
        found = self._postings.get(stemmed)
        if found is None:
            found = []
            numbers, _, counts = self._held.get(stemmed).partition(":")
            for place, count in zip(map(int, numbers.split()), map(float, counts.split()), strict=True):
                found.append((place, count * (SATURATION + 1) / (count + self._norms[place])))
            self._postings[stemmed] = found
        return found

    def telling(self, stemmed: str) -> float:
        """How much a stem tells, by how few hold it (BM25's inverse document frequency); 0 when nobody does."""
        found = self._tells.get(stemmed)
        if found is None:
            held = self._held.get(stemmed).partition(":")[0]
            found = self._tells[stemmed] = self._telling(held.count(" ") + 1) if held else 0.0
        return found

    @cached_property
    def usual(self) -> float:
        """How much a word tells that stands nowhere: as much as one that two candidates hold."""
        return self._telling(min(2, len(self._norms)))

    def little(self, stemmed: str, word: str = "") -> bool:
        """Whether a word says little about any situation."""
        return stemmed in self.lexicon.nothing or (word or stemmed) in WEAK

    def phrases(self, stemmed: str) -> list[int]:
        """The numbers of the phrases in which a stem stands."""
        found = self._phrases.get(stemmed)
        if found is None:
            found = self._phrases[stemmed] = list(map(int, self._told.get(stemmed).split()))
        return found

    @cached_property
    def masses(self) -> Sequence[int]:
        """What the words of each phrase tell together, in hundredths."""
        block = bytes.fromhex(self._masses)
        return unpack(f"<{len(block) // 2}H", block)

    @cached_property
    def owners(self) -> list[int]:
        """The candidate that each phrase belongs to."""
        ends = [*self._firsts[1:], len(self.masses)]
        counts = map(sub, ends, self._firsts)  # without candidates there is one end too many
        return list(chain.from_iterable(map(repeat, count(), counts)))

    def knows(self, stemmed: str) -> bool:
        """Whether a stem stands in any candidate or begins a meaning."""
        return stemmed in self or self.lexicon.begins(stemmed)

    def completions(self, start: str) -> list[str]:
        """The known words that a half-typed word of a letter or more may become, the most usual when there are many."""
        found = self._completions.get(start)
        if found is None:
            if len(self._completions) > _REMEMBERED:
                self._completions.clear()
            found = self._completions[start] = self._begun_by(start)
        return found

    def _begun_by(self, start: str) -> list[str]:
        """The first words that begin with `start`, in their order: no word is looked at that does not.

        They are found in the text of all words; where fewer letters found few, those are all there are.
        """
        before = self._completions.get(start[:-1])
        if before is not None and len(before) < _most(start[:-1]):
            return [word for word in before if word.startswith(start)]
        found: list[str] = []
        most, at = _most(start), self._words.find(f" {start}")
        while at >= 0 and len(found) < most:
            end = self._words.index(" ", at + 1)
            found.append(self._words[at + 1 : end])
            at = self._words.find(f" {start}", end)
        return found

    def exact(self, text: str) -> list[int]:
        """The candidates that have a folded text as one of their phrases."""
        end = len(text)
        return self._owners_of(at for at in self._begun(text) if self._text[at + end] == "\n")

    def beginning(self, text: str) -> list[int]:
        """The candidates that have a phrase that begins with a folded text."""
        return self._owners_of(self._begun(text))

    def holding(self, letters: str) -> list[int]:
        """The candidates whose words, with two blanks before and one after, hold three letters or blanks in a row."""
        found = self._holding.get(letters)
        if found is None:
            if len(self._holding) > _REMEMBERED:
                self._holding.clear()
            found = self._holding[letters] = []
            text, starts = self._running
            at = text.find(letters)
            while at >= 0:
                number = bisect_right(starts, at) - 1
                found.append(number)
                at = text.find(letters, starts[number + 1])
        return found

    def _begun(self, text: str) -> Sequence[int]:
        """Where a phrase begins with a folded text: among the places of fewer letters, where those were asked for."""
        found = self._begins.get(text) if text else ()
        if found is None:
            if len(self._begins) > _REMEMBERED:
                self._begins.clear()
            fewer = self._begins.get(text[:-1].rstrip())
            places = self._search(text) if fewer is None else fewer
            found = self._begins[text] = [at for at in places if self._text.startswith(text, at)]
        return found

    def _search(self, text: str) -> Iterator[int]:
        at = self._text.find(f"\n{text}")
        while at >= 0:
            yield at + 1
            at = self._text.find(f"\n{text}", at + 1)

    @cached_property
    def speller(self) -> Speller:
        """Repairs words that nobody knows; made when the first one is typed."""
        words = self._words.split()
        return Speller({**dict.fromkeys((*WEAK, *STOP), 0), **{word: -place for place, word in enumerate(words)}})

    @cached_property
    def _text(self) -> str:
        return "".join(f"\n{lines}\n" for lines in self.lines)

    @cached_property
    def _running(self) -> tuple[str, list[int]]:
        """The words of every candidate in one text, and where each begins: two blanks before its first word."""
        words = [" ".join(lines.split()) for lines in self.lines]
        return f" {''.join(f' {each} ' for each in words)}", list(
            accumulate((len(each) + 2 for each in words), initial=0)
        )

    @cached_property
    def _starts(self) -> list[int]:
        return list(accumulate((len(lines) + 2 for lines in self.lines), initial=0))

    def _owners_of(self, places: Iterable[int]) -> list[int]:
        """The candidates that some places of the text belong to, each once."""
        starts = self._starts
        return list(dict.fromkeys(bisect_right(starts, at) - 1 for at in places))

    def _telling(self, held: int) -> float:
        return telling(held, len(self._norms))


def telling(held: int, of: int) -> float:
    """How much a stem tells that some of all candidates hold: BM25's inverse document frequency."""
    return log(1 + (of - held + 0.5) / (held + 0.5))


def _most(start: str) -> int:
    """The most words that some typed letters stand for."""
    return _COMPLETIONS[min(len(start), len(_COMPLETIONS) - 1)]
