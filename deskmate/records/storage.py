"""TinyDB's storage for the log: one folder per table, one append-only file per writer, nothing ever overwritten.

TinyDB knows a storage as `read` everything and `write` everything. Both work here (any TinyDB table may sit on it), but
our own table uses `fresh` and `commit`, which cost the same whether the log holds a thousand records or a million.
"""

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final

from tinydb.storages import Storage

from deskmate.clock import Clock
from deskmate.faults import Notice, NotSaved
from deskmate.records.disk import Disk, cannot_write, not_saved
from deskmate.records.layout import folder_name, read_format, table_name, write_format
from deskmate.records.line import seal
from deskmate.records.shard import Damage, Json, Shard
from deskmate.records.stamp import Ids, Revisions
from deskmate.records.writer import Pen, WriterSlot

_SHARDS_KEPT: Final = 32
"""Tables held in memory; a year's report reads each day once and lets it go."""
_PENS_KEPT: Final = 64
"""Files held open for writing."""

Watcher = Callable[[Shard, set[str]], None]


class LogStorage(Storage):
    """Every table of the log, on the disk.

    One thread reads and writes; `flush` alone may be called from a second one. Nothing is opened until it is used, and
    no folder is made before the first write.
    """

    def __init__(self, root: Path, slot: WriterSlot, clock: Clock, *, disk: Disk, durable: bool = True) -> None:
        super().__init__()
        self.root = root
        self.ids = Ids(clock)
        self.disk = disk
        self.watch: Watcher | None = None
        """Told of every change of a table, by us or by another writer."""
        self._slot = slot
        self._durable = durable
        self._revisions = Revisions(clock)
        self._session = os.urandom(3).hex()
        """Part of every revision: after an older copy came back, or the clock went back, none is given twice."""
        self._shards: OrderedDict[str, Shard] = OrderedDict()
        self._pens: OrderedDict[str, Pen] = OrderedDict()
        self._pens_guard = threading.Lock()
        self._damage: dict[str, list[Damage]] = {}
        self._format: tuple[bool, Notice | None] | None = None
        self._prepared = False
        self._above = [root.parent, root.parent.parent]
        """Synced with our first line: a program that was killed may have made the log's folder."""
        self._writable: bool | None = None
        """Whether something can be made in the log's folder; None before anybody asked."""

    @property
    def read_only(self) -> bool:
        """Whether a newer DeskMate wrote this log."""
        if self._format is None:
            self._format = read_format(self.root)
        return not self._format[0]

    @property
    def notices(self) -> list[Notice]:
        """What is wrong with the store as a whole."""
        _ = self.read_only
        found = [self._format[1] if self._format else None, self._slot.notice, self._cannot_write()]
        return [notice for notice in found if notice is not None]

    def look_again(self) -> None:
        """Forget what the file that names the store's version said: it was written anew."""
        self._format = None

    @property
    def takes_nothing(self) -> bool:
        """Whether every save will fail, as far as is known: a newer DeskMate's log, or a folder that is closed."""
        return self.read_only or self._cannot_write() is not None

    def names(self) -> list[str]:
        """The tables that exist, in no order. One that was dropped is left out once it has been read."""
        tables = map(table_name, self.disk.folders(self.root))
        return [name for name in tables if name is not None and self._may_exist(name)]

    def _may_exist(self, name: str) -> bool:
        """Whether a folder's table exists; one that did not is read again: another desk may have written."""
        known = self._shards.get(name)
        return known is None or known.exists or self.fresh(name).exists

    def fresh(self, name: str) -> Shard:
        """A table as it is on the disk now; only what came since the last look is read."""
        shard = self._shards.get(name)
        if shard is None:
            shard = self._shards[name] = Shard(name, self.root / folder_name(name), self.disk)
            if len(self._shards) > _SHARDS_KEPT:
                self._shards.popitem(last=False)
        else:
            self._shards.move_to_end(name)
        changed = shard.refresh()
        if shard.damage:
            self._damage[name] = list(shard.damage.values())
        elif name in self._damage:
            del self._damage[name]
        if changed:
            self._revisions.see(shard.top)
            if self.watch is not None:
                self.watch(shard, changed)
        return shard

    def known(self, name: str) -> Shard:
        """A table as it was last read, which is enough for adding what has a new id; it is read when it never was."""
        return self._shards.get(name) or self.fresh(name)

    def loaded(self) -> Iterator[Shard]:
        """The tables held in memory, as they were last read."""
        return iter(list(self._shards.values()))

    def sizes(self, name: str) -> dict[str, tuple[int, int]]:
        """The files of a table, without reading them."""
        return self.disk.sizes(str(self.root / folder_name(name)))

    def raw(self, name: str) -> Iterator[bytes]:
        """The bytes of a table's files, for a search quicker than reading them; unreadable ones are left out."""
        folder = self.root / folder_name(name)
        for file in self.sizes(name):
            try:
                yield self.disk.read(str(folder / file))
            except OSError:
                continue  # reading the table reports it

    def commit(
        self,
        shard: Shard,
        put: Mapping[str, Mapping[str, Any]],
        remove: Iterable[str] = (),
        *,
        drop: bool = False,
        gone: bool = False,
        own: bool = False,
    ) -> str:
        """Write one operation, whole or not at all, then take it into memory.

        Args:
            shard: the table, from `fresh`.
            put: documents by id, each in full.
            remove: ids to remove.
            drop: empty the table first.
            gone: the table itself is removed.
            own: the documents are plain JSON values that nobody else holds or changes: memory keeps them as they are.

        Returns:
            The operation's revision. When the storage is durable it is on the disk.

        Raises:
            NotSaved: nothing was acknowledged; the next try may use the same ids.
        """
        body = self._operation(shard, put, list(remove), drop=drop, gone=gone)
        line = seal(body)
        written = self._pen(shard.name).write(line)
        # Read back from the line: what memory holds is what the file says, and shares nothing with the caller.
        changed = shard.wrote(body if own else json.loads(line), written)
        if self.watch is not None and changed:
            self.watch(shard, changed)
        return str(body["rev"])

    def line(self, shard: Shard, put: Mapping[str, Mapping[str, Any]]) -> bytes:
        """The line of an operation that puts documents, for a file that is written elsewhere and moved in.

        Raises:
            NotSaved: this log cannot be written to.
        """
        return seal(self._operation(shard, put, [], drop=False, gone=False))

    @property
    def owes_sync(self) -> bool:
        """Whether a line was written that is not known to be on the disk."""
        with self._pens_guard:
            return any(pen.owes_sync for pen in self._pens.values())

    def flush(self) -> None:
        """Wait until every acknowledged line is on the disk.

        Raises:
            NotSaved: a sync failed. Every table was tried; what is owed goes to a new file at the next try.
        """
        with self._pens_guard:
            owing = [pen for pen in self._pens.values() if pen.owes_sync]
        failure: NotSaved | None = None
        for pen in owing:
            try:
                pen.sync()
            except NotSaved as error:
                failure = error
        if failure is not None:
            raise failure

    @property
    def writer(self) -> tuple[str, str]:
        """This machine's id and the name this program writes under."""
        return self._slot.name.rpartition("-")[0], self._slot.name

    @property
    def slots(self) -> Path:
        """The folder with the lock of every writer of this machine."""
        return self._slot.folder

    def let_go(self, name: str) -> None:
        """Sync and close our file of a table, because it will be replaced; the next write opens it again.

        Raises:
            NotSaved: the sync failed.
        """
        with self._pens_guard:
            pen = self._pens.get(name)
        if pen is not None:
            pen.sync()  # a pen that fails keeps what it owes
            with self._pens_guard:
                del self._pens[name]
            pen.close()

    def damage(self) -> list[Damage]:
        """The damaged lines of the tables read so far."""
        return [each for name in sorted(self._damage) for each in self._damage[name]]

    def read(self) -> Any:
        """All tables as TinyDB wants them; a table is read only when it is looked at."""
        return Tables(self)

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Write what differs between `data` and the tables on the disk; tables missing from it are removed."""
        if isinstance(data, Tables):
            changes: dict[str, Mapping[str, Any] | None] = dict(data.changes)
        else:
            changes = {name: None for name in self.names() if name not in data} | dict(data)
        for name, wanted in changes.items():
            shard = self.fresh(name)
            if wanted is None:
                self.commit(shard, {}, drop=True, gone=True)
                continue
            put = {str(key): document for key, document in wanted.items() if shard.docs.get(str(key)) != document}
            kept = {str(key) for key in wanted}
            remove = [record_id for record_id in shard.docs if record_id not in kept]
            if put or remove or not shard.exists:
                self.commit(shard, put, remove, drop=not shard.exists)

    def close(self) -> None:
        """Sync what is owed, give the files and the writer's slot back.

        Raises:
            NotSaved: the last sync failed.
        """
        try:
            self.flush()
        finally:
            with self._pens_guard:
                for pen in self._pens.values():
                    pen.close()
                self._pens.clear()
            self._slot.release()

    def _operation(
        self, shard: Shard, put: Mapping[str, Mapping[str, Any]], removed: list[str], *, drop: bool, gone: bool
    ) -> Json:
        known = shard.revisions
        above = max((known.get(record_id, "") for record_id in (*put, *removed)), default="")
        above = max(above, shard.top if drop else shard.dropped)
        self._prepare()
        body: Json = {"rev": self._revisions.next(f"{self._slot.name}-{self._session}", above)}
        if drop:
            body["drop"] = True
        if gone:
            body["gone"] = True
        if put:
            body["put"] = put
        if removed:
            body["del"] = removed
        return body

    def _cannot_write(self) -> Notice | None:
        """Looked at once, since a share may be slow; what is written later proves the contrary."""
        if self._prepared or self.read_only:
            return None
        if self._writable is None:
            self._writable = self.disk.may_write(self.root)
        return None if self._writable else cannot_write(self.root)

    def _prepare(self) -> None:
        if self.read_only:
            raise NotSaved(
                "NOT SAVED: this log was written by a newer DeskMate.",
                "Update DeskMate on this machine, then save again.",
            )
        if self._prepared:
            return
        try:
            write_format(self.root, self.disk)
        except OSError as error:
            raise not_saved(error) from error
        self._prepared = True

    def _pen(self, name: str) -> Pen:
        with self._pens_guard:
            pen = self._pens.get(name)
            if pen is not None:
                self._pens.move_to_end(name)
                return pen
            if len(self._pens) >= _PENS_KEPT:
                self._close_one_pen()
            folder = self.root / folder_name(name)
            pen = Pen(folder, self._slot.name, self.disk, durable=self._durable, above=self._above)
            self._pens[name] = pen
            return pen

    def _close_one_pen(self) -> None:
        """Close the least used file that owes no sync; when all owe one, one more stays open."""
        for name, pen in self._pens.items():
            if not pen.owes_sync:
                pen.close()
                del self._pens[name]
                return


class Tables(MutableMapping[str, Mapping[str, Any]]):
    """What TinyDB reads: table name to documents, each table read when it is looked at, changes noted for `write`."""

    def __init__(self, storage: LogStorage) -> None:
        self._storage = storage
        self.changes: dict[str, Mapping[str, Any] | None] = {}

    def __getitem__(self, name: str) -> Mapping[str, Any]:
        found = self.changes[name] if name in self.changes else self._on_disk(name)
        if found is None:
            raise KeyError(name)
        return found

    def __setitem__(self, name: str, documents: Mapping[str, Any]) -> None:
        self.changes[name] = documents

    def __delitem__(self, name: str) -> None:
        self.changes[name] = None

    def __iter__(self) -> Iterator[str]:
        names = dict.fromkeys((*self._storage.names(), *self.changes))
        return (name for name in names if self.changes.get(name, {}) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _on_disk(self, name: str) -> Mapping[str, Any] | None:
        shard = self._storage.fresh(name)
        return {key: copied(document) for key, document in shard.docs.items()} if shard.exists else None


def copied(value: Any) -> Any:
    """A deep copy of a JSON value; 5x quicker than `copy.deepcopy`, which must expect anything."""
    if isinstance(value, dict):
        return {key: copied(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [copied(inner) for inner in value]
    return value
