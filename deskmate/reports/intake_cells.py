"""Cells of other people's tables: moments, lengths, counts, yes and no. Each is read in one way or refused in words."""

import re
from datetime import date, datetime, time
from typing import Final

from deskmate.faults import BadUsage
from deskmate.reports.mapping import Shape, squeezed
from deskmate.text.clean import one_line
from deskmate.text.spoken import place

_MOMENT: Final = re.compile(
    r"(?:(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})"
    r"|(?P<one>\d{1,2})[-/.](?P<two>\d{1,2})[-/.](?P<last>\d{4}))"
    r"(?:(?:T|,? +)(?P<time>\d.*))?"
)
_TIME: Final = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?: *([ap])\.?m\.?)?", re.IGNORECASE)
_LENGTH: Final = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d\d)")
_PLAIN_MINUTES: Final = re.compile(r"(\d+(?:[.,]\d+)?) *(?:m|min|mins|minutes?)?", re.IGNORECASE)
_ISO: Final = "Write it like 2026-11-22 14:05."
_ORDER: Final = "Mend it, or say with dates in the mapping file whether the day or the month is first."
_YES: Final = ("yes", "y", "true", "1", "x", "on")
_NO: Final = ("no", "n", "false", "0", "off", "")
MOST_COUNTED: Final = 100_000
"""The largest tally that is believed in a file: a year's door count is no contact."""


class Moments:
    """Reads times of one file.

    Args:
        shape: how its dates are meant and in which zone they are.
        now: the present moment; its zone is that of times without one.
    """

    def __init__(self, shape: Shape | None, now: datetime) -> None:
        self._order = shape.dates if shape else "iso"
        self._zone = shape.zone if shape else ""
        self._now = now
        self._which = 'Say dates = "day-first" or "month-first" in the mapping file.' if shape else _ISO
        self._last = ("", now)
        """The time that was read last: two columns of a row often say the same."""

    def read(self, text: str) -> datetime:
        """A moment: ISO 8601, or a date and an optional time; without a time it is the beginning of the day.

        Raises:
            BadUsage: it is none, or it can be read in two ways.
        """
        if text != self._last[0]:
            try:
                found = datetime.fromisoformat(text)
            except ValueError:
                found = self._other(text)
            found = found.replace(microsecond=0)
            self._last = text, found if found.tzinfo else self._placed(found)
        return self._last[1]

    def joined(self, day: str, hour: str) -> datetime:
        """A moment whose date and time stand in two cells.

        Raises:
            BadUsage: one is none, or it can be read in two ways.
        """
        return self.read(f"{day} {hour}".strip())

    def _placed(self, wall: datetime) -> datetime:
        if not self._zone:
            return place(wall, self._now)
        from zoneinfo import ZoneInfo

        moment = wall.replace(tzinfo=ZoneInfo(self._zone))
        return datetime.fromisoformat(moment.isoformat())  # its offset is kept, as a stored record keeps it

    def _other(self, text: str) -> datetime:
        found = _MOMENT.fullmatch(" ".join(text.split()))
        if not found:
            raise BadUsage(f'"{one_line(text, 30)}" is no time.', _ISO)
        day = self._day(found)
        return datetime.combine(day, _clock(found["time"]) if found["time"] else time())

    def _day(self, found: re.Match[str]) -> date:
        if found["year"]:
            return _date(found[0], int(found["year"]), int(found["month"]), int(found["day"]), "Mend it in the file.")
        one, two, year = int(found["one"]), int(found["two"]), int(found["last"])
        if self._order == "day-first":
            return _date(found[0], year, two, one)
        if self._order == "month-first":
            return _date(found[0], year, one, two)
        if one <= 12 and two <= 12 and one != two:
            raise BadUsage(f'"{one_line(found[0], 30)}" can be read as two days.', self._which)
        return _date(found[0], year, *((two, one) if one > 12 else (one, two)))


def length(text: str, shape: Shape | None) -> tuple[int, bool]:
    """How long something took: a band of the mapping, minutes, or `h:mm:ss`.

    Returns:
        Seconds, and whether they only stand for a band: its middle, or its start when it has no end.

    Raises:
        BadUsage: it is none of these.
    """
    known = shape.bands.get(squeezed(text)) if shape else None
    if known:
        low, high = known
        return round((low + high) * 30), True
    clock = _LENGTH.fullmatch(text)
    if clock:
        return int(clock[1] or 0) * 3600 + int(clock[2]) * 60 + int(clock[3]), False
    plain = _PLAIN_MINUTES.fullmatch(text)
    if not plain:
        from deskmate.text.suggest import sentence

        near = sentence(text, shape.minutes) if shape else ""
        cure = f"{near} Give minutes, or add the band to [minutes] of the mapping file.".strip()
        raise BadUsage(f'"{one_line(text, 30)}" is no length of time.', cure)
    return round(float(plain[1].replace(",", ".")) * 60), False


def number(text: str, least: int, most: int) -> int:
    """A whole number in a range; `2.0`, as a spreadsheet writes it, is 2.

    Raises:
        BadUsage: it is none.
    """
    whole = re.fullmatch(r"(\d{1,9})(?:[.,]0+)?", text)
    if whole and least <= int(whole[1]) <= most:
        return int(whole[1])
    raise BadUsage(f'"{one_line(text, 30)}" is no whole number from {least} to {most}.', "Mend it in the file.")


def yes_or_no(text: str) -> bool:
    """Whether a cell says yes.

    Raises:
        BadUsage: it says neither yes nor no.
    """
    word = text.casefold()
    if word not in (*_YES, *_NO):
        raise BadUsage(f'"{one_line(text, 30)}" is neither yes nor no.', "Write yes or no.")
    return word in _YES


def _clock(text: str) -> time:
    found = _TIME.fullmatch(text.strip())
    if found:
        hour, half = int(found[1]), (found[4] or "").lower()
        if half and not 1 <= hour <= 12:
            hour = 99
        elif half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour < 24 and int(found[2]) < 60 and int(found[3] or 0) < 60:
            return time(hour, int(found[2]), int(found[3] or 0))
    raise BadUsage(f'"{one_line(text, 30)}" is no time of day.', "Write it like 14:05 or 2:05 PM.")


def _date(text: str, year: int, month: int, day: int, cure: str = _ORDER) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadUsage(f'"{one_line(text, 30)}" is no day.', cure) from None
