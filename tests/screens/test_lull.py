"""The question in a lull and the tally pad, key by key, in the real app."""

from collections.abc import Callable
from datetime import timedelta

from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.lulling import QUIET
from deskmate.screens.pad import PadScreen
from deskmate.screens.private import PrivateScreen
from tests.desk.test_lull import weeks
from tests.screens.look import on, screen_text

SIZE = (80, 24)
ASKED = "13-14: nothing logged, usually 9: add a tally?  > yes  < never ask"


async def a_lull(pilot: Pilot[None], app: DeskMateApp, clock: FixedClock) -> None:
    """Nobody touches a key, and the app has the time to read what it wants."""
    clock.advance(QUIET)
    app.look_at_the_clock()
    while app.desk.lull.learn():
        pass
    app.look_at_the_clock()
    while app._learning:
        await pilot.pause(0.01)
    await pilot.pause()


async def test_a_lull_asks_and_one_key_answers_with_two_keys_a_tally(app: DeskMateApp, clock: FixedClock) -> None:
    weeks(app.desk, clock)
    async with app.run_test(size=SIZE) as pilot:
        await a_lull(pilot, app, clock)
        assert ASKED in screen_text(app)
        await pilot.press("greater_than_sign", *"6pa")
        await app.workers.wait_for_complete()
        await pilot.pause()
        on(app, PadScreen)
        assert "for 13:30   13-14: 6 logged, usually 9" in screen_text(app)
        assert "Counted: phone · account · x6 · at 13:30" in screen_text(app)
        await pilot.press("space", "tilde", *"2id", "minus", "escape")
        counted = app.desk.log.day(clock.now().date())
        assert [(each.channel, each.kind, each.count, each.entry) for each in counted] == [
            ("phone", "account", 6, "tally"),
            ("phone", "account", 1, "tally"),
        ]
        assert ASKED not in screen_text(app)
        await a_lull(pilot, app, clock)
        assert "add a tally" not in screen_text(app)  # once a shift


async def test_never_again_is_one_key_and_another_takes_it_back(app: DeskMateApp, clock: FixedClock) -> None:
    weeks(app.desk, clock)
    async with app.run_test(size=SIZE) as pilot:
        await a_lull(pilot, app, clock)
        await pilot.press("less_than_sign")
        assert "never asked" in screen_text(app)
        app.desk.shifts.start()
        await a_lull(pilot, app, clock)
        assert "add a tally" not in screen_text(app)
        await pilot.press("less_than_sign")
        assert app.desk.lull.wanted


async def test_nobody_is_asked_while_somebody_is_live_or_types_or_the_screen_is_covered(
    make_app: Callable[[], DeskMateApp], clock: FixedClock
) -> None:
    first = make_app()
    weeks(first.desk, clock)
    for keys in (("enter", "1"), ("enter", "1", "escape"), ("w",), ("ctrl+l",)):
        app = make_app()
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press(*keys)
            await a_lull(pilot, app, clock)
            assert app.asked is None, keys
            assert app.desk.lull.may_ask, keys
            if app.desk.live.others:
                app.desk.live.bring(app.desk.live.others[0].id)
            if app.desk.live.current:
                app.desk.live.leave()


async def test_a_question_hides_while_somebody_is_live_and_goes_away_after_an_hour(
    app: DeskMateApp, clock: FixedClock
) -> None:
    weeks(app.desk, clock)
    async with app.run_test(size=SIZE) as pilot:
        await a_lull(pilot, app, clock)
        await pilot.press("enter", "1", "escape")
        on(app, DeskScreen)
        assert "add a tally" not in screen_text(app)
        await pilot.press("ctrl+o", "e", "enter")
        assert ASKED in screen_text(app)
        await pilot.press("ctrl+l")
        on(app, PrivateScreen)
        assert "13-14" not in screen_text(app)
        await pilot.press("ctrl+l")
        clock.advance(timedelta(hours=1).total_seconds() + 1)
        app.look_at_the_clock()
        await pilot.pause()
        assert app.asked is None


async def test_the_pad_takes_an_hour_that_had_nobody_another_time_and_a_slip(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("greater_than_sign")
        assert "first the channel" in screen_text(app)
        await pilot.press(*"pz", "backspace", *"pi", "enter")
        assert app.desk.log.day(clock.now().date()) == []
        await pilot.press("at", *"10:15", "enter", "0", "enter", "at", "enter", *"12vt")
        counted = app.desk.log.day(clock.now().date())
        assert [(f"{each.asked_at:%H:%M}", each.kind, each.count) for each in counted] == [
            ("10:15", "other", 0),
            ("14:20", "device", 12),
        ]
        assert "nobody came, 10-11" in screen_text(app)
        await pilot.press("escape", "=", "x", "3", "enter")  # the same again
        assert [each.kind for each in app.desk.entries.newest(1)] == ["device"]
