"""A promise comes due: told on every screen once, never in an emergency, never with a word of it."""

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import HelpScreen
from deskmate.screens.promises import PromisesScreen
from deskmate.screens.take_over import TakeOver
from tests.screens.look import on, screen_text

SECRET = "the eviction letter"


class Told(DeskMateApp):
    """The app, with what reached the terminal kept for the test."""

    rung = 0
    sent: tuple[str, ...] = ()

    def bell(self) -> None:
        """Count it."""
        self.rung += 1

    def write_to_terminal(self, sequence: str) -> None:
        """Keep it."""
        self.sent = (*self.sent, sequence)


@pytest.fixture
def app(places: Places, clock: FixedClock) -> Told:
    """On kitty, with the bell switched on."""
    environment = {"TERM": "xterm-kitty", "DESKMATE_SCREENS_BELL": "yes"}
    return Told(Desk(places, clock, environment=environment, durable=False))


def promise(app: Told, phrase: str = "in 5") -> Interaction:
    return app.desk.promises.make(app.desk.promises.draft(SECRET, phrase, contact="Jo 555-0142", who="mk")[0])


async def test_a_promise_due_while_a_guide_is_live(app: Told, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        record = promise(app)
        app.open_guide("printing-mobile-print")
        await pilot.pause()
        focused, others = app.focused, app.desk.live.others
        clock.advance(5 * 60)
        app.look_at_the_clock()
        await app.workers.wait_for_complete()
        await pilot.pause()
        text = screen_text(app)
        assert "▲ 1 promise due" in text
        assert "1 due" in text.splitlines()[0]
        assert SECRET not in text
        assert "555" not in text
        assert (app.rung, len(app.sent)) == (1, 1)
        assert SECRET not in app.sent[0]
        assert (app.focused, app.desk.live.others) == (focused, others)
        before = on(app, GuideScreen).guide
        await pilot.press("1")  # the guide goes on as if nothing had been told
        assert on(app, GuideScreen).guide != before

        app.look_at_the_clock()  # once for each time
        assert app.rung == 1
        await pilot.press("escape", "asterisk")
        await pilot.pause()
        assert "▲" not in screen_text(app)
        app.desk.promises.snooze(record, "in 10")
        app.look_at_the_clock()
        clock.advance(10 * 60)
        app.action_other_person()
        app.look_at_the_clock()
        await pilot.pause()
        assert "▲ 1 promise due" in screen_text(app)  # a snooze is told again at its time
        assert app.rung == 2


async def test_nothing_is_told_in_an_emergency_and_it_is_told_right_after(app: Told, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        promise(app)
        await pilot.press("ctrl+g")
        clock.advance(5 * 60)
        app.look_at_the_clock()
        await pilot.pause()
        on(app, HelpScreen)  # five minutes without a key do not blank it either
        assert "promise" not in screen_text(app)
        assert (app.rung, app.sent) == (0, ())
        await pilot.press("3")  # an emergency's guide: a number in the head, no more
        on(app, GuideScreen)
        app.tick()
        await pilot.pause()
        assert "1 due" in screen_text(app).splitlines()[0]
        assert "▲ 1 promise" not in screen_text(app)
        await pilot.press("ctrl+l")
        app.tick()
        assert app.rung == 0
        await pilot.press("ctrl+l", "escape", "n")
        on(app, DeskScreen)
        app.tick()
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert (app.rung, len(app.sent)) == (1, 1)
        assert "1 promise due: * opens" in screen_text(app)


async def test_a_handover_is_accepted_promise_by_promise(app: Told, clock: FixedClock) -> None:
    desk = app.desk
    desk.shifts.start("mk")
    first, second = promise(app, "in 40"), promise(app, "tomorrow 10:00")
    desk.shifts.leave_handover(desk.reporting.handover(desk.shifts.current()).text())
    desk.shifts.end()
    clock.advance(60)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("number_sign", "h", "j", "o", "enter")
        on(app, TakeOver)
        await pilot.press("2", "a", "1", "escape")  # looked at, ticked and left: nothing is accepted
        assert desk.shifts.waiting() is not None
        await pilot.press("h", "j", "o", "enter", "space", "enter")
        await app.workers.wait_for_complete()
        assert desk.shifts.waiting() is None
        assert "Hand-over accepted. 1 promise of it not taken yet." in app.said[0]
        assert desk.promises.untaken() == {second.id}
        await pilot.press("escape", "asterisk")
        await pilot.pause()
        assert "hand-over: not taken yet" in screen_text(app)
        await pilot.press("down", "y", "j", "o", "enter")
        await pilot.pause()
        assert "not taken" not in screen_text(app)
        owed = {record.id: record.promise for record in desk.log.open_promises()}
        assert [promise and promise.accepted_by for promise in (owed[first.id], owed[second.id])] == ["jo", "jo"]


async def test_a_snooze_offers_the_old_time_and_minus_takes_it_back(app: Told, clock: FixedClock) -> None:
    record = app.desk.promises.snooze(promise(app, "fri 10:00"), "tomorrow 9:00")[0]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("asterisk", "s")
        await pilot.pause()
        assert "→ Fri 20 Nov 10:00, in 2 days" in screen_text(app)
        await pilot.press("up")
        await pilot.pause()
        assert "→ Fri 20 Nov 09:00, in 2 days" in screen_text(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        moved = app.desk.log.get(record.day, record.id)
        assert moved is not None
        assert moved.promise is not None
        assert moved.promise.due.hour == 10
        await pilot.press("minus")
        assert app.desk.log.get(record.day, record.id) == record


async def test_an_answer_goes_to_the_promise_it_was_asked_about(app: Told, places: Places, clock: FixedClock) -> None:
    mine, next_one = promise(app, "in 5"), promise(app, "in 40")
    other = Desk(places, clock, environment={})
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("asterisk", "h", "j", "o")
        record = other.log.get(mine.day, mine.id)
        assert record is not None
        other.promises.done(record)
        other.close()
        app.tick()  # the list behind the window has lost it
        await pilot.press("enter")
        await pilot.pause()
        assert "closed" in screen_text(app)
        left = app.desk.log.get(next_one.day, next_one.id)
        assert left is not None
        assert left.promise is not None
        assert left.promise.who == "mk", "the promise that moved up in its place was handed over"


async def test_the_next_promise_is_chosen_when_one_is_done(app: Told) -> None:
    for phrase in ("in 5", "in 10", "in 20"):
        promise(app, phrase)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("asterisk", "down")
        screen = on(app, PromisesScreen)
        ids = [row.id for row in screen.rows.rows if row.id]
        await pilot.press("d")
        await pilot.pause()
        assert screen.rows.row is not None
        assert screen.rows.row.id == ids[2]
