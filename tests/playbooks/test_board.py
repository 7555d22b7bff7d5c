"""The files of notices and of the pledge: every fault at once, with its place and the mend."""

from datetime import date
from pathlib import Path

import pytest

from deskmate.places import shipped_data
from deskmate.playbooks.answers import Posted
from deskmate.playbooks.board import check_notices, has_run_out, read_notices, read_pledges

DAY = date(2026, 11, 18)
WHOLE = """\
notices:
  - id: lift
    text: "The lift is out."
    kind: broken
    from: 2026-11-18 09:00
    until: 2026-11-19
    where: "north side"
    guides: [mobility-wheelchair, walk-the-patron]
"""


def faults(text: str) -> list[str]:
    _, problems = read_notices(text, "n.yaml")
    assert all(problem.cure for problem in problems)
    return [f"{problem.line}:{problem.column}: {problem.message}" for problem in problems]


def test_a_notice_is_read_whole_with_its_place() -> None:
    assert read_notices(WHOLE, "n.yaml") == (
        (
            Posted(
                "lift", "The lift is out.", "broken", "2026-11-18T09:00", "2026-11-19", "north side",
                ("mobility-wheelchair", "walk-the-patron"), origin="n.yaml:2:5",
            ),
        ),
        [],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: broken", "kind: brocken", '4:11: "brocken" is not a kind of notice.'),
        ("2026-11-19", "19 Nov", '6:12: "19 Nov" is neither a date nor a date and a time.'),
        ("2026-11-19", "2026-11-31", '6:12: "2026-11-31" is neither a date nor a date and a time.'),
        ("2026-11-19", "2026-11-19 25:00", '6:12: "2026-11-19 25:00" is neither a date nor a date and a time.'),
        ("2026-11-19", "2026-11-17", "2:5: It ends before it begins."),
        ("2026-11-19", "2026-11-18 08:59", "2:5: It ends before it begins."),
        ("until:", "untill:", '6:5: "untill" is not a name known here.'),
        ('"The lift is out."', "The lift is out", "3:11: These words stand without quotes."),
        ("    where", '    text: "Again."\n    where', '7:5: "text" stands here twice, first in line 3.'),
    ],
)  # fmt: skip
def test_a_fault_is_told_where_it_stands(old: str, new: str, told: str) -> None:
    assert told in faults(WHOLE.replace(old, new, 1))
    assert read_notices(WHOLE.replace(old, new, 1), "n.yaml")[0] == ()


def test_every_fault_comes_in_one_pass_and_what_is_right_is_kept() -> None:
    second = '  - {id: lift, text: "Twice."}\n  - {id: b, text: plain words}\n  - {id: c, text: "Fine."}\n'
    found, problems = read_notices(WHOLE + second, "n.yaml")
    assert [notice.id for notice in found] == ["lift", "c"]
    assert [problem.line for problem in problems] == [9, 10]


def test_a_day_that_begins_and_ends_it_is_no_fault() -> None:
    assert faults(WHOLE.replace("2026-11-19", "2026-11-18")) == []


def test_the_check_tells_what_has_run_out_what_is_long_and_which_guide_is_not_there() -> None:
    posted = (
        Posted("old", "Gone.", until="2026-11-17", origin="n.yaml:2:5"),
        Posted("last", "Today still.", until="2026-11-18 09:00", origin="n.yaml:4:5"),
        Posted("shown", "An example.", until="2020-01-01", example=True, origin="n.yaml:6:5"),
        Posted("long", "word " * 26, guides=("printing",), origin="n.yaml:8:5"),
    )
    told = list(check_notices(posted, {"printing-mobile-print": None}, DAY))
    assert not any(problem.is_error for problem in told)
    assert [(problem.line, problem.message) for problem in told] == [
        (2, 'The notice "old" ran out on 2026-11-17.'),
        (8, 'The notice "long" is for the guide "printing", which is not there.'),
        (8, 'The notice "long" has more than 25 words.'),
    ]
    assert has_run_out(posted[0], DAY)


@pytest.mark.parametrize("name", ["notices", "pledge"])
def test_what_ships_is_right_and_only_examples(name: str) -> None:
    path: Path = shipped_data() / f"{name}.yaml"
    read = read_notices if name == "notices" else read_pledges
    found, problems = read(path.read_text(encoding="utf-8"), str(path))
    assert problems == []
    assert len(found) == 3
    assert all(each.example for each in found)
