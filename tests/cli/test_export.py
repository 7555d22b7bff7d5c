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
