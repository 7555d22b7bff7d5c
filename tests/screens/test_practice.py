"""Practice on the screen: chosen, played, interrupted by somebody live, talked over; and nothing of it kept."""

import json
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.debrief import DebriefScreen
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import HelpScreen
from deskmate.screens.practice import PracticeScreen
from deskmate.screens.private import PrivateScreen
from deskmate.screens.rehearsed_help import RehearsedHelp
from deskmate.screens.scenes import ScenesScreen
from tests.screens.hostile import HOSTILE
from tests.screens.look import on, screen_text

SIZE = (80, 24)
ANGRY = "angry-patron/twenty-minutes"
FIST = "angry-patron/fist-on-the-desk"


async def practise(app: DeskMateApp, pilot: Pilot[None], name: str) -> PracticeScreen:
    """Begin a scene."""
    await pilot.pause()
    app.practise(name)
    await pilot.pause()
    return on(app, PracticeScreen)


def files_of(places: Places) -> dict[str, bytes]:
    """Everything that stands in the home and the state, but the caches of the playbooks."""
    roots: Iterable[Path] = (places.home, places.state)
    found = (path for root in roots for path in root.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in found if path.parent != places.cache}


# -- choosing ----------------------------------------------------------------------------------------------------------


async def test_the_palette_leads_to_the_scenes_and_words_and_families_narrow_them(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p", *"practice rehearse", "enter")
        scenes = on(app, ScenesScreen)
        everything = len(scenes.rows.rows)
        await pilot.press(*"angry wet")
        assert [row.id for row in scenes.rows.rows if row.id] == [f"scene:{ANGRY}"]
        await pilot.press("escape")
        assert len(scenes.rows.rows) == everything
        await pilot.press("right")
        assert 0 < len(scenes.rows.rows) < everything
        await pilot.press("left", "escape")
        on(app, DeskScreen)
        assert "Practice has ended. What you open now is real." in screen_text(app)
        await pilot.press(*"angry", "enter")
        on(app, GuideScreen)
        assert "Practice" not in screen_text(app)


async def test_surprise_begins_some_scene(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.action_go_practice()
        await pilot.pause()
        await pilot.press("enter")
        on(app, PracticeScreen)
        assert app.desk.practices.under_way


async def test_the_list_says_what_it_is_about_and_not_what_is_right(app: DeskMateApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        app.action_go_practice()
        await pilot.pause()
        await pilot.press(*"angry wet")
        text = screen_text(app)
        assert "A man in a wet coat, a letter about a fine in his fist" in text
        assert "urgent · 4 steps" in text
        assert "Twenty minutes" not in text


async def test_words_that_find_nothing_say_so_and_enter_does_nothing(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        app.action_go_practice()
        await pilot.pause()
        await pilot.press(*"qqqq")
        assert "No scene has these words" in screen_text(app)
        await pilot.press("enter")
        on(app, ScenesScreen)


# -- playing -----------------------------------------------------------------------------------------------------------


async def test_a_scene_is_played_with_the_guides_own_keys_and_says_practice_all_the_time(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        assert "“Twenty minutes I've stood here!" in screen_text(app)
        assert screen_text(app).startswith(" PRACTICE   AP")
        clock.advance(6)
        for key in ("enter", "space", "space", "space", "w", "v", "v", "i", "i", "1"):
            await pilot.press(key)
            assert "PRACTICE" in screen_text(app).splitlines()[0], key
            assert "PRACTICE · A man in a wet coat" in screen_text(app), key
        assert "“Nobody ever listens here." in screen_text(app)
        await pilot.press("enter", "1", "1", "1", "e")
        on(app, DebriefScreen)
        text = screen_text(app)
        assert "First sentence after 0:06." in text
        assert text.index("WENT WELL") < text.index("TO LOOK AT")
        assert "Done: Step back to two arm lengths" in text


async def test_an_answer_that_does_not_fit_is_told_and_the_patron_stays(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await practise(app, pilot, ANGRY)
        clock.advance(60)
        screen.follow_clock()
        await pilot.press("5")
        assert "That is not what they did. Listen once more." in screen_text(app)
        await pilot.press("1", "e")
        text = screen_text(app)
        assert "It was left before its end." in text
        assert "They: “Well? Are you going to say something" in text[text.index("ANSWERS THAT DID NOT FIT") :]


async def test_a_key_that_ended_it_by_mistake_is_taken_back(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        clock.advance(9)
        await pilot.press("enter", "1", "e")
        assert "Bksp Go on" in screen_text(app).splitlines()[-1]
        clock.advance(300)
        await pilot.press("backspace")
        on(app, PracticeScreen)
        assert screen_text(app).startswith(" PRACTICE   AP   0:09")
        await pilot.press("1", "1", "e")
        assert "Go on" not in screen_text(app)
        await pilot.press("backspace")
        on(app, DebriefScreen)


async def test_the_limit_is_shown_calmly_and_says_when_it_is_over(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await practise(app, pilot, "medical-emergency/man-down")
        clock.advance(20)
        screen.follow_clock()
        await pilot.pause()
        assert "0:20   0:40 left" in screen_text(app).splitlines()[0]
        clock.advance(60)
        screen.follow_clock()
        await pilot.pause()
        assert "time is up" in screen_text(app).splitlines()[0]


async def test_the_choices_are_seen_without_scrolling_at_80x24(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        await pilot.press("enter")
        assert "5  Drunk, high or not making sense" in screen_text(app)


async def test_again_next_and_surprise_begin_another_and_esc_leads_to_the_scenes(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        for key, same in (("a", True), ("n", False), ("s", False)):
            before = app.desk.practices.current
            assert before is not None
            await pilot.press("e", key)
            on(app, PracticeScreen)
            after = app.desk.practices.current
            assert after is not None
            assert (after.scene.name == before.scene.name) is same
            assert not after.over
        await pilot.press("e", "escape")
        on(app, ScenesScreen)


# -- HELP --------------------------------------------------------------------------------------------------------------


async def test_an_answer_that_leads_to_help_rehearses_it_and_the_right_digit_ends_the_scene(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, FIST)
        await pilot.press("4")
        on(app, RehearsedHelp)
        text = screen_text(app)
        assert text.startswith(" PRACTICE   HELP, rehearsed")
        assert "911" in text
        assert "12 Main Street, near Oak Avenue" in text
        await pilot.press("5")
        on(app, RehearsedHelp)
        assert "That digit is for something else." in screen_text(app)
        await pilot.press("1")
        on(app, DebriefScreen)
        assert "HELP was asked for. It is never wrong." in screen_text(app)


@pytest.mark.parametrize("keys", [(), ("p",), ("e",)], ids=["practice", "rehearsed help", "debrief"])
@pytest.mark.parametrize("key", ["ctrl+g", "f9"])
async def test_the_key_of_help_is_always_the_real_one(app: DeskMateApp, keys: tuple[str, ...], key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, FIST)
        await pilot.press(*keys, key)
        on(app, HelpScreen)
        assert "PRACTICE" not in screen_text(app)
        await pilot.press("2")
        on(app, GuideScreen)
        live = app.desk.live.current
        assert live is not None
        assert live.walk.playbook == "medical-emergency"


async def test_help_over_a_saved_guide_opens_the_emergency_for_somebody_new(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "1", "e", "ctrl+g", "2")
        guide = on(app, GuideScreen)
        assert guide.guide is not None
        assert guide.guide.playbook == "medical-emergency"


async def test_leaving_the_rehearsed_help_goes_on(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        await pilot.press("p", "escape")
        on(app, PracticeScreen)
        assert "HELP is never wrong. They are still here." in screen_text(app)


# -- somebody live comes first -----------------------------------------------------------------------------------------


async def test_the_phone_interrupts_at_once_and_the_practice_waits_with_its_time(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        await pilot.press("enter")
        clock.advance(10)
        await pilot.press("ctrl+r")
        guide = on(app, GuideScreen)
        assert guide.guide is not None
        assert guide.guide.channel == "phone"
        assert "PRACTICE" not in screen_text(app)
        clock.advance(300)
        await pilot.press("x")
        on(app, DeskScreen)
        assert "practice waiting (Ctrl+P Practice)" in screen_text(app)
        app.action_go_practice()
        await pilot.pause()
        on(app, PracticeScreen)
        assert app.desk.practices.view().elapsed == 10
        assert "“Well? Are you going to say something" in screen_text(app)


@pytest.mark.parametrize("key", ["ctrl+f", "slash"])
async def test_a_look_up_leads_to_the_desk_and_the_list_offers_to_go_on(app: DeskMateApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        await pilot.press(key)
        on(app, DeskScreen)
        assert app.said[0] == "Practice is set aside. What you open now is real."
        await pilot.press(*"wifi slow")
        assert app.desk.practices.under_way
        app.action_go_practice()
        await pilot.pause()
        assert app.said[0] == ""
        await pilot.press("escape")
        scenes = on(app, ScenesScreen)
        assert scenes.rows.rows[0].text == "Go on: Angry or abusive patron"
        await pilot.press("enter")
        on(app, PracticeScreen)


async def test_whoever_was_in_front_is_set_aside_and_not_lost(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"wifi slow", "enter", "1")
        await practise(app, pilot, ANGRY)
        assert len(app.desk.live.others) == 1
        await pilot.press("ctrl+o")
        on(app, GuideScreen)


async def test_the_blank_screen_covers_it_and_its_time_stands_still(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, ANGRY)
        await pilot.press("ctrl+l")
        on(app, PrivateScreen)
        clock.advance(90)
        await pilot.press("ctrl+l")
        on(app, PracticeScreen)
        assert app.desk.practices.view().elapsed == 0


# -- nothing is kept ---------------------------------------------------------------------------------------------------


async def test_nothing_of_a_practice_is_written_anywhere(
    make_app: Callable[[], DeskMateApp], places: Places, clock: FixedClock
) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.workers.wait_for_complete()
        before = files_of(places)
        await practise(app, pilot, ANGRY)
        await pilot.press("enter", "space", "1", "p", "1", "w", "1", "h", "h", "1", "1", "space", "e", "a", "escape")
        on(app, ScenesScreen)
        await pilot.press(*"fist", "enter", "4", "1", "escape", "escape", "escape")
        await app.workers.wait_for_complete()
        assert files_of(places) == before
        assert app.desk.log.day(clock.now().date()) == []
        assert app.desk.promises.board().all == ()
        assert not app.desk.live.anybody
        assert app.desk.entries.undo() is None
    after = files_of(places)
    assert not [path for path, data in after.items() if re.search(rb"wet coat|twenty-minutes|Twenty minutes", data)]


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_hostile_words_of_a_librarys_own_scene_stay_words(
    make_app: Callable[[], DeskMateApp], places: Places, hostile: str
) -> None:
    words = json.dumps(hostile[:60], ensure_ascii=False)
    turn = f"{{patron: {words}, answer: medical-emergency}}"
    places.practice.mkdir()
    own = places.practice / "sleeping-patron.yaml"
    own.write_text(f"scenes:\n  odd:\n    who: {words}\n    turns:\n      open: {turn}\n", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await practise(app, pilot, "sleeping-patron/odd")
        await pilot.press("escape", *"odd", "enter", "enter", "3")
        on(app, DebriefScreen)
