"""Open promises are right without reading the whole log."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.records.log import Log

Record = Callable[..., Interaction]
OpenLog = Callable[..., Log]


@pytest.fixture
def owe(log: Log, record: Record, clock: FixedClock) -> Callable[..., Interaction]:
    def made(back: int = 0, due_in: float = 0, at: Log | None = None) -> Interaction:
        asked = clock.now() - timedelta(days=back)
        promise = Promise(what=f"{back} days ago", due=clock.now() + timedelta(hours=due_in), made_at=asked)
        return (at or log).add(record(asked_at=asked, promise=promise))

    return made


def names(log: Log) -> list[str]:
    return [each.promise.what for each in log.open_promises() if each.promise]


def close(log: Log, record: Interaction) -> None:
    assert record.promise is not None
    log.change(record.with_(promise=record.promise.with_(state="done", kept=True)))


def test_the_earliest_due_comes_first_and_a_closed_one_goes(log: Log, owe: Callable[..., Interaction]) -> None:
    later, sooner, third = owe(0, 5), owe(1, 2), owe(2, 9)
    assert log.open_promises() == [sooner, later, third]
    close(log, sooner)
    log.remove(third)
    assert log.open_promises() == [later]
    log.undo()
    assert log.open_promises() == [later, third]


def test_another_desks_change_of_today_is_seen_at_once_and_of_an_old_day_after_catching_up(
    log: Log, open_log: OpenLog, owe: Callable[..., Interaction]
) -> None:
    today, old, older = owe(0), owe(30), owe(300)
    assert log.open_promises() == [today, old, older]
    while log.catch_up():
        pass
    other = open_log("other")
    for each in (today, old, older):
        close(other, each)
    new = owe(200, 1, other)
    assert names(log) == ["30 days ago", "300 days ago"]
    while log.catch_up():
        pass
    assert log.open_promises() == [new]


def test_without_a_snapshot_sixty_days_are_right_at_once_and_the_rest_when_caught_up(
    log: Log, open_log: OpenLog, owe: Callable[..., Interaction]
) -> None:
    made = [owe(back, -back) for back in (1, 59, 61, 400, 800)]
    fresh = open_log("new-desk")
    assert fresh.open_promises() == [made[1], made[0]]
    assert fresh.behind == 3
    assert fresh.catch_up(1) == 2
    assert fresh.behind == 2
    assert fresh.catch_up(1) == 1
    assert fresh.catch_up(1) == 0
    assert fresh.behind == 0
    assert set(names(fresh)) == {f"{back} days ago" for back in (1, 59, 61, 400, 800)}


def test_the_snapshot_survives_and_a_kill_before_it_was_saved_does_not_matter_for_recent_days(
    log: Log, open_log: OpenLog, owe: Callable[..., Interaction]
) -> None:
    kept = owe(400)
    log.open_promises()
    while log.catch_up():
        pass
    log.close()
    killed = open_log()
    killed.open_promises()
    unseen = owe(10, 1, killed)
    again = open_log()
    assert again.behind == 0
    assert again.open_promises() == [kept, unseen]


@pytest.mark.parametrize("hurt", ["cut", "flipped", "second line", "empty"])
def test_a_damaged_snapshot_is_made_again(
    log: Log, open_log: OpenLog, owe: Callable[..., Interaction], tmp_path: Path, hurt: str
) -> None:
    owe(1), owe(400)
    log.open_promises()
    while log.catch_up():
        pass
    log.close()
    path = tmp_path / "desk" / "cache" / "promises.json"
    data = path.read_bytes()
    first, second = data.splitlines()
    path.write_bytes(
        {
            "cut": data[:50],
            "flipped": data.replace(b"days ago", b"Days ago"),
            "second line": first + b"\n" + second[:-3] + b"xx}\n",
            "empty": b"",
        }[hurt]
    )
    again = open_log()
    assert "1 days ago" in names(again)
    while again.catch_up():
        pass
    assert again.behind == 0
    assert sorted(names(again)) == ["1 days ago", "400 days ago"]


def test_a_day_that_vanished_takes_its_promises_along(
    log: Log, open_log: OpenLog, owe: Callable[..., Interaction]
) -> None:
    recent, old = owe(3), owe(400)
    log.open_promises()
    while log.catch_up():
        pass
    log.close()
    for each in (recent, old):
        folder = log.root / each.day.isoformat()
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    again = open_log()
    assert again.open_promises() == [old]
    assert again.catch_up() == 0
    assert again.open_promises() == []


def test_a_snapshot_that_cannot_be_written_is_no_reason_to_fail(
    open_log: OpenLog, owe: Callable[..., Interaction], tmp_path: Path
) -> None:
    owe(1)
    (tmp_path / "stuck").mkdir()
    (tmp_path / "stuck" / "cache").write_text("")
    stuck = open_log("stuck")
    assert stuck.catch_up() == 0
    assert names(stuck) == ["1 days ago"]
