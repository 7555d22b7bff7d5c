"""`deskmate --plain` as a program of its own: through pipes, and on a real terminal that is killed."""

import json
import subprocess
import sys
from pathlib import Path

from deskmate.places import Places
from tests.cli.running import environment_of, process
from tests.terminal.real_terminal import Terminal

GOLDEN = "guy yelling fine\n1\n1\nd\nn\ncall 555-0142\n\n1\n1\ne\n\n+\n=pa x7 20m ago\n#\ns\n\nquit\n"


def test_the_golden_path_through_pipes_says_plain_lines_only(places: Places) -> None:
    done = process(places, "--plain", stdin=GOLDEN)
    assert done.code == 0
    assert "\x1b" not in done.out
    assert "\r" not in done.out
    for words in (
        "First, say: I want to sort this out with you.", "PRIVATE: phone. It is masked: call [phone]",
        "Saved: in-person · conduct", "Counted: directional.", "Counted: phone · account · x7", "Goodbye.",
    ):  # fmt: skip
        assert words in done.out, words
    kinds = [
        record["kind"]
        for record in map(json.loads, process(places, "export", "-", "--format", "jsonl").out.splitlines())
    ]
    assert sorted(kinds) == ["account", "conduct", "directional"]


def test_a_pipe_that_ends_early_keeps_whoever_is_live_and_the_next_start_is_there(places: Places) -> None:
    assert "1 live, kept at their step: AP, live." in process(places, "--plain", stdin="guy yelling fine\n1\n1").out
    again = process(places, "--plain", stdin="e\n\nquit\n")
    assert "Found again after an interruption: you are at the same step." in again.out
    assert "Say: I can hear how frustrating" in again.out
    assert "Saved:" in again.out


def test_bytes_that_are_no_text_do_not_end_it(places: Places) -> None:
    command = [sys.executable, "-P", "-m", "deskmate", "--plain"]
    typed = b"caf\xe9 \xff\x1b[2J \x07\n+\nquit\n"
    done = subprocess.run(
        command, input=typed, capture_output=True, env=environment_of(places), timeout=300, check=True
    )
    assert b"Counted: directional." in done.stdout
    assert b"\x1b" not in done.stdout


def test_on_a_terminal_a_kill_loses_no_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal(home, arguments=("--plain",)) as terminal:
        terminal.wait_for("Desk: words to look up")
        terminal.keys("guy yelling fine\r")
        terminal.wait_for("None of these")
        terminal.keys("1\r")
        terminal.wait_for("AP: 1 to 5")
        terminal.keys("1\r")
        terminal.wait_for("AP: 1 to 4")
        terminal.keys("d\r")
        terminal.wait_for("d1 Done")
        terminal.kill()
    with Terminal(home, rows=40, arguments=("--plain",)) as terminal:
        terminal.wait_for("Found again after an interruption")
        assert "d1 Done" in terminal.wait_for("AP: 1 to 4")
        terminal.keys("e\r")
        terminal.wait_for("Saved: in-person")
        terminal.keys("\rquit\r")
        assert terminal.wait_for_end() == 0


def test_ctrl_c_leaves_and_the_screens_find_the_same_step(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Terminal(home, arguments=("--plain", "--no-color")) as terminal:
        terminal.wait_for("Desk: words to look up")
        terminal.keys("guy yelling fine\r1\r1\r")
        terminal.wait_for("AP: 1 to 4")
        terminal.keys("\x03")
        assert terminal.wait_for_end() == 130
    with Terminal(home) as terminal:
        terminal.wait_for("Found again after an interruption")
        terminal.wait_for("I can hear how frustrating")


def test_the_demo_works_by_lines_too(places: Places) -> None:
    assert "Promises" in process(places, "--plain", "--demo", stdin="*\n\nquit\n").out
    assert not places.log.exists()
