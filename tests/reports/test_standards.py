"""Service standards: what the log knows is judged, what it does not know is not claimed."""

from datetime import date, datetime, timedelta
from itertools import count as numbers
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskmate.hours import CLOSED, DEFAULT, Hours
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports import render
from deskmate.reports.figures import to_json
from deskmate.reports.standards import MET, MISSED, OPEN, UNKNOWN, Goals, Standard, answer_by
from deskmate.reports.summary import Material, Summary, summarise
from deskmate.settings import Standards

START = datetime.fromisoformat("2026-11-16T00:00:00-05:00")
END = START + timedelta(days=7)
NOW = START + timedelta(days=5, hours=12)
IDS = numbers()


def contact(hours: float = 10, **facts: Any) -> Interaction:
    asked = START + timedelta(hours=hours)
    return Interaction(**{"id": f"{next(IDS):032x}", "asked_at": asked, "added_at": asked, **facts})


def owed(due: float, state: str = "open", *, kept: bool | None = None, **facts: Any) -> Interaction:
    sensitive = facts.pop("sensitive", False)
    promise: dict[str, Any] = {
        "what": "call back",
        "due": START + timedelta(hours=due),
        "made_at": START,
        "state": state,
        "kept": kept,
    }
    return contact(promise=Promise(**(promise | facts)), sensitive=sensitive)


def summed(*records: Interaction, standards: Standards | None = None, hours: Hours = DEFAULT, **more: Any) -> Summary:
    goals = Goals(standards or Standards(), 60, hours)
    return summarise(
        Material(records, **{"title": "T", "start": START, "end": END, "now": NOW, "goals": goals, **more})
    )


def named(summary: Summary, name: str) -> Standard:
    return next(standard for standard in summary.standards if standard.name == name)


def states(standard: Standard) -> dict[str, int]:
    return {state: standard.number(state) for state in standard.cases}


def test_a_hold_is_met_up_to_the_limit_itself_and_only_where_its_clock_ran() -> None:
    at, over = contact(hold_seconds=60), contact(hold_seconds=61)
    others = [contact(), contact(hold_seconds=99, sensitive=True), contact(hold_seconds=99, entry="estimate")]
    found = named(summed(at, over, *others, contact(hold_seconds=99, count=4)), "hold")
    assert found.cases == {MET: (at.ref,), MISSED: (over.ref,)}
    assert found.verdict == MISSED


def test_a_promise_is_judged_in_the_period_it_was_promised_for() -> None:
    kept, late = owed(20, "done", kept=True), owed(21, "done", kept=False)
    untimed, gone = owed(22, "done"), owed(23, "dropped")
    overdue, ahead, waiting = owed(24), owed(150), owed(25, waiting_for="the other branch")
    elsewhere = [owed(-5, "done", kept=True), owed(24 * 8, "done", kept=False), owed(24 * 8), owed(-5)]
    quiet = [owed(24, private=True), owed(24, sensitive=True), owed(24, "done", kept=False, sensitive=True)]
    found = named(summed(kept, late, untimed, gone, overdue, ahead, waiting, *elsewhere, *quiet), "callback")
    assert found.cases == {
        MET: (kept.ref,),
        MISSED: tuple(sorted((late.ref, overdue.ref))),
        UNKNOWN: (untimed.ref,),
        OPEN: tuple(sorted((ahead.ref, waiting.ref))),
    }


def test_a_snoozed_promise_is_judged_by_the_time_it_was_promised_first() -> None:
    first = (START + timedelta(hours=20)).isoformat()
    assert states(named(summed(owed(300, snoozed_from=(first,))), "callback")) == {MISSED: 1}
    assert states(named(summed(owed(20, snoozed_from=("soon",))), "callback")) == {MISSED: 1}


@pytest.mark.parametrize(("percent", "verdict"), [(100, MISSED), (76, MISSED), (75, MET), (1, MET)])
def test_the_share_that_was_set_decides(percent: int, verdict: str) -> None:
    records = [*(owed(20, "done", kept=True) for _ in range(3)), owed(20, "done", kept=False), owed(20, "done")]
    assert named(summed(*records, standards=Standards(callback_percent=percent)), "callback").verdict == verdict


def complaint(came: datetime, answered: datetime | None = None, **more: Any) -> dict[str, Any]:
    told = {"answer": "moved", "answered_at": answered.isoformat()} if answered else {}
    return {"kind": "complaint", "id": f"{next(IDS):032x}", "at": came.isoformat(), "text": "noise", **told, **more}


def test_a_complaint_has_until_the_end_of_the_next_open_day() -> None:
    saturday = START + timedelta(days=5, hours=16)
    documents = [
        complaint(saturday, saturday + timedelta(days=2)),  # Sunday is closed, Monday is in time
        complaint(saturday, saturday + timedelta(days=3)),
        complaint(saturday),
        complaint(START, answer="moved"),
        complaint(START, text=""),
        complaint(START),
        {"kind": "kudos", "id": "x", "at": START.isoformat(), "text": "thanks"},
    ]
    found = named(summed(feedback=documents, now=saturday + timedelta(days=1)), "complaint")
    assert states(found) == {MET: 1, MISSED: 2, UNKNOWN: 2, OPEN: 1}


def test_working_days_are_counted_over_closed_days_and_a_change_of_clocks() -> None:
    assert answer_by(date(2026, 10, 31), 1, DEFAULT) == date(2026, 11, 2)  # the clocks go back on that Sunday
    assert answer_by(date(2026, 11, 20), 3, DEFAULT) == date(2026, 11, 24)
    never = Hours((None,) * 7)
    assert answer_by(date(2026, 11, 20), 1, never) is None
    assert states(named(summed(feedback=[complaint(START)], hours=never), "complaint")) == {UNKNOWN: 1}
    zone = ZoneInfo("America/Detroit")
    came = datetime(2026, 10, 31, 23, 30, tzinfo=zone)
    answered = datetime(2026, 11, 2, 23, 59, tzinfo=zone)
    assert states(named(summed(feedback=[complaint(came, answered)]), "complaint")) == {MET: 1}


def test_what_is_not_set_or_has_no_case_is_not_told() -> None:
    assert summed().standards == ()
    documents = [complaint(START)]
    off = Standards(callback_percent=0, complaint_days=0)
    assert summed(owed(20), feedback=documents, standards=off).standards == ()


def test_refs_are_told_only_where_the_number_is() -> None:
    few = [owed(20, "done", kept=False) for _ in range(2)]
    hidden = summed(*few, small_cells=True)
    assert to_json(hidden)["standards"]["callback"]["missed"] == "<3"
    for form in (render.text(hidden), render.markdown(hidden), render.html(hidden), render.csv(hidden)):
        assert few[0].ref not in form.replace("\\", "")
    own, many = summed(*few), summed(*few, owed(20, "done", kept=False), small_cells=True)
    for form in (render.text(own), render.html(own), render.csv(own), render.html(many)):
        assert few[0].ref in form


def test_holds_are_kept_back_with_the_other_timings() -> None:
    held = [contact(hold_seconds=90, seconds=100) for _ in range(29)]
    whole_month: dict[str, Any] = {"start": NOW - timedelta(days=28), "end": NOW, "small_cells": True}
    assert to_json(summed(*held, **whole_month))["standards"]["hold"] == {
        "title": "On hold 60 s at most, in all",
        "withheld": True,
    }
    assert held[0].ref not in render.text(summed(*held, **whole_month))
    enough = [*held, contact(hold_seconds=90, seconds=100)]
    assert to_json(summed(*enough, **whole_month))["standards"]["hold"]["missed"] == 30


def test_closed_is_no_day_to_answer_on() -> None:
    only_monday = Hours.parse(dict.fromkeys(("tue", "wed", "thu", "fri", "sat", "sun"), CLOSED))
    assert answer_by(date(2026, 11, 16), 2, only_monday) == date(2026, 11, 30)
