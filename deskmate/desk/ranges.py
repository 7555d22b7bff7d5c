"""Ranges of days as people ask for them: a day, a week, a month, a year, the one before, or typed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from deskmate.faults import BadUsage

UNITS: Final = ("day", "week", "month", "year")
TYPED: Final = "days"
"""The unit of a range that was typed: it moves by its own length."""
_YEAR_OR_MONTH: Final = re.compile(r"\d{4}(?:-\d{2})?", re.ASCII)
EARLIEST: Final = date(1970, 1, 1)
LATEST: Final = date(2199, 12, 31)
"""Days outside are slips of the finger, and clocks of other places cannot be told for the very first and last."""
_BETWEEN: Final = re.compile(r"\s+(?:to|until|-)\s+|\s*\u2013\s*")


def day(typed: str, today: date) -> date:
    """A day: `2026-11-22`, `today` or `yesterday`.

    Raises:
        BadUsage: it is none of these.
    """
    word = typed.strip().lower()
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    if word in named:
        return named[word]
    try:
        found = date.fromisoformat(word)
    except ValueError:
        raise BadUsage(f'"{typed}" is no day.', f"Write it like {today.isoformat()}, today or yesterday.") from None
    if not EARLIEST <= found <= LATEST:
        raise BadUsage(f"No library day is {found}.", f"Give a day from {EARLIEST} to {LATEST}.")
    return found


@dataclass(frozen=True, slots=True)
class Range:
    """Some days in a row."""

    unit: str
    """One of `UNITS`, or `days`."""
    first: date
    last: date
    """Included."""

    @classmethod
    def around(cls, unit: str, on: date) -> Self:
        """The day, week (from Monday), month or year that a day is in."""
        if unit == "week":
            monday = on - timedelta(days=on.weekday())
            return cls(unit, monday, monday + timedelta(days=6))
        if unit == "month":
            return cls(unit, on.replace(day=1), _month_end(on))
        if unit == "year":
            return cls(unit, on.replace(month=1, day=1), on.replace(month=12, day=31))
        return cls("day", on, on)

    @classmethod
    def typed(cls, words: str, today: date) -> Self:
        """A range as it is typed: `last month`, `2026-10`, `2026`, `2026-11-01 to 2026-11-22`, or one day.

        Raises:
            BadUsage: a day is none, or the end lies before the start.
        """
        named = _named(words, today)
        if named is not None:
            return cls(*named)
        parts = _BETWEEN.split(words.strip(), maxsplit=1)
        first, last = day(parts[0], today), day(parts[-1], today)
        if last < first:
            raise BadUsage("The period ends before it starts.", "Give the earlier day first.")
        return cls(TYPED, first, last)

    def moved(self, by: int) -> "Range":
        """The range before or after; the same one where `EARLIEST` or `LATEST` is passed.

        Args:
            by: -1 for the one before, 1 for the one after, 0 for this one.
        """
        if not by:
            return self
        beside = self.first - timedelta(days=1) if by < 0 else self.last + timedelta(days=1)
        if not EARLIEST <= beside <= LATEST:
            return self
        if self.unit in ("month", "year"):
            return Range.around(self.unit, beside)
        step = by * timedelta(days=(self.last - self.first).days + 1)
        return Range(self.unit, self.first + step, self.last + step)

    @property
    def name(self) -> str:
        """The days for the name of a file: `2026-11-01-to-2026-11-22`."""
        return f"{self.first}-to-{self.last}"

    @property
    def words(self) -> str:
        """The days as they are typed."""
        return f"{self.first} to {self.last}"


def period_before(first: date, last: date) -> tuple[date, date]:
    """The period just before: as many whole months before whole months, else as many days.

    Raises:
        BadUsage: the calendar begins too late for one.
    """
    days = (last - first).days + 1
    if first.toordinal() <= days:
        raise BadUsage("There is no period before this one.", "Begin later.")
    end = first - timedelta(days=1)
    if first.day > 1 or last != _month_end(last):
        return first - timedelta(days=days), end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    begin = first.year * 12 + first.month - 1 - months
    return date(begin // 12, begin % 12 + 1, 1), end


def _named(words: str, today: date) -> tuple[str, date, date] | None:
    """The range of `this week`, `last month`, `2026-10` or `2026`; None when the words are none of these."""
    word = " ".join(words.lower().split())
    year, _, month = word.partition("-")
    if _YEAR_OR_MONTH.fullmatch(word) and EARLIEST.year <= int(year) <= LATEST.year and int(month or 1) in range(1, 13):
        found = Range.around("month" if month else "year", date(int(year), int(month or 1), 1))
    elif word.startswith(("this ", "last ")) and word[5:] in UNITS:
        found = Range.around(word[5:], today).moved(-1 if word.startswith("last") else 0)
    else:
        return None
    return found.unit, found.first, found.last


def _month_end(on: date) -> date:
    after = on.replace(day=28) + timedelta(days=4)  # a day of the next month, whatever this one's length
    return after - timedelta(days=after.day)
