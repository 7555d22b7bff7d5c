"""What an hour of the week is usually like here, and an hour of today that fell far short of it.

The normal is this library's own and nobody else's: the median of the newest eight such hours in which somebody logged.
An hour of silence is no zero, so it teaches nothing; a tally of none is one, and does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

from deskmate.model.interaction import Interaction
from deskmate.reports.words import hour_name

WEEKS: Final = 8
"""Hours of one weekday and hour that must be known before anything is called usual: eight weeks at the least."""
FAR: Final = 2.0
"""How many times the square root of the usual number an hour must lack: about two standard deviations of people who
come by chance (a Poisson count), so that an ordinary slow hour is left alone. With 9 usual, 3 is asked about, 4 not."""


@dataclass(frozen=True, slots=True)
class Short:
    """An hour of today with far fewer contacts than such an hour usually has."""

    start: datetime
    """The beginning of the hour."""
    logged: int | None
    """Contacts in it, estimates with them; None: nobody logged anything, not even a tally of none."""
    usual: int
    """Contacts that such an hour usually has."""

    @property
    def middle(self) -> datetime:
        """Half past: the time that is given to what is added for the hour."""
        return self.start + timedelta(minutes=30)

    @property
    def said(self) -> str:
        """`11-12: 3 logged, usually 9`."""
        logged = "nothing" if self.logged is None else str(self.logged)
        return f"{hour_name(self.start.hour)}: {logged} logged, usually {self.usual}"


def by_hour(records: Iterable[Interaction]) -> dict[int, int]:
    """Contacts per hour of the wall clock, for hours that hold a record; a tally of none makes an hour with 0.

    Sensitive contacts are left out on every day: after some days their hour is erased.
    """
    hours: Counter[int] = Counter()
    for record in records:
        if not record.sensitive:
            hours[record.asked_at.hour] += record.count
    return dict(hours)


def usual(days: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """What each hour usually has.

    Args:
        days: contacts per hour of earlier days of one weekday, as `by_hour` gives them, the newest first.

    Returns:
        The hours that at least eight of the days know, each with the median of its newest eight.
    """
    known: dict[int, list[int]] = {}
    for day in days:
        for hour, number in day.items():
            known.setdefault(hour, []).append(number)
    return {hour: _median(numbers[:WEEKS]) for hour, numbers in known.items() if len(numbers) >= WEEKS}


def _median(numbers: Sequence[int]) -> int:
    """The lower median: a number that such an hour really had."""
    return sorted(numbers)[(len(numbers) - 1) // 2]


def whole_hours(begun: datetime, now: datetime) -> list[datetime]:
    """The hours of today that lie wholly between two moments, by the wall clock: how each of them begins."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hours = (midnight.replace(hour=hour) for hour in range(now.hour))
    return [hour for hour in hours if hour >= begun]


def fallen_short(today: Mapping[int, int], normal: Mapping[int, int], hours: Sequence[datetime]) -> Short | None:
    """The hour that lacks most of what it usually has, the later of two alike; None when none lacks enough.

    Args:
        today: contacts per hour of today; an hour with 0 was called empty by somebody and is not asked about.
        normal: what each hour usually has.
        hours: the hours to look at, by how they begin.
    """
    found = [
        Short(hour, today.get(hour.hour), normal[hour.hour])
        for hour in hours
        if hour.hour in normal and today.get(hour.hour) != 0
    ]
    short = [each for each in found if each.usual - (each.logged or 0) >= max(FAR * sqrt(each.usual), 1)]
    return max(short, key=lambda each: (each.usual - (each.logged or 0), each.start), default=None)
