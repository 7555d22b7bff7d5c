"""A year's counts without reading a year."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskmate.clock import FixedClock
from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk
from deskmate.records.log import Log

Record = Callable[..., Interaction]
OpenLog = Callable[..., Log]
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


class Counting(Disk):
    """Counts the day files it reads."""

    days_read = 0

    def read(self, path: str, start: int = 0) -> bytes:
        self.days_read += path.endswith(".jsonl") and "actions" not in path
        return super().read(path, start)


def kinds_of(records: list[Interaction]) -> dict[str, Any]:
    return {"kinds": [record.kind for record in records]}


def counted(log: Log, first: date = FIRST, last: date = LAST, mark: str = "a") -> dict[date, list[str]]:
    return {day: rolled["kinds"] for day, rolled in log.rollups(first, last, kinds_of, mark)}


def test_a_day_is_counted_once_and_again_only_when_it_changed(
    log: Log, open_log: OpenLog, record: Record, clock: FixedClock
) -> None:
    made = [log.add(record(asked_at=clock.now() - timedelta(days=back))) for back in (400, 2, 1, 0)]
    before = counted(log)
    assert before == {each.day: ["other"] for each in made}
    disk = Counting()
    again = open_log(disk=disk)
    assert counted(again) == before
    assert disk.days_read == 0
    open_log("other").add(record(asked_at=made[1].asked_at, kind="device"))
    assert counted(again)[made[1].day] == ["other", "device"]
    assert disk.days_read == 2
    log.remove(made[0])
    assert made[0].day not in counted(again)
    assert list(counted(again, made[1].day, made[2].day)) == [made[1].day, made[2].day]


def test_days_that_were_counted_in_another_way_are_counted_again(log: Log, open_log: OpenLog, record: Record) -> None:
    log.add(record())
    counted(log, mark="old")
    disk = Counting()
    again = open_log(disk=disk)
    assert list(counted(again, mark="new").values()) == [["other"]]
    assert disk.days_read == 1
    disk = Counting()
    counted(open_log(disk=disk), mark="new")
    assert disk.days_read == 0


def test_a_damaged_day_is_told_each_time(log: Log, open_log: OpenLog, record: Record) -> None:
    kept = log.add(record())
    log.add(record(kind="device"))
    log.close()
    (path,) = (log.root / kept.day.isoformat()).iterdir()
    path.write_bytes(path.read_bytes().replace(b'"device"', b'"advice"'))
    for _ in range(2):
        again = open_log()
        assert list(counted(again).values()) == [["other"]]
        assert len(again.damage()) == 1


def test_a_day_with_a_record_that_cannot_be_read_is_told_each_time(log: Log, open_log: OpenLog, record: Record) -> None:
    kept = log.add(record())
    log.db.table(kept.day.isoformat()).insert({"asked_at": "yesterday"})
    for _ in range(2):
        again = open_log()
        assert list(counted(again).values()) == [["other"]]
        assert len(again.damage()) == 1


@pytest.mark.parametrize("spoilt", [b"", b"{}", b'{"v":9,"days":{},"crc":"00000000"}'])
def test_a_spoilt_roll_up_is_counted_again(
    log: Log, open_log: OpenLog, record: Record, tmp_path: Path, spoilt: bytes
) -> None:
    log.add(record())
    before = counted(log)
    path = tmp_path / "desk" / "cache" / "rollup-2026.json"
    path.write_bytes(spoilt)
    assert counted(open_log()) == before
    assert path.read_bytes() != spoilt


def test_a_cache_that_cannot_be_written_only_costs_the_counting(
    log: Log, open_log: OpenLog, record: Record, tmp_path: Path
) -> None:
    log.add(record())
    (tmp_path / "stuck").mkdir()
    (tmp_path / "stuck" / "cache").write_text("")
    assert list(counted(open_log("stuck")).values()) == [["other"]]
