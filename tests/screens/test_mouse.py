"""The same with the mouse alone."""

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import HelpScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.look import on, screen_text


def place_of(app: DeskMateApp, words: str) -> tuple[int, int]:
    """Where some words stand on the screen."""
    for y, line in enumerate(screen_text(app).splitlines()):
        if words in line:
            return line.index(words) + 1, y
    raise AssertionError(f"{words!r} is not on the screen:\n{screen_text(app)}")


async def test_a_whole_interaction_without_a_key(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(offset=place_of(app, "Angry or abusive"))
        await pilot.pause()
        guide = on(app, GuideScreen)
        await pilot.click(offset=place_of(app, "Step back to two"))
        await pilot.pause()
        assert guide.guide is not None
        assert guide.guide.items[0].ticked
        await pilot.click(offset=place_of(app, "Step back to two"))
        await pilot.pause()
        assert not guide.guide.items[0].ticked
        await pilot.click(offset=place_of(app, "Loud, still talking"))
        await pilot.pause()
        assert "And now?" in screen_text(app)
        await pilot.click(offset=place_of(app, "e End"))
        await pilot.pause()
        on(app, WrapUpScreen)
        await pilot.click(offset=place_of(app, "‹ tense ›"))
        await pilot.pause()
        await pilot.click(offset=place_of(app, "Enter Desk"))
        await pilot.pause()
        on(app, DeskScreen)
        records = app.desk.log.day(clock.now().date())
        assert [record.strain for record in records] == ["red"]


async def test_help_and_its_doors(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.click(offset=place_of(app, "Ctrl+G HELP"))
        await pilot.pause()
        on(app, HelpScreen)
        await pilot.click(offset=place_of(app, "Someone has collapsed"))
        await pilot.pause()
        guide = on(app, GuideScreen).guide
        assert guide is not None
        assert guide.playbook == "medical-emergency"
