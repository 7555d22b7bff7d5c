"""What a small, a low or an empty window still shows, and what it says less of."""

from datetime import timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content
from textual.geometry import Size

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk_rows import in_charge
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import help_rows
from deskmate.screens.safe import hang, line
from deskmate.screens.widgets.bars import Keys
from tests.screens.hostile import HOSTILE
from tests.screens.look import on, screen_text

SMALL: Final = (60, 20)


def line_of_keys(app: DeskMateApp) -> Content:
    """The last line of the screen."""
    told = app.screen.query_one(Keys).content
    assert isinstance(told, Content)
    return told


def is_faint(told: Content, words: str) -> bool:
    """Whether some words of it are."""
    at = told.plain.index(words)
    return any(span.style == "dim" for span in told.spans if span.start <= at < span.end)


@given(words=st.one_of(st.text(max_size=200), st.sampled_from(HOSTILE)), width=st.integers(8, 60))
def test_words_behind_a_sign_go_on_under_themselves_and_none_is_lost(words: str, width: int) -> None:
    said = line(words)
    rows = hang(Content(" 1  "), said, width).plain.split("\n")
    assert all(row.startswith("    ") for row in rows[1:])
    assert all(Content(row).cell_length <= width for row in rows)
    assert "".join("".join(rows).split()) == "1" + "".join(said.plain.split())


@pytest.mark.parametrize("height", [16, 17, 20, 40])
def test_help_shows_every_digit_and_the_times_in_any_window_of_sixteen_lines(desk: Desk, height: int) -> None:
    rows = help_rows(desk, Size(54, height), after=[Content(""), line("TIMES  14:20 called")])
    plain = [row.plain for row in rows]
    assert sum(row.get_height({}, 54) for row in rows) <= height
    assert [row[1] for row in plain if row[:1] == " " and row[1:2].isdigit()] == list("123456789")
    assert plain[-1] == "TIMES  14:20 called"
    assert plain[0].startswith("CALL  911")


@pytest.mark.parametrize(
    ("name", "extension", "room", "told"),
    [
        ("Dana", "214", 40, "In charge: Dana 214"),
        ("the senior clerk", "214", 20, "the senior clerk 214"),
        ("the senior clerk of the branch", "214", 12, "the sen… 214"),
        ("the person in charge", "", 40, ""),
        ("the person in charge", "214", 40, "the person in charge 214"),
    ],
)
def test_the_extension_of_who_is_in_charge_is_never_cut_off(name: str, extension: str, room: int, told: str) -> None:
    assert in_charge(name, extension, room) == told


async def test_a_low_window_says_less_until_every_answer_is_in_sight(app: DeskMateApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("ctrl+g", "2", "space")
        await pilot.pause()
        guide = on(app, GuideScreen).guide
        assert guide is not None
        small = screen_text(app)
        assert all(choice.answer in small for choice in guide.choices)
        assert guide.say[0] in small
        assert "✓ 1 done" in small
        assert guide.items[0].text not in small
        await pilot.resize_terminal(80, 45)
        await pilot.pause()
        assert guide.items[0].text in screen_text(app)


async def test_no_banner_stands_over_an_emergency_from_its_first_moment(app: DeskMateApp, clock: FixedClock) -> None:
    app.desk.promises.make(app.desk.promises.draft("call back", "in 3")[0])
    clock.advance(240)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("number_sign")
        assert "▲ 1 promise due" in screen_text(app)
        await pilot.press("ctrl+g", "2")
        assert "promise due" not in screen_text(app)
        assert "1 due" in screen_text(app)


async def test_a_key_that_would_do_nothing_is_faint_and_stays_in_its_place(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("asterisk", "asterisk")
        before = line_of_keys(app)
        assert is_faint(before, "d Done")
        assert not is_faint(before, "n Notices")
        await pilot.press("t", "ctrl+u", *"in 20", "enter", "enter", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert line_of_keys(app).plain == before.plain
        assert not is_faint(line_of_keys(app), "d Done")


async def test_the_summary_is_broken_anew_for_another_width(app: DeskMateApp, clock: FixedClock) -> None:
    words = "call back about the printer refund and the colour copies"
    app.desk.promises.make(app.desk.promises.draft(words, "in 5")[0])
    clock.set(clock.now() + timedelta(minutes=30))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("number_sign", "s")
        await pilot.pause()
        assert words not in screen_text(app)
        await pilot.resize_terminal(120, 40)
        await pilot.pause()
        assert words in screen_text(app)


async def test_lists_that_are_empty_say_so_and_nothing_is_chosen(app: DeskMateApp) -> None:
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press("at", *"zzqx")
        assert "Nobody in the directory fits." in screen_text(app)
        await pilot.press("enter", "escape", *"zzqx")
        assert "Nothing fits these words." in screen_text(app)
