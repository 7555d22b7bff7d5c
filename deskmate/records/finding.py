"""Find a record by what somebody typed: a whole id, a shown id, or the end of one."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from deskmate.clock import Clock
from deskmate.faults import BadUsage, NotFound
from deskmate.records.layout import day_of
from deskmate.records.promises import RECENT_DAYS, OpenPromises
from deskmate.records.shard import Json
from deskmate.records.stamp import id_milliseconds
from deskmate.records.storage import LogStorage

_SHOWN: Final = re.compile(r"(\d{4}-\d\d-\d\d)\.([0-9a-f-]{4,36})")
_WHOLE: Final = re.compile(r"[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}")
_END: Final = re.compile(r"[0-9a-f-]{4,35}")
_NEAR_DAYS: Final = 7
"""The end of an id is looked for among these days and the open promises first."""

Hit: TypeAlias = tuple[str, str, Json]
"""Table, id, document."""


class Finder:
    """Looks where the record most likely is, and reads no more days than it must."""

    def __init__(self, storage: LogStorage, promises: OpenPromises, clock: Clock) -> None:
        self._storage = storage
        self._promises = promises
        self._clock = clock

    def find(self, ref: str) -> Hit:
        """The one record that `ref` names.

        Raises:
            NotFound: nothing has it.
            BadUsage: several records have it, or it is no id.
        """
        wanted = ref.strip().lower()
        shown = _SHOWN.fullmatch(wanted)
        if shown and day_of(shown[1]):
            return self._one(ref, self._ending(shown[2], [shown[1]]))
        if _WHOLE.fullmatch(wanted):
            digits = wanted.replace("-", "")
            parts = (digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:])
            return self._one(ref, self._whole("-".join(parts)))
        if not _END.fullmatch(wanted):
            raise BadUsage(f"{ref!r} is no record's id.", "Use the id as it is shown, like 2026-11-22.4f9c1d.")
        near = {hit[1]: hit for hit in self._promises.all() if hit[1].endswith(wanted)}
        near |= {hit[1]: hit for hit in self._ending(wanted, self._recent(0, _NEAR_DAYS))}
        return self._one(ref, near.values() or self._ending(wanted, self._recent(_NEAR_DAYS, RECENT_DAYS)))

    def _one(self, ref: str, hits: Iterable[Hit]) -> Hit:
        found = list(hits)
        if not found:
            raise NotFound(f"There is no record {ref}.", "Use the id as it is shown, like 2026-11-22.4f9c1d.")
        if len(found) > 1:
            some = ", ".join(f"{table}.{record_id[-6:]}" for table, record_id, _ in found[:3])
            raise BadUsage(f"{ref} fits {len(found)} records ({some}).", "Type more of the id.")
        return found[0]

    def _ending(self, end: str, tables: Iterable[str]) -> Iterator[Hit]:
        for table in tables:
            if not self._storage.sizes(table):
                continue
            docs = self._storage.fresh(table).docs
            yield from ((table, record_id, docs[record_id]) for record_id in docs if record_id.endswith(end))

    def _recent(self, first: int, last: int) -> Iterator[str]:
        today = self._clock.now().date()
        return ((today - timedelta(days=back)).isoformat() for back in range(first, last))

    def _whole(self, record_id: str) -> Iterator[Hit]:
        for table in self._likely(record_id):
            docs = self._storage.fresh(table).docs if self._storage.sizes(table) else {}
            if record_id in docs:
                yield table, record_id, docs[record_id]
                return

    def _likely(self, record_id: str) -> Iterator[str]:
        """Tables that may hold an id, the likeliest first: the day it was made, then every file that names it."""
        made = id_milliseconds(record_id)
        now = self._clock.now()
        if made is not None:
            day = datetime.fromtimestamp(made / 1000, tz=now.tzinfo).date()
            yield from ((day - timedelta(days=back)).isoformat() for back in (0, 1, -1))
        needle = record_id.encode()
        for table in sorted(filter(day_of, self._storage.names()), reverse=True):
            if any(needle in data for data in self._storage.raw(table)):
                yield table
