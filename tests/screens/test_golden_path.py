"""The golden path of the product, key by key, in the real app."""

from collections.abc import Callable

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.look import on, screen_text

SIZE = (80, 24)


async def test_two_keys_after_typing_to_the_first_sentence_and_one_to_a_saved_record(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        assert isinstance(app.screen, DeskScreen)
        await pilot.press(*"guy yelling fine")
        assert "yelling" in screen_text(app)
        await pilot.press("enter")
        assert isinstance(app.screen, GuideScreen)
        live = app.desk.live.current
        assert live is not None
        assert app.desk.live.view(live).say[0] in screen_text(app)
        clock.advance(240)
        await pilot.press("1")
        await pilot.press("e")
        assert isinstance(app.screen, WrapUpScreen)
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "4 min" in screen_text(app)
        assert len(app.desk.log.day(clock.now().date())) == 1
        await pilot.press("w", "i")
        assert isinstance(app.screen, DeskScreen)
        assert app.screen.box.value == "wi"


async def test_looking_is_not_logging(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "w", "v", "i", "escape", "escape")
        assert isinstance(app.screen, DeskScreen)
        assert not app.desk.live.anybody
        assert app.desk.log.day(clock.now().date()) == []


async def test_the_phone_rings_in_the_middle_and_both_become_records(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1")
        at_the_desk = app.desk.live.current
        assert at_the_desk is not None
        step = at_the_desk.walk.spot.place
        await pilot.press("ctrl+r")
        assert "PARKED" in screen_text(app)
        await pilot.press("1", "h")
        clock.advance(65)
        on(app, GuideScreen).follow_clock()
        await pilot.pause()
        assert "ON HOLD 1:05" in screen_text(app)
        assert "go back to the caller" in screen_text(app)
        await pilot.press("ctrl+o")
        assert app.desk.live.current is at_the_desk
        assert at_the_desk.walk.spot.place == step
        await pilot.press("e", "enter", "ctrl+o", "e", "enter")
        assert not app.desk.live.anybody
        channels = sorted(record.channel for record in app.desk.log.day(clock.now().date()))
        assert channels == ["in-person", "phone"]


async def test_a_kill_in_a_live_guide_reopens_at_the_same_step(
    make_app: Callable[[], DeskMateApp], clock: FixedClock
) -> None:
    first = make_app()
    async with first.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1", "2", "n", *"loud but alone")
        live = first.desk.live.current
        assert live is not None
        place = live.walk.spot.place
    second = make_app()
    async with second.run_test(size=SIZE) as pilot:
        await pilot.pause()
        assert isinstance(second.screen, GuideScreen)
        found = second.desk.live.current
        assert found is not None
        assert found.walk.spot.place == place
        assert found.note == "loud but alone"


async def test_an_ending_step_saves_at_once_and_going_back_changes_the_same_record(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1", "1", "1")
        assert len(app.desk.log.day(clock.now().date())) == 1
        await pilot.press("backspace", "2", "e")
        records = app.desk.log.day(clock.now().date())
        assert len(records) == 1
        assert records[0].outcome == "promised"


async def test_a_promise_made_in_the_guide_comes_due_on_the_desk(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1", "t")
        for _ in range(40):
            await pilot.press("backspace")
        await pilot.press(*"in 20", "enter", *"Jo 555-0142", "enter", "enter", "e", "enter")
        assert isinstance(app.screen, DeskScreen)
        assert "0 due" in screen_text(app)
        clock.advance(18 * 60)
        await pilot.press("a", "backspace")
        clock.advance(3 * 60)
        app.look_at_the_clock()
        await pilot.pause()
        assert "1 due" in screen_text(app)
        assert "555-0142" not in screen_text(app)
        await pilot.press("*")
        assert "OVERDUE" in screen_text(app)
        await pilot.press("v")
        assert "555-0142" in screen_text(app)
        await pilot.press("d")
        assert app.due == 0


async def test_tally_by_one_key_and_by_grid_and_undo(app: DeskMateApp, desk: Desk, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("+", "+", "=", *"pa x7 20m ago", "enter")
        counted = app.desk.log.day(clock.now().date())
        assert sorted((record.kind, record.count) for record in counted) == [
            ("account", 7),
            ("directional", 1),
            ("directional", 1),
        ]
        await pilot.press("-")
        assert len(app.desk.log.day(clock.now().date())) == 2
        await pilot.press("=", *"zz", "enter")
        assert "There is no channel 'z'." in screen_text(app).splitlines()[-3]
        assert app.said[1] == "hint"  # nothing was lost: the line still stands to be mended
        assert on(app, DeskScreen).box.value == "=zz"


async def test_help_from_every_state_and_leaving_asks_whether_it_happened(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"printer", "ctrl+g")
        assert "911" in screen_text(app)
        assert "12 Main Street" in screen_text(app)
        await pilot.press("escape", "n")
        assert isinstance(app.screen, DeskScreen)
        assert app.desk.log.day(clock.now().date()) == []
        await pilot.press("f9", "escape", "y")
        records = app.desk.log.day(clock.now().date())
        assert [record.incident for record in records] == [True]
        assert records[0].promise is not None
        assert records[0].promise.private


async def test_private_hides_everything_and_comes_back_to_the_step(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1", "ctrl+l")
        assert "Example Library" in screen_text(app)
        assert "DO" not in screen_text(app)
        await pilot.press("f8")
        assert isinstance(app.screen, GuideScreen)


async def test_not_saved_is_told_and_the_guide_stays(app: DeskMateApp, places: Places, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1")
        places.log.mkdir(parents=True, exist_ok=True)
        blocked = places.log / clock.now().date().isoformat()
        blocked.write_text("a file where the day's folder should be", encoding="utf-8")
        await pilot.press("e")
        assert "NOT SAVED" in screen_text(app)
        assert app.said[1] == "failed"
        assert isinstance(app.screen, GuideScreen)
        blocked.unlink()
        await pilot.press("e")
        await app.workers.wait_for_complete()
        assert isinstance(app.screen, WrapUpScreen)
        assert len(app.desk.log.day(clock.now().date())) == 1


async def test_a_call_back_that_is_answered_keeps_its_promise(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        promise, _ = app.desk.promises.draft("say whether the scarf was found", "in 20")
        app.desk.promises.make(promise)
        await pilot.press("*", "enter")
        guide = on(app, GuideScreen).guide
        assert guide is not None
        assert guide.playbook == "follow-up-callback"
        assert "PROMISED  say whether the scarf was found" in screen_text(app)
        await pilot.press("1", "1")
        assert "Keep it and mark the promise done" in screen_text(app)
        await pilot.press("e")
        await pilot.pause()
        assert app.desk.promises.board().all == ()


async def test_an_emergency_guide_from_help_asks_before_it_is_forgotten(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+g", "2", "escape")
        assert "Did this happen?" in screen_text(app)
        await pilot.press("y")
        records = app.desk.log.day(clock.now().date())
        assert [(record.playbook, record.incident) for record in records] == [("medical-emergency", True)]


async def test_a_disk_that_takes_no_journal_still_shows_the_words(app: DeskMateApp, places: Places) -> None:
    places.state.joinpath("live").write_text("a file where the folder should be", encoding="utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1")
        assert "And now?" in screen_text(app)
        assert "Not written down" in screen_text(app)


async def test_effort_and_strain_are_proposed_and_one_key_changes_each(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1", "e")
        assert "‹ 1 ›  known at once · 1-6 changes it" in screen_text(app)
        assert "‹ tense ›" in screen_text(app)
        await pilot.press("3", "plus", *"wifi")
        assert on(app, DeskScreen).box.value == "wifi"
        record = app.desk.log.day(clock.now().date())[0]
        assert (record.read, record.strain) == (3, "red")
