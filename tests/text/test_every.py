"""What comes again: understood whole or refused, and the next time by the wall clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadUsage
from deskmate.hours import DEFAULT, Hours
from deskmate.text.due import parse
from deskmate.text.every import MOST, UNITS, Every, following, parse_again, stored

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 18, 14, 20, 35, tzinfo=TORONTO)
"""A Wednesday; closed on Sundays."""


@pytest.mark.parametrize(
    ("phrase", "said", "kept"),
    [
        ("every fri 10:00", "Fri 20 Nov 10:00, in 2 days, then every week", "1 week"),
        ("each tue morning", "Tue 24 Nov 10:00, in 6 days, then every week", "1 week"),
        ("fri 10:00, then every week", "Fri 20 Nov 10:00, in 2 days, then every week", "1 week"),
        ("fri 10:00 weekly", "Fri 20 Nov 10:00, in 2 days, then every week", "1 week"),
        ("daily 9am", "Thu 19 Nov 09:00, tomorrow, then every day", "1 day"),
        ("every day", "Thu 19 Nov 10:00, tomorrow, then every day", "1 day"),
        ("every open day at 9", "Thu 19 Nov 09:00, tomorrow, then every open day", "1 open"),
        ("every weekday 9am", "Thu 19 Nov 09:00, tomorrow, then every open day", "1 open"),
        ("every other fri 3pm", "Fri 20 Nov 15:00, in 2 days, then every 2 weeks", "2 week"),
        ("tomorrow 3pm every 2 weeks", "Thu 19 Nov 15:00, tomorrow, then every 2 weeks", "2 week"),
        ("every fortnight", "Wed 2 Dec 14:20, in 14 days, then every 2 weeks", "2 week"),
        ("every month on the 30th", "Mon 30 Nov 10:00, in 12 days, then every month", "1 month"),
        ("every sun 3pm", "Sun 22 Nov 15:00, in 4 days (closed that day), then every week", "1 week"),
    ],
)
def test_what_comes_again_is_understood_and_read_back(phrase: str, said: str, kept: str) -> None:
    due, every = parse_again(phrase, NOW, DEFAULT)
    assert every is not None
    assert (due.said, every.stored) == (said, kept)
    assert stored(every.stored) == every


@pytest.mark.parametrize(
    "phrase",
    ["every", "everyday", "every fri 10:00 maybe", "every mon and wed", "every 1.5 weeks", "every 0 days",
     "every 99 weeks", "every fri every week", "every day 25:00"],
)  # fmt: skip
def test_what_is_not_understood_whole_is_refused(phrase: str) -> None:
    with pytest.raises(BadUsage) as raised:
        parse_again(phrase, NOW, DEFAULT)
    assert raised.value.cure


def test_once_stays_once() -> None:
    assert parse_again("tomorrow 3pm", NOW, DEFAULT) == (parse("tomorrow 3pm", NOW, DEFAULT), None)


@pytest.mark.parametrize("words", ["", "week", "0 week", "1 year", "99 week", "-1 day", "1 week extra"])
def test_what_another_program_kept_and_we_do_not_know_comes_once(words: str) -> None:
    assert stored(words) is None


def test_ten_in_the_morning_stays_ten_when_the_clocks_change() -> None:
    began = datetime.fromisoformat("2026-10-31T10:00:00-04:00")
    after = began.astimezone(TORONTO)
    found = []
    for _ in range(3):
        after = following(Every(1, "day"), began, after, DEFAULT)
        found.append(after.isoformat())
    assert found == [f"2026-11-0{day}T10:00:00-05:00" for day in (1, 2, 3)]


def test_a_time_in_the_gap_comes_after_it_and_is_itself_again_the_next_day() -> None:
    began = datetime.fromisoformat("2027-03-13T02:30:00-05:00")
    gap = following(Every(1, "day"), began, began.astimezone(TORONTO), DEFAULT)
    assert gap.isoformat() == "2027-03-14T03:30:00-04:00"
    assert following(Every(1, "day"), began, gap, DEFAULT).isoformat() == "2027-03-15T02:30:00-04:00"


def test_the_thirty_first_comes_back_after_a_short_month() -> None:
    began = datetime(2027, 1, 31, 10, tzinfo=TORONTO)
    days, after = [], began
    for _ in range(3):
        after = following(Every(1, "month"), began, after, DEFAULT)
        days.append((after.month, after.day))
    assert days == [(2, 28), (3, 31), (4, 30)]


def test_open_days_pass_over_closed_ones_and_late_rounds_are_not_caught_up() -> None:
    began = datetime(2026, 11, 20, 9, tzinfo=TORONTO)
    monday = following(Every(1, "open"), began, datetime(2026, 11, 21, 12, tzinfo=TORONTO), DEFAULT)
    assert monday.isoformat() == "2026-11-23T09:00:00-05:00"
    later = following(Every(1, "week"), began, datetime(2026, 12, 24, 12, tzinfo=TORONTO), DEFAULT)
    assert later.isoformat() == "2026-12-25T09:00:00-05:00"


MOMENTS = st.integers(0, 3 * 366 * 86_400).map(lambda seconds: datetime.fromtimestamp(1_735_707_600 + seconds, TORONTO))
OFTEN = st.builds(Every, st.integers(1, MOST), st.sampled_from(UNITS))


@given(OFTEN, MOMENTS, st.timedeltas(timedelta(0), timedelta(days=500)), st.booleans())
def test_the_next_time_lies_ahead_and_no_time_between_is_left_out(
    every: Every, began: datetime, later: timedelta, never: bool
) -> None:
    hours = Hours((None,) * 7) if never else DEFAULT
    after = began + later
    found = following(every, began, after, hours)
    assert found.astimezone(UTC) > after.astimezone(UTC)
    step = {"day": 1, "open": 2, "week": 7, "month": 31}[every.unit] * every.number + 2
    assert found - after <= timedelta(days=step)


@given(st.text(max_size=90), st.sampled_from(["every ", "daily ", "each ", ""]))
def test_garbage_is_refused_or_lies_ahead(text: str, first: str) -> None:
    try:
        due, _ = parse_again(first + text, NOW, DEFAULT)
    except BadUsage:
        return
    assert due.at > NOW


@given(st.sampled_from(["fri 10:00", "tomorrow", "in 20", "before closing", "the 30th"]), OFTEN)
def test_the_echo_means_the_same(phrase: str, every: Every) -> None:
    due, again = parse_again(f"{phrase} {every.said}", NOW, DEFAULT)
    assert again == every
    assert parse_again(due.said, NOW, DEFAULT) == (due, every)
