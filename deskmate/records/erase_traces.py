"""What this machine keeps beside the log and can be rebuilt: roll-ups, the open promises, hints for undo, journals."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

from deskmate.records.actions import Actions
from deskmate.records.disk import Disk, not_saved
from deskmate.records.layout import day_of
from deskmate.records.promises import OpenPromises
from deskmate.records.rollup import RollupCache

_JOURNAL: Final = ".jsonl"


class Traces:
    """Takes erased text out of what was made from it.

    Args:
        promises: the snapshot of open promises.
        rollups: what the days came to.
        actions: what undo would take back.
        live: the folder of the journals.
        disk: the calls to the system.
    """

    def __init__(self, promises: OpenPromises, rollups: RollupCache, actions: Actions, live: Path, disk: Disk) -> None:
        self._promises = promises
        self._rollups = rollups
        self._actions = actions
        self._live = live
        self._disk = disk

    def made_from(self, tables: Collection[str]) -> None:
        """Make again, or forget, what was made from some tables, on the disk when this returns.

        Raises:
            NotSaved: the disk refused.
        """
        days = [day for day in map(day_of, tables) if day is not None]
        if not days:
            return
        try:
            self._rollups.forget(days)
            self._promises.look_again([day.isoformat() for day in days])
        except OSError as error:
            raise not_saved(error) from error

    def of_records(self, table: str, records: Collection[str]) -> bool:
        """Forget the sentences and the journals of some records of a table.

        Returns:
            Whether all is gone; False while a program that runs holds the journal of one.

        Raises:
            NotSaved: the disk refused.
        """
        try:
            self._actions.forget(table, records)
            return self._drop_journals([path for path in self._journals() if path.stem in records])
        except OSError as error:
            raise not_saved(error) from error

    def tidy(self, older_than: float) -> int:
        """Remove hints for undo of past days, and journals that no start could go on with.

        Args:
            older_than: a time in seconds since 1970; journals last written before it go.

        Returns:
            How many journals went.

        Raises:
            NotSaved: the disk refused.
        """
        try:
            self._actions.tidy()
            old = [path for path in self._journals() if path.stat().st_mtime < older_than]
            self._drop_journals(old)
        except OSError as error:
            raise not_saved(error) from error
        return len(old)

    def _journals(self) -> list[Path]:
        return list(self._live.glob(f"*/*{_JOURNAL}"))

    def _drop_journals(self, journals: Iterable[Path]) -> bool:
        """Wipe journals of sessions whose program is gone; False when a running one holds any of them."""
        all_gone = True
        for path in journals:
            lock = self._disk.lock(self._live / f"{path.parent.name}.lock")
            if lock is None:
                all_gone = False
                continue
            try:
                self._disk.wipe(path)
            finally:
                lock.release()
        return all_gone
