"""Take bytes out of the log's files for good: every version of a document, in every writer's file.

A file is written anew beside the old one and put in its place: a crash leaves the old file or the new one. Its lines
keep their revisions, so that what the files add up to stays right; only what was to go is gone. A document that goes as
a whole leaves its id as removed, so that an older version in a file that cannot be written now never comes back.

Another program may hold a file open to append to it. Files of a program that runs on this machine are left alone (its
slot's lock is held) and told as busy; that program erases in them itself. Files of other machines, whose locks cannot
be seen, wait until nobody wrote to them for a day; what is appended at that very moment is carried over (`Disk.swap`),
and the other program finds that its file was replaced (`Pen`). The free space of the disk is not overwritten.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import DeskMateError
from deskmate.records.disk import Lock, not_saved
from deskmate.records.erase_rules import Edit
from deskmate.records.layout import folder_name
from deskmate.records.line import salvage, seal, unseal
from deskmate.records.shard import Json
from deskmate.records.storage import LogStorage

QUIET_SECONDS: Final = 24 * 3600
"""How long nobody may have written to another machine's file before it is written anew."""

MakeEdit = Callable[[list[Json]], Edit]
"""Sees every operation of a table first, then says what stays of a document."""


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be taken out of a table."""

    edit: MakeEdit
    forget: Callable[[bytes], bool]
    """Whether a line that cannot be read goes as a whole; whole operations inside it are saved."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a table."""

    documents: frozenset[str] = frozenset()
    """Ids of the documents that lost something, or would."""
    busy: tuple[Path, ...] = ()
    """Files that still hold what was to go, because another program may be writing to them."""


class Eraser:
    """Rewrites the files of one log. One program at a time erases: `lock` first.

    Args:
        storage: the log's storage.
        folder: the log's own folder for what concerns privacy.
        clock: the time.
    """

    def __init__(self, storage: LogStorage, folder: Path, clock: Clock) -> None:
        self._storage = storage
        self._disk = storage.disk
        self._folder = folder
        self._clock = clock

    def lock(self, *, wait: bool = False) -> Lock | None:
        """The right to erase in this log; None when another program has it.

        Raises:
            NotSaved: the folder cannot be used.
        """
        try:
            self._disk.make_folder(self._folder)
            return self._disk.lock(self._folder / "lock", wait=wait)
        except OSError as error:
            raise not_saved(error) from error

    def bodies(self, table: str) -> list[Json]:
        """Every operation in the files of a table.

        Raises:
            DeskMateError: a file cannot be read.
        """
        return [body for data in self._files(table).values() for body in _bodies(data)]

    def look(self, table: str, cut: Cut) -> Outcome:
        """What `cut` would take out of a table; nothing is changed.

        Raises:
            DeskMateError: a file cannot be read.
        """
        return Outcome(frozenset().union(*(ids for _, _, ids in self._wanted(table, cut))))

    def erase(self, table: str, cut: Cut) -> Outcome:
        """Take something out of a table; on the disk when this returns.

        Raises:
            NotSaved: the disk refused; run it again.
        """
        busy: list[Path] = []
        changed: set[str] = set()
        folder = self._storage.root / folder_name(table)
        wanted = self._wanted(table, cut)
        if wanted:
            self._storage.let_go(table)
        try:
            for draft in self._disk.sizes(str(folder), ".tmp"):  # a crash left it, and it may hold what is to go now
                self._disk.wipe(folder / draft)
            for name, edit, ids in wanted:
                claimed, lock = self._claim(name, folder / name)
                if not claimed:
                    busy.append(folder / name)
                    continue
                try:
                    data = self._disk.read(str(folder / name))
                    self._disk.swap(folder / name, len(data), _edited(data, edit, cut.forget)[0])
                finally:
                    if lock is not None:
                        lock.release()
                changed |= ids
        except OSError as error:
            raise not_saved(error) from error
        self._storage.fresh(table)
        return Outcome(frozenset(changed), tuple(busy))

    def _wanted(self, table: str, cut: Cut) -> list[tuple[str, Edit, set[str]]]:
        """The files of a table that hold something to go: name, what stays of a document, the ids concerned."""
        files = self._files(table)
        edit = cut.edit([body for data in files.values() for body in _bodies(data)])
        found = ((name, data, *_edited(data, edit, cut.forget)) for name, data in files.items())
        return [(name, edit, ids) for name, data, after, ids in found if after != data]

    def _files(self, table: str) -> dict[str, bytes]:
        folder = self._storage.root / folder_name(table)
        try:
            return {name: self._disk.read(str(folder / name)) for name in sorted(self._storage.sizes(table))}
        except OSError as error:
            what = f"A file of {table} cannot be read, so nothing in it can be erased."
            raise DeskMateError(what, "See: deskmate doctor") from error

    def _claim(self, name: str, path: Path) -> tuple[bool, Lock | None]:
        """Whether a file may be written anew, and the lock that keeps its writer from coming back meanwhile."""
        machine, writer = self._storage.writer
        theirs, _, number = name.removesuffix(".jsonl").partition(".")[0].rpartition("-")
        if f"{theirs}-{number}" == writer:
            return True, None
        if theirs == machine and number.isdecimal():
            lock = self._disk.lock(self._storage.slots / f"{number}.lock")
            return lock is not None, lock
        return self._clock.now().timestamp() - path.stat().st_mtime > QUIET_SECONDS, None


def _bodies(data: bytes) -> Iterator[Json]:
    for line in data.split(b"\n"):
        body = unseal(line)
        yield from [body] if body is not None else salvage(line)


def _edited(data: bytes, edit: Edit, forget: Callable[[bytes], bool]) -> tuple[bytes, set[str]]:
    """A file's bytes after an edit, and the ids of the documents that lost something."""
    lines: list[bytes] = []
    ids: set[str] = set()
    parts = data.split(b"\n")
    for number, line in enumerate(parts, 1):
        end = b"\n" if number < len(parts) else b""
        body = unseal(line)
        if body is not None:
            lines += _sealed([body], edit, ids) or [line + end]
        elif line and forget(line):
            saved = salvage(line)
            lines += _sealed(saved, edit, ids) or [seal(each) for each in saved]
        else:
            lines.append(line + end)
    return b"".join(lines), ids


def _sealed(bodies: Iterable[Json], edit: Edit, ids: set[str]) -> list[bytes]:
    """The lines of some operations after an edit; none when it changes nothing."""
    before = list(bodies)
    after = [_cut(body, edit, ids) for body in before]
    return [] if all(new is old for new, old in zip(after, before, strict=True)) else [seal(body) for body in after]


def _cut(body: Json, edit: Edit, ids: set[str]) -> Json:
    """One operation after an edit, with its revision; the same object when nothing goes."""
    put = body.get("put")
    if not isinstance(put, dict) or not isinstance(body.get("rev"), str):
        return body
    kept: Json = {}
    removed: list[str] = []
    changed = False
    for record_id, document in put.items():
        left = edit(record_id, document, body["rev"]) if isinstance(document, dict) else document
        if left is not document:
            changed = True
            ids.add(record_id)
        if left is None:
            removed.append(record_id)
        else:
            kept[record_id] = left
    if not changed:
        return body
    cut = {key: value for key, value in body.items() if key not in ("put", "del")}
    if kept:
        cut["put"] = kept
    if removed or body.get("del"):
        cut["del"] = [*body.get("del", ()), *removed]
    return cut
