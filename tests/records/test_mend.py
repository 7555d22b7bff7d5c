"""What can be repaired is repaired, and no byte is lost by it."""

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deskmate.clock import FixedClock
from deskmate.faults import NotSaved
from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk
from deskmate.records.doctor import examine
from deskmate.records.line import seal
from deskmate.records.log import Log
from deskmate.records.mend import mend
from deskmate.records.writer import WriterSlot

Record = Callable[..., Interaction]
OpenLog = Callable[..., Log]
TABLE = "2026-11-22"


def notes(log: Log) -> list[str]:
    return sorted(document["note"] for document in log.db.table(TABLE))


@pytest.fixture
def path(log: Log, record: Record, clock: FixedClock) -> Path:
    """The file of three records, its program closed; the test's clock stands where the file's does."""
    for number in range(3):
        log.add(record(note=f"note {number}"))
    log.close()
    (found,) = (log.root / TABLE).iterdir()
    stamp = clock.now().timestamp()
    os.utime(found, (stamp, stamp))
    return found


def told(log: Log, clock: FixedClock) -> str:
    return "\n".join(map(str, mend(log, clock)))


def test_damaged_and_unfinished_lines_are_put_aside_byte_for_byte(
    path: Path, open_log: OpenLog, clock: FixedClock
) -> None:
    first, second, third = path.read_bytes().splitlines(keepends=True)
    hurt, torn = first.replace(b"note 0", b"note 7"), third[:-9]
    path.write_bytes(hurt + second + torn)
    log = open_log()
    assert "2 damaged or unfinished lines were put aside" in told(log, clock)
    assert path.read_bytes() == second
    assert path.with_name(f"{path.name}.damaged").read_bytes() == hurt + torn + b"\n"
    assert notes(log) == ["note 1"]
    assert examine(log, clock) == []
    assert mend(log, clock) == []


def test_what_is_whole_inside_a_damaged_line_stays(path: Path, open_log: OpenLog, clock: FixedClock) -> None:
    lines = path.read_bytes().splitlines()
    path.write_bytes(lines[0] + b"\x0b" + lines[1] + b"\n" + b"\0" * 9 + lines[2] + b"\n")
    log = open_log()
    told(log, clock)
    assert notes(log) == ["note 0", "note 1", "note 2"]
    assert path.read_bytes() == b"".join(line + b"\n" for line in lines)
    assert examine(log, clock) == []


def test_a_last_line_that_lacks_only_its_end_gets_it_and_nothing_is_put_aside(
    path: Path, open_log: OpenLog, clock: FixedClock
) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    log = open_log()
    told(log, clock)
    assert path.read_bytes() == whole
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    assert examine(log, clock) == []


def test_a_sealed_line_that_is_no_operation_is_put_aside(path: Path, open_log: OpenLog, clock: FixedClock) -> None:
    strange = seal({"hello": "world"})
    whole = path.read_bytes()
    path.write_bytes(whole + strange)
    told(open_log(), clock)
    assert path.read_bytes() == whole
    assert path.with_name(f"{path.name}.damaged").read_bytes() == strange


def test_a_file_that_somebody_may_be_writing_to_is_left_alone(
    path: Path, open_log: OpenLog, clock: FixedClock, tmp_path: Path
) -> None:
    path.write_bytes(path.read_bytes()[:-5])
    writing = WriterSlot(tmp_path / "desk", Disk())
    assert path.name.startswith(writing.name)
    torn = path.read_bytes()
    assert "Close DeskMate on the other desks" in told(open_log(), clock)
    assert path.read_bytes() == torn
    writing.release()
    other = path.rename(path.with_name("00000000-1.jsonl"))
    os.utime(other, (clock.now().timestamp(), clock.now().timestamp()))
    assert "wait a day" in told(open_log(), clock)
    assert other.read_bytes() == torn
    clock.advance(25 * 3600)
    assert "put aside" in told(open_log(), clock)


def test_a_missing_or_unreadable_version_is_written_again(path: Path, open_log: OpenLog, clock: FixedClock) -> None:
    version = path.parent.parent / "FORMAT"
    whole = version.read_bytes()
    version.unlink()
    log = open_log()
    assert [notice.where for notice in examine(log, clock)] == [str(version)]
    assert "written again" in told(log, clock)
    version.write_bytes(b"\0\0\0")
    log = open_log()
    assert "written again" in told(log, clock)
    assert version.read_bytes() == whole
    assert version.with_name("FORMAT.damaged").read_bytes() == b"\0\0\0"
    assert examine(log, clock) == []


def test_old_drafts_go_and_young_ones_stay(path: Path, open_log: OpenLog, clock: FixedClock) -> None:
    old, young = path.with_name(".a.1.tmp"), path.with_name(".b.2.tmp")
    for draft, age in ((old, 7200), (young, 60)):
        draft.write_text("x")
        os.utime(draft, (clock.now().timestamp() - age,) * 2)
    assert "draft" in told(open_log(), clock)
    assert not old.exists()
    assert young.exists()


def test_a_newer_log_is_not_touched(path: Path, open_log: OpenLog, clock: FixedClock) -> None:
    (path.parent.parent / "FORMAT").write_text('{"format":"deskmate-log","v":2}')
    path.write_bytes(path.read_bytes()[:-5])
    torn = path.read_bytes()
    assert mend(open_log(), clock) == []
    assert path.read_bytes() == torn


@pytest.mark.parametrize("at", range(8))
def test_a_refusal_on_the_way_loses_nothing_and_it_can_be_run_again(
    path: Path, open_log: OpenLog, clock: FixedClock, at: int
) -> None:
    class Refusing(Disk):
        calls = 0

        def _count(self) -> None:
            self.calls += 1
            if self.calls == at + 1:
                raise OSError(errno.ENOSPC, "full")

        def sync(self, handle: int) -> None:
            self._count()
            super().sync(handle)

        def move(self, path: Path, place: Path) -> None:
            self._count()
            super().move(path, place)

        def sync_folder(self, folder: Path) -> None:
            self._count()
            super().sync_folder(folder)

    first, second, third = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first[:9] + b"\n" + second + third)
    log = open_log(disk=Refusing())
    try:
        done: Any = mend(log, clock)
    except NotSaved as fault:
        done = fault.what
    assert done
    log.close()
    log = open_log("reader")
    assert notes(log) == ["note 1", "note 2"]
    log.close()
    log = open_log()
    mend(log, clock)
    assert path.read_bytes() == second + third
    assert path.with_name(f"{path.name}.damaged").read_bytes() == first[:9] + b"\n"
    assert examine(log, clock) == []
