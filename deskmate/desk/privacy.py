"""What must not stay: the periods of the settings, a legal hold that stops them, and erasing for good on request."""

import html
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import BadUsage
from deskmate.model.promise import Promise
from deskmate.places import Places
from deskmate.records.contacts import Contacts
from deskmate.records.disk import Disk
from deskmate.records.erase import Eraser
from deskmate.records.erase_asked import FOLDER, Asks
from deskmate.records.erase_periods import Periods
from deskmate.records.erase_rules import FIELDS, HANDED, texts, without_fields, words_of_feedback
from deskmate.records.erase_sweep import Sweeper, Tally
from deskmate.records.layout import CONTACTS, FEEDBACK, NOTICES, PHRASES, day_of, shifts_table
from deskmate.records.line import unseal
from deskmate.records.log import Log
from deskmate.settings import FOR_GOOD, Settings
from deskmate.text.clean import one_line

MARGIN: Final = timedelta(days=7)
"""Days looked at beyond the longest period, for a machine that was off when a contact should have gone."""
WARNED: Final = timedelta(days=7)
"""How long before the contact of an open promise goes the desk says so."""
SHORTEST: Final = 4
"""Letters below which an erased text is not looked for in printed pages: it would be in all of them."""
TEXTS_OF_A_RECORD: Final = ("note", "offered", "authority", "referred_to", "promise", "tags")
"""What `erase` takes out of a contact when no field is named."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something whose text can be erased."""

    table: str
    records: tuple[str, ...]
    fields: tuple[str, ...]
    """Empty: the whole document."""
    what: str
    """What it is, without its words: `the note of 2026-11-22.4f9c1d`."""


def periods_of(settings: Settings) -> Periods:
    """The periods of words as a sweep wants them."""
    days = settings.privacy
    return Periods(
        text=days.text_days,
        reasons=days.reason_days,
        sensitive=days.sensitive_days,
        shifts=days.shift_days,
        feedback=days.feedback_days,
        phrases=days.phrase_days,
    )


class Privacy:
    """Keeps the periods that the settings promise.

    Args:
        log: the record.
        contacts: names and numbers of promises.
        settings: the periods.
        places: where the log, the caches and the printed pages are.
        clock: the desk's time.
    """

    def __init__(self, log: Log, contacts: Contacts, settings: Settings, places: Places, clock: Clock) -> None:
        self._log = log
        self._contacts = contacts
        self._settings = settings
        self._clock = clock
        self._reports = places.home / "reports"
        self._live = places.live
        self._disk = Disk()
        storage = log.db.storage
        self._asks = Asks(log.root / FOLDER, clock, self._disk)
        self._sweeper = Sweeper(
            storage,
            Eraser(storage, log.root / FOLDER, clock),
            self._asks,
            log.traces,
            places.cache / "swept.json",
            periods_of(settings),
            clock,
        )

    # -- the hold -------------------------------------------------------------------------------------------------

    @property
    def hold_since(self) -> datetime | None:
        """Since when a legal hold stops all erasing in this log; None when there is none."""
        return self._asks.hold_since

    def hold(self) -> datetime:
        """Stop all erasing, at every desk of this log, until `release`.

        Returns:
            Since when; an earlier hold stays.

        Raises:
            NotSaved: it could not be written.
        """
        return self._asks.hold()

    def release(self) -> bool:
        """Let erasing go on.

        Returns:
            Whether there was a hold.

        Raises:
            NotSaved: it could not be written.
        """
        return self._asks.release()

    # -- the sweep ------------------------------------------------------------------------------------------------

    def sweep(self, keep: Collection[str] = ()) -> int:
        """Erase every contact whose period is over, from the disk; run at each start of the screens.

        A contact that no record of the looked-at days names is erased too: its promise was made longer ago than any
        period allows, or its record was never saved.

        Args:
            keep: ids of contacts whose promise is not in a record yet, because its person is still here.

        Returns:
            How many were erased; none during a hold. Nothing is read while there is no contact at all.

        Raises:
            NotSaved: a file could not be erased.
        """
        if self.hold_since is not None:
            return 0
        self._end_begun()
        if not self._contacts.ids():
            return 0
        over, known = self._contacts_now()
        known |= self._promised_live() | set(keep)
        erased = self._erase_contacts(over | self._contacts.orphans(known | over))
        return erased + self._contacts.sweep(known)

    @property
    def sweep_due(self) -> bool:
        """Whether the words of some day may be over, or something was asked to be erased and is not gone."""
        return self._sweeper.due and self.hold_since is None

    def sweep_on(self, tables: int = 1) -> int:
        """Go on with today's sweep of words, a table or two at a time.

        Args:
            tables: how many may be read.

        Returns:
            How many are left; 0 ends today's round.

        Raises:
            NotSaved: the disk refused.
            DeskMateError: a file of the log cannot be read.
        """
        left = self._sweeper.turn(tables)
        if not left and self.hold_since is None:
            self._tidy()
        return left

    def sweep_all(self) -> tuple[Tally, int]:
        """Sweep everything at once.

        Returns:
            What went, and how many contacts. Nothing during a hold.

        Raises:
            NotSaved: the disk refused; what is left goes at the next sweep.
            DeskMateError: a file of the log cannot be read.
        """
        contacts = self.sweep()
        tally = self._sweeper.run()
        if self.hold_since is None:
            self._tidy()
        return tally, contacts

    def look(self) -> tuple[Tally, int]:
        """What `sweep_all` would take out now; not a byte is changed.

        Raises:
            DeskMateError: a file of the log cannot be read.
        """
        over, known = self._contacts_now() if self._contacts.ids() else (set(), set())
        return self._sweeper.look(), len(over) + len(self._contacts.orphans(known | over | self._promised_live()))

    def dated(self) -> dict[str, str]:
        """Every table of words, with the ISO day from which more of it is to go; empty when nothing ever is.

        Raises:
            DeskMateError: a file of the log cannot be read.
        """
        return dict(self._sweeper.dated())

    def ending(self) -> int:
        """How many open promises lose their contact within seven days, because nobody closed them."""
        now = self._clock.now()
        limit = timedelta(days=self._settings.privacy.contact_days_open) - WARNED
        owed = [record.promise for record in self._log.open_promises() if record.promise and record.promise.contact]
        late = [promise for promise in owed if now - promise.made_at > limit]
        kept = self._contacts.ids() if late else set()
        return sum(promise.contact in kept for promise in late)

    def _erase_contacts(self, ids: Collection[str]) -> int:
        """Erase contacts, and note it for the back-ups that hold them; returns how many there were."""
        here = sorted(self._contacts.ids().intersection(ids))
        if not here:
            return 0
        asked = self._asks.add(CONTACTS, here, (), "")
        for contact in here:
            self._contacts.erase(contact)
        self._asks.finish(asked)
        return len(here)

    def _end_begun(self) -> None:
        """Erase the contacts whose erasing a kill or a full disk broke off."""
        for asked in self._asks.all():
            if asked.table == CONTACTS and not asked.done:
                for contact in asked.records:
                    self._contacts.erase(contact)
                self._asks.finish(asked)

    def _contacts_now(self) -> tuple[set[str], set[str]]:
        """The contacts whose period is over, and those that a record still needs."""
        kept = self._contacts.ids()
        now = self._clock.now()
        periods = self._settings.privacy
        longest = timedelta(days=max(periods.contact_days_open, periods.contact_days)) + MARGIN
        over: set[str] = set()
        known: set[str] = set()
        for record in self._log.between((now - longest).date(), now.date()):
            promise = record.promise
            if promise is not None and promise.contact in kept:
                (over if self._over(promise, now) else known).add(promise.contact)
        known.update(record.promise.contact for record in self._log.open_promises() if record.promise)
        return over, known - over

    def _promised_live(self) -> set[str]:
        """The contacts of promises that stand in a journal and in no record yet: that person is still here."""
        lines = (line for path in self._live.glob("*/*.jsonl") for line in path.read_bytes().split(b"\n"))
        events = ((unseal(line) or {}).get("event", {}).get("value") for line in lines)
        return {str(value["contact"]) for value in events if isinstance(value, dict) and value.get("contact")}

    def _over(self, promise: Promise, now: datetime) -> bool:
        """Whether a promise's contact has been kept long enough."""
        periods = self._settings.privacy
        if promise.closed_at is not None:
            return now - promise.closed_at > timedelta(days=periods.contact_days)
        return now - promise.made_at > timedelta(days=periods.contact_days_open)

    def _tidy(self) -> None:
        """Remove what a sweep of tables does not reach: hints for undo, lost journals, printed pages."""
        days = self._settings.privacy.text_days
        if days < FOR_GOOD:
            oldest = self._clock.now().timestamp() - timedelta(days=days).total_seconds()
            self._log.traces.tidy(oldest)
            for page in self._pages():
                if page.stat().st_mtime < oldest:
                    self._disk.wipe(page)

    def _pages(self) -> list[Path]:
        """The pages that were written for the printer."""
        return sorted(self._reports.glob("*.html"))

    # -- erasing for good -----------------------------------------------------------------------------------------

    def find(self, ref: str, fields: Sequence[str] = ()) -> Found:
        """What somebody wants to erase.

        Args:
            ref: the shown id of a contact or a shift, the id of a piece of feedback or a notice, or a learned phrase.
            fields: which fields; empty for every text it has.

        Raises:
            NotFound: nothing has this id or these words.
            BadUsage: there is no such field, or it is none of this thing's.
        """
        for name in fields:
            if name not in (*FIELDS, "text"):
                raise BadUsage(f'"{name}" is no text that can be erased.', f"Use {', '.join((*FIELDS, 'text'))}.")
        try:
            record = self._log.find(ref)
        except BadUsage:
            found = self._other(ref, fields)
            if found is None:
                raise
            return found
        named = tuple(fields) or TEXTS_OF_A_RECORD
        words = "the text" if not fields else ", ".join(fields)
        return Found(record.day.isoformat(), (record.id,), named, f"{words} of {record.ref}")

    def erase(self, found: Found) -> tuple[bool, int]:
        """Erase it for good: in every version, every file, journal and cache. It cannot be undone.

        With the words of a promise goes its contact.

        Returns:
            Whether all is gone (False: another program holds a file; it is finished later), and how many printed
            pages that showed it were deleted.

        Raises:
            BadUsage: a legal hold is on.
            NotSaved: the disk refused; the next sweep goes on with it.
        """
        self._asks.refuse_while_held()
        storage = self._log.db.storage
        lines = Eraser(storage, self._log.root / FOLDER, self._clock).read(found.table)
        versions = [
            document
            for body in lines.bodies
            for record_id, document in body.get("put", {}).items()
            if record_id in found.records
        ]
        words = {text for document in versions for text in texts(document, found.fields)}

        def soon() -> None:
            shard = storage.fresh(found.table)
            there = {each: shard.docs[each] for each in found.records if each in shard.docs}
            if not found.fields:
                storage.commit(shard, {}, list(there))
                return
            put = {each: without_fields(document, found.fields) for each, document in there.items()}
            storage.commit(shard, put)

        gone = self._sweeper.ask(found.table, found.records, found.fields, soon=soon)
        if "promise" in found.fields:
            promises = (document.get("promise") for document in versions)
            self._erase_contacts({str(each.get("contact", "")) for each in promises if isinstance(each, dict)})
        return gone, self._erase_pages(words)

    def waiting(self) -> int:
        """How many wishes to erase wait for another program to let go of a file."""
        return len(self._sweeper.waiting())

    def _other(self, ref: str, fields: Sequence[str]) -> Found | None:
        """A shift, feedback, a typed notice, or a phrase; None when it is none of them."""
        typed = ref.strip().lower()
        day, _, end = typed.partition(".")
        on = day_of(day)
        if on is not None and end:
            removed = self._ending(day, end, removed=True)
            if removed:
                words = "the text" if not fields else ", ".join(fields)
                return Found(day, removed, tuple(fields) or TEXTS_OF_A_RECORD, f"{words} of {ref}, which is not logged")
            table = shifts_table(on)
            hit = self._ending(table, end)
            if hit:
                return Found(table, hit, tuple(fields) or HANDED, f"the hand-over of the shift {ref}")
        hit = self._ending(FEEDBACK, typed)
        if hit:
            document = self._log.db.storage.fresh(FEEDBACK).docs[hit[0]]
            return Found(FEEDBACK, hit, tuple(fields) or words_of_feedback(document), f"the feedback {ref}")
        notice = self._ending(NOTICES, typed) or self._ending(NOTICES, typed, removed=True)
        if notice:
            return Found(NOTICES, notice, (), f"the notice {ref}")
        words = one_line(ref).casefold()
        for table, what in ((PHRASES, "the phrase"), (FEEDBACK, "the wish")):
            docs = self._log.db.storage.fresh(table).docs if self._log.db.storage.sizes(table) else {}
            same = tuple(each for each, document in docs.items() if str(document.get("text", "")).casefold() == words)
            if same:
                return Found(table, same, (), what)
        return None

    def _ending(self, table: str, end: str, *, removed: bool = False) -> tuple[str, ...]:
        """The one document of a table, or the one that was removed, whose id ends so; none when several do."""
        storage = self._log.db.storage
        if len(end) < SHORTEST or not storage.sizes(table):
            return ()
        shard = storage.fresh(table)
        hits = tuple(each for each in shard.revisions if each.endswith(end) and (each not in shard.docs) == removed)
        return hits if len(hits) == 1 else ()

    def _erase_pages(self, words: set[str]) -> int:
        """Delete printed pages that show an erased text; they can be printed again."""
        needles = {form.encode() for word in words if len(word) >= SHORTEST for form in (word, html.escape(word))}
        shown = [page for page in self._pages() if any(needle in page.read_bytes() for needle in needles)]
        return sum(self._disk.wipe(page) for page in shown)
