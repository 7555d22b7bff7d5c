"""The summary: honest numbers, nobody's name, nothing told that should not be."""

from datetime import datetime, timedelta
from itertools import count as numbers
from statistics import median
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.reports.sections import sections
from deskmate.reports.summary import Material, Summary, summarise
from deskmate.reports.voice import Said

START = datetime.fromisoformat("2026-11-22T09:00:00-05:00")
END = START + timedelta(hours=8)
IDS = numbers()


def contact(minutes: int = 0, **facts: Any) -> Interaction:
    asked = START + timedelta(minutes=minutes)
    return Interaction(**{"id": f"{next(IDS):032x}", "asked_at": asked, "added_at": asked, **facts})


def summed(records: list[Interaction], **options: Any) -> Summary:
    return summarise(Material(records, **{"title": "Shift", "start": START, "end": END, "now": END, **options}))


def test_estimates_are_never_mixed_with_what_was_counted() -> None:
    found = summed(
        [contact(), contact(entry="late"), contact(entry="tally", count=7), contact(entry="estimate", count=90)]
    )
    assert found.n == 9
    assert found.counted.entries == {"live": 1, "late": 1, "tally": 7}
    assert found.estimated.n == 90
    assert found.counted.channels == {"in-person": 9}


def test_an_hour_says_zero_only_when_somebody_said_zero() -> None:
    shift = Shift(id="s", desk="main", started_at=START, ended_at=START + timedelta(hours=4))
    found = summed([contact(10), contact(70, entry="tally", count=0), contact(500)], shifts=[shift])
    assert found.hour_cells == {9: 1, 10: 0, 11: None, 12: None, 17: 1}


def test_opening_hours_can_be_given_instead_of_shifts() -> None:
    found = summed([contact(10)], open_spans=[(START, START + timedelta(hours=2))], now=START + timedelta(minutes=100))
    assert found.hour_cells == {9: 1, 10: None}


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=30))
def test_timings_agree_with_an_independent_calculation(lengths: list[int]) -> None:
    records = [contact(seconds=seconds) for seconds in lengths]
    found = summed([*records, contact(seconds=9000, uncertain=True), contact(), contact(seconds=99, count=3)]).duration
    assert found is not None
    assert found.median == median(lengths)
    assert (found.longest, found.measured, found.uncertain) == (max(lengths), len(lengths), 1)
    assert found.total_minutes == round(sum(lengths) / 60)


def test_nothing_measured_is_no_timing() -> None:
    assert summed([contact()]).duration is None


def test_holds_are_long_from_the_limit_on() -> None:
    found = summed([contact(hold_seconds=60), contact(hold_seconds=61), contact(hold_seconds=200), contact()])
    assert (found.long_holds, found.longest_hold) == (2, 200)
    assert summed([contact(hold_seconds=200)], hold_limit=200).long_holds == 0


def test_beyond_the_own_shift_timings_wait_for_a_month_and_thirty_contacts() -> None:
    many = [contact(seconds=60) for _ in range(30)]
    month = {"end": START + timedelta(days=28), "small_cells": True}
    assert summed(many, **month).duration is not None
    assert summed(many[:29], **month).duration is None
    assert summed(many, small_cells=True).duration is None
    assert summed(many[:1]).duration is not None


def owing(what: str, **facts: Any) -> Interaction:
    promise = Promise(**{"what": what, "due": END - timedelta(hours=1), "made_at": START, **facts})
    return contact(outcome="promised", promise=promise)


def test_what_to_watch_names_what_is_overdue_and_what_is_due() -> None:
    records = [
        owing("call back about the printer"),
        owing("met J. Doe at the door", private=True),
        owing("find the form", waiting_for="the county"),
        contact(strain="tense"),
        contact(strain="red"),
    ]
    assert summed(records).watch == (
        "1 incident report is due.",
        "Overdue since Sun 22 Nov 16:00: call back about the printer.",
        "2 hard contacts (1 red, 1 tense). Offer a swap and a debrief.",
    )


def test_one_hard_contact_or_a_long_period_brings_no_advice_to_swap() -> None:
    assert summed([contact(strain="red")]).watch == ("1 hard contact (1 red).",)
    two = [contact(strain="red"), contact(strain="red")]
    assert summed(two, end=START + timedelta(days=7)).watch == ("2 hard contacts (2 red).",)


def test_a_long_list_of_overdue_promises_is_cut_and_says_so() -> None:
    watch = summed([], promises=[owing(f"thing {place}") for place in range(5)]).watch
    assert len(watch) == 4
    assert watch[-1] == "2 more promises overdue."


def test_beyond_the_own_shift_nothing_of_single_contacts_is_told() -> None:
    assert summed([owing("call back"), contact(strain="red")], small_cells=True).watch == ()


def test_feedback_that_names_a_colleague_is_counted_and_not_told() -> None:
    found = summed(
        [],
        feedback=[
            {
                "kind": "suggestion",
                "text": "A chair\nby the printer",
                "answer": "It is there now",
                "offered": ["a", "b"],
            },
            {"kind": "complaint", "text": "Pat was rude", "restricted": True},
            {"kind": "complaint", "text": "Too cold"},
        ],
    )
    assert found.feedback.kinds == {"suggestion": 1, "complaint": 2}
    assert found.feedback.answered == 1
    assert found.feedback.said == (
        Said("suggestion", "A chair by the printer", "a, b", "It is there now"),
        Said("complaint", "Too cold"),
    )


def test_what_was_answered_is_told_to_all_unless_it_is_about_a_colleague_or_staff_s_own() -> None:
    told = {"text": "Too cold", "answer": "The heater is mended"}
    found = summed(
        [],
        answered=[
            {"kind": "complaint", **told, "theme": "building"},
            {"kind": "complaint", **told, "restricted": True},
            {"kind": "wish", **told},
            {"kind": "kudos", **told},
            {"kind": "refusal", "text": "", "answer": "The words are erased"},
        ],
    )
    assert found.feedback.done == (Said("complaint", "Too cold", "", "The heater is mended", "building"),)


def test_themes_are_counted_by_month_with_those_about_colleagues_and_small_cells_are_hidden() -> None:
    def said(month: int, theme: str, **more: Any) -> dict[str, Any]:
        return {"kind": "complaint", "text": "x y", "at": f"2026-{month:02}-09T10:00:00-05:00", "theme": theme, **more}

    feedback = [
        said(9, "rules", restricted=True),
        *(said(11, "rules") for _ in range(3)),
        said(10, "fees"),
        said(9, ""),
    ]
    feedback.append({**said(9, "rules"), "kind": "wish"})
    start = datetime.fromisoformat("2026-09-01T00:00:00-04:00")
    options: dict[str, Any] = {"start": start, "feedback": feedback, "small_cells": True}
    found = summed([], **options)
    assert found.feedback.themes == {"rules": {"2026-09": 1, "2026-11": 3}, "fees": {"2026-10": 1}, "": {"2026-09": 1}}
    (table,) = (section for section in sections(found) if section.title == "Themes by month")
    assert table.head == ("Theme", "Sep", "Oct", "Nov")
    assert table.grid == (
        ("Rules", "<3", "0", "3"),
        ("No theme", "<3", "0", "0"),
        ("Fees", "0", "<3", "0"),
    )
    one_day = summed([], feedback=feedback)
    assert not any(section.title == "Themes by month" for section in sections(one_day))


def test_over_more_than_a_year_months_are_told_with_their_year() -> None:
    start = datetime.fromisoformat("2025-11-01T00:00:00-04:00")
    found = summed([], start=start, feedback=[{"kind": "complaint", "at": "2026-11-09", "theme": "rules"}])
    (table,) = (section for section in sections(found) if section.title == "Themes by month")
    assert (len(table.head), table.head[1], table.head[3], table.head[-1]) == (14, "Nov 25", "Jan 26", "Nov 26")


def test_a_period_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadUsage, match="ends before"):
        summed([], end=START - timedelta(seconds=1))
