"""A back-up kept in step with its log: what was erased since, or is over its period by now, is taken out of it too.

The file is read and checked to its last byte, written anew beside itself, checked again, and put in its own place: a
crash leaves the old one or the new one. One that is damaged, or that changed meanwhile, is left as it is and told.
"""

import itertools
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Final, TypeAlias

from deskmate.faults import NotSaved
from deskmate.records.backup import LOG, is_printed, pack
from deskmate.records.disk import Disk
from deskmate.records.erase import Cut, File, Lines, edit_file, read_lines
from deskmate.records.erase_asked import Asked
from deskmate.records.erase_periods import Retention, kind_of
from deskmate.records.erase_sweep import asked_cut
from deskmate.records.incidents import INCIDENTS, KEYRING, sealed
from deskmate.records.keyring import Keyring
from deskmate.records.layout import CONTACTS, table_name
from deskmate.records.restore import Contents, check, members
from deskmate.records.shard import Json
from deskmate.records.stamp import id_milliseconds

_KEYS: Final = f"{LOG}/{KEYRING}"
Files: TypeAlias = list[tuple[str, bytes]]
Going: TypeAlias = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Rules:
    """What is to go from a back-up."""

    retention: Retention
    asked: Sequence[Asked]
    """What was erased on request."""
    here: Callable[[str], list[Json]]
    """The operations of a table as the log has them now: they tell whether a promise is still owed."""
    contacts_from: int
    """Milliseconds since 1970: a contact that was made before is over its period, whatever became of its promise."""
    keyring: Keyring | None = None
    """The library's keys, where it has set a code: incident reports are then sealed in the back-up too."""
    keys: bytes = b""
    """The file they are in, as it is now: whoever brings the back-up back needs it, and no older code opens it."""
    is_due: Callable[[str], bool] = lambda _: True
    """Whether a table has to be looked at; the others were, and nothing of them is over since."""


@dataclass(slots=True)
class Cleaned:
    """What became of a back-up."""

    files: int = 0
    """How many files in it lost something."""
    next: dict[str, str] = field(default_factory=dict)
    """The tables that were looked at, each with the ISO day from which more of it is to go; empty: never."""


class Stopped(Exception):
    """Somebody wants to leave: the back-up is as it was, and the next round begins again."""


def clean(path: Path, rules: Rules, going: Going = lambda _done, _of: True) -> Cleaned:
    """Take out of a back-up what is not in its log any more.

    Args:
        path: the file.
        rules: what is to go.
        going: told after each table how many files of the back-up are done, of how many; False ends it.

    Raises:
        BadContent: it is damaged, or no back-up; it was not touched.
        NotSaved: the disk refused; it was not touched.
        Stopped: `going` said so.
    """
    before = _print(path)
    contents = check(path, _room(path))
    looked = Cleaned()
    tables = _tables(path, contents, going)
    if not any(True for table, files in tables for _ in _changes(table, files, rules, looked.next)):
        return looked
    draft = path.with_name(f".{path.name}.part")
    done = Cleaned()
    try:
        kept = _kept(_tables(path, contents, going), rules, done, keys=contents.private)
        pack(draft, kept, datetime.fromisoformat(contents.at), private=contents.private)
        check(draft, _room(path))
        if _print(path) != before:
            raise NotSaved(f"{path} was written meanwhile.", "It is looked through again at the next sweep.")
        draft.replace(path)
        Disk().sync_folder(path.parent)
    except OSError as fault:
        reason = (fault.strerror or "the disk refused").lower()
        raise NotSaved(f"{path} could not be written anew: {reason}.", "Free some space, then sweep again.") from fault
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return done


def _print(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _room(path: Path) -> int:
    return shutil.disk_usage(path.parent).free + (1 << 30)


def _tables(path: Path, contents: Contents, going: Going) -> Iterator[tuple[str, Files]]:
    """The files of a back-up, those of one table together; under an empty name those that are of none."""
    seen = 0
    for table, group in itertools.groupby(members(path, contents), key=lambda each: _table_of(each[0])):
        files = list(group)
        yield table, files
        seen += len(files)
        if not going(seen, len(contents.sizes)):
            raise Stopped


def _table_of(name: str) -> str:
    parts = PurePosixPath(name).parts
    return (table_name(parts[1]) or "") if len(parts) == 3 and parts[0] == LOG else ""


def _kept(
    tables: Iterable[tuple[str, Files]], rules: Rules, done: Cleaned, *, keys: bool
) -> Iterator[tuple[str, bytes]]:
    """The files as they are to be; what became of them is noted in `done`. With `keys`, they may not be missing."""
    for table, files in tables:
        keys = keys and not any(name == _KEYS for name, _ in files)
        new = dict(_changes(table, files, rules, done.next))
        done.files += len(new)
        for name, data in files:
            left = new.get(name, data)
            if left is not None:
                yield name, left
    if keys and rules.keys:
        yield _KEYS, rules.keys


def _changes(table: str, files: Files, rules: Rules, nexts: dict[str, str]) -> Iterator[tuple[str, bytes | None]]:
    """The files that lose something, each with what is left of it; None: it goes as a whole."""
    if not table:
        yield from ((name, None) for name, _ in files if _goes(name, rules))
        yield from ((name, rules.keys) for name, data in files if name == _KEYS and rules.keys not in (b"", data))
        return
    if not rules.is_due(table):
        return
    cuts = [asked_cut(asked) for asked in rules.asked if asked.table == table]
    keyring = rules.keyring
    if keyring is not None and table.startswith(INCIDENTS):
        cuts.append(Cut(lambda record_id, document, _: sealed(record_id, document, keyring), lambda _: True))
    swept = bool(kind_of(table)) and rules.retention.touches(table)
    nexts[table] = "" if swept else rules.retention.begins(table)
    if not swept and not cuts:
        return
    read = Lines(table, {name: read_lines(data) for name, data in files})
    if swept:
        plan = rules.retention.plan(table, [*read.bodies, *rules.here(table)])
        cuts.append(plan.cut)
        nexts[table] = plan.next
    yield from ((name, left) for name, file in read.files.items() if (left := _cut(file, cuts)) is not None)


def _cut(file: File, cuts: Sequence[Cut]) -> bytes | None:
    """What is left of a file; None when nothing goes."""
    left: bytes | None = None
    for cut in cuts:
        new, _ = edit_file(file if left is None else read_lines(left), cut)
        left = left if new is None else new
    return left


def _goes(name: str, rules: Rules) -> bool:
    """Whether a file that is of no table goes: an erased contact, or a page for the printer."""
    parts = PurePosixPath(name).parts
    if parts[:2] != (LOG, CONTACTS) or len(parts) != 3:
        return is_printed(name)
    contact = parts[2].partition(".")[0]
    gone = {each for asked in rules.asked if asked.table == CONTACTS for each in asked.records}
    made = id_milliseconds(contact)
    return contact in gone or (made is not None and made < rules.contacts_from)
