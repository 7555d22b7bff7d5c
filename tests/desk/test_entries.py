"""Logging without a playbook, and taking it back."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.desk.entries import MOST, pick
from deskmate.desk.service import Desk
from deskmate.desk.tally import Pad, Tally, parse
from deskmate.faults import BadUsage
from tests.conftest import TODAY


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("=", "phone · device · x1"),
        ("=x7", "phone · device · x7"),
        ("=~7 20m ago", "phone · device · about 7 · at 14:00"),
        ("=pa ~6", "phone · account · about 6"),
        ("=pa 20m ago", "phone · account · x1 · at 14:00"),
        ("=0 11:30", "nobody came · at 11:30"),
    ],
)
def test_a_line_without_letters_is_the_same_again_and_a_sign_says_how_sure(
    line: str, said: str, clock: FixedClock
) -> None:
    tally = parse(line, clock.now(), ("phone", "device"))
    assert tally.said == said
    assert tally.whole


def test_nothing_to_count_again_and_a_number_of_none_are_refused(desk: Desk, clock: FixedClock) -> None:
    assert not parse("=x7", clock.now(), desk.entries.again()).whole
    with pytest.raises(BadUsage, match="a channel and a kind"):
        desk.entries.count(parse("=p", clock.now()))
    with pytest.raises(BadUsage, match="nothing"):
        parse("=pa x0", clock.now())


def test_the_same_again_is_what_was_tallied_last_and_no_guide_or_empty_hour(desk: Desk, clock: FixedClock) -> None:
    for line in ("=pa", "=vt ~3"):
        desk.entries.count(parse(line, clock.now()))
        clock.advance(1)
    desk.entries.log({"kind": "conduct"})
    desk.entries.count(parse("=0", clock.now()))
    assert desk.entries.again() == ("video", "device")


def test_counted_estimated_late_and_nobody_are_told_apart(desk: Desk, clock: FixedClock) -> None:
    desk.entries.count(parse("=pa x7", clock.now()))
    desk.entries.count(parse("=pa ~6", clock.now()))
    desk.entries.count(parse("=0 11:30", clock.now()))
    desk.entries.log({"kind": "account"}, at=clock.now() - timedelta(hours=1))
    desk.entries.log({"kind": "account"})
    described = {each.entry: desk.entries.describe(each) for each in desk.log.day(clock.now().date()) if each.count}
    assert described == {
        "tally": "phone · account · x7",
        "estimate": "phone · account · about 6",
        "late": "in-person · account",
        "live": "in-person · account",
    }
    summary = desk.reporting.shift_summary(None)
    assert dict(summary.counted.entries) == {"tally": 7, "late": 1, "live": 1}
    assert dict(summary.estimated.entries) == {"estimate": 6}
    assert not summary.coverage.silent_hours.get(11)  # somebody said that nobody came
    assert summary.coverage.silent_hours.get(10)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("pa", "phone · account · x1"),
        ("12pa", "phone · account · x12"),
        ("~3pa", "phone · account · about 3"),
        ("0070id", "in-person · directional · x70"),
        ("p|id", "in-person · directional · x1"),
        ("12|pa", "phone · account · x1"),
    ],
)
def test_the_pad_counts_by_two_keys(keys: str, said: str, clock: FixedClock) -> None:
    """`|` is the key that takes the last one back."""
    pad: Pad | Tally = Pad()
    for key in keys:
        assert isinstance(pad, Pad)
        pad = pad.press(key.replace("|", ""), None, clock.now())
    assert isinstance(pad, Tally)
    assert pad.said == said


@given(st.lists(st.sampled_from(["", "~", *"0123456789abcdeikmnoprstvxz"]), max_size=12))
def test_whatever_is_pressed_the_pad_never_counts_what_is_not_whole(keys: list[str]) -> None:
    pad = Pad()
    for key in keys:
        pressed: Pad | Tally = Pad()
        with suppress(BadUsage):
            pressed = pad.press(key, None, TODAY)
        if isinstance(pressed, Tally):
            assert pressed.whole
            assert 1 <= pressed.count <= MOST
            pressed = Pad()
        pad = pressed


@pytest.mark.parametrize("count", ["0", "1000", "seven", "-1"])
def test_a_count_that_is_none_is_refused(desk: Desk, count: str) -> None:
    with pytest.raises(BadUsage, match="is no count"):
        desk.entries.log({"count": count})
