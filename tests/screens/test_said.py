"""What stands above the keys holds where it stands, and the keys are those that work."""

import re
from collections.abc import Callable
from dataclasses import fields

from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.themes import NAMES
from deskmate.settings import Screens
from tests.screens.look import on, screen_text


def last_line(app: DeskMateApp) -> str:
    """The line of the keys."""
    return screen_text(app).splitlines()[-1]


async def test_what_was_saved_is_seen_on_the_desk_and_a_hint_goes_with_its_place(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "1", "e")
        await app.workers.wait_for_complete()
        await pilot.press("enter")
        on(app, DeskScreen)
        assert "Saved: in-person" in screen_text(app)
        await pilot.press("plus")
        await app.workers.wait_for_complete()
        assert "takes it back" in screen_text(app)
        app.action_phone_rings()
        app.say("n puts it into the note")
        await pilot.pause()
        assert "n puts it into the note" in screen_text(app)
        await pilot.press("escape")
        on(app, DeskScreen)
        assert "n puts it into the note" not in screen_text(app)


async def test_found_again_is_not_said_on_the_desk(make_app: Callable[[], DeskMateApp]) -> None:
    async with make_app().run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "1")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "Found again" in screen_text(app)
        await pilot.press("escape")
        on(app, DeskScreen)
        assert "Found again" not in screen_text(app)


async def test_what_was_not_saved_stays_until_something_else_is_said(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.say("NOT SAVED", "failed")
        await pilot.press(*"yelling", "enter", "escape")
        app.say("NOT SAVED", "failed")
        await pilot.press("number_sign")
        assert "NOT SAVED" in screen_text(app)


async def test_over_a_note_the_keys_are_those_of_the_note(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "1", "n", "x")
        assert on(app, GuideScreen).note_box.area.text == "x"
        assert "Esc Close" in last_line(app)
        assert "F4 Jump" in last_line(app)
        assert "e End" not in last_line(app)
        await pilot.press("escape")
        assert "e End" in last_line(app)


async def test_what_is_wrong_in_the_settings_is_one_file_and_told_on_the_notices_page(
    make_app: Callable[[], DeskMateApp], places: Places
) -> None:
    text = places.settings.read_text(encoding="utf-8").replace("bell = false", 'bell = "loud"\ntheme = "solarized"')
    places.settings.write_text(f'{text}\n[keys]\nend = "w"\n', encoding="utf-8")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "1 file to mend" in screen_text(app)
        app.action_go_notices()
        await pilot.pause()
        assert "w in [keys] is wording already" in screen_text(app)
        assert "calm-light" in screen_text(app)


async def test_the_second_count_is_told_apart_from_the_first(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("plus")
        await app.workers.wait_for_complete()
        assert "Counted: directional. - takes it back." in screen_text(app)
        await pilot.press("plus")
        await app.workers.wait_for_complete()
        assert "Counted: directional, 2 in a row. - takes it back." in screen_text(app)


async def test_the_palette_finds_a_theme_by_its_colour_and_says_when_it_finds_nothing(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"dark")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Theme" in screen_text(app)
        await pilot.press(*"qqq")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "No command fits these words." in screen_text(app)


def test_every_theme_is_one_that_the_settings_take() -> None:
    rule = next(each for each in fields(Screens) if each.name == "theme").metadata["rule"]
    assert all(re.fullmatch(rule.shape, name) and name in rule.hint for name in NAMES)
