"""What a shift, a day or a year came to: one frozen value that every form of a report is made from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from deskmate.faults import BadUsage
from deskmate.model.feedback import WISH
from deskmate.model.interaction import Interaction
from deskmate.model.shift import Shift
from deskmate.reports.counting import RULES, Rule
from deskmate.reports.coverage import Coverage, Span, cover, shift_spans
from deskmate.reports.promises import (
    PromiseCounts,
    closed_promise,
    count_closed,
    count_promises,
    is_overdue,
    open_promises,
)
from deskmate.reports.rolled import Rolled, roll_up
from deskmate.reports.signs import Sign
from deskmate.reports.standards import Goals, Standard, measure
from deskmate.reports.tallies import Counts
from deskmate.reports.words import moment, number_of
from deskmate.text.clean import one_line

SMALL: Final = 3
"""Cells below this are printed `<3` where small cells are hidden."""
POOLED_EVENTS: Final = 30
POOLED_DAYS: Final = 28
"""Beyond the own shift, timings are told over this many contacts and days or more: never a grade of a person."""
HOLD_LIMIT: Final = 60
"""Seconds after which a hold is a long one, unless the library says otherwise."""
PUBLIC: Final = ("complaint", "suggestion", "refusal")
"""What visitors said: its answer can be told to all. Wishes are staff's, and thanks name somebody."""
_ONE_SHIFT: Final = timedelta(hours=24)
_NAMED: Final = 3


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
class Said:
    """What a patron told the library, and what was answered."""

    kind: str
    """`complaint`, `suggestion`, `refusal`, `kudos`, or `wish`: staff's words for what no guide fitted."""
    text: str
    offered: str = ""
    answer: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Complaints, suggestions, refusals and thanks of a period."""

    kinds: Mapping[str, int]
    """Kind to how many, restricted ones included."""
    answered: int
    """How many got an answer."""
    said: tuple[Said, ...]
    """Those that may be told: none that is about a colleague."""
    done: tuple[Said, ...] = ()
    """What patrons said, now or earlier, and was answered in the period; of those that may be told."""
    themes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Theme (empty: none was chosen) to month (`2026-11`) to how many, restricted ones included, wishes left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of one period. It names no staff and no patron."""

    title: str
    start: datetime
    end: datetime
    """Not included."""
    now: datetime
    """When the summary was made: open and overdue are as of then."""
    counted: Counts
    """Contacts logged live, late or as a tally."""
    estimated: Counts
    """Contacts that were estimated. They are never part of `counted`."""
    coverage: Coverage
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
    """Playbook id to its title."""
    hold_limit: int = HOLD_LIMIT
    small_cells: bool = False
    """Cells below 3 are printed `<3`. This blunts curiosity; the rest of a table and its total may still tell."""

    @property
    def n(self) -> int:
        """Contacts, estimates left out."""
        return self.counted.n

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
        few = sum(self.counted.lengths.values()) < POOLED_EVENTS or self.end - self.start < timedelta(days=POOLED_DAYS)
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


def summarise(
    records: Iterable[Interaction] | Rolled,
    *,
    title: str,
    start: datetime,
    end: datetime,
    now: datetime,
    promises: Sequence[Interaction] = (),
    shifts: Iterable[Shift] = (),
    open_spans: Iterable[Span] = (),
    feedback: Iterable[Mapping[str, Any]] = (),
    answered: Iterable[Mapping[str, Any]] = (),
    signs: Sequence[Sign] = (),
    rules: Sequence[Rule] = tuple(RULES.values()),
    names: Mapping[str, str] | None = None,
    hold_limit: int = HOLD_LIMIT,
    goals: Goals | None = None,
    small_cells: bool = False,
) -> Summary:
    """Sum up the records that were chosen for a period.

    Args:
        records: the contacts, all of which are counted: the caller has chosen the period, desk or shift. Or what they
            were rolled up to; the open promises among them must then be in `promises`.
        title: what it is a summary of: `Shift at the main desk`.
        start: the start of the period, with its UTC offset; promises and covered hours are looked at from here on.
        end: its end, not included.
        now: the present moment: open and overdue are as of now, and hours to come are not silent.
        promises: records with a promise from other days, such as all that are open.
        shifts: the shifts in the period; nothing but their hours is used.
        open_spans: the opening hours in the period, if they are known.
        feedback: what was said in the period, as documents with `at`, `kind`, `text`, and if there are any `offered`,
            `answer`, `answered_at`, `theme` and `restricted`.
        answered: the documents of what was answered in the period, whenever it was said.
        signs: where a sign may help.
        rules: the rule sets to count reference transactions by.
        names: playbook id to title.
        hold_limit: seconds after which a hold is a long one.
        goals: the library's standards; without them none is measured.
        small_cells: hide cells below 3, thin timings and what to watch: for reports beyond the own shift.

    Raises:
        BadUsage: the period ends before it starts.
    """
    if end < start:
        raise BadUsage("The period ends before it starts.", "Give the earlier day first.")
    owing, told = list(promises), list(feedback)
    if isinstance(records, Rolled):
        rolled = records
        made = count_promises(owing, start=start, end=end, now=now)
        made += count_closed(rolled.closed, start=start, end=end)
        closed = rolled.closed
    else:
        kept = list(records)
        rolled = roll_up(kept, rules)
        owing = [*kept, *owing]
        made = count_promises(owing, start=start, end=end, now=now)
        closed = tuple(filter(None, {record.id: closed_promise(record) for record in owing}.values()))
    standards: tuple[Standard, ...] = ()
    if goals:
        period = {"start": start, "end": end, "now": now}
        standards = measure(goals, held=rolled.held, closed=closed, owing=owing, feedback=told, **period)
    seen = min(end, now, key=datetime.timestamp)
    return Summary(
        title=one_line(title),
        start=start,
        end=end,
        now=now,
        counted=rolled.counted,
        estimated=rolled.estimated,
        coverage=cover([*open_spans, *shift_spans(shifts, now)], rolled.logged, start=start, end=seen),
        promises=made,
        rules=tuple(rules),
        feedback=_feedback(told, answered),
        standards=standards,
        signs=tuple(signs),
        watch=() if small_cells else _watch(rolled.counted, made, owing, now, one_shift=end - start <= _ONE_SHIFT),
        names=dict(names or {}),
        hold_limit=hold_limit,
        small_cells=small_cells,
    )


def _median(lengths: Mapping[int, int], measured: int) -> float:
    """The median of a table of seconds; the mean of the middle two when the number is even."""
    middle = ((measured - 1) // 2, measured // 2)
    total = passed = 0
    for seconds in sorted(lengths):
        total += seconds * sum(passed <= place < passed + lengths[seconds] for place in middle)
        passed += lengths[seconds]
    return total / 2


def _feedback(documents: Iterable[Mapping[str, Any]], done: Iterable[Mapping[str, Any]]) -> Feedback:
    kinds: dict[str, int] = {}
    themes: dict[str, dict[str, int]] = {}
    answered = 0
    said: list[Said] = []
    for document in documents:
        kind = str(document.get("kind", "other"))
        kinds[kind] = kinds.get(kind, 0) + 1
        answered += bool(document.get("answer") or document.get("answered_at"))
        if kind != WISH:
            months = themes.setdefault(one_line(str(document.get("theme", ""))), {})
            month = str(document.get("at", ""))[:7]
            months[month] = months.get(month, 0) + 1
        if not document.get("restricted"):
            said.append(_said(document))
    told = (_said(document) for document in done if not document.get("restricted"))
    public = tuple(each for each in told if each.kind in PUBLIC and each.text and each.answer)
    return Feedback(kinds, answered, tuple(said), public, themes)


def _said(document: Mapping[str, Any]) -> Said:
    offered = document.get("offered", "")
    alternatives = offered if isinstance(offered, str) else ", ".join(str(item) for item in offered)
    return Said(
        str(document.get("kind", "other")),
        one_line(str(document.get("text", ""))),
        one_line(alternatives),
        one_line(str(document.get("answer", ""))),
        one_line(str(document.get("theme", ""))),
    )


def _watch(
    counted: Counts, made: PromiseCounts, records: Iterable[Interaction], now: datetime, *, one_shift: bool
) -> tuple[str, ...]:
    """What the person in charge should look at, the most pressing first."""
    lines: list[str] = []
    if made.reports_due:
        verb = "is" if made.reports_due == 1 else "are"
        lines.append(f"{number_of(made.reports_due, 'incident report')} {verb} due.")
    overdue = [promise for _, promise in open_promises(records) if is_overdue(promise, now) and not promise.private]
    lines += [f"Overdue since {moment(promise.due)}: {one_line(promise.what)}." for promise in overdue[:_NAMED]]
    if len(overdue) > _NAMED:
        lines.append(f"{number_of(len(overdue) - _NAMED, 'more promise')} overdue.")
    if counted.hard:
        found = ", ".join(
            f"{number} {strain}" for strain, number in sorted(counted.strains.items()) if strain != "calm"
        )
        hard = f"{number_of(counted.hard, 'hard contact')} ({found})"
        # The second red exit in a shift is when a colleague should take over: see the loggers' own staff-harm figures.
        advice = " Offer a swap and a debrief." if one_shift and counted.hard > 1 else ""
        lines.append(f"{hard}.{advice}")
    return tuple(lines)
