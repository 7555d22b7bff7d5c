"""The words reports use: names of values, moments and lengths of time, lines that fit a width."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from deskmate.text.clean import cells, one_line

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

SILENT: Final = "nobody logged"
"""What stands for the number of an hour that was covered and has no record: it is no zero."""

ENTRY_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"live": "Logged live", "late": "Logged late", "tally": "Tallied", "estimate": "Estimated"}
)
CHANNEL_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"in-person": "In person", "email": "E-mail", "sms": "Text message", "social": "Social media"}
)
KIND_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {"directional": "Directions", "readers-advisory": "Readers' advisory", "device": "Devices"}
)
STRAIN_WORDS: Final[Mapping[str, str]] = MappingProxyType({})
OUTCOME_WORDS: Final[Mapping[str, str]] = MappingProxyType({"left": "Left before the end"})
READ_WORDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "1, known at once",
        2: "2, one quick look",
        3: "3, a source or a short lesson",
        4: "4, several sources",
        5: "5, long research help",
        6: "6, goes on after the visit",
    }
)
"""Short names in our own words. The levels are those of the READ Scale by Bella Karr Gerlich."""
NO_THEME: Final = "no theme"
"""What stands for a theme that nobody chose."""
FEEDBACK_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "complaint": "Complaints",
        "suggestion": "Suggestions",
        "refusal": "Refusals",
        "kudos": "Thanks to staff",
        "wish": "Wishes for a guide",
    }
)


def word(value: str, words: Mapping[str, str]) -> str:
    """The name people read for a stored value; a value without one is itself, in sentence case."""
    return words.get(value) or sentence_case(value.replace("-", " "))


def sentence_case(text: str) -> str:
    """The first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def number_of(number: int, singular: str, plural: str = "") -> str:
    """`1 contact`, `1,204 contacts`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def length(seconds: float) -> str:
    """A length of time in words: `45 s`, `4 min`, `1 h 30 min`; rounded to the nearest unit shown."""
    if seconds < 60:
        return f"{round(seconds)} s"
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours:,} h {rest} min" if rest else f"{hours:,} h"


def moment(at: datetime) -> str:
    """A moment without its year: `Sun 22 Nov 16:00`."""
    return f"{DAYS[at.weekday()]} {at.day} {_MONTHS[at.month - 1]} {at:%H:%M}"


def period(start: datetime, end: datetime) -> str:
    """From when to when, `end` not included: whole days as days, anything else with its times."""
    whole = start.time() == end.time() == time.min and end > start
    last = end - timedelta(days=1) if whole else end
    first_day = f"{_LONG_DAYS[start.weekday()]} {start.day} {_MONTHS[start.month - 1]} {start.year}"
    last_day = f"{_LONG_DAYS[last.weekday()]} {last.day} {_MONTHS[last.month - 1]} {last.year}"
    if whole:
        return first_day if start.date() == last.date() else f"{first_day} to {last_day}"
    if start.date() == end.date():
        return f"{first_day}, {start:%H:%M} to {end:%H:%M}"
    return f"{first_day} {start:%H:%M} to {last_day} {end:%H:%M}"


def day_name(day: date, *, weekday: bool = False) -> str:
    """A day without its year: `22 Nov`, or `Sun 22 Nov`."""
    named = f"{day.day} {_MONTHS[day.month - 1]}"
    return f"{DAYS[day.weekday()]} {named}" if weekday else named


def month_name(day: date) -> str:
    """The month of a day: `Nov 2026`."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def month_names(months: Sequence[str]) -> tuple[str, ...]:
    """Months like `2026-11` as people read them: `Nov`, or `Nov 26` where two years would look the same."""
    short = [_MONTHS[int(month[5:]) - 1] for month in months]
    if len(set(short)) == len(short):
        return tuple(short)
    return tuple(f"{name} {month[2:4]}" for name, month in zip(short, months, strict=True))


def hour_name(hour: int) -> str:
    """One hour of the day: `09-10`."""
    return f"{hour:02}-{(hour + 1) % 24:02}"


def wrapped(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Break a text into lines of at most `width` terminal cells, wide characters counted as two.

    Args:
        text: any text; it is cleaned and its own line breaks become spaces.
        width: cells per line, the indents included.
        first: what the first line begins with.
        rest: what the other lines begin with.
    """
    lines: list[str] = []
    line, empty = first, True
    for part in _parts(one_line(text), max(2, width - max(cells(first), cells(rest)))):
        if not empty and cells(line) + 1 + cells(part) > width:
            lines.append(line)
            line, empty = rest, True
        line += part if empty else f" {part}"
        empty = False
    return [*lines, line]


def _parts(line: str, width: int) -> Iterable[str]:
    """The words of a line, those wider than `width` cut into pieces."""
    for whole in line.split():
        piece = ""
        for character in whole:
            if cells(piece) + cells(character) > width:
                yield piece
                piece = ""
            piece += character
        yield piece
