"""A year made from its days says what a year made from its records says."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskmate.hours import DEFAULT
from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, STRAINS, Interaction
from deskmate.model.promise import Promise
from deskmate.reports import render
from deskmate.reports.places import Where
from deskmate.reports.rolled import Plain, add_up, closed_of, mark, open_of, plain_day, roll_up
from deskmate.reports.standards import Goals
from deskmate.reports.summary import Material, Summary, summarise
from deskmate.settings import Standards

START = datetime.fromisoformat("2026-11-16T00:00:00-05:00")
END = START + timedelta(days=7)
WORDS = st.sampled_from(["", "payment plan", "talk, later", "1,2"])


@st.composite
def promises(draw: st.DrawFn) -> Promise:
    made = START + timedelta(hours=draw(st.integers(-30, 200)))
    state = draw(st.sampled_from(["open", "done", "dropped"]))
    closed = draw(st.none() | st.integers(0, 90)) if state != "open" else None
    return Promise(
        what="call back",
        due=made + timedelta(hours=draw(st.integers(0, 200))),
        made_at=made,
        state=state,
        kept=draw(st.sampled_from([True, False, None])) if state == "done" else None,
        closed_at=None if closed is None else made + timedelta(hours=closed),
        waiting_for=draw(WORDS) if state == "open" else "",
        private=draw(st.booleans()),
    )


@st.composite
def records(draw: st.DrawFn) -> list[Interaction]:
    found = []
    for number in range(draw(st.integers(0, 12))):
        asked = START + timedelta(minutes=draw(st.integers(0, 7 * 24 * 60 - 1)))
        facts: dict[str, Any] = {
            "channel": draw(st.sampled_from(CHANNELS)),
            "kind": draw(st.sampled_from(KINDS)),
            "strain": draw(st.sampled_from(STRAINS)),
            "outcome": draw(st.sampled_from(OUTCOMES)),
            "entry": draw(st.sampled_from(ENTRIES)),
            "count": draw(st.integers(0, 3)),
            "read": draw(st.none() | st.integers(1, 6)),
            "seconds": draw(st.none() | st.integers(0, 900)),
            "uncertain": draw(st.booleans()),
            "hold_seconds": draw(st.integers(0, 90)),
            "sensitive": draw(st.booleans()),
            "incident": draw(st.booleans()),
            "taught": draw(st.booleans()),
            "source_used": draw(st.booleans()),
            "offered": tuple(filter(None, draw(st.lists(WORDS, max_size=2)))),
            "authority": draw(WORDS),
            "referred_to": draw(WORDS),
            "branch": draw(st.sampled_from(["", "Main", "East, upper"])),
            "desk": draw(st.sampled_from(["", "Front desk"])),
            "stopped": draw(st.sampled_from(["", "angry-patron/open", "noise/open"])),
            "promise": draw(st.none() | promises()),
        }
        found.append(Interaction(id=f"{number:032x}", asked_at=asked, added_at=asked, **facts))
    return sorted(found, key=lambda record: (record.asked_at, record.id))


def kept_days(found: Sequence[Interaction]) -> list[tuple[date, Plain]]:
    """The days as they come back from a file."""
    days: dict[date, list[Interaction]] = defaultdict(list)
    for record in found:
        days[record.day].append(record)
    return [(day, json.loads(json.dumps(plain_day(of_day)))) for day, of_day in days.items()]


def open_ones(found: Sequence[Interaction]) -> list[Interaction]:
    return [record for record in found if record.promise is not None and record.promise.state == "open"]


@given(found=records(), small_cells=st.booleans())
def test_the_days_say_what_the_records_say(found: list[Interaction], small_cells: bool) -> None:
    options: dict[str, Any] = {"title": "Week", "start": START, "end": END, "now": END, "small_cells": small_cells}
    options["goals"] = Goals(Standards(), 60, DEFAULT)
    spans = [(START + timedelta(hours=9), START + timedelta(hours=17))]
    whole: Summary = summarise(Material(found, open_spans=spans, **options))
    added = summarise(Material(add_up(kept_days(found)), open_spans=spans, promises=open_ones(found), **options))
    assert replace(added, standards=()) == replace(whole, standards=())
    assert added.standards == whole.standards
    assert render.text(added) == render.text(whole)  # equal tables may still be told in another order
    assert json.dumps(render.to_json(added)) == json.dumps(render.to_json(whole))


@given(found=records())
def test_a_day_names_its_open_promises(found: list[Interaction]) -> None:
    named = [record_id for _, plain in kept_days(found) for record_id in open_of(plain)]
    assert sorted(named) == sorted(record.id for record in open_ones(found))


@given(found=records(), branch=st.sampled_from(["main", "East, Upper"]), desk=st.sampled_from(["", "FRONT DESK"]))
def test_the_days_of_a_desk_are_what_its_records_say(found: list[Interaction], branch: str, desk: str) -> None:
    there = [
        record
        for record in found
        if not record.sensitive
        and record.branch.lower() == branch.lower()
        and (not desk or record.desk.lower() == desk.lower())
    ]
    where = Where(branch, desk)
    added, counted = add_up(kept_days(found), where), roll_up(there)
    assert replace(added, closed=(), held=()) == replace(counted, closed=(), held=())
    assert sorted(added.closed) == sorted(counted.closed)
    assert sorted(added.held) == sorted(counted.held)
    days = kept_days(found)
    assert sorted(each for _, day in days for each in closed_of(day, where)) == sorted(counted.closed)
    assert sorted(each for _, day in days for each in open_of(day, where)) == sorted(
        each.id for each in open_ones(there)
    )


def test_nothing_adds_up_to_nothing() -> None:
    assert add_up([]).counted.n == 0
    assert plain_day([]) == {"parts": []}


def test_the_mark_is_the_same_each_time() -> None:
    assert mark() == mark()
