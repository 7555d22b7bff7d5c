"""Zero is not nobody logged, on every night of the year."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.model.shift import Shift
from deskmate.reports.coverage import LONGEST_SHIFT, Coverage, Span, cover, shift_spans

SUNDAY = date(2026, 11, 22)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-22T{text}:00-05:00")


def hours(found: Coverage) -> tuple[list[int], list[int]]:
    return sorted(found.watched_hours), sorted(found.silent_hours)


@pytest.fixture
def eastern(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The computer's zone is Eastern time, given by its rule so that no zone files are needed."""
    monkeypatch.setenv("TZ", "EST5EDT,M3.2.0,M11.1.0")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_covered_hour_with_a_record_is_not_silent() -> None:
    found = cover([(at("09:00"), at("12:00"))], {(SUNDAY, 10)}, start=at("00:00"), end=at("23:00"))
    assert hours(found) == ([9, 10, 11], [9, 11])
    assert found.silent == {(6, 9): 1, (6, 11): 1}


def test_less_than_half_an_hour_says_nothing() -> None:
    found = cover([(at("09:31"), at("11:29"))], (), start=at("00:00"), end=at("23:00"))
    assert hours(found) == ([10], [10])
    assert hours(cover([(at("09:30"), at("11:30"))], (), start=at("00:00"), end=at("23:00"))) == ([9, 10, 11],) * 2


def test_hours_to_come_and_hours_before_the_period_are_not_looked_at() -> None:
    found = cover([(at("08:00"), at("17:00"))], (), start=at("09:00"), end=at("10:20"))
    assert hours(found) == ([9], [9])


def test_overlapping_spans_count_a_minute_once_and_touching_ones_add_up() -> None:
    twice = [(at("09:00"), at("09:20")), (at("09:00"), at("09:20"))]
    assert hours(cover(twice, (), start=at("00:00"), end=at("23:00"))) == ([], [])
    halves = [(at("09:20"), at("09:40")), (at("09:00"), at("09:20"))]
    assert hours(cover(halves, (), start=at("00:00"), end=at("23:00"))) == ([9], [9])


def test_a_span_that_ends_before_it_starts_covers_nothing() -> None:
    assert cover([(at("12:00"), at("09:00"))], (), start=at("00:00"), end=at("23:00")) == Coverage()


@pytest.mark.usefixtures("eastern")
def test_the_night_the_clocks_go_forward_has_no_hour_two() -> None:
    first, last = (
        datetime.fromisoformat("2026-03-08T00:00:00-05:00"),
        datetime.fromisoformat("2026-03-08T05:00:00-04:00"),
    )
    assert hours(cover([(first, last)], (), start=first, end=last))[0] == [0, 1, 3, 4]


@pytest.mark.usefixtures("eastern")
def test_the_night_the_clocks_go_back_meets_hour_one_twice_and_counts_it_once() -> None:
    first, last = (
        datetime.fromisoformat("2026-11-01T00:00:00-04:00"),
        datetime.fromisoformat("2026-11-01T03:00:00-05:00"),
    )
    found = cover([(first, last)], {(date(2026, 11, 1), 1)}, start=first, end=last)
    assert found.watched_hours == {0: 1, 1: 1, 2: 1}
    assert sorted(found.silent_hours) == [0, 2]


def test_a_computer_in_another_zone_does_not_move_the_desks_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XXX-9")
    time.tzset()
    try:
        first = datetime.fromisoformat("2026-03-08T00:00:00-05:00")
        last = datetime.fromisoformat("2026-03-08T05:00:00-04:00")
        assert hours(cover([(first, last)], (), start=first, end=last))[0] == [0, 1, 2, 3]
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_shift_nobody_ended_does_not_run_on() -> None:
    now = at("10:00") + timedelta(days=5)
    ended = Shift(id="a", desk="main", started_at=at("09:00"), ended_at=at("13:00"))
    forgotten = Shift(id="b", desk="main", started_at=at("09:00"))
    running = Shift(id="c", desk="main", started_at=now - timedelta(hours=1))
    assert shift_spans([ended, forgotten, running], now) == [
        (at("09:00"), at("13:00")),
        (at("09:00"), at("09:00") + LONGEST_SHIFT),
        (now - timedelta(hours=1), now),
    ]


spans = st.lists(
    st.tuples(st.integers(0, 2880), st.integers(1, 300)).map(
        lambda pair: (at("00:00") + timedelta(minutes=pair[0]), at("00:00") + timedelta(minutes=sum(pair)))
    ),
    max_size=5,
)


@given(spans, st.sets(st.tuples(st.sampled_from([SUNDAY, date(2026, 11, 23)]), st.integers(0, 23)), max_size=9))
def test_coverage_of_two_days_is_the_sum_of_each(found: list[Span], logged: set[tuple[date, int]]) -> None:
    start, midnight, end = at("00:00"), at("00:00") + timedelta(days=1), at("00:00") + timedelta(days=2)
    both = cover(found, logged, start=start, end=end)
    assert cover(found, logged, start=start, end=midnight) + cover(found, logged, start=midnight, end=end) == both


@given(spans)
def test_minute_by_minute_counting_finds_the_same_hours(found: list[Span]) -> None:
    start, end = at("00:00"), at("00:00") + timedelta(days=2)
    minutes = {start + timedelta(minutes=i) for i in range(2880)}
    inside = [m for m in minutes if any(first <= m < last for first, last in found)]
    slots = [(m.date(), m.hour) for m in inside]
    expected: dict[int, int] = {}
    for slot in set(slots):
        if slots.count(slot) >= 30:
            expected[slot[1]] = expected.get(slot[1], 0) + 1
    assert cover(found, (), start=start, end=end).watched_hours == expected
