"""A back-up read again: every byte of it is checked before anything is touched.

A file from outside is not believed: names that lead out of the home, links, devices, more bytes than the manifest
says or the disk has room for, and anything that is not exactly what the manifest lists are refused in words.
"""

import gzip
import hashlib
import json
import re
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from deskmate.faults import BadContent, BadUsage, NotSaved
from deskmate.records.backup import KIND, LOG, MANIFEST, VERSION, is_private
from deskmate.records.disk import Disk
from deskmate.records.importing import alone
from deskmate.records.layout import FORMAT_NAME, day_of, read_format

_PART: Final = re.compile(r"[^\x00-\x1f\x7f/\\:*?\"<>|]{1,200}")
_PIECE: Final = 1 << 20
_MOST_MANIFEST: Final = 256 << 20
"""Bytes of a manifest: some two million files."""
_KEPT_AS: Final = ".before-restore"
"""What is added to the name of a file that a restore replaces."""
_DRAFT: Final = ".restoring"


@dataclass(slots=True)
class Contents:
    """What a back-up holds."""

    at: str
    private: bool
    """Whether contacts and incidents are in it."""
    sizes: dict[str, int]
    days: int = 0
    """How many days of the log."""
    version: bytes = b""
    """What its log says of its own version; empty without a log."""


@dataclass(slots=True)
class Restored:
    """What a restore did."""

    written: int = 0
    same: int = 0
    """Files that were there already, as they are or further on."""
    kept: list[str] = field(default_factory=list)
    """Files of the home that differ and were left alone, or kept under another name."""
    left_out: int = 0
    """Contacts and incidents, which a merge does not bring back."""


def check(path: Path, room: int) -> Contents:
    """Read a whole back-up and hold every byte against its manifest.

    Args:
        path: the file.
        room: bytes that may be unpacked: what the disk has free.

    Raises:
        BadContent: it is no back-up, or damaged, cut or tampered with.
        BadUsage: there is no such file.
    """
    seen: dict[str, tuple[int, str]] = {}
    manifest = log_version = b""
    for name, stream, size in _raw_members(path):
        room -= size
        if room < 0:
            raise BadContent("The back-up unpacks to more than the disk has room for.", "Free some space first.")
        if manifest:
            raise _damaged("something follows its manifest")
        if name == MANIFEST:
            if size > _MOST_MANIFEST:
                raise _damaged("its manifest is too long")
            manifest = stream.read(size)
            continue
        if name in seen:
            raise _damaged("a file is in it twice")
        digest = hashlib.sha256()
        version = b""
        while piece := stream.read(_PIECE):
            digest.update(piece)
            version = piece
        if name == f"{LOG}/{FORMAT_NAME}":
            log_version = version
        seen[name] = (size, digest.hexdigest())
    contents = _compared(manifest, seen)
    contents.version = log_version
    return contents


def restore(path: Path, home: Path, contents: Contents, *, merge: bool) -> Restored:
    """Bring a checked back-up into a home.

    Into a home without a log it comes as it was; the log arrives in one rename, last. With `merge` the files of a log
    that is there stay, and what they lack comes beside them: a table is the sum of its files.

    Args:
        path: the back-up, which `check` has read.
        home: the folder; made when it is not there.
        contents: what `check` found.
        merge: add to a log that is there.

    Raises:
        BadUsage: the home has a log and `merge` was not asked for.
        BadContent: the file changed since it was checked.
        NotSaved: the disk refused.
        DeskMateError: an import is running.
    """
    there = has_log(home)
    if there and not merge:
        raise BadUsage(
            f"There is a log in {home} already.", "Give another folder with --into, or add to it with --merge."
        )
    if there and not read_format(home / LOG)[0]:
        raise BadUsage("The log here was written by a newer DeskMate.", "Update DeskMate on this machine first.")
    named = home / LOG / FORMAT_NAME
    if there and named.is_file() and contents.version not in (b"", named.read_bytes()):
        raise BadUsage("The log in the back-up is of another version.", "Bring it back into another place with --into.")
    disk = Disk()
    try:
        disk.make_folder(home)
        if not there:
            return _whole(path, home, contents, disk)
        with alone(home / LOG, disk):
            return _merged(path, home, contents, disk)
    except OSError as fault:
        reason = (fault.strerror or "the disk refused").lower()
        cure = "Free some space or mend the folder's permissions, then restore again."
        raise NotSaved(f"The back-up was not brought back: {reason}.", cure) from fault


def has_log(home: Path) -> bool:
    """Whether a home holds records."""
    return next((home / LOG).glob("*/*.jsonl"), None) is not None


def _whole(path: Path, home: Path, contents: Contents, disk: Disk) -> Restored:
    """Unpack beside the home's files, then move in; the log is last, so that a kill before it leaves no half log."""
    done = Restored()
    draft = home / _DRAFT
    shutil.rmtree(draft, ignore_errors=True)
    folders = set()
    for name, data in members(path, contents):
        _write(draft / name, data, disk)
        folders |= {draft / name, *(draft / name).parents}
        done.written += 1
    for folder in sorted(each for each in folders if each.is_dir() and each.is_relative_to(draft)):
        disk.sync_folder(folder)
    for name in sorted(contents.sizes):
        target = home / name
        if PurePosixPath(name).parts[0] == LOG or not (draft / name).exists():
            continue
        disk.make_folder(target.parent)
        if target.exists():
            if target.read_bytes() == (draft / name).read_bytes():
                continue
            target.replace(target.with_name(target.name + _KEPT_AS))
            done.kept.append(f"{name}{_KEPT_AS}")
        (draft / name).replace(target)
    if (draft / LOG).is_dir():
        shutil.rmtree(home / LOG, ignore_errors=True)  # it holds no record; at most the name of its version
        (draft / LOG).replace(home / LOG)
    disk.sync_folder(home)
    shutil.rmtree(draft, ignore_errors=True)
    return done


def _merged(path: Path, home: Path, contents: Contents, disk: Disk) -> Restored:
    done = Restored()
    for name, data in members(path, contents):
        target = home / name
        if is_private(name):
            done.left_out += 1
        elif not target.exists():
            _place(target, data, disk)
            done.written += 1
        elif target.read_bytes().startswith(data) if target.suffix == ".jsonl" else target.read_bytes() == data:
            done.same += 1
        elif PurePosixPath(name).parts[0] == LOG and target.suffix == ".jsonl":
            aside = target.with_name(f"restored-{hashlib.sha256(data).hexdigest()[:16]}.jsonl")
            done.same += aside.exists()
            if not aside.exists():
                _place(aside, data, disk)
                done.written += 1
        else:
            done.kept.append(name)
    return done


def _place(target: Path, data: bytes, disk: Disk) -> None:
    created = disk.make_folder(target.parent)
    disk.replace(target, data)
    for folder in created:
        disk.sync_folder(folder.parent)


def _write(target: Path, data: bytes, disk: Disk) -> None:
    disk.make_folder(target.parent)
    handle = disk.open_append(target)
    try:
        for first in range(0, len(data), _PIECE):
            disk.write(handle, data[first : first + _PIECE])
        disk.sync(handle)
    finally:
        disk.close(handle)


def members(path: Path, contents: Contents) -> Iterator[tuple[str, bytes]]:
    """The files of a checked back-up.

    Raises:
        BadContent: it changed since.
    """
    for name, stream, size in _raw_members(path):
        if name != MANIFEST:
            data = stream.read()
            if contents.sizes.get(name) != size or len(data) != size:
                raise _damaged("it changed while it was read")
            yield name, data


def _raw_members(path: Path) -> Iterator[tuple[str, IO[bytes], int]]:
    """Every member of a back-up: a plain file with a name inside the home, and nothing after the last."""
    try:
        with path.open("rb") as raw, gzip.open(raw) as packed:
            with tarfile.open(fileobj=packed, mode="r|", errorlevel=2) as archive:
                for member in archive:
                    if not member.isreg() or member.issparse():
                        raise BadContent(
                            "The back-up holds a link or a device.", "This is no file that DeskMate wrote."
                        )
                    _check_name(member.name)
                    stream = archive.extractfile(member)
                    if stream is None:
                        raise _damaged("a file in it cannot be read")
                    yield member.name, stream, member.size
            while packed.read(_PIECE):  # gzip looks at its own checksum only at the very end
                pass
    except FileNotFoundError as fault:
        raise BadUsage(f"There is no file {path}.", "Give the file that backup wrote.") from fault
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile, ValueError, OverflowError) as fault:
        raise _damaged("it is cut or its bytes changed") from fault


def _check_name(name: str) -> None:
    parts = name.split("/")
    if not all(_PART.fullmatch(part) and not part.startswith(".") for part in parts) or len(parts) > 20:
        raise BadContent("The back-up holds a name that leads out of the home.", "This is no file that DeskMate wrote.")


def _compared(manifest: bytes, seen: dict[str, tuple[int, str]]) -> Contents:
    try:
        body: Any = json.loads(manifest)
        kind, version = body["kind"], body["v"]
        wanted = {str(name): (each["size"], each["sha256"]) for name, each in body["files"].items()}
        at, private = str(body["at"]), bool(body["private"])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise _damaged("its manifest is missing or cannot be read") from fault
    if kind != KIND or version != VERSION:
        raise BadContent("This back-up was written by a newer DeskMate.", "Update DeskMate on this machine.")
    if wanted != seen:
        raise _damaged("a file is not what its manifest says")
    days = {PurePosixPath(name).parts[1] for name in seen if name.startswith(f"{LOG}/")}
    return Contents(at, private, {name: size for name, (size, _) in seen.items()}, sum(map(bool, map(day_of, days))))


def _damaged(how: str) -> BadContent:
    return BadContent(f"The back-up is damaged: {how}. Nothing was touched.", "Use another back-up.")
