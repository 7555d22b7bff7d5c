"""A year's counts without reading a year."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.records.disk import Disk
from deskmate.records.log import Log
from deskmate.records.rollup import DayCounts, count_day

Record = Callable[..., Interaction]
OpenLog = Callable[..., Log]
FIRST, LAST = date(2025, 1, 1), date(2026, 12, 31)


class Counting(Disk):
    """Counts the day files it reads."""

    days_read = 0

    def read(self, path: str, start: int = 0) -> bytes:
        self.days_read += path.endswith(".jsonl") and "actions" not in path
        return super().read(path, start)


def test_a_tally_counts_its_number_and_uncertain_times_are_left_out(record: Record, clock: FixedClock) -> None:
    promise = Promise(what="call", due=clock.now(), made_at=clock.now())
    counts = count_day(
        [
            record(channel="phone", kind="account", read=2, seconds=240, promise=promise.with_(kept=True)),
            record(count=7, entry="tally", kind="directional"),
            record(seconds=9000, uncertain=True, strain="red", incident=True, promise=promise.with_(kept=False)),
        ]
    )
    assert (counts.n, counts.records) == (9, 3)
    assert counts.kinds == {"account": 1, "directional": 7, "other": 1}
    assert counts.channels == {"phone": 1, "in-person": 8}
    assert counts.hours == {"12": 9}
    assert counts.reads == {"2": 1}
    assert counts.strains == {"calm": 8, "red": 1}
    assert counts.entries == {"live": 2, "tally": 7}
    assert (counts.timed, counts.seconds) == (1, 240)
    assert (counts.promises, counts.kept, counts.late, counts.incidents) == (2, 1, 1, 1)


def test_days_add_up_in_any_order(record: Record) -> None:
    days = [count_day([record(kind=kind, count=n)]) for n, kind in enumerate(("device", "policy", "device"), 1)]
    assert days[0] + days[1] + days[2] == days[2] + (days[0] + days[1])
    assert (days[0] + days[2]).kinds == {"device": 4}
    assert sum(days, DayCounts()).n == 6


def test_a_day_is_counted_once_and_again_only_when_it_changed(
    log: Log, open_log: OpenLog, record: Record, clock: FixedClock
) -> None:
    made = [log.add(record(asked_at=clock.now() - timedelta(days=back))) for back in (400, 2, 1, 0)]
    counted = dict(log.rollups(FIRST, LAST))
    assert [counts.n for counts in counted.values()] == [1, 1, 1, 1]
    assert list(counted) == [each.day for each in made]
    disk = Counting()
    again = open_log(disk=disk)
    assert dict(again.rollups(FIRST, LAST)) == counted
    assert disk.days_read == 0
    open_log("other").add(record(asked_at=made[1].asked_at, kind="device"))
    assert dict(again.rollups(FIRST, LAST))[made[1].day].kinds == {"other": 1, "device": 1}
    assert disk.days_read == 2
    log.remove(made[0])
    assert made[0].day not in dict(again.rollups(FIRST, LAST))
    assert list(dict(again.rollups(made[1].day, made[2].day))) == [made[1].day, made[2].day]


@pytest.mark.parametrize("spoilt", [b"", b"{}", b'{"v":9,"days":{},"crc":"00000000"}'])
def test_a_spoilt_roll_up_is_counted_again(
    log: Log, open_log: OpenLog, record: Record, tmp_path: Path, spoilt: bytes
) -> None:
    log.add(record())
    counted = dict(log.rollups(FIRST, LAST))
    path = tmp_path / "desk" / "cache" / "rollup-2026.json"
    path.write_bytes(spoilt)
    assert dict(open_log().rollups(FIRST, LAST)) == counted
    assert path.read_bytes() != spoilt


def test_a_cache_that_cannot_be_written_only_costs_the_counting(
    log: Log, open_log: OpenLog, record: Record, tmp_path: Path
) -> None:
    log.add(record())
    (tmp_path / "stuck").mkdir()
    (tmp_path / "stuck" / "cache").write_text("")
    assert [counts.n for _, counts in open_log("stuck").rollups(FIRST, LAST)] == [1]
