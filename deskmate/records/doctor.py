"""Look at the whole log and say what is wrong, one line each with the cure."""

import stat
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import Notice
from deskmate.records.layout import CONTACTS, day_of
from deskmate.records.log import Log
from deskmate.records.stamp import revision_milliseconds

_CLOCK_SLACK: Final = timedelta(minutes=10)
"""How far ahead a revision may be before somebody's clock is called wrong."""
_MOST_NAMED: Final = 20
"""Files named one by one for their permissions; a copied folder has thousands."""


def examine(log: Log, clock: Clock) -> list[Notice]:
    """Read every table and check files, clock and records; some forty seconds for a million records.

    Returns:
        What is wrong, the worst first; empty when all is well. Nothing is changed.
    """
    storage = log.db.storage
    found = list(log.notices)
    newest: tuple[int, str] = (0, "")
    loose: list[Path] = []
    for name in sorted(storage.names()):
        shard = storage.fresh(name)
        if day_of(name) is not None:
            log.day(datetime.fromisoformat(name).date())
        found += [each.notice() for each in shard.unfinished()]
        if shard.top:
            newest = max(newest, (revision_milliseconds(shard.top), shard.top.partition(".")[2]))
        loose += _open_to_others(shard.folder)
    found = log.damage() + found
    found += _clock(newest, clock)
    found += _permissions([*_open_to_others(log.root / CONTACTS), *loose])
    found += _leftovers(log.root)
    return found


def _clock(newest: tuple[int, str], clock: Clock) -> Iterator[Notice]:
    """Whether the newest write is from the future: a desk's clock was wrong, or this one is."""
    milliseconds, writer = newest
    now = clock.now()
    at = datetime.fromtimestamp(milliseconds / 1000, tz=UTC).astimezone(now.tzinfo)
    if at > now + _CLOCK_SLACK:
        yield Notice(
            f"The newest write is from {at:%Y-%m-%d %H:%M}, which has not come yet (written by {writer}).",
            "Set the clock of that machine, or of this one; nothing is lost, and later changes still win.",
        )


def _open_to_others(folder: Path) -> list[Path]:
    """The folder and its files that other users of this machine may read or write."""
    if sys.platform == "win32" or not folder.is_dir():
        return []
    paths = [folder, *(path for path in folder.iterdir() if path.is_file())]
    return [path for path in paths if stat.S_IMODE(path.stat().st_mode) & 0o077]


def _permissions(loose: list[Path]) -> Iterator[Notice]:
    for path in loose[:_MOST_NAMED]:
        mode = "700" if path.is_dir() else "600"
        yield Notice("Other users of this machine can open this.", f"Run: chmod {mode} on it.", str(path))
    if len(loose) > _MOST_NAMED:
        yield Notice(
            f"{len(loose) - _MOST_NAMED} more files are open to other users of this machine.",
            "Run: chmod -R go= on the log's folder.",
        )


def _leftovers(root: Path) -> Iterator[Notice]:
    """Drafts of files that a crash left behind."""
    for path in sorted(root.glob(".*.tmp")) + sorted(root.glob("*/.*.tmp")):
        yield Notice("A draft was left behind by a crash; nothing reads it.", "Delete it.", str(path))
