"""Logging that is not forgotten: what is learned, when it is asked, and how it is never asked again."""

from datetime import timedelta

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.lull import Lull
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.reports.normal import WEEKS


def weeks(desk: Desk, clock: FixedClock, number: int = WEEKS, *, hour: int = 13, usual: int = 9) -> None:
    """So many earlier weeks in which this weekday had so many contacts in an hour."""
    now = clock.now()
    at = now.replace(hour=hour, minute=20)
    for back in range(1, number + 1):
        clock.set(now - timedelta(days=7 * back))
        desk.entries.log({"kind": "account", "count": usual}, at=at - timedelta(days=7 * back))
    clock.set(now)


def learned(desk: Desk) -> Lull:
    """The desk's lull when it has read all it wants."""
    while desk.lull.learn():
        pass
    return desk.lull


def test_an_hour_of_three_where_nine_are_usual_is_asked_about_once_a_shift(desk: Desk, clock: FixedClock) -> None:
    weeks(desk, clock)
    desk.entries.log({"count": 3}, at=clock.now().replace(hour=13, minute=5))
    lull = learned(desk)
    question = lull.question()
    assert question is not None
    assert question.said == "13-14: 3 logged, usually 9"
    assert lull.may_ask
    lull.asked()
    assert not lull.may_ask
    desk.shifts.start()
    assert lull.may_ask


def test_nothing_is_asked_before_eight_weeks_are_known(desk: Desk, clock: FixedClock) -> None:
    weeks(desk, clock, WEEKS - 1)
    assert learned(desk).question() is None
    assert not desk.lull.known


def test_another_desk_teaches_nothing(desk: Desk, places: Places, clock: FixedClock) -> None:
    weeks(desk, clock)
    other = Desk(places, clock, environment={"DESKMATE_LIBRARY_DESK": "children"})
    assert learned(other).question() is None


def test_an_hour_before_this_shift_is_nobody_elses_to_remember(desk: Desk, clock: FixedClock) -> None:
    weeks(desk, clock)
    desk.shifts.start()
    assert learned(desk).question() is None


def test_an_hour_that_was_called_empty_is_not_asked_about(desk: Desk, clock: FixedClock) -> None:
    weeks(desk, clock)
    desk.entries.nobody_came(clock.now().replace(hour=13, minute=30))
    assert learned(desk).question() is None


def test_one_day_is_read_at_a_time_and_no_more_than_are_needed(desk: Desk, clock: FixedClock) -> None:
    """A key never waits for more than one day; 26 weeks are not read when eight tell enough."""
    now = clock.now()
    clock.set(now.replace(hour=10, minute=5))
    weeks(desk, clock, 12, hour=9)
    assert sum(1 for _ in iter(desk.lull.learn, False)) == WEEKS - 1


@pytest.mark.parametrize("day", [None, "closed"])
def test_closed_hours_are_not_asked_about(places: Places, clock: FixedClock, day: str | None) -> None:
    desk = Desk(places, clock, environment={"DESKMATE_HOURS_WED": day or "14:00-20:00"})
    weeks(desk, clock)
    assert learned(desk).question() is None


def test_never_again_is_remembered_by_this_machine_and_can_be_taken_back(
    desk: Desk, places: Places, clock: FixedClock
) -> None:
    desk.lull.never()
    assert not Desk(places, clock, environment={}).lull.may_ask
    desk.lull.again()
    assert Desk(places, clock, environment={}).lull.may_ask


def test_a_library_that_does_not_want_to_be_asked_is_not(places: Places, clock: FixedClock) -> None:
    assert not Desk(places, clock, environment={"DESKMATE_DESK_ASK_FORGOTTEN": "no"}).lull.may_ask


def test_a_memory_that_is_damaged_or_cannot_be_written_only_asks_once_more(desk: Desk, places: Places) -> None:
    places.state.mkdir(parents=True, exist_ok=True)
    places.lull.write_text('["no memory"]', encoding="utf-8")
    assert desk.lull.may_ask
    places.lull.unlink()
    places.lull.mkdir()  # nothing can take its place
    desk.lull.asked()
    assert not desk.lull.may_ask
