"""How the log's folder is laid out: which folder is which table, and the file that names the store's version."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Final
from zlib import crc32

from deskmate.faults import Notice
from deskmate.records.disk import Disk

FORMAT_NAME: Final = "FORMAT"
FORMAT_VERSION: Final = 1
CONTACTS: Final = "contacts"
"""The one folder of the log that is not a table."""
WAITING: Final = ".imports"
"""The folder of the log where an import waits until it is whole; its name is no table's."""
PHRASES: Final = "phrases"
FEEDBACK: Final = "feedback"
NOTICES: Final = "notices"
SHIFTS: Final = "shifts-"
"""What the tables of shifts begin with; the month follows."""
_FORMAT_KIND: Final = "deskmate-log"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_PLAIN: Final = re.compile(r"[A-Za-z0-9_-]+")
_SAFE: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")
_ESCAPE: Final = re.compile(r"%([0-9a-f]{2})")


def day_of(table: str) -> date | None:
    """The day that an interaction table holds; None for another table."""
    if not _DAY.fullmatch(table):
        return None
    try:
        return date.fromisoformat(table)
    except ValueError:
        return None


def shifts_table(day: date) -> str:
    """The table of the shifts that began in a day's month: a month is small enough to read at once."""
    return f"{SHIFTS}{day:%Y-%m}"


def folder_name(table: str) -> str:
    """The folder of a table: its name, with what a file system might refuse written as `%xx`.

    Raises:
        ValueError: the name is empty.
    """
    if not table:
        raise ValueError("a table needs a name")
    if _PLAIN.fullmatch(table) and table != CONTACTS:
        return table
    if table == CONTACTS:
        return f"%{ord(table[0]):02x}{table[1:]}"
    return "".join(chr(byte) if byte in _SAFE else f"%{byte:02x}" for byte in table.encode())


def table_name(folder: str) -> str | None:
    """The table that a folder holds; None for a folder that holds none."""
    if folder == CONTACTS:
        return None
    if _PLAIN.fullmatch(folder):
        return folder
    raw = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), folder)
    try:
        table = raw.encode("latin-1").decode()
    except UnicodeError:
        return None
    return table if folder_name(table) == folder else None


def fingerprint(sizes: dict[str, tuple[int, int]]) -> str:
    """What a table's files looked like: it changes when a file grows, shrinks, comes or goes.

    Args:
        sizes: name to (file number, size in bytes), as `Disk.sizes` gives it. File numbers are left out: they differ
            between two machines that see one share.
    """
    text = ",".join(f"{name}:{sizes[name][1]}" for name in sorted(sizes))
    return f"{crc32(text.encode()):08x}.{sum(size for _, size in sizes.values())}"


def read_format(root: Path) -> tuple[bool, Notice | None]:
    """Read the version of the store.

    Returns:
        Whether this DeskMate may write to it, and what to tell staff when something is wrong.
    """
    path = root / FORMAT_NAME
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return True, None
    except (OSError, ValueError):
        return True, Notice(
            "The file that names the log's version cannot be read.",
            "Delete it: DeskMate writes it again with the next record.",
            str(path),
        )
    if isinstance(found, dict) and found.get("format") == _FORMAT_KIND and found.get("v") == FORMAT_VERSION:
        return True, None
    return False, Notice(
        "This log was written by a newer DeskMate, so it opens for reading only.",
        "Update DeskMate on this machine.",
        str(path),
    )


def write_format(root: Path, disk: Disk) -> None:
    """Create the log's folder and name its version in it, durably; nothing happens when it is there.

    Raises:
        OSError: the system refused.
    """
    path = root / FORMAT_NAME
    if path.exists():
        return
    created = disk.make_folder(root) or [root]  # a crash may have come between making the folder and syncing it
    disk.replace(path, json.dumps({"format": _FORMAT_KIND, "v": FORMAT_VERSION}).encode() + b"\n")
    for folder in created:
        disk.sync_folder(folder.parent)
