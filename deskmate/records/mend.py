"""Repair what a crash or a bad disk left in the log, without losing a byte and without guessing.

A damaged line, or the unfinished end of a save that was cut off, moves to a file of its own beside (`.damaged`), where
nothing reads it; whole operations that are inside it stay. The file is written anew beside the old one and put in its
place, so a crash leaves the old one or the new one. A file that another program may be writing to is left alone.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import Notice
from deskmate.records.claim import ASIDE, claim
from deskmate.records.disk import not_saved
from deskmate.records.layout import FORMAT_NAME, read_format, table_name, write_format
from deskmate.records.line import salvage, seal, unseal_all
from deskmate.records.log import Log
from deskmate.records.shard import operation
from deskmate.records.storage import LogStorage

DRAFT_SECONDS: Final = 3600
"""A draft that is older was left by a crash: writing one takes a moment."""


def mend(log: Log, clock: Clock) -> list[Notice]:
    """Repair what can be repaired.

    Returns:
        What was done and what could not be, one line each; empty when there was nothing to do.

    Raises:
        NotSaved: the disk refused; what was done until then is whole, and it can be run again.
    """
    storage = log.db.storage
    if storage.read_only:
        return []
    try:
        done = [*_format(storage), *_drafts(log.root, storage, clock)]
        for name in sorted(storage.names()):
            shard = storage.fresh(name)
            hurt = {each.path for each in (*shard.damage.values(), *shard.unfinished()) if each.line}
            done += [told for path in sorted(hurt) for told in _file(path, storage, clock)]
            if hurt:
                storage.fresh(name)
    except OSError as error:
        raise not_saved(error) from error
    return done


def _format(storage: LogStorage) -> Iterator[Notice]:
    """The file that names the store's version: missing beside records, or unreadable."""
    path = storage.root / FORMAT_NAME
    readable = read_format(storage.root)[1] is None
    if path.exists() and readable:
        return
    if not path.exists() and not any(table_name(folder) for folder in storage.disk.folders(storage.root)):
        return
    if path.exists():
        storage.disk.move(path, path.with_name(FORMAT_NAME + ASIDE))
    write_format(storage.root, storage.disk)
    storage.look_again()
    yield Notice("The file that names the log's version was written again.", "", str(path))


def _drafts(root: Path, storage: LogStorage, clock: Clock) -> Iterator[Notice]:
    """Drafts of files that a crash left behind: what they were to become was never confirmed."""
    for path in drafts(root):
        if clock.now().timestamp() - path.stat().st_mtime > DRAFT_SECONDS:
            storage.disk.remove(path)
            yield Notice("A draft that a crash had left was deleted; nothing read it.", "", str(path))


def drafts(root: Path) -> list[Path]:
    """The drafts of whole files in the log's folder and its tables."""
    return sorted(root.glob(".*.tmp")) + sorted(root.glob("*/.*.tmp"))


def _file(path: Path, storage: LogStorage, clock: Clock) -> Iterator[Notice]:
    free, lock = claim(path, storage, clock)
    if not free:
        yield Notice(
            "This file is damaged, and a DeskMate may be writing to it.",
            "Close DeskMate on the other desks, or wait a day, then run this again.",
            str(path),
        )
        return
    try:
        data = storage.disk.read(str(path))
        good, bad = _parted(data)
        if good == data:
            return
        storage.let_go(table_name(path.parent.name) or "")
        if bad:
            _put_aside(path.with_name(path.name + ASIDE), bad, storage)
        storage.disk.swap(path, len(data), good)
    finally:
        if lock is not None:
            lock.release()
    yield _repaired(path, bad.count(b"\n"))


def _repaired(path: Path, lines: int) -> Notice:
    if not lines:
        return Notice("The end of its last line was missing and is there again.", "", str(path))
    what = "A damaged or unfinished line was" if lines == 1 else f"{lines} damaged or unfinished lines were"
    return Notice(
        f"{what} put aside, byte for byte, in {path.name}{ASIDE}; the rest is as it was.",
        "If a backup has this file, copy it here under another name ending in .jsonl: DeskMate reads both.",
        str(path),
    )


def _put_aside(path: Path, lines: bytes, storage: LogStorage) -> None:
    kept = storage.disk.read(str(path)) if path.exists() else b""
    if not kept.endswith(lines):  # else a crash came between the two writes
        storage.disk.replace(path, kept + lines)


def _parted(data: bytes) -> tuple[bytes, bytes]:
    """The lines of a file that read well, and those that do not; whole operations inside a bad one are in both."""
    lines = data.split(b"\n")
    good: list[bytes] = []
    bad: list[bytes] = []
    for line, body in zip(lines, unseal_all(lines), strict=True):
        if operation(body) is not None:
            good.append(line + b"\n")
        elif line:
            good += map(seal, filter(operation, salvage(line)))
            bad.append(line + b"\n")
    return b"".join(good), b"".join(bad)
