"""What a shift, a day or a year came to: one frozen value that every form of a report is made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from datetime import datetime, timedelta
from itertools import chain
from typing import Any, Final

from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.shift import Shift
from deskmate.reports.counting import RULES, Rule
from deskmate.reports.coverage import Coverage, Span, coverage, shift_spans, watched_slots
from deskmate.reports.places import EVERYWHERE, Spot, Where
from deskmate.reports.promises import PromiseCounts, closed_promises, count_closed, count_promises
from deskmate.reports.rolled import Rolled, roll_up
from deskmate.reports.signs import Sign
from deskmate.reports.standards import Goals, Standard, measure
from deskmate.reports.tallies import Counts
from deskmate.reports.trend import Point, trend
from deskmate.reports.voice import Feedback, gather
from deskmate.reports.watch import watch
from deskmate.text.clean import one_line

SMALL: Final = 3
"""Cells below this are printed `<3` where small cells are hidden."""
POOLED_EVENTS: Final = 30
POOLED_DAYS: Final = 28
"""Beyond the own shift, timings are told over this many contacts and days or more: never a grade of a person."""
HOLD_LIMIT: Final = 60
"""Seconds after which a hold is a long one, unless the library says otherwise."""
ONE_DAY: Final = timedelta(days=1)
"""A period that is no longer has no table by weekday, month or place: its numbers are too few."""
_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Duration:
    """How long contacts took, over those that were measured."""

    median: float
    """Seconds."""
    longest: int
    """Seconds."""
    measured: int
    uncertain: int
    """Contacts whose clock ran on by itself, left out."""
    total: int
    """Seconds of all measured contacts together."""

    @property
    def total_minutes(self) -> int:
        """All measured contacts together, in minutes, rounded."""
        return round(self.total / 60)


@dataclass(frozen=True, slots=True)
class Material:
    """What a summary is made from: all of it chosen by the caller for one period, desk or shift."""

    records: Iterable[Interaction] | Rolled
    """The contacts, all of which are counted; or what they were rolled up to, and then the open promises among them
    must be in `promises`."""
    _: KW_ONLY
    title: str
    """What it is a summary of: `Shift at the main desk`."""
    start: datetime
    """The start of the period, with its UTC offset; promises and covered hours are looked at from here on."""
    end: datetime
    """Its end, not included."""
    now: datetime
    """The present moment: open and overdue are as of now, and hours to come are not silent."""
    where: Where = EVERYWHERE
    """The branch or desk it is about."""
    promises: Sequence[Interaction] = ()
    """Records with a promise from other days, such as all that are open."""
    shifts: Iterable[Shift] = ()
    """The shifts in the period; nothing but their hours is used."""
    open_spans: Iterable[Span] = ()
    """The opening hours in the period, if they are known."""
    feedback: Iterable[Mapping[str, Any]] = ()
    """The documents of what was said in the period."""
    answered: Iterable[Mapping[str, Any]] = ()
    """The documents of what was answered in the period, whenever it was said."""
    signs: Sequence[Sign] = ()
    """Where a sign may help."""
    rules: Sequence[Rule] = tuple(RULES.values())
    """The rule sets to count reference transactions by."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Playbook id, or `playbook/step`, to what people call it."""
    hold_limit: int = HOLD_LIMIT
    """Seconds after which a hold is a long one."""
    goals: Goals | None = None
    """The library's standards; without them none is measured."""
    small_cells: bool = False
    """Hide cells below 3, thin timings and what to watch: for reports beyond the own shift."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of one period. It names no staff and no patron."""

    title: str
    start: datetime
    end: datetime
    """Not included."""
    now: datetime
    """When the summary was made: open and overdue are as of then."""
    where: Where = EVERYWHERE
    """The branch or desk it is about."""
    counted: Counts
    """Contacts logged live, late or as a tally."""
    estimated: Counts
    """Contacts that were estimated. They are never part of `counted`."""
    coverage: Coverage
    trend: tuple[Point, ...]
    """How the contacts ran over the period; empty for a day or a shift."""
    spots: Mapping[Spot, int]
    """Branch and desk to contacts."""
    promises: PromiseCounts
    rules: tuple[Rule, ...]
    feedback: Feedback
    standards: tuple[Standard, ...] = ()
    """How the library's own standards fared; those with no case at all are left out."""
    before: "Summary | None" = None
    """The period of the same length just before, when the two are to be told side by side."""
    signs: tuple[Sign, ...] = ()
    """Where a sign may help, the most asked first."""
    watch: tuple[str, ...] = ()
    """What to watch, one sentence each."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Playbook id, or `playbook/step`, to what people call it."""
    hold_limit: int = HOLD_LIMIT
    small_cells: bool = False
    """Cells below 3 are printed `<3`. This blunts curiosity; the rest of a table and its total may still tell."""

    @property
    def n(self) -> int:
        """Contacts, estimates left out."""
        return self.counted.n

    @property
    def span(self) -> timedelta:
        """How long the period is by the clock on the wall, so that a day has 24 hours in every night of the year."""
        return self.end.replace(tzinfo=None) - self.start.replace(tzinfo=None)

    @property
    def duration(self) -> Duration | None:
        """How long contacts took; None when none was measured, or when too few were to tell beyond the own shift."""
        lengths = self.counted.lengths
        measured = sum(lengths.values())
        if not measured or self.timings_withheld:
            return None
        total = sum(seconds * number for seconds, number in lengths.items())
        middle = _median(lengths, measured)
        return Duration(middle, max(lengths), measured, self.counted.uncertain, total)

    @property
    def timings_withheld(self) -> bool:
        """Whether timings are kept back because they might show one person's pace."""
        few = sum(self.counted.lengths.values()) < POOLED_EVENTS or self.span < timedelta(days=POOLED_DAYS)
        return self.small_cells and few

    @property
    def long_holds(self) -> int:
        """Callers who were on hold longer than the limit."""
        return sum(number for seconds, number in self.counted.holds.items() if seconds > self.hold_limit)

    @property
    def longest_hold(self) -> int:
        """Seconds; 0 when nobody was on hold."""
        return max(self.counted.holds, default=0)

    @property
    def hour_cells(self) -> dict[int, int | None]:
        """Hour of the day to contacts, for hours that were covered or have any; None: covered, and nobody logged."""
        hours, watched, silent = self.counted.hours, self.coverage.watched_hours, self.coverage.silent_hours
        shown = [hour for hour in range(24) if hours[hour] or watched.get(hour)]
        return {hour: None if not hours[hour] and silent.get(hour) else hours[hour] for hour in shown}


def summarise(material: Material) -> Summary:
    """Sum up the records that were chosen for a period.

    Raises:
        BadUsage: the period ends before it starts.
    """
    start, end, now = material.start, material.end, material.now
    if end < start:
        raise BadUsage("The period ends before it starts.", "Give the earlier day first.")
    rolled, made, owing = _rolled(material)
    told = list(material.feedback)
    standards: tuple[Standard, ...] = ()
    if material.goals:
        period = {"start": start, "end": end, "now": now}
        standards = measure(
            material.goals, held=rolled.held, closed=rolled.closed, owing=owing, feedback=told, **period
        )
    seen = min(end, now, key=datetime.timestamp)
    watched = watched_slots([*material.open_spans, *shift_spans(material.shifts, now)], start=start, end=seen)
    days = {
        "first": start.date(),
        "last": max(start, end - _MOMENT, key=datetime.timestamp).date(),
        "today": now.date(),
    }
    one_day = end.replace(tzinfo=None) - start.replace(tzinfo=None) <= ONE_DAY
    return Summary(
        title=one_line(material.title),
        start=start,
        end=end,
        now=now,
        where=material.where,
        counted=rolled.counted,
        estimated=rolled.estimated,
        coverage=coverage(watched, rolled.logged),
        trend=() if one_day else trend(rolled.daily, {day for day, _ in watched}, **days),
        spots=rolled.spots,
        promises=made,
        rules=tuple(material.rules),
        feedback=gather(told, material.answered),
        standards=standards,
        signs=tuple(material.signs),
        watch=() if material.small_cells else watch(rolled.counted, made, owing, now, one_shift=one_day),
        names=dict(material.names),
        hold_limit=material.hold_limit,
        small_cells=material.small_cells,
    )


def _rolled(material: Material) -> tuple[Rolled, PromiseCounts, list[Interaction]]:
    """The records counted up, with every closed promise; the promises counted; and whoever is owed something."""
    owing, period = list(material.promises), {"start": material.start, "end": material.end}
    if isinstance(material.records, Rolled):
        made = count_promises(owing, now=material.now, **period)
        return material.records, made + count_closed(material.records.closed, **period), owing
    kept = list(material.records)
    owing = [*kept, *owing]
    closed = tuple(chain.from_iterable({record.id: closed_promises(record) for record in owing}.values()))
    return (
        replace(roll_up(kept, material.rules), closed=closed),
        count_promises(owing, now=material.now, **period),
        owing,
    )


def _median(lengths: Mapping[int, int], measured: int) -> float:
    """The median of a table of seconds; the mean of the middle two when the number is even."""
    middle = ((measured - 1) // 2, measured // 2)
    total = passed = 0
    for seconds in sorted(lengths):
        total += seconds * sum(passed <= place < passed + lengths[seconds] for place in middle)
        passed += lengths[seconds]
    return total / 2
