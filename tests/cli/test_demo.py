"""The throw-away home and the sample week in it."""

import tempfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.sample import fill
from deskmate.desk.service import Desk
from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, STRAINS, Interaction
from deskmate.places import Places
from deskmate.records.doctor import examine
from deskmate.text.guard import find
from tests.cli.running import Cli
from tests.terminal.real_terminal import Terminal

ZONE = ZoneInfo("America/Detroit")
NOW = datetime(2026, 11, 18, 14, 20, tzinfo=ZONE)
MOMENTS = [
    NOW,
    datetime(2026, 11, 18, 3, 0, tzinfo=ZONE),
    datetime(2026, 11, 22, 12, 0, tzinfo=ZONE),
    datetime(2026, 11, 18, 9, 0, tzinfo=ZONE),
    datetime(2026, 1, 1, 23, 58, tzinfo=ZONE),
]
"""An ordinary afternoon, before opening, a Sunday, the minute of opening, and the last minutes of a holiday."""


def places_in(folder: Path) -> Places:
    from deskmate.places import shipped_data

    return Places(home=folder / "home", state=folder / "state", data=shipped_data())


def filled(folder: Path, now: datetime) -> Desk:
    places = places_in(folder)
    fill(places, now)
    return Desk(places, FixedClock(now), environment={})


def records_of(desk: Desk) -> list[Interaction]:
    days = desk.log.days()
    return list(desk.log.between(days[0], days[-1]))


@pytest.fixture
def sample(tmp_path: Path) -> Desk:
    return filled(tmp_path, NOW)


def test_it_is_a_busy_week_of_six_open_days_with_everything_in_it(sample: Desk) -> None:
    records = records_of(sample)
    contacts = [record for record in records if record.entry != "estimate"]
    assert 350 <= sum(record.count for record in contacts) <= 480
    assert len({record.day for record in records}) == 6
    assert {record.channel for record in records} == set(CHANNELS)
    assert {record.kind for record in records} == set(KINDS)
    assert {record.strain for record in records} == set(STRAINS)
    assert {record.outcome for record in records} == set(OUTCOMES)
    assert {record.entry for record in records} == set(ENTRIES)
    assert {record.read for record in records} == {None, 1, 2, 3, 4, 5, 6}
    assert all(record.offered for record in records if record.outcome == "declined")


def test_it_has_an_hours_rhythm(sample: Desk) -> None:
    hours = Counter(record.asked_at.hour for record in records_of(sample))
    assert set(hours) <= set(range(9, 20))
    assert hours[16] > hours[13] > hours[19]


def test_its_nine_promises_are_of_every_state(sample: Desk) -> None:
    promises = [record.promise for record in records_of(sample) if record.promise]
    assert len(promises) == 9
    board = sample.promises.board()
    assert (len(board.overdue), len(board.today), len(board.later), len(board.waiting)) == (2, 2, 2, 1)
    assert {promise.kept for promise in promises} == {None, True, False}
    assert any(NOW < promise.due <= NOW + timedelta(minutes=10) for promise in promises)
    assert [sample.promises.contact(record) for record in board.overdue if record.promise and record.promise.contact]


def test_a_shift_runs_and_a_handover_waits(sample: Desk) -> None:
    assert sample.shifts.current() is not None
    waiting = sample.shifts.waiting()
    assert waiting is not None
    assert waiting.ended_at is not None
    assert sample.reporting.shift_records(sample.shifts.current())


def test_its_settings_have_an_address_and_no_fault(sample: Desk) -> None:
    assert sample.settings_notices == []
    assert not sample.settings.emergency_is_empty


def test_it_names_nobody_and_uses_playbooks_that_exist(sample: Desk) -> None:
    for record in records_of(sample):
        words = " ".join((record.note, record.authority, record.referred_to, *record.offered))
        assert find(words) == ()
        assert record.staff == ""
        assert not record.playbook or record.playbook in sample.library.playbooks


@pytest.mark.parametrize("now", MOMENTS)
def test_nothing_is_from_the_future_and_the_doctor_finds_nothing(tmp_path: Path, now: datetime) -> None:
    desk = filled(tmp_path, now)
    records = records_of(desk)
    assert len(records) > 250
    for record in records:
        assert record.asked_at <= record.added_at <= now
        assert record.ended_at is None or record.ended_at <= now
    assert examine(desk.log, FixedClock(now)) == []
    assert desk.shifts.waiting() is not None


@pytest.mark.parametrize("now", MOMENTS)
def test_the_same_moment_gives_the_same_week(tmp_path: Path, now: datetime) -> None:
    def bare(record: Interaction) -> Interaction:
        promise = record.promise
        return record.with_(promise=promise.with_(contact="kept" if promise.contact else "")) if promise else record

    first, second = (records_of(filled(tmp_path / name, now)) for name in ("one", "two"))
    assert [bare(record) for record in first] == [bare(record) for record in second]


def test_every_command_works_on_the_demo_and_it_leaves_nothing(
    cli: Cli, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    assert cli("--demo", "summary").code == 0
    assert "Overdue" in cli("due", "--demo").out
    assert cli("find", "yelling", "--demo", "--json").value[0]["id"] == "angry-patron"
    doctor = cli("--demo", "doctor")
    assert (doctor.code, "FAULT" in doctor.out) == (0, False)
    assert list(folder.iterdir()) == []
    assert not places.log.exists()


def test_the_screens_open_on_the_demo_and_it_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with Terminal(tmp_path / "home", arguments=("--demo", "--no-color")) as terminal:
        terminal.wait_for("Front desk")
        terminal.wait_for("Type what you see")
        assert [path.name.startswith("deskmate-demo-") for path in folder.iterdir()] == [True]
        terminal.keys("\x11")
        assert terminal.wait_for_end() == 0
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "home").exists()
