"""The desk's own words: slang, regional words, brands, and phrases that only sound like an emergency.

A plain text file that a library edits, one line a meaning:

    kid, toddler, little boy = child          words and phrases, and what they mean here
    bath bomb ! bomb                          inside this phrase, `bomb` is not meant
    fire tablet = tablet ! fire               both
    film ... shooting ! shooting              `...` stands for up to four words between
    guy, lady, customer = -                   words that say nothing about the situation
    # a comment
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from deskmate.faults import Notice
from deskmate.playbooks.tokens import cut, fold, stem

GAP: Final = "..."
_REACH: Final = 4
"""Words that a gap may skip."""
_NOTHING: Final = "-"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word or phrase stands for."""

    pattern: tuple[str, ...]
    """Stems in order; `...` is a gap."""
    terms: tuple[tuple[str, str], ...] = ()
    """(stem, the word as written) of each thing it can mean."""
    without: frozenset[str] = frozenset()
    """Stems inside the phrase that are not meant."""
    text: str = ""
    """The phrase as written."""

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


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything a lexicon file says, ready to be looked up by the first word."""

    meanings: Mapping[str, tuple[Meaning, ...]] = field(default_factory=dict)
    """By the stem of the first word, the longest phrases first."""
    nothing: frozenset[str] = frozenset()
    """Stems of words that say nothing about the situation."""
    words: tuple[str, ...] = ()
    """Every word as written, for half-typed and misspelt ones."""


def parse_lexicon(lines: Iterable[tuple[str, int, str]]) -> tuple[Lexicon, list[Notice]]:
    """Read the lines of one or more lexicon files; a phrase in a later file replaces the earlier file's.

    Args:
        lines: (file, line number, text) of each line.

    Returns:
        The lexicon, and a notice for each line that cannot be read; the others serve.
    """
    found: dict[tuple[str, ...], tuple[str, Meaning]] = {}
    nothing: set[str] = set()
    words: dict[str, None] = {}
    notices = []
    for file, number, raw in lines:
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        left, right, without = _parts(line)
        phrases = [phrase for part in left.split(",") if (phrase := _phrase(part, words))]
        fault = _fault(phrases, right, without)
        if fault:
            notices.append(Notice(fault, "Write it like `kid, toddler = child`.", f"{file}:{number}"))
            continue
        if right == _NOTHING:
            nothing.update(phrase[0] for phrase, _ in phrases if len(phrase) == 1)
            continue
        terms = tuple((stem(word), word) for word in cut(fold(right or "")))
        for word in cut(fold(right or "")):
            words[word] = None
        not_meant = frozenset(map(stem, cut(fold(without or ""))))
        for phrase, text in phrases:
            meaning = Meaning(phrase, terms, not_meant, text)
            earlier = found.get(phrase)
            # Two lines of one file add up (`smoke` and `smoking` are one stem); a later file has the last word.
            found[phrase] = file, _both(earlier[1], meaning) if earlier and earlier[0] == file else meaning
    table = _by_first_word(meaning for _, meaning in found.values())
    return Lexicon(table, frozenset(nothing), tuple(words)), notices


def _both(one: Meaning, other: Meaning) -> Meaning:
    terms = tuple(dict.fromkeys((*one.terms, *other.terms)))
    return Meaning(one.pattern, terms, one.without | other.without, one.text)


def _parts(line: str) -> tuple[str, str | None, str | None]:
    """`phrases`, what they mean or None, what is not meant or None."""
    rest, mark, without = line.partition("!")
    left, equals, right = rest.partition("=")
    return left, right.strip() if equals else None, without.strip() if mark else None


def _phrase(part: str, words: dict[str, None]) -> tuple[tuple[str, ...], str] | None:
    text = fold(part).strip()
    pattern: list[str] = []
    for index, piece in enumerate(text.split(GAP)):
        if index:
            pattern.append(GAP)
        for word in cut(piece):
            words[word] = None
            pattern.append(stem(word))
    return (tuple(pattern), text) if pattern and GAP not in (pattern[0], pattern[-1]) else None


def _fault(phrases: list[tuple[tuple[str, ...], str]], right: str | None, without: str | None) -> str:
    if right is None and without is None:
        return "The line has no = and no !"
    if not phrases:
        return "The line has no words before its sign."
    if right == "" or without == "":
        return "The line has nothing after its sign."
    if right == _NOTHING and any(len(phrase) > 1 for phrase, _ in phrases):
        return "Only single words can say nothing."
    return ""


def _by_first_word(meanings: Iterable[Meaning]) -> dict[str, tuple[Meaning, ...]]:
    table: dict[str, list[Meaning]] = {}
    for meaning in meanings:
        table.setdefault(meaning.pattern[0], []).append(meaning)
    return {first: tuple(sorted(group, key=lambda one: -len(one.pattern))) for first, group in table.items()}
