"""Where a sign may help: a simple count must agree with the window that slides."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deskmate.reports.signs import OFTEN, Sign, suggest_signs

FIRST = date(2026, 1, 1)
TITLES = {"fact:toilets": "Where are the toilets?", "directory:shelter": "Night shelter"}


def test_the_most_asked_comes_first_and_what_is_asked_now_and_then_stays_away() -> None:
    days = [(FIRST, {"fact:toilets": 12, "directory:shelter": 23, "fact:gone": 99})]
    assert suggest_signs(days, TITLES, 90) == (
        Sign("directory:shelter", "Night shelter", 23, 30),
        Sign("fact:toilets", "Where are the toilets?", 12, 30),
    )
    assert suggest_signs([(FIRST, {"fact:toilets": OFTEN - 1})], TITLES, 90) == ()


def test_ten_over_a_year_are_no_sign() -> None:
    days = [(FIRST + timedelta(days=30 * number), {"fact:toilets": 1}) for number in range(12)]
    assert suggest_signs(days, TITLES, 365) == ()


def test_the_thirtieth_day_counts_and_the_day_after_does_not() -> None:
    for gap, found in ((29, 10), (30, 0)):
        days = [(FIRST, {"fact:toilets": 5}), (FIRST + timedelta(days=gap), {"fact:toilets": 5})]
        assert sum(sign.asked for sign in suggest_signs(days, TITLES, 60)) == found


@given(st.dictionaries(st.integers(0, 120), st.integers(1, 9), max_size=40))
def test_it_agrees_with_counting_every_window(asked: dict[int, int]) -> None:
    days = [(FIRST + timedelta(days=day), {"fact:toilets": asked[day]}) for day in sorted(asked)]
    most = max((sum(asked.get(day, 0) for day in range(start, start + 30)) for start in range(121)), default=0)
    assert [sign.asked for sign in suggest_signs(days, TITLES, 121)] == ([most] if most >= OFTEN else [])
