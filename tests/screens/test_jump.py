"""One story with the jump keys: what the mouse can do, a letter can do."""

from collections.abc import Callable

from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import HelpScreen
from deskmate.screens.jump import JumpScreen
from deskmate.screens.shift import ShiftScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.look import on, screen_text


def letter(app: DeskMateApp, words: str) -> str:
    """The letter that stands before some words."""
    line = next(line for line in screen_text(app).splitlines() if words in line)
    return line[: line.index(words)].strip(" □")[-1]


async def test_a_row_an_item_and_a_key_of_the_bottom_line_are_chosen_by_a_letter(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("semicolon")
        on(app, JumpScreen)
        await pilot.press("escape")
        assert on(app, DeskScreen).box.value == ""
        await pilot.press(*"yelling", "f4")
        assert "None of these" in screen_text(app)  # the letters stand before what was found
        await pilot.press(letter(app, "URGENT Angry"))
        await pilot.pause()
        guide = on(app, GuideScreen)
        await pilot.press("semicolon")
        await pilot.press(letter(app, "Breathe out"))
        await pilot.pause()
        assert guide.guide is not None
        assert [bool(item.ticked) for item in guide.guide.items] == [False, True, False]
        await pilot.press("semicolon", "9")
        on(app, GuideScreen)
        await pilot.press("n", *"now; later", "f4")
        await pilot.press(letter(app, "Esc Close"))
        await pilot.pause()
        await pilot.press("e")
        await app.workers.wait_for_complete()
        assert "now; later" in screen_text(app)
        on(app, WrapUpScreen)
        await pilot.press("exclamation_mark")
        on(app, HelpScreen)


async def test_a_change_that_takes_a_key_from_another_command_is_told_on_the_desk(
    make_app: Callable[[], DeskMateApp], places: Places
) -> None:
    with places.settings.open("a", encoding="utf-8") as file:
        file.write('\n[keys]\nend = "w"\nshift = "ctrl+t"\nnote = "y"\n')
    app = make_app()
    async with app.run_test(size=(60, 20)) as pilot:
        assert "w in [keys] is wording already, so it cannot be end. It keeps e." in " ".join(screen_text(app).split())
        assert "F1 more" in screen_text(app)
        await pilot.press(*"yelling", "enter", "y", "x")
        assert on(app, GuideScreen).note_box.area.text == "x"
        await pilot.press("escape", "ctrl+t")
        on(app, ShiftScreen)
