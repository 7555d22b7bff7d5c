"""`shift start/end/status`, `handover` and `summary`."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest

from deskmate.clock import SystemClock
from deskmate.desk.service import Desk
from deskmate.model.shift import Shift
from deskmate.places import Places
from tests.cli.running import Cli


def test_a_shift_begins_once_and_ends(cli: Cli) -> None:
    assert cli("shift", "status", "--json").value is None
    assert "no shift yet" in cli("shift", "status").out
    started = cli("shift", "start", "--staff", "AB", "--in-charge", "Dana", "--extension", "214", "--json").value
    assert (started["running"], started["in_charge"], started["staff"]) == (True, "Dana", "AB")
    again = cli("shift", "start")
    assert again.code == 2
    assert "deskmate shift end" in again.err
    cli("tally", "device", "3")
    assert "3 logged" in (text := cli("shift", "status").out)
    assert "In charge: Dana 214." in text
    assert cli("shift", "end").code == 0
    assert cli("shift", "status", "--json").value["running"] is False
    assert cli("shift", "end").code == 2


def test_a_handover_is_left_waits_and_is_accepted(cli: Cli) -> None:
    nothing = cli("handover", "--leave", "printer is out")
    assert (nothing.code, "no shift to hand over" in nothing.err) == (2, True)
    cli("shift", "start")
    cli("promise", "call back", "--due", "in 2 hours")
    assert cli("handover", "--leave", "-", stdin="printer 2 is out\nask 313-555-0142\n").code == 0
    cli("shift", "end")
    assert "A hand-over is waiting" in cli("shift", "start").out
    text = cli("handover").out
    assert "printer 2 is out" in text
    assert "Call back: due" in text
    assert "0142" not in text
    accepted = cli("handover", "--accept", "CD", "--read-back", "printer 2", "--json").value
    assert (accepted["accepted_by"], accepted["read_back"]) == ("CD", "printer 2")
    assert cli("handover", "--accept", "CD").code == 2


def test_the_handover_as_it_stands_names_what_is_owed(cli: Cli) -> None:
    cli("shift", "start")
    made = cli("promise", "call back", "--due", "in 2 hours", "--json").value
    value = cli("handover", "--json").value
    assert [owed["ref"] for owed in value["owed"]] == [made["ref"]]
    assert {"title", "period", "how", "what", "expect", "read_back"} <= set(value)
    assert "What is owed" in cli("handover").out


def test_the_summary_counts_today_without_a_shift_and_the_shift_with_one(cli: Cli) -> None:
    cli("tally", "device", "3")
    assert cli("summary", "--format", "json").value["contacts"]["total"] == 3
    shift = cli("shift", "start", "--json").value
    cli("tally", "account", "2")
    assert cli("summary", "--format", "json").value["contacts"]["total"] == 2
    for typed in (shift["id"], shift["ref"]):
        assert cli("summary", "--shift", typed, "--format", "json").value["contacts"]["total"] == 2
    assert cli("summary", "--from", "today", "--format", "json").value["contacts"]["total"] == 5
    assert (
        cli("summary", "--from", "yesterday", "--to", "yesterday", "--format", "json").value["contacts"]["total"] == 0
    )


def test_every_format_is_what_it_says(cli: Cli) -> None:
    cli("tally", "device", "3")
    assert cli("summary").out.startswith("Today at this desk\n")
    assert cli("summary", "--format", "md").out.startswith("# Today at this desk\n")
    assert cli("summary", "--format", "html").out.lower().startswith("<!doctype html>")
    rows = list(csv.reader(io.StringIO(cli("summary", "--format", "csv").out)))
    assert rows[0] == ["section", "key", "value"]
    assert ["contacts", "total", "3"] in rows


def test_the_days_in_words_and_one_branch_of_them(cli: Cli) -> None:
    cli("tally", "device", "5")
    assert cli("summary", "this", "month", "--format", "json").value["contacts"]["total"] == 5
    assert cli("summary", "last", "month", "--format", "json").value["contacts"]["total"] == 0
    found = cli("summary", "today", "--branch", "main", "--desk", "front desk", "--format", "json").value
    assert (found["contacts"]["total"], found["where"]) == (5, {"branch": "Main", "desk": "Front desk"})
    assert (
        "Example Library, Main, Front desk" in cli("summary", "today", "--branch", "MAIN", "--desk", "Front desk").out
    )
    wrong = cli("summary", "today", "--branch", "Mian")
    assert (wrong.code, "Main" in wrong.err) == (2, True)


def test_days_beside_those_before(cli: Cli) -> None:
    cli("tally", "device", "5")
    cli("tally", "device", "3", "--at", "yesterday 11:00")
    told = cli("summary", "--from", "today", "--to", "today", "--compare")
    assert "5, before 3: 2 more" in told.out
    value = cli("summary", "--from", "today", "--compare", "--rules", "pls", "--format", "json").value
    assert (value["contacts"]["total"], value["before"]["contacts"]["total"]) == (5, 3)
    assert list(value["before"]["reference"]) == ["pls"]


@pytest.mark.parametrize("rules", ["pls", "z39.7", "local"])
def test_one_rule_set_can_be_asked_for(cli: Cli, rules: str) -> None:
    cli("log", "--kind", "reference", "--source-used")
    assert list(cli("summary", "--rules", rules, "--format", "json").value["reference"]) == [rules]
    assert len(cli("summary", "--format", "json").value["reference"]) == 3


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (("--from", "2026-13-01"), "is no day"),
        (("--to", "today"), "--to needs a --from"),
        (("--from", "today", "--to", "2020-01-01"), "ends before it starts"),
        (("--shift", "2026-11-22.ffffff"), "There is no shift"),
        (("--shift", "nonsense"), "There is no shift"),
        (("--shift", "x", "--from", "today"), "both given"),
        (("today", "--from", "today"), "given twice"),
        (("--branch", "Main"), "Only days can be told by branch and desk"),
        (("last", "fortnight"), "is no day"),
        (("--format", "pdf"), 'no format "pdf"'),
        (("--format", "jsn"), 'Did you mean "json"?'),
        (("--rules", "acrl"), "no rule set"),
        (("--compare",), "Only days can be compared"),
        (("--from", "0001-01-01", "--compare"), "No library day"),
    ],
)
def test_a_summary_that_cannot_be_made_is_refused(cli: Cli, argv: tuple[str, ...], says: str) -> None:
    result = cli("summary", *argv)
    assert (result.code, result.out) == (2, "")
    assert says in result.err


def test_the_promises_of_a_handover_are_taken_one_by_one(cli: Cli) -> None:
    cli("shift", "start", "--staff", "mk")
    refs = [
        cli("promise", what, "--due", "in 2 hours", "--who", "mk", "--json").value["ref"]
        for what in ("one", "two", "three")
    ]
    cli("handover", "--leave", "quiet")
    cli("shift", "end")
    other = cli("promise", "four", "--due", "in 2 hours", "--json").value["ref"]
    refused = cli("handover", "--accept", "jo", "--take", other)
    assert (refused.code, "no promise of this hand-over" in refused.err) == (2, True)
    accepted = cli("handover", "--accept", "jo", "--take", refs[0])
    assert accepted.out == "Hand-over accepted. 2 promises of it not taken yet. Take one: deskmate take ID\n"
    rows = cli("due").out.splitlines()
    lines = {name: next(row for row in rows if f" {name} " in row) for name in ("one", "two", "three", "four")}
    assert "for jo" in lines["one"]
    assert "not taken" not in lines["one"] + lines["four"]
    assert all("for mk · hand-over: not taken yet" in lines[name] for name in ("two", "three"))
    cli("take", refs[1], "jo")
    assert cli("due").out.count("not taken yet") == 1


def test_a_forgotten_shift_is_told_and_ended_when_it_was(
    cli: Cli, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = cli("shift", "start", "--json").value
    assert cli("shift", "end", "--shift", shift["ref"], "--at", "now").code == 0
    assert cli("shift", "end", "--shift", shift["ref"]).code == 2
    assert cli("shift", "end", "--shift", "2026-01-01.aaaaaa").code != 0
    monkeypatch.setenv("DESKMATE_LIBRARY_DESK", "front")
    old = Shift(id=shift["id"][:-2] + "00", desk="front", started_at=datetime.now(UTC) - timedelta(days=3))
    with Desk(places, SystemClock(), environment={}).log as log:
        log.save_shift(old)
    monkeypatch.setenv("DESKMATE_LIBRARY_DESK", "welcome")
    told = cli("shift", "status").out
    assert 'The shift at "front" of ' in told
    assert f"deskmate shift end --shift {old.started_at.astimezone():%Y-%m-%d}." in told
    monkeypatch.setenv("DESKMATE_LIBRARY_FORMERLY", "front")
    begun = cli("shift", "start")
    assert "was never ended; it ends at its last entry" in begun.err
    assert "never ended" not in cli("shift", "status").out
