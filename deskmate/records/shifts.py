"""The shifts: one table a month, so that finding the last one never reads years of them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from deskmate.clock import Clock
from deskmate.model.shift import Shift
from deskmate.records.layout import SHIFTS, shifts_table
from deskmate.records.stamp import id_milliseconds
from deskmate.records.storage import LogStorage

_LIKELY_MONTHS: Final = 13
"""How far back a shift is looked for without listing the log's folder."""


class Shifts:
    """Reads and writes the tables of shifts."""

    def __init__(self, storage: LogStorage, clock: Clock, unreadable: Callable[[str, str, Exception], None]) -> None:
        """Use a storage; `unreadable` is told the table, id and error of a shift that cannot be read."""
        self._storage = storage
        self._clock = clock
        self._unreadable = unreadable

    def save(self, shift: Shift) -> None:
        """Save a shift, new or changed, in the table of the month it began in."""
        shard = self._storage.fresh(shifts_table(shift.started_at.date()))
        self._storage.commit(shard, {shift.id: shift.to_document()})

    def between(self, first: date, last: date) -> list[Shift]:
        """The shifts that began in a range of days, both ends included, in order."""
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        tables = [shifts_table(date(month // 12, month % 12 + 1, 1)) for month in months]
        found = [shift for table in tables if self._storage.sizes(table) for shift in self._read(table)]
        chosen = [shift for shift in found if first <= shift.started_at.date() <= last]
        return sorted(chosen, key=lambda shift: shift.started_at)

    def last(self, desk: str) -> Shift | None:
        """The shift of a desk that began last."""
        for table in self._tables():
            found = [shift for shift in self._read(table) if shift.desk == desk]
            if found:
                return max(found, key=lambda shift: shift.started_at)
        return None

    def one(self, shift_id: str) -> Shift | None:
        """One shift by its id."""
        for table in self._tables(id_milliseconds(shift_id)):
            found = [shift for shift in self._read(table) if shift.id == shift_id]
            if found:
                return found[0]
        return None

    def _read(self, table: str) -> list[Shift]:
        found = []
        for record_id, document in self._storage.fresh(table).docs.items():
            try:
                found.append(Shift.from_document(document))
            except (ValueError, TypeError, KeyError) as error:
                self._unreadable(table, record_id, error)
        return found

    def _tables(self, made: int | None = None) -> Iterator[str]:
        """The tables, the likeliest first: the month of `made` (milliseconds), the last year, then all others."""
        now = self._clock.now()
        tried = []
        if made is not None:
            tried.append(shifts_table(datetime.fromtimestamp(made / 1000, tz=now.tzinfo).date()))
        day = now.date()
        for _ in range(_LIKELY_MONTHS):
            tried.append(shifts_table(day))
            day = day.replace(day=1) - timedelta(days=1)
        likely = list(dict.fromkeys(tried))
        yield from (table for table in likely if self._storage.sizes(table))
        others = {table for table in self._storage.names() if table.startswith(SHIFTS)}
        yield from sorted(others.difference(likely), reverse=True)
