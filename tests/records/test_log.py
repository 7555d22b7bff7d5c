"""The log: what is added is there, for this desk and every other."""

import errno
import json
import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deskmate.clock import FixedClock
from deskmate.faults import BadUsage, NotFound, NotSaved
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.records.disk import Disk
from deskmate.records.log import Log

Record = Callable[..., Interaction]
OpenLog = Callable[..., Log]
TODAY = date(2026, 11, 22)


class ReadOnlyDisk(Disk):
    """A share that may be read only."""

    def make_folder(self, folder: Path) -> list[Path]:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def open_append(self, path: Path) -> int:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    def replace(self, path: Path, data: bytes, *, durable: bool = True) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))


def test_looking_at_an_empty_log_makes_nothing(log: Log, tmp_path: Path) -> None:
    for answer in (log.day(TODAY), log.days(), log.open_promises(), log.phrases(), log.damage(), log.notices):
        assert answer == []
    assert list(log.between(TODAY, TODAY)) == []
    assert list(log.rollups(TODAY, TODAY, lambda records: {"n": len(records)}, "")) == []
    assert log.get(TODAY, "x") is None
    assert log.last_shift("main") is None
    assert log.last_action() is None
    assert log.undo() is None
    assert not log.read_only
    log.flush()
    log.close()
    assert not (tmp_path / "log").exists()


def test_the_first_save_of_a_program_makes_the_folders_safe_that_another_may_have_made(
    open_log: OpenLog, record: Record, tmp_path: Path
) -> None:
    class Noting(Disk):
        synced: list[Path] = []

        def sync_folder(self, folder: Path) -> None:
            self.synced.append(folder)

    open_log("killed").add(record())
    disk = Noting()
    log = open_log(disk=disk)
    log.add(record())
    assert disk.synced[-4:] == [log.root / TODAY.isoformat(), log.root, tmp_path, tmp_path.parent]
    count = len(disk.synced)
    log.add(record())
    assert len(disk.synced) == count


def test_after_an_older_copy_came_back_no_revision_is_given_twice_and_both_copies_can_be_joined(
    open_log: OpenLog, record: Record, tmp_path: Path
) -> None:
    """The clock stands still all along: it could not tell the two times apart."""
    log = open_log()
    kept = log.add(record(note="before the copy"))
    log.close()
    (path,) = (log.root / TODAY.isoformat()).iterdir()
    copy = path.read_bytes()
    for note in ("lost with the disk", "changed at the restored desk"):
        path.write_bytes(copy)
        log = open_log()
        log.change(kept.with_(note=note))
        log.add(record(note=note))
        log.close()
        path.with_name(f"{note.partition(' ')[0]}.jsonl").write_bytes(path.read_bytes())
    path.unlink()
    bodies = [json.loads(line) for file in path.parent.iterdir() for line in file.read_bytes().splitlines()]
    given = {body["rev"]: body["put"] for body in bodies}
    assert len(given) == 5
    assert all(given[body["rev"]] == body["put"] for body in bodies)
    joined = [open_log(machine).day(TODAY) for machine in ("desk", "other")]
    assert joined[0] == joined[1]
    assert len(joined[0]) == 3


def test_a_record_is_found_again_by_every_desk_and_in_the_order_people_asked(
    log: Log, open_log: OpenLog, record: Record, clock: FixedClock
) -> None:
    late = log.add(record(note="second", extra={"later": {"deep": [1]}}))
    early = log.add(record(note="first", asked_at=clock.now() - timedelta(hours=1)))
    other = open_log("other-desk")
    assert other.day(TODAY) == log.day(TODAY) == [early, late]
    third = other.add(record(note="third", asked_at=clock.now() + timedelta(minutes=1)))
    assert log.day(TODAY) == [early, late, third]
    assert log.get(TODAY, third.id) == third
    assert log.get(TODAY, "none") is None


def test_a_change_keeps_the_versions_and_a_removal_takes_it_out(log: Log, record: Record) -> None:
    first = log.add(record(note="one", tags=("a",)))
    second = log.change(first.with_(note="", tags=()))
    assert log.day(TODAY) == [second]
    assert log.versions(TODAY, first.id) == [first, second]
    log.remove(second)
    assert log.day(TODAY) == []
    assert log.versions(TODAY, first.id) == [first, second]
    with pytest.raises(NotFound):
        log.remove(second)
    with pytest.raises(NotFound):
        log.change(second)


def test_a_record_never_moves_to_another_day(log: Log, record: Record, clock: FixedClock) -> None:
    first = log.add(record())
    with pytest.raises(NotFound, match="no record"):
        log.change(first.with_(asked_at=clock.now() - timedelta(days=1)))


def test_ranges_are_read_day_by_day_both_ends_included(log: Log, record: Record, clock: FixedClock) -> None:
    made = [log.add(record(asked_at=clock.now() - timedelta(days=back))) for back in (500, 30, 2, 1, 0)]
    assert log.days() == [each.day for each in made]
    assert list(log.between(date(2026, 11, 20), TODAY)) == made[2:]
    assert list(log.between(date(2020, 1, 1), date(2030, 1, 1))) == made
    assert list(log.between(date(2026, 11, 23), date(2026, 12, 1))) == []


def test_a_record_is_found_by_whole_id_shown_id_or_end(log: Log, record: Record, clock: FixedClock) -> None:
    today = log.add(record())
    old_day = clock.now() - timedelta(days=900)
    old = log.add(record(asked_at=old_day))
    owed = log.add(record(asked_at=old_day, promise=Promise(what="call", due=clock.now(), made_at=old_day)))
    month_ago = log.add(record(asked_at=clock.now() - timedelta(days=40)))
    for each in (today, old):
        assert log.find(each.id) == each
        assert log.find(each.id.replace("-", "").upper()) == each
        assert log.find(f" {each.ref} ") == each
    assert log.find(today.id[-4:]) == today
    assert log.find(owed.id[-6:]) == owed
    assert log.find(month_ago.id[-8:]) == month_ago
    with pytest.raises(NotFound):
        log.find(old.id[-6:])
    with pytest.raises(NotFound):
        log.find("2026-11-22.ffffffffffff")
    with pytest.raises(NotFound):
        log.find(log.new_id())
    for nonsense in ("", "abc", "2026-13-45.4f9c1d", "the printer one"):
        with pytest.raises(BadUsage):
            log.find(nonsense)


def test_an_end_that_fits_two_records_names_them(log: Log, record: Record) -> None:
    one, two = "01a20132-2a06-7f28-aad9-121a33d8aaaa", "01a20132-2a06-7f28-aad9-121a33d9aaaa"
    log.add(record(id=one))
    log.add(record(id=two))
    with pytest.raises(BadUsage, match="fits 2 records"):
        log.find("aaaa")
    assert log.find("d9aaaa").id == two


def test_a_failed_save_says_so_and_the_next_try_works(open_log: OpenLog, record: Record, tmp_path: Path) -> None:
    class FullOnce(Disk):
        full = False

        def write(self, handle: int, data: bytes) -> None:
            if self.full:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            super().write(handle, data)

    disk = FullOnce()
    log = open_log("full", disk=disk)
    first = log.add(record())
    disk.full = True
    second = record(note="precious")
    with pytest.raises(NotSaved, match="full"):
        log.add(second)
    assert log.day(TODAY) == [first]
    disk.full = False
    log.add(second)
    log.add(second)
    assert open_log("reader").day(TODAY) == [first, second]


def test_a_folder_that_cannot_be_written_still_reads(open_log: OpenLog, log: Log, record: Record) -> None:
    kept = log.add(record(), say="Saved")
    guest = open_log("guest", disk=ReadOnlyDisk())
    assert guest.day(TODAY) == [kept]
    assert guest.open_promises() == []
    with pytest.raises(NotSaved, match="cannot be written"):
        guest.add(record())
    assert guest.last_action() is None
    assert len(guest.notices) == 1


def test_a_log_of_a_newer_version_opens_for_reading_and_says_so(log: Log, open_log: OpenLog, record: Record) -> None:
    kept = log.add(record())
    (log.root / "FORMAT").write_text('{"format":"deskmate-log","v":2}')
    old = open_log("old-desk")
    assert old.read_only
    assert "newer" in old.notices[0].what
    assert old.day(TODAY) == [kept]
    with pytest.raises(NotSaved, match="newer"):
        old.add(record())


def test_a_clock_set_back_loses_no_change(log: Log, open_log: OpenLog, record: Record, clock: FixedClock) -> None:
    first = log.add(record(note="one"))
    clock.advance(-3 * 3600)
    second = open_log("other").change(first.with_(note="two"))
    assert log.day(TODAY) == [second]
    clock.advance(-400 * 86_400)
    third = log.change(second.with_(note="three"))
    assert open_log("third").day(TODAY) == [third]


def test_a_restored_backup_joins_with_what_came_after(log: Log, open_log: OpenLog, record: Record) -> None:
    first = log.add(record(note="one"))
    folder = log.root / "2026-11-22"
    saved = {path.name: path.read_bytes() for path in folder.iterdir()}
    log.change(first.with_(note="two"))
    log.close()
    for name, data in saved.items():
        (folder / name).write_bytes(data)
    back = open_log()
    assert back.day(TODAY) == [first]
    third = back.change(first.with_(note="three"))
    assert open_log("other").day(TODAY) == [third]


def test_without_durable_the_sync_is_left_to_flush_in_one_thread(open_log: OpenLog, record: Record) -> None:
    class Counting(Disk):
        syncs = 0

        def sync(self, handle: int) -> None:
            self.syncs += 1
            super().sync(handle)

    disk = Counting()
    log = open_log("screen", durable=False, disk=disk)
    log.add(record())
    log.flush()
    before = disk.syncs
    for _ in range(20):
        log.add(record())
    assert disk.syncs == before
    thread = Thread(target=log.flush)
    thread.start()
    for _ in range(50):
        log.add(record())
    thread.join()
    log.flush()
    log.flush()
    assert 1 <= disk.syncs - before <= 2
    assert len(open_log("reader").day(TODAY)) == 71


def test_a_failed_flush_is_told_and_the_next_one_saves_everything(open_log: OpenLog, record: Record) -> None:
    class Failing(Disk):
        fail = False

        def sync(self, handle: int) -> None:
            if self.fail:
                raise OSError(errno.EIO, "broken")
            super().sync(handle)

    disk = Failing()
    log = open_log("screen", durable=False, disk=disk)
    made = [log.add(record())]
    log.flush()
    disk.fail = True
    made.append(log.add(record()))
    with pytest.raises(NotSaved):
        log.flush()
    disk.fail = False
    made.append(log.add(record()))
    log.flush()
    assert len(list((log.root / "2026-11-22").iterdir())) == 2
    assert {each.id for each in open_log("reader").day(TODAY)} == {each.id for each in made}


def test_opening_reads_today_and_the_snapshot_whatever_the_log_holds(
    log: Log, open_log: OpenLog, record: Record, clock: FixedClock
) -> None:
    class Counting(Disk):
        def __init__(self) -> None:
            self.opened: list[str] = []

        def read(self, path: str, start: int = 0) -> bytes:
            self.opened.append("/".join(Path(path).parts[-2:]))
            return super().read(path, start)

    for back in range(150):
        asked = clock.now() - timedelta(days=back)
        log.add(record(asked_at=asked, promise=Promise(what="call", due=asked, made_at=asked)))
    log.open_promises()
    while log.catch_up():
        pass
    log.close()
    disk = Counting()
    again = open_log(disk=disk)
    assert len(again.day(TODAY)) == 1
    assert len(again.open_promises()) == 150
    assert again.behind == 0
    assert [name.split("/")[0] for name in disk.opened] == ["2026-11-22", "cache"]


def test_damage_is_reported_and_the_rest_serves(log: Log, open_log: OpenLog, record: Record) -> None:
    made = [log.add(record(note=str(number))) for number in range(3)]
    log.db.table("2026-11-22").insert({"kind": "other"})
    (path,) = (log.root / "2026-11-22").iterdir()
    path.write_bytes(path.read_bytes().replace(b'"note":"1"', b'"note":"7"'))
    again = open_log("other")
    assert again.day(TODAY) == [made[0], made[2]]
    told = [notice.what for notice in again.damage()]
    assert len(told) == 2
    assert "damaged" in told[0]
    assert "asked_at" in told[1]
    assert again.damage()[0].where == f"{path}:2"


def test_shifts_are_kept_by_month_and_the_last_one_is_found(log: Log, open_log: OpenLog, clock: FixedClock) -> None:
    def shift(back: int, desk: str = "main", **more: Any) -> Shift:
        return Shift(id=log.new_id(), desk=desk, started_at=clock.now() - timedelta(days=back), **more)

    old, first, second = shift(900), shift(40), shift(1)
    for each in (second, old, first):
        log.save_shift(each)
    children = log.save_shift(shift(0, "children"))
    assert log.last_shift("main") == second
    assert log.last_shift("children") == children
    log.save_shift(second.with_(ended_at=clock.now(), handover="quiet"))
    other = open_log("other")
    assert other.last_shift("main") == second.with_(ended_at=clock.now(), handover="quiet")
    assert other.shifts(date(2026, 10, 1), TODAY) == [
        first,
        second.with_(ended_at=clock.now(), handover="quiet"),
        children,
    ]
    assert other.shift(old.id) == old
    assert other.shift("unknown") is None
    log.save_shift(old.with_(desk="branch"))
    assert other.last_shift("branch") == old.with_(desk="branch")
    log.db.table("shifts-2026-11").insert({"desk": "main"})
    assert other.last_shift("children") == children
    assert len(other.damage()) == 1


def test_phrases_and_feedback_are_kept_and_a_broken_one_is_reported(log: Log, clock: FixedClock) -> None:
    later = clock.now() + timedelta(minutes=1)
    log.save_phrase("guy yelling", "angry-patron", later)
    log.save_phrase("printer ate my card", "printing-mobile-print", clock.now())
    assert [phrase.playbook for phrase in log.phrases()] == ["printing-mobile-print", "angry-patron"]
    assert log.phrases()[1].at == later
    complaint = log.save_feedback({"kind": "complaint", "text": "cold"})
    log.save_feedback({"kind": "kudos", "at": "2026-11-20T09:00:00-05:00"})
    log.save_feedback({"id": complaint, "kind": "complaint", "text": "cold", "answer": "heater mended"})
    assert [each["kind"] for each in log.feedback(date(2026, 11, 1), TODAY)] == ["kudos", "complaint"]
    (found,) = log.feedback(TODAY, TODAY)
    assert found["answer"] == "heater mended"
    found["answer"] = "changed by the reader"
    assert log.feedback(TODAY, TODAY)[0]["answer"] == "heater mended"
    log.db.table("phrases").insert({"text": "no time"})
    log.db.table("feedback").insert({"at": "yesterday"})
    assert len(log.phrases()) == 2
    assert len(log.feedback(TODAY, TODAY)) == 1
    assert len(log.damage()) == 2


def test_a_record_of_any_date_and_zone_stays_on_the_day_it_was_asked(log: Log, record: Record) -> None:
    asked = datetime.fromisoformat("2026-11-22T23:30:00-05:00")
    made = log.add(record(asked_at=asked))
    assert log.day(TODAY) == [made]
    assert log.find(made.ref) == made
