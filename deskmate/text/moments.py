"""The moments of a library's day that people name: opening, lunch, the afternoon, closing, the end of the shift."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from deskmate.faults import BadUsage
from deskmate.hours import Hours
from deskmate.text import spoken

MORNING: Final = time(10)
"""`morning`, and a day without a time: 10:00, or the opening when that is later."""
AFTERNOON: Final = (time(14), time(16))
"""`afternoon`: 14:00, and once that has passed 16:00; never later than `BEFORE_CLOSING` before closing."""
EVENING: Final = time(19)
"""`evening` and `tonight`: 19:00, or `BEFORE_CLOSING` before closing when that is earlier."""
LUNCH: Final = (time(11, 45), time(13))
"""`before lunch` and `after lunch`: lunch is from 12:00 to 13:00, and before it means a quarter of an hour."""
BEFORE_CLOSING: Final = timedelta(minutes=15)
"""`before closing`, `end of day` and a bare `today` are this long before closing."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a phrase is understood against."""

    now: datetime
    """The present moment, aware."""
    hours: Hours
    shift_end: datetime | None
    """When the shift ends, aware; None when nobody said."""

    @property
    def today(self) -> date:
        """The day it is at the desk."""
        return self.now.date()

    @property
    def minute(self) -> datetime:
        """The present moment without its seconds: what the clock on the wall shows."""
        return self.now.replace(second=0, microsecond=0)

    def at(self, day: date, clock: time) -> datetime:
        """The moment at which the wall clock of a day shows a time."""
        return spoken.place(datetime.combine(day, clock), self.now)

    def ahead(self, moment: datetime) -> bool:
        """Whether a moment is still to come."""
        # Two times of one zone compare by the wall clock, which turns back once a year.
        return moment.astimezone(UTC) > self.now.astimezone(UTC)

    def before_closing(self, day: date, margin: timedelta = BEFORE_CLOSING) -> datetime | None:
        """The moment some time before a day's closing; None when the library is closed that day."""
        closing = self.hours.closing(day)
        return None if closing is None else spoken.place(datetime.combine(day, closing) - margin, self.now)


@dataclass(frozen=True, slots=True)
class Moment:
    """What a phrase was understood as."""

    at: datetime
    note: str = ""
    """How it was meant, when that is worth reading back: one of `NOTES`."""


NOTES: Final = {
    "opening": "at opening",
    "closing": "at closing",
    "before closing": "15 min before closing",
    "end of shift": "end of shift",
    "before lunch": "before lunch",
    "after lunch": "after lunch",
}
"""How the moments of a library's day are read back; the others read back as the time they take."""


def named(words: str, day: spoken.Day | None, desk: Desk) -> Moment | None:
    """A moment of the library's day: `before closing`, `after lunch`, `this afternoon`; None for other words.

    Without a day, opening and morning are the next to come and all others are today's.

    Args:
        words: the whole stretch of words, in small letters.
        day: the day that was said beside them.
        desk: what it is understood against.

    Raises:
        BadUsage: it needs opening hours on a day the library is closed, or the end of the shift and nobody said it.
    """
    match = _names().fullmatch(words)
    if not match:
        return None
    name = next(key for key, value in match.groupdict().items() if value).replace("_", " ")
    only_today = words.startswith(("this ", "tonight"))
    if day is not None and only_today and day.date != desk.today:
        return None
    if day is None and name in ("opening", "morning") and not only_today:
        for ahead in range(8):
            each = desk.today + timedelta(days=ahead)
            if desk.hours.opening(each) is not None and desk.ahead((found := event(name, each, desk)).at):
                return found
    return event(name, day.date if day else desk.today, desk)


def event(name: str, day: date, desk: Desk) -> Moment:
    """When a moment of the library's day is, whether or not it has passed.

    Args:
        name: a key of `NOTES`, `morning`, `afternoon` or `evening`.
        day: which day.
        desk: what it is understood against.

    Raises:
        BadUsage: it needs opening hours on a day the library is closed, or the end of the shift and nobody said it.
    """
    opening = desk.hours.opening(day)
    times: dict[str, Callable[[], datetime | None]] = {
        "opening": lambda: None if opening is None else desk.at(day, opening),
        "closing": lambda: desk.before_closing(day, timedelta()),
        "before closing": lambda: desk.before_closing(day),
        "morning": lambda: desk.at(day, max(MORNING, opening or MORNING)),
        "afternoon": lambda: _in_time(AFTERNOON, day, desk),
        "evening": lambda: _in_time((EVENING,), day, desk),
        "before lunch": lambda: desk.at(day, LUNCH[0]),
        "after lunch": lambda: desk.at(day, LUNCH[1]),
        "end of shift": lambda: _shift_end(day, desk),
    }
    at = times[name]()
    if at is None:
        raise BadUsage(f"The library is closed on {spoken.dated(day, desk.today)}.", "Write a time, or another day.")
    return Moment(at, NOTES.get(name, ""))


def _in_time(clocks: tuple[time, ...], day: date, desk: Desk) -> datetime:
    """The first of some times that is still to come, each cut to a little before closing; else the last."""
    limit = desk.before_closing(day)
    moments = [min(limit, moment) if limit else moment for moment in (desk.at(day, clock) for clock in clocks)]
    return next((moment for moment in moments if desk.ahead(moment)), moments[-1])


def _shift_end(day: date, desk: Desk) -> datetime:
    end = desk.shift_end and spoken.place(desk.shift_end, desk.now, exact=True)
    if end is None or end.date() != day:
        raise BadUsage("It is not known when that shift ends.", 'Write a time: "at 17:00" or "before closing".')
    return end


@cache
def _names() -> re.Pattern[str]:
    by = "(?:at |by )?"
    return re.compile(
        rf"{by}(?P<opening>opening(?: time)?|when we open|first thing)|{by}(?P<closing>closing(?: time)?|when we close)"
        rf"|{by}(?P<before_closing>(?:just )?before (?:closing(?: time)?|we close)|(?:the )?end of (?:the )?day|eod)"
        rf"|{by}(?P<end_of_shift>(?:the )?end of (?:the |my )?shift)"
        r"|(?P<before_lunch>before lunch)|(?P<after_lunch>after lunch)"
        r"|(?P<morning>(?:this |in the )?morning|am)|(?P<afternoon>(?:this |in the )?afternoon|pm)"
        r"|(?P<evening>(?:this |in the )?evening|tonight)"
    )
