"""The clocks: when they wake, and what they paint then. Seconds pass only when the test says so."""

from datetime import timedelta

import pytest
from textual.geometry import Region
from textual.widget import Widget

from deskmate.clock import FixedClock, left_of_minute, left_of_second
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from tests.conftest import TODAY
from tests.screens.look import on, screen_text

SIZE = (80, 24)


class Alarmed(DeskMateApp):
    """The app, with the seconds of its last alarm kept for the test, which says itself when time passes."""

    alarm = 0.0

    def _ring_in(self, seconds: float) -> None:
        self.alarm = seconds


@pytest.fixture
def app(places: Places, clock: FixedClock) -> Alarmed:
    return Alarmed(Desk(places, clock, environment={}, durable=False))


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """The widgets that were told to paint again, and how many lines of them; 0 is the whole."""
    seen: list[tuple[str, int]] = []
    real = Widget.refresh

    def noted(widget: Widget, *regions: Region, **options: bool) -> Widget:
        seen.append((widget.id or type(widget).__name__, len(regions)))
        return real(widget, *regions, **options)

    monkeypatch.setattr(Widget, "refresh", noted)
    return seen


def test_what_is_left_of_a_minute_and_of_a_second() -> None:
    at = TODAY + timedelta(seconds=12, milliseconds=250)
    assert (left_of_minute(at), left_of_second(at)) == (47.75, 0.75)
    assert (left_of_minute(TODAY), left_of_second(TODAY)) == (60.0, 1.0)


async def test_an_idle_minute_on_the_desk_paints_nothing(
    app: Alarmed, clock: FixedClock, painted: list[tuple[str, int]]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        clock.advance(1)
        app.tick()
        await pilot.pause()
        assert app.alarm == 59.0
        painted.clear()
        for _ in range(3):
            clock.advance(15)
            app._look_around()
            await pilot.pause()
        assert painted == []
        assert app.alarm == 14.0
        clock.advance(14)
        app.tick()
        await pilot.pause()
        assert painted == [("head", 0)]
        assert "14:21" in screen_text(app).splitlines()[0]


async def test_a_second_in_a_guide_paints_its_head_only(
    app: Alarmed, clock: FixedClock, painted: list[tuple[str, int]]
) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*"yelling", "enter", "1", "v")
        await pilot.pause()
        app.tick()
        painted.clear()
        clock.advance(1)
        app.tick()
        await pilot.pause()
        assert app.alarm == 1.0
        assert painted == [("head", 0)]
        assert "0:01" in screen_text(app).splitlines()[0]


async def test_a_second_of_somebody_parked_paints_their_line_and_no_other(
    app: Alarmed, clock: FixedClock, painted: list[tuple[str, int]]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1", "escape")
        await pilot.pause()
        on(app, DeskScreen)
        app.tick()
        await pilot.pause()
        assert app.alarm == 1.0
        painted.clear()
        clock.advance(1)
        app.tick()
        await pilot.pause()
        assert painted == [("strip", 0), ("list", 1)]
        shown = screen_text(app)
        assert shown.count("PARKED 0:01") == 2
        assert "PARKED 0:00" not in shown
        clock.advance(60)
        app.tick()
        await pilot.pause()
        assert screen_text(app).count("PARKED 1:01") == 2


async def test_a_key_a_word_and_another_screen_bring_the_clocks_within_a_second(app: Alarmed) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for happens in ("x", "backspace"):
            app.tick()
            assert app.alarm == 60.0
            await pilot.press(happens)
            assert app.alarm == 1.0
        app.tick()
        app.say("Something was kept.")
        assert app.alarm == 1.0
        app.action_go_shift()
        await pilot.pause()
        app.tick()
        assert app.alarm == 60.0
        app.to_desk()
        await pilot.pause()
        assert app.alarm == 1.0


async def test_a_promise_is_told_at_its_second(app: Alarmed, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        clock.advance(17)
        promises = app.desk.promises
        promises.make(promises.draft("ring Jo", "in 5")[0])
        clock.advance(5 * 60 - 20)
        app._look_around()
        left = app.due_left()
        assert 0 < left <= 20
        assert app.alarm == pytest.approx(min(left, left_of_minute(clock.now())))
        assert app.due == 0
        clock.advance(left)
        app.tick()
        await pilot.pause()
        assert app.due == 1
        assert "1 due" in screen_text(app).splitlines()[0]
        assert app.due_left() == float("inf")


@pytest.mark.parametrize("hours", [-3, 11])
async def test_a_clock_that_was_put_right_is_shown_at_the_next_look(
    app: Alarmed, clock: FixedClock, hours: int
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        promises = app.desk.promises
        promises.make(promises.draft("ring Jo", "in 5")[0])
        clock.advance(hours * 3600)
        app._look_around()
        await pilot.pause()
        screen = app.place
        if hours < 0:
            assert "Wed 11:20   0 due" in screen_text(app).splitlines()[0]
        else:  # midnight passed: nobody pressed a key, so the blank screen is there, and has the time
            assert "01:20" in screen_text(app)
            await pilot.press("ctrl+l")
            assert "Thu 01:20   1 due" in screen_text(app).splitlines()[0]
        assert screen is not None
        assert 0 < app.alarm <= 60


async def test_a_nudge_and_the_hold_limit_come_at_their_second(app: Alarmed, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+r", "h")
        guide = on(app, GuideScreen)
        clock.advance(59)
        app.tick()
        await pilot.pause()
        assert "TOO LONG" not in screen_text(app)
        assert not guide.guide or not guide.guide.nudges
        clock.advance(1)
        app.tick()
        await pilot.pause()
        assert "ON HOLD 1:00 TOO LONG" in screen_text(app)
