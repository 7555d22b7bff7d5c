"""Shifts, their summary, and a hand-over that is received."""

from datetime import datetime, timedelta

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.desk.shifts import LONGEST
from deskmate.faults import BadUsage
from deskmate.places import Places


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


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_forgotten_night_shift_ends_with_its_last_entry_after_midnight(desk: Desk, clock: FixedClock) -> None:
    clock.set(moment("2026-11-18T22:00:00-05:00"))
    shift = desk.shifts.start()
    clock.set(moment("2026-11-19T01:10:00-05:00"))
    last = desk.entries.tally("directional")
    assert last.shift == shift.id
    clock.set(moment("2026-11-20T09:00:00-05:00"))
    assert [each.id for each in desk.shifts.forgotten()] == [shift.id]
    summary = desk.reporting.shift_summary(desk.shifts.latest())
    assert (summary.n, summary.end - summary.start) == (1, LONGEST)  # it does not run on for days
    desk.shifts.start()
    ended = desk.log.shift(shift.id)
    assert ended is not None
    assert ended.ended_at == last.added_at
    assert desk.shifts.forgotten() == []


def test_a_forgotten_shift_is_ended_at_the_time_that_somebody_remembers(desk: Desk, clock: FixedClock) -> None:
    shift = desk.shifts.start()
    clock.advance(24 * 3600)
    with pytest.raises(BadUsage, match="began later"):
        desk.shifts.end(shift, "yesterday 9am")
    assert desk.shifts.end(shift, "yesterday 4pm").ended_at == moment("2026-11-18T16:00:00-05:00")
    with pytest.raises(BadUsage, match="ended already"):
        desk.shifts.end(desk.log.shift(shift.id))


def test_two_shifts_at_one_desk_from_two_computers_both_end(desk: Desk, clock: FixedClock) -> None:
    first = desk.shifts.start()
    clock.advance(60)
    second = desk.log.save_shift(first.with_(id=desk.log.new_id(), started_at=clock.now()))  # another computer's
    assert desk.shifts.current() == second
    assert [each.id for each in desk.shifts.forgotten()] == [first.id]
    clock.advance(60)
    desk.entries.tally("account")
    desk.shifts.end()
    assert desk.shifts.current() == first
    desk.shifts.end()
    assert desk.shifts.current() is None
    assert desk.reporting.range_summary(clock.now().date(), clock.now().date()).n == 1


def test_a_shift_of_a_clock_that_ran_ahead_does_not_hide_the_one_that_runs(desk: Desk, clock: FixedClock) -> None:
    now = clock.now()
    clock.set(now + timedelta(days=40))
    ahead = desk.shifts.start()
    clock.set(now)
    assert desk.shifts.current() is None
    running = desk.shifts.start()
    assert desk.shifts.current() == running
    assert desk.entries.tally("account").shift == running.id
    ended = desk.shifts.end(ahead)
    assert ended.ended_at == ended.started_at


def test_a_shift_never_ends_before_it_began(desk: Desk, clock: FixedClock) -> None:
    shift = desk.shifts.start()
    clock.advance(-600)
    assert desk.shifts.end().ended_at == shift.started_at
    assert desk.reporting.shift_summary(desk.shifts.latest()).n == 0


def test_a_renamed_desk_keeps_its_shift_and_its_handover(places: Places, clock: FixedClock) -> None:
    before = Desk(places, clock, environment={"DESKMATE_LIBRARY_DESK": "front"})
    shift = before.shifts.start("mk")
    before.shifts.leave_handover("Two laptops are out.")
    renamed = Desk(places, clock, environment={"DESKMATE_LIBRARY_DESK": "welcome"})
    assert renamed.shifts.current() is None
    clock.advance(20 * 3600)
    assert [each.desk for each in renamed.shifts.forgotten()] == ["front"]  # told, whatever it is called now
    both = {"DESKMATE_LIBRARY_DESK": "welcome", "DESKMATE_LIBRARY_FORMERLY": "front"}
    told = Desk(places, clock, environment=both)
    assert told.shifts.latest() == before.shifts.latest()
    waiting = told.shifts.waiting()
    assert waiting is not None
    assert waiting.id == shift.id


@pytest.mark.parametrize(
    ("start", "end", "hours", "logged"),
    [
        ("2026-10-31T22:00:00-04:00", "2026-11-01T06:00:00-05:00", 9, "2026-11-01T01:30:00-05:00"),
        ("2027-03-13T22:00:00-05:00", "2027-03-14T06:00:00-04:00", 7, "2027-03-14T03:30:00-04:00"),
    ],
)
def test_a_shift_over_either_change_of_the_clocks_is_as_long_as_it_was(
    desk: Desk, clock: FixedClock, start: str, end: str, hours: int, logged: str
) -> None:
    clock.set(moment(start))
    shift = desk.shifts.start()
    clock.set(moment(logged))
    assert desk.entries.tally("account", 2).shift == shift.id
    clock.set(moment(end))
    assert desk.shifts.current() is not None
    ended = desk.shifts.end()
    assert ended.ended_at is not None
    assert ended.ended_at - ended.started_at == timedelta(hours=hours)
    summary = desk.reporting.shift_summary(ended)
    assert (summary.n, summary.counted.hours[moment(logged).hour]) == (2, 2)


def test_a_handover_names_its_promises_until_each_is_taken(desk: Desk, clock: FixedClock) -> None:
    made = [desk.promises.make(desk.promises.draft(what, "fri 10:00")[0]) for what in ("one", "two")]
    report = desk.live.happened()
    desk.shifts.start("mk")
    shift = desk.shifts.leave_handover("Quiet.")
    assert report.ref not in shift.owed
    assert desk.promises.untaken() == {record.id for record in made}
    clock.advance(60)
    later = desk.promises.make(desk.promises.draft("three", "fri 10:00")[0])
    desk.shifts.accept(shift, "jo")
    taken = desk.promises.accept(made[0], "jo")
    assert desk.promises.untaken() == {made[1].id}
    assert "hand-over: not taken yet" in desk.promises.remarks(made[1], desk.promises.untaken())
    assert desk.promises.remarks(taken, desk.promises.untaken()) == ["for jo"]
    assert later.id not in desk.promises.untaken()
    desk.promises.done(made[1])
    assert desk.promises.untaken() == frozenset()


def test_in_the_middle_of_a_shift_the_desk_changes_hands(desk: Desk, clock: FixedClock) -> None:
    first = desk.shifts.start("mk", "Dana", "214")
    desk.shifts.leave_handover("Printer 2 jams.")
    clock.advance(3600)
    waiting = desk.shifts.waiting()
    assert waiting is not None
    desk.shifts.accept(waiting, "jo", "printer 2")
    ended = desk.log.shift(first.id)
    assert ended is not None
    assert (ended.ended_at, ended.accepted_by) == (clock.now(), "jo")
    following = desk.shifts.current()
    assert following is not None
    assert (following.staff, following.in_charge, following.extension) == ("jo", "Dana", "214")
    assert desk.shifts.waiting() is None


def test_a_handover_that_changed_while_it_was_read_is_not_accepted(desk: Desk, clock: FixedClock) -> None:
    record = desk.promises.make(desk.promises.draft("one", "fri 10:00")[0])
    desk.shifts.start("mk")
    read = desk.shifts.leave_handover("Quiet.")
    desk.shifts.leave_handover("The lift is stuck.")
    with pytest.raises(BadUsage, match="anew"):
        desk.promises.accept_handover(read, "jo", [record])
    assert desk.promises.untaken() == {record.id}
    read = desk.shifts.leave_handover("Quiet.")
    ended = desk.shifts.end()
    clock.advance(60)
    accepted = desk.promises.accept_handover(read, "jo", [])
    assert accepted.ended_at == ended.ended_at, "the shift runs again"
    with pytest.raises(BadUsage, match="accepted already"):
        desk.promises.accept_handover(read, "kk", [record])
    assert desk.log.shift(read.id) == accepted
