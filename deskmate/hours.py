"""When the library is open: one pair of times a weekday, or closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from deskmate.faults import BadUsage

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The names of the days in a settings file, in the order of `date.weekday()`."""
CLOSED: Final = "closed"

Span = tuple[time, time]
"""Opening and closing, both on the same day."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The opening hours of an ordinary week; holidays are not known here."""

    week: tuple[Span | None, Span | None, Span | None, Span | None, Span | None, Span | None, Span | None]
    """Monday first; None on a day the library is closed."""

    @staticmethod
    def parse(mapping: Mapping[str, object]) -> "Hours":
        """Read a week: `{"mon": ["09:00", "20:00"], "sun": "closed"}`.

        Args:
            mapping: a value for some of the days in `WEEKDAYS`; a day that is not named keeps its default hours.

        Raises:
            BadUsage: a day has another name, or its value is no pair of times in order.
        """
        for day in mapping:
            if day not in WEEKDAYS:
                raise BadUsage(f'"{day}" is no day of the week.', f"Use {', '.join(WEEKDAYS)}.")
        return DEFAULT.with_days({day: parse_span(value) for day, value in mapping.items()})

    def with_days(self, days: Mapping[str, Span | None]) -> "Hours":
        """The same week with other hours on some of the days in `WEEKDAYS`."""
        week = (days.get(day, span) for day, span in zip(WEEKDAYS, self.week, strict=True))
        mon, tue, wed, thu, fri, sat, sun = week
        return Hours((mon, tue, wed, thu, fri, sat, sun))

    def opening(self, day: date) -> time | None:
        """When the library opens on a day; None when it is closed all day."""
        span = self.week[day.weekday()]
        return span[0] if span else None

    def closing(self, day: date) -> time | None:
        """When the library closes on a day; None when it is closed all day."""
        span = self.week[day.weekday()]
        return span[1] if span else None

    def is_open(self, day: date, at: time) -> bool:
        """Whether a time of a day falls into the opening hours; the closing time itself still does."""
        span = self.week[day.weekday()]
        return span is not None and span[0] <= at.replace(tzinfo=None) <= span[1]

    def next_open(self, day: date) -> date | None:
        """The first open day, this day or later; None when the library never opens."""
        week = (day + timedelta(days=ahead) for ahead in range(7))
        return next((each for each in week if self.opening(each) is not None), None)


def parse_span(value: object) -> Span | None:
    """Read one day's hours: `["09:00", "20:00"]`, `"09:00-20:00"`, or `"closed"` (None).

    Raises:
        BadUsage: it is none of these, or it closes before it opens.
    """
    cure = 'Write ["09:00", "20:00"] or "closed".'
    parts = value.strip().lower().split("-") if isinstance(value, str) else value
    if parts == [CLOSED]:
        return None
    if not isinstance(parts, list) or len(parts) != 2:
        raise BadUsage("The hours are not an opening and a closing time.", cure)
    try:
        opening, closing = (_time(str(part)) for part in parts)
    except ValueError:
        raise BadUsage("The hours are not two times of a day.", cure) from None
    if opening >= closing:
        raise BadUsage("The closing time is not after the opening time.", cure)
    return opening, closing


def _time(text: str) -> time:
    hour, colon, minute = text.strip().partition(":")
    if not colon or len(minute) != 2:
        raise ValueError(text)
    return time(int(hour), int(minute))


def _span(opening: int, closing: int) -> Span:
    return time(opening), time(closing)


_LONG: Final = _span(9, 20)
DEFAULT: Final = Hours((_LONG, _LONG, _LONG, _LONG, _span(9, 18), _span(9, 17), None))
"""The hours until a library writes its own."""
