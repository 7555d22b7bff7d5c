"""Text on its way in and out: what a terminal, a log line or a spreadsheet would act on is taken out or defused."""

import re
import unicodedata
from functools import cache
from typing import Final

_MARKS: Final = 30
"""Combining marks kept in one run: the limit of the Stream-Safe Text Format (Unicode UAX #15, section 13)."""
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet compute a cell (OWASP, CSV Injection), with the full-width forms that Excel also takes."""


def clean(text: str, *, limit: int | None = None) -> str:
    """Take out everything that is not text, in time proportional to the length.

    Every kind of line break becomes a newline, and the text is composed (NFC). Taken out are: escape sequences whole,
    control characters except newline and tab, bidirectional marks, overrides and isolates, characters without a
    width, and lone surrogates. A zero-width joiner or non-joiner stays between two letters of a script that is spelt
    with it (Arabic, the Indic scripts, Khmer and others).

    Args:
        text: anything that was typed, pasted or read.
        limit: the most characters to return; None returns all.

    Returns:
        Clean text. Cleaning it again changes nothing.
    """
    if not _unclean().search(text) and unicodedata.is_normalized("NFC", text):
        return text if limit is None else text[:limit]
    text = _line_breaks().sub("\n", _sequences().sub("", text))
    text = _joiners().sub("", _invisible().sub("", text))
    if not unicodedata.is_normalized("NFC", text):
        if _long_runs().search(text):
            text = _mark_runs().sub(r"\1", text)
        text = unicodedata.normalize("NFC", text)
    return text if limit is None else text[:limit].rstrip(_JOINERS)


def one_line(text: str, limit: int | None = None) -> str:
    """Clean text on one line: each run of blanks, tabs and newlines is one space, none at either end.

    Args:
        text: anything that was typed, pasted or read.
        limit: the most characters to return; None returns all.
    """
    line = " ".join(clean(text).split())
    return line if limit is None else line[:limit].rstrip()


def cells(text: str) -> int:
    """How many terminal cells a clean line takes: wide East Asian characters and emoji 2, combining marks 0."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def clip(text: str, width: int) -> str:
    """Cut a clean line to some terminal cells; a cut ends with `…`, which is counted.

    Args:
        text: one clean line.
        width: the most cells to take; nothing fits in none.
    """
    if width <= 0:
        return ""
    used = keep = 0
    for index, character in enumerate(text):
        used += _cells(character)
        if used > width:
            return text[:keep] + "…"
        if used <= width - 1:
            keep = index + 1
    return text


def formula_safe(cell: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula: one that starts like a formula gets an apostrophe first.

    One that starts like a defused formula gets another, so that `formula_back` always finds the text as it was.
    """
    return f"'{cell}" if cell.lstrip("'").startswith(_FORMULA) else cell


def formula_back(cell: str) -> str:
    """The text that `formula_safe` made a cell of."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(_FORMULA) else cell


def _cells(character: str) -> int:
    if character < "\u0300":
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


_CONTROLS: Final = r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_FORMATS: Final = (
    r"\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f"
)
_BREAKS: Final = r"\r\x0b\x0c\x85\u2028\u2029"
_JOINERS: Final = "\u200c\u200d"
_JOINED: Final = r"\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
"""Blocks of the scripts whose spelling uses joiners: Arabic and its neighbours, Indic, Tibetan, Burmese, Khmer,
Mongolian (Unicode core specification, chapters 9, 12, 13 and 16)."""


@cache
def _unclean() -> re.Pattern[str]:
    return re.compile(f"[{_CONTROLS}{_FORMATS}{_BREAKS}{_JOINERS}]")


@cache
def _sequences() -> re.Pattern[str]:
    # ECMA-48: control strings (DCS, SOS, OSC, PM, APC) with their terminator, then CSI, then two- and three-character
    # escapes. A body stops at the next introducer, so that a text full of unended ones is still read only once.
    return re.compile(
        r"(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*+(?:\x07|\x1b\\|\x9c)"
        r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"
        r"|\x1b[ -/]*+[0-~]?"
    )


@cache
def _line_breaks() -> re.Pattern[str]:
    return re.compile(f"\r\n|[{_BREAKS}]")


@cache
def _invisible() -> re.Pattern[str]:
    return re.compile(f"[{_CONTROLS}{_FORMATS}]+")


@cache
def _joiners() -> re.Pattern[str]:
    return re.compile(f"(?<![{_JOINED}])[{_JOINERS}]|[{_JOINERS}](?![{_JOINED}])")


@cache
def _long_runs() -> re.Pattern[str]:
    # All marks are beyond U+02FF; this quick look spares nearly every text the slow one below.
    return re.compile(rf"(?<![^\x00-\u02ff])[^\x00-\u02ff]{{{_MARKS + 1}}}")


@cache
def _mark_runs() -> re.Pattern[str]:
    # Composing sorts a run of marks in time that grows with its square: a run that no language writes is cut first.
    marks = "".join(filter(unicodedata.combining, map(chr, range(0x300, 0x1F000))))
    return re.compile(f"([{marks}]{{{_MARKS}}})[{marks}]+")
