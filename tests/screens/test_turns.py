"""A fast typist loses no letter, and a double click is one click."""

import pytest
from textual.command import CommandPalette
from textual.events import Key, MouseDown, MouseUp
from textual.pilot import Pilot

from deskmate.screens.app import DeskMateApp
from deskmate.screens.card import CardScreen
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import HelpScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.look import on, screen_text
from tests.screens.test_mouse import place_of

LEFT, RIGHT = 1, 3


async def at_once(app: DeskMateApp, pilot: Pilot[None], *typed: str) -> None:
    """All keys in one breath, as a terminal hands them on: none waits for the screen of the one before."""
    for key in typed:
        app.post_message(Key(key, " " if key == "space" else key if len(key) == 1 else None))
    for _ in range(len(typed)):
        await pilot.pause()


@pytest.mark.parametrize("keys", [(*"ewifi",), ("e", "enter", *"wifi")])
async def test_the_next_look_up_is_whole(app: DeskMateApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "1")
        await at_once(app, pilot, *keys)
        assert on(app, DeskScreen).box.value == "wifi"
        assert "Wi-Fi" in screen_text(app)


async def test_from_the_look_up_through_the_guide_and_back(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(app, pilot, *"yelling", "enter", *"1e", "enter", *"noise", "enter")
        assert on(app, GuideScreen).guide is not None
        assert app.desk.live.current is not None
        assert app.desk.live.current.walk.playbook == "noise"


async def test_a_note_starts_with_its_first_letter(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "1")
        await at_once(app, pilot, *"nexit", "space", *"blocked")
        assert on(app, GuideScreen).note_box.area.text == "exit blocked"
        await pilot.press("escape")
        await at_once(app, pilot, *"enlate", "space", *"bus")
        assert on(app, WrapUpScreen).note_box.area.text == "exit blockedlate bus"


async def test_enter_comes_before_the_key_after_it(app: DeskMateApp) -> None:
    """Enter posts a message of its own: a choice after it belongs to the guide, and the staff's key to the card."""
    async with app.run_test(size=(80, 24)) as pilot:
        await at_once(app, pilot, *"yelling", "enter", "1", "c", "enter", "ctrl+l")
        guide = on(app, GuideScreen).guide
        assert guide is not None
        assert guide.step != "open"


async def test_what_is_typed_before_the_first_screen_waits_for_it(app: DeskMateApp) -> None:
    for letter in "wifi":
        app.post_message(Key(letter, letter))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert on(app, DeskScreen).box.value == "wifi"


async def point(app: DeskMateApp, pilot: Pilot[None], words: str, *, button: int = LEFT, times: int = 1) -> None:
    """Press and let go as a terminal tells it; the pilot's own clicks do not come through the app."""
    x, y = place_of(app, words)
    for _ in range(times):
        for kind in (MouseDown, MouseUp):
            app.post_message(kind(None, x, y, 0, 0, button, False, False, False, x, y))
        await pilot.pause()
    await pilot.pause()


async def test_a_double_click_is_one_click_on_the_screen_that_it_opens(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await point(app, pilot, "Ctrl+G HELP", times=2)
        on(app, HelpScreen)
        assert "none noted" not in screen_text(app)
        await point(app, pilot, "r Times")  # what the second click would have hit
        assert "none noted" in screen_text(app)


async def test_the_right_button_shows_what_applies_but_not_to_the_patron(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await point(app, pilot, "Front desk", button=RIGHT)
        assert isinstance(app.screen, CommandPalette)
        await pilot.press("escape", *"yelling", "enter", "c", "enter")
        on(app, CardScreen)
        app.post_message(MouseDown(None, 30, 12, 0, 0, RIGHT, False, False, False, 30, 12))
        await pilot.pause()
        on(app, CardScreen)
