"""`playbooks list`, `playbooks check` and `playbooks print`."""

from pathlib import Path

from deskmate.desk.service import Desk
from deskmate.places import Places
from tests.cli.running import Cli

BROKEN = """\
title: "Chairs in the way"
category: difficult
form: quick
urgency: routine
also: ["chairs"]
start: open
steps:
  open:
    say: ["Let me move these."]
    choices:
      - {answer: "They stay", go: nowhere}
"""


def test_list_names_every_playbook(cli: Cli, desk: Desk) -> None:
    text = cli("playbooks", "list").out
    value = cli("playbooks", "list", "--json").value
    assert sorted(each["id"] for each in value) == sorted(desk.library.playbooks)
    assert all(f"  {each['id']} " in text for each in value)
    assert text.endswith(f"{len(value)} playbooks\n")


def test_a_wrong_file_is_told_with_line_column_and_cure_and_ends_with_3(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "chairs-in-the-way.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    result = cli("playbooks", "check", str(path))
    assert result.code == 3
    lines = result.out.splitlines()
    assert any(line.startswith(f"error {path}:11:") and "nowhere" in line for line in lines)
    assert " error" in lines[-1]
    value = cli("playbooks", "check", str(path), "--json").value
    assert {each["file"] for each in value} == {str(path)}
    wrong = next(each for each in value if "nowhere" in each["message"])
    assert list(wrong) == ["file", "line", "column", "severity", "message", "cure"]
    assert (wrong["line"], wrong["severity"]) == (11, "error")
    assert len(lines) == len(value) + 1


def test_the_librarys_own_broken_file_is_found_without_a_path(cli: Cli, places: Places) -> None:
    places.playbooks.mkdir()
    (places.playbooks / "chairs-in-the-way.yaml").write_text(BROKEN, encoding="utf-8")
    assert cli("playbooks", "check").code == 3
    found = cli("find", "yelling", "--json")
    assert found.value[0]["id"] == "angry-patron"
    assert "deskmate doctor" in found.err


def test_a_path_that_is_not_there_is_usage(cli: Cli, tmp_path: Path) -> None:
    result = cli("playbooks", "check", str(tmp_path / "none.yaml"))
    assert (result.code, result.out) == (2, "")
    assert "is not there" in result.err


def test_print_writes_the_binder_to_standard_output(cli: Cli, desk: Desk) -> None:
    whole = cli("playbooks", "print")
    assert (whole.code, whole.err) == (0, "")
    assert whole.out.startswith("<!doctype html>")
    assert whole.out.endswith("</html>\n")
    assert all(f"in DeskMate: {name}" in whole.out for name in desk.library.playbooks)
    assert "12 Main Street" in whole.out
    assert cli("playbooks", "print", "--output", "-").out == whole.out


def test_print_urgent_has_the_power_failure_guide_and_no_routine_one(cli: Cli) -> None:
    text = cli("playbooks", "print", "--urgent").out
    assert "in DeskMate: power-outage" in text
    assert "in DeskMate: medical-emergency" in text
    assert "in DeskMate: renewals-due-dates" not in text


def test_print_writes_a_file_and_says_so_beside(cli: Cli, tmp_path: Path) -> None:
    path = tmp_path / "binder.html"
    result = cli("playbooks", "print", "--urgent", "--output", str(path))
    assert (result.code, result.out, result.err) == (0, "", f"Written: {path}\n")
    assert path.read_text(encoding="utf-8") == cli("playbooks", "print", "--urgent").out


def test_print_to_a_folder_that_is_missing_ends_with_1_and_leaves_nothing(cli: Cli, tmp_path: Path) -> None:
    result = cli("playbooks", "print", "--output", str(tmp_path / "no" / "binder.html"))
    assert (result.code, result.out) == (1, "")
    assert "was not written" in result.err
    assert not (tmp_path / "no").exists()


def test_print_puts_the_role_and_not_who_is_in_charge_today(cli: Cli) -> None:
    cli("shift", "start", "--in-charge", "Morgan")
    text = cli("playbooks", "print").out
    assert "Morgan" not in text
    assert "Dana" in text
