"""From the arguments to an exit code."""

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from deskmate.cli import care
from deskmate.cli.commands import COMMANDS
from deskmate.places import Places, find_places
from deskmate.records.permissions import open_to_others
from tests.cli.running import Cli, environment_of, process

ROOT = Path(__file__).resolve().parents[2]


def test_help_names_every_command_and_only_those(cli: Cli) -> None:
    result = cli("--help")
    assert result.code == 0
    told: list[str] = []
    for line in result.out.splitlines():
        if line.startswith("  deskmate") and line.split()[1:2] != ["open"]:
            first, second, *_ = [*line.split()[1:], ""]
            rest = line.partition(" ... ")[2].strip()
            told += [f"{first} {one}" for one in rest.split(", ")] if second == "..." else [first]
    assert told == list(COMMANDS)
    assert len(result.out.splitlines()) <= 50


def test_the_help_of_a_first_word_tells_what_each_of_its_commands_does(cli: Cli) -> None:
    lines = cli("playbooks", "--help").out.splitlines()
    group = {name: each for name, each in COMMANDS.items() if name.startswith("playbooks ")}
    told = [line.strip() for line in lines if line.startswith("  deskmate playbooks")]
    assert len(told) == len(group)
    for line, (name, each) in zip(told, group.items(), strict=True):
        assert line.startswith(f"deskmate {name}")
        assert line.endswith(f"  {each.does}")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_refuses_an_unknown_option(cli: Cli, name: str) -> None:
    result = cli(*name.split(), "--help")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"usage: deskmate {name}")
    wrong = cli(*name.split(), "--nonsense")
    assert (wrong.code, wrong.out) == (2, "")


@pytest.mark.parametrize("argv", [("shift", "--help"), ("playbooks", "-h"), ("--no-color", "--help")])
def test_a_group_alone_has_help_too(cli: Cli, argv: tuple[str, ...]) -> None:
    assert cli(*argv).code == 0


def test_version(cli: Cli) -> None:
    assert cli("--version").out.startswith("deskmate 0.")


@pytest.mark.parametrize(
    ("argv", "what", "cure"),
    [
        (("fnd", "x"), 'There is no command "fnd".', 'Did you mean "find"?'),
        (("yelling",), 'There is no command "yelling".', "deskmate find yelling"),
        (("import", "x"), 'There is no command "import".', ""),
        (("shift",), '"shift" alone says too little.', "shift start"),
        (("shift", "strat"), '"shift" has no "strat".', 'Did you mean "start"?'),
        (("find",), "WORDS is missing.", "deskmate find --help"),
        (("find", "x", "--limit"), "--limit needs a value after it.", "deskmate find --help"),
        (("find", "x", "--jsn"), "deskmate find has no option --jsn.", 'Did you mean "--json"?'),
        (("undo", "this"), '"this" is one word too many.', "deskmate undo --help"),
        (("--hme", "x"), 'There is no command "x".', ""),
        (("--home",), "--home needs a value after it.", "deskmate --help"),
        (("promise", "x"), "--due is missing.", "deskmate promise --help"),
    ],
)
def test_usage_ends_with_2_in_two_lines(cli: Cli, argv: tuple[str, ...], what: str, cure: str) -> None:
    result = cli(*argv)
    assert (result.code, result.out) == (2, "")
    first, second = result.err.splitlines()
    assert first == what
    assert cure in second


def test_the_exit_codes_of_real_processes(places: Places, tmp_path: Path) -> None:
    assert process(places, "find", "fine", "--json").code == 0
    assert process(places, "undo").code == 1
    assert process(places, "fnd").code == 2
    (tmp_path / "empty.yaml").write_text("", encoding="utf-8")
    assert process(places, "playbooks", "check", str(tmp_path / "empty.yaml")).code == 3


def test_the_first_command_that_writes_leaves_commented_settings(tmp_path: Path) -> None:
    places = Places(home=tmp_path / "new", state=tmp_path / "state", data=ROOT / "data")
    assert process(places, "due").code == 0
    assert not places.settings.exists()
    assert process(places, "tally", "device").code == 0
    text = places.settings.read_text(encoding="utf-8")
    assert "[emergency]" in text
    places.settings.write_text("# mine\n", encoding="utf-8")
    assert process(places, "tally", "device").code == 0
    assert places.settings.read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_that_may_not_be_written_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    places = Places(home=tmp_path / "home", state=tmp_path / "state", data=ROOT / "data")
    result = process(places, "log")
    assert result.code == 1
    assert len(result.err.splitlines()) == 2


def test_a_home_that_is_a_file_ends_with_1_and_no_traceback(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    places = Places(home=tmp_path / "home", state=tmp_path / "state", data=ROOT / "data")
    result = process(places, "log")
    assert (result.code, result.out) == (1, "")
    assert "Traceback" not in result.err
    assert process(places, "find", "yelling").code == 0


def test_what_nobody_foresaw_is_one_plain_sentence(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_session: object) -> int:
        raise LookupError("odd")

    monkeypatch.setattr(care, "paths", fail)
    result = cli("paths")
    assert result.code == 1
    assert "(LookupError in test_main.py:" in result.err
    assert "odd" not in result.err
    assert "DESKMATE_DEBUG=1" in result.err
    assert "Traceback" not in result.err
    monkeypatch.setenv("DESKMATE_DEBUG", "1")
    assert "Traceback" in cli("paths").err


def test_debug_shows_the_traceback_of_a_fault_and_keeps_the_code(places: Places) -> None:
    result = process(places, "done", "zz", more={"DESKMATE_DEBUG": "1"})
    assert result.code == 2
    assert "Traceback" in result.err


def test_ctrl_c_ends_quietly(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_session: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(care, "paths", interrupted)
    result = cli("paths")
    assert (result.code, result.out, result.err) == (130, "", "")


def test_a_reader_that_goes_away_is_no_fault(places: Places) -> None:
    command = [sys.executable, "-P", "-m", "deskmate", "playbooks", "list"]
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        command, stdout=writer, stderr=subprocess.PIPE, env=environment_of(places), timeout=300, check=False
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_under_standard_output_is_told(places: Places) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "deskmate", "paths"], stdout=full, stderr=subprocess.PIPE, text=True,
            env=environment_of(places), timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_the_screens_say_plainly_that_they_need_a_terminal(places: Places) -> None:
    result = process(places)
    assert (result.code, result.out) == (1, "")
    assert "need a terminal" in result.err
    assert "deskmate find" in result.err


@pytest.mark.parametrize(
    ("term", "columns", "rows", "says"),
    [("dumb", 80, 24, "TERM=dumb"), ("xterm-256color", 59, 24, "59 columns"), ("xterm-256color", 80, 19, "19 rows")],
)
def test_the_screens_say_what_is_wrong_with_the_terminal(
    places: Places, term: str, columns: int, rows: int, says: str
) -> None:
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (rows, columns))
    plain = {name: value for name, value in environment_of(places).items() if name not in ("COLUMNS", "LINES")}
    done = subprocess.run(
        [sys.executable, "-P", "-m", "deskmate"], stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True,
        env={**plain, "TERM": term}, timeout=300, check=False,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 1
    assert says in done.stderr
    assert "deskmate find" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_nothing_that_a_process_makes_can_be_opened_by_others(tmp_path: Path) -> None:
    places = find_places({"DESKMATE_STATE": str(tmp_path / "a" / "state")}, home=str(tmp_path / "b" / "home"))
    before = os.umask(0o022)
    try:
        process(places, "find", "printer", folder=tmp_path)
        process(places, "log", "--note", "x", folder=tmp_path)
        process(places, "backup", str(tmp_path / "copy.tar.gz"), folder=tmp_path)
    finally:
        os.umask(before)
    assert open_to_others((places.home.parent, places.state.parent)) == []
    assert (places.cache / "library.jsonl").exists()
    assert (tmp_path / "copy.tar.gz").stat().st_mode & 0o777 == 0o600
