"""The yearly survey: the days of a year, counted from the log, and what they come to."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import BadUsage
from deskmate.hours import Span
from deskmate.records.log import Log
from deskmate.reports.counting import rules_of
from deskmate.reports.rolled import add_up, mark, plain_day
from deskmate.reports.sampler import DayCount, Survey, survey
from deskmate.settings import Settings

FIRST_YEAR: Final = 1900
"""No log of a desk is older."""


class Surveys:
    """Answers what a survey asks once a year."""

    def __init__(self, log: Log, settings: Settings, clock: Clock) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock
        self._rules = rules_of(settings.standards.local_rule)

    def usual_year(self) -> int:
        """The year that is asked for: last year until October is over, then this one."""
        today = self._clock.now().date()
        return today.year if today.month > 10 else today.year - 1

    def year(self, typed: str) -> int:
        """A year as it was typed.

        Raises:
            BadUsage: it is none, or it has not begun.
        """
        today = self._clock.now().date()
        if not (typed.isascii() and typed.isdigit() and FIRST_YEAR <= int(typed[:5]) <= today.year):
            raise BadUsage(f'"{typed[:20]}" is no year that can be counted.', f"Give one up to {today.year}.")
        return int(typed)

    def days(self, year: int) -> Iterator[tuple[date, DayCount]]:
        """The days of a year that have a record, one by one: a year that was never counted takes a while."""
        how = partial(plain_day, rules=self._rules)
        for day, plain in self._log.rollups(date(year, 1, 1), date(year, 12, 31), how, mark(self._rules)):
            rolled = add_up([(day, plain)])
            hours = frozenset(hour for _, hour in rolled.logged)
            yield day, DayCount(rolled.counted.n, rolled.counted.rules, rolled.estimated.rules, hours)

    def survey(self, year: int, days: Mapping[date, DayCount], *, quarters: bool = False) -> Survey:
        """Count the year, or multiply its typical week.

        Args:
            year: the year.
            days: all that `days` gave.
            quarters: one week in each quarter instead of one in the year.
        """
        opening = tuple(map(_hours, self._settings.hours.week))
        return survey(year, days, opening, self._clock.now().date(), self._rules, quarters=quarters)


def _hours(span: Span | None) -> frozenset[int]:
    """The hours of which at least half lies between opening and closing."""
    if span is None:
        return frozenset()
    opening, closing = (each.hour * 60 + each.minute for each in span)
    return frozenset(h for h in range(24) if min(closing, h * 60 + 60) - max(opening, h * 60) >= 30)
