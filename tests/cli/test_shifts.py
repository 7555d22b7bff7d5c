"""`shift start/end/status`, `handover` and `summary`."""

import csv
import io

import pytest

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
