"""The open promises of the whole log without reading the whole log.

A promise lives in its interaction's document, in the table of the day it was asked. This keeps a snapshot of the open
ones on the local machine, with the fingerprint of every day it was made from. It can be rebuilt at any time and is
never the truth: a day whose files changed is read again, the recent ones at once, older ones bit by bit.
"""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.records.layout import day_of, fingerprint
from deskmate.records.line import seal, unseal
from deskmate.records.shard import Json, Shard
from deskmate.records.storage import LogStorage

RECENT_DAYS: Final = 60
"""Days back that are right at once, with or without a snapshot."""
_CHECKS_PER_FOLD: Final = 20
"""How many unchanged days may be looked at for each one that may be read: a look costs a twentieth of a reading."""
_VERSION: Final = 1


class OpenPromises:
    """The documents whose promise is open, by day."""

    def __init__(self, storage: LogStorage, snapshot: Path, clock: Clock) -> None:
        self._storage = storage
        self._snapshot = snapshot
        self._clock = clock
        self._open: dict[str, dict[str, Json]] = {}
        self._prints: dict[str, str] = {}
        self._older = b""
        """The snapshot's second line, still unread: fingerprints of older days, wanted only for catching up."""
        self._round: list[str] | None = None
        self._complete = False
        self._changed = False
        self._loaded = False

    def all(self) -> Iterator[tuple[str, str, Json]]:
        """Every open promise known now: table, id, document."""
        self.load()
        self._storage.fresh(self._clock.now().date().isoformat())
        for table, documents in self._open.items():
            for record_id, document in documents.items():
                yield table, record_id, document

    @property
    def behind(self) -> int:
        """How many days were never read for open promises; 0 when the answer is complete."""
        self.load()
        if self._complete:
            return 0
        if self._round is not None:
            return len(self._round)
        self._merge_older()
        return sum(1 for table in self._storage.names() if day_of(table) and table not in self._prints)

    def load(self) -> None:
        """Read the snapshot and every recent day that changed since; only the first call does anything."""
        if self._loaded:
            return
        self._loaded = True
        self._read_snapshot()
        for shard in self._storage.loaded():
            if day_of(shard.name):
                self._take(shard)
        for table in self._recent():
            sizes = self._storage.sizes(table)
            if fingerprint(sizes) != self._prints.get(table) and (sizes or table in self._prints):
                self._take(self._storage.fresh(table))

    def note(self, shard: Shard, changed: Iterable[str]) -> None:
        """Follow a change of a day's table; before `load` there is nothing to follow."""
        if not self._loaded:
            return
        documents = self._open.setdefault(shard.name, {})
        for record_id in changed:
            document = shard.docs.get(record_id)
            if document is not None and _is_open(document):
                documents[record_id] = document
            else:
                documents.pop(record_id, None)
        if not documents:
            del self._open[shard.name]
        # A day that was only read for the first time says what the snapshot says already.
        self._changed = self._changed or shard.fingerprint != self._prints.get(shard.name)
        self._prints[shard.name] = shard.fingerprint

    def catch_up(self, days: int) -> int:
        """Look at some days, newest first, and read those that changed since the snapshot.

        Args:
            days: how many may be read in this call.

        Returns:
            How many days are still to be looked at in this round; 0 ends the round and saves the snapshot.
        """
        self.load()
        if self._round is None:
            self._merge_older()
            self._round = sorted(table for table in self._storage.names() if day_of(table))
            for table in set(self._prints) - set(self._round):
                del self._prints[table]
                self._open.pop(table, None)
        read = looked = 0
        while self._round and read < days and looked < days * _CHECKS_PER_FOLD:
            table = self._round.pop()
            looked += 1
            if fingerprint(self._storage.sizes(table)) != self._prints.get(table):
                self._take(self._storage.fresh(table))
                read += 1
        left = len(self._round)
        if not left:
            self._round = None
            self._changed = self._changed or not self._complete
            self._complete = True
            self.save()
        return left

    def look_again(self, tables: Iterable[str]) -> None:
        """Read some days again and write the snapshot: words were erased from their files.

        Raises:
            OSError: the snapshot cannot be written, or removed.
        """
        self.load()
        self._merge_older()
        for table in tables:  # those without an open promise are read again in their turn
            if table in self._open:
                self._take(self._storage.fresh(table))
                self._changed = True
        self.save()
        if self._changed:
            self._snapshot.unlink(missing_ok=True)  # the old one holds the words; a lost one is rebuilt

    def save(self) -> None:
        """Write the snapshot when something changed. It is not synced: a lost one is rebuilt.

        A folder that cannot be written to only costs time at the next start, so that failure is not raised. Days whose
        files changed meanwhile are read again first: words that were erased from them would come back.
        """
        if not self._changed:
            return
        for table in list(self._open):
            if fingerprint(self._storage.sizes(table)) != self._prints.get(table):
                self._take(self._storage.fresh(table))
        self._merge_older()
        recent = set(self._recent())
        first: dict[str, Any] = {
            "v": _VERSION,
            "complete": self._complete,
            "recent": {table: mark for table, mark in self._prints.items() if table in recent},
            "open": self._open,
        }
        older = {table: mark for table, mark in self._prints.items() if table not in recent}
        try:
            self._storage.disk.make_folder(self._snapshot.parent)
            self._storage.disk.replace(self._snapshot, seal(first) + seal({"older": older}), durable=False)
        except OSError:
            return
        self._changed = False

    def _recent(self) -> Iterator[str]:
        today = self._clock.now().date()
        return ((today - timedelta(days=back)).isoformat() for back in range(RECENT_DAYS))

    def _take(self, shard: Shard) -> None:
        self._open[shard.name] = {}
        self.note(shard, shard.docs)

    def _read_snapshot(self) -> None:
        try:
            lines = self._storage.disk.read(str(self._snapshot)).split(b"\n")
        except OSError:
            return
        first = unseal(lines[0])
        if first is None or first.get("v") != _VERSION or len(lines) < 2:
            return
        self._open = first["open"]
        self._prints = first["recent"]
        self._complete = first["complete"]
        self._older = lines[1]

    def _merge_older(self) -> None:
        """Read the older fingerprints of the snapshot; what was seen since is newer."""
        if not self._older:
            return
        body = unseal(self._older)
        self._older = b""
        if body is None:
            self._complete = False
            return
        self._prints = {**body["older"], **self._prints}


def _is_open(document: Json) -> bool:
    promise = document.get("promise")
    return isinstance(promise, dict) and promise.get("state", "open") == "open"
