"""What comes again: `every fri 10:00`, `daily`, `tomorrow 3pm every 2 weeks`, and when its next time is.

The rest of the phrase is a due time like any other. The next times are counted from the first one on the wall clock:
`every day 10:00` stays at 10:00 when the clocks change, and the 31st comes back after a month that has none.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from deskmate.faults import BadUsage
from deskmate.hours import Hours
from deskmate.text import spoken
from deskmate.text.due import Due, parse
from deskmate.text.spoken import place

OPEN: Final = "open"
"""The unit of `every weekday`: days on which this library opens."""
UNITS: Final = ("day", OPEN, "week", "month")
MOST: Final = 60
"""The largest number of units between two times: five years of months."""
CURE: Final = 'Write it like "every fri 10:00", "every 2 weeks" or "every open day 9am".'
_FIRST: Final = {"day": "tomorrow", OPEN: "tomorrow", "week": "in a week", "month": "in a month"}
"""When the first time is where none was said, for one unit."""
_NAMES: Final = {"day": "day", OPEN: "open day", "week": "week", "month": "month"}


@dataclass(frozen=True, slots=True)
class Every:
    """How often."""

    number: int
    unit: str
    """One of `UNITS`."""

    @property
    def stored(self) -> str:
        """The words that are kept: `2 week`."""
        return f"{self.number} {self.unit}"

    @property
    def said(self) -> str:
        """The words that are read back: `every 2 weeks`."""
        name = _NAMES[self.unit]
        return f"every {name}" if self.number == 1 else f"every {self.number} {name}s"


def stored(words: str) -> Every | None:
    """What was kept of a promise, read again; None when it comes once, or is from a newer DeskMate."""
    number, _, unit = words.partition(" ")
    if unit not in UNITS or not (number.isascii() and number.isdecimal()) or not 1 <= int(number[:4]) <= MOST:
        return None
    return Every(int(number), unit)


def parse_again(
    phrase: str, now: datetime, hours: Hours, *, shift_end: datetime | None = None
) -> tuple[Due, Every | None]:
    """Understand a due phrase that may come again.

    Args:
        phrase: what was typed.
        now: the present moment, aware.
        hours: the opening hours of an ordinary week.
        shift_end: when the shift ends, aware; None when nobody said.

    Returns:
        The first time, its echo saying how it goes on, and how often; None for once.

    Raises:
        BadUsage: a part of the phrase was not understood, can be read in two ways, or has passed.
    """
    found = _split(spoken.plain(phrase))
    if found is None:
        return parse(phrase, now, hours, shift_end=shift_end), None
    every, rest = found
    if every.number > MOST:
        raise BadUsage(f'"{every.said}" is too seldom.', CURE)
    due = parse(rest, now, hours, shift_end=shift_end)
    return replace(due, said=f"{due.said}, then {every.said}"), every


def following(every: Every, began: datetime, after: datetime, hours: Hours) -> datetime:
    """The next time of something that comes again.

    Args:
        every: how often.
        began: its first time, as it was stored: its wall clock counts.
        after: the moment after which it must lie, aware; its zone is the desk's.
        hours: on which days the library opens.
    """
    wall = began.replace(tzinfo=None, fold=0)
    step = 0
    while True:
        step += 1
        moment = place(datetime.combine(_day(every, wall.date(), step, hours), wall.time()), after)
        if moment.timestamp() > max(after.timestamp(), began.timestamp()):
            return moment


def _day(every: Every, first: date, step: int, hours: Hours) -> date:
    """The day of the time that is `step` times after the first."""
    number = every.number * step
    if every.unit == "month":
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
    if every.unit == OPEN:
        return _open_days(first, number, hours)
    return first + timedelta(days=number * (7 if every.unit == "week" else 1))


def _open_days(first: date, number: int, hours: Hours) -> date:
    """The day that is so many open days after the first; a library that never opens counts every day."""
    a_week = sum(hours.opening(first + timedelta(days=ahead)) is not None for ahead in range(7))
    if not a_week:
        return first + timedelta(days=number)
    weeks, left = divmod(number - 1, a_week)
    day = first + timedelta(weeks=weeks)
    for _ in range(left + 1):
        day = hours.next_open(day + timedelta(days=1)) or day
    return day


def _split(words: str) -> tuple[Every, str] | None:
    """How often, and the words of the first time; None when nothing comes again."""
    if len(words) > spoken.LONGEST:
        return None
    words = re.sub(r"\b(dai|week|month)ly\b", lambda found: f"every {'day' if found[1] == 'dai' else found[1]}", words)
    match = _every().search(words)
    if match is None:
        return None
    number = {None: 1, "other": 2}.get(match["number"]) or spoken.count(match["number"])
    if number != int(number) or not number:
        return None
    unit, weekday = (match["unit"] or "week").rstrip("s"), match["weekday"] or ""
    if unit == "fortnight":
        number, unit = number * 2, "week"
    every = Every(int(number), OPEN if match["open"] else unit)
    before = re.sub(r",? ?(?:and )?(?:then )?$", "", words[: match.start()])
    after = re.sub(r"^ (?:from|starting|beginning|on) ", " ", words[match.end() :])
    rest = " ".join(f"{before} {weekday} {after}".split())
    return every, rest or _first(every)


def _first(every: Every) -> str:
    if every.number == 1:
        return _FIRST[every.unit]
    return f"in {every.number} {'day' if every.unit == OPEN else every.unit}s"


@cache
def _every() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:every|each) (?:(?P<number>other|{spoken.COUNT}) )?"
        rf"(?:(?P<open>(?:open|working) days?|weekdays?)|(?P<unit>days?|weeks?|fortnights?|months?)"
        rf"|(?P<weekday>{spoken.WEEKDAY}))(?![a-z0-9])"
    )
