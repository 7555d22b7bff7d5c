"""The course of a period."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from deskmate.reports.trend import Point, trend

MONDAY = date(2026, 11, 16)


def course(daily: dict[date, int], watched: set[date], first: date, last: date, today: date = date.max) -> list[Point]:
    return list(trend(daily, watched, first=first, last=last, today=today))


def test_a_week_goes_by_days_zero_is_not_nobody_logged_and_a_closed_day_is_left_out() -> None:
    tuesday, wednesday = (MONDAY + timedelta(days=number) for number in (1, 2))
    found = course({MONDAY: 5, tuesday: 0}, {MONDAY, tuesday, wednesday}, MONDAY, MONDAY + timedelta(days=6))
    assert [(point.name, point.n) for point in found] == [("Mon 16 Nov", 5), ("Tue 17 Nov", 0), ("Wed 18 Nov", None)]


def test_days_to_come_are_no_part_of_it() -> None:
    watched = {MONDAY + timedelta(days=number) for number in range(5)}
    found = course({MONDAY: 1}, watched, MONDAY, MONDAY + timedelta(days=6), MONDAY + timedelta(days=1))
    assert [point.n for point in found] == [1, None]


def test_a_month_goes_by_weeks_cut_at_its_ends() -> None:
    found = course({date(2026, 11, 1): 2, date(2026, 11, 30): 3}, set(), date(2026, 11, 1), date(2026, 11, 30))
    assert [(point.name, point.n, point.whole) for point in found] == [("1 Nov", 2, False), ("30 Nov", 3, False)]
    assert course({MONDAY: 1}, set(), date(2026, 11, 1), date(2026, 11, 30))[0].name == "16 Nov to 22 Nov"


def test_years_go_by_months_and_many_years_by_years() -> None:
    daily = {date(2025, 2, 28): 1, date(2026, 12, 31): 2}
    assert [point.name for point in course(daily, set(), date(2025, 1, 1), date(2026, 12, 31))] == [
        "Feb 2025",
        "Dec 2026",
    ]
    assert [(p.name, p.whole) for p in course(daily, set(), date(2020, 1, 2), date(2026, 12, 31))] == [
        ("2025", True),
        ("2026", True),
    ]


def test_one_day_has_no_course() -> None:
    assert course({MONDAY: 3}, {MONDAY}, MONDAY, MONDAY) == []


@given(
    st.dates(date(1999, 1, 1), date(2030, 1, 1)),
    st.integers(1, 1500),
    st.dictionaries(st.integers(0, 1500), st.integers(0, 9), max_size=12),
)
def test_the_parts_hold_every_contact_once_and_never_leave_the_period(
    first: date, days: int, numbers: dict[int, int]
) -> None:
    last = first + timedelta(days=days)
    daily = {first + timedelta(days=number): n for number, n in numbers.items() if number <= days}
    found = course(daily, set(), first, last)
    assert sum(point.n or 0 for point in found) == sum(daily.values())
    assert all(first <= point.first <= point.last <= last for point in found)
    assert all(one.last < other.first for one, other in pairwise(found))
