"""A period beside the one before, tension by hour and place, and the records behind a figure."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.model.interaction import Interaction
from deskmate.reports import render
from deskmate.reports.cases import stands_behind
from deskmate.reports.compare import compared
from deskmate.reports.figures import to_json
from deskmate.reports.rows import Row
from deskmate.reports.sections import sections
from deskmate.reports.summary import Material, Summary, summarise
from deskmate.reports.tension import weather
from deskmate.text.clean import cells
from tests.reports.made_up import NOW, records
from tests.reports.test_standards import END, START, contact


def summed(found: list[Interaction], **more: Any) -> Summary:
    return summarise(Material(found, **{"title": "T", "start": START, "end": END, "now": END, **more}))


def some(number: int, **facts: Any) -> list[Interaction]:
    return [contact(**facts) for _ in range(number)]


@pytest.mark.parametrize(
    ("now", "then", "told"),
    [
        (5, 3, "5, before 3: 2 more"),
        (3, 5, "3, before 5: 2 fewer"),
        (4, 4, "4, before 4: the same"),
        (2, 5, "<3, before 5: fewer"),
        (5, 1, "5, before <3: more"),
        (0, 1, "0, before <3: fewer"),
        (1, 2, "<3, before <3: too few to compare"),
        (2, 2, "<3, before <3: too few to compare"),
    ],
)
def test_two_numbers_and_a_direction(now: int, then: int, told: str) -> None:
    kind = {"kind": "policy"}
    rest = some(9)
    found = compared(summed([*some(now, **kind), *rest], small_cells=True), summed([*some(then, **kind), *rest]))
    assert dict(found)["Policy"] == told


def test_every_form_has_the_period_before_and_says_that_this_one_runs_on() -> None:
    before = summed(some(4), start=START - timedelta(days=7), end=START)
    made = summed(some(6), now=END - timedelta(days=1))
    both = replace(made, before=before)
    for form in (render.text(both), render.markdown(both), render.html(both)):
        assert "6, before 4: 2 more" in form
        assert "not over yet" in " ".join(form.split())
    assert to_json(both)["before"]["contacts"]["total"] == 4
    assert "before,contacts/total,4" in render.csv(both)
    assert "before" not in to_json(made)


def test_nothing_logged_before_is_no_zero() -> None:
    told = render.text(replace(summed(some(6)), before=summed([])))
    assert "nothing was logged" in told
    assert "before 0" not in told


def test_tension_is_told_by_hour_and_place_with_the_red_ones() -> None:
    hard = [
        *some(3, strain="tense", place="stairs"),
        contact(strain="red", place=" stairs "),
        contact(11, strain="red"),
        contact(11, strain="tense", place="hidden", sensitive=True),
        contact(12, place="stairs"),
    ]
    assert weather(summed(hard)) == (("stairs", "Not noted"), {10: ("4 (1)", ""), 11: ("", "1 (1)")})
    assert weather(summed(hard, small_cells=True)) == (
        ("stairs", "Not noted"),
        {10: ("4 (<3)", ""), 11: ("", "<3")},
    )
    assert weather(summed(hard, start=START, end=START + timedelta(days=1))) is None
    assert to_json(summed(hard))["tension"] == {"10": {"stairs": "4 (1)"}, "11": {"Not noted": "1 (1)"}}


@settings(max_examples=25)
@given(st.lists(records, max_size=15), st.booleans())
def test_the_columns_of_tension_hold_every_hard_contact(found: list[Interaction], narrow: bool) -> None:
    places = ["a"] if narrow else [str(number % 9) for number in range(15)]
    moved = [record.with_(place=place) for record, place in zip(found, places * 15, strict=False)]
    summary = summed(moved, start=NOW - timedelta(days=9), end=NOW)
    grid = weather(summary)
    cells_ = [told for row in grid[1].values() for told in row if told] if grid else []
    hard = [r for r in moved if r.strain != "calm" and not r.sensitive and r.entry != "estimate"]
    assert sum(int(told.partition(" ")[0].replace(",", "")) for told in cells_) == sum(r.count for r in hard)


@settings(max_examples=25)
@given(st.lists(records, max_size=12, unique_by=lambda record: record.id))
def test_the_records_behind_a_line_add_up_to_its_number(found: list[Interaction]) -> None:
    summary = summed(found, start=NOW - timedelta(days=9), end=NOW, names={})
    rows: list[Row] = [row for section in sections(summary) for row in section.rows if row.cases]
    for row in rows:
        behind = [record for record in found if stands_behind(record, row.cases)]
        if row.number is not None and not row.cases.startswith(("standard", "offered")):
            assert sum(record.count for record in behind) == row.number, row.cases
    hours = Counter(hour for (_, hour), n in summary.counted.week.items() for _ in range(n))
    for section in sections(summary):
        for key in section.keys:
            if key.startswith("hour:"):
                behind = [record for record in found if stands_behind(record, key)]
                assert sum(record.count for record in behind) == hours[int(key[5:])]


@settings(max_examples=25)
@given(st.lists(records, max_size=6), st.integers(40, 120))
def test_lines_for_the_screen_fit_and_belong_to_their_rows(found: list[Interaction], width: int) -> None:
    summary = summed(found, start=NOW - timedelta(days=9), end=NOW, small_cells=True)
    for section in sections(summary):
        lines = render.addressed(section, width)
        assert all(cells(line) <= width for line, _ in lines)
        keys = dict.fromkeys(key for _, key in lines if key)
        assert list(keys) == [row.cases for row in section.rows if row.cases] or section.grid
