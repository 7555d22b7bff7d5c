"""A home as one file, and where such files were made.

The file is a gzipped tar: each file of the home under its own name, and last a manifest with the size and the SHA-256
of every one. Append-only files are copied up to their last whole line, so a desk may stay open meanwhile; contacts are
read after the records that name them, because a contact is on the disk before its record.
"""

import hashlib
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from deskmate.faults import BadUsage, NotSaved
from deskmate.records.disk import Disk, not_saved
from deskmate.records.importing import alone
from deskmate.records.layout import CONTACTS
from deskmate.records.line import seal, unseal

if TYPE_CHECKING:
    import tarfile

MANIFEST: Final = "MANIFEST.json"
KIND: Final = "deskmate-backup"
VERSION: Final = 1
LOG: Final = "log"
PRIVATE: Final = (CONTACTS, "incidents")
"""What `--without-contacts` leaves out: folders of the log, and of the home, that begin so."""
_NOTES: Final = "backups.jsonl"
_LOCK: Final = "backups.lock"
_PAGES: Final = "reports/"
_MODE: Final = 0o600

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A back-up that was made: what the privacy sweep must know of, because it still holds what is erased later."""

    at: str
    """When, ISO."""
    path: str
    files: int
    contacts: bool
    """Whether contacts and incidents are in it."""

    @property
    def is_there(self) -> bool:
        """Whether the file is still where it was written."""
        return Path(self.path).exists()


def back_up(
    home: Path, target: Path, now: datetime, *, private: bool = True, progress: Progress = lambda _done, _of: None
) -> Made:
    """Write a home as one file, whole or not at all, readable by its owner only.

    Args:
        home: the folder; hidden files, drafts, links and printed pages in it are left out.
        target: the file; one that is there is replaced only when the new one is complete.
        now: the time that is written into it.
        private: contacts and incidents too.
        progress: told how many files are in, of how many.

    Raises:
        BadUsage: the target lies in the home, or there is no home.
        NotSaved: the disk refused; a file that was there before is untouched.
        DeskMateError: an import is running.
    """
    if not home.is_dir():
        raise BadUsage(f"There is nothing to back up: {home} is not there.", "Name the home with --home.")
    if target.resolve().is_relative_to(home.resolve()):
        raise BadUsage("A back-up does not go into the home it is of.", "Choose another folder, best another disk.")
    if target.is_dir():
        raise BadUsage(f"{target} is a folder.", "Name the file too, like deskmate.tar.gz.")
    draft = target.with_name(f".{target.name}.part")
    log = home / LOG
    try:
        if log.is_dir() and os.access(log, os.W_OK):
            with alone(log, Disk()):
                files = _write(home, draft, now, private=private, progress=progress)
        else:  # nobody can import into it either
            files = _write(home, draft, now, private=private, progress=progress)
        draft.replace(target)
        Disk().sync_folder(target.parent)
    except OSError as fault:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        reason = (fault.strerror or "the disk refused").lower()
        raise NotSaved(f"{target} was not written: {reason}.", "Choose another folder, or free some space.") from fault
    return Made(now.isoformat(timespec="seconds"), str(target.absolute()), files, private)


def note(state: Path, made: Made) -> None:
    """Remember a back-up on this machine; a note that cannot be written does not undo the back-up."""
    with suppress(OSError):
        disk = Disk()
        disk.make_folder(state)
        handle = disk.open_append(state / _NOTES)
        try:
            disk.write(handle, (b"" if disk.ends_with_newline(handle) else b"\n") + seal(asdict(made)))
            disk.sync(handle)
        finally:
            disk.close(handle)


@contextmanager
def alone_with_backups(state: Path) -> Iterator[None]:
    """Hold what writing a back-up and cleaning one must not do at the same time on this machine.

    Raises:
        NotSaved: the state folder takes nothing.
    """
    disk = Disk()
    try:
        disk.make_folder(state)
        lock = disk.lock(state / _LOCK, wait=True)
    except OSError as error:
        raise not_saved(error) from error
    assert lock is not None, "a lock that is waited for is had"
    with lock:
        yield


def known(state: Path) -> list[Made]:
    """The back-ups made on this machine, the newest of each file, oldest first."""
    try:
        lines = Disk().read(str(state / _NOTES)).split(b"\n")
    except OSError:
        return []
    found: dict[str, Made] = {}
    for body in map(unseal, lines):
        if body is not None:
            made = Made(str(body["at"]), str(body["path"]), int(body["files"]), bool(body["contacts"]))
            found.pop(made.path, None)
            found[made.path] = made
    return list(found.values())


def _write(home: Path, draft: Path, now: datetime, *, private: bool, progress: Progress) -> int:
    names = _names(home, private=private)

    def read() -> Iterator[tuple[str, bytes]]:
        for number, name in enumerate(names, 1):
            data = _read(home / name)
            if data is not None:
                yield name, data
            progress(number, len(names))

    return pack(draft, read(), now, private=private)


def pack(draft: Path, files: Iterable[tuple[str, bytes]], now: datetime, *, private: bool) -> int:
    """Write files, and a manifest of them, as one file that is synced.

    Args:
        draft: the file; one that is there is emptied first.
        files: name and bytes of each.
        now: when they were copied.
        private: whether contacts and incidents may be among them.

    Returns:
        How many there were.

    Raises:
        OSError: the system refused.
    """
    import tarfile

    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), _MODE)
    listed: dict[str, dict[str, object]] = {}
    with os.fdopen(handle, "wb") as stream:
        # Level 6: of the log's lines it leaves a fifth, and 9 takes three times as long for a hundredth less.
        with tarfile.open(fileobj=stream, mode="w:gz", compresslevel=6, format=tarfile.PAX_FORMAT) as archive:
            for name, data in files:
                _add(archive, name, data, now)
                listed[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            head = {"kind": KIND, "v": VERSION, "at": now.isoformat(timespec="seconds"), "private": private}
            _add(archive, MANIFEST, json.dumps({**head, "files": listed}).encode(), now)
        stream.flush()
        os.fsync(stream.fileno())
    return len(listed)


def _add(archive: "tarfile.TarFile", name: str, data: bytes, now: datetime) -> None:
    from tarfile import TarInfo

    member = TarInfo(name)
    member.size, member.mode, member.mtime = len(data), _MODE, int(now.timestamp())
    archive.addfile(member, io.BytesIO(data))


def _names(home: Path, *, private: bool) -> list[str]:
    """The files of a home, in the order they are copied: contacts last."""
    found = [path.relative_to(home).as_posix() for path in _files(home)]
    return sorted(
        (name for name in found if not is_printed(name) and (private or not is_private(name))),
        key=lambda name: (_is_contact(name), name),
    )


def _files(folder: Path) -> Iterator[Path]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(folder / entry.name)
            elif entry.is_file(follow_symlinks=False):
                yield folder / entry.name


def _is_contact(name: str) -> bool:
    return PurePosixPath(name).parts[:2] == (LOG, CONTACTS)


def is_private(name: str) -> bool:
    """Whether a file of a home holds contacts or incidents."""
    parts = PurePosixPath(name).parts
    folder = parts[1] if parts[0] == LOG and len(parts) > 1 else parts[0]
    return folder.startswith(PRIVATE)


def is_printed(name: str) -> bool:
    """Whether a file of a home is a page for the printer: it can be made again, and outlives no words of the log."""
    return name.startswith(_PAGES) and name.endswith(".html")


def _read(path: Path) -> bytes | None:
    """A file's bytes, a log's up to its last whole line; None when it went away meanwhile."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    return data[: data.rfind(b"\n") + 1] if path.suffix == ".jsonl" else data
