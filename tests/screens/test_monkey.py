"""The small dose of scripts/monkey.py, and what it and people have found: no key ends the program."""

from collections.abc import Callable
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.help import HelpScreen
from tests.screens.look import on, screen_text

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
KEYS = 60
"""Of each seed of the dose."""

FOUND = (
    "ctrl+g at ... escape at ... escape ctrl+l at ctrl+l f1 at",  # a time of day of ours was called as a key
    "ctrl+p f1 . ctrl+p escape ctrl+p",  # one palette closes while the next one opens
    "ctrl+r ... escape ctrl+o ctrl+o h ctrl+p enter ctrl+o 6 k enter space ctrl+p ctrl+o e",
    "3 ctrl+g enter b ctrl+p 6",
    "s . escape s escape . asterisk escape number_sign escape ...",  # a screen is left before it is composed
    "ctrl+p pagedown pagedown pageup ... escape",
    "w i f i enter ctrl+f escape escape ctrl+f f1 escape escape",  # a window in the background was answered twice
    "f i n e enter 1 e ctrl+g space r escape n ...",  # HELP over a contact that has ended
)


async def test_no_key_ends_the_program(
    make_app: Callable[[], DeskMateApp], clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    import monkey

    monkey.quiet()
    typed = [each.split() + ["escape"] * 3 for each in FOUND] + [monkey.keys_of(seed, KEYS) for seed in (28, 42, 48)]
    left = [key for keys in typed for key in keys]
    while left:
        end = await monkey.play(make_app(), clock, left)
        assert end is None, f"{end.what}\n{end.trace}"


async def test_help_over_a_saved_contact_is_that_of_a_new_emergency(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"fine", "enter", "1", "e", "ctrl+g", "space")
        on(app, HelpScreen)
        await pilot.press("escape", "y")
        assert "Its report is promised, in private. For you: type debrief" in screen_text(app)
        assert [record.incident for record in app.desk.log.day(clock.now().date())] == [False, True]


async def test_x_says_what_it_does_and_the_undo_brings_it_back(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("plus", *"jam", "enter", "1", "n", *"tray", "escape", "x")
        assert "Not logged. - brings it back." in screen_text(app)
        on(app, DeskScreen)
        await pilot.press("minus")
        assert sorted(record.note for record in app.desk.log.day(clock.now().date())) == ["", "tray"]


async def test_the_same_window_opens_once(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for _ in range(3):
            app.desk.live.begin("angry-patron")
        await pilot.press("ctrl+o", "ctrl+o", "ctrl+q", "ctrl+q")
        assert [type(screen).__name__ for screen in app.screen_stack] == ["DeskScreen", "Choose", "Ask"]
