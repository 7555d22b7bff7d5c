"""The log as the rest of DeskMate sees it: add, change, remove, find, read, promise, undo."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeAlias

from deskmate.clock import Clock
from deskmate.faults import BadUsage, NotFound, Notice
from deskmate.model.interaction import Interaction
from deskmate.model.shift import Shift
from deskmate.records.actions import Action, Actions
from deskmate.records.contacts import Contacts
from deskmate.records.disk import Disk
from deskmate.records.erase_traces import Traces
from deskmate.records.finding import Finder
from deskmate.records.layout import CONTACTS, day_of, fingerprint
from deskmate.records.notes import Notes, Phrase
from deskmate.records.notices import Notices
from deskmate.records.promises import OpenPromises
from deskmate.records.rollup import RollupCache
from deskmate.records.shard import Json, Shard
from deskmate.records.shifts import Shifts
from deskmate.records.storage import LogStorage
from deskmate.records.table import DeskDB
from deskmate.records.writer import WriterSlot

_DECODED_KEPT: Final = 5000
"""Records of today and of open promises kept as objects, because a screen asks for them after every key."""
_PROBED_DAYS: Final = 400
"""Up to this many days are asked for by name; for more the log's folder is listed, which costs 1 us a table."""

Decoder: TypeAlias = Callable[[str, str, Mapping[str, Any]], Interaction | None]
RollUp: TypeAlias = Callable[[list[Interaction]], Json]
"""What a day's records come to, as a JSON object that can be kept."""


class Log:
    """One log, opened when it is used, its folder made by the first write; one thread uses it, `flush` apart."""

    def __init__(
        self, root: Path, state: Path, clock: Clock, *, durable: bool = True, disk: Disk | None = None
    ) -> None:
        """Describe where the log lives; the disk is not touched.

        Args:
            root: the log's folder, which other desks may share.
            state: this machine's own folder: the writer's slot, the hint for undo, what can be rebuilt.
            clock: the time.
            durable: every write waits for the disk; False leaves that to `flush`.
            disk: the calls to the system; a test may hand in a broken one.
        """
        disk = disk or Disk()
        self._clock = clock
        self._storage = LogStorage(root, WriterSlot(state, disk), clock, disk=disk, durable=durable)
        self._actions = Actions(state / "actions", clock, disk)
        self._promises = OpenPromises(self._storage, state / "cache" / "promises.json", clock)
        self._rollups = RollupCache(state / "cache", disk, self._print)
        self._notes = Notes(self._storage, self._actions, clock, self._unread)
        self._shifts = Shifts(self._storage, clock, self._unread)
        self._kept: dict[tuple[str, str], tuple[Mapping[str, Any], Interaction]] = {}
        self._unreadable: dict[tuple[str, str], Notice] = {}
        self.staff_notices = Notices(self._storage, self._actions, clock, self._unread)
        self._storage.watch = self._watch
        self.root = root
        self.state = state
        self.db = DeskDB(self._storage)
        """The TinyDB behind it all: one table per day, and `phrases`, `feedback`, `shifts-<month>`."""
        self.contacts = Contacts(root / CONTACTS, clock, disk=disk)
        self.traces = Traces(self._promises, self._rollups, self._actions, state / "live", disk)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def read_only(self) -> bool:
        """Whether a newer DeskMate wrote this log; then nothing can be saved."""
        return self._storage.read_only

    @property
    def notices(self) -> list[Notice]:
        """What is wrong with the store as a whole."""
        return self._storage.notices + ([self._actions.notice] if self._actions.notice else [])

    def new_id(self) -> str:
        """A new record's id: a UUID that sorts by time."""
        return self._storage.ids.new()

    # -- records -------------------------------------------------------------------------------------------------

    def add(self, record: Interaction, *, say: str = "") -> Interaction:
        """Save a new record in the table of its day. The same record again, after a failure, does no harm.

        Args:
            record: what happened.
            say: the sentence the screen shows for it, for undo.

        Raises:
            NotSaved: the disk refused; nothing was acknowledged.
        """
        self._put(self._storage.known(record.day.isoformat()), record, say, before="")
        return record

    def change(self, record: Interaction, *, say: str = "") -> Interaction:
        """Save a new version of a record; the older ones are kept.

        Raises:
            NotFound: its day holds no such record; a record never moves to another day.
            NotSaved: the disk refused.
        """
        shard = self._storage.fresh(record.day.isoformat())
        if record.id not in shard.docs:
            raise NotFound(
                f"There is no record {record.ref} to change.", "A record stays on its day: remove it and log it anew."
            )
        self._put(shard, record, say, before=shard.revisions[record.id])
        return record

    def remove(self, record: Interaction, *, say: str = "") -> None:
        """Take a record out; its versions stay, so that this can be undone.

        Raises:
            NotFound: its day holds no such record.
            NotSaved: the disk refused.
        """
        shard = self._storage.fresh(record.day.isoformat())
        if record.id not in shard.docs:
            raise NotFound(f"There is no record {record.ref} to remove.", "It may have been removed at another desk.")
        before = shard.revisions[record.id]
        self._done(shard, record, self._storage.commit(shard, {}, [record.id]), say, before)

    def get(self, day: date, record_id: str) -> Interaction | None:
        """One record of a day; None when there is none."""
        shard = self._storage.fresh(day.isoformat())
        return self._decoded(shard.name, record_id, shard.docs[record_id]) if record_id in shard.docs else None

    def find(self, ref: str) -> Interaction:
        """A record by the id that somebody typed.

        Args:
            ref: the whole UUID, the shown id (`2026-11-22.4f9c1d`), or at least the last four digits of the UUID of a
                record that is recent or whose promise is open.

        Raises:
            NotFound: nothing has it.
            BadUsage: several records have it, or it is no id.
        """
        table, record_id, document = Finder(self._storage, self._promises, self._clock).find(ref)
        record = self._decoded(table, record_id, document)
        if record is None:
            raise NotFound(f"The record {ref} cannot be read.", "Run: deskmate doctor.")
        return record

    def day(self, day: date) -> list[Interaction]:
        """The records of a day, in the order people asked."""
        shard = self._storage.fresh(day.isoformat())
        return self._records(shard, self._kept_record if day == self._clock.now().date() else self._decoded)

    def days(self) -> list[date]:
        """Every day that has a table, in order."""
        return sorted(day for day in map(day_of, self._storage.names()) if day is not None)

    def between(self, first: date, last: date) -> Iterator[Interaction]:
        """The records of a range of days, both ends included, day by day."""
        for day in self._existing(first, last):
            yield from self.day(day)

    def versions(self, day: date, record_id: str) -> list[Interaction]:
        """Every version of a record, oldest first, the present one last; removals are left out."""
        shard = self._storage.fresh(day.isoformat())
        found = [
            self._decoded(shard.name, record_id, version.document)
            for version in shard.versions(record_id)
            if version.document is not None
        ]
        return [record for record in found if record is not None]

    # -- promises ------------------------------------------------------------------------------------------------

    def open_promises(self) -> list[Interaction]:
        """The records whose promise is open, the earliest due first; see `behind`."""
        found = [self._kept_record(*each) for each in self._promises.all()]
        owed = [(record.promise.due, record) for record in found if record is not None and record.promise is not None]
        return [record for _, record in sorted(owed, key=lambda each: (each[0], each[1].id))]

    @property
    def behind(self) -> int:
        """Days older than 60 that were never read for open promises; 0 when `open_promises` is complete."""
        return self._promises.behind

    def catch_up(self, days: int = 30) -> int:
        """Read a bounded number of days whose files changed since they were last read.

        Returns:
            How many days are left in this round; 0 ends it. The next call begins another.
        """
        return self._promises.catch_up(days)

    # -- shifts, phrases, feedback -------------------------------------------------------------------------------

    def save_shift(self, shift: Shift) -> Shift:
        """Save a shift, new or changed, in the table of the month it began in.

        Raises:
            NotSaved: the disk refused.
        """
        self._shifts.save(shift)
        return shift

    def shifts(self, first: date, last: date) -> list[Shift]:
        """The shifts that began in a range of days, both ends included, in order."""
        return self._shifts.between(first, last)

    def last_shift(self, desk: str) -> Shift | None:
        """The shift of a desk that began last; None when it never had one."""
        return self._shifts.last(desk)

    def shift(self, shift_id: str) -> Shift | None:
        """One shift by its id; None when there is none."""
        return self._shifts.one(shift_id)

    def save_phrase(self, text: str, playbook_id: str, at: datetime) -> None:
        """Remember what was typed and the playbook that was meant; the text must have passed the private-data guard.

        Raises:
            NotSaved: the disk refused.
        """
        self._notes.save_phrase(text, playbook_id, at)

    def phrases(self) -> list[Phrase]:
        """Every phrase that is kept, the oldest first."""
        return self._notes.phrases()

    def save_feedback(self, document: Mapping[str, Any], *, say: str = "") -> str:
        """Save a complaint, suggestion, refusal or kudos; one that carries an `id` replaces that one.

        Returns:
            Its id. A missing `at` becomes now. With words to `say` it can be undone.

        Raises:
            NotSaved: the disk refused.
        """
        return self._notes.save_feedback(document, say)

    def feedback(self, first: date, last: date) -> list[dict[str, Any]]:
        """The feedback of a range of days, both ends included, in order."""
        return self._notes.feedback(first, last)

    # -- undo ----------------------------------------------------------------------------------------------------

    def last_action(self) -> Action | None:
        """What `undo` would take back: this machine's last action of today or yesterday; None when there is none."""
        return self._actions.last()

    def undo(self) -> Action | None:
        """Take back the last action: the version before it is restored, or the new record removed.

        Returns:
            What was taken back; None when there was nothing.

        Raises:
            BadUsage: the record was changed since, at another desk or by hand.
            NotSaved: the disk refused.
        """
        action = self._actions.last()
        if action is None:
            return None
        shard = self._storage.fresh(action.table)
        if self._actions.stands_for(shard.revisions.get(action.record_id, "")) != action.revision:
            raise BadUsage(
                f"The record {action.ref} was changed since, so this cannot be undone.",
                "Open it under Shift and change it by hand.",
            )
        history = {version.revision: version.document for version in shard.versions(action.record_id)}
        if action.before and action.before not in history:
            raise BadUsage(
                f"What the record {action.ref} said before was erased.", "Open it under Shift and change it by hand."
            )
        before = history.get(action.before)
        if before is None:
            revision = self._storage.commit(shard, {}, [action.record_id])
        else:
            revision = self._storage.commit(shard, {action.record_id: before})
        self._actions.taken_back(action, revision)
        return action

    # -- the whole -----------------------------------------------------------------------------------------------

    def rollups(self, first: date, last: date, roll_up: RollUp, mark: str) -> Iterator[tuple[date, Json]]:
        """What every day of a range that has records came to; days whose files changed are rolled up again.

        A day that is damaged, or holds a record that cannot be read, is read each time, so that it is told each time.

        Args:
            first: the first day.
            last: the last day, included.
            roll_up: makes a JSON object of a day's records.
            mark: how it does that; another mark makes every day new.
        """
        self._rollups.use(mark)
        try:
            for day in self._existing(first, last):
                rolled = self._rollups.get(day, self._print(day))
                if rolled is None:
                    rolled = self._roll_up(day, roll_up)
                if rolled:
                    yield day, rolled
        finally:
            self._rollups.save()

    def flush(self) -> None:
        """Wait until everything acknowledged is on the disk; safe in a second thread.

        Raises:
            NotSaved: a sync failed; the lines are kept and go to a new file with the next write or flush.
        """
        self._storage.flush()

    def damage(self) -> list[Notice]:
        """Damaged lines and records that cannot be read, in the tables read so far."""
        return [each.notice() for each in self._storage.damage()] + list(self._unreadable.values())

    def close(self) -> None:
        """Save the snapshot, sync what is owed, give files and the writer's slot back.

        Raises:
            NotSaved: the last sync failed.
        """
        self._promises.save()
        self._actions.close()
        self.db.close()

    # -- inside --------------------------------------------------------------------------------------------------

    def _print(self, day: date) -> str:
        return fingerprint(self._storage.sizes(day.isoformat()))

    def _roll_up(self, day: date, roll_up: RollUp) -> Json:
        shard = self._storage.fresh(day.isoformat())
        records = self._records(shard, self._decoded)
        rolled = roll_up(records) if records else {}
        whole = not shard.damage and len(records) == len(shard.docs)
        self._rollups.put(day, shard.fingerprint if whole else "", rolled)
        return rolled

    def _put(self, shard: Shard, record: Interaction, say: str, before: str) -> None:
        revision = self._storage.commit(shard, {record.id: record.to_document()}, own=True)
        self._done(shard, record, revision, say, before)

    def _done(self, shard: Shard, record: Interaction, revision: str, say: str, before: str) -> None:
        self._actions.done(shard.name, record.id, revision, before=before, say=say, ref=record.ref)

    def _watch(self, shard: Shard, changed: set[str]) -> None:
        if day_of(shard.name) is not None:
            self._promises.note(shard, changed)

    def _records(self, shard: Shard, decoded: Decoder) -> list[Interaction]:
        found = (decoded(shard.name, record_id, document) for record_id, document in shard.docs.items())
        return sorted((each for each in found if each is not None), key=lambda record: (record.asked_at, record.id))

    def _kept_record(self, table: str, record_id: str, document: Mapping[str, Any]) -> Interaction | None:
        """The record in a document; the object made last time as long as the document is the same one."""
        known = self._kept.get((table, record_id))
        if known is not None and known[0] is document:
            return known[1]
        record = self._decoded(table, record_id, document)
        if record is not None:
            if len(self._kept) >= _DECODED_KEPT:
                self._kept.clear()
            self._kept[table, record_id] = (document, record)
        return record

    def _decoded(self, table: str, record_id: str, document: Mapping[str, Any]) -> Interaction | None:
        """The record in a document; one that cannot be read is kept in `damage`, not raised: the rest serves."""
        try:
            return Interaction.from_document(document if "id" in document else {**document, "id": record_id})
        except (ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
            self._unread(table, record_id, error)
            return None

    def _unread(self, table: str, record_id: str, error: Exception) -> None:
        self._unreadable[table, record_id] = Notice(
            f"A record is not in a form this DeskMate can read ({error}).",
            "It is kept as it is; update DeskMate, or mend the record.",
            f"{table}/{record_id}",
        )

    def _existing(self, first: date, last: date) -> list[date]:
        """The days of a range that have a table."""
        if (span := (last - first).days) >= _PROBED_DAYS:
            return [day for day in self.days() if first <= day <= last]
        return [day for day in map(first.__add__, map(timedelta, range(span + 1))) if self._storage.sizes(f"{day}")]
