"""Many records of many days in one commit: all of them or none, whatever happens in between.

Each day's lines are written to a file of their own in a waiting folder, synced, and sealed there by one small file
that names them all. That file is the commit: before it the waiting files count for nothing and are thrown away; after
it they are renamed into the tables' folders, and a start that finds them finishes it. A rename that is done twice does
no harm, and neither do two desks that finish the same import.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from deskmate.faults import DeskMateError, Notice
from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk, Lock, not_saved
from deskmate.records.layout import WAITING, folder_name
from deskmate.records.line import seal, unseal
from deskmate.records.log import Log
from deskmate.records.shard import Json

_SEALED: Final = "COMMIT"
_LOCK: Final = "lock"
_A_LINE: Final = 250
"""Records in one line: one damaged line then costs no whole day, and a seal for each would double the bytes."""

Progress = Callable[[int, int], None]
"""Told how many records were written, of how many."""


@dataclass(slots=True)
class Compared:
    """Records held against the log, before anything is written."""

    new: dict[str, list[Interaction]] = field(default_factory=dict)
    """What is not there yet, by the day's table."""
    known: int = 0
    """Ids that are there already; they stay as they are."""
    removed: int = 0
    """Ids that were here and were taken out: they stay out."""

    @property
    def count(self) -> int:
        """How many records are new."""
        return sum(map(len, self.new.values()))


def compare(log: Log, records: Iterable[Interaction]) -> Compared:
    """Find out which records the log has not seen; only the tables of their days are read."""
    found = Compared()
    by_day: dict[str, dict[str, Interaction]] = {}
    for record in records:
        by_day.setdefault(record.day.isoformat(), {}).setdefault(record.id, record)
    for table in sorted(by_day):
        shard = log.db.storage.fresh(table)
        for record_id, record in by_day[table].items():
            if record_id in shard.docs:
                found.known += 1
            elif record_id in shard.revisions:
                found.removed += 1
            else:
                found.new.setdefault(table, []).append(record)
    return found


def take_in(log: Log, new: Mapping[str, list[Interaction]], progress: Progress = lambda _done, _of: None) -> None:
    """Write records of any number of days in one commit; they are on the disk and in the log when this returns.

    Args:
        log: where to.
        new: records by their day's table, from `compare`.
        progress: told after each day.

    Raises:
        NotSaved: the disk refused, and nothing was taken in.
        DeskMateError: another import or a back-up is running, or the disk refused after the commit: then the next
            start finishes it.
    """
    if not new:
        return
    disk = log.db.storage.disk
    with alone(log.root, disk):
        folder = log.root / WAITING / os.urandom(8).hex()
        try:
            _stage(log, folder, new, progress)
        except OSError as error:
            _throw_away(folder)
            raise not_saved(error) from error
        except BaseException:
            _throw_away(folder)
            raise
        try:
            _move_in(log.root, folder, disk)
        except OSError as error:
            reason = error.strerror or str(error)
            raise DeskMateError(
                f"The import is safe on the disk, but not all of it is in its place yet ({reason}).",
                "Mend that and start DeskMate again: it finishes by itself.",
            ) from error
    for shard in log.db.storage.loaded():
        if shard.name in new:
            log.db.storage.fresh(shard.name)


def finish(root: Path, disk: Disk) -> list[Notice]:
    """Finish what an import that was cut off left behind: complete it when it was committed, else throw it away.

    Args:
        root: the log's folder.
        disk: the calls to the system.

    Returns:
        What was done, for the person at the desk; empty when there was nothing or another program is at it.
    """
    waiting = root / WAITING
    if not waiting.is_dir():
        return []
    told = []
    try:
        lock = disk.lock(waiting / _LOCK)
        if lock is None:
            return []
        try:
            for folder in sorted(path for path in waiting.iterdir() if path.is_dir()):
                told += _finish_one(root, folder, disk)
        finally:
            _let_go(lock, waiting)
    except OSError as error:
        what = f"An import that was cut off could not be finished ({error.strerror or error})."
        told.append(Notice(what, "Mend the folder's permissions and start DeskMate again.", str(waiting)))
    return told


@contextmanager
def alone(root: Path, disk: Disk) -> Iterator[None]:
    """Hold what an import and a back-up must not do at the same time.

    Raises:
        DeskMateError: another program is at it.
        NotSaved: the log's folder cannot be written to.
    """
    waiting = root / WAITING
    try:
        lock = _held(waiting, disk)
    except OSError as error:
        raise not_saved(error) from error
    if lock is None:
        raise DeskMateError("Another import or a back-up is running.", "Wait until it is done, and try again.")
    try:
        yield
    finally:
        _let_go(lock, waiting)


def _stage(log: Log, folder: Path, new: Mapping[str, list[Interaction]], progress: Progress) -> None:
    """Write every day's file and the seal; when this returns the import counts."""
    storage = log.db.storage
    disk = storage.disk
    total, done = sum(map(len, new.values())), 0
    sizes: Json = {}
    disk.make_folder(folder)
    for table, records in new.items():
        shard = storage.known(table)
        parts = (records[first : first + _A_LINE] for first in range(0, len(records), _A_LINE))
        lines = (storage.line(shard, {record.id: record.to_document() for record in part}) for part in parts)
        sizes[table] = _write(folder / f"{table}.jsonl", lines, disk)
        done += len(records)
        progress(done, total)
    disk.sync_folder(folder)
    disk.sync_folder(folder.parent)
    disk.sync_folder(log.root)
    disk.replace(folder / _SEALED, seal({"v": 1, "records": total, "sizes": sizes}))


def _write(path: Path, lines: Iterable[bytes], disk: Disk) -> int:
    handle = disk.open_append(path)
    try:
        size = 0
        for line in lines:
            disk.write(handle, line)
            size += len(line)
        disk.sync(handle)
    finally:
        disk.close(handle)
    return size


def _move_in(root: Path, folder: Path, disk: Disk) -> None:
    """Rename the files of a sealed import into their tables, and forget the seal when all are on the disk there."""
    moved = sorted(folder.glob("*.jsonl"))
    for path in moved:
        table = root / folder_name(path.stem)
        disk.make_folder(table)
        with suppress(FileNotFoundError):  # another desk that saw it waiting moved it
            path.replace(table / f"import-{folder.name}.jsonl")
    for path in moved:
        disk.sync_folder(root / folder_name(path.stem))
    disk.sync_folder(root)
    disk.sync_folder(folder)
    _throw_away(folder)


def _finish_one(root: Path, folder: Path, disk: Disk) -> list[Notice]:
    try:
        body = unseal(disk.read(str(folder / _SEALED)).removesuffix(b"\n"))
    except FileNotFoundError:
        body = None
    if body is not None:
        _move_in(root, folder, disk)
        what = f"An import that was cut off is complete now: {body['records']:,} records."
        return [Notice(what, "Nothing to do.")]
    empty = not any(folder.iterdir())  # a crash after the work was done left only the folder
    _throw_away(folder)
    if empty:
        return []
    return [Notice("An import was cut off before it was whole; nothing of it was taken in.", "Import the file again.")]


def _throw_away(folder: Path) -> None:
    """Remove a waiting import, its seal first: what is left by a crash in here then counts for nothing."""
    if not folder.is_dir():
        return
    (folder / _SEALED).unlink(missing_ok=True)
    for path in folder.iterdir():
        path.unlink(missing_ok=True)
    folder.rmdir()


def _held(waiting: Path, disk: Disk) -> Lock | None:
    """The lock, or None while another program holds it; its folder may go in the moment between making and locking."""
    for _ in range(3):
        disk.make_folder(waiting)
        with suppress(FileNotFoundError):
            return disk.lock(waiting / _LOCK)
    return None


def _let_go(lock: Lock, waiting: Path) -> None:
    lock.release(remove=True)
    with suppress(OSError):  # another program has come meanwhile
        waiting.rmdir()
