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
from typing import Final, NamedTuple

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
    """Everything that lexicon files say. A phrase is taken apart when its first word is first asked for.

    Thousands of phrases are read at every start and few are ever used: taking all apart would cost more than
    everything else the look-up does at a start.

    Args:
        phrases: each phrase as folded words, with the lines that say what it means.
        nothing: stems of words that say nothing about the situation.
    """

    def __init__(self, phrases: Mapping[str, list[_Line]], nothing: Iterable[str] = ()) -> None:
        self.nothing = frozenset(nothing)
        self._phrases = phrases
        self._words: dict[str, list[_Line]] = {}
        self._by_first: dict[str, list[str]] = {}
        self._meanings: dict[str, tuple[Meaning, ...]] = {}
        self._rights: dict[str, tuple[Term, ...]] = {}
        firsts: dict[str, list[str]] = {}
        for phrase, lines in phrases.items():
            first, blank, _ = phrase.partition(" ")
            if not blank:
                self._add_word(stem(phrase), lines)
            if blank or lines[-1].without:
                firsts.setdefault(first, []).append(phrase)
        for first, group in firsts.items():
            self._by_first.setdefault(stem(first), []).extend(group)

    def word(self, stemmed: str) -> tuple[Term, ...]:
        """What a single word means."""
        lines = self._words.get(stemmed)
        return self._terms(lines) if lines else ()

    def wholes(self, phrases: Iterable[str]) -> list[str]:
        """The stems of what phrases mean that the file has in these very words."""
        return [
            term
            for phrase in self._phrases.keys() & phrases
            if " " in phrase
            for term, _ in self._terms(self._phrases[phrase])
        ]

    def begins(self, stemmed: str) -> bool:
        """Whether a word or phrase of the lexicon begins with this stem."""
        return stemmed in self._by_first or stemmed in self._words or stemmed in self.nothing

    def meanings(self, first: str) -> tuple[Meaning, ...]:
        """The phrases that begin with a stem, and single words in which another is not meant."""
        if first not in self._by_first:
            return ()
        found = self._meanings.get(first)
        if found is None:
            found = self._meanings[first] = tuple(self._take_apart(first))
        return found

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word as written, for half-typed and misspelt ones."""
        return tuple(set(cut(" ".join(self._phrases))))

    def _add_word(self, stemmed: str, lines: list[_Line]) -> None:
        earlier = self._words.get(stemmed)
        # `smoke` and `smoking` are one stem: within a file both meanings hold, a later file has the last word.
        self._words[stemmed] = [*earlier, *lines] if earlier and earlier[-1].file == lines[-1].file else lines

    def _take_apart(self, first: str) -> Iterable[Meaning]:
        found: dict[tuple[str, ...], Meaning] = {}
        for phrase in dict.fromkeys(self._by_first[first]):
            lines = self._phrases[phrase]
            pattern = tuple(
                part if part == _GAP else stem(part)
                for piece in phrase.split()
                for part in ([piece] if piece == _GAP else cut(piece))
            )
            without = frozenset(stem(word) for line in lines for word in cut(line.without))
            found[pattern] = Meaning(pattern, self._terms(lines), without)
        return sorted(found.values(), key=lambda meaning: -len(meaning.pattern))

    def _terms(self, lines: list[_Line]) -> tuple[Term, ...]:
        if len(lines) == 1:
            return self._right(lines[0].right)
        return tuple(dict.fromkeys(term for line in lines for term in self._right(line.right)))

    def _right(self, right: str) -> tuple[Term, ...]:
        known = self._rights.get(right)
        if known is None:
            known = self._rights[right] = tuple((stem(word), word) for word in cut(right))
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
    return Lexicon(table, nothing), notices


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
