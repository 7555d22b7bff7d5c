"""Undo takes back this machine's last action, in this program or the next."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.records.log import Log

Record = Callable[..., Interaction]
OpenLog = Callable[..., Log]
TODAY = date(2026, 11, 22)


def said(log: Log) -> str | None:
    action = log.last_action()
    return action.say if action else None


def test_each_undo_takes_back_one_action_and_names_it(log: Log, record: Record, clock: FixedClock) -> None:
    first = log.add(record(note="one"), say="Saved: phone")
    second = log.change(first.with_(note="two"), say="Note changed")
    log.remove(second, say="Removed")
    action = log.last_action()
    assert action is not None
    assert (action.say, action.ref, action.at) == ("Removed", first.ref, clock.now())
    assert log.undo() == action
    assert log.day(TODAY) == [second]
    assert said(log) == "Note changed"
    log.undo()
    assert log.day(TODAY) == [first]
    third = log.change(first.with_(note="three"), say="Changed again")
    assert log.day(TODAY) == [third]
    log.undo()
    assert log.day(TODAY) == [first]
    log.undo()
    assert log.day(TODAY) == []
    assert log.undo() is None
    assert [version.note for version in log.versions(TODAY, first.id)] == ["one", "two", "two", "one", "three", "one"]


def test_the_next_program_on_the_machine_undoes_too_but_no_other_machine(
    log: Log, open_log: OpenLog, record: Record
) -> None:
    first = log.add(record(note="one"), say="Saved")
    log.change(first.with_(note="two"), say="Changed")
    beside = open_log()
    assert said(beside) == "Changed"
    beside.undo()
    assert said(log) == "Saved"
    assert log.day(TODAY) == [first]
    assert said(open_log("other-desk")) is None
    log.close()
    later = open_log()
    later.undo()
    assert later.day(TODAY) == []


def test_a_record_changed_elsewhere_since_is_not_undone(log: Log, open_log: OpenLog, record: Record) -> None:
    first = log.add(record(note="one"), say="Saved")
    theirs = open_log("other").change(first.with_(note="theirs"))
    with pytest.raises(BadUsage, match="changed since"):
        log.undo()
    assert log.day(TODAY) == [theirs]
    assert said(log) == "Saved"


def test_a_record_added_again_after_a_failure_is_taken_out_by_one_undo(log: Log, record: Record) -> None:
    first = record()
    log.add(first)
    log.add(first, say="Saved at the second try")
    log.undo()
    assert log.day(TODAY) == []


def test_what_was_done_before_yesterday_is_not_offered(
    log: Log, open_log: OpenLog, record: Record, clock: FixedClock
) -> None:
    log.add(record(), say="Saved")
    clock.advance(86_400)
    assert said(open_log()) == "Saved"
    clock.advance(86_400)
    assert said(open_log()) is None
    log.add(record(asked_at=clock.now() - timedelta(days=2)), say="Late")
    assert said(log) == "Late"
    assert [path.stem for path in Path(log.root.parent, "desk", "actions").iterdir()] == ["2026-11-24"]


def test_a_torn_or_damaged_hint_costs_that_hint_only(
    log: Log, open_log: OpenLog, record: Record, tmp_path: Path
) -> None:
    log.add(record(), say="one")
    log.add(record(), say="two")
    log.close()
    path = tmp_path / "desk" / "actions" / "2026-11-22.jsonl"
    path.write_bytes(path.read_bytes()[:-5])
    again = open_log()
    assert said(again) == "one"
    again.add(record(), say="three")
    assert said(again) == "three"


def test_a_state_folder_that_cannot_be_used_leaves_undo_for_the_session(
    open_log: OpenLog, record: Record, tmp_path: Path
) -> None:
    (tmp_path / "blocked").write_text("")
    log = open_log("blocked")
    log.add(record(), say="Saved")
    assert said(log) == "Saved"
    assert len(log.notices) == 2
    log.undo()
    assert log.day(TODAY) == []


def test_a_version_whose_bytes_are_gone_is_not_restored(log: Log, record: Record) -> None:
    first = log.add(record(note="one"))
    log.change(first.with_(note="two"), say="Changed")
    (path,) = (log.root / "2026-11-22").iterdir()
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[1])
    with pytest.raises(BadUsage, match="erased"):
        log.undo()
