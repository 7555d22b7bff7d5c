"""Whether a writer's file may be written anew now: nobody else may be appending to it meanwhile."""

from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.records.disk import Lock
from deskmate.records.storage import LogStorage

QUIET_SECONDS: Final = 24 * 3600
"""How long nobody may have written to another machine's file before it is written anew."""
ASIDE: Final = ".damaged"
"""What the name of a file ends in that holds the damaged lines of the one before it."""


def claim(path: Path, storage: LogStorage, clock: Clock) -> tuple[bool, Lock | None]:
    """Whether a file may be written anew, and the lock that keeps its writer from coming back meanwhile.

    Raises:
        OSError: the system refused.
    """
    machine, writer = storage.writer
    theirs, _, number = path.name.partition(".")[0].rpartition("-")
    if f"{theirs}-{number}" == writer:
        return True, None
    if theirs == machine and number.isdecimal():
        lock = storage.disk.lock(storage.slots / f"{number}.lock")
        return lock is not None, lock
    return clock.now().timestamp() - path.stat().st_mtime > QUIET_SECONDS, None
