"""What is owed: made, found again at the right minute, and closed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.desk.entries import Entries
from deskmate.desk.shifts import Shifts
from deskmate.faults import BadUsage
from deskmate.hours import Hours
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.records.contacts import Contacts
from deskmate.records.log import Log
from deskmate.settings import Settings
from deskmate.text.clean import clean, one_line
from deskmate.text.due import Due, parse
from deskmate.text.guard import mask
from deskmate.text.spoken import place

SOON: Final = timedelta(minutes=30)
"""Promises due within this time stand on the Desk before anything is typed."""
CALLED_BACK: Final = ("answered", "referred", "declined")
"""Outcomes of a call back that keep its promise: they heard what they were owed. Voicemail or nobody there does not."""


@dataclass(frozen=True, slots=True)
class Board:
    """The open promises of this desk, each list in the order of their due time."""

    overdue: tuple[Interaction, ...]
    today: tuple[Interaction, ...]
    later: tuple[Interaction, ...]
    waiting: tuple[Interaction, ...]
    """Somebody else moves next: the clock is stopped."""

    @property
    def all(self) -> tuple[Interaction, ...]:
        """Every one, overdue first."""
        return (*self.overdue, *self.today, *self.later, *self.waiting)


class Promises:
    """The promises of this library, seen from this desk."""

    def __init__(
        self, log: Log, contacts: Contacts, settings: Settings, clock: Clock, shifts: Shifts, entries: Entries
    ) -> None:
        self._log = log
        self._contacts = contacts
        self._settings = settings
        self._clock = clock
        self._shifts = shifts
        self._entries = entries

    def when(self, phrase: str) -> Due:
        """Read a due phrase with this library's opening hours; a shift is taken to end when the library closes.

        Raises:
            BadUsage: it is not understood.
        """
        now = self._clock.now()
        return parse(phrase, now, self._settings.hours, shift_end=closing_today(self._settings.hours, now))

    def board(self, *, mine: str = "") -> Board:
        """The open promises.

        Args:
            mine: initials; only theirs and anyone's are shown.
        """
        now = self._clock.now()
        overdue, today, later, waiting = [], [], [], []
        for record in sorted(self._log.open_promises(), key=_due):
            promise = _promise(record)
            if mine and promise.who not in ("", mine):
                continue
            if promise.waiting_for:
                waiting.append(record)
            elif promise.due <= now:
                overdue.append(record)
            elif promise.due.date() == now.date():
                today.append(record)
            else:
                later.append(record)
        return Board(tuple(overdue), tuple(today), tuple(later), tuple(waiting))

    def due_now(self) -> tuple[Interaction, ...]:
        """Promises whose time has come, the oldest first."""
        return self.board().overdue

    def due_soon(self) -> tuple[Interaction, ...]:
        """Promises overdue or due within 30 minutes: what an empty Desk shows."""
        limit = self._clock.now() + SOON
        board = self.board()
        return tuple(record for record in (*board.overdue, *board.today) if _due(record) <= limit)

    def draft(self, what: str, phrase: str, *, contact: str = "", who: str = "") -> tuple[Promise, Due]:
        """A promise that is to be kept with a record; its contact is stored apart at once, before the record names it.

        Args:
            what: what is owed; private data is masked.
            phrase: when, as typed.
            contact: a name and number, or empty.
            who: initials of who owes it, or empty for anyone.

        Returns:
            The promise, and the time as it was understood.

        Raises:
            BadUsage: the phrase is not understood.
            NotSaved: the contact could not be written.
        """
        due = self.when(phrase)
        promise = Promise(
            what=mask(one_line(what, 200)) or "get back to them",
            due=due.at,
            made_at=self._clock.now(),
            who=one_line(who, 8),
            contact=self._contacts.add(clean(contact).strip()) if contact.strip() else "",
        )
        return promise, due

    def attach(self, record: Interaction, promise: Promise) -> Interaction:
        """Keep a promise with an interaction that is already saved.

        Raises:
            NotSaved: it could not be written.
        """
        outcome = "promised" if record.outcome in ("answered", "unresolved") else record.outcome
        return self._log.change(record.with_(promise=promise, outcome=outcome), say=f"Promise: {promise.what}")

    def make(self, promise: Promise, *, channel: str = "in-person") -> Interaction:
        """Keep a promise that has no interaction of its own: a record is made for it.

        Raises:
            BadUsage: the channel is none.
            NotSaved: it could not be written.
        """
        fields = self._entries.tidy({"channel": channel, "outcome": "promised"})
        record = self._entries.blank().with_(promise=promise, **fields)
        return self._log.add(record, say=f"Promise: {promise.what}")

    def done(self, record: Interaction) -> Interaction:
        """Close a promise as kept, in time or late.

        Raises:
            BadUsage: it is closed already.
            NotSaved: it could not be written.
        """
        now = self._clock.now()

        def close(promise: Promise) -> Promise:
            return promise.with_(state="done", closed_at=now, kept=now <= promise.first_due, waiting_for="")

        return self._edit(record, close, "Done")

    def drop(self, record: Interaction) -> Interaction:
        """Close a promise that nobody needs any more.

        Raises:
            BadUsage: it is closed already.
            NotSaved: it could not be written.
        """
        now = self._clock.now()
        return self._edit(record, lambda promise: promise.with_(state="dropped", closed_at=now), "Dropped")

    def snooze(self, record: Interaction, phrase: str) -> tuple[Interaction, Due]:
        """Give a promise a later time; the old one is remembered and decides whether it was kept in time.

        Raises:
            BadUsage: the phrase is not understood, or the promise is closed.
            NotSaved: it could not be written.
        """
        due = self.when(phrase)

        def move(promise: Promise) -> Promise:
            old = promise.due.isoformat(timespec="seconds")
            return promise.with_(due=due.at, snoozed_from=(*promise.snoozed_from, old), waiting_for="")

        return self._edit(record, move, f"Snoozed to {due.said}"), due

    def hand_over(self, record: Interaction, to: str) -> Interaction:
        """Give a promise to somebody; it stays visible as not accepted until they accept it.

        Raises:
            BadUsage: nobody was named, or the promise is closed.
            NotSaved: it could not be written.
        """
        name = one_line(to, 8)
        if not name:
            raise BadUsage("Nobody was named.", "Give the initials of who takes it.")
        shift = self._shifts.current()
        now = self._clock.now()

        def give(promise: Promise) -> Promise:
            by = promise.who or (shift.staff if shift else "") or "desk"
            return promise.with_(who=name, handed_by=by, handed_at=now, accepted_by="", accepted_at=None)

        return self._edit(record, give, f"Handed over to {name}")

    def accept(self, record: Interaction, by: str) -> Interaction:
        """Take over a promise that was handed over.

        Raises:
            BadUsage: the promise is closed.
            NotSaved: it could not be written.
        """
        name = one_line(by, 8)
        now = self._clock.now()
        return self._edit(
            record, lambda promise: promise.with_(who=name, accepted_by=name, accepted_at=now), "Accepted"
        )

    def wait_for(self, record: Interaction, whom: str) -> Interaction:
        """Somebody else moves next: the clock stops, and since when is shown; an empty name starts it again.

        Raises:
            BadUsage: the promise is closed.
            NotSaved: it could not be written.
        """
        name = mask(one_line(whom, 60))
        since = self._clock.now() if name else None
        say = f"Waiting for {name}" if name else "No longer waiting"
        return self._edit(record, lambda promise: promise.with_(waiting_for=name, waiting_since=since), say)

    def contact(self, record: Interaction) -> str:
        """The name and number of a promise, to be shown for a few seconds; empty when there is none any more."""
        promise = record.promise
        return (self._contacts.show(promise.contact) or "") if promise and promise.contact else ""

    def erase_contact(self, record: Interaction) -> bool:
        """Erase a promise's contact from the disk; False when there was none."""
        promise = record.promise
        return bool(promise and promise.contact) and self._contacts.erase(_promise(record).contact)

    def _edit(self, record: Interaction, edit: Callable[[Promise], Promise], say: str) -> Interaction:
        """Apply an edit to the newest version of a record's promise.

        Raises:
            BadUsage: the record is gone or its promise is closed.
        """
        newest = self._log.get(record.day, record.id)
        if newest is None or newest.promise is None:
            raise BadUsage("That promise is no longer there.", "Look at the list again.")
        if newest.promise.state != "open":
            raise BadUsage("That promise is closed already.", "Undo brings it back.")
        promise = edit(newest.promise)
        return self._log.change(newest.with_(promise=promise), say=f"{say}: {promise.what}")


def closing_today(hours: Hours, now: datetime) -> datetime | None:
    """When the library closes today; None when it has closed already or is closed all day."""
    closing = hours.closing(now.date())
    at = place(datetime.combine(now.date(), closing), now) if closing else None
    return at if at is not None and at > now else None


def _promise(record: Interaction) -> Promise:
    """The promise of a record that has one."""
    assert record.promise is not None, "only records with a promise come here"
    return record.promise


def _due(record: Interaction) -> Any:
    """When a record's promise is due."""
    return _promise(record).due
