"""A year made from its days says what a year made from its records says."""

import json
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskmate.hours import DEFAULT
from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, STRAINS, Interaction
from deskmate.model.promise import Promise
from deskmate.reports.rolled import Plain, add_up, mark, plain_day
from deskmate.reports.standards import Goals
from deskmate.reports.summary import Summary, summarise
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
    whole: Summary = summarise(found, open_spans=spans, **options)
    added = summarise(add_up(kept_days(found)), open_spans=spans, promises=open_ones(found), **options)
    assert added == whole
    for name in ("channels", "offered", "lengths", "week"):  # equal tables may still be told in another order
        assert list(getattr(added.counted, name)) == list(getattr(whole.counted, name))


@given(found=records())
def test_a_day_names_its_open_promises(found: list[Interaction]) -> None:
    named = [record_id for _, plain in kept_days(found) for record_id in plain["open"]]
    assert named == [record.id for record in open_ones(found)]


def test_nothing_adds_up_to_nothing() -> None:
    assert add_up([]).counted.n == 0
    assert plain_day([])["counted"] == {}


def test_the_mark_is_the_same_each_time() -> None:
    assert mark() == mark()
