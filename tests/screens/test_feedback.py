"""The voice of patrons, key by key."""

import pytest

from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.dialogs import Ask
from deskmate.screens.feedback import FeedbackScreen
from deskmate.screens.feedback_form import AnswerForm, FeedbackForm
from deskmate.screens.guide import GuideScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.hostile import HOSTILE
from tests.screens.look import on, screen_text

SIZE = (80, 24)


async def test_a_complaint_is_written_down_with_one_key_for_its_kind_and_enter(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("#", "f", "a", "c", *"too cold", "enter", *"4", "enter", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        on(app, FeedbackScreen)
        shown = screen_text(app)
        assert "1 open · 0 answered" in shown
        assert "complaint  too cold" in shown
        assert "building" in shown
        assert "Written down: complaint." in shown
        (made,) = app.desk.voice.all()
        assert (made.text, made.theme, made.restricted, made.about) == ("too cold", "building", False, "")


async def test_only_a_refusal_asks_what_was_offered(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_add_feedback()
        await pilot.press("s")
        assert "offered instead" not in screen_text(app)
        await pilot.press("escape")
        app.action_add_feedback()
        await pilot.press("r", *"a third renewal", "enter", *"a hold", "enter", "enter", "enter")
        (made,) = app.desk.voice.all()
        assert (made.kind, made.offered) == ("refusal", "a hold")


async def test_private_data_is_pointed_out_and_a_colleague_is_guessed_until_somebody_knows_better(
    app: DeskMateApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_add_feedback()
        await pilot.press("c", *"the clerk ")
        form = on(app, FeedbackForm)
        assert form.colleague.value == "y"
        form.said.value = "the lift, call 313-555-0142"
        await pilot.pause()
        assert "PRIVATE: phone" in screen_text(app)
        assert form.colleague.value == "n"
        form.colleague.value = "yes"
        form.said.value = "the lift was out"
        await pilot.pause()
        assert form.colleague.value == "yes"


@pytest.mark.parametrize(("theme", "colleague", "told"), [("flurb", "n", "There is no theme"), ("", "hm", "y or n")])
async def test_a_wrong_line_is_told_in_the_form_and_nothing_typed_is_lost(
    app: DeskMateApp, theme: str, colleague: str, told: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_add_feedback()
        await pilot.press("c", *"too cold", "enter", *theme, "enter")
        form = on(app, FeedbackForm)
        form.colleague.value = colleague
        await pilot.press("enter")
        assert told in screen_text(app)
        assert on(app, FeedbackForm).said.value == "too cold"
        assert app.desk.voice.all() == []


async def test_from_a_guide_and_its_wrap_up_it_is_kept_with_that_contact(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"complaint", "enter", "1")
        on(app, GuideScreen)
        app.action_add_feedback()
        await pilot.press("c", *"too cold", "enter", "enter", "enter")
        on(app, GuideScreen)
        await pilot.press("e")
        on(app, WrapUpScreen)
        app.action_add_feedback()
        await pilot.press("s", *"a heater", "enter", "enter", "enter")
        on(app, WrapUpScreen)
        (record,) = app.desk.log.day(app.desk.now().date())
        assert {each.about for each in app.desk.voice.all()} == {record.ref}


async def test_a_sensitive_contact_is_not_named(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        sensitive = next(book for book in app.desk.library.playbooks.values() if book.sensitive)
        app.open_guide(sensitive.id)
        await pilot.pause()
        app.action_add_feedback()
        await pilot.press("c", *"too cold", "enter", "enter", "enter")
        (made,) = app.desk.voice.all()
        assert made.about == ""


async def test_what_is_about_a_colleague_is_read_only_by_who_asks_and_hides_again(app: DeskMateApp) -> None:
    app.desk.voice.add("kudos", "Dana found my ring")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("#", "f")
        assert "about a colleague: v shows it" in screen_text(app)
        await pilot.press("enter")
        assert "Dana" not in screen_text(app)
        await pilot.press("v")
        assert "Dana found my ring" in screen_text(app)
        await pilot.press("enter")
        assert "Kudos" in screen_text(app)
        await pilot.press("v")
        assert "Dana" not in screen_text(app)
        await pilot.press("v", "ctrl+l")
        assert "Dana" not in screen_text(app)
        await pilot.press("ctrl+l")
        on(app, FeedbackScreen)
        assert "Dana" not in screen_text(app)
        await pilot.press("y")
        on(app, AnswerForm)
        assert "Dana" not in screen_text(app)


async def test_an_answer_closes_it_and_undo_opens_it_again(app: DeskMateApp) -> None:
    app.desk.voice.add("complaint", "too cold")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("#", "f", "y")
        assert "They said: too cold" in screen_text(app)
        await pilot.press("enter")
        assert "These words say too little" in screen_text(app)
        await pilot.press(*"heater mended", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "0 open · 1 answered" in screen_text(app)
        await pilot.press("enter")
        assert "heater mended" in screen_text(app)
        await pilot.press("escape", "minus")
        await pilot.pause()
        assert "1 open · 0 answered" in screen_text(app)
        await pilot.press("escape")
        on(app, DeskScreen)


async def test_a_wish_is_met_with_two_keys(app: DeskMateApp) -> None:
    app.desk.learning.wish("wants a kiln")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("#", "f")
        assert "Wishes for a guide, from staff" in screen_text(app)
        await pilot.press("y", "enter")
        assert app.desk.learning.wishes() == []


async def test_an_empty_page_says_what_to_do_and_its_keys_do_no_harm(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("#", "f", "enter", "y", "v", "down", "pageup")
        assert "a adds a complaint" in screen_text(app)
        await pilot.press("a", "escape")
        on(app, FeedbackScreen)


async def test_the_palette_finds_it(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("ctrl+p", *"feedback")
        await app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("enter", "enter")
        await pilot.pause()
        on(app, Ask)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_text(app: DeskMateApp, text: str) -> None:
    for document in ({"kind": text, "text": text, "theme": text}, {"kind": "refusal", "text": text, "offered": text}):
        app.desk.log.save_feedback({**document, "answer": text, "about": text})
    app.desk.log.save_feedback({"kind": "wish", "text": text, "theme": text})
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("#", "f", "enter")
        assert "\x1b" not in screen_text(app)
        await pilot.press("escape", "down", "enter", "escape", "y")
        form = on(app, AnswerForm)
        form.query_one("#answer").value = text  # type: ignore[attr-defined]
        await pilot.pause()
        await pilot.press("escape", "a", "r")
        on(app, FeedbackForm).said.value = text
        on(app, FeedbackForm).theme.value = text
        await pilot.pause()
        assert app.is_running


async def test_k_lists_one_kind_after_the_other_and_then_all_again(app: DeskMateApp) -> None:
    for kind, text in (("complaint", "too [/] cold"), ("suggestion", "a bench")):
        app.desk.log.save_feedback({"kind": kind, "text": text})
    app.desk.log.save_feedback({"kind": "wish", "text": "3d print"})
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("#", "f")
        assert "3 open" in screen_text(app)
        told = []
        for _ in range(6):
            await pilot.press("k")
            told.append(screen_text(app))
        for number, (title, words) in enumerate((("Complaints", "too [/] cold"), ("Suggestions", "a bench"))):
            assert title in told[number]
            assert "1 open · 0 answered" in told[number]
            assert words in told[number]
            assert "3d print" not in told[number]
        assert "None of this kind: refusals." in told[2]
        assert "3d print" in told[4]
        assert "too [/] cold" not in told[4]
        assert "3 open" in told[5]
