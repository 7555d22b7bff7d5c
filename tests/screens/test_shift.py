"""The shift from its beginning to the next person, key by key."""

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from tests.screens.look import screen_text


async def test_the_desk_changes_hands_in_the_middle_and_a_shift_ends_with_its_summary(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("+", "number_sign", "b", *"mk", "enter", "h", *"printer 2 jams", "enter", "escape")
        clock.advance(3600)
        await pilot.press("h")
        assert "Take the desk over now?" in screen_text(app)
        await pilot.press("t", *"jo", "enter")
        following = app.desk.shifts.current()
        assert following is not None
        assert following.staff == "jo"
        assert f"Shift since {clock.now():%H:%M}" in screen_text(app)
        clock.advance(3600)
        await pilot.press("b", "y")
        assert app.desk.shifts.current() is None
        assert "Shift at Front desk" in screen_text(app)
        assert "Contacts" in screen_text(app)


async def test_what_is_undone_leaves_the_list(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("plus", "number_sign")
        assert "1 logged" in screen_text(app)
        await pilot.press("ctrl+p", *"undo", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "0 logged" in screen_text(app)
        assert "Nothing is logged yet" in screen_text(app)
