"""What the lexicon means, word by word and phrase by phrase; `lexicon_file` reads its files."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple

from deskmate.playbooks.tokens import cut, stem

Term = tuple[str, str]
"""(stem, the word as written)."""

GAP: Final = "..."
"""Stands in a phrase for up to four words between."""
_REACH: Final = 4
"""Words that a gap may skip."""


class Meaning(NamedTuple):
    """What one phrase stands for."""

    pattern: tuple[str, ...]
    """Stems in order; `...` is a gap."""
    terms: tuple[Term, ...] = ()
    """Each thing it can mean."""
    without: frozenset[str] = frozenset()
    """Stems inside the phrase that are not meant."""

    def end(self, stems: list[str], start: int, *, typing: bool = False) -> int:
        """Where the phrase ends when it begins at `start`, or 0 when it does not stand there.

        Args:
            stems: the stems of a line.
            start: the position of the phrase's first word.
            typing: let the line's last word stand for any word that it begins, since it is still being typed.
        """
        at, reach = start, 0
        for part in self.pattern:
            if part == GAP:
                reach = _REACH
                continue
            for position in range(at, min(at + reach + 1, len(stems))):
                word = stems[position]
                if word == part or (typing and position == len(stems) - 1 and len(word) > 1 and part.startswith(word)):
                    at, reach = position + 1, 0
                    break
            else:
                return 0
        return at


class Lexicon:
    """Everything that lexicon files say, as a few texts; a phrase is taken apart when its first word is asked for.

    Thousands of phrases are read at every start and few are ever used: taking all apart would cost more than
    everything else the look-up does at a start.

    Args:
        packed: what `packed` gave, or `parse_lexicon` made.
    """

    def __init__(self, packed: Mapping[str, Any]) -> None:
        self._packed = packed
        self._words: Mapping[str, str] = packed["words"]
        self._firsts: Mapping[str, str] = packed["firsts"]
        self.nothing = frozenset(packed["nothing"].split())
        """Stems of words that say nothing about the situation."""
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        self._terms: dict[str, tuple[Term, ...]] = {}

    def packed(self) -> Mapping[str, Any]:
        """The lexicon as plain JSON values."""
        return self._packed

    def word(self, stemmed: str) -> tuple[Term, ...]:
        """What a single word means."""
        right = self._words.get(stemmed)
        return self._means(right) if right else ()

    def wholes(self, phrases: Iterable[str]) -> list[str]:
        """The stems of what phrases mean that the file has in these very words."""
        found = []
        for phrase in phrases:
            first, blank, _ = phrase.partition(" ")
            lines = self._firsts.get(stem(first), "") if blank else ""
            at = lines.find(f"\n{phrase}\t")
            if at >= 0:
                right = lines[at + len(phrase) + 2 :].partition("\t")[0]
                found += [term for term, _ in self._means(right)]
        return found

    def begins(self, stemmed: str) -> bool:
        """Whether a word or phrase of the lexicon begins with this stem."""
        return stemmed in self._firsts or stemmed in self._words or stemmed in self.nothing

    def meanings(self, first: str) -> tuple[Meaning, ...]:
        """The phrases that begin with a stem, and single words in which another is not meant."""
        lines = self._firsts.get(first)
        if lines is None:
            return ()
        found = self._meanings.get(first)
        if found is None:
            found = self._meanings[first] = tuple(self._take_apart(lines))
        return found

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word as written, for half-typed and misspelt ones."""
        return tuple(self._packed["known"].split())

    def _take_apart(self, lines: str) -> Iterable[Meaning]:
        found: dict[tuple[str, ...], Meaning] = {}
        for line in lines.strip("\n").split("\n"):
            phrase, right, without = line.split("\t")
            pattern = tuple(
                part if part == GAP else stem(part)
                for piece in phrase.split()
                for part in ([piece] if piece == GAP else cut(piece))
            )
            found[pattern] = Meaning(pattern, self._means(right), frozenset(map(stem, without.split())))
        return sorted(found.values(), key=lambda meaning: -len(meaning.pattern))

    def _means(self, right: str) -> tuple[Term, ...]:
        known = self._terms.get(right)
        if known is None:
            known = self._terms[right] = tuple(dict.fromkeys((stem(word), word) for word in right.split()))
        return known
