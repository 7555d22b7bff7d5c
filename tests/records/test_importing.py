"""Many records of many days in one commit: all of them or none, at every call that can fail and at every kill."""

import errno
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.faults import DeskMateError, NotSaved
from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk
from deskmate.records.doctor import examine
from deskmate.records.importing import alone, compare, finish, take_in
from deskmate.records.layout import WAITING
from deskmate.records.log import Log
from tests.records.conftest import OpenLog, Record

DAYS = 4


@pytest.fixture
def many(record: Record, clock: FixedClock) -> list[Interaction]:
    """Three records on each of some days."""
    now = clock.now()
    return [
        record(asked_at=now - timedelta(days=day), note=f"{day}-{each}") for day in range(DAYS) for each in range(3)
    ]


def everything(log: Log) -> set[str]:
    return {record.id for day in log.days() for record in log.day(day)}


def test_what_is_new_comes_in_and_a_second_time_adds_nothing(
    log: Log, open_log: OpenLog, many: list[Interaction], clock: FixedClock
) -> None:
    log.add(many[0])
    found = compare(log, many)
    assert (found.count, found.known, found.removed) == (11, 1, 0)
    take_in(log, found.new)
    assert everything(log) == everything(open_log("other")) == {record.id for record in many}
    again = compare(log, many)
    assert (again.count, again.known) == (0, 12)
    assert not (log.root / WAITING).exists()
    assert examine(log, clock) == []


def test_the_records_are_the_same_and_can_be_changed_and_promised_on(log: Log, many: list[Interaction]) -> None:
    take_in(log, compare(log, many).new)
    for record in many:
        assert log.get(record.day, record.id) == record
    changed = log.change(many[5].with_(note="new"))
    assert log.get(changed.day, changed.id) == changed


def test_what_was_removed_here_stays_out(log: Log, many: list[Interaction]) -> None:
    take_in(log, compare(log, many).new)
    log.remove(many[0])
    found = compare(log, many)
    assert (found.count, found.known, found.removed) == (0, 11, 1)


def test_a_day_with_many_records_is_several_lines(log: Log, record: Record) -> None:
    day = [record() for _ in range(600)]
    take_in(log, compare(log, day).new)
    (path,) = (log.root / "2026-11-22").glob("import-*.jsonl")
    assert path.read_bytes().count(b"\n") == 3
    assert everything(log) == {each.id for each in day}


class FailsAt(Disk):
    """Refuses one call, counted from 1; 0 refuses none and counts."""

    def __init__(self, call: int) -> None:
        self.left = call
        self.calls = 0

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.left:
            raise OSError(errno.ENOSPC, "No space left on device")

    def write(self, handle: int, data: bytes) -> None:
        self._count()
        super().write(handle, data)

    def sync(self, handle: int) -> None:
        self._count()
        super().sync(handle)

    def sync_folder(self, folder: Path) -> None:
        self._count()
        super().sync_folder(folder)

    def replace(self, path: Path, data: bytes, *, durable: bool = True) -> None:
        self._count()
        super().replace(path, data, durable=durable)

    def make_folder(self, folder: Path) -> list[Path]:
        self._count()
        return super().make_folder(folder)


def test_a_disk_that_refuses_any_call_leaves_all_or_nothing(
    tmp_path: Path, many: list[Interaction], clock: FixedClock
) -> None:
    everyone = {record.id for record in many}
    outcomes = set()
    call = 0
    while True:
        call += 1
        disk = FailsAt(call)
        home = tmp_path / str(call)
        with Log(home / "log", home / "state", clock, disk=disk) as log:
            new = compare(log, many).new
            try:
                take_in(log, new)
                refused = False
            except NotSaved:
                refused = True
                assert everything(log) == set()
            except DeskMateError:
                refused = True
        waits = (home / "log" / WAITING).is_dir()
        told = finish(home / "log", Disk())
        with Log(home / "log", home / "other", clock) as log:
            left = everything(log)
            assert left in (set(), everyone)
            assert refused or left == everyone
            assert not (log.root / WAITING).exists()
            assert not told or waits
            outcomes.add((bool(left), bool(told)))
        if not refused and disk.calls < call:
            break
    assert {left for left, _ in outcomes} == {True, False}
    assert (True, True) in outcomes


IMPORT = """
import sys
from datetime import datetime
from pathlib import Path
from deskmate.clock import FixedClock
from deskmate.model.interaction import Interaction
from deskmate.records.importing import compare, take_in
from deskmate.records.log import Log

root = Path(sys.argv[1])
clock = FixedClock(datetime.fromisoformat("2026-11-22T12:00:00-05:00"))
log = Log(root / "log", root / "state", clock)
records = []
for number in range(6000):
    at = datetime.fromisoformat(f"2026-{1 + number % 10:02}-{1 + number % 28:02}T10:00:00-05:00")
    records.append(Interaction(id=f"r{number}", asked_at=at, added_at=at, note="x" * 50))
new = compare(log, records).new
print("ready", flush=True)
take_in(log, new, lambda done, of: print(done, flush=True))
print("done", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
@pytest.mark.parametrize("lines", [1, 2, 20, 100, 139, 140, 141])
def test_a_kill_leaves_all_or_nothing_and_the_next_start_says_which(
    tmp_path: Path, lines: int, clock: FixedClock
) -> None:
    """It is killed when it has said so many lines: before, in, and after writing 140 days."""
    child = subprocess.Popen([sys.executable, "-c", IMPORT, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(lines)]
    os.kill(child.pid, signal.SIGKILL)
    rest = child.communicate()[0]
    told = finish(tmp_path / "log", Disk())
    with Log(tmp_path / "log", tmp_path / "other", clock) as log:
        count = len(everything(log))
        assert count in (0, 6000)
        assert not (log.root / WAITING).exists()
        if count and not told:
            assert ("".join(said) + rest).count("\n") >= 141  # every day was written before
        if not count and len(said) > 1:
            assert ["nothing of it" in notice.what for notice in told] == [True]


def test_a_waiting_import_that_was_sealed_is_completed_by_the_next_start(
    tmp_path: Path, many: list[Interaction], clock: FixedClock
) -> None:
    class Stops(Disk):
        """Stops at the first look into a table's folder: the renames have begun."""

        moved = 0

        def make_folder(self, folder: Path) -> list[Path]:
            if folder.parent.name == "log" and folder.name[:2] == "20":
                self.moved += 1
                if self.moved == 3:
                    raise KeyboardInterrupt
            return super().make_folder(folder)

    log = Log(tmp_path / "log", tmp_path / "state", clock, disk=Stops())
    with pytest.raises(KeyboardInterrupt):
        take_in(log, compare(log, many).new)
    with Log(tmp_path / "log", tmp_path / "other", clock) as other:
        assert len(everything(other)) == 6
    (notice,) = finish(tmp_path / "log", Disk())
    assert "complete now: 12 records" in notice.what
    with Log(tmp_path / "log", tmp_path / "other", clock) as other:
        assert everything(other) == {record.id for record in many}
    assert finish(tmp_path / "log", Disk()) == []


def test_one_at_a_time(log: Log, many: list[Interaction]) -> None:
    new = compare(log, many).new
    with alone(log.root, Disk()):
        with pytest.raises(DeskMateError, match="Another import"):
            take_in(log, new)
        assert finish(log.root, Disk()) == []
    take_in(log, new)
    assert len(everything(log)) == 12


def test_two_desks_that_finish_the_same_import_do_no_harm(tmp_path: Path, log: Log, many: list[Interaction]) -> None:
    take_in(log, compare(log, many).new)
    before = {path: path.read_bytes() for path in log.root.rglob("*.jsonl")}
    assert finish(log.root, Disk()) == []
    assert {path: path.read_bytes() for path in log.root.rglob("*.jsonl")} == before


def test_a_log_of_a_newer_deskmate_takes_nothing(log: Log, many: list[Interaction]) -> None:
    log.root.mkdir()
    (log.root / "FORMAT").write_text('{"format": "deskmate-log", "v": 99}')
    with pytest.raises(NotSaved, match="newer"):
        take_in(log, compare(log, many).new)


def test_progress_counts_records(log: Log, many: list[Interaction]) -> None:
    told: list[tuple[int, int]] = []
    take_in(log, compare(log, many).new, lambda done, of: told.append((done, of)))
    assert told == [(3, 12), (6, 12), (9, 12), (12, 12)]


def test_open_promises_of_an_import_are_seen(log: Log, record: Record, clock: FixedClock) -> None:
    from deskmate.model.promise import Promise

    now = clock.now()
    owed = record(promise=Promise(what="call", due=now + timedelta(hours=1), made_at=now))
    assert log.open_promises() == []
    take_in(log, compare(log, [owed]).new)
    assert log.open_promises() == [owed]
