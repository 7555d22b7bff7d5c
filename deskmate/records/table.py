"""TinyDB's table and database on the log's storage: `Query`, `insert`, `update`, `search`, `upsert`, `remove` as ever.

Two methods of TinyDB's `Table` are replaced, the one every reader calls and the one every writer calls; its
documentation names subclassing for this. Ids are text: a UUID of version 7 each, so that two desks never make the
same one.
"""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.table import Document, Table

from deskmate.records.shard import Json
from deskmate.records.storage import LogStorage, copied


class LogTable(Table):
    """One table of the log. Every change is one operation: an `update` of ten documents is on the disk whole or not."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB types ids as int and lets a subclass choose

    def __init__(self, storage: LogStorage, name: str, cache_size: int = 10, persist_empty: bool = False) -> None:  # noqa: FBT001, FBT002 - TinyDB's signature
        self._log = storage
        self._seen: object = None
        super().__init__(storage, name, cache_size, persist_empty)

    def search(self, cond: QueryLike) -> list[Document]:
        """All documents that match; each is the caller's own."""
        self._read_table()  # another desk may have written: what it changed must not come from the cache
        return [_own(document) for document in super().search(cond)]

    def get(self, cond: QueryLike | None = None, doc_id: Any = None, doc_ids: list[Any] | None = None) -> Any:
        """One document by query or id, or several by their ids; each is the caller's own."""
        found = super().get(cond, doc_id, doc_ids)
        if isinstance(found, list):
            return [_own(document) for document in found]
        return None if found is None else _own(found)

    def __iter__(self) -> Iterator[Document]:
        for record_id, document in list(self._read_table().items()):
            yield _own(Document(document, self.document_id_class(record_id)))  # type: ignore[arg-type]  # text ids

    def _read_table(self) -> dict[str, Mapping[Any, Any]]:
        shard = self._log.fresh(self.name)
        if shard.generation is not self._seen:
            self._seen = shard.generation
            self.clear_cache()
        return shard.docs  # type: ignore[return-value]  # dict is invariant; nobody writes through it

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        shard = self._log.fresh(self.name)
        draft = Draft(shard.docs, self.document_id_class)
        updater(draft)
        put, removed = draft.changes()
        if put or removed or (draft.cleared and (shard.docs or not shard.exists)):
            self._log.commit(shard, put, removed, drop=draft.cleared)
        self.clear_cache()

    def _get_next_id(self) -> Any:
        return self._log.ids.new()


class DeskDB(TinyDB):
    """A TinyDB whose tables are the log's."""

    table_class: type[Table] = LogTable

    def __init__(self, storage: LogStorage) -> None:
        super().__init__(storage=lambda: storage)
        self._log = storage

    @property
    def storage(self) -> LogStorage:
        """The log's storage."""
        return self._log


class Draft(MutableMapping[Any, Any]):
    """A table while it is being changed: documents are copied when they are touched, so that only they are compared."""

    def __init__(self, docs: Mapping[str, Json], key: Callable[[str], Any]) -> None:
        self._docs = docs
        self._key = key
        self._touched: dict[str, Any] = {}
        self._removed: set[str] = set()
        self.cleared = False
        """Everything that was there before is to go."""

    def changes(self) -> tuple[dict[str, Any], list[str]]:
        """The documents that are new or differ, and the ids that are gone."""
        before: Mapping[str, Json] = {} if self.cleared else self._docs
        put = {key: document for key, document in self._touched.items() if before.get(key) != document}
        return put, [key for key in self._removed if key in before]

    def __getitem__(self, key: Any) -> Any:
        name = str(key)
        if name not in self._touched:
            if self.cleared or name in self._removed:
                raise KeyError(key)
            self._touched[name] = copied(self._docs[name])
        return self._touched[name]

    def __setitem__(self, key: Any, document: Any) -> None:
        self._touched[str(key)] = document
        self._removed.discard(str(key))

    def __delitem__(self, key: Any) -> None:
        if key not in self:
            raise KeyError(key)
        self._touched.pop(str(key), None)
        self._removed.add(str(key))

    def __contains__(self, key: object) -> bool:
        name = str(key)
        return name in self._touched or (not self.cleared and name in self._docs and name not in self._removed)

    def __iter__(self) -> Iterator[Any]:
        if not self.cleared:
            yield from (self._key(name) for name in self._docs if name not in self._removed)
        before: Mapping[str, Json] = {} if self.cleared else self._docs
        yield from (self._key(name) for name in self._touched if name not in before)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def clear(self) -> None:
        """Remove everything at once."""
        self._touched.clear()
        self._removed.clear()
        self.cleared = True


def _own(document: Document) -> Document:
    return Document(copied(dict(document)), document.doc_id)
