"""Summaries and hand-overs: the right records, handed to the reports."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from deskmate.clock import Clock
from deskmate.model.interaction import Interaction
from deskmate.model.shift import Shift
from deskmate.playbooks.library import Library
from deskmate.records.log import Log
from deskmate.reports.handover import Handover, handover
from deskmate.reports.summary import Summary, summarise
from deskmate.settings import Settings


class Reporting:
    """Answers `what was it like` for a shift or any range of days."""

    def __init__(self, log: Log, library: Library, settings: Settings, clock: Clock) -> None:
        self._log = log
        self._library = library
        self._settings = settings
        self._clock = clock

    def shift_records(self, shift: Shift | None) -> list[Interaction]:
        """The records of a shift, by the time they were asked; without a shift, today's of this desk."""
        now = self._clock.now()
        if shift is None:
            return [record for record in self._log.day(now.date()) if record.desk == self._settings.library.desk]
        last = (shift.ended_at or now).date()
        # a late entry of the evening before belongs to the shift it was added in, on the day it was asked
        found = self._log.between(shift.started_at.date() - timedelta(days=1), max(last, now.date()))
        return [record for record in found if record.shift == shift.id]

    def shift_summary(self, shift: Shift | None) -> Summary:
        """The summary of a shift; without one, of today at this desk."""
        now = self._clock.now()
        records = self.shift_records(shift)
        start = shift.started_at if shift else datetime.combine(now.date(), time(), now.tzinfo)
        end = (shift.ended_at or now) if shift else now
        started = [record.asked_at for record in records]
        title = f"Shift at {self._settings.library.desk or 'the desk'}" if shift else "Today at this desk"
        return self._summary(
            records, title, min([start, *started]), end + timedelta(seconds=1), [shift] if shift else []
        )

    def range_summary(self, first: date, last: date, *, small_cells: bool = True) -> Summary:
        """The summary of some days, both counted in, over every desk that shares this log.

        Raises:
            BadUsage: the last day is before the first.
        """
        zone = self._clock.now().tzinfo
        start = datetime.combine(first, time(), zone)
        end = datetime.combine(last + timedelta(days=1), time(), zone)
        title = self._settings.library.name or "The library"
        shifts = self._log.shifts(first, last) if first <= last else []
        return self._summary(self._log.between(first, last), title, start, end, shifts, small_cells=small_cells)

    def handover(self, shift: Shift | None, notes: Iterable[str] = ()) -> Handover:
        """The hand-over of a shift: how it was, what, what is owed, what to expect, and what to read back."""
        return handover(self.shift_summary(shift), self._log.open_promises(), notes)

    def _summary(
        self,
        records: Iterable[Interaction],
        title: str,
        start: datetime,
        end: datetime,
        shifts: Iterable[Shift],
        *,
        small_cells: bool = False,
    ) -> Summary:
        return summarise(
            records,
            title=title,
            start=start,
            end=end,
            now=self._clock.now(),
            promises=self._log.open_promises(),
            shifts=shifts,
            open_spans=self._open_spans(start, end),
            names={head.id: head.title for head in self._library.heads},
            hold_limit=self._settings.desk.hold_seconds,
            small_cells=small_cells,
        )

    def _open_spans(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The opening hours of each day in a period."""
        day = start.date()
        while day <= end.date():
            span = self._settings.hours.week[day.weekday()]
            if span:
                yield datetime.combine(day, span[0], start.tzinfo), datetime.combine(day, span[1], start.tzinfo)
            day += timedelta(days=1)
