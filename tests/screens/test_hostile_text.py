"""Whatever a person types or a file says is shown as text: it never ends the app, and never becomes a link."""

import pytest
from textual.style import Style

from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.due_forms import PromiseForm
from deskmate.screens.guide import GuideScreen
from deskmate.screens.safe import flat, link
from tests.screens.look import on, screen_text

HOSTILE = [
    "[/",
    "[/]",
    "[/some/path]",
    "[type=x, v={'a[0]'}]",
    "a [b] c",
    "[@click=app.bell]x[/]",
    "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "\u202ereversed\u202c \u200bzero",
    "=1+2",
    "x" * 5000,
    "日本語の長い名前 👩‍👩‍👧‍👦",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_on_every_screen(app: DeskMateApp, text: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        desk_screen = on(app, DeskScreen)
        desk_screen.box.value = text
        await pilot.pause()
        desk_screen.box.value = ""
        app.desk.shifts.start(text, text, text)
        app.desk.shifts.leave_handover(text)
        await pilot.press(*"yelling", "enter", "n")
        on(app, GuideScreen).note_box.area.load_text(text)
        await pilot.pause()
        await pilot.press("escape", "1", "t")
        form = on(app, PromiseForm)
        form.what.value = text
        form.contact.value = text
        form.when.value = text
        await pilot.pause()
        form.when.value = "in 20"
        form.who.focus()
        await pilot.press("enter", "e")
        assert "promise" in screen_text(app)
        await pilot.press("enter", "*", "v")
        await pilot.press("escape", "#", "escape", "s", "escape", "escape", "ctrl+g", "escape", "n", "f1", "escape")
        app.say(text)
        await pilot.pause()
        assert "\x1b" not in screen_text(app)
        assert app.is_running


@pytest.mark.parametrize("action", ["screen.move(-1)", "screen.panel('avoid')", "app.go_desk"])
def test_any_action_of_ours_can_be_a_link_and_no_text_can(action: str) -> None:
    for text in HOSTILE:
        made = link(text, action, "bold")
        assert made.plain == flat(text)
        (clicked,) = {meta["@click"] for _, style in made.render() if isinstance(style, Style) and (meta := style.meta)}
        assert clicked == action


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (60, 20), (80, 24), (120, 40), (240, 60)])
async def test_at_every_size(app: DeskMateApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(*size)
        for keys in (
            [*"yelling", "enter", "1", "v", "v"],
            ["ctrl+r", "t", "escape", "e", "enter"],
            ["*", "escape", "#"],
            ["ctrl+g"],
        ):
            await pilot.press(*keys)
        await pilot.resize_terminal(80, 24)
        assert app.is_running
