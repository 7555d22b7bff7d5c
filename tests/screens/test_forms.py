"""What was typed into a window: a refused line stays with what is wrong, and Esc drops nobody's words at once."""

import pytest

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.dialogs import Prompt
from deskmate.screens.notice_form import NoticeForm
from deskmate.screens.notices import NoticesScreen
from deskmate.screens.shift import ShiftScreen
from deskmate.screens.widgets.lookup_box import OneLine
from tests.screens.look import on, screen_text


async def test_a_late_entry_that_is_refused_stays_with_its_letters_and_what_they_mean(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("number_sign", "a", *"fine", "enter")
        assert on(app, Prompt).query_one(OneLine).value == "fine"
        assert "p phone" in screen_text(app)
        assert "a account" in screen_text(app)
        assert on(app, Prompt).query_one("#refused").display
        assert not app.said[0]
        await pilot.press(*["backspace"] * 4, "p", "enter")
        assert "needs the letters of a channel and a kind" in screen_text(app)
        await pilot.press("a", "enter")
        on(app, ShiftScreen)
        assert [record.channel for record in app.desk.log.day(clock.now().date())] == ["phone"]


@pytest.mark.parametrize("keys", [("number_sign", "r", "t"), ("greater_than_sign", "at")])
async def test_a_line_that_is_not_understood_stays(app: DeskMateApp, keys: tuple[str, ...]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys, "ctrl+u", *"whenever", "enter")
        assert on(app, Prompt).query_one(OneLine).value == "whenever"
        assert on(app, Prompt).query_one("#refused").display


async def test_esc_drops_written_words_only_the_second_time(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_notices()
        await pilot.pause()
        await pilot.press("a", *"the lift is out", "escape")
        assert on(app, NoticeForm).what.value == "the lift is out"
        assert "Esc again drops what you wrote here." in screen_text(app)
        await pilot.press("!", "escape")  # other words than those it was said of
        on(app, NoticeForm)
        await pilot.press("escape")
        on(app, NoticesScreen)
        await pilot.press("a", "escape")  # nobody wrote anything
        on(app, NoticesScreen)
