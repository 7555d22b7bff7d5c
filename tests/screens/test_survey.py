"""The yearly survey in its window."""

from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.survey import SurveyDialog
from tests.desk.test_surveys import weeks_of_october
from tests.screens.look import on, screen_text


async def counted(pilot: Pilot[None], app: DeskMateApp) -> None:
    """The days of the year were counted, a few between two frames."""
    while on(app, SurveyDialog)._counting:
        await pilot.pause(0.01)
    await pilot.pause()


async def test_the_palette_opens_the_survey_and_keys_choose_year_and_quarters(
    app: DeskMateApp, clock: FixedClock
) -> None:
    weeks_of_october(app.desk, clock)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+p", *"survey count", "enter")
        await counted(pilot, app)
        assert "Public Libraries Survey (502): 6,240 estimated (ES)" in screen_text(app)
        await pilot.press("q")
        assert "A quarter has no week" in screen_text(app)
        await pilot.press("left")
        await counted(pilot, app)
        assert "Reference transactions of 2025" in screen_text(app)
        await pilot.press("escape")
        assert "Reference transactions" not in screen_text(app)
