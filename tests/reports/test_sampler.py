"""The typical week and the year: chosen, multiplied, and called what they are."""

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.reports.counting import RULES
from deskmate.reports.sampler import HOLIDAYS, DayCount, Survey, survey
from deskmate.reports.survey_words import survey_json, survey_text

OPEN = (*[frozenset(range(9, 17))] * 6, frozenset[int]())
"""Monday to Saturday, 9 to 17."""
YEAR = 2026
WHOLE = date(2027, 1, 4)
BEGUN = date(2026, 11, 25)


def day(contacts: int, *, reference: int | None = None, guessed: int = 0) -> DayCount:
    """A day with so many contacts, a third of them reference transactions unless said otherwise."""
    counted = contacts // 3 if reference is None else reference
    return DayCount(contacts, {"pls": counted}, {"pls": guessed}, frozenset(range(9, 16)))


def year(contacts: Mapping[date, int] | None = None, *, usual: int = 30) -> dict[date, DayCount]:
    """Every open day of the year, some with other numbers; a number below zero takes a day out."""
    days = (date(YEAR, 1, 1) + timedelta(days=number) for number in range(365))
    numbers = {each: (contacts or {}).get(each, usual) for each in days if OPEN[each.weekday()]}
    return {each: day(number) for each, number in numbers.items() if number >= 0}


def made(days: Mapping[date, DayCount], today: date = BEGUN, *, quarters: bool = False) -> Survey:
    return survey(YEAR, days, OPEN, today, [RULES["pls"]], quarters=quarters)


def test_a_typical_week_of_october_is_chosen_and_taken_52_times() -> None:
    found = made(year())
    (week,) = found.sample
    assert week.start == date(2026, 10, 5)
    assert (week.contacts, week.silent_hours, week.open_hours) == (180, 6, 48)
    (figure,) = found.figures
    assert (figure.number, figure.low, figure.high, figure.method) == (52 * 60, 52 * 60, 52 * 60, "ES")


def test_busy_slow_and_broken_weeks_are_passed_over() -> None:
    """October is busy throughout, so the typical week lies elsewhere; a holiday's week is not looked at."""
    october = {date(2026, 10, 5) + timedelta(days=number): 300 for number in range(28)}
    found = made(year({**october, date(2026, 1, 12): -1}))
    (week,) = found.sample
    assert week.contacts == 180
    assert week.start.month != 10
    assert week.start == date(2026, 1, 5)
    assert found.left_out == 1
    assert found.missing == 1


def test_the_range_is_the_middle_half_of_the_weeks_and_holds_the_figure() -> None:
    days = {each: day(20 + each.timetuple().tm_yday % 5 * 6 + each.isocalendar().week) for each in year()}
    found = made(days)
    (figure,) = found.figures
    weeks = sorted(week.reference["pls"] for week in found.usable)
    assert figure.low <= figure.number <= figure.high
    assert weeks[0] * 52 < figure.low < figure.high < weeks[-1] * 52
    low, high = found.middle_half
    assert f"the middle half had {low} to {high} contacts" in " ".join(survey_text(found).split())


def test_one_week_a_quarter_is_taken_13_times_each_and_needs_all_four() -> None:
    whole = made(year(), WHOLE.replace(year=2026, month=12, day=20), quarters=True)
    assert [week.start.month for week in whole.sample] == [1, 4, 7, 10]
    assert whole.figures[0].number == 52 * 60
    summer = {each: -1 for each in year() if each.month in (7, 8, 9)}
    assert made(year(summer), quarters=True).figures == ()


@pytest.mark.parametrize(("missing", "method"), [(0, "CT"), (HOLIDAYS, "CT"), (HOLIDAYS + 1, "ES")])
def test_a_year_that_is_over_and_logged_is_a_count(missing: int, method: str) -> None:
    mondays = [each for each in year() if each.weekday() == 0]
    found = made(year(dict.fromkeys(mondays[:missing], -1)), WHOLE)
    assert found.figures[0].method == method
    assert found.counted is (method == "CT")
    if found.counted:
        assert found.figures[0].number == 10 * (len(year()) - missing)


def test_an_estimate_in_a_counted_year_makes_the_figure_an_estimate_with_a_range() -> None:
    days = year()
    days[date(2026, 3, 2)] = day(30, guessed=5)
    (figure,) = made(days, WHOLE).figures
    assert (figure.method, figure.high - figure.low, figure.number) == ("ES", 5, figure.high)


def test_a_year_without_a_whole_week_says_so_and_invents_nothing() -> None:
    found = made({date(2026, 3, 2): day(30)})
    assert found.figures == ()
    assert "nothing to multiply" in " ".join(survey_text(found).split())


def test_every_figure_stands_with_its_rule_and_what_it_is() -> None:
    text = " ".join(survey_text(made(year())).split())
    assert "Public Libraries Survey (502): 3,120 estimated (ES)" in text
    assert RULES["pls"].text in text
    assert "The week of Mon 5 Oct 2026: 180 contacts, taken 52 times" in text
    told = survey_json(made(year()))
    assert told["figures"]["pls"] == {
        "number": 3120, "low": 3120, "high": 3120, "method": "ES", "rule": RULES["pls"].text,
    }  # fmt: skip


@given(st.dictionaries(st.integers(0, 364), st.integers(0, 400), max_size=365), st.integers(0, 370), st.booleans())
def test_whatever_was_logged_a_figure_lies_in_its_range(logged: dict[int, int], passed: int, quarters: bool) -> None:
    first = date(YEAR, 1, 1)
    days = {first + timedelta(days=number): day(contacts) for number, contacts in logged.items()}
    found = made(days, first + timedelta(days=passed), quarters=quarters)
    assert all(figure.low <= figure.number <= figure.high for figure in found.figures)
    assert max(map(len, survey_text(found, 60).splitlines())) <= 60
