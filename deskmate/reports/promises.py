"""Promises counted: made, kept in time or late, still open, overdue."""

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.tallies import Additive

REPORT_DUE: Final = "incident report due"
"""All that is ever told of a private promise."""

Closed = tuple[float, float, str, float, str]
"""A closed promise: when it was made and closed (seconds since 1970), `kept`, `late`, `untimed` or `dropped`, for when
it was promised first, and the ref of its record; no ref when the record is sensitive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PromiseCounts(Additive):
    """Promises of a period. Private ones are only in `reports_due`."""

    made: int = 0
    """Made in the period."""
    kept: int = 0
    """Closed in the period, in time."""
    late: int = 0
    """Closed in the period, after their time."""
    untimed: int = 0
    """Closed in the period, and nobody said whether in time."""
    dropped: int = 0
    open: int = 0
    """Open now, whenever made."""
    waiting: int = 0
    """Of the open ones: the clock is stopped while we wait for someone."""
    overdue: int = 0
    """Of the open ones: past their time, and not waiting for anyone."""
    reports_due: int = 0
    """Incident reports still to be written."""


def count_promises(records: Iterable[Interaction], *, start: datetime, end: datetime, now: datetime) -> PromiseCounts:
    """Count the promises of the records; a record given twice counts once, as it was given last.

    Each round of a promise that comes again counts as a promise of its own.
    """
    numbers = dict.fromkeys(PromiseCounts.__dataclass_fields__, 0)
    rounds: list[Closed] = []
    for record in {record.id: record for record in records if record.promise is not None}.values():
        rounds += rounds_of(record)
        for name in _places(record.promise, start, end, now):
            numbers[name] += 1
    return PromiseCounts(**numbers) + count_closed(rounds, start=start, end=end)


def closed_promises(record: Interaction) -> list[Closed]:
    """When a record's promise was made and closed, and how, with its earlier rounds.

    None when there is none, it is open (`rounds_of` then has what was kept of it so far), or it is private.
    """
    promise = record.promise
    if promise is None or promise.state == "open" or promise.private:
        return []
    closed = promise.closed_at or promise.made_at
    ref = "" if record.sensitive else record.ref
    last = (_made(promise), closed.timestamp(), _how(promise), first_due(promise).timestamp(), ref)
    return [*rounds_of(record), last]


def rounds_of(record: Interaction) -> list[Closed]:
    """The rounds that were kept, or not, of a promise that comes again; none of a private one."""
    promise = record.promise
    if promise is None or promise.private:
        return []
    found: list[Closed] = []
    made, ref = promise.made_at.timestamp(), "" if record.sensitive else record.ref
    for due, closed, kept in promise.rounds:
        with suppress(ValueError):  # as from another program
            ended = datetime.fromisoformat(closed).timestamp()
            found.append((made, ended, "kept" if kept else "late", datetime.fromisoformat(due).timestamp(), ref))
            made = ended
    return found


def _made(promise: Promise) -> float:
    """When this round of a promise began, in seconds since 1970: when it was made, or the round before was closed."""
    with suppress(ValueError, IndexError):
        return datetime.fromisoformat(promise.rounds[-1][1]).timestamp()
    return promise.made_at.timestamp()


def count_closed(promises: Iterable[Closed], *, start: datetime, end: datetime) -> PromiseCounts:
    """Count closed promises, each given once."""
    first, last = start.timestamp(), end.timestamp()
    numbers: Counter[str] = Counter()
    for made, closed, how, _, _ in promises:
        numbers["made"] += first <= made < last
        numbers[how] += first <= closed < last
    return PromiseCounts(**numbers)


def open_promises(records: Iterable[Interaction]) -> list[tuple[Interaction, Promise]]:
    """The records whose promise is open, each once, the most urgent first; waiting ones come last."""
    last = {record.id: record for record in records}
    found = [(record, record.promise) for record in last.values() if record.promise and record.promise.state == "open"]
    return sorted(found, key=lambda pair: (bool(pair[1].waiting_for), pair[1].due.timestamp(), pair[0].id))


def is_overdue(promise: Promise, now: datetime) -> bool:
    """Whether it is open, past its time, and nobody else is waited for."""
    return promise.state == "open" and not promise.waiting_for and promise.due < now


def first_due(promise: Promise) -> datetime:
    """The time that was promised first; the present one when the first cannot be read, as from another program."""
    try:
        return promise.first_due
    except ValueError:
        return promise.due


def told(promise: Promise) -> str:
    """What is owed, as it may be told to others."""
    return REPORT_DUE if promise.private else promise.what


def _places(promise: Promise | None, start: datetime, end: datetime, now: datetime) -> list[str]:
    if promise is None:
        return []
    if promise.private:
        return ["reports_due"] if promise.state == "open" else []
    places = ["made"] if start.timestamp() <= _made(promise) < end.timestamp() else []
    if promise.state == "open":
        places.append("open")
        if promise.waiting_for:
            places.append("waiting")
        if is_overdue(promise, now):
            places.append("overdue")
    elif start <= (promise.closed_at or promise.made_at) < end:
        places.append(_how(promise))
    return places


def _how(promise: Promise) -> str:
    """How a promise was closed."""
    return "dropped" if promise.state == "dropped" else {True: "kept", False: "late", None: "untimed"}[promise.kept]
