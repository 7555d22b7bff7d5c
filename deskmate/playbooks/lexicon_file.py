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
from typing import Any, Final, NamedTuple

from deskmate.faults import Notice
from deskmate.playbooks.lexicon import GAP, Lexicon
from deskmate.playbooks.tokens import cut, fold, stem

_NOTHING: Final = "-"
_CURE: Final = "Write it like `kid, toddler = child`."


class _Line(NamedTuple):
    file: str
    right: str
    without: str


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
        fault = _fault(phrases, line, equals=bool(equals), bang=bool(bang), gap=GAP in left)
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
    if gap and any(phrase.startswith(GAP) or phrase.endswith(GAP) for phrase in phrases):
        return "A phrase cannot begin or end with ..."
    if line.right == _NOTHING and any(" " in phrase for phrase in phrases):
        return "Only single words can say nothing."
    return ""
