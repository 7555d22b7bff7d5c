"""A crash tells where it was, and not one word that a person typed."""

import subprocess
import sys
from pathlib import Path

import pytest

from deskmate.crash import place_of, trace
from deskmate.places import Places
from tests.cli.running import environment_of

NEEDLE = "Jo Smith 313-555-0142"
SCREENS = f"""
import asyncio, os, sys
from deskmate.clock import SystemClock
from deskmate.desk.service import Desk
from deskmate.places import find_places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.guide import GuideScreen

def broken(self):
    words = self.note_box.area.text
    raise ValueError(f"cannot use {{words}}")

async def play(pilot):
    app = pilot.app
    await pilot.press(*"yelling", "enter", "n")
    app.screen.note_box.area.load_text({NEEDLE!r})
    await pilot.pause()
    GuideScreen.action_wording = broken
    app.screen.call_later(app.screen.action_wording)
    await pilot.pause()

app = DeskMateApp(Desk(find_places(), SystemClock(), durable=False))
app.run(headless=True, size=(80, 24), auto_pilot=play)
sys.exit(app.return_code or 0)
"""


def failing(words: str) -> None:
    note = f"about {words}"
    raise ValueError(note)


def fail_again(words: str) -> None:
    try:
        failing(words)
    except ValueError as inner:
        raise KeyError(words) from inner


def test_neither_the_message_nor_a_variable_is_told() -> None:
    with pytest.raises(KeyError) as caught:
        fail_again(NEEDLE)
    told = trace(caught.value)
    assert place_of(caught.value).startswith("test_crash.py:")
    assert NEEDLE not in told
    assert told.index("ValueError") < told.index("KeyError")
    assert "in failing" in told


def test_an_error_that_was_never_raised_has_no_place() -> None:
    assert place_of(ValueError(NEEDLE)) == "an unknown place"


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_crash_of_the_screens_with_a_note_open_says_nothing_of_it(places: Places, tmp_path: Path, debug: str) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", SCREENS],
        capture_output=True,
        encoding="utf-8",
        env=environment_of(places, DESKMATE_DEBUG=debug),
        cwd=tmp_path,
        timeout=300,
        check=False,
    )
    told = done.stdout + done.stderr
    assert done.returncode == 1
    assert "ValueError" in told
    assert ("in broken" in told) is bool(debug)
    for word in ("Jo Smith", "555-0142", "cannot use"):
        assert word not in told
