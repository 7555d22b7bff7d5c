"""Erasing from the Shift screen, the hold on the Desk, and the sweep while the screens are open."""

from collections.abc import Callable

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.records.backup import back_up, note
from deskmate.records.restore import check, members
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.shift import ShiftScreen
from tests.screens.look import screen_text


def holds(places: Places, words: str) -> bool:
    roots = (places.home, places.state)
    return any(words.encode() in path.read_bytes() for root in roots for path in root.rglob("*") if path.is_file())


async def test_x_on_the_shift_asks_and_erases_for_good(
    make_app: Callable[[], DeskMateApp], desk: Desk, places: Places
) -> None:
    record = desk.entries.log({"kind": "account", "note": "zqword [/b]"})
    desk.close()
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("number_sign", "x")
        await pilot.pause()
        assert "for good" in screen_text(app)
        await pilot.press("n")
        await pilot.pause()
        assert holds(places, "zqword")
        await pilot.press("x", "y")
        await pilot.pause()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert isinstance(app.screen, ShiftScreen)
        assert app.said[0] == "The text is erased for good."
        assert not holds(places, "zqword")
        left = app.desk.log.get(record.day, record.id)
        assert left is not None
        assert (left.note, left.kind) == ("", "account")


async def test_a_hold_is_told_on_the_desk_and_x_is_refused(
    make_app: Callable[[], DeskMateApp], desk: Desk, places: Places
) -> None:
    desk.entries.log({"note": "zqword"})
    desk.privacy.hold()
    desk.close()
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, DeskScreen)
        app.screen.follow_clock()
        await pilot.pause()
        assert "legal hold: nothing is erased" in screen_text(app)
        await pilot.press("number_sign", "x", "y")
        await pilot.pause()
        assert "legal hold is on" in app.said[0]
        assert app.said[1]
        assert holds(places, "zqword")


async def test_the_sweep_waits_for_a_quiet_desk_and_runs_again_on_the_next_day(
    make_app: Callable[[], DeskMateApp], desk: Desk, places: Places, clock: FixedClock
) -> None:
    desk.entries.log({"note": "zqword"})
    desk.close()
    copy = places.home.parent / "copy.tar.gz"
    note(places.state, back_up(places.home, copy, clock.now()))
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        app._sweep_on()
        assert holds(places, "zqword")
        clock.advance(91 * 24 * 3600)
        app.pressed_at = clock.now()
        app.sweep_when_due()
        assert holds(places, "zqword")
        clock.advance(5)
        while app._sweeping:
            app._sweep_on()
        assert not holds(places, "zqword")
        assert not app.desk.privacy.sweep_due
        await app.workers.wait_for_complete()
        assert not [name for name, data in members(copy, check(copy, 1 << 30)) if b"zqword" in data]
        app._sweeping = app._stopped = False
        app.sweep_when_due()
        assert not app._sweeping


async def test_what_was_asked_elsewhere_is_erased_by_the_desk_that_is_open(
    make_app: Callable[[], DeskMateApp], desk: Desk, places: Places, clock: FixedClock
) -> None:
    app = make_app()
    async with app.run_test() as pilot:
        await pilot.pause()
        record = app.desk.entries.log({"note": "zqword"})
        app.desk.log.flush()
        gone, _ = desk.privacy.erase(desk.privacy.find(record.ref))
        desk.close()
        assert not gone
        assert holds(places, "zqword")
        clock.advance(5)
        app._sweeping = False
        app.sweep_when_due()
        while app._sweeping:
            app._sweep_on()
        assert not holds(places, "zqword")
        assert desk.privacy.waiting() == 0
