"""A live interaction's journal: written at once, synced behind, adopted when its program died."""

import errno
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.faults import BadUsage, NotSaved
from deskmate.records.disk import Disk, ShortWrite
from deskmate.records.live import Journals

OpenJournals = Callable[..., Journals]


class Fickle(Disk):
    """Fails while it is told to, and can hold a sync back."""

    def __init__(self) -> None:
        self.fail_write = False
        self.fail_sync = False
        self.syncs = 0
        self.may_sync = threading.Event()
        self.may_sync.set()
        self.in_sync = threading.Event()

    def write(self, handle: int, data: bytes) -> None:
        if self.fail_write:
            os.write(handle, data[:5])
            raise ShortWrite(errno.ENOSPC, "half")
        super().write(handle, data)

    def sync(self, handle: int) -> None:
        self.in_sync.set()
        assert self.may_sync.wait(10)
        if self.fail_sync:
            raise OSError(errno.EIO, "broken")
        self.syncs += 1
        super().sync(handle)


@pytest.fixture
def journals(tmp_path: Path, clock: FixedClock) -> OpenJournals:
    return lambda disk=None: Journals(tmp_path / "live", clock, disk=disk)


def die(journals: Journals) -> None:
    """Let go of the session as the system does when a process is killed."""
    assert journals._lock is not None
    journals._lock.release()


def test_a_dead_programs_journal_is_adopted_once_and_goes_on(journals: OpenJournals, tmp_path: Path) -> None:
    first = journals()
    journal = first.open("live-1")
    for number in range(3):
        journal.append({"n": number})
    second = journals()
    assert second.orphans() == []
    die(first)
    (orphan,) = second.orphans()
    assert orphan.live_id == "live-1"
    assert orphan.events == ({"n": 0}, {"n": 1}, {"n": 2})
    assert second.orphans() == []
    second.open("live-1").append({"n": 3})
    third = journals()
    assert third.orphans() == []
    die(second)
    (again,) = third.orphans()
    assert [event["n"] for event in again.events] == [0, 1, 2, 3]
    third.open("live-1").close(remove=True)
    third.close()
    assert list((tmp_path / "live").iterdir()) == []


def test_parked_people_wait_for_the_next_program(journals: OpenJournals) -> None:
    first = journals()
    for name in ("a", "b"):
        first.open(name).append({"who": name})
    first.close()
    second = journals()
    assert [orphan.live_id for orphan in second.orphans()] == ["a", "b"]
    second.close()
    assert [orphan.live_id for orphan in journals().orphans()] == ["a", "b"]


def test_a_journal_without_an_event_leaves_nothing(journals: OpenJournals, tmp_path: Path) -> None:
    first = journals()
    first.open("a")
    die(first)
    second = journals()
    assert second.orphans() == []
    second.close()
    assert list((tmp_path / "live").iterdir()) == []


@pytest.mark.parametrize("cut", [1, 7, 30])
def test_an_unfinished_last_line_is_dropped_and_the_journal_can_go_on(
    journals: OpenJournals, tmp_path: Path, cut: int
) -> None:
    first = journals()
    journal = first.open("a")
    journal.append({"n": 1})
    journal.append({"n": 2, "pad": "x" * 20})
    die(first)
    (path,) = (tmp_path / "live").glob("*/a.jsonl")
    path.write_bytes(path.read_bytes()[:-cut])
    second = journals()
    assert second.orphans()[0].events == ({"n": 1},)
    second.open("a").append({"n": 3})
    die(second)
    assert journals().orphans()[0].events == ({"n": 1}, {"n": 3})


def test_a_failed_write_is_told_and_its_event_goes_with_the_next(journals: OpenJournals) -> None:
    disk = Fickle()
    first = journals(disk)
    journal = first.open("a")
    journal.append({"n": 1})
    disk.fail_write = True
    with pytest.raises(NotSaved):
        journal.append({"n": 2})
    disk.fail_write = False
    journal.append({"n": 3})
    journal.append({"n": 4})
    die(first)
    assert [event["n"] for event in journals().orphans()[0].events] == [1, 2, 3, 4]


def test_a_failed_sync_is_kept_as_a_notice_until_one_works(journals: OpenJournals) -> None:
    disk = Fickle()
    first = journals(disk)
    journal = first.open("a")
    journal.append({"n": 1})
    disk.fail_sync = True
    first.sync()
    assert first.trouble is not None
    assert "power cut" in first.trouble.what
    disk.fail_sync = False
    journal.append({"n": 2})
    first.sync()
    assert first.trouble is None
    die(first)
    assert [event["n"] for event in journals().orphans()[0].events] == [1, 2]


def test_the_thread_syncs_behind_and_coalesces(journals: OpenJournals) -> None:
    disk = Fickle()
    first = journals(disk)
    first.start_syncing()
    first.start_syncing()
    journal = first.open("a")
    disk.may_sync.clear()
    journal.append({"n": 0})
    assert disk.in_sync.wait(10)
    for number in range(1, 100):
        journal.append({"n": number})
    assert disk.syncs == 0
    disk.may_sync.set()
    first.stop()
    assert 1 <= disk.syncs <= 3
    first.stop()
    journal.close(remove=True)
    first.close()


def test_closing_while_the_thread_syncs_is_safe(journals: OpenJournals, tmp_path: Path) -> None:
    disk = Fickle()
    first = journals(disk)
    first.start_syncing()
    disk.may_sync.clear()
    journal = first.open("a")
    journal.append({"n": 0})
    assert disk.in_sync.wait(10)
    journal.close(remove=True)
    assert journal.closed
    disk.may_sync.set()
    first.close()
    assert first.trouble is None
    assert list((tmp_path / "live").iterdir()) == []
    with pytest.raises(RuntimeError, match="closed"):
        journal.append({"n": 1})


def test_a_strange_id_or_folder_is_refused(journals: OpenJournals, tmp_path: Path) -> None:
    with pytest.raises(BadUsage):
        journals().open("../a")
    (tmp_path / "live").write_text("")
    with pytest.raises(NotSaved):
        journals().open("a")


def test_the_first_sync_makes_the_folders_safe_that_a_killed_program_may_have_made(
    journals: OpenJournals, tmp_path: Path
) -> None:
    class Noting(Disk):
        synced: list[Path] = []

        def sync_folder(self, folder: Path) -> None:
            self.synced.append(folder)

    journals().open("made-the-folders").append({"n": 0})
    disk = Noting()
    second = journals(disk)
    journal = second.open("a")
    journal.append({"n": 1})
    second.sync()
    assert {tmp_path / "live", tmp_path, tmp_path.parent} <= set(disk.synced)
    count = len(disk.synced)
    journal.append({"n": 2})
    second.sync()
    assert len(disk.synced) == count
