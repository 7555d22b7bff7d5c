"""Several people at once: who waits, who is gone, what was promised, what is accepted."""

from deskmate.clock import FixedClock
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from tests.screens.look import on, screen_text

SIZE = (80, 24)


async def test_a_caller_on_hold_too_long_is_told_of_over_the_guide_of_somebody_else(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        person = app.desk.live.begin("printing-mobile-print")
        app.desk.live.act("choose", "1")
        app.desk.live.begin("wifi-hotspot-help")
        app.desk.live.phone_rings()
        app.desk.live.act("choose", "1")
        app.show_guide()
        await pilot.press("h")
        app.bring(person.id)
        await pilot.pause()
        assert "TOO LONG" not in screen_text(app)
        clock.advance(78)
        on(app, GuideScreen).follow_clock()
        await pilot.pause()
        head = screen_text(app).splitlines()[0]
        assert "ON HOLD 1:18 TOO LONG  PARKED" in head
        assert "A caller is on hold too long: go back to them (Ctrl+O)" in screen_text(app)
        await pilot.press("escape")
        lines = screen_text(app).splitlines()
        assert "ON HOLD 1:18 TOO LONG, PARKED 0:00 +1 (Ctrl+O)" in lines[4]
        assert "› ON HOLD 1:18 TOO LONG" in lines[5]


async def test_a_guide_at_its_end_that_is_left_leaves_nobody_waiting(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+r", "1", "1", "n", *"brief", "escape")
        assert "The end." in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, DeskScreen)
        assert not app.desk.live.anybody
        assert [record.note for record in app.desk.log.day(clock.now().date())] == ["brief"]


async def test_help_and_the_phone_over_the_wrap_up_keep_what_was_changed_and_leave_no_ghost(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"print", "enter", "1", "e", "plus", "ctrl+g", "5")
        assert [live.walk.playbook for live in app.desk.live.others] == []
        assert [record.strain for record in app.desk.log.day(clock.now().date())] == ["tense"]
        assert isinstance(app.screen, GuideScreen)


async def test_a_second_escape_leaves_help_and_says_what_becomes_of_it(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+g", "escape")
        assert "Esc leaves HELP, nothing is kept" in screen_text(app)
        await pilot.press("escape")
        assert isinstance(app.screen, DeskScreen)
        assert app.desk.log.day(clock.now().date()) == []
        await pilot.press("ctrl+g", "2", "ctrl+g", "escape", "escape", "escape")
        assert "Esc goes to the Desk; the guide waits" in screen_text(app)
        await pilot.press("escape", "escape", "escape")
        assert isinstance(app.screen, DeskScreen)
        assert "goes back to it" in screen_text(app)
        assert [live.walk.playbook for live in app.desk.live.others] == ["medical-emergency"]


async def test_a_call_that_was_noted_is_kept_by_a_second_escape(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+g", "enter", "escape")
        assert "Esc leaves HELP and keeps a record: a call was noted" in screen_text(app)
        await pilot.press("escape")
        assert [record.incident for record in app.desk.log.day(clock.now().date())] == [True]


async def test_a_call_back_shows_what_was_promised_and_the_contact_only_when_asked(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        promise, _ = app.desk.promises.draft("say whether the scarf was found", "in 20", contact="Jo 555-0142")
        app.desk.promises.make(promise)
        await pilot.press("*", "enter")
        assert "PROMISED  say whether the scarf was found" in screen_text(app)
        assert "made 14:20, for 14:40 · k shows the contact for ten seconds" in screen_text(app)
        assert "555-0142" not in screen_text(app)
        await pilot.press("k")
        assert "555-0142" in screen_text(app)
        await pilot.press("escape")
        assert "555-0142" not in screen_text(app)
        assert isinstance(app.screen, GuideScreen)
        await pilot.press("1", "e")
        assert "Is the promise kept?" in screen_text(app)
        await pilot.press("n")
        assert len(app.desk.promises.board().all) == 1


async def test_where_something_is_promised_the_guide_and_the_wrap_up_point_to_it(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.open_guide("phone-vs-in-person", "phone")
        await pilot.press("3")
        assert " t  Call back by when?" in screen_text(app)
        await pilot.press("1", "e")
        assert "none: nothing will remind you; t writes it down" in screen_text(app)
        await pilot.press("t")
        assert "in 60 min" in screen_text(app)


async def test_a_hand_over_is_in_sight_when_it_is_accepted(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.desk.shifts.start("mk")
        app.desk.shifts.leave_handover("Printer 2 jams.\nThe lift is out.")
        app.desk.shifts.end()
        await pilot.press("number_sign", "s")
        assert "Contacts" in screen_text(app)
        assert "Printer 2" not in screen_text(app)
        await pilot.press("s", "h")
        assert "Printer 2 jams." in screen_text(app)
        assert "your initials accept it" not in screen_text(app)
        await pilot.press("h")
        assert "Printer 2 jams." in screen_text(app)
        assert "your initials accept it" in screen_text(app)
        await pilot.press(*"jo", "enter")
        assert app.desk.shifts.waiting() is None
