"""Hours with somebody at the desk and no record: zero contacts is one thing, nobody logged is another."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
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
_EPOCH: Final = date(1970, 1, 1).toordinal()
_NONE: Final = timedelta(0)


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
    return coverage(watched_slots(spans, start=start, end=end), logged)


def watched_slots(spans: Iterable[Span], *, start: datetime, end: datetime) -> list[Slot]:
    """The hours between `start` and `end` of which half or more was covered; see `cover`."""
    covered: dict[Slot, int] = {}
    for first, last in _joined(spans):
        for slot, seconds in _slots(max(first, start, key=datetime.timestamp), min(last, end, key=datetime.timestamp)):
            covered[slot] = covered.get(slot, 0) + seconds
    return [slot for slot, seconds in covered.items() if seconds >= LEAST]


def coverage(watched: Iterable[Slot], logged: Collection[Slot]) -> Coverage:
    """The covered hours by weekday, and the silent ones of them.

    Args:
        watched: the covered hours, each once.
        logged: the hours that hold a record.
    """
    watched = list(watched)
    silent = [slot for slot in watched if slot not in logged]
    return Coverage(watched=_by_weekday(watched), silent=_by_weekday(silent))


def shift_spans(shifts: Iterable[Shift], now: datetime) -> list[Span]:
    """When the shifts ran; one that nobody ended runs until now, sixteen hours at most.

    An end before its start, as a clock that was set back writes one, is its start.
    """
    ends = ((shift, shift.ended_at or min(now, shift.started_at + LONGEST_SHIFT)) for shift in shifts)
    return [(shift.started_at, max(shift.started_at, end, key=datetime.timestamp)) for shift, end in ends]


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
    changed_at = _changed_at(first, last)
    moment, stop = int(first.timestamp()), int(last.timestamp())
    for offset, until in ((first.utcoffset(), changed_at), (last.utcoffset(), stop)):
        # An offset is a whole number of seconds; arithmetic on them is twenty times as quick as times with a zone, and
        # ten years have 44,000 of these hours.
        wall, end = (int(edge + (offset or _NONE).total_seconds()) for edge in (moment, max(moment, until)))
        moment = max(moment, until)
        while wall < end:
            step = min(3600 - wall % 3600, end - wall)
            yield (date.fromordinal(_EPOCH + wall // 86400), wall % 86400 // 3600), step
            wall += step


def _changed_at(first: datetime, last: datetime) -> int:
    """The second since 1970 at which the desk's clock changed between the two; the end when it did not.

    Stored times carry an offset and no zone. Where the offset changed in between, only a zone knows when: their own, or
    else the computer's, which is asked only if it agrees with both ends. Without one the first offset is kept.
    """
    low, high = int(first.timestamp()), int(last.timestamp())
    if first.utcoffset() == last.utcoffset():
        return high
    zone = None if isinstance(first.tzinfo, timezone) else first.tzinfo
    if zone is None and any(moment.astimezone().utcoffset() != moment.utcoffset() for moment in (first, last)):
        return high
    while high - low > 1:
        middle = (low + high) // 2
        at = datetime.fromtimestamp(middle, zone or UTC)
        same = (at if zone else at.astimezone()).utcoffset() == first.utcoffset()
        low, high = (middle, high) if same else (low, middle)
    return high
