"""How the contacts of a period ran: one number a day, week, month or year, so that a long table stays short."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from deskmate.reports.words import day_name, month_name

UNITS: Final = (("day", 14), ("week", 100), ("month", 800))
"""Up to how many days a period is told by this unit; a longer one goes by years."""


@dataclass(frozen=True, slots=True)
class Point:
    """A part of the period."""

    first: date
    last: date
    """Included; never beyond the period or today."""
    unit: str
    """`day`, `week` (from Monday), `month` or `year`."""
    whole: bool
    """All days of the unit are in it."""
    n: int | None
    """Contacts; None when somebody was to be at the desk and nobody logged."""

    @property
    def name(self) -> str:
        """What stands beside its number: `Mon 2 Nov`, `2 Nov to 8 Nov`, `Nov 2026`, `2026`."""
        if self.unit == "day":
            return day_name(self.first, weekday=True)
        if self.unit == "week":
            return f"{day_name(self.first)} to {day_name(self.last)}" if self.first < self.last else day_name(self.last)
        return month_name(self.first) if self.unit == "month" else f"{self.first.year}"


def trend(
    daily: Mapping[date, int], watched: Collection[date], *, first: date, last: date, today: date
) -> tuple[Point, ...]:
    """The points of a period, in order; of a single day there are none.

    Args:
        daily: each day with any record to its contacts, which may be none.
        watched: the days on which somebody was to be at the desk.
        first: the first day of the period.
        last: its last day.
        today: days to come are left out, and so are parts in which nobody was there and nothing was logged.
    """
    days = (last - first).days + 1
    if days < 2:
        return ()
    unit = next((name for name, most in UNITS if days <= most), "year")
    numbers: dict[date, int] = {}
    for day, number in daily.items():
        begin = _begin(unit, day)
        numbers[begin] = numbers.get(begin, 0) + number
    staffed = {_begin(unit, day) for day in watched}
    found = []
    for begin, end in _parts(unit, first, min(last, today)):
        if begin in numbers or begin in staffed:
            inside = max(begin, first), min(end, last, today)
            found.append(Point(*inside, unit, inside == (begin, end), numbers.get(begin)))
    return tuple(found)


def _parts(unit: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """The whole units that have a day in the period."""
    begin = _begin(unit, first)
    while begin <= last:
        after = _begin(unit, begin + timedelta(days={"day": 1, "week": 7, "month": 31, "year": 366}[unit]))
        yield begin, after - timedelta(days=1)
        begin = after


def _begin(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day
