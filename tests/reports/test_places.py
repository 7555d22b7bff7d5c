"""A branch or a desk of the log."""

from datetime import datetime, timedelta

import pytest

from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.reports.places import EVERYWHERE, NOWHERE, Where, meant, spot_name, spot_of
from deskmate.reports.sections import sections
from deskmate.reports.summary import Material, Summary, summarise

SPOTS = [("", ""), ("East", "Front desk"), ("Main", "Children's desk"), ("Main", "Front desk")]
AT = datetime.fromisoformat("2026-11-18T10:00:00-05:00")


def test_a_part_holds_its_desks_whatever_the_capitals() -> None:
    assert all(EVERYWHERE.holds(*spot) for spot in SPOTS)
    assert [spot for spot in SPOTS if Where("main").holds(*spot)] == SPOTS[2:]
    assert [spot for spot in SPOTS if Where(desk="FRONT DESK").holds(*spot)] == [SPOTS[1], SPOTS[3]]
    assert [spot for spot in SPOTS if Where("East", "front desk").holds(*spot)] == [SPOTS[1]]


def test_what_is_typed_is_spelt_as_the_log_has_it() -> None:
    assert meant(" main", "front DESK", SPOTS) == Where("Main", "Front desk")
    assert meant("", "", SPOTS) == EVERYWHERE
    with pytest.raises(BadUsage) as fault:
        meant("Mian", "", SPOTS)
    assert "Main" in fault.value.cure
    with pytest.raises(BadUsage) as fault:
        meant("East", "Children's desk", SPOTS)  # that desk is at another branch
    assert "There are: Front desk." in fault.value.cure
    with pytest.raises(BadUsage):
        meant("Main", "", [NOWHERE])


def test_the_desk_of_a_sensitive_contact_is_not_told() -> None:
    record = Interaction(id="a", asked_at=AT, added_at=AT, branch="Main", desk="Front desk")
    assert spot_of(record) == ("Main", "Front desk")
    assert spot_of(record.with_(sensitive=True)) == NOWHERE
    assert spot_name(NOWHERE) == "No desk noted"


def test_the_desks_of_a_library_are_told_when_there_are_two() -> None:
    here = Interaction(id="a", asked_at=AT, added_at=AT, branch="Main", desk="Front desk")
    records = [here, here.with_(id="b", sensitive=True)]
    titles = [section.title for section in sections(summed(records))]
    assert "By branch and desk" not in titles
    records.append(here.with_(id="c", branch="East", count=4))
    told = next(section for section in sections(summed(records)) if section.title == "By branch and desk")
    assert [(row.label, row.shown) for row in told.rows] == [
        ("East, Front desk", "4"),
        ("No desk noted", "1"),
        ("Main, Front desk", "1"),
    ]


def summed(records: list[Interaction]) -> Summary:
    return summarise(Material(records, title="T", start=AT, end=AT + timedelta(hours=1), now=AT))
