"""A suggestion in a line is selected: the first letter replaces it, Enter takes it; words of a person stay."""

from typing import Final

from textual.geometry import Offset
from textual.widgets.input import Selection

from deskmate.screens.app import DeskMateApp
from deskmate.screens.dialogs import Prompt
from deskmate.screens.due_forms import PromiseForm, When
from deskmate.screens.feedback_form import AnswerForm, FeedbackForm
from deskmate.screens.themes import NAMES, THEMES
from deskmate.screens.widgets.lookup_box import OneLine
from tests.screens.look import on
from tests.screens.test_themes import READABLE, contrast

APART: Final = 1.5
"""The least contrast between what is selected and what is not; the cursor stands at its end besides."""


def line(app: DeskMateApp) -> OneLine:
    """The line that is typed into."""
    assert isinstance(app.focused, OneLine)
    return app.focused


async def test_a_promise_is_made_in_the_words_that_are_typed_at_once(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PromiseForm("get back to them", "tomorrow 10:00"))
        await pilot.pause()
        form = on(app, PromiseForm)
        assert line(app) is form.when
        assert form.when.selected_text == "tomorrow 10:00"
        await pilot.press(*"fri 3pm")
        assert form.when.value == "fri 3pm"
        await pilot.press("up")
        assert form.what.selected_text == "get back to them"
        await pilot.press("end", *" soon", "down")  # a suggestion can be written on, too
        assert form.what.value == "get back to them soon"
        assert (form.when.value, form.when.selected_text) == ("fri 3pm", "")  # a person's own words are not typed over
        await pilot.press("up")
        assert form.what.selected_text == ""


async def test_a_click_sets_the_cursor(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(PromiseForm("get back to them", "tomorrow 10:00"))
        await pilot.pause()
        what = on(app, PromiseForm).what
        await pilot.click(what, offset=Offset(3, 0))
        assert line(app) is what
        assert what.selection == Selection.cursor(3)


async def test_each_time_that_is_offered_is_selected_and_enter_takes_it(app: DeskMateApp) -> None:
    answers: list[str | None] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(When("Snooze until?", ("in 20", "tomorrow 9:00"), "today 14:00"), answers.append)
        await pilot.pause()
        assert line(app).selected_text == "in 20"
        await pilot.press("up")
        assert line(app).selected_text == "tomorrow 9:00"
        await pilot.press("enter")
    assert answers == ["tomorrow 9:00"]


async def test_an_answer_given_before_is_written_on_and_a_suggested_one_is_replaced(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        idea = app.desk.voice.add("suggestion", "A shelf for returns at the door")
        for before, offered, typed in (("Asked.", "", "Asked.!"), ("", "There is one.", "!")):
            app.push_screen(AnswerForm(idea, before, offered))
            await pilot.pause()
            await pilot.press("!")
            assert line(app).value == typed
            app.pop_screen()
        app.push_screen(Prompt("Whose? (initials)", "AB"))
        await pilot.pause()
        await pilot.press(*"cd")
        assert line(app).value == "cd"


async def test_a_guess_that_changes_is_still_one(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(FeedbackForm("complaint"))
        await pilot.pause()
        form = on(app, FeedbackForm)
        form.said.value = "your librarian was rude to me"
        await pilot.pause()
        form.colleague.focus()
        await pilot.pause()
        assert form.colleague.selected_text == "y"
        await pilot.press("n")
        assert form.colleague.value == "n"


async def test_what_is_selected_is_seen_in_every_theme(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(Prompt("Whose? (initials)", "AB"))
        await pilot.pause()
        for name, theme in zip(NAMES, THEMES, strict=True):
            app.theme = name
            await pilot.pause()
            selected = line(app).get_component_styles("input--selection")
            if theme.ansi:
                assert selected.text_style.reverse, name
                continue
            ground = line(app).background_colors[1]
            behind = ground + selected.background
            assert contrast(selected.color, behind, "no colour") >= READABLE, name
            assert contrast(behind, ground, "no colour") >= APART, name
