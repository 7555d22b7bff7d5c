"""Ranges as people ask for them, and the figures of a range against the exported records."""

import csv
import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.ranges import EARLIEST, LATEST, UNITS, Range
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.export import csv_lines, write_file

TODAY = date(2026, 11, 18)


def test_units_and_the_ones_beside() -> None:
    week = Range.around("week", TODAY)
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert week.moved(-1) == Range.around("week", date(2026, 11, 15))
    january = Range.around("month", date(2026, 2, 3)).moved(-1)
    assert (january.first, january.last) == (date(2026, 1, 1), date(2026, 1, 31))
    assert Range.around("month", date(2028, 2, 9)).last == date(2028, 2, 29)
    assert Range.around("year", TODAY).moved(1).words == "2027-01-01 to 2027-12-31"
    assert Range.around("day", TODAY).moved(-1).first == date(2026, 11, 17)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("edge", "by"), [(EARLIEST, -1), (LATEST, 1)])
def test_the_calendar_ends_without_a_fault(desk: Desk, unit: str, edge: date, by: int) -> None:
    there = Range.around(unit, edge).moved(by)
    assert there.moved(by) == there
    assert desk.reporting.range_summary(there.first, there.last, compare=True).n == 0


@pytest.mark.parametrize(
    "words", ["2026-11-01 to 2026-11-22", " 2026-11-01 - 2026-11-22 ", "2026-11-01\u20132026-11-22"]
)
def test_typed_days(words: str) -> None:
    found = Range.typed(words, TODAY)
    assert (found.first, found.last) == (date(2026, 11, 1), date(2026, 11, 22))
    assert found.moved(-1).words == "2026-10-10 to 2026-10-31"
    assert Range.typed("yesterday", TODAY).words == "2026-11-17 to 2026-11-17"


@pytest.mark.parametrize(
    "words", ["", "soon", "2026-11-22 to 2026-11-01", "2026-13-01 to today", "0001-01-01", "[/] to \u202e"]
)
def test_days_that_are_none_are_refused(words: str) -> None:
    with pytest.raises(BadUsage):
        Range.typed(words, TODAY)


def lived(desk: Desk, clock: FixedClock) -> None:
    """Three weeks, the change of the clocks on 1 November in them."""
    chance = random.Random(7)
    now = clock.now()
    for _ in range(120):
        at = now - timedelta(minutes=chance.randint(60, 21 * 24 * 60))
        at = at.astimezone(ZoneInfo("America/Detroit"))
        due = at + timedelta(hours=chance.randint(1, 40))
        closed = at + timedelta(hours=chance.randint(1, 40))
        state = chance.choice(["open", "done", "dropped"])
        promise = Promise(
            what="call back",
            due=due,
            made_at=at,
            state=state,
            closed_at=closed if state != "open" else None,
            kept=closed <= due if state == "done" else None,
        )
        desk.log.add(
            desk.entries.blank().with_(
                asked_at=at,
                added_at=at,
                strain=chance.choice(["calm", "tense", "red"]),
                place=chance.choice(["", "stairs", "a, b"]),
                kind=chance.choice(["account", "conduct"]),
                hold_seconds=chance.choice([0, 30, 90]),
                sensitive=chance.random() < 0.1,
                promise=promise if chance.random() < 0.5 else None,
            )
        )


def test_the_figures_agree_with_the_exported_records(desk: Desk, clock: FixedClock, tmp_path: Path) -> None:
    lived(desk, clock)
    first, last = date(2026, 10, 31), date(2026, 11, 16)
    found = desk.reporting.range_summary(first, last, small_cells=False)
    path = tmp_path / "all.csv"
    write_file(path, csv_lines(desk.log.between(date(2026, 10, 1), TODAY)))
    with path.open(encoding="utf-8-sig", newline="") as stream:
        every = list(csv.DictReader(stream))
    inside = [row for row in every if first <= datetime.fromisoformat(row["asked_at"]).date() <= last]
    plain = [row for row in inside if row["sensitive"] == "no"]
    assert found.n == len(inside)
    week = Counter((at.weekday(), at.hour) for at in (datetime.fromisoformat(row["asked_at"]) for row in plain))
    assert found.counted.week == week
    tension = Counter(
        (row["strain"], datetime.fromisoformat(row["asked_at"]).hour, row["place"])
        for row in plain
        if row["strain"] != "calm"
    )
    assert found.counted.tension == tension
    standards = {standard.name: standard for standard in found.standards}
    assert standards["hold"].number("met") == sum(row["hold_seconds"] == "30" for row in plain)
    assert standards["hold"].number("missed") == sum(row["hold_seconds"] == "90" for row in plain)
    owed = [
        row
        for row in every
        if row["promise_due"]
        and row["sensitive"] == "no"
        and first <= datetime.fromisoformat(row["promise_due"]).date() <= last
    ]
    missed = [
        row["id"]
        for row in owed
        if row["promise_kept"] == "no" or (row["promise_state"] == "open" and row["promise_due"])
    ]
    assert standards["callback"].number("met") == sum(row["promise_kept"] == "yes" for row in owed)
    assert {ref[-6:] for ref in standards["callback"].cases["missed"]} == {record_id[-6:] for record_id in missed}


def test_compared_with_the_same_number_of_days_before(desk: Desk, clock: FixedClock) -> None:
    lived(desk, clock)
    made = desk.reporting.range_summary(date(2026, 11, 5), date(2026, 11, 11), compare=True)
    assert made.before is not None
    assert made.before == desk.reporting.range_summary(date(2026, 10, 29), date(2026, 11, 4))
    assert made.before.end == made.start
    assert (made.before.end - made.before.start).days == 7
    with pytest.raises(BadUsage):
        desk.reporting.range_summary(date.min, date.min, compare=True)


def test_feedback_of_the_day_after_is_in_no_range(desk: Desk, clock: FixedClock) -> None:
    desk.log.save_feedback({"kind": "complaint", "text": "cold", "at": clock.now().isoformat()})
    assert desk.reporting.range_summary(TODAY - timedelta(days=1), TODAY - timedelta(days=1)).feedback.kinds == {}
    assert desk.reporting.range_summary(TODAY, TODAY).feedback.kinds == {"complaint": 1}


def test_a_promise_made_before_the_range_and_kept_in_it_is_in_its_figures(desk: Desk, clock: FixedClock) -> None:
    made = clock.now() - timedelta(days=9)
    due = clock.now() - timedelta(hours=2)
    promise = Promise(what="call", due=due, made_at=made, state="done", kept=True, closed_at=due)
    desk.log.add(desk.entries.blank().with_(asked_at=made, added_at=made, promise=promise))
    found = desk.reporting.range_summary(TODAY, TODAY)
    assert (found.n, found.promises.made, found.promises.kept) == (0, 0, 1)
    assert found.standards[0].number("met") == 1


def test_the_records_behind_a_figure_come_newest_first_and_no_more_than_fit(desk: Desk, clock: FixedClock) -> None:
    lived(desk, clock)
    found: list[Interaction] = [
        record for day in desk.reporting.behind(date(2026, 11, 1), TODAY, "kind:conduct") for record in day
    ]
    assert found
    assert all(record.kind == "conduct" for record in found)
    times = [record.asked_at.timestamp() for record in found]
    assert times == sorted(times, reverse=True)
    assert [record.ref for record in desk.reporting.named([found[3].ref, found[1].ref, "2026-11-01.ffffff"])] == [
        found[1].ref,
        found[3].ref,
    ]
