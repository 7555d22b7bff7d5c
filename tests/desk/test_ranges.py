"""Ranges as people ask for them, and the figures of a range against the exported records."""

import csv
import random
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.ranges import EARLIEST, LATEST, UNITS, Range, period_before
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.reports.export import csv_lines, write_file
from deskmate.reports.places import Where

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
    ("words", "days"),
    [
        ("last month", "2026-10-01 to 2026-10-31"),
        (" This  WEEK ", "2026-11-16 to 2026-11-22"),
        ("last year", "2025-01-01 to 2025-12-31"),
        ("this day", "2026-11-18 to 2026-11-18"),
        ("2026-02", "2026-02-01 to 2026-02-28"),
        ("2024", "2024-01-01 to 2024-12-31"),
    ],
)
def test_months_and_years_in_words(words: str, days: str) -> None:
    found = Range.typed(words, TODAY)
    assert found.words == days
    assert found.moved(-1).moved(1) == found


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2026-11-01", "2026-11-30", "2026-10-01 to 2026-10-31"),
        ("2026-03-01", "2026-03-31", "2026-02-01 to 2026-02-28"),
        ("2026-07-01", "2026-09-30", "2026-04-01 to 2026-06-30"),
        ("2024-01-01", "2024-12-31", "2023-01-01 to 2023-12-31"),
        ("2026-11-02", "2026-11-30", "2026-10-04 to 2026-11-01"),
        ("2026-11-01", "2026-11-29", "2026-10-03 to 2026-10-31"),
    ],
)
def test_whole_months_stand_beside_whole_months_and_days_beside_days(first: str, last: str, before: str) -> None:
    found = period_before(date.fromisoformat(first), date.fromisoformat(last))
    assert " to ".join(map(str, found)) == before


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "2026-13",
        "20261",
        "1969",
        "last decade",
        "next month",
        "2026-11-22 to 2026-11-01",
        "2026-13-01 to today",
        "0001-01-01",
        "[/] to \u202e",
    ],
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


def test_a_desk_has_its_own_contacts_promises_and_shifts_and_no_feedback(desk: Desk, clock: FixedClock) -> None:
    now = clock.now()
    there = desk.entries.blank().with_(branch="East", desk="Front desk", asked_at=now - timedelta(hours=3))
    promise = Promise(what="call", due=now - timedelta(hours=1), made_at=now - timedelta(hours=3))
    desk.log.add(there.with_(promise=promise, tags=("fact:toilets",), kind="directional"))
    desk.log.add(there.with_(id=desk.log.new_id(), sensitive=True))
    desk.entries.log({"kind": "account"})
    desk.log.save_feedback({"kind": "complaint", "text": "cold"})
    early = now.replace(hour=11, minute=0)
    desk.log.save_shift(Shift(id="s", branch="East", desk="Front desk", started_at=early, ended_at=now))
    east = desk.reporting.range_summary(TODAY, TODAY, where=Where("East"))
    assert (east.n, east.promises.overdue, east.feedback.kinds) == (1, 1, {})
    assert east.title == "Example Library, East"
    assert east.coverage.watched_hours == {11: 1, 12: 1, 13: 1}
    assert [standard.name for standard in east.standards] == ["callback"]
    whole = desk.reporting.range_summary(TODAY, TODAY)
    assert (whole.n, whole.feedback.kinds) == (3, {"complaint": 1})
    assert whole.spots == {("", ""): 1, ("East", "Front desk"): 1, ("Main", "Front desk"): 1}
    assert desk.reporting.spots(TODAY, TODAY) == [("East", "Front desk"), ("Main", "Front desk")]
    behind = [each for day in desk.reporting.behind(TODAY, TODAY, "all:", Where("East")) for each in day]
    assert [record.id for record in behind] == [there.id]


def test_no_hour_is_silent_before_the_log_began(desk: Desk, clock: FixedClock) -> None:
    desk.entries.log({"kind": "account"}, at=clock.now() - timedelta(hours=3))
    found = desk.reporting.range_summary(date(2026, 11, 1), TODAY)
    assert set(found.coverage.watched) == {(TODAY.weekday(), hour) for hour in range(9, 14)}
    assert [(point.name, point.n) for point in found.trend] == [("16 Nov to 18 Nov", 1)]


def test_a_shift_that_began_the_evening_before_covers_the_morning(desk: Desk, clock: FixedClock) -> None:
    evening = datetime(2026, 10, 31, 21, tzinfo=ZoneInfo("America/Detroit"))
    morning = datetime(2026, 11, 1, 6, 30, tzinfo=ZoneInfo("America/Detroit"))
    there = desk.entries.blank().with_(branch="East", desk="Front desk", asked_at=morning - timedelta(hours=4))
    desk.log.add(there)
    desk.log.save_shift(Shift(id="s", branch="East", desk="Front desk", started_at=evening, ended_at=morning))
    found = desk.reporting.range_summary(date(2026, 11, 1), date(2026, 11, 1), where=Where("East"))
    assert sorted(found.coverage.watched_hours) == [0, 1, 2, 3, 4, 5, 6]  # the clocks go back: hour 1 is met twice


def test_a_guide_ended_early_is_named_by_what_was_asked_there(desk: Desk, clock: FixedClock) -> None:
    for stopped in ("angry-patron/open", "angry-patron/gone", "nowhere/open"):
        desk.log.add(desk.entries.blank().with_(playbook="angry-patron", stopped=stopped))
    names = desk.reporting.range_summary(TODAY, TODAY).names
    title = desk.library.playbooks["angry-patron"].title
    assert names["angry-patron/open"] == f"{title}: {desk.library.playbooks['angry-patron'].steps['open'].ask}"
    assert names["angry-patron/gone"] == f"{title}: gone"
    assert "nowhere/open" not in names


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
