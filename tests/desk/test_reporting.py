"""The summary of a range of days, made from what each day came to."""

from datetime import timedelta

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.model.interaction import KINDS
from deskmate.model.promise import Promise
from deskmate.places import Places
from deskmate.settings import COUNTABLE


def test_a_range_tells_what_its_days_came_to(desk: Desk, clock: FixedClock) -> None:
    today = clock.now().date()
    for back in (40, 2, 1, 0):
        desk.entries.log({"kind": "device", "count": 2}, at=clock.now() - timedelta(days=back))
    for _ in range(2):
        assert desk.reporting.range_summary(today - timedelta(days=2), today).counted.kinds == {"device": 6}
    desk.entries.log({"kind": "policy"}, at=clock.now() - timedelta(days=1))
    assert desk.reporting.range_summary(today - timedelta(days=2), today).counted.kinds == {"device": 6, "policy": 1}


def test_an_old_open_promise_is_told_before_the_log_has_caught_up(desk: Desk, clock: FixedClock) -> None:
    asked = clock.now() - timedelta(days=200)
    promise = Promise(what="call back", due=asked + timedelta(days=1), made_at=asked)
    desk.log.add(desk.entries.blank().with_(asked_at=asked, promise=promise))
    desk.log.close()
    (desk.places.cache / "promises.json").unlink(missing_ok=True)
    again = Desk(desk.places, clock, environment={})
    assert again.log.open_promises() == []
    found = again.reporting.range_summary(asked.date(), asked.date()).promises
    assert (found.made, found.open, found.overdue) == (1, 1, 1)


def test_a_closed_promise_is_counted_in_the_range_it_was_closed_in(desk: Desk, clock: FixedClock) -> None:
    made = clock.now() - timedelta(days=3)
    closed = clock.now() - timedelta(days=1)
    promise = Promise(what="call back", due=closed, made_at=made, state="done", kept=True, closed_at=closed)
    desk.log.add(desk.entries.blank().with_(asked_at=made, promise=promise))
    whole = desk.reporting.range_summary(made.date(), clock.now().date()).promises
    assert (whole.made, whole.kept) == (1, 1)
    first = desk.reporting.range_summary(made.date(), made.date()).promises
    assert (first.made, first.kept) == (1, 0)


def test_a_range_that_ends_before_it_begins_is_refused(desk: Desk, clock: FixedClock) -> None:
    today = clock.now().date()
    with pytest.raises(BadUsage):
        desk.reporting.range_summary(today, today - timedelta(days=1))


def test_a_library_chooses_what_its_own_rule_counts(desk: Desk, places: Places, clock: FixedClock) -> None:
    today = clock.now().date()
    for kind in ("device", "device", "account", "directional"):
        desk.entries.log({"kind": kind})
    assert desk.reporting.range_summary(today, today).counted.rules["local"] == 3
    with places.settings.open("a", encoding="utf-8") as file:
        file.write('\n[standards]\nlocal_rule = ["device", "directional"]\n')
    again = Desk(places, clock, environment={}).reporting
    made = again.range_summary(today, today)
    assert made.counted.rules["local"] == 3
    assert [rule.text for rule in made.rules][-1] == "Counts contacts of these kinds: directional, device."
    behind = [record.kind for records in again.behind(today, today, "rule:local") for record in records]
    assert sorted(behind) == ["device", "device", "directional"]
    assert again.shift_summary(None).counted.rules["local"] == 3


def test_a_kind_that_is_none_is_told_and_the_usual_ones_serve(places: Places, clock: FixedClock) -> None:
    with places.settings.open("a", encoding="utf-8") as file:
        file.write('\n[standards]\nlocal_rule = ["devise"]\n')
    desk = Desk(places, clock, environment={})
    assert "local_rule" in desk.settings_notices[0].what
    assert desk.settings.standards.local_rule == KINDS[1:]
    assert COUNTABLE == KINDS


def test_a_shift_of_another_desk_is_told_under_its_name(places: Places, clock: FixedClock) -> None:
    there = Desk(places, clock, environment={"DESKMATE_LIBRARY_DESK": "Children's desk"})
    shift = there.shifts.start()
    here = Desk(places, clock, environment={})
    assert here.reporting.shift_summary(shift).title == "Shift at Children's desk"
