"""`backup` and `restore`."""

import stat
import sys
from pathlib import Path

import pytest

from deskmate.places import Places
from tests.cli.running import Cli, process


def test_a_home_goes_into_one_file_and_comes_back(cli: Cli, tmp_path: Path) -> None:
    cli("log", "--kind", "device")
    cli("promise", "call", "--due", "in 20 min", "--contact", "-", stdin="J. Doe 313-555-0142")
    target = tmp_path / "desk.tar.gz"
    result = cli("backup", str(target))
    assert result.code == 0
    assert "Contacts and incidents are in it" in result.err
    assert cli("backup", str(target), "--without-contacts", "--json").value["contacts"] is False
    back = tmp_path / "back"
    result = cli("restore", str(target), "--into", str(back))
    assert (result.code, "Brought back into" in result.out) == (0, True)
    assert cli("export", "-", "--home", str(back)).out == cli("export", "-").out
    assert not (back / "log" / "contacts").exists()
    if sys.platform != "win32":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_where_back_ups_are_is_told(cli: Cli, tmp_path: Path) -> None:
    assert cli("backup", "--list").out == "No back-up was made on this machine.\n"
    cli("backup", str(tmp_path / "a.tar.gz"))
    (listed,) = cli("backup", "--list", "--json").value
    assert (listed["path"], listed["is_there"], listed["contacts"]) == (str(tmp_path / "a.tar.gz"), True, True)
    (tmp_path / "a.tar.gz").unlink()
    assert "gone" in cli("backup", "--list").out


def test_a_log_is_not_written_over_and_a_merge_adds_to_it(cli: Cli, tmp_path: Path) -> None:
    cli("log")
    target = str(tmp_path / "desk.tar.gz")
    cli("backup", target)
    cli("log")
    result = cli("restore", target)
    assert (result.code, "--merge" in result.err) == (2, True)
    result = cli("restore", target, "--merge", "--json")
    assert result.value["written"] == 0
    assert len(cli("export", "-").out.splitlines()) == 2


def test_a_damaged_file_ends_with_3_and_a_check_touches_nothing(cli: Cli, tmp_path: Path) -> None:
    cli("log")
    target = tmp_path / "desk.tar.gz"
    cli("backup", str(target))
    assert cli("restore", str(target), "--check").code == 0
    assert cli("restore", str(target), "--check", "--into", str(tmp_path / "x")).out.startswith("Whole: ")
    target.write_bytes(target.read_bytes()[:-9])
    result = cli("restore", str(target), "--into", str(tmp_path / "x"))
    assert (result.code, result.out) == (3, "")
    assert "damaged" in result.err
    assert not (tmp_path / "x").exists()


@pytest.mark.parametrize("argv", [("backup",), ("restore",), ("restore", "nowhere.tar.gz"), ("backup", "a", "b")])
def test_usage_is_told(cli: Cli, argv: tuple[str, ...]) -> None:
    assert cli(*argv).code == 2


def test_as_processes_while_the_desk_is_written_to(places: Places, tmp_path: Path) -> None:
    for _ in range(2):
        assert process(places, "log").code == 0
        assert process(places, "backup", str(tmp_path / "desk.tar.gz")).code == 0
    assert process(places, "restore", str(tmp_path / "desk.tar.gz"), "--into", str(tmp_path / "new")).code == 0
    assert process(places, "export", "-", "--home", str(tmp_path / "new")).out.count("\n") == 2
