"""Incident reports: begun from a record or a promise, asked fact by fact, closed, added to, handed on, erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Final

from deskmate.clock import Clock
from deskmate.desk.entries import Entries
from deskmate.desk.promises import Promises
from deskmate.desk.report_due import INCIDENT_REPORT
from deskmate.desk.shifts import Shifts
from deskmate.faults import BadUsage, DeskMateError, NotFound
from deskmate.model.incident import DRAFT, FINAL, TEXTS, Addendum, Head, Incident
from deskmate.model.interaction import Interaction
from deskmate.records import keyring
from deskmate.records.erase_asked import EVERY_REVISION, FOLDER, Asks
from deskmate.records.incidents import IncidentTables
from deskmate.records.log import Log
from deskmate.settings import KEEP, Settings
from deskmate.text.clean import clean, one_line
from deskmate.text.due import ago
from deskmate.text.guard import mask

LONGEST: Final = 20_000
"""Characters of one answer: some eight pages."""
WHEN: Final = "when"
STAFF: Final = "staff"


@dataclass(frozen=True, slots=True)
class Question:
    """One prompt of the form."""

    field: str
    """The field it fills; `when` and `staff` are not texts of the report."""
    asks: str
    hint: str
    short: bool = False
    """One line is enough: Enter goes on."""


QUESTIONS: Final = (
    Question(WHEN, "When did it happen?", "10:15 · 20m ago · yesterday 4pm", short=True),
    Question("place", "Where was it?", "Room, floor, which door.", short=True),
    Question("kind", "What was it, in a word or two?", "threat, fight, hurt or ill, theft, fire ...", short=True),
    Question("seen", "What did you see and hear, in order?",
             'Facts, with times. Words that were said, in quotes: he said "..."'),
    Question("injuries", "Was anybody hurt? What could you see?",
             "Only what showed: a cut on the left hand. Empty when nobody was."),
    Question("belongings", "Was anything damaged, taken or left behind?", "What, where, and where it is now."),
    Question("witnesses", "Who else saw it?", "Roles, not names: page at returns, two people at the computers."),
    Question("actions", "What did staff do, in order?", "Said, moved, closed, gave; with times."),
    Question("told", "Who was told, and when?", "Person in charge 10:20, manager 10:45."),
    Question("services", "Was anybody called?", "Police, ambulance: when called, when they came, report number."),
    Question("follow_up", "What is still to be done, and by whom?", "Roles or initials, and by when."),
    Question(STAFF, "Your initials?", "They are no signature. They may stay empty.", short=True),
)  # fmt: skip
"""What a report asks, in this order; only what was seen and heard is needed."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A code that waits until its recovery code was copied and typed back; nothing is stored yet."""

    opened: keyring.Opened
    stored: keyring.Keyring
    recovery: str


class Incidents:
    """The incident reports of this library, seen from this desk.

    With a code set, anybody may write a report; only the code, which is forgotten soon, reads one.

    Args:
        log: the record.
        settings: the library's period.
        clock: the time.
        shifts: whose initials are likely.
        promises: where "incident report due" stands.
        entries: makes the bare record of an incident that has none.
        cost: what one try of a code costs; see `keyring.COST`.
    """

    def __init__(
        self,
        log: Log,
        settings: Settings,
        clock: Clock,
        shifts: Shifts,
        promises: Promises,
        entries: Entries,
        *,
        cost: int = keyring.COST,
    ) -> None:
        self._log = log
        self._settings = settings
        self._clock = clock
        self._shifts = shifts
        self._promises = promises
        self._entries = entries
        self._cost = cost
        self._opened: keyring.Opened | None = None

    @cached_property
    def tables(self) -> IncidentTables:
        """Where the reports are kept."""
        return IncidentTables(self._log.db.storage)

    @cached_property
    def asks(self) -> Asks:
        """The legal hold, and the note of what was erased for the back-ups that still hold it."""
        return Asks(self._log.root / FOLDER, self._clock, self._log.db.storage.disk)

    # -- the code ------------------------------------------------------------------------------------------------

    @property
    def protected(self) -> bool:
        """Whether this library has set a code.

        Raises:
            DeskMateError: its keys cannot be read.
        """
        return self.tables.keyring is not None

    @property
    def readable(self) -> bool:
        """Whether reports can be read now: there is no code, or it was given and not forgotten yet."""
        try:
            return self._opened is not None or not self.protected
        except DeskMateError:
            return False  # the keys cannot be read: giving the code says so

    def unlock(self, code: str) -> None:
        """Give the code or the recovery code; half a second.

        Raises:
            BadUsage: it is neither.
            DeskMateError: the cryptography package is missing.
        """
        stored = self.tables.keyring
        if stored is not None:
            self._opened = keyring.unlock(stored, code)

    def forget(self) -> None:
        """Forget the code: reports cannot be read until it is given again."""
        self._opened = None

    def prepare(self, code: str) -> Pending:
        """Make keys for a new code; with one set already, for another code that replaces it and its recovery code.

        Raises:
            BadUsage: the code is too easy to guess, or the present one was not given first.
            DeskMateError: the cryptography package is missing.
        """
        keyring.check_code(code)
        if self.protected and self._opened is None:
            raise BadUsage("The present code was not given.", "Give it, or the recovery code, first.")
        opened = self._opened or keyring.new_keys()
        recovery = keyring.new_recovery()
        return Pending(opened, opened.lock(code, recovery, cost=self._cost), recovery)

    def trust(self, pending: Pending, typed: str) -> int:
        """Set a code once its recovery code was typed back; every version of every report is then sealed.

        Returns:
            How many damaged lines of the reports had to go.

        Raises:
            BadUsage: the recovery code was copied wrong; nothing was changed.
            NotSaved: the disk refused.
        """
        if not keyring.same_recovery(typed, pending.recovery):
            raise BadUsage("That is not the recovery code that was shown; nothing was changed.", "Copy it again.")
        keyring.unlock(pending.stored, typed)  # tried for real: it must open the keys before anything rests on it
        if self.protected:
            self.tables.change_keys(pending.stored)
            return 0
        return self.tables.protect(pending.stored)

    def unprotect(self) -> None:
        """Take the code off; the reports are plain text again.

        Raises:
            BadUsage: there is no code, or it was not given.
            NotSaved: the disk refused.
        """
        if self.protected and self._opened is None:
            raise BadUsage("The code was not given.", "Give it, or the recovery code.")
        self.tables.unprotect(self._opened or keyring.new_keys())
        self.forget()

    # -- writing -------------------------------------------------------------------------------------------------

    def begin(self, record: Interaction | None = None) -> Incident:
        """A new report, not stored yet; times and place of the contact it is about are filled in."""
        now = self._clock.now()
        shift = self._shifts.current()
        found = Incident(
            id=self._log.new_id(),
            written_at=now,
            happened_at=record.asked_at if record else now,
            place=(record.place if record else "") or self._settings.library.place,
            staff=shift.staff if shift else "",
        )
        if record is None:
            return found
        return found.with_(about=f"{record.day.isoformat()}/{record.id}", times=record.times)

    def about(self, record: Interaction) -> list[Head]:
        """The reports about a contact, drafts and final ones."""
        about = f"{record.day.isoformat()}/{record.id}"
        return [head for head in self.heads() if head.about == about]

    def answer(self, incident: Incident, field: str, text: str) -> Incident:
        """A report with one more answer, as it was typed.

        Raises:
            BadUsage: the time is not understood or still to come.
        """
        if field == WHEN:
            return incident.with_(happened_at=ago(text, self._clock.now())) if text.strip() else incident
        if field == STAFF:
            return incident.with_(staff=one_line(text, 8))
        return incident.with_(**{field: clean(text, limit=LONGEST).strip()})

    def save(self, incident: Incident) -> Incident:
        """Store a report as it stands; what looks private is masked unless it is kept on purpose.

        Returns:
            The report as stored.

        Raises:
            NotSaved: it could not be written.
        """
        kept = as_kept(incident).with_(exported_at=None)
        self.tables.go_on()
        self.tables.save(kept)
        return kept

    def finish(self, incident: Incident) -> Incident:
        """Make a report final and close the promise of it; from now on things are only added.

        Raises:
            BadUsage: nothing is told yet, or it is final already.
            NotSaved: it could not be written.
        """
        if incident.status == FINAL:
            raise BadUsage("This report is final already.", "Add to it: deskmate incident add")
        if not incident.seen:
            raise BadUsage("What was seen and heard is still empty.", "Write that first; the rest may stay empty.")
        final = self.save(incident.with_(status=FINAL, finished_at=self._clock.now()))
        record = self.record_of(final.head)
        if record is None:
            given = {"kind": "conduct", "strain": "red", "outcome": "escalated", "incident": True}
            self._entries.log(given, at=min(final.happened_at, self._clock.now()))
            return final
        if not record.incident:
            record = self._log.change(record.with_(incident=True), say="An incident report was written")
        if is_report_due(record):
            self._promises.done(record)
        return final

    def add(self, incident: Incident, text: str, staff: str = "") -> Incident:
        """Add to a report: a draft tells more of what was seen, a final one gets an addendum with its time.

        Raises:
            BadUsage: there is no text.
            NotSaved: it could not be written.
        """
        words = clean(text, limit=LONGEST).strip()
        if not words:
            raise BadUsage("There is nothing to add.", "Type it when asked, or pipe it in.")
        if incident.status == DRAFT:
            return self.save(incident.with_(seen=f"{incident.seen}\n{words}".strip()))
        kept = words if incident.names_kept else mask(words)
        more = Addendum(self._clock.now(), kept, one_line(staff, 8))
        return self.save(incident.with_(addenda=(*incident.addenda, more)))

    def record_of(self, head: Head) -> Interaction | None:
        """The record of the contact a report is about; None when there is none any more."""
        day, _, record_id = head.about.partition("/")
        return self._log.get(date.fromisoformat(day), record_id) if record_id else None

    # -- reading -------------------------------------------------------------------------------------------------

    def heads(self) -> list[Head]:
        """What may be told of every report without its code, the newest day first."""
        return self.tables.heads()

    def read(self, head: Head) -> Incident:
        """One report.

        Raises:
            Locked: its code is needed.
            DeskMateError: it is damaged.
        """
        return self.tables.read(head.id, self._opened)

    def find(self, typed: str) -> Head:
        """A report by the id that somebody typed: whole, as it is shown, or its end of four characters or more.

        Raises:
            NotFound: none has it.
            BadUsage: several have it.
        """
        word = typed.strip().lower()
        end = word.rpartition(".")[2]
        found = [head for head in self.heads() if word in (head.id, head.ref)]
        found = found or [head for head in self.heads() if len(end) >= 4 and "." not in word and head.id.endswith(end)]
        if not found:
            raise NotFound(f"There is no incident report {one_line(typed, 40)}.", "See: deskmate incident list")
        if len(found) > 1:
            raise BadUsage(f"{len(found)} reports end in {end}.", f"Give more of it: {found[0].ref}")
        return found[0]

    # -- keeping -------------------------------------------------------------------------------------------------

    def over(self) -> list[Head]:
        """The final reports whose period is over: they are due to be handed on and erased, never erased unasked."""
        period = self._settings.privacy.incidents
        if period == KEEP:
            return []
        last = (self._clock.now() - timedelta(days=int(period))).date()
        return [head for head in self.heads() if head.status == FINAL and head.day < last]

    def handed_on(self, incidents: Sequence[Incident]) -> datetime:
        """Note that reports were written to a file; each change takes the note off again.

        Raises:
            NotSaved: it could not be written.
        """
        now = self._clock.now()
        for incident in incidents:
            self.tables.save(incident.with_(exported_at=now))
        return now

    def erase(self, heads: Sequence[Head], *, unexported: bool = False) -> None:
        """Erase reports, bytes and all, in every version; this cannot be undone.

        Args:
            heads: which.
            unexported: erase final ones too that were never handed on as they are now.

        Raises:
            BadUsage: a legal hold is on.
            DeskMateError: a final one was not exported.
            NotSaved: the disk refused; run it again.
        """
        self.asks.refuse_while_held()
        kept = [head for head in heads if head.status == FINAL and head.exported_at is None]
        if kept and not unexported:
            what = f"{kept[0].ref} is final and was not exported as it is now; nothing was erased."
            raise DeskMateError(what, "Export first: deskmate incident export FILE")
        ids = {head.id for head in heads}
        asked = [self.asks.add(table, held, (), EVERY_REVISION) for table, held in self.tables.where(ids).items()]
        self.tables.erase(ids)
        for each in asked:
            self.asks.finish(each)


def as_kept(incident: Incident) -> Incident:
    """A report as it is stored: what looks private is masked unless it is kept on purpose."""
    if incident.names_kept:
        return incident
    return incident.with_(**{name: mask(getattr(incident, name)) for name in TEXTS})


def is_report_due(record: Interaction) -> bool:
    """Whether the promise of a record is an open one of an incident report."""
    promise = record.promise
    return promise is not None and promise.private and promise.state == "open" and promise.what == INCIDENT_REPORT
