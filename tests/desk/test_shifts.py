"""Shifts, their summary, and a hand-over that is received."""

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage


def test_a_shift_holds_what_was_logged_in_it(desk: Desk, clock: FixedClock) -> None:
    desk.entries.tally("directional")
    shift = desk.shifts.start("mk", "Dana", "214")
    clock.advance(60)
    desk.entries.tally("account", 3)
    records = desk.reporting.shift_records(shift)
    assert [record.count for record in records] == [3]
    clock.advance(60)
    desk.shifts.end()
    assert desk.reporting.shift_summary(desk.shifts.latest()).n == 3


def test_who_is_in_charge_comes_from_the_shift(desk: Desk) -> None:
    desk.shifts.put_in_charge("Priya", "300")
    assert desk.values()["in_charge"] == "Priya"
    assert desk.values()["extension"] == "300"


def test_a_second_shift_at_one_desk_is_refused_and_a_forgotten_one_is_closed(desk: Desk, clock: FixedClock) -> None:
    desk.shifts.start()
    with pytest.raises(BadUsage, match="already running"):
        desk.shifts.start()
    clock.advance(3600)
    last = desk.entries.tally("directional")
    clock.advance(17 * 3600)
    assert desk.shifts.current() is None
    desk.shifts.start()
    forgotten = desk.log.shifts(last.day, last.day)[0]
    assert forgotten.ended_at == last.added_at


def test_a_handover_waits_until_it_is_accepted(desk: Desk, clock: FixedClock) -> None:
    desk.shifts.start("mk")
    desk.shifts.leave_handover("Two laptops are out.")
    desk.shifts.end()
    clock.advance(600)
    waiting = desk.shifts.waiting()
    assert waiting is not None
    desk.shifts.accept(waiting, "jo", "two laptops")
    assert desk.shifts.waiting() is None


def test_ending_without_a_shift_says_how_to_start_one(desk: Desk) -> None:
    with pytest.raises(BadUsage) as fault:
        desk.shifts.end()
    assert "shift start" in fault.value.cure
