"""Ranges of days as people ask for them: a day, a week, a month, a year, the one before, or typed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Self

from deskmate.faults import BadUsage

UNITS: Final = ("day", "week", "month", "year")
TYPED: Final = "days"
"""The unit of a range that was typed: it moves by its own length."""
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
        """A range as it is typed: `2026-11-01 to 2026-11-22`, or one day.

        Raises:
            BadUsage: a day is none, or the end lies before the start.
        """
        parts = _BETWEEN.split(words.strip(), maxsplit=1)
        first, last = day(parts[0], today), day(parts[-1], today)
        if last < first:
            raise BadUsage("The period ends before it starts.", "Give the earlier day first.")
        return cls(TYPED, first, last)

    def moved(self, by: int) -> "Range":
        """The range before or after; the same one where `EARLIEST` or `LATEST` is passed.

        Args:
            by: -1 for the one before, 1 for the one after.
        """
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


def _month_end(on: date) -> date:
    after = on.replace(day=28) + timedelta(days=4)  # a day of the next month, whatever this one's length
    return after - timedelta(days=after.day)
