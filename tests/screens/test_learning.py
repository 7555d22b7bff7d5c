""" "I meant this one" and "none of these", key by key."""

from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.desk_rows import NONE, NOT_SURE
from deskmate.screens.guide import GuideScreen
from tests.screens.look import on, screen_text

SIZE = (80, 24)


async def test_none_of_these_opens_the_last_resort_and_keeps_a_wish(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"wants a kiln", "pagedown", "pagedown")
        desk = on(app, DeskScreen)
        assert desk.rows.row is not None
        assert desk.rows.row.id == NONE
        assert "None of these" in screen_text(app)
        await pilot.press("enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.desk.live.current is not None
        assert app.desk.live.current.walk.playbook == "i-can-find-out"
        assert [words for _, words in app.desk.learning.wishes()] == ["wants a kiln"]
        assert "Kept as a wish" in screen_text(app)


async def test_a_guess_is_called_one_and_its_first_row_can_still_be_opened(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"zzqx wvvk")
        assert NOT_SURE in screen_text(app)
        await pilot.press(*["backspace"] * 9, *"wifi")
        assert NOT_SURE not in screen_text(app)
        await pilot.press("enter")
        assert on(app, GuideScreen).live is not None


async def test_m_remembers_the_words_that_opened_the_guide_and_m_again_forgets(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"printer zorb", "enter")
        guide = on(app, GuideScreen)
        assert guide.live is not None
        opened = guide.live.walk.playbook
        await pilot.press("m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.desk.learning.phrases() == {opened: ("printer zorb",)}
        assert "Remembered" in screen_text(app)
        await pilot.press("m")
        assert app.desk.learning.phrases() == {}


async def test_words_that_led_nowhere_can_be_meant_by_the_guide_that_was_found_in_the_end(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"gizmo mutters", "escape", *"printing", "enter", "m")
        assert "gizmo mutters" in screen_text(app)
        await pilot.press("2")
        live = app.desk.live.current
        assert live is not None
        assert app.desk.learning.phrases() == {live.walk.playbook: ("gizmo mutters",)}
        await pilot.press("x")
        await pilot.press(*"gizmo mutters")
        row = on(app, DeskScreen).rows.row
        assert row is not None
        assert row.id == "playbook:printing-mobile-print"


async def test_a_discreet_guide_shows_no_typed_words(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"her husband qwolls", "escape", *"angry shouting", "enter", "m")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert on(app, GuideScreen).guide is not None
        assert "qwolls" not in screen_text(app)
        assert "shouting" not in screen_text(app).splitlines()[-2]
        assert "Remembered." in screen_text(app)


async def test_nothing_typed_is_said(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+r", "m")
        assert "Nothing was typed" in screen_text(app)
        assert app.desk.learning.phrases() == {}


async def test_the_look_up_over_a_guide_can_say_none_of_these_too(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"printing", "enter", "ctrl+f", *"kiln glaze", *["down"] * 12, "enter")
        live = app.desk.live.current
        assert live is not None
        assert live.walk.playbook == "i-can-find-out"
        assert [words for _, words in app.desk.learning.wishes()] == ["kiln glaze"]
