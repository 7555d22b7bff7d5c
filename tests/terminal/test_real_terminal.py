"""The golden path on a real terminal, at both sizes, through a kill."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import SETTINGS
from tests.terminal.real_terminal import Terminal

ENTER = "\r"
CTRL_G, CTRL_L, CTRL_O, CTRL_Q, CTRL_R, ESC = "\x07", "\x0c", "\x0f", "\x11", "\x12", "\x1b"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with settings."""
    folder = tmp_path / "home"
    folder.mkdir()
    (folder / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return folder


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40)])
def test_golden_path(home: Path, columns: int, rows: int) -> None:
    with Terminal(home, columns=columns, rows=rows) as terminal:
        terminal.wait_for("Front desk")
        terminal.keys("\x1b[200~guy yelling \x1b[31mfine\x1b[0m\rsecond\r1\x1b[201~")
        terminal.wait_for("fine second 1")
        terminal.keys(ESC)
        terminal.wait_for("Type what you see")
        terminal.keys("guy yelling fine")
        terminal.wait_for("yelling")
        terminal.keys(ENTER)
        terminal.wait_for("What are they doing now?")
        terminal.keys("1")
        terminal.wait_for("And now?")
        terminal.keys(CTRL_R)
        terminal.wait_for("PARKED")
        terminal.keys("1")
        terminal.wait_for("Back with the caller")
        terminal.keys("h")
        terminal.wait_for("ON HOLD")
        terminal.keys(CTRL_O)
        terminal.wait_for("And now?")
        terminal.keys(CTRL_G)
        terminal.wait_for("12 Main Street")
        terminal.keys(ESC)
        terminal.wait_for("Did this happen?")
        terminal.keys("n")
        terminal.wait_for("And now?")
        terminal.keys("e")
        terminal.wait_for("Saved")
        terminal.keys("wifi")
        terminal.wait_for("ON HOLD")
        terminal.keys(CTRL_O)
        terminal.wait_for("Back with the caller")
        terminal.keys("e")
        terminal.wait_for("Saved")
        terminal.keys(ENTER)
        terminal.wait_for("Type what you see")
        terminal.keys("#")
        terminal.wait_for("2 logged")
        terminal.keys("s")
        terminal.wait_for("Today at this desk")
        terminal.keys(CTRL_Q)
        assert terminal.wait_for_end() == 0
        assert terminal.told_to_window & {0, 1, 2, 9, 99, 777} == set(), "no title and no notification"


def test_a_killed_guide_reopens_at_its_step_and_its_record_is_whole(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.wait_for("Front desk")
        terminal.keys("yelling")
        terminal.wait_for("yelling")
        terminal.keys(ENTER)
        terminal.wait_for("What are they doing now?")
        terminal.keys("1")
        terminal.wait_for("And now?")
        terminal.keys("2")
        terminal.wait_for("quieter table")
    with Terminal(home) as terminal:
        terminal.wait_for("quieter table")
        terminal.keys("e")
        terminal.wait_for("Saved")
        terminal.keys(ENTER)
        terminal.wait_for("Type what you see")
        terminal.keys(CTRL_Q)
        terminal.wait_for_end()
    command = [sys.executable, "-P", "-m", "deskmate", "--home", str(home), "export", "--format", "jsonl", "-"]
    exported = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    record = json.loads(exported)
    assert [step for step, _ in record["path"]] == ["angry-patron/open", "angry-patron/heard"]


def test_what_is_typed_before_the_first_screen_is_there_is_not_lost(home: Path) -> None:
    with Terminal(home) as terminal:
        terminal.wait_for("Front desk")
        terminal.keys("yelling")
        terminal.wait_for("URGENT Angry")
        assert "yelling" in terminal.text.splitlines()[2]
