"""Look at the whole log and say what is wrong, one line each with the cure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import Notice
from deskmate.records.layout import FORMAT_NAME, day_of
from deskmate.records.log import Log
from deskmate.records.mend import drafts
from deskmate.records.stamp import revision_milliseconds

_CLOCK_SLACK: Final = timedelta(minutes=10)
"""How far ahead a revision may be before somebody's clock is called wrong."""


def examine(log: Log, clock: Clock) -> list[Notice]:
    """Read every table and check clock and records; some forty seconds for a million records.

    Returns:
        What is wrong, the worst first; empty when all is well. Nothing is changed.
    """
    storage = log.db.storage
    found = list(log.notices)
    newest: tuple[int, str] = (0, "")
    names = sorted(storage.names())
    for name in names:
        shard = storage.fresh(name)
        if day_of(name) is not None:
            log.day(datetime.fromisoformat(name).date())
        found += [each.notice() for each in shard.unfinished()]
        if shard.top:
            newest = max(newest, (revision_milliseconds(shard.top), shard.top.partition(".")[2]))
    found = log.damage() + found
    found += _version(log.root, names)
    found += _state(log)
    found += _clock(newest, clock)
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


def _leftovers(root: Path) -> Iterator[Notice]:
    """Drafts of files that a crash left behind."""
    for path in drafts(root):
        yield Notice(
            "A draft was left behind by a crash; nothing reads it.",
            "Run: deskmate doctor --mend, an hour after the crash.",
            str(path),
        )


def _version(root: Path, names: list[str]) -> Iterator[Notice]:
    if names and not (root / FORMAT_NAME).exists():
        yield Notice(
            "The file that names the log's version is missing.", "Run: deskmate doctor --mend", str(root / FORMAT_NAME)
        )


def _state(log: Log) -> Iterator[Notice]:
    """This machine's own folder: without it there are no journals of live people and no undo."""
    folder = log.state
    if not log.db.storage.disk.may_write(folder):
        yield Notice(
            "What is happening at the desk cannot be kept while it lasts: this folder cannot be written to.",
            "Ask for the right to write there, or choose another one with DESKMATE_STATE.",
            str(folder),
        )
