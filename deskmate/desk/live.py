"""The people at the desk and on the phone right now: opened, parked, on hold, ended, and found again after a crash."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.desk.entries import Entries
from deskmate.desk.live_journals import LiveJournals
from deskmate.desk.live_person import CALL, NOTE, PROMISE, Live, newer_promise
from deskmate.desk.live_record import BARE_INCIDENT, record_of
from deskmate.desk.report_due import report_due
from deskmate.faults import BadUsage, NotSaved
from deskmate.hours import Hours
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.playbooks.model import Playbook
from deskmate.playbooks.view import GuideView, view
from deskmate.playbooks.walk import Event, Walk, apply, exact, start
from deskmate.records.live import Journals
from deskmate.records.log import Log
from deskmate.text.clean import clean
from deskmate.text.guard import mask

PHONE_GUIDE: Final = "phone-call"
INTERRUPTED_GUIDE: Final = "phone-vs-in-person"


class LiveBoard:
    """All live interactions of this program.

    One of them is in front (`current`); the rest are parked or on hold, in the order they came. Every change is written
    to the journal before it is applied, so that a kill loses no key.
    """

    def __init__(
        self,
        books: Mapping[str, Playbook],
        values: Mapping[str, str],
        journals: Journals,
        log: Log,
        entries: Entries,
        clock: Clock,
        hours: Hours,
    ) -> None:
        self._books = books
        self.values = values
        self._kept = LiveJournals(journals, log)
        self._log = log
        self._entries = entries
        self._clock = clock
        self._hours = hours
        self._live: list[Live] = []
        self.current: Live | None = None
        self.when_over: Callable[[Live], object] | None = None
        """Called with somebody whose guide was over when they were left: a call back has kept its promise."""

    # -- who is there ---------------------------------------------------------------------------------------------

    @property
    def others(self) -> tuple[Live, ...]:
        """Everybody who is not in front: callers on hold, who wait the worst, longest first; then first come first."""
        now = self._clock.now()
        waiting = [live for live in self._live if live is not self.current]
        return tuple(sorted(waiting, key=lambda live: -1 - (live.walk.hold_for(now) or 0) if live.held else 0))

    @property
    def trouble(self) -> NotSaved | None:
        """Why the last event could not be journaled: a crash would lose it. Guides go on: the words matter more."""
        return self._kept.trouble

    @property
    def anybody(self) -> bool:
        """True while somebody is being helped or waits."""
        return bool(self._live)

    @property
    def unfinished(self) -> int:
        """How many are not ended and saved yet."""
        return sum(not live.walk.ended or live.saved is None for live in self._live)

    @property
    def contacts(self) -> set[str]:
        """The contacts of promises that are not in a record yet."""
        return {live.promise.contact for live in self._live if live.promise and live.promise.contact}

    def book(self, live: Live) -> Playbook:
        """The playbook a live interaction is in."""
        return self._books[live.walk.playbook]

    def view(self, live: Live) -> GuideView:
        """What the guide shows of a live interaction now."""
        return view(live.walk, self._books, self.values, self._clock.now(), region=self.values.get("region", ""))

    def glance(self, playbook_id: str) -> GuideView:
        """The first screen of a playbook, for a look before it is opened; nothing begins.

        Raises:
            NotFound: there is no such playbook.
        """
        now = self._clock.now()
        walk = start(playbook_id, self._books, now, self.values)
        return view(walk, self._books, self.values, now, region=self.values.get("region", ""))

    # -- begin, change, end ---------------------------------------------------------------------------------------

    def begin(self, playbook_id: str, channel: str = "in-person") -> Live:
        """Open a playbook for somebody; whoever was in front is set aside first.

        Raises:
            NotFound: there is no such playbook.
        """
        now = self._clock.now()
        walk = start(playbook_id, self._books, now, self.values, channel)
        self.set_aside(interrupted=True)
        live_id = self._log.new_id()
        live = Live(live_id, walk, self._kept.open(live_id))
        self._kept.write(live, Event("start", now, f"{playbook_id}|{walk.channel}").to_json())
        self._live.append(live)
        self.current = live
        return live

    def call_back(self, owed: Interaction, playbook_id: str) -> Live:
        """Open the call-back guide for a promise; a crash in between forgets neither of them.

        Raises:
            NotFound: there is no such playbook.
        """
        live = self.begin(playbook_id, "phone")
        live.call, live.owed = f"{owed.day.isoformat()}/{owed.id}", owed.promise
        self._kept.write(live, {"kind": CALL, "value": live.call})
        return live

    def kept_by(self, live: Live) -> Interaction | None:
        """The record whose promise a call back has kept: it ended, and they heard what they were owed. Told once."""
        from deskmate.desk.promises import CALLED_BACK  # its phrases of time cost a start 4 ms

        if not live.call or live.saved is None or live.saved.outcome not in CALLED_BACK:
            return None
        record, live.call = self._kept.called_for(live), ""
        return record if record and record.promise and record.promise.state == "open" else None

    def act(self, kind: str, value: str = "") -> Walk:
        """Apply one event to whoever is in front.

        Raises:
            BadUsage: nobody is in front, or the event does not fit; nothing changed.
        """
        return self._act(self._front(), kind, value)

    def note(self, text: str, *, keep_private: bool = False) -> None:
        """Keep what was typed about whoever is in front; what looks private is masked before it is written."""
        live = self._front()
        live.note = clean(text) if keep_private else mask(clean(text))
        self._kept.write(live, {"kind": NOTE, "value": live.note})

    def promise(self, promise: Promise) -> None:
        """Keep a promise for the record of whoever is in front; its contact is already stored apart."""
        live = self._front()
        live.promise = promise
        self._kept.write(live, {"kind": PROMISE, "value": promise.to_document()})

    def judge(self, given: Mapping[str, Any]) -> Interaction | None:
        """Put a person's word in the place of what was proposed for whoever is in front, and save it.

        Args:
            given: fields by name; listed values may be shortened.

        Raises:
            BadUsage: a value is not one of its list.
            NotSaved: it could not be written.
        """
        live = self._front()
        live.judged = {**live.judged, **self._entries.tidy(given)}
        return self.save()

    def save(self) -> Interaction | None:
        """Write the record of whoever is in front as it stands; saving again changes the same record.

        Returns:
            The record as stored; None when nothing had happened (looking is not logging).

        Raises:
            NotSaved: it could not be written; the interaction stays as it is, and its journal too.
        """
        live = self._front()
        if live.saved is None and live.only_looked_at:
            return None
        record = self._record(live)
        say = f"Saved: {self._entries.describe(record)}"
        live.saved = self._log.add(record, say=say) if live.saved is None else self._log.change(record, say=say)
        return live.saved

    def end(self, outcome: str = "") -> Interaction | None:
        """End and save whoever is in front; the interaction stays in front until `leave`.

        Returns:
            The record as stored; None when nothing had happened.

        Raises:
            NotSaved: it could not be written; the interaction is not ended.
        """
        live = self._front()
        before = live.walk
        if not before.ended:
            self._act(live, "end", outcome)
        try:
            return self.save()
        except NotSaved:
            live.walk = before
            raise

    def reopen(self) -> None:
        """Go on with an interaction that was ended; what was saved is taken out of the log until it ends again.

        Raises:
            NotSaved: it could not be written.
        """
        live = self._front()
        if live.saved is not None:
            self.drop()
        if live.walk.ended:
            self._act(live, "reopen")

    def drop(self) -> Interaction | None:
        """Do not log what happened with whoever is in front: the record that `undo` brings back; None for nothing.

        Raises:
            NotSaved: it could not be written.
        """
        live = self._front()
        record = live.saved or self.save()
        if record is not None:
            self._entries.drop(record)
            live.saved = None
        return record

    def leave(self) -> None:
        """Let go of whoever is in front: what was saved stays saved, what was not is not logged."""
        live = self._front()
        self._kept.close(live)
        self._live.remove(live)
        self.current = None

    def settle(self) -> None:
        """Remove the journals of records that are on the disk by now; called after a flush of the log."""
        self._kept.settle()

    # -- two people at once ---------------------------------------------------------------------------------------

    def set_aside(self, *, interrupted: bool = False) -> Live | None:
        """Park the person in front, or put the caller on hold; nobody is in front afterwards.

        Args:
            interrupted: somebody else came; staff did not leave them. A person may then still stand at the end.

        Returns:
            Whoever waits now; None when nobody was in front, or they are gone: their guide was over and is saved.
        """
        live = self.current
        if live is None or ((live.gone or (live.over and not interrupted)) and self._let_go(live)):
            return None
        if not live.aside and not live.walk.ended:
            self._act(live, "hold" if live.on_phone else "park")
        self.current = None
        return live

    def _let_go(self, live: Live) -> bool:
        """End somebody whose guide is over; False when what was added since could not be saved: they stay."""
        try:
            if not live.walk.ended:  # else it was saved then, and what the Wrap-up has changed since stays
                self.end()
        except NotSaved as fault:
            self._kept.trouble = fault
            return False
        self.leave()
        if self.when_over is not None:
            self.when_over(live)
        return True

    def bring(self, live_id: str) -> Live:
        """Bring somebody back to the front, at the exact step; whoever was there is set aside.

        Raises:
            BadUsage: nobody has that id any more.
        """
        wanted = next((live for live in self._live if live.id == live_id), None)
        if wanted is None:
            raise BadUsage("That person is no longer waiting here.", "Look at the list on the Desk.")
        if wanted is not self.current:
            self.set_aside()
            self.current = wanted
            if wanted.walk.parked_since is not None:
                self._act(wanted, "unpark")
            if wanted.walk.hold_since is not None:
                self._act(wanted, "unhold")
        return wanted

    def front_again(self) -> Live | None:
        """After a crash: bring the one whose last key is the newest back to the front; a hold that ran goes on."""
        if not self._live:
            return None
        newest = max(self._live, key=lambda live: (live.walk.last_at, live.walk.parked_since is None))
        self.current = newest
        if newest.walk.parked_since is not None:
            self._act(newest, "unpark")
        return newest

    def phone_rings(self) -> Live:
        """The phone rings: from a free desk the plain phone guide, otherwise the person here is parked first.

        A phone guide in which nothing was done yet is for this very call: nobody was answered who could be on hold.
        """
        live = self.current
        if live and live.only_looked_at and not live.call and live.walk.playbook in (PHONE_GUIDE, INTERRUPTED_GUIDE):
            return live
        busy = live is not None and not live.gone
        guide = INTERRUPTED_GUIDE if busy and INTERRUPTED_GUIDE in self._books else PHONE_GUIDE
        return self.begin(guide, "phone")

    def emergency(self, playbook_id: str) -> Live:
        """HELP led to a guide: in the same record when the guide in front was urgent already, else for somebody new.

        Raises:
            NotFound: there is no such playbook.
        """
        live = self.current
        if live is None or live.walk.ended or self.book(live).urgency == "routine":
            live = self.begin(playbook_id)
            self._act(live, "help")
        else:
            self._act(live, "goto", playbook_id)
        return live

    # -- after a crash --------------------------------------------------------------------------------------------

    def restore(self) -> list[Live]:
        """Find the live interactions of programs that are gone, each at its step; all of them are set aside.

        Returns:
            Those found now. One whose record was saved before the crash is only tidied away.
        """
        found = self._kept.revive(self._books, self.values)
        self._live.extend(found)
        return found

    # -- the record -----------------------------------------------------------------------------------------------

    @property
    def so_far(self) -> Interaction | None:
        """The record of whoever is in front as it would be saved now; None when nobody is."""
        return self._record(self.current) if self.current is not None else None

    def _record(self, live: Live) -> Interaction:
        """The record that falls out of a walk."""
        base = self._entries.blank(live.id).with_(note=live.note.strip())
        record = record_of(live, base, self._clock.now(), self._books)
        due = report_due(self._hours, record.added_at) if record.incident else None
        saved = live.saved and (self._log.get(live.saved.day, live.saved.id) or live.saved)
        # saved again: what became of the promise in the list meanwhile stays
        return record.with_(promise=newer_promise(live.promise, saved.promise if saved else None) or due)

    def happened(self) -> Interaction:
        """HELP was needed and no guide was used: write the bare facts and a private promise of the report.

        Raises:
            NotSaved: it could not be written.
        """
        base = self._entries.blank()
        record = base.with_(**BARE_INCIDENT, promise=report_due(self._hours, base.asked_at))
        return self._log.add(record, say="Saved: an incident")

    def _act(self, live: Live, kind: str, value: str = "") -> Walk:
        event = Event(kind, self._clock.now(), value)
        changed = apply(live.walk, event, self._books, self.values)
        self._kept.write(live, exact(live.walk, event, self._books, self.values).to_json())
        live.walk = changed
        return changed

    def _front(self) -> Live:
        if self.current is None:
            raise BadUsage("Nobody is in front.", "Open a guide first.")
        return self.current
