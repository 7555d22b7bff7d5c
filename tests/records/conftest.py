"""A desk at noon, its log in a folder of its own, and records to put in it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from deskmate.clock import FixedClock
from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk
from deskmate.records.log import Log

Record = Callable[..., Interaction]


class OpenLog(Protocol):
    """Opens the log as one more program on a machine would."""

    def __call__(self, machine: str = "desk", *, durable: bool = True, disk: Disk | None = None) -> Log:
        """Open it."""
        ...


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.fromisoformat("2026-11-22T12:00:00-05:00"))


@pytest.fixture
def open_log(tmp_path: Path, clock: FixedClock) -> Iterator[OpenLog]:
    logs: list[Log] = []

    def opened(machine: str = "desk", *, durable: bool = True, disk: Disk | None = None) -> Log:
        log = Log(tmp_path / "log", tmp_path / machine, clock, durable=durable, disk=disk)
        logs.append(log)
        return log

    yield opened
    for log in logs:
        log.close()


@pytest.fixture
def log(open_log: OpenLog) -> Log:
    return open_log()


@pytest.fixture
def record(log: Log, clock: FixedClock) -> Record:
    def made(**fields: Any) -> Interaction:
        now = clock.now()
        return Interaction(**{"id": log.new_id(), "asked_at": now, "added_at": now, **fields})

    return made
