"""The sweep: what is kept longer than its period is taken out, a table at a time, so that a desk never waits for it.

What a table was left like is marked in this machine's own cache with the date from which more is to go. Without the
marks, after a kill or on another machine, tables are looked through again, to the same end.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final
from zlib import crc32

from deskmate.clock import Clock
from deskmate.faults import DeskMateError, NotSaved
from deskmate.records.erase import Cut, Eraser, Outcome
from deskmate.records.erase_asked import Asked, Asks
from deskmate.records.erase_periods import Periods, Retention, kind_of
from deskmate.records.erase_rules import without_fields
from deskmate.records.erase_traces import Traces
from deskmate.records.layout import CONTACTS, day_of, fingerprint
from deskmate.records.line import seal, unseal
from deskmate.records.shard import Json
from deskmate.records.storage import LogStorage

_VERSION: Final = 1
_LOOKS_PER_TABLE: Final = 100
"""How many unchanged tables may be looked at for each one that is read: a look costs a few hundredths of a reading."""
_TABLES_A_WRITE: Final = 25
"""After so many tables the roll-ups and the marks are written: for each one it would double a turn's time."""
ASKED_DAYS: Final = 400
"""A wish that was dealt with is kept so long: a machine that was off meanwhile clears its caches then, and a back-up on
a disk that was put away is cleaned when it is there again. Longer than any period of words is by default."""


@dataclass(slots=True)
class Tally:
    """What a sweep took out so far, or would."""

    gone: dict[str, int] = field(default_factory=dict)
    """Kind of table to documents that lost something."""
    tables: int = 0
    busy: list[Path] = field(default_factory=list)
    """Files that another program may be writing to, and tables that cannot be read: they wait."""

    def add(self, kind: str, outcome: Outcome) -> None:
        """Count one table."""
        if outcome.documents:
            self.gone[kind] = self.gone.get(kind, 0) + len(outcome.documents)
            self.tables += 1
        self.busy += outcome.busy


class Sweeper:
    """Sweeps one log.

    Args:
        storage: the log's storage.
        eraser: what rewrites its files.
        asks: what was asked to be erased.
        traces: what this machine made from the log.
        marks: the file for the marks, on this machine.
        periods: how long what is kept.
        clock: the time.
    """

    def __init__(
        self,
        storage: LogStorage,
        eraser: Eraser,
        asks: Asks,
        traces: Traces,
        marks: Path,
        periods: Periods,
        clock: Clock,
    ) -> None:
        self._storage = storage
        self._eraser = eraser
        self._asks = asks
        self._traces = traces
        self._path = marks
        self._periods = periods
        self._how = f"{crc32(repr(periods).encode()):08x}"
        self._clock = clock
        self._marks: dict[str, Any] | None = None
        self._round: list[str] | None = None
        self._unwritten: list[str] = []
        """Tables that were dealt with; they are marked once what this machine made from them is dealt with too."""
        self.tally = Tally()

    @property
    def due(self) -> bool:
        """Whether a round is to be made: none was finished today, or something was asked that is not dealt with."""
        marks = self._read_marks()
        return marks["day"] != self._today().isoformat() or any(True for _ in self._open_asks())

    def turn(self, tables: int = 1, *, wait: bool = False) -> int:
        """Go on with the round, or begin one.

        Args:
            tables: how many may be read.
            wait: wait for another program that erases just now.

        Returns:
            How many are still to be looked at; 0 ends the round, and so do a hold and a log of a newer DeskMate.

        Raises:
            NotSaved: the disk refused; the next turn tries again.
        """
        if self._asks.hold_since is not None or self._storage.read_only:
            self._round = None
            return 0
        lock = self._eraser.lock(wait=wait)
        if lock is None:  # another program is at it: come back later
            return len(self._round or "") + 1
        with lock:
            if self._round is None:
                self.tally = Tally()
                self._deal_with_asked()
                self._round = sorted(filter(kind_of, self._storage.names()), reverse=True)
            self._unwritten += self._some(self._round, tables)
            left = len(self._round)
            if not left or len(self._unwritten) >= _TABLES_A_WRITE:
                self._traces.made_from(self._unwritten)
                self._unwritten.clear()
                if not left and not self.tally.busy:
                    self._read_marks()["day"] = self._today().isoformat()
                self._write_marks()
            if not left:
                self._round = None
            return left

    def run(self) -> Tally:
        """A whole round at once; waits for another program that erases.

        Raises:
            NotSaved: the disk refused.
        """
        self._round = None
        while self.turn(50, wait=True):
            continue
        return self.tally

    def look(self) -> Tally:
        """What a round would take out now; nothing is changed.

        Raises:
            DeskMateError: a file cannot be read.
        """
        found = Tally()
        retention = self._retention()
        for table in filter(kind_of, self._storage.names()):
            if retention.touches(table):
                lines = self._eraser.read(table)
                found.add(kind_of(table), self._eraser.look(lines, retention.plan(table, lines.bodies).cut))
        return found

    def dated(self) -> Iterator[tuple[str, str]]:
        """Every table with the day from which more of it is to go; empty when nothing ever is.

        Raises:
            DeskMateError: a file cannot be read.
        """
        retention = self._retention()
        for table in filter(kind_of, self._storage.names()):
            # When words of a day are over is told by the day alone: the million records of ten years are not read.
            bodies = [] if day_of(table) else self._eraser.read(table).bodies
            yield table, retention.plan(table, bodies).next

    # -- what was asked --------------------------------------------------------------------------------------------

    def ask(self, table: str, records: tuple[str, ...], fields: tuple[str, ...], *, soon: Callable[[], None]) -> bool:
        """Erase fields of some documents, or the documents: in every version, file and cache.

        Args:
            table: their table.
            records: their ids.
            fields: the fields; empty for the documents as a whole. What is written after this stays.
            soon: called once the wish is on the disk, to take the words out of sight at once.

        Returns:
            Whether all is gone; False while another program holds a file, and then it is finished later.

        Raises:
            NotSaved: the disk refused, and the next sweep goes on with it; or a newer DeskMate wrote the log.
        """
        if self._storage.read_only:
            what = "A newer DeskMate wrote this log, so nothing in it can be erased here."
            raise NotSaved(what, "Update DeskMate on this machine.")
        lock = self._eraser.lock(wait=True)
        assert lock is not None, "a lock that is waited for is had"
        with lock:
            known = self._storage.fresh(table).revisions
            until = max((known.get(each, "") for each in records), default="")
            asked = self._asks.add(table, records, fields, until)
            soon()
            gone = self._deal_with(asked)
            self._write_marks()
        return gone

    def waiting(self) -> list[Asked]:
        """The wishes that are not gone from every file yet."""
        return [asked for asked in self._asks.all() if not asked.done]

    def _open_asks(self) -> Iterator[Asked]:
        handled = set(self._read_marks()["asked"])
        found = (self._asks.read(asked_id) for asked_id in self._asks.ids() if asked_id not in handled)
        return (asked for asked in found if asked is not None)

    def _deal_with_asked(self) -> None:
        self._asks.tidy()
        for asked in list(self._open_asks()):
            self._deal_with(asked)
        for asked in self._asks.all():
            if asked.done and (self._clock.now() - asked.at).days > ASKED_DAYS:
                self._asks.drop(asked)
        kept = set(self._asks.ids())
        marks = self._read_marks()
        marks["asked"] = [each for each in marks["asked"] if each in kept]

    def _deal_with(self, asked: Asked) -> bool:
        if asked.table == CONTACTS:  # they are no lines of a table; who asked wipes the files
            self._read_marks()["asked"].append(asked.id)
            return True
        outcome = self._eraser.erase(self._eraser.read(asked.table), asked_cut(asked))
        self._traces.made_from([asked.table])
        gone = self._traces.of_records(asked.table, asked.records) and not outcome.busy
        self.tally.add(kind_of(asked.table) or asked.table, outcome)
        if gone:
            if not asked.done:
                self._asks.finish(asked)
            self._read_marks()["asked"].append(asked.id)
        return gone

    # -- a round ---------------------------------------------------------------------------------------------------

    def _some(self, left: list[str], tables: int) -> list[str]:
        """Deal with the next tables; returns those that were read."""
        retention = self._retention()
        marks = self._read_marks()["tables"]
        today = self._today().isoformat()
        done: list[str] = []
        looked = 0
        while left and len(done) < tables and looked < tables * _LOOKS_PER_TABLE:
            table = left.pop()
            if not retention.touches(table):
                continue
            looked += 1
            known = marks.get(table)
            if known is not None and known[0] == self._print(table) and not ("" < known[1] <= today):
                continue
            try:
                lines = self._eraser.read(table)
            except DeskMateError:  # doctor names it; the other tables must not wait for it
                self.tally.busy.append(self._storage.root / table)
                continue
            plan = retention.plan(table, lines.bodies)
            outcome = self._eraser.erase(lines, plan.cut)
            self.tally.add(kind_of(table), outcome)
            if outcome.documents:
                self._traces.of_records(table, outcome.documents)
            if outcome.busy:
                marks.pop(table, None)
            else:
                marks[table] = [self._print(table), plan.next]
            done.append(table)
        return done

    def _print(self, table: str) -> str:
        return fingerprint(self._storage.sizes(table))

    def _retention(self) -> Retention:
        return Retention(self._periods, self._today())

    def _today(self) -> date:
        return self._clock.now().date()

    # -- marks -----------------------------------------------------------------------------------------------------

    def _read_marks(self) -> dict[str, Any]:
        if self._marks is None:
            try:
                body = unseal(self._storage.disk.read(str(self._path)).removesuffix(b"\n"))
            except OSError:
                body = None
            if body is None or body.get("v") != _VERSION:
                body = {"v": _VERSION, "how": "", "day": "", "tables": {}, "asked": []}
            if body["how"] != self._how:  # other periods: what was done by the old ones says nothing
                body |= {"how": self._how, "day": "", "tables": {}}
            self._marks = body
        return self._marks

    def _write_marks(self) -> None:
        """Write the marks; a folder that cannot be written to only costs looking again."""
        try:
            self._storage.disk.make_folder(self._path.parent)
            self._storage.disk.replace(self._path, seal(self._read_marks()), durable=False)
        except OSError:
            return


def asked_cut(asked: Asked) -> Cut:
    """What a wish takes out of its table."""
    records = frozenset(asked.records)
    names = tuple(each.encode() for each in asked.records)

    def edit(record_id: str, document: Json, revision: str) -> Json | None:
        if record_id not in records or revision > asked.until:
            return document
        return without_fields(document, asked.fields) if asked.fields else None

    return Cut(edit, lambda line: any(name in line for name in names))
