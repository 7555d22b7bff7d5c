"""Promises are counted where they belong, private ones nowhere but as a report that is due."""

from datetime import datetime, timedelta
from typing import Any

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.promises import (
    PromiseCounts,
    closed_promises,
    count_promises,
    is_overdue,
    open_promises,
    rounds_of,
    told,
)

NOW = datetime.fromisoformat("2026-11-22T17:00:00-05:00")
START = NOW - timedelta(hours=8)


def owing(name: str, **facts: Any) -> Interaction:
    promise = Promise(**{"what": "call back", "due": NOW + timedelta(hours=1), "made_at": START, **facts})
    return Interaction(id=name, asked_at=promise.made_at, added_at=promise.made_at, promise=promise)


def found(*records: Interaction) -> PromiseCounts:
    return count_promises(records, start=START, end=NOW, now=NOW)


def test_each_state_is_counted_in_its_place() -> None:
    past, before = NOW - timedelta(hours=1), START - timedelta(days=2)
    counts = found(
        owing("open"),
        owing("overdue", due=past),
        owing("waiting", due=past, waiting_for="facilities"),
        owing("kept", state="done", kept=True, closed_at=past),
        owing("late", state="done", kept=False, closed_at=past),
        owing("untimed", state="done"),
        owing("dropped", state="dropped", closed_at=past),
        owing("old and open", made_at=before),
        owing("old, kept today", made_at=before, state="done", kept=True, closed_at=past),
        owing("old and over", made_at=before, state="done", kept=True, closed_at=before),
    )
    assert counts == PromiseCounts(made=7, kept=2, late=1, untimed=1, dropped=1, open=4, waiting=1, overdue=1)


def test_each_round_of_one_that_comes_again_is_a_promise_of_its_own() -> None:
    past, before = NOW - timedelta(hours=1), START - timedelta(days=7)
    rounds = (
        (before.isoformat(), before.isoformat(), True),
        (past.isoformat(), past.isoformat(), True),
        (past.isoformat(), NOW.isoformat(), False),
        ("no time", "none", True),  # as from another program
    )
    facts: dict[str, Any] = {"made_at": before, "every": "1 week", "rounds": rounds[:2]}
    assert found(owing("going on", **facts)) == PromiseCounts(made=1, kept=1, open=1)
    closed = owing("over", **facts, state="dropped", closed_at=past)
    assert found(closed) == PromiseCounts(made=1, kept=1, dropped=1)
    assert [each[2] for each in closed_promises(closed)] == ["kept", "kept", "dropped"]
    assert closed_promises(owing("going on", **facts)) == []
    assert len(rounds_of(owing("odd", **{**facts, "rounds": rounds}))) == 3
    assert rounds_of(owing("p", **facts, private=True)) == []


def test_a_private_promise_is_only_a_report_that_is_due() -> None:
    private = owing("p", what="incident at the door with J. Doe", private=True, due=START)
    assert found(private) == PromiseCounts(reports_due=1)
    assert private.promise is not None
    assert told(private.promise) == "incident report due"
    assert found(owing("p", private=True, state="done", kept=True, closed_at=START)) == PromiseCounts()


def test_a_record_given_twice_counts_once_as_given_last() -> None:
    assert found(owing("a"), owing("a", state="done", kept=True, closed_at=START)) == PromiseCounts(made=1, kept=1)


def test_counts_of_different_promises_add() -> None:
    first, second = owing("a"), owing("b", state="done", kept=False, closed_at=START)
    assert found(first) + found(second) == found(first, second)


def test_the_most_urgent_comes_first_and_what_waits_for_others_last() -> None:
    waiting = owing("w", due=START, waiting_for="facilities")
    soon, later = owing("s"), owing("l", due=NOW + timedelta(days=1))
    assert [record.id for record, _ in open_promises([waiting, later, soon, owing("d", state="done")])] == [
        "s",
        "l",
        "w",
    ]


def test_due_this_very_moment_is_not_overdue_yet() -> None:
    promise = Promise(what="x", due=NOW, made_at=START)
    assert not is_overdue(promise, NOW)
    assert is_overdue(promise, NOW + timedelta(seconds=1))
