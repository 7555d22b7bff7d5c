"""The Wrap-up: the next look-up typed over its keys, and the edit of a stored record."""

import pytest
from textual.events import Key
from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.breath import BREATH
from deskmate.screens.desk import DeskScreen
from deskmate.screens.due_forms import PromiseForm
from deskmate.screens.guide import GuideScreen
from deskmate.screens.shift import ShiftScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.look import on, screen_text

SAVED = ("y", "e", "l", "l", "i", "n", "g", "enter", "1", "e")
"""A guide is opened, answered and saved: the Wrap-up is in front."""


async def typed(app: DeskMateApp, pilot: Pilot[None], words: str, *, apart: float) -> None:
    """Type with so many seconds between two letters, as the terminal tells them: nobody waits for a clock."""
    start = Key("a", "a").time
    for number, each in enumerate(words):
        key = Key("space", " ") if each == " " else Key(each, each)
        key.time = start + number * apart
        app.post_message(key)
        await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("words", ["unattended child", "xerox", "drunk", "incident", "wifi"])
async def test_the_next_look_up_in_a_breath_is_no_command(app: DeskMateApp, clock: FixedClock, words: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*SAVED)
        [saved] = app.desk.log.day(clock.now().date())
        await typed(app, pilot, words, apart=BREATH * 0.8)
        assert on(app, DeskScreen).box.value == words
        assert app.desk.log.day(clock.now().date()) == [saved]
        assert not app.desk.live.anybody


async def test_a_key_by_itself_acts_at_once_and_what_is_typed_later_is_its_own(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*SAVED)
        await typed(app, pilot, "uv", apart=BREATH * 1.2)
        assert on(app, GuideScreen).side.showing == "avoid"
        assert app.desk.log.day(clock.now().date()) == []
        await pilot.press("escape", "e")
        await typed(app, pilot, "nlate bus", apart=BREATH * 1.2)
        assert on(app, WrapUpScreen).note_box.area.text == "late bus"
        await pilot.press("escape", "t")
        on(app, PromiseForm)
        await pilot.press("escape")
        await typed(app, pilot, "xwifi", apart=BREATH * 1.2)
        assert on(app, DeskScreen).box.value == "wifi"
        assert app.desk.log.day(clock.now().date()) == []


async def test_space_begins_the_next_look_up_whatever_its_first_letter_is(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*SAVED)
        assert "Space, then words: the next look-up" in screen_text(app)
        await typed(app, pilot, " xerox", apart=1.0)
        assert on(app, DeskScreen).box.value == "xerox"
        assert len(app.desk.log.day(clock.now().date())) == 1


async def test_the_edit_of_a_stored_record_takes_back_no_other_one(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("plus", "plus", "equals_sign", *"pa", "enter", "number_sign", "down", "down", "e")
        assert "Undo" not in screen_text(app)
        await pilot.press("u", "space")
        on(app, WrapUpScreen)
        assert len(app.desk.log.day(clock.now().date())) == 3
        await pilot.press("question_mark")
        assert "return to the guide" not in screen_text(app)
        await pilot.press("escape", "escape")
        on(app, ShiftScreen)
