"""The guide: what is not in sight is not chosen, and what is looked up over it is part of the same contact."""

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import HelpScreen
from deskmate.screens.lookup import LookUpScreen
from tests.screens.look import on, screen_text

THREAT = "Threat, or I feel unsafe"


async def test_a_digit_chooses_no_answer_that_a_panel_hides(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "i")
        assert THREAT not in screen_text(app)
        guide = on(app, GuideScreen).guide
        assert guide is not None
        [key] = [str(choice.key) for choice in guide.choices if choice.answer == THREAT]
        await pilot.press(key)
        on(app, GuideScreen)
        assert THREAT in screen_text(app)
        assert "The answers were out of sight" in screen_text(app)
        await pilot.press(key)
        on(app, HelpScreen)


async def test_a_panel_that_leaves_the_answers_in_sight_lets_digits_choose(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 50)) as pilot:
        await pilot.press(*"yelling", "enter", "i")
        assert THREAT in screen_text(app)
        before = on(app, GuideScreen).guide
        await pilot.press("1")
        assert on(app, GuideScreen).guide != before
        assert not on(app, GuideScreen).side.showing


async def test_a_fact_looked_up_over_a_guide_is_read_and_says_so(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "ctrl+f", *"colour copy")
        assert "Enter counts it" not in screen_text(app)
        await pilot.press("enter")
        on(app, LookUpScreen)
        assert app.desk.log.day(clock.now().date()) == []
