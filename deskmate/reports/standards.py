"""Service standards a library sets: met, missed or not known, from the log, with the cases behind each figure.

What the log cannot know is not claimed: a call whose hold clock never ran is in no figure, and an answer without its
day is neither met nor missed. Sensitive contacts are left out, since all but their kind and day is erased.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any, Final

from deskmate.hours import Hours
from deskmate.model.interaction import Interaction, short_ref
from deskmate.reports.promises import Closed, first_due, rounds_of
from deskmate.settings import Standards

MET: Final = "met"
MISSED: Final = "missed"
UNKNOWN: Final = "unknown"
OPEN: Final = "open"
STATES: Final = (MET, MISSED, UNKNOWN, OPEN)
"""`open`: its time has not come yet, or somebody else is waited for."""
HOLD: Final = "hold"
CALLBACK: Final = "callback"
COMPLAINT: Final = "complaint"

Held = tuple[str, int]
"""A caller who was on hold: the ref of the contact, and the seconds in all."""


@dataclass(frozen=True, slots=True)
class Standard:
    """How one standard fared in a period."""

    name: str
    """`hold`, `callback` or `complaint`."""
    title: str
    percent: int
    """The share of the known cases that has to be met."""
    cases: Mapping[str, tuple[str, ...]]
    """Each of `STATES` to the refs of its cases."""

    def number(self, state: str) -> int:
        """How many cases are in a state."""
        return len(self.cases.get(state, ()))

    @property
    def known(self) -> int:
        """Cases of which the log knows whether the standard was met."""
        return self.number(MET) + self.number(MISSED)

    @property
    def verdict(self) -> str:
        """`met`, `missed`, or `unknown` when there is no case to judge by."""
        if not self.known:
            return UNKNOWN
        return MET if self.number(MET) * 100 >= self.percent * self.known else MISSED


@dataclass(frozen=True, slots=True)
class Goals:
    """What is measured by."""

    standards: Standards
    hold_limit: int
    """Seconds."""
    hours: Hours
    """Which days are working days: those on which the library is open."""


def measure(
    goals: Goals,
    *,
    held: Iterable[Held],
    closed: Iterable[Closed],
    owing: Iterable[Interaction],
    feedback: Iterable[Mapping[str, Any]],
    start: datetime,
    end: datetime,
    now: datetime,
) -> tuple[Standard, ...]:
    """Measure every standard that is set over one period.

    A call-back belongs to the period its promised time falls in, a complaint to the one it came in: so a figure of a
    past period changes only where something is answered or mended later.

    Args:
        goals: the standards.
        held: callers on hold in the period.
        closed: closed promises; those of other periods are passed over.
        owing: records with an open promise.
        feedback: documents of the period.
        start: the start of the period.
        end: its end, not included.
        now: what is open is judged as of now.
    """
    found = [_holds(held, goals.hold_limit)]
    if goals.standards.callback_percent:
        found.append(_callbacks(closed, owing, goals.standards.callback_percent, (start, end, now)))
    if goals.standards.complaint_days:
        found.append(_complaints(feedback, goals, now))
    return tuple(standard for standard in found if any(standard.cases.values()))


def answer_by(came: date, days: int, hours: Hours) -> date | None:
    """The last day on which an answer is in time: so many open days after the day it came.

    Returns:
        None when the library never opens.
    """
    day: date | None = came
    for _ in range(days):
        day = hours.next_open(day + timedelta(days=1)) if day else None
    return day


def _holds(held: Iterable[Held], limit: int) -> Standard:
    cases: dict[str, list[str]] = {MET: [], MISSED: []}
    for ref, seconds in held:
        cases[MET if seconds <= limit else MISSED].append(ref)
    return _standard(HOLD, f"On hold {limit} s at most, in all", 100, cases)


def _callbacks(
    closed: Iterable[Closed], owing: Iterable[Interaction], percent: int, period: tuple[datetime, datetime, datetime]
) -> Standard:
    start, end, now = (moment.timestamp() for moment in period)
    cases: dict[str, list[str]] = {state: [] for state in STATES}
    how_to_state = {"kept": MET, "late": MISSED, "untimed": UNKNOWN}
    records = {record.id: record for record in owing}.values()
    going_on = (rounds_of(record) for record in records if record.promise and record.promise.state == "open")
    for _, _, how, due, ref in chain(closed, *going_on):
        if how in how_to_state and ref and start <= due < end:
            cases[how_to_state[how]].append(ref)
    for record in records:
        promise = record.promise
        if promise is None or promise.state != "open" or promise.private or record.sensitive:
            continue
        due = first_due(promise).timestamp()
        if start <= due < end:
            cases[OPEN if promise.waiting_for or due >= now else MISSED].append(record.ref)
    return _standard(CALLBACK, f"Promises kept by their time ({percent} %)", percent, cases)


def _complaints(documents: Iterable[Mapping[str, Any]], goals: Goals, now: datetime) -> Standard:
    days = goals.standards.complaint_days
    cases: dict[str, list[str]] = {state: [] for state in STATES}
    for document in documents:
        if document.get("kind") == "complaint":
            came = datetime.fromisoformat(str(document["at"]))
            last = answer_by(came.date(), days, goals.hours)
            ref = short_ref(came.date(), str(document.get("id", "")))
            cases[_answered(document, last, now.date())].append(ref)
    unit = "working day" if days == 1 else "working days"
    return _standard(COMPLAINT, f"Complaints answered in {days} {unit}", 100, cases)


def _answered(document: Mapping[str, Any], last: date | None, today: date) -> str:
    """Whether a complaint was answered by its last day. One whose words were erased is not known."""
    try:
        answered = datetime.fromisoformat(str(document["answered_at"])).date()
    except (KeyError, ValueError):
        if document.get("answer") or not document.get("text") or last is None:
            return UNKNOWN
        return MISSED if today > last else OPEN
    if last is None:
        return UNKNOWN
    return MET if answered <= last else MISSED


def _standard(name: str, title: str, percent: int, cases: Mapping[str, list[str]]) -> Standard:
    return Standard(name, title, percent, {state: tuple(sorted(refs)) for state, refs in cases.items() if refs})
