"""The open promises in the order in which somebody looks at them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.settings import Library
from deskmate.text.spoken import place

ANYBODYS: Final = timedelta(days=1)
"""A promise this long overdue is everybody's to see, whoever made it: people leave, fall ill and change desks."""


@dataclass(frozen=True, slots=True)
class Board:
    """The open promises of this desk, each list in the order of their due time."""

    overdue: tuple[Interaction, ...]
    today: tuple[Interaction, ...]
    later: tuple[Interaction, ...]
    waiting: tuple[Interaction, ...]
    """Somebody else moves next: the clock is stopped."""
    elsewhere: tuple[str, ...] = ()
    """The names of other desks with an incident report due: one for each report, and nothing more is told of it."""

    @property
    def all(self) -> tuple[Interaction, ...]:
        """Every one, overdue first."""
        return (*self.overdue, *self.today, *self.later, *self.waiting)

    @property
    def told_elsewhere(self) -> list[str]:
        """What is said of incident reports that other desks owe, or this one under a name it had: a line a desk."""
        return [
            f'A report is due at the desk "{name}". Is it this one? Then: formerly = ["{name}"] in [library].'
            for name in sorted(set(self.elsewhere))
        ]


def sort_out(records: Iterable[Interaction], now: datetime, library: Library, mine: str = "") -> Board:
    """Sort open promises by when they are due and who moves next.

    Args:
        records: with an open promise each.
        now: the present moment, aware.
        library: what this desk is called; a private promise is told of at the desk that made it only.
        mine: initials; only theirs, anyone's, and what is long overdue are shown.
    """
    overdue, today, later, waiting, elsewhere = [], [], [], [], []
    for record in sorted(records, key=due_at):
        promise = promise_of(record)
        late = now.timestamp() - promise.due.timestamp()
        if promise.private and not library.is_here(record.desk):
            elsewhere.append(record.desk)
        elif mine and promise.who not in ("", mine) and (promise.waiting_for or late < ANYBODYS.total_seconds()):
            continue
        elif promise.waiting_for:
            waiting.append(record)
        elif late >= 0:
            overdue.append(record)
        elif place(promise.due, now, exact=True).date() == now.date():
            today.append(record)
        else:
            later.append(record)
    return Board(tuple(overdue), tuple(today), tuple(later), tuple(waiting), tuple(elsewhere))


def promise_of(record: Interaction) -> Promise:
    """The promise of a record that has one."""
    assert record.promise is not None, "only records with a promise come here"
    return record.promise


def due_at(record: Interaction) -> float:
    """When a record's promise is due, in seconds since 1970."""
    return promise_of(record).due.timestamp()


def handover_accepted(left: int) -> str:
    """What is said when a hand-over was accepted and so many of its promises were not taken over."""
    if not left:
        return "Hand-over accepted."
    return f"Hand-over accepted. {left} promise{'' if left == 1 else 's'} of it not taken yet."
