"""Take bytes out of the log's files for good: every version of a document, in every writer's file.

A file is written anew beside the old one and put in its place: a crash leaves the old file or the new one. Its lines
keep their revisions, so that what the files add up to stays right; only what was to go is gone. A document that goes as
a whole leaves its id as removed, so that an older version in a file that cannot be written now never comes back.

Another program may hold a file open to append to it. Files of a program that runs on this machine are left alone (its
slot's lock is held) and told as busy; that program erases in them itself. Files of other machines, whose locks cannot
be seen, wait until nobody wrote to them for a day; what is appended at that very moment is carried over (`Disk.swap`),
and the other program finds that its file was replaced (`Pen`). The free space of the disk is not overwritten.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from deskmate.clock import Clock
from deskmate.faults import DeskMateError
from deskmate.records.claim import ASIDE, claim
from deskmate.records.disk import Lock, not_saved
from deskmate.records.erase_rules import Edit
from deskmate.records.layout import folder_name
from deskmate.records.line import salvage, seal, unseal
from deskmate.records.shard import Json
from deskmate.records.storage import LogStorage


@dataclass(frozen=True, slots=True)
class Cut:
    """What is to be taken out of a table."""

    edit: Edit
    forget: Callable[[bytes], bool]
    """Whether a line that cannot be read goes as a whole; whole operations inside it are saved."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a table."""

    documents: frozenset[str] = frozenset()
    """Ids of the documents that lost something, or would."""
    busy: tuple[Path, ...] = ()
    """Files that still hold what was to go, because another program may be writing to them."""


File: TypeAlias = list[tuple[bytes, Json | None]]
"""A file's lines without their ends, each with its operation when it can be read."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A table's files as they were read."""

    table: str
    files: Mapping[str, File]

    @property
    def bodies(self) -> list[Json]:
        """Every operation, those inside damaged lines too."""
        return [
            body
            for file in self.files.values()
            for line, whole in file
            for body in ([whole] if whole is not None else salvage(line))
        ]


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

    def read(self, table: str) -> Lines:
        """The files of a table, every line read once; those with damaged lines that were put aside too.

        Raises:
            DeskMateError: a file cannot be read.
        """
        folder = self._storage.root / folder_name(table)
        try:
            names = sorted({*self._storage.sizes(table), *self._disk.sizes(str(folder), ASIDE)})
            files = {name: self._disk.read(str(folder / name)) for name in names}
        except OSError as error:
            what = f"A file of {table} cannot be read, so nothing in it can be erased."
            raise DeskMateError(what, "See: deskmate doctor") from error
        return Lines(table, {name: read_lines(data) for name, data in files.items()})

    def look(self, lines: Lines, cut: Cut) -> Outcome:
        """What `cut` would take out of a table; nothing is changed."""
        return Outcome(frozenset().union(*(edit_file(file, cut)[1] for file in lines.files.values())))

    def erase(self, lines: Lines, cut: Cut) -> Outcome:
        """Take something out of a table; on the disk when this returns.

        Args:
            lines: the table as it was read just now; what was appended since is carried over.
            cut: what is to go.

        Raises:
            NotSaved: the disk refused; run it again.
        """
        folder = self._storage.root / folder_name(lines.table)
        edited = {name: edit_file(file, cut) for name, file in lines.files.items()}
        wanted = {name: (new, ids) for name, (new, ids) in edited.items() if new is not None}
        busy: list[Path] = []
        changed: set[str] = set()
        if wanted:
            self._storage.let_go(lines.table)
        try:
            for draft in self._disk.sizes(str(folder), ".tmp"):  # a crash left it, and it may hold what is to go now
                self._disk.wipe(folder / draft)
            for name, (new, ids) in wanted.items():
                claimed, lock = claim(folder / name, self._storage, self._clock)
                if not claimed:
                    busy.append(folder / name)
                    continue
                try:
                    if self._disk.swap(folder / name, _size(lines.files[name]), new):
                        busy.append(folder / name)  # what came meanwhile was carried over unread
                finally:
                    if lock is not None:
                        lock.release()
                changed |= ids
        except OSError as error:
            raise not_saved(error) from error
        if changed:
            self._storage.fresh(lines.table)
        return Outcome(frozenset(changed), tuple(busy))


def _size(file: File) -> int:
    return sum(len(line) + 1 for line, _ in file) - 1


def read_lines(data: bytes) -> File:
    """A file's lines, each read once."""
    return [(line, unseal(line)) for line in data.split(b"\n")]


def edit_file(file: File, cut: Cut) -> tuple[bytes | None, set[str]]:
    """Cut a file: its bytes afterwards (None when nothing goes), and the ids of the documents that lost something."""
    parts: list[bytes] = []
    ids: set[str] = set()
    changed = False
    for number, (line, body) in enumerate(file, 1):
        left = _sealed([body], cut.edit, ids) if body is not None else []
        if body is None and line and cut.forget(line):
            saved = salvage(line)
            left = _sealed(saved, cut.edit, ids) or [seal(each) for each in saved]
            changed = True
        elif not left:
            parts.append(line + b"\n" if number < len(file) else line)
            continue
        parts += left
        changed = True
    return (b"".join(parts) if changed else None), ids


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
