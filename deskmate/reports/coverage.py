"""Hours with somebody at the desk and no record: zero contacts is one thing, nobody logged is another."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from deskmate.model.shift import Shift
from deskmate.reports.tallies import Additive

Span = tuple[datetime, datetime]
"""From when to when somebody was to be at the desk: opening hours, or a shift."""
Slot = tuple[date, int]
"""One hour of one day on the desk's wall clock."""

LEAST: Final = 1800
"""Seconds of an hour that must be covered before its silence means anything: half of it."""
LONGEST_SHIFT: Final = timedelta(hours=16)
"""A shift that nobody ended is not taken to have lasted longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage(Additive):
    """Hours of the day that were covered, and those with no record at all. Adds over periods that share no hour."""

    watched: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """(weekday with Monday 0, hour 0-23) to the number of days on which that hour was covered."""
    silent: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """The same, for days on which the hour was covered and nobody logged."""

    @property
    def watched_hours(self) -> dict[int, int]:
        """Hour of the day to the number of days on which it was covered."""
        return _by_hour(self.watched)

    @property
    def silent_hours(self) -> dict[int, int]:
        """Hour of the day to the number of days on which it was covered and nobody logged."""
        return _by_hour(self.silent)


def cover(spans: Iterable[Span], logged: Collection[Slot], *, start: datetime, end: datetime) -> Coverage:
    """Find the covered hours between `start` and `end`, and the silent ones.

    Args:
        spans: when somebody was to be at the desk; they may overlap.
        logged: the hours that hold a record. A tally of none is a record: it says that nobody came.
        start: nothing before it is looked at.
        end: nothing after it is looked at; never later than now, since an hour to come is not silent.
    """
    covered: Counter[Slot] = Counter()
    for first, last in _joined(spans):
        for slot, seconds in _slots(max(first, start, key=datetime.timestamp), min(last, end, key=datetime.timestamp)):
            covered[slot] += seconds
    watched = [slot for slot, seconds in covered.items() if seconds >= LEAST]
    silent = [slot for slot in watched if slot not in logged]
    return Coverage(watched=_by_weekday(watched), silent=_by_weekday(silent))


def shift_spans(shifts: Iterable[Shift], now: datetime) -> list[Span]:
    """When the shifts ran; one that nobody ended runs until now, sixteen hours at most."""
    return [(shift.started_at, shift.ended_at or min(now, shift.started_at + LONGEST_SHIFT)) for shift in shifts]


def _by_weekday(slots: Iterable[Slot]) -> dict[tuple[int, int], int]:
    return dict(Counter((day.weekday(), hour) for day, hour in slots))


def _by_hour(table: Mapping[tuple[int, int], int]) -> dict[int, int]:
    totals: Counter[int] = Counter()
    for (_, hour), number in table.items():
        totals[hour] += number
    return dict(totals)


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, overlapping ones made one, so that no minute is counted twice."""
    current: Span | None = None
    for span in sorted(spans, key=lambda pair: pair[0].timestamp()):
        if current is None:
            current = span
        elif span[0].timestamp() <= current[1].timestamp():
            current = (current[0], max(current[1], span[1], key=datetime.timestamp))
        else:
            yield current
            current = span
    if current is not None:
        yield current


def _slots(first: datetime, last: datetime) -> Iterator[tuple[Slot, int]]:
    """Each wall-clock hour that real time passes through from `first` to `last`, with the seconds spent in it.

    On the night the clocks go forward one hour is never reached; on the night they go back one hour is met twice.
    """
    wall_clock = _wall_clock(first, last)
    moment, stop = int(first.timestamp()), int(last.timestamp())
    while moment < stop:
        wall = wall_clock(moment)
        step = min(3600 - wall.minute * 60 - wall.second, stop - moment)
        yield (wall.date(), wall.hour), step
        moment += step


def _wall_clock(first: datetime, last: datetime) -> Callable[[int], datetime]:
    """How to read the desk's clock at a moment between the two.

    Stored times carry an offset and no zone. Where the offset changed in between, only the computer's own zone knows
    when, and it is asked only if it agrees with both ends.
    """
    zone = first.tzinfo
    changed = isinstance(zone, timezone) and first.utcoffset() != last.utcoffset()
    if changed and all(moment.astimezone().utcoffset() == moment.utcoffset() for moment in (first, last)):
        return lambda moment: datetime.fromtimestamp(moment, UTC).astimezone()
    return lambda moment: datetime.fromtimestamp(moment, zone)
