"""What a survey asks for: reference transactions of a year, counted, or estimated from a week that was typical.

The Public Libraries Survey takes an annual count, or a typical week times 52, and asks which of the two it is: `CT` for
a count, `ES` for an estimate. A typical week is seven days in a row in which the library is open as usual, neither busy
nor slow, without holidays; October is customary (state guides of Pennsylvania and New York). Some libraries count one
week in each quarter instead. Nothing here asks staff to count: the weeks are chosen from what was logged.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median, quantiles
from typing import Final

from deskmate.reports.counting import Rule

YEAR_WEEKS: Final = 52
QUARTER_WEEKS: Final = 13
OCTOBER: Final = 10
HOLIDAYS: Final = 15
"""Open days of a year without a record up to which it is called counted: eleven federal holidays in the United States,
and a few days of snow."""
FEW: Final = 4
"""Weeks below which the middle half of them says nothing."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """What one day came to."""

    contacts: int
    """Contacts that were counted, estimates left out."""
    reference: Mapping[str, int]
    """Name of a rule set to counted reference transactions."""
    estimated: Mapping[str, int]
    """The same for estimates."""
    hours: frozenset[int]
    """Hours that hold a record."""


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday."""

    start: date
    contacts: int
    reference: Mapping[str, int]
    open_hours: int
    silent_hours: int
    """Open hours in which nobody logged."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What one rule set comes to over the year."""

    rule: Rule
    number: int
    low: int
    high: int
    """The range of an estimate: as many weeks of the middle half of the usable ones. A count is its own range."""
    method: str
    """`CT`, counted, or `ES`, estimated."""


@dataclass(frozen=True, slots=True)
class Survey:
    """The figures of a year and how they came about."""

    year: int
    figures: tuple[Figure, ...]
    """Empty when no week could be used."""
    sample: tuple[Week, ...]
    """The weeks that were multiplied; none for a count."""
    usable: tuple[Week, ...]
    left_out: int
    """Weeks with an open day that has no record: closed, or nobody logged."""
    missing: int
    """Open days of the year so far without a record."""

    @property
    def counted(self) -> bool:
        """Whether the year was counted whole, rather than sampled."""
        return bool(self.figures) and not self.sample

    @property
    def middle_half(self) -> tuple[int, int]:
        """From how many to how many contacts the middle half of the usable weeks had."""
        low, high = _middle(sorted(week.contacts for week in self.usable))
        return round(low), round(high)


def survey(
    year: int,
    days: Mapping[date, DayCount],
    opening: Sequence[frozenset[int]],
    today: date,
    rules: Iterable[Rule],
    *,
    quarters: bool = False,
) -> Survey:
    """Count a year, or choose its typical week and multiply.

    Args:
        year: the calendar year.
        days: what its days came to; a day that is not there has no record.
        opening: for each weekday, Monday first, the hours in which the library is open.
        today: it and what comes later is not over yet.
        rules: the rule sets to count by.
        quarters: choose one week in each quarter and take each 13 times.
    """
    over = [day for day in _days_of(year) if day < today]
    missing = sum(1 for day in over if opening[day.weekday()] and day not in days)
    weeks = [week for week in _weeks(over, days, opening) if week is not None]
    usable = tuple(week for week in weeks if week.open_hours)
    whole = date(year, 12, 31) < today and missing <= HOLIDAYS and any(opening)
    sample = () if whole else _sample(usable, quarters=quarters)
    made = tuple(
        _counted(rule, days.values()) if whole else _estimated(rule, sample, usable)
        for rule in (rules if whole or sample else ())
    )
    return Survey(year, made, sample, usable, sum(1 for _ in _mondays(over)) - len(usable), missing)


def typical(weeks: Sequence[Week]) -> Week | None:
    """The week that is neither busy nor slow: in October if one there lies in the middle half, nearest to the median.

    Args:
        weeks: the usable weeks of a year or a quarter.
    """
    if not weeks:
        return None
    sizes = sorted(week.contacts for week in weeks)
    low, high = _middle(sizes)
    october = [week for week in weeks if week.start.month == OCTOBER and low <= week.contacts <= high]
    centre = median(sizes)
    return min(october or weeks, key=lambda week: (abs(week.contacts - centre), week.start))


def _counted(rule: Rule, days: Iterable[DayCount]) -> Figure:
    each = list(days)
    counted = sum(day.reference.get(rule.name, 0) for day in each)
    guessed = sum(day.estimated.get(rule.name, 0) for day in each)
    return Figure(rule, counted + guessed, counted, counted + guessed, "ES" if guessed else "CT")


def _estimated(rule: Rule, sample: Sequence[Week], usable: Sequence[Week]) -> Figure:
    times = YEAR_WEEKS // len(sample)
    number = times * sum(week.reference.get(rule.name, 0) for week in sample)
    low, high = _middle(sorted(week.reference.get(rule.name, 0) for week in usable))
    return Figure(rule, number, min(number, round(YEAR_WEEKS * low)), max(number, round(YEAR_WEEKS * high)), "ES")


def _sample(usable: Sequence[Week], *, quarters: bool) -> tuple[Week, ...]:
    if not quarters:
        week = typical(usable)
        return (week,) if week else ()
    chosen = [typical([week for week in usable if (week.start.month - 1) // 3 == quarter]) for quarter in range(4)]
    found = tuple(week for week in chosen if week is not None)
    return found if len(found) == 4 else ()  # a quarter nobody logged is not the size of another


def _middle(sizes: Sequence[int]) -> tuple[float, float]:
    """The lower and upper quartile; the least and the most where there are few."""
    if len(sizes) < FEW:
        return (sizes[0], sizes[-1]) if sizes else (0, 0)
    low, _, high = quantiles(sizes, n=4, method="inclusive")
    return low, high


def _weeks(over: Sequence[date], days: Mapping[date, DayCount], opening: Sequence[frozenset[int]]) -> list[Week | None]:
    return [_week(monday, days, opening) for monday in _mondays(over)]


def _week(monday: date, days: Mapping[date, DayCount], opening: Sequence[frozenset[int]]) -> Week | None:
    """A week, or None when an open day has no record."""
    found = [(opening[number], days.get(monday + timedelta(days=number))) for number in range(7)]
    if any(hours and day is None for hours, day in found):
        return None
    logged = [day for _, day in found if day is not None]
    names = {name for day in logged for name in day.reference}
    return Week(
        monday,
        sum(day.contacts for day in logged),
        {name: sum(day.reference.get(name, 0) for day in logged) for name in names},
        sum(len(hours) for hours, _ in found),
        sum(len(hours - day.hours) for hours, day in found if day is not None),
    )


def _days_of(year: int) -> list[date]:
    first = date(year, 1, 1).toordinal()
    return [date.fromordinal(first + number) for number in range((date(year, 12, 31).toordinal()) - first + 1)]


def _mondays(over: Sequence[date]) -> list[date]:
    """The Mondays whose whole week lies in these days."""
    return [day for day in over if day.weekday() == 0 and (day + timedelta(days=6)) <= over[-1]]
