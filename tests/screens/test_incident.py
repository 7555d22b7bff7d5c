"""The form of an incident report, its list and the code, driven by keys."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.desk.incidents import QUESTIONS
from deskmate.model.incident import DRAFT, FINAL
from deskmate.screens.app import DeskMateApp
from deskmate.screens.incident import IncidentScreen
from deskmate.screens.incident_code import CodeDialog
from deskmate.screens.incident_list import IncidentsScreen
from deskmate.screens.promises import PromisesScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.hostile import HOSTILE
from tests.screens.look import on, screen_text

CODE = "four seasons in one"
NEEDLE = "green umbrella"
HELP_HAPPENED = ("ctrl+g", "escape", "y")


def protect(app: DeskMateApp) -> None:
    """Set a code, with a Scrypt that costs little."""
    app.desk.incidents._cost = 1024
    pending = app.desk.incidents.prepare(CODE)
    app.desk.incidents.trust(pending, pending.recovery)
    app.desk.incidents.forget()


async def settled(app: DeskMateApp, pilot: Pilot[None]) -> str:
    """What stands on the screen once everything that was begun is done."""
    await app.workers.wait_for_complete()
    await pilot.pause()
    return screen_text(app)


async def give(app: DeskMateApp, pilot: Pilot[None], code: str) -> str:
    """Type a code into the dialog."""
    on(app, CodeDialog).code.value = code
    await pilot.press("enter")
    return await settled(app, pilot)


async def test_from_help_to_a_final_report_by_keys(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter")
        form = on(app, IncidentScreen)
        await pilot.press("enter", *"by the lift", "enter", *"threat", "enter")
        assert "What did you see and hear" in screen_text(app)
        await pilot.press(*"drunk", "enter", *"line two")
        form.facts.insert(' "so drunk" call 313-555-0142')
        text = await settled(app, pilot)
        assert text.count("judges") == 1
        assert "PRIVATE: phone" in text
        await pilot.press(*["tab"] * (len(QUESTIONS) - 3))
        text = await settled(app, pilot)
        assert "the whole of it" in text
        assert "by the lift" in text
        assert "line two" in text
        assert "313" not in text
        await pilot.press("f", "y")
        on(app, PromisesScreen)
        assert "Nothing is owed" in await settled(app, pilot)
        (head,) = app.desk.incidents.heads()
        assert head.status == FINAL


async def test_names_are_kept_by_one_key(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter", "tab", "tab", "tab")
        on(app, IncidentScreen).facts.load_text("call 313-555-0142")
        await pilot.press("ctrl+k")
        assert "KEPT" in await settled(app, pilot)
        await pilot.press("escape")
        (head,) = app.desk.incidents.heads()
        assert app.desk.incidents.read(head).seen == "call 313-555-0142"


async def test_a_time_that_is_none_is_asked_again(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter")
        form = on(app, IncidentScreen)
        form.facts.load_text("sometime")
        await pilot.press("enter")
        assert "not understood" in await settled(app, pilot)
        assert form.question == QUESTIONS[0]
        form.facts.load_text("10:15")
        await pilot.press("enter")
        assert form.question == QUESTIONS[1]


async def test_a_slip_in_the_time_that_is_taken_back_holds_nobody_up(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter", "x")
        form = on(app, IncidentScreen)
        assert "not understood" in await settled(app, pilot)
        await pilot.press("backspace", "enter")
        assert form.question == QUESTIONS[1]


async def test_a_report_that_is_erased_elsewhere_closes_and_no_other_is_added_to(app: DeskMateApp) -> None:
    incidents = app.desk.incidents
    first, second = (incidents.finish(incidents.answer(incidents.begin(), "seen", words)) for words in ("A.", "B."))
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_incidents()
        await pilot.pause()
        screen = on(app, IncidentsScreen)
        screen.rows.choose(first.id)
        await pilot.press("enter")
        assert screen.has_class("-sheet")
        incidents.erase([first.head], unexported=True)
        screen.show()
        assert screen.head == second.head
        assert not screen.has_class("-sheet")
        await pilot.press("a")
        assert "Open a final report first" in app.said[0]


async def test_what_is_typed_survives_a_kill(make_app: Callable[[], DeskMateApp], clock: FixedClock) -> None:
    """The first program is simply never asked to close anything before the second one reads."""
    killed, again = make_app(), make_app()
    async with killed.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter", "tab", "tab", "tab", *"half a")
        on(killed, IncidentScreen).follow_clock()
        await pilot.press(*" sentence")
        clock.advance(4)
        on(killed, IncidentScreen).follow_clock()
        (head,) = again.desk.incidents.heads()
        assert again.desk.incidents.read(head).seen == "half a sentence"
        async with again.run_test(size=(80, 24)) as next_pilot:
            await next_pilot.press("*", "enter", "tab", "tab", "tab")
            assert on(again, IncidentScreen).facts.text == "half a sentence"


@pytest.mark.parametrize("key", ["ctrl+r", "ctrl+g", "ctrl+l", "ctrl+q"])
async def test_whatever_interrupts_the_form_keeps_what_was_typed(make_app: Callable[[], DeskMateApp], key: str) -> None:
    app, after = make_app(), make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter", "tab", "tab", "tab", *"glass", key)
        await settled(app, pilot)
    (head,) = after.desk.incidents.heads()
    assert after.desk.incidents.read(head).seen == "glass"


async def test_looking_at_the_form_writes_nothing(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter", "tab", "tab", "shift+tab", "escape")
        on(app, PromisesScreen)
        assert app.desk.incidents.heads() == []


async def test_a_report_is_opened_from_the_wrap_up_and_the_shift(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "1", "e")
        await on(app, WrapUpScreen).run_action("incident")
        await pilot.pause()
        await pilot.press("tab", *"stairs", "escape")
        on(app, WrapUpScreen)
        await pilot.press("enter", "#")
        assert app.place is not None
        await app.place.run_action("incident")
        await pilot.pause()
        await pilot.press("tab")
        assert on(app, IncidentScreen).facts.text == "stairs"


async def test_the_code_stands_before_every_word_and_is_forgotten(app: DeskMateApp, clock: FixedClock) -> None:
    incident = app.desk.incidents.answer(app.desk.incidents.begin(), "seen", f"A {NEEDLE}.")
    app.desk.incidents.finish(app.desk.incidents.answer(incident, "kind", "theft"))
    protect(app)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_incidents()
        text = await settled(app, pilot)
        assert "Wed 18 Nov 2026" in text
        assert "theft" not in text
        await pilot.press("enter")
        text = await give(app, pilot, "not the code")
        assert "neither the code" in text
        assert "not the code" not in text.replace("neither the code", "")
        assert NEEDLE in await give(app, pilot, CODE)
        await pilot.press("ctrl+l", "ctrl+l")
        text = await settled(app, pilot)
        assert NEEDLE not in text
        assert "theft" not in text
        await pilot.press("c")
        assert "theft" in await give(app, pilot, CODE)
        clock.advance(timedelta(minutes=30).total_seconds())
        app.look_at_the_clock()
        await pilot.pause()
        await pilot.press("ctrl+l")
        assert "theft" not in await settled(app, pilot)
        await pilot.press("c")
        await give(app, pilot, CODE)
        await pilot.press("escape")
        assert not app.desk.incidents.readable


async def test_typing_the_code_shows_dots(app: DeskMateApp) -> None:
    app.desk.incidents.save(app.desk.incidents.answer(app.desk.incidents.begin(), "seen", "x"))
    protect(app)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("enter", *"secret")
        text = await settled(app, pilot)
        assert "secret" not in text
        assert "••••••" in text
        await pilot.press("escape")
        on(app, IncidentsScreen)


async def test_a_new_report_needs_no_code_and_stays_open_when_the_screen_is_covered(app: DeskMateApp) -> None:
    protect(app)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("n", "tab", "tab", "tab", *"glass", "ctrl+l", "ctrl+l")
        await pilot.press(*" broke", "escape")
        app.desk.incidents.unlock(CODE)
        (head,) = app.desk.incidents.heads()
        assert head.status == DRAFT
        assert app.desk.incidents.read(head).seen == "glass broke"


async def test_a_draft_that_the_code_opened_closes_when_the_screen_is_covered(app: DeskMateApp) -> None:
    app.desk.incidents.save(app.desk.incidents.answer(app.desk.incidents.begin(), "seen", NEEDLE))
    protect(app)
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("enter")
        await give(app, pilot, CODE)
        await pilot.press("tab", "tab", "tab")
        assert NEEDLE in screen_text(app)
        await pilot.press("ctrl+l", "ctrl+l")
        assert NEEDLE not in await settled(app, pilot)
        on(app, IncidentsScreen)


async def test_a_final_report_is_added_to(app: DeskMateApp) -> None:
    app.desk.incidents.finish(app.desk.incidents.answer(app.desk.incidents.begin(), "seen", "x"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("a")
        assert "Open a final report first" in await settled(app, pilot)
        await pilot.press("enter", "a", *"police came", "enter")
        assert "police came" in await settled(app, pilot)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_stay_words(app: DeskMateApp, text: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*HELP_HAPPENED, "*", "enter")
        form = on(app, IncidentScreen)
        for each in QUESTIONS:
            if each.field != "when":
                form.facts.load_text(text + "x")
                await pilot.pause()
            await pilot.press("tab")
        await pilot.press("f", "y")
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("enter", "a")
        await pilot.press("escape")
        assert "\x1b" not in await settled(app, pilot)
        assert app.is_running


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (60, 20), (120, 40)])
async def test_at_every_size(app: DeskMateApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("n", "tab", "tab", "tab", *"drunk", *["tab"] * 9, "escape", "enter")
        assert app.is_running


async def test_nothing_of_it_is_in_the_line_of_what_was_saved(app: DeskMateApp) -> None:
    said: list[str] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.watch(app, "said", lambda words: said.append(words[0]))
        await pilot.press(*HELP_HAPPENED, "*", "enter", "tab", *"stairs", "tab", *"theft", "tab", *"umbrella")
        await pilot.press(*["tab"] * 9, "f", "y")
        await settled(app, pilot)
    assert any("Final" in words for words in said)
    assert not any(word in words for words in said for word in ("stairs", "theft", "umbrella"))
    assert "theft" not in f"{app.title}{app.sub_title}"


async def test_damaged_keys_are_told_and_the_form_keeps_its_words(app: DeskMateApp) -> None:
    app.desk.incidents.finish(app.desk.incidents.answer(app.desk.incidents.begin(), "seen", "x"))
    protect(app)
    (app.desk.places.log / "incidents.key").write_text("{}")
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_incidents()
        await pilot.pause()
        await pilot.press("enter")
        assert "cannot be read" in await give(app, pilot, CODE)
        await pilot.press("escape", "c", "n", "tab", "tab", "tab", *"glass", "tab")
        assert "keys of the incident reports" in await settled(app, pilot)
        assert on(app, IncidentScreen).facts.text == "glass"
