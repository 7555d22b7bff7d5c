"""What is owed: made, found again at the right minute, and closed."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime, timedelta
from typing import Final

from deskmate.clock import Clock
from deskmate.desk.entries import Entries
from deskmate.desk.owed import Board, due_at, promise_of, sort_out
from deskmate.desk.shifts import Shifts
from deskmate.faults import BadUsage
from deskmate.hours import Hours
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.records.contacts import Contacts
from deskmate.records.log import Log
from deskmate.settings import Settings
from deskmate.text.clean import clean, one_line
from deskmate.text.due import Due
from deskmate.text.every import Every, following, parse_again, stored
from deskmate.text.guard import mask
from deskmate.text.spoken import place

SOON: Final = timedelta(minutes=30)
"""Promises due within this time stand on the Desk before anything is typed."""
LONGEST: Final = 200
"""Characters of what is promised: a sentence."""
TWICE: Final = 60
"""Seconds in which keeping the next round too is taken for a key that was pressed twice."""
CALLED_BACK: Final = ("answered", "referred", "declined")
"""Outcomes of a call back that keep its promise: they heard what they were owed. Voicemail or nobody there does not."""


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
            BadUsage: it is not understood, or it is a time that comes again.
        """
        due, every = self.when_again(phrase)
        if every is not None:
            raise BadUsage(f'"{every.said}" is more than one time.', "Give one time; a new promise may come again.")
        return due

    def when_again(self, phrase: str) -> tuple[Due, Every | None]:
        """Read a due phrase that may come again: `every fri 10:00`.

        Raises:
            BadUsage: it is not understood.
        """
        now, hours = self._clock.now(), self._settings.hours
        return parse_again(phrase, now, hours, shift_end=closing_today(hours, now))

    def board(self, *, mine: str = "") -> Board:
        """The open promises.

        Args:
            mine: initials; only theirs and anyone's are shown.
        """
        return sort_out(self._log.open_promises(), self._clock.now(), self._settings.library, mine)

    def due_now(self) -> tuple[Interaction, ...]:
        """Promises whose time has come, the oldest first."""
        return self.board().overdue

    def due_soon(self) -> tuple[Interaction, ...]:
        """Promises overdue or due within 30 minutes: what an empty Desk shows."""
        limit = self._clock.now().timestamp() + SOON.total_seconds()
        board = self.board()
        return tuple(record for record in (*board.overdue, *board.today, *board.later) if due_at(record) <= limit)

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
        due, every = self.when_again(phrase)
        promise = Promise(
            what=mask(one_line(what, LONGEST)) or "get back to them",
            due=due.at,
            every=every.stored if every else "",
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
        """Close a promise as kept, in time or late; one that comes again is open again with its next time.

        Raises:
            BadUsage: it is closed already.
            NotSaved: it could not be written.
        """
        now = self._clock.now()

        def close(promise: Promise) -> Promise:
            every = stored(promise.every)
            if every is not None:
                if promise.rounds and now.timestamp() - _closed_last(promise) < TWICE:
                    told = f"This one was kept a moment ago; the next is due {self.clock_of(promise.due)}."
                    raise BadUsage(told, "Undo brings the last one back.")
                return self._next_round(promise, every, now)
            still = promise.with_(waited=promise.stood(now), waiting_for="", waiting_since=None)
            return still.with_(state="done", closed_at=now, kept=promise.in_time(now))

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
        due, now = self.when(phrase), self._clock.now()

        def move(promise: Promise) -> Promise:
            old = promise.due.isoformat(timespec="seconds")
            still = promise.with_(waited=promise.stood(now), waiting_for="", waiting_since=None)
            return still.with_(due=due.at, snoozed_from=(*promise.snoozed_from, old))

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
        """Take a promise over: from now on it is owed by these initials.

        Raises:
            BadUsage: the promise is closed.
            NotSaved: it could not be written.
        """
        return self._take(record, by)

    def take_over(self, record: Interaction, by: str, leaver: str) -> Interaction:
        """Take a promise over with a hand-over: whose it is changes only when it was the leaving person's.

        Args:
            record: the promise's.
            by: initials of who takes over, or empty.
            leaver: initials of who left the hand-over, or empty.

        Raises:
            BadUsage: the promise is closed.
            NotSaved: it could not be written.
        """
        return self._take(record, by, one_line(leaver, 8))

    def accept_handover(self, shift: Shift, by: str, taken: Iterable[Interaction], read_back: str = "") -> Shift:
        """Accept a hand-over, and take over some of its promises with it.

        Args:
            shift: the shift whose hand-over it is.
            by: initials of who takes over; not a signature.
            taken: the promises that are taken over; the others stay visible as not taken.
            read_back: what was read back.

        Raises:
            BadUsage: a promise is closed, or the hand-over was accepted meanwhile or written anew.
            NotSaved: it could not be written; the promises before are taken.
        """
        self._shifts.still_waiting(shift)
        for record in taken:
            self.take_over(record, by, shift.staff)
        return self._shifts.accept(shift, by, read_back)

    def _take(self, record: Interaction, by: str, only_from: str | None = None) -> Interaction:
        name, now = one_line(by, 8), self._clock.now()

        def take(promise: Promise) -> Promise:
            theirs = only_from is None or (only_from and promise.who == only_from)
            whose = name if theirs else promise.who
            return promise.with_(who=whose, accepted_by=name or "desk", accepted_at=now)

        return self._edit(record, take, "Taken over")

    def release(self, record: Interaction) -> Interaction:
        """Make a promise anyone's.

        Raises:
            BadUsage: the promise is closed.
            NotSaved: it could not be written.
        """

        def let_go(promise: Promise) -> Promise:
            return promise.with_(who="", handed_by="", handed_at=None, accepted_by="", accepted_at=None)

        return self._edit(record, let_go, "Anyone's now")

    def give_all(self, who: str, to: str) -> list[Interaction]:
        """Hand over everything that somebody owes, as when they have left; empty makes it anyone's.

        Args:
            who: initials of who owes it now.
            to: initials of who takes it, or empty.

        Raises:
            BadUsage: nothing is owed by these initials.
            NotSaved: one could not be written; those before it are.
        """
        name, taker = one_line(who, 8).casefold(), one_line(to, 8)
        owed = [each for each in self._log.open_promises() if name and promise_of(each).who.casefold() == name]
        if not owed:
            raise BadUsage(f'Nothing is owed by "{one_line(who, 8)}".', "See the open promises: deskmate due --all")
        return [self.hand_over(each, taker) if taker else self.release(each) for each in owed]

    def wait_for(self, record: Interaction, whom: str) -> Interaction:
        """Somebody else moves next: the clock stops, and since when is shown; an empty name starts it again.

        Raises:
            BadUsage: the promise is closed.
            NotSaved: it could not be written.
        """
        name, now = mask(one_line(whom, 60)), self._clock.now()
        since = now if name else None
        say = f"Waiting for {name}" if name else "No longer waiting"

        def wait(promise: Promise) -> Promise:
            return promise.with_(waited=promise.stood(now), waiting_for=name, waiting_since=since)

        return self._edit(record, wait, say)

    def clock_of(self, moment: datetime) -> str:
        """A moment on the wall clock of this desk: `10:00` today, `Fri 27 Nov 10:00` on another day."""
        now = self._clock.now()
        here = place(moment, now, exact=True)
        return f"{here:%H:%M}" if here.date() == now.date() else f"{here:%a %d %b %H:%M}"

    def untaken(self) -> frozenset[str]:
        """The ids of open promises that the last hand-over named and nobody has taken over since."""
        return frozenset(record.id for record in self._shifts.untaken(self._log.open_promises()))

    def remarks(self, record: Interaction, untaken: Collection[str] = ()) -> list[str]:
        """Who moves next and what else is known of a promise, a few words each; never the contact.

        Args:
            record: the promise's.
            untaken: what `untaken` found, once for a whole list.
        """
        promise = promise_of(record)
        remarks = [f"incident at {self.clock_of(record.asked_at)}"] if promise.private else []
        if promise.waiting_for:
            since = f" since {self.clock_of(promise.waiting_since)}" if promise.waiting_since else ""
            remarks.append(f"waiting for {promise.waiting_for}{since}")
        if promise.handed_at and not promise.accepted_at:
            remarks.append(f"handed to {promise.who}, not accepted")
        else:
            remarks += [f"for {promise.who}"] if promise.who else []
            remarks += ["hand-over: not taken yet"] if record.id in untaken else []
        every = stored(promise.every)
        remarks += [every.said] if every else []
        return remarks + (["contact kept"] if promise.contact else [])

    def offers(self, promise: Promise) -> tuple[str, ...]:
        """The times a snooze offers: those it had before that are still to come, then the same time a day later."""
        now = self._clock.now()
        had = (place(datetime.fromisoformat(each), now, exact=True) for each in reversed(promise.snoozed_from))
        ahead = dict.fromkeys(each for each in had if each.timestamp() > now.timestamp())
        times = [f"{each:%Y-%m-%d %H:%M}" for each in ahead if each.timestamp() != promise.due.timestamp()]
        due = place(promise.due, now, exact=True)
        later = max(due.date(), now.date()) + timedelta(days=1)
        day = "tomorrow" if later == now.date() + timedelta(days=1) else later.isoformat()
        return (*times, f"{day} {due:%H:%M}")

    def _next_round(self, promise: Promise, every: Every, now: datetime) -> Promise:
        """One that comes again, after this round was kept: the next is counted from the first, not from a snooze."""
        due = promise.first_due
        closed = (due.isoformat(timespec="seconds"), now.isoformat(timespec="seconds"), promise.in_time(now))
        after = max(now, place(due, now, exact=True), key=datetime.timestamp)
        return promise.with_(
            due=following(every, promise.began, after, self._settings.hours),
            rounds=(*promise.rounds, closed),
            snoozed_from=(),
            waited=0,
            waiting_for="",
            waiting_since=None,
        )

    def contact(self, record: Interaction) -> str:
        """The name and number of a promise, to be shown for a few seconds; empty when there is none any more."""
        return self.contact_of(record.promise) if record.promise else ""

    def contact_of(self, promise: Promise) -> str:
        """The same, of the promise itself."""
        return (self._contacts.show(promise.contact) or "") if promise.contact else ""

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


def _closed_last(promise: Promise) -> float:
    """When the last round was closed, in seconds since 1970."""
    return datetime.fromisoformat(promise.rounds[-1][1]).timestamp()


def closing_today(hours: Hours, now: datetime) -> datetime | None:
    """When the library closes today; None when it has closed already or is closed all day."""
    closing = hours.closing(now.date())
    at = place(datetime.combine(now.date(), closing), now) if closing else None
    # Two times of one zone compare by the wall clock, which turns back once a year.
    return at if at is not None and at.timestamp() > now.timestamp() else None
