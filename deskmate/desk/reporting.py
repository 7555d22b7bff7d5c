"""Summaries and hand-overs: the right records, handed to the reports."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.desk.ranges import period_before
from deskmate.faults import BadUsage, NotFound
from deskmate.model.feedback import moment
from deskmate.model.interaction import Interaction, short_ref
from deskmate.model.shift import Shift
from deskmate.playbooks.library import Library
from deskmate.playbooks.variables import fill
from deskmate.records.log import Log
from deskmate.reports.cases import stands_behind
from deskmate.reports.counting import rules_of
from deskmate.reports.coverage import Span, shift_spans
from deskmate.reports.handover import Handover, handover
from deskmate.reports.places import EVERYWHERE, NOWHERE, Spot, Where, spot_of
from deskmate.reports.rolled import Plain, Rolled, add_up, closed_of, mark, open_of, parts_of, plain_day, signs_of
from deskmate.reports.signs import Sign, suggest_signs
from deskmate.reports.standards import Goals
from deskmate.reports.summary import SMALL, Material, Summary, summarise
from deskmate.settings import Settings
from deskmate.text.clean import clip
from deskmate.text.guard import mask
from deskmate.text.spoken import place

LONGEST_OWED: Final = 62
"""Days before a range in which promises that were closed in it are still looked for: open contacts are kept 60."""
_STEP: Final = 32
"""Cells of the words that tell a step in a report."""
KEPT_DAYS: Final = 30
"""Days over which the rate of promises kept in time is told: never of one person, nor of one hard day."""
MOST_CASES: Final = 200
"""Records that are shown behind one figure, the newest first."""


class Reporting:
    """Answers `what was it like` for a shift or any range of days."""

    def __init__(
        self,
        log: Log,
        library: Library,
        settings: Settings,
        clock: Clock,
        broken: Callable[[], Iterable[str]] = tuple,
    ) -> None:
        """Use these; `broken` tells what does not work now, for the hand-over."""
        self._log = log
        self._library = library
        self._settings = settings
        self._clock = clock
        self._broken = broken
        self._rules = rules_of(settings.standards.local_rule)
        self._plain_day = partial(plain_day, rules=self._rules)

    def shift_records(self, shift: Shift | None) -> list[Interaction]:
        """The records of a shift, by the time they were asked; without a shift, today's of this desk."""
        now = self._clock.now()
        if shift is None:
            is_here = self._settings.library.is_here
            return [record for record in self._log.day(now.date()) if is_here(record.desk)]
        last = (shift.ended_at or now).date()
        # a late entry of the evening before belongs to the shift it was added in, on the day it was asked
        found = self._log.between(shift.started_at.date() - timedelta(days=1), max(last, now.date()))
        return [record for record in found if record.shift == shift.id]

    def red_before(self, shift: Shift | None, record: Interaction) -> bool:
        """Whether another red contact was logged in a shift; without a shift, today at this desk."""
        return any(each.strain == "red" and each.id != record.id for each in self.shift_records(shift))

    def shift_summary(self, shift: Shift | None) -> Summary:
        """The summary of a shift; without one, of today at this desk."""
        now = self._clock.now()
        records = self.shift_records(shift)
        if shift is None:
            start = self._midnight(now.date())
            return self._summary(records, "Today at this desk", start, now, [], spans=self._open_spans(start, now))
        title = f"Shift at {shift.desk or 'the desk'}"
        ((start, end),) = shift_spans([shift], now)
        return self._summary(records, title, start, end, [shift])

    def range_summary(
        self,
        first: date,
        last: date,
        *,
        where: Where = EVERYWHERE,
        small_cells: bool = True,
        compare: bool = False,
    ) -> Summary:
        """The summary of some days, both counted in, over every desk that shares this log or a part of them.

        Args:
            first: the first day.
            last: the last day.
            where: the branch or desk it is about.
            small_cells: hide cells below 3 and thin timings.
            compare: put the period just before beside it: whole months beside as many whole months, else as many days.

        Raises:
            BadUsage: the last day is before the first, or the calendar has no period before.
        """
        earlier = period_before(first, last) if compare else None
        made = self._range(first, last, where, small_cells=small_cells)
        return replace(made, before=self._range(*earlier, where, small_cells=small_cells)) if earlier else made

    def spots(self, first: date, last: date) -> list[Spot]:
        """The branches and desks that some days have contacts from, in order."""
        days = self._log.rollups(first, last, self._plain_day, mark(self._rules))
        found = {(part["branch"], part["desk"]) for _, plain in days for part in parts_of(plain)}
        return sorted(found - {NOWHERE})

    def kept_in_time(self) -> str:
        """How many promises that were closed in the last 30 days were kept by their time, in one sentence."""
        today = self._clock.now().date()
        made = self.range_summary(_back(today, KEPT_DAYS - 1), today).promises
        closed = made.kept + made.late
        if closed < SMALL:
            return f"Fewer than {SMALL} promises were closed in the last {KEPT_DAYS} days: too few to tell."
        rate = round(made.kept * 100 / closed)
        return f"Kept in time in the last {KEPT_DAYS} days: {made.kept:,} of {closed:,} ({rate} %)."

    def warm(self, first: date, last: date, *, compare: bool = False) -> Iterator[date]:
        """Count the days of a range one by one, so that its summary is quick; each is given when it is counted."""
        whole = period_before(first, last)[0] if compare else first
        for day, _ in self._log.rollups(_back(whole, LONGEST_OWED), last, self._plain_day, mark(self._rules)):
            yield day

    def behind(self, first: date, last: date, key: str, where: Where = EVERYWHERE) -> Iterator[list[Interaction]]:
        """The records behind a figure, the newest day first, day by day; a day without any gives an empty list.

        Args:
            first: the first day of the range the figure tells of.
            last: its last day.
            key: the figure's key, as the sections of its summary name it.
            where: the branch or desk that its summary is about.
        """
        left = MOST_CASES
        for day in sorted(self._log.days(), reverse=True):
            if left > 0 and first <= day <= last:
                of_day = self._log.day(day)
                found = [
                    record for record in of_day if stands_behind(record, key, self._rules) and _is_in(record, where)
                ]
                yield sorted(found, key=lambda record: record.asked_at.timestamp(), reverse=True)[:left]
                left -= len(found)

    def named(self, refs: Sequence[str]) -> list[Interaction]:
        """The records with these refs, the newest first; one that was taken out of the log meanwhile is passed over."""
        found = []
        for ref in sorted(refs, reverse=True)[:MOST_CASES]:
            with suppress(NotFound):
                found.append(self._log.find(ref))
        return sorted(found, key=lambda record: record.asked_at.timestamp(), reverse=True)

    def complaints(self, first: date, last: date) -> dict[str, Mapping[str, Any]]:
        """The complaints of some days by their refs."""
        return {
            short_ref(date.fromisoformat(str(each["at"])[:10]), str(each["id"])): each
            for each in self._log.feedback(first, last)
            if each.get("kind") == "complaint"
        }

    def _range(self, first: date, last: date, where: Where, *, small_cells: bool) -> Summary:
        start = self._midnight(first)
        end = self._midnight(last + timedelta(days=1))
        if last < first:
            raise BadUsage("The period ends before it starts.", "Give the earlier day first.")
        whole = list(self._log.rollups(_back(first, LONGEST_OWED), last, self._plain_day, mark(self._rules)))
        days = [(day, plain) for day, plain in whole if day >= first]
        # A promise that was made before the range is closed, or late, in it.
        earlier = [closed for day, plain in whole if day < first for closed in closed_of(plain, where)]
        rolled = add_up(days, where)
        shifts = self._log.shifts(_back(first, 1), last)  # one that began the evening before runs into it
        told = ((day, signs_of(plain, where)) for day, plain in days)
        return self._summary(
            replace(rolled, closed=(*earlier, *rolled.closed)),
            ", ".join(filter(None, (self._settings.library.name or "The library", where.words))),
            start,
            end,
            [shift for shift in shifts if where.holds(shift.branch, shift.desk)],
            where=where,
            # The opening hours are the library's; when a desk of it is open only its shifts tell.
            spans=self._open_spans(max(start, self._begun(), key=datetime.timestamp), end) if where.everywhere else (),
            small_cells=small_cells,
            promises=[record for record in self._owing(whole, where) if _is_in(record, where)],
            signs=suggest_signs(told, self._answers(), (last - first).days + 1),
        )

    def handover(self, shift: Shift | None, notes: Iterable[str] = ()) -> Handover:
        """The hand-over of a shift: how it was, what, what is owed, what to expect, and what to read back.

        What looks private in the notes is masked.
        """
        return handover(self.shift_summary(shift), self._log.open_promises(), map(mask, notes), self._broken())

    def _midnight(self, day: date) -> datetime:
        """The beginning of a day, with that day's own offset."""
        return place(datetime.combine(day, time()), self._clock.now())

    def _begun(self) -> datetime:
        """The beginning of the log's first day: before it nobody could log, so no hour is silent."""
        return self._midnight(min(self._log.days(), default=self._clock.now().date()))

    def _owing(self, days: Iterable[tuple[date, Plain]], where: Where) -> list[Interaction]:
        """The records with an open promise: of the whole log, as far as is known, and of these days."""
        owing = self._log.open_promises()
        known = {record.id for record in owing}
        # The log reads its old days for open promises bit by bit; those of this range are named by its roll-ups.
        unknown = (
            (day, record_id) for day, plain in days for record_id in open_of(plain, where) if record_id not in known
        )
        found = (self._log.get(day, record_id) for day, record_id in unknown)
        return owing + [record for record in found if record is not None]

    def _answers(self) -> dict[str, str]:
        """The titles of what is told from the look-up, by `fact:ID` and `directory:ID`."""
        facts = {f"fact:{fact.id}": fact.question for fact in self._library.facts}
        return facts | {f"directory:{entry.id}": entry.name for entry in self._library.directory}

    def _said(self, name: str, start: datetime, end: datetime) -> list[dict[str, Any]]:
        """The feedback that was said (`at`) or answered (`answered_at`) in a period.

        One that ends now includes the present second.
        """
        now = self._clock.now()
        first, last = start.replace(microsecond=0).timestamp(), end.timestamp()

        def is_in(document: Mapping[str, Any]) -> bool:
            at = moment(document, name)
            # Two times of one zone would compare by the wall clock, which turns back once a year.
            return at is not None and first <= at.timestamp() and (at.timestamp() < last or end >= now)

        return [document for document in self._log.feedback(date.min, date.max) if is_in(document)]

    def _summary(
        self,
        records: Iterable[Interaction] | Rolled,
        title: str,
        start: datetime,
        end: datetime,
        shifts: Iterable[Shift],
        *,
        where: Where = EVERYWHERE,
        spans: Iterable[Span] = (),
        small_cells: bool = False,
        promises: Sequence[Interaction] | None = None,
        signs: Sequence[Sign] = (),
    ) -> Summary:
        made = summarise(
            Material(
                records,
                title=title,
                start=start,
                end=end,
                now=self._clock.now(),
                where=where,
                promises=self._log.open_promises() if promises is None else promises,
                shifts=shifts,
                open_spans=spans,
                # What was said is not kept by desk.
                feedback=self._said("at", start, end) if where.everywhere else (),
                answered=self._said("answered_at", start, end) if where.everywhere else (),
                signs=signs,
                hold_limit=self._settings.desk.hold_seconds,
                goals=Goals(self._settings.standards, self._settings.desk.hold_seconds, self._settings.hours),
                small_cells=small_cells,
                rules=self._rules,
            )
        )
        return replace(made, names=self._names(made))

    def _names(self, summary: Summary) -> dict[str, str]:
        """The titles of the guides, and what was asked at the steps where guides were ended early."""
        titles = {head.id: head.title for head in self._library.heads}
        steps = {}
        for stopped in summary.counted.stopped:
            book, _, step = stopped.partition("/")
            if book in titles:
                found = self._library.playbooks[book].steps.get(step)
                words = (found.ask, *(line.without or line.text for line in found.say), step) if found else (step,)
                said = fill(next(filter(None, words)), self._settings.variables())
                steps[stopped] = f"{titles[book]}: {clip(said, _STEP)}"
        return titles | steps

    def _open_spans(self, start: datetime, end: datetime) -> Iterator[Span]:
        """The opening hours of each day in a period."""
        day = start.date()
        while day <= end.date():
            span = self._settings.hours.week[day.weekday()]
            if span:
                yield place(datetime.combine(day, span[0]), start), place(datetime.combine(day, span[1]), start)
            day += timedelta(days=1)


def _back(day: date, days: int) -> date:
    """Some days earlier, or the first day there is."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def _is_in(record: Interaction, where: Where) -> bool:
    return where.everywhere or where.holds(*spot_of(record))
