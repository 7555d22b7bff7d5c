"""Due phrases: the desk's own words, never a past time, and a refusal rather than a guess."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadUsage
from deskmate.hours import DEFAULT, Hours
from deskmate.text.due import FARTHEST, ago, parse

TORONTO = ZoneInfo("America/Toronto")
NOW = datetime(2026, 11, 18, 14, 20, 35, tzinfo=TORONTO)
"""A Wednesday; open 9:00 to 20:00 until Thursday, 9:00 to 18:00 on Friday, to 17:00 on Saturday, closed on Sunday."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TORONTO)


UNDERSTOOD = {
    "in 20": "2026-11-18 14:40",
    "in 20 min": "2026-11-18 14:40",
    "20m": "2026-11-18 14:40",
    "In 20 Minutes.": "2026-11-18 14:40",
    "in an hour": "2026-11-18 15:20",
    "half an hour": "2026-11-18 14:50",
    "in half an hour": "2026-11-18 14:50",
    "in 2 h": "2026-11-18 16:20",
    "in 1h30": "2026-11-18 15:50",
    "in 1 h 30 min": "2026-11-18 15:50",
    "an hour and a half": "2026-11-18 15:50",
    "in one and a half hours": "2026-11-18 15:50",
    "in a quarter of an hour": "2026-11-18 14:35",
    "2 h from now": "2026-11-18 16:20",
    "in a couple of hours": "2026-11-18 16:20",
    "in 3 days": "2026-11-21 14:20",
    "in 3 days at 10": "2026-11-21 10:00",
    "in a week": "2026-11-25 14:20",
    "in two weeks": "2026-12-02 14:20",
    "in a month": "2026-12-18 14:20",
    "a week from today": "2026-11-25 14:20",
    "a week from fri 10am": "2026-11-27 10:00",
    "tomorrow": "2026-11-19 10:00",
    "tomorrow 3pm": "2026-11-19 15:00",
    "3pm tomorrow": "2026-11-19 15:00",
    "tomorrow at 3": "2026-11-19 15:00",
    "tomorrow morning": "2026-11-19 10:00",
    "tomorrow am": "2026-11-19 10:00",
    "tomorrow afternoon": "2026-11-19 14:00",
    "first thing tomorrow": "2026-11-19 09:00",
    "day after tomorrow": "2026-11-20 10:00",
    "fri": "2026-11-20 10:00",
    "fri morning": "2026-11-20 10:00",
    "friday 10:30": "2026-11-20 10:30",
    "by friday": "2026-11-20 10:00",
    "wed": "2026-11-25 10:00",
    "next tue": "2026-11-24 10:00",
    "next fri": "2026-11-27 10:00",
    "this fri": "2026-11-20 10:00",
    "today": "2026-11-18 19:45",
    "today 4": "2026-11-18 16:00",
    "at 4": "2026-11-18 16:00",
    "at 4:30": "2026-11-18 16:30",
    "4.30pm": "2026-11-18 16:30",
    "4:30 p.m.": "2026-11-18 16:30",
    "4 o'clock today": "2026-11-18 16:00",
    "half past 4": "2026-11-18 16:30",
    "quarter to 5": "2026-11-18 16:45",
    "16:30": "2026-11-18 16:30",
    "1630": "2026-11-18 16:30",
    "5ish": "2026-11-18 17:00",
    "around 5": "2026-11-18 17:00",
    "10:15": "2026-11-19 10:15",
    "9am": "2026-11-19 09:00",
    "2pm": "2026-11-19 14:00",
    "04:30": "2026-11-19 04:30",
    "noon": "2026-11-19 12:00",
    "midday fri": "2026-11-20 12:00",
    "before closing": "2026-11-18 19:45",
    "at closing": "2026-11-18 20:00",
    "fri before closing": "2026-11-20 17:45",
    "end of day": "2026-11-18 19:45",
    "eod tomorrow": "2026-11-19 19:45",
    "at opening": "2026-11-19 09:00",
    "tomorrow before lunch": "2026-11-19 11:45",
    "fri after lunch": "2026-11-20 13:00",
    "later today": "2026-11-18 16:20",
    "this afternoon": "2026-11-18 16:00",
    "tonight": "2026-11-18 19:00",
    "in the morning": "2026-11-19 10:00",
    "top of the hour": "2026-11-18 15:00",
    "the 30th": "2026-11-30 10:00",
    "the 3rd": "2026-12-03 10:00",
    "30 nov": "2026-11-30 10:00",
    "nov 30": "2026-11-30 10:00",
    "30th of november": "2026-11-30 10:00",
    "fri 20 nov": "2026-11-20 10:00",
    "nov 30 4pm": "2026-11-30 16:00",
    "30 nov 2026": "2026-11-30 10:00",
    "30 nov 1630": "2026-11-30 16:30",
    "5 jan": "2027-01-05 10:00",
    "29 feb": "2028-02-29 10:00",
    "2026-11-30": "2026-11-30 10:00",
    "2026-11-30 14:00": "2026-11-30 14:00",
    "2026-11-30T14:00": "2026-11-30 14:00",
}


@pytest.mark.parametrize(("phrase", "moment"), UNDERSTOOD.items())
def test_the_words_of_a_desk_are_understood(phrase: str, moment: str) -> None:
    assert parse(phrase, NOW, DEFAULT).at == at(moment)


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("in 20", "today 14:40, in 20 min"),
        ("in 2 h", "today 16:20, in 2 h"),
        ("4:30", "today 16:30, in 2 h 10 min"),
        ("before closing", "today 19:45, 15 min before closing"),
        ("fri before closing", "Fri 20 Nov 17:45, 15 min before closing"),
        ("tomorrow 3pm", "Thu 19 Nov 15:00, tomorrow"),
        ("at opening", "Thu 19 Nov 09:00, at opening"),
        ("5 jan", "Tue 5 Jan 2027 10:00, in 48 days"),
        ("sun morning", "Sun 22 Nov 10:00, in 4 days (closed that day)"),
        ("sun 4", "Sun 22 Nov 16:00, in 4 days (closed that day)"),
        ("20:30", "today 20:30, in 6 h 10 min (after closing)"),
        ("07:00", "Thu 19 Nov 07:00, tomorrow (before opening)"),
    ],
)
def test_the_answer_is_read_back(phrase: str, said: str) -> None:
    assert parse(phrase, NOW, DEFAULT).said == said


@pytest.mark.parametrize(
    ("phrase", "what"),
    [
        ("", "No time was given."),
        ("soonish", '"soonish" was not understood as a time.'),
        ("tomorrow maybe", 'In "tomorrow maybe", "maybe" was not understood.'),
        ("in 20 min or so", 'In "in 20 min or so", "or so" was not understood.'),
        ("30/11", '"30/11" can be two different days.'),
        ("3/4/27 4pm", '"3/4/27" can be two different days.'),
        ("4 nov 10", '"4 nov 10" can be read in two ways.'),
        ("30 nov 2028", '"30 nov 2028" can be read in two ways.'),
        ("31 nov", 'There is no day "31 nov".'),
        ("thu 20 nov", 'There is no day "thu 20 nov".'),
        ("4", '"4" alone can be a time or minutes.'),
        ("20", '"20" alone can be a time or minutes.'),
        ("at 8:30", "Neither 08:30 nor 20:30 is in the opening hours."),
        ("today 2pm", "Today 14:00 has passed."),
        ("before lunch", "Today 11:45 has passed."),
        ("2026-11-01", "Sun 1 Nov 10:00 has passed."),
        ("sun before closing", "The library is closed on Sun 22 Nov."),
        ("end of shift", "It is not known when that shift ends."),
        ("in 0 min", '"in 0 min" is now.'),
        ("in 1000 days", '"in 1000 days" is more than two years away.'),
        ("in 9999 weeks", '"in 9999 weeks" is too far away.'),
        ("9999-12-31", '"9999-12-31" is too far away.'),
        ("2026-11-31 10:00", '"2026-11-31 10:00" is no date and time.'),
        ("25:00", '"25:00" was not understood as a time.'),
        ("16pm", '"16pm" was not understood as a time.'),
        ("in an", '"in an" was not understood as a time.'),
        ("tonight fri", 'In "tonight fri", "fri" was not understood.'),
    ],
)
def test_what_is_not_understood_is_refused_with_the_words_and_an_example(phrase: str, what: str) -> None:
    with pytest.raises(BadUsage) as raised:
        parse(phrase, NOW, DEFAULT)
    assert raised.value.what == what
    assert raised.value.cure


def test_the_end_of_the_shift_is_used_when_it_is_known() -> None:
    due = parse("end of shift", NOW, DEFAULT, shift_end=at("2026-11-18 17:30"))
    assert (due.at, due.said) == (at("2026-11-18 17:30"), "today 17:30, end of shift")


def test_a_time_alone_moves_to_the_next_open_day() -> None:
    saturday = at("2026-11-21 16:45")
    assert parse("4:30", saturday, DEFAULT).at == at("2026-11-23 16:30")
    assert parse("16:30", saturday, DEFAULT).at == at("2026-11-23 16:30")


def test_after_the_last_quarter_of_an_hour_before_closing_is_refused() -> None:
    with pytest.raises(BadUsage, match="Today 19:45 has passed"):
        parse("before closing", at("2026-11-18 19:50"), DEFAULT)
    assert parse("at closing", at("2026-11-18 19:50"), DEFAULT).at == at("2026-11-18 20:00")


def test_later_today_stays_today() -> None:
    assert parse("later today", at("2026-11-18 18:30"), DEFAULT).at == at("2026-11-18 19:45")
    with pytest.raises(BadUsage, match="no later today"):
        parse("later today", at("2026-11-18 23:00"), DEFAULT)


def test_a_library_that_never_opens_still_has_a_clock() -> None:
    never = Hours((None,) * 7)
    assert parse("16:30", NOW, never).at == at("2026-11-18 16:30")
    assert parse("2pm", NOW, never).at == at("2026-11-19 14:00")
    assert parse("fri 4", NOW, never).at == at("2026-11-20 16:00")
    with pytest.raises(BadUsage):
        parse("at opening", NOW, never)


def test_minutes_are_real_and_days_are_by_the_wall_clock_when_the_clocks_change() -> None:
    before = at("2026-10-31 14:00")
    assert parse("tomorrow 3pm", before, DEFAULT).at.isoformat() == "2026-11-01T15:00:00-05:00"
    assert parse("in 3 days", before, DEFAULT).at.isoformat() == "2026-11-03T14:00:00-05:00"
    night = at("2026-11-01 00:50")
    due = parse("in 100 min", night, DEFAULT)
    assert due.at.astimezone(UTC) - night.astimezone(UTC) == timedelta(minutes=100)
    assert due.at.isoformat() == "2026-11-01T01:30:00-05:00"
    assert parse("02:30", at("2027-03-13 20:00"), DEFAULT.with_days({"sun": DEFAULT.week[0]})).at.isoformat() == (
        "2027-03-14T03:30:00-04:00"
    )


def test_a_fixed_offset_of_this_computers_zone_follows_its_clock_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    if not hasattr(time, "tzset"):
        pytest.skip("this system cannot change its zone for one test")
    monkeypatch.setenv("TZ", "America/Toronto")
    time.tzset()
    try:
        now = datetime(2026, 10, 31, 18, 0, tzinfo=UTC).astimezone()
        assert isinstance(now.tzinfo, timezone)
        assert parse("tomorrow 3pm", now, DEFAULT).at.isoformat() == "2026-11-01T15:00:00-05:00"
        foreign = now.astimezone(timezone(timedelta(hours=2)))
        assert parse("tomorrow 3pm", foreign, DEFAULT).at.isoformat() == "2026-11-01T15:00:00+02:00"
        later = datetime(2026, 11, 1, 18, 0, tzinfo=UTC).astimezone()
        assert ago("yesterday 4pm", later).isoformat() == "2026-10-31T16:00:00-04:00"
    finally:
        monkeypatch.undo()
        time.tzset()


CHANGES = tuple(datetime.fromisoformat(f"{day}T06:00:00+00:00") for day in ("2026-11-01", "2027-03-14", "2027-11-07"))
MOMENTS = st.one_of(
    st.integers(0, 5 * 366 * 86_400).map(lambda seconds: datetime.fromtimestamp(1_735_707_600 + seconds, TORONTO)),
    st.tuples(st.sampled_from(CHANGES), st.integers(-10_000, 10_000)).map(
        lambda pair: (pair[0] + timedelta(seconds=pair[1])).astimezone(TORONTO)
    ),
)
"""Any second of 2025 to 2029, and often one near a change of the clocks."""
SPANS = st.one_of(st.none(), st.tuples(st.sampled_from([6, 9, 10, 13]), st.sampled_from([14, 17, 20, 22])))
WORDS = st.sampled_from([*UNDERSTOOD, "sat", "sunday 3pm", "in 90 min", "evening", "31st", "1am", "0030", "in 50 h"])


@st.composite
def libraries(draw: st.DrawFn) -> Hours:
    days = [draw(SPANS) for _ in range(7)]
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    return Hours.parse(
        {name: [f"{day[0]}:00", f"{day[1]}:30"] if day else "closed" for name, day in zip(names, days, strict=True)}
    )


@given(WORDS, MOMENTS, libraries())
def test_the_answer_is_never_past_and_its_echo_means_the_same(phrase: str, now: datetime, hours: Hours) -> None:
    try:
        due = parse(phrase, now, hours)
    except BadUsage:
        return
    assert now.astimezone(UTC) < due.at.astimezone(UTC) <= now.astimezone(UTC) + FARTHEST
    again = parse(due.said, now, hours)
    assert again.at.replace(tzinfo=None) == due.at.replace(tzinfo=None)
    if again.at.fold == due.at.fold:  # the hour that comes twice a year reads the same both times
        assert again.said == due.said


@given(
    st.one_of(st.text(max_size=90), st.lists(st.sampled_from(" ".join(UNDERSTOOD).split()), max_size=6).map(" ".join))
)
def test_garbage_is_refused_or_lies_ahead(phrase: str) -> None:
    try:
        due = parse(phrase, NOW, DEFAULT)
    except BadUsage:
        return
    assert due.at > NOW


@given(WORDS, st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=8).map(lambda word: f"q{word}x"))
def test_a_word_too_many_is_always_refused(phrase: str, word: str) -> None:
    with pytest.raises(BadUsage):
        parse(f"{phrase} {word}", NOW, DEFAULT)


@pytest.mark.parametrize(
    ("phrase", "moment"),
    [
        ("20m ago", "2026-11-18 14:00"),
        ("2h ago", "2026-11-18 12:20"),
        ("half an hour ago", "2026-11-18 13:50"),
        ("an hour ago", "2026-11-18 13:20"),
        ("10:15", "2026-11-18 10:15"),
        ("at 9", "2026-11-18 09:00"),
        ("1:30", "2026-11-18 13:30"),
        ("today 9", "2026-11-18 09:00"),
        ("yesterday 4pm", "2026-11-17 16:00"),
        ("yesterday 4", "2026-11-17 16:00"),
        ("2026-11-17 10:00", "2026-11-17 10:00"),
        ("2026-11-17T10:00:30", "2026-11-17 10:00:30"),
        ("2026-11-17T15:00:00Z", "2026-11-17 10:00"),
        ("now", "2026-11-18 14:20:35"),
    ],
)
def test_what_happened_is_understood(phrase: str, moment: str) -> None:
    assert ago(phrase, NOW) == at(moment)


@pytest.mark.parametrize(
    "phrase", ["16:00", "4:30", "2026-11-19 10:00", "tomorrow", "yesterday", "in 20", "9", "", "blah ago", "x" * 500]
)
def test_the_future_and_the_unclear_are_refused_as_past(phrase: str) -> None:
    with pytest.raises(BadUsage) as raised:
        ago(phrase, NOW)
    assert raised.value.cure


@given(st.one_of(st.text(max_size=40), WORDS.map(lambda words: f"{words} ago"), WORDS), MOMENTS)
def test_what_happened_never_lies_ahead(phrase: str, now: datetime) -> None:
    try:
        moment = ago(phrase, now)
    except BadUsage:
        return
    assert moment.astimezone(UTC) <= now.astimezone(UTC)
