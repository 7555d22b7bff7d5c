"""A sweep that may be killed in the middle: `python sweeping.py ROOT STATE NOW N` dies at the N-th call to the disk."""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path

from deskmate.clock import Clock, FixedClock
from deskmate.records.disk import Disk
from deskmate.records.erase import Eraser
from deskmate.records.erase_asked import FOLDER, Asks
from deskmate.records.erase_periods import Periods
from deskmate.records.erase_sweep import Sweeper
from deskmate.records.log import Log

PERIODS = Periods(text=90, reasons=90, sensitive=7, shifts=365, feedback=365, phrases=90)


def sweeper_of(log: Log, state: Path, clock: Clock, disk: Disk | None = None) -> Sweeper:
    """A sweeper on a log, as the desk makes one."""
    storage = log.db.storage
    eraser = Eraser(storage, log.root / FOLDER, clock)
    asks = Asks(log.root / FOLDER, clock, disk or storage.disk)
    return Sweeper(storage, eraser, asks, log.traces, state / "cache" / "swept.json", PERIODS, clock)


class Deadly(Disk):
    """A disk on which the program is killed, as by `kill -9`, when it calls for the n-th time."""

    def __init__(self, calls: int) -> None:
        self._left = calls

    def _count(self) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def replace(self, path: Path, data: bytes, *, durable: bool = True) -> None:
        """Dies before anything is written."""
        self._count()
        super().replace(path, data, durable=durable)

    def write(self, handle: int, data: bytes) -> None:
        """Dies after half of the bytes."""
        if self._left == 1:
            os.write(handle, data[: len(data) // 2])
        self._count()
        super().write(handle, data)

    def sync(self, handle: int) -> None:
        """Dies with a draft written and not renamed."""
        self._count()
        super().sync(handle)

    def sync_folder(self, folder: Path) -> None:
        """Dies right after a rename."""
        self._count()
        super().sync_folder(folder)


def main(root: str, state: str, now: str, calls: str) -> None:
    """Sweep everything."""
    clock = FixedClock(datetime.fromisoformat(now))
    disk = Deadly(int(calls))
    log = Log(Path(root), Path(state), clock, disk=disk)
    sweeper_of(log, Path(state), clock, disk).run()
    log.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
