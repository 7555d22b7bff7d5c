"""One table's folder, read: the state is, per id, the operation with the highest revision over all files.

Reading is order-free (files may come in any order), repeatable (a line read twice changes nothing) and incremental
(only the bytes that came since the last look are read). A damaged line is kept apart and reported; the others serve.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from deskmate.faults import Notice
from deskmate.records.disk import Disk
from deskmate.records.layout import fingerprint
from deskmate.records.line import salvage, unseal_all
from deskmate.records.stamp import is_revision
from deskmate.records.writer import Written

Json: TypeAlias = dict[str, Any]
"""One stored document: plain JSON values."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A line that does not match its checksum, or a file that cannot be read."""

    path: Path
    line: int
    """Counted from 1; 0 for the whole file."""
    unfinished: bool
    """The line has no end: a save was cut off, and it was never acknowledged unless the file lost bytes later."""

    def notice(self) -> Notice:
        """What staff are told."""
        if not self.line:
            return Notice(
                "A file of the log cannot be read.", "Mend its permissions or restore it from a backup.", str(self.path)
            )
        where = f"{self.path}:{self.line}"
        if self.unfinished:
            return Notice(
                "A save was cut off in the middle, most likely by a crash before it was confirmed; the rest is read.",
                "Run: deskmate doctor --mend. If the disk had errors, compare with a backup.",
                where,
            )
        return Notice(
            "A line of the log is damaged and was left out; all other lines are read.",
            "If a backup has this file, copy it here under another name ending in .jsonl: DeskMate reads both. "
            "Then run: deskmate doctor --mend",
            where,
        )


@dataclass(frozen=True, slots=True)
class Version:
    """One state that a document had."""

    revision: str
    document: Json | None
    """None: it was removed."""


@dataclass(slots=True)
class _Mark:
    """How far one file has been read."""

    number: int
    size: int = 0
    """Bytes seen."""
    offset: int = 0
    """Bytes read as whole lines; less than `size` when the file ends in an unfinished line."""
    lines: int = 0


class Shard:
    """The documents of one table and what they were read from. `docs` is for reading; copy before you change."""

    def __init__(self, name: str, folder: Path, disk: Disk) -> None:
        self.name = name
        self.folder = folder
        self._disk = disk
        self._path = str(folder)
        self._start_over()
        self.generation = object()
        """Another object after every change, for caches of query results."""

    def _start_over(self) -> None:
        self.docs: dict[str, Json] = {}
        self.revisions: dict[str, str] = {}
        """The highest revision of every id, removed ones too."""
        self.dropped = ""
        """The revision that last emptied the table; empty when nothing did."""
        self.gone = ""
        """The revision that last removed the table as a whole."""
        self.top = ""
        """The highest revision read."""
        self.damage: dict[tuple[str, int], Damage] = {}
        self._marks: dict[str, _Mark] = {}

    @property
    def exists(self) -> bool:
        """Whether anything was ever written here and the table was not removed since."""
        return bool(self.top) and self.top != self.gone

    @property
    def fingerprint(self) -> str:
        """What the files looked like when they were last read; see `layout.fingerprint`."""
        return fingerprint({name: (mark.number, mark.size) for name, mark in self._marks.items()})

    def refresh(self) -> set[str]:
        """Read what came since the last look.

        Returns:
            The ids whose documents may have changed.
        """
        try:
            sizes = self._disk.sizes(self._path)
        except OSError:
            self.damage["", 0] = Damage(self.folder, 0, unfinished=False)
            return set()
        changed: set[str] = set()
        if any(
            name not in sizes or sizes[name][0] != mark.number or sizes[name][1] < mark.size
            for name, mark in self._marks.items()
        ):
            # A file is gone, was replaced or became shorter: a backup came back or bytes were erased.
            changed.update(self.revisions)
            self._start_over()
        for name in sorted(sizes):
            number, size = sizes[name]
            mark = self._marks.get(name)
            if mark is None or mark.size != size:
                changed |= self._read(name, mark or _Mark(number))
        if changed:
            self.generation = object()
        return changed

    def apply(self, body: Mapping[str, Any]) -> set[str]:
        """Take in one operation; one that is older than what is known changes nothing.

        Returns:
            The ids whose documents may have changed.
        """
        revision: str = body["rev"]
        self.top = max(self.top, revision)
        changed: set[str] = set()
        if body.get("drop"):
            changed |= self._drop(revision)
            if body.get("gone"):
                self.gone = max(self.gone, revision)
        for record_id, document in body.get("put", {}).items():
            known = self.revisions.get(record_id, "")
            # The same revision again may have lost words since: what the file says now counts.
            if revision > known or (revision == known and self.docs.get(record_id, document) != document):
                self.revisions[record_id] = revision
                if revision >= self.dropped:
                    self.docs[record_id] = document
                    changed.add(record_id)
        for record_id in body.get("del", ()):
            if revision >= self.revisions.get(record_id, ""):
                self.revisions[record_id] = revision
                if self.docs.pop(record_id, None) is not None:
                    changed.add(record_id)
        return changed

    def wrote(self, body: Mapping[str, Any], written: Written) -> set[str]:
        """Take in an operation of our own that was just written, without reading it back."""
        mark = self._marks.get(written.file)
        if mark is not None and mark.offset == mark.size == written.start:
            mark.offset = mark.size = written.end
            mark.lines += 1
        self.generation = object()
        return self.apply(body)

    def versions(self, record_id: str) -> list[Version]:
        """Every state one document had, oldest first; read from the files each time."""
        found: dict[str, Json | None] = {}
        for body in self._operations():
            if record_id in body.get("put", {}):
                found[body["rev"]] = body["put"][record_id]
            elif record_id in body.get("del", ()) or body.get("drop"):
                found[body["rev"]] = None
        history = [Version(revision, found[revision]) for revision in sorted(found)]
        while history and history[0].document is None:  # the table was emptied before the document was made
            history.pop(0)
        return history

    def unfinished(self) -> list[Damage]:
        """Files whose last line has no end yet: a save that was cut off, or one that is being written right now."""
        return [
            Damage(self.folder / name, mark.lines + 1, unfinished=True)
            for name, mark in self._marks.items()
            if mark.offset < mark.size
        ]

    def _drop(self, revision: str) -> set[str]:
        if revision <= self.dropped:
            return set()
        self.dropped = revision
        lost = {record_id for record_id in self.docs if self.revisions[record_id] < revision}
        for record_id in lost:
            del self.docs[record_id]
        return lost

    def _read(self, name: str, mark: _Mark) -> set[str]:
        try:
            data = self._disk.read(f"{self._path}/{name}", mark.offset)
        except FileNotFoundError:
            return set()
        except OSError:
            self.damage[name, 0] = Damage(self.folder / name, 0, unfinished=False)
            return set()
        self.damage.pop((name, 0), None)
        self._marks[name] = mark
        lines = data.split(b"\n")
        tail = lines.pop()
        changed: set[str] = set()
        for line, body in zip(lines, unseal_all(lines), strict=True):
            mark.lines += 1
            if line:
                changed |= self._take(name, line, body, mark.lines)
        if tail:
            # Whole but for its newline: the operation counts, and is read again (to no effect) when the newline comes.
            changed |= self._take_whole(tail)
        mark.size = mark.offset + len(data)
        mark.offset = mark.size - len(tail)
        return changed

    def _take(self, name: str, line: bytes, body: Json | None, number: int) -> set[str]:
        known = operation(body)
        if known is not None:
            return self.apply(known)
        # Zeros are what a power cut leaves where the disk had taken the next save but not this one.
        cut_off = not line.endswith(b'"}') or b"\0\0" in line
        self.damage[name, number] = Damage(self.folder / name, number, unfinished=cut_off)
        return self._take_whole(line)

    def _take_whole(self, line: bytes) -> set[str]:
        """Take in whatever whole operations a damaged or unfinished line holds."""
        changed: set[str] = set()
        for body in map(operation, salvage(line)):
            changed |= self.apply(body) if body is not None else set()
        return changed

    def _operations(self) -> Iterator[Json]:
        for name in self._disk.sizes(self._path):
            lines = self._disk.read(f"{self._path}/{name}").split(b"\n")
            for line, found in zip(lines, unseal_all(lines), strict=True):
                for body in map(operation, [found] if found is not None else salvage(line)):
                    if body is not None:
                        yield body


def operation(body: Json | None) -> Json | None:
    """The body when it is an operation of this table; None for a line that says something else."""
    if body is None or not is_revision(body.get("rev")):
        return None
    put = body.get("put", {})
    if not isinstance(put, dict) or not all(isinstance(document, dict) for document in put.values()):
        return None
    removed = body.get("del", [])
    if not isinstance(removed, list) or not all(isinstance(record_id, str) for record_id in removed):
        return None
    return body
