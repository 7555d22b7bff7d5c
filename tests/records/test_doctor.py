"""The doctor names what is wrong with the log, and the cure."""

from collections.abc import Callable
from pathlib import Path

from deskmate.clock import FixedClock
from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk
from deskmate.records.doctor import examine
from deskmate.records.log import Log

Record = Callable[..., Interaction]
OpenLog = Callable[..., Log]


def told(log: Log, clock: FixedClock) -> str:
    return "\n".join(str(notice) for notice in examine(log, clock))


def test_a_healthy_log_has_nothing_to_tell(log: Log, record: Record, clock: FixedClock) -> None:
    assert examine(log, clock) == []
    log.add(record())
    log.contacts.add("555 0100")
    log.save_phrase("x", "noise", clock.now())
    assert examine(log, clock) == []


def test_damage_torn_tails_and_drafts_are_named(log: Log, open_log: OpenLog, record: Record, clock: FixedClock) -> None:
    for number in range(3):
        log.add(record(note=str(number)))
    (path,) = (log.root / "2026-11-22").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"note":"0"', b'"note":"7"')[:-4])
    (log.root / ".FORMAT.1.tmp").write_text("")
    words = told(open_log("doctor"), clock)
    assert f"{path}:1: A line of the log is damaged" in words
    assert f"{path}:3: A save was cut off" in words
    assert "draft" in words


def test_a_clock_that_is_ahead_is_named(log: Log, open_log: OpenLog, record: Record, clock: FixedClock) -> None:
    clock.advance(7200)
    log.add(record())
    clock.advance(-7200)
    assert "has not come yet" in told(open_log("doctor"), clock)


def test_a_record_that_cannot_be_read_is_named(log: Log, clock: FixedClock) -> None:
    log.db.table("2026-11-22").insert({"note": "no time"})
    assert "no asked_at" in told(log, clock)


def test_folders_that_take_nothing_are_named_before_anybody_tries_to_save(
    open_log: OpenLog, clock: FixedClock, tmp_path: Path
) -> None:
    class ReadOnly(Disk):
        def may_write(self, folder: Path) -> bool:
            return False

    log = open_log(disk=ReadOnly())
    assert [notice.where for notice in log.notices] == [str(tmp_path / "log")]
    assert "Nothing can be saved" in log.notices[0].what
    words = told(log, clock)
    assert f"{tmp_path / 'log'}: Nothing can be saved" in words
    assert f"{tmp_path / 'desk'}: What is happening at the desk cannot be kept" in words


def test_what_was_written_proves_that_the_folder_takes_it(open_log: OpenLog, record: Record) -> None:
    class Wrong(Disk):
        def may_write(self, folder: Path) -> bool:
            return False

    log = open_log(disk=Wrong())
    assert log.notices
    log.add(record())
    assert log.notices == []


def test_a_log_without_its_version_is_named(log: Log, record: Record, clock: FixedClock) -> None:
    log.add(record())
    (log.root / "FORMAT").unlink()
    assert f"{log.root / 'FORMAT'}: The file that names the log's version is missing" in told(log, clock)
