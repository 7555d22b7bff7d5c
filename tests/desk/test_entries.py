"""Logging without a playbook, and taking it back."""

from datetime import timedelta

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.entries import pick
from deskmate.desk.service import Desk
from deskmate.desk.tally import parse
from deskmate.faults import BadUsage


def test_a_shortened_value_is_completed_and_an_unknown_one_names_what_there_is() -> None:
    assert pick("channel", "ph") == "phone"
    with pytest.raises(BadUsage, match="could be"):
        pick("kind", "re")
    with pytest.raises(BadUsage) as fault:
        pick("kind", "acount")
    assert "account" in fault.value.cure


def test_a_note_is_masked_unless_it_is_kept_on_purpose(desk: Desk) -> None:
    masked = desk.entries.log({"note": "ring 555-867-5309"})
    kept = desk.entries.log({"note": "ring 555-867-5309"}, keep_private=True)
    assert "5309" not in masked.note
    assert "5309" in kept.note
    assert all("5309" not in record.note for record in desk.log.day(masked.day) if record.id == masked.id)


def test_what_was_asked_long_ago_is_late_and_stays_on_its_day(desk: Desk, clock: FixedClock) -> None:
    yesterday = clock.now() - timedelta(days=1)
    record = desk.entries.log({"kind": "account"}, at=yesterday)
    assert record.entry == "late"
    assert [found.id for found in desk.log.day(yesterday.date())] == [record.id]


def test_undo_takes_back_the_last_thing_and_says_what_it_was(desk: Desk) -> None:
    desk.entries.tally("directional")
    record = desk.entries.log({"kind": "account", "channel": "phone"})
    desk.entries.change(record, {"kind": "policy"})
    action = desk.entries.undo()
    assert action is not None
    assert "policy" in action.say
    assert [found.kind for found in desk.log.day(record.day)] == ["directional", "account"]
    desk.entries.undo()
    desk.entries.undo()
    assert desk.log.day(record.day) == []
    assert desk.entries.undo() is None


@pytest.mark.parametrize(
    ("line", "said"), [("=pa x7 20m ago", "phone · account · x7 · at 14:00"), ("id", "in-person · directional · x1")]
)
def test_a_tally_line_says_what_it_means(line: str, said: str, clock: FixedClock) -> None:
    assert parse(line, clock.now()).said == said


def test_half_a_tally_is_not_logged_and_a_wrong_letter_names_the_right_ones(clock: FixedClock) -> None:
    assert not parse("=p", clock.now()).whole
    with pytest.raises(BadUsage) as fault:
        parse("=pz", clock.now())
    assert "a account" in fault.value.cure


@pytest.mark.parametrize("count", ["0", "1000", "seven", "-1"])
def test_a_count_that_is_none_is_refused(desk: Desk, count: str) -> None:
    with pytest.raises(BadUsage, match="is no count"):
        desk.entries.log({"count": count})
