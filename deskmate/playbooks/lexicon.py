"""The desk's own words: slang, regional words, brands, and phrases that only sound like an emergency.

A plain text file that a library edits, one meaning a line:

    kid, toddler, little boy = child        words and phrases, and what they mean here
    bath bomb ! bomb                        inside this phrase, `bomb` is not meant
    fire tablet = tablet ! fire             both
    shooting for ... film ! shooting        `...` stands for up to four words between
    guy, lady, customer = -                 single words that say nothing about the situation
    # a comment
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Final, NamedTuple

from deskmate.faults import Notice
from deskmate.playbooks.tokens import cut, fold, stem

Term = tuple[str, str]
"""(stem, the word as written)."""

_GAP: Final = "..."
_REACH: Final = 4
"""Words that a gap may skip."""
_NOTHING: Final = "-"
_CURE: Final = "Write it like `kid, toddler = child`."


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
            if part == _GAP:
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


class _Line(NamedTuple):
    file: str
    right: str
    without: str


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
                part if part == _GAP else stem(part)
                for piece in phrase.split()
                for part in ([piece] if piece == _GAP else cut(piece))
            )
            found[pattern] = Meaning(pattern, self._means(right), frozenset(map(stem, without.split())))
        return sorted(found.values(), key=lambda meaning: -len(meaning.pattern))

    def _means(self, right: str) -> tuple[Term, ...]:
        known = self._terms.get(right)
        if known is None:
            known = self._terms[right] = tuple(dict.fromkeys((stem(word), word) for word in right.split()))
        return known


def parse_lexicon(lines: Iterable[tuple[str, int, str]]) -> tuple[Lexicon, list[Notice]]:
    """Read the lines of one or more lexicon files.

    Args:
        lines: (file, line number, text) of each line; a phrase in a later file replaces the earlier file's.

    Returns:
        The lexicon, and a notice for each line that cannot be read; the others serve.
    """
    table: dict[str, list[_Line]] = {}
    nothing: set[str] = set()
    notices = []
    for file, number, raw in lines:
        text = raw.partition("#")[0].strip()
        if not text:
            continue
        rest, bang, without = fold(text).partition("!")
        left, equals, right = rest.partition("=")
        phrases = _phrases(left)
        line = _Line(file, right.strip(), without.strip())
        fault = _fault(phrases, line, equals=bool(equals), bang=bool(bang), gap=_GAP in left)
        if fault:
            notices.append(Notice(fault, _CURE, f"{file}:{number}"))
        elif line.right == _NOTHING:
            nothing.update(map(stem, phrases))
        else:
            one = [line]
            for phrase in phrases:
                earlier = table.get(phrase)
                table[phrase] = [*earlier, line] if earlier and earlier[-1].file == file else one
    return Lexicon(_pack(table, nothing)), notices


def _pack(table: Mapping[str, list[_Line]], nothing: Iterable[str]) -> dict[str, Any]:
    words: dict[str, list[_Line]] = {}
    firsts: dict[str, str] = {}
    for phrase, lines in table.items():
        first, blank, _ = phrase.partition(" ")
        if not blank:
            earlier = words.get(stem(phrase))
            # `smoke` and `smoking` are one stem: within a file both meanings hold, a later file has the last word.
            same = earlier and earlier[-1].file == lines[-1].file
            words[stem(phrase)] = [*earlier, *lines] if earlier and same else lines
        if blank or lines[-1].without:
            row = "\t".join((phrase, _said(line.right for line in lines), _said(line.without for line in lines)))
            firsts[stem(first)] = f"{firsts.get(stem(first), chr(10))}{row}\n"
    return {
        "words": {stemmed: said for stemmed, lines in words.items() if (said := _said(line.right for line in lines))},
        "firsts": firsts,
        "nothing": " ".join(sorted(nothing)),
        "known": " ".join(dict.fromkeys(cut(" ".join(table)))),
    }


def _said(texts: Iterable[str]) -> str:
    return " ".join(word for text in texts for word in cut(text))


def _phrases(left: str) -> list[str]:
    if "-" in left or "  " in left:
        left = " ".join(left.replace("-", " ").split())
    return left.strip().replace(" ,", ",").replace(", ", ",").split(",")


def _fault(phrases: list[str], line: _Line, *, equals: bool, bang: bool, gap: bool) -> str:
    if not equals and not bang:
        return "The line has no = and no !"
    if (equals and not line.right) or (bang and not line.without):
        return "The line has nothing after its sign."
    if "" in phrases:
        return "A word is missing before the sign or between two commas."
    if gap and any(phrase.startswith(_GAP) or phrase.endswith(_GAP) for phrase in phrases):
        return "A phrase cannot begin or end with ..."
    if line.right == _NOTHING and any(" " in phrase for phrase in phrases):
        return "Only single words can say nothing."
    return ""
