"""Look at the whole log and say what is wrong, one line each with the cure."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import Notice
from deskmate.records.layout import day_of
from deskmate.records.log import Log
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
    for name in sorted(storage.names()):
        shard = storage.fresh(name)
        if day_of(name) is not None:
            log.day(datetime.fromisoformat(name).date())
        found += [each.notice() for each in shard.unfinished()]
        if shard.top:
            newest = max(newest, (revision_milliseconds(shard.top), shard.top.partition(".")[2]))
    found = log.damage() + found
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
    for path in sorted(root.glob(".*.tmp")) + sorted(root.glob("*/.*.tmp")):
        yield Notice("A draft was left behind by a crash; nothing reads it.", "Delete it.", str(path))
