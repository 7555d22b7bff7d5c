"""What an hour usually has, and when today's is short enough to ask about."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.model.interaction import Interaction
from deskmate.reports.normal import WEEKS, by_hour, fallen_short, usual, whole_hours

NOON = datetime.fromisoformat("2026-11-18T12:00:00-05:00")
ELEVEN = NOON - timedelta(hours=1)


def _record(hour: int, **fields: object) -> Interaction:
    at = NOON.replace(hour=hour, minute=10)
    return Interaction(id=f"{hour:032x}", asked_at=at, added_at=at, **fields)  # type: ignore[arg-type]


def test_a_tally_of_none_is_an_hour_and_silence_is_not() -> None:
    assert by_hour([_record(9, count=0), _record(11, count=3), _record(11, entry="estimate", count=2)]) == {9: 0, 11: 5}


def test_sensitive_contacts_teach_nothing_since_their_hour_is_erased_later() -> None:
    assert by_hour([_record(11, sensitive=True)]) == {}


def test_seven_weeks_are_no_normal_and_eight_are() -> None:
    assert usual([{11: 9}] * (WEEKS - 1)) == {}
    assert usual([{11: 9}] * WEEKS) == {11: 9}


def test_an_hour_learns_from_its_newest_eight_days_and_not_from_silent_ones() -> None:
    days = [{11: 9}, {10: 4}] * 8 + [{11: 100, 10: 100}] * 8
    assert usual(days) == {11: 9, 10: 4}


@pytest.mark.parametrize(
    ("logged", "normal", "asked"),
    [(3, 9, True), (4, 9, False), (None, 9, True), (0, 9, False), (None, 1, False), (None, 4, True), (8, 16, True)],
)
def test_only_an_hour_far_below_its_usual_number_is_asked_about(logged: int | None, normal: int, asked: bool) -> None:
    today = {} if logged is None else {11: logged}
    assert (fallen_short(today, {11: normal}, [ELEVEN]) is not None) is asked


def test_the_question_is_one_line_and_silence_is_told_apart_from_few() -> None:
    few, none = (fallen_short(today, {11: 9}, [ELEVEN]) for today in ({11: 3}, {}))
    assert few is not None
    assert none is not None
    assert few.said == "11-12: 3 logged, usually 9"
    assert none.said == "11-12: nothing logged, usually 9"
    assert few.middle == ELEVEN + timedelta(minutes=30)


def test_of_two_short_hours_the_one_that_lacks_more_is_asked_about_and_of_two_alike_the_later() -> None:
    ten = ELEVEN - timedelta(hours=1)
    worse = fallen_short({10: 1, 11: 3}, {10: 20, 11: 9}, [ten, ELEVEN])
    alike = fallen_short({}, {10: 9, 11: 9}, [ten, ELEVEN])
    assert worse is not None
    assert alike is not None
    assert (worse.start, alike.start) == (ten, ELEVEN)


def test_only_hours_that_the_shift_saw_whole_count() -> None:
    begun = NOON.replace(hour=9, minute=15)
    assert [hour.hour for hour in whole_hours(begun, NOON + timedelta(minutes=59))] == [10, 11]
    assert whole_hours(NOON - timedelta(days=1), NOON)[0].hour == 0


@given(st.dictionaries(st.integers(0, 23), st.integers(0, 60)), st.dictionaries(st.integers(0, 23), st.integers(0, 60)))
def test_what_is_asked_about_always_lacks_something(today: dict[int, int], normal: dict[int, int]) -> None:
    hours = whole_hours(NOON.replace(hour=0), NOON.replace(hour=23))
    short = fallen_short(today, normal, hours)
    assert short is None or (short.logged != 0 and short.usual == normal[short.start.hour] > (short.logged or 0))
