"""`export`."""

import csv
import json
import stat
from pathlib import Path

import pytest

from deskmate.places import Places
from tests.cli.running import Cli, process


def test_json_lines_are_the_default_and_the_name_can_choose_csv(cli: Cli, tmp_path: Path) -> None:
    cli("tally", "device", "2")
    cli("log", "--note", "-", stdin="=1+1")
    lines = cli("export", "-").out.splitlines()
    assert {json.loads(line)["count"] for line in lines} == {1, 2}
    target = tmp_path / "out.csv"
    result = cli("export", str(target))
    assert (result.code, result.out, result.err) == (0, "", f"Written: {target}\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with target.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["count"] for row in rows) == ["1", "2"]
    assert "'=1+1" in {row["note"] for row in rows}


def test_a_process_writes_bytes_as_the_formats_want_them(places: Places) -> None:
    assert process(places, "log", "--place", "café", more={"PYTHONIOENCODING": "ascii"}).code == 0
    out = process(places, "export", "-", "--format", "csv", more={"PYTHONIOENCODING": "ascii"}).out
    assert "café" in out


def test_only_the_days_that_were_asked_for(cli: Cli) -> None:
    cli("log")
    cli("log", "--at", "yesterday 10:00")
    assert len(cli("export", "-").out.splitlines()) == 2
    assert len(cli("export", "-", "--from", "today").out.splitlines()) == 1
    assert len(cli("export", "-", "--from", "yesterday", "--to", "yesterday").out.splitlines()) == 1


def test_nothing_logged_is_an_empty_file_with_a_head(cli: Cli) -> None:
    assert cli("export", "-").out == ""
    assert cli("export", "-", "--format", "csv").out.startswith("id,asked_at,")


def test_a_folder_that_is_missing_ends_with_1_and_leaves_nothing(cli: Cli, tmp_path: Path) -> None:
    cli("log")
    result = cli("export", str(tmp_path / "no" / "where.csv"))
    assert (result.code, result.out) == (1, "")
    assert "was not written" in result.err
    assert not (tmp_path / "no").exists()


@pytest.mark.parametrize("argv", [(), ("-", "--format", "xls"), ("-", "extra")])
def test_usage_is_told(cli: Cli, argv: tuple[str, ...]) -> None:
    assert cli("export", *argv).code == 2


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("gimlet", "question_number,initials,"),
        ("libstats", "question_id,patron_type,"),
        ("libanswers", "Id,Date,Time,"),
        ("suma", "sessionId,sessionStart,"),
    ],
)
def test_other_programs_tables_are_written_and_read_back(cli: Cli, tmp_path: Path, name: str, first: str) -> None:
    cli("log", "--kind", "device", "--channel", "phone")
    cli("tally", "directional", "3")
    path = tmp_path / f"{name}.csv"
    assert cli("export", "--format", name, str(path)).code == 0
    assert path.read_text(encoding="utf-8").startswith(first)
    result = cli("log", "--import", str(path), "--json", "--home", str(tmp_path / "other"))
    assert (result.value["format"], result.value["new"]) == (name, 2)
    counts = [
        json.loads(line)["count"] for line in cli("export", "-", "--home", str(tmp_path / "other")).out.splitlines()
    ]
    assert sorted(counts) == [1, 3]
    assert cli("log", "--import", str(path), "--json").value["known"] == 2


def test_open_promises_are_a_calendar_without_words(cli: Cli, tmp_path: Path) -> None:
    cli("promise", "call J. Doe", "--due", "in 20 min")
    ref = cli("due", "--json").value[0]["ref"]
    path = tmp_path / "promises.ics"
    assert cli("export", str(path)).code == 0
    text = path.read_bytes().decode()
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert f"SUMMARY:DeskMate promise {ref}\r\n" in text
    assert "Doe" not in text
    assert "VEVENT" not in cli("export", "--format", "ics", "-", "--from", "2020-01-01", "--to", "2020-01-02").out
