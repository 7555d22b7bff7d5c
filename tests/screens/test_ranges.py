"""Reports on the screen: days by keys, the records behind a line, a page to print; and the swap after two reds."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.screens import ranges
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.ranges import RangesScreen
from deskmate.screens.wrapup import WrapUpScreen
from tests.screens.hostile import HOSTILE
from tests.screens.look import on, screen_text


async def settle(app: DeskMateApp, pilot: Pilot[None]) -> None:
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()


async def opened(app: DeskMateApp, pilot: Pilot[None]) -> RangesScreen:
    await pilot.press("number_sign", "r")
    await settle(app, pilot)
    return on(app, RangesScreen)


async def choose(app: DeskMateApp, pilot: Pilot[None], ending: str) -> None:
    """Choose the line whose records are named so, and press Enter."""
    rows = on(app, RangesScreen).rows
    rows.choose(next(row.id for row in rows.rows if row.id.endswith(ending)))
    await pilot.press("enter")
    await settle(app, pilot)


def add(desk: Desk, clock: FixedClock, days: float, **facts: object) -> Interaction:
    at = clock.now() - timedelta(days=days)
    return desk.log.add(desk.entries.blank().with_(asked_at=at, added_at=at, **facts))


async def test_days_are_chosen_by_keys(app: DeskMateApp, clock: FixedClock) -> None:
    for days in (0, 7, 30):
        add(app.desk, clock, days, kind="account")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        for key, told in (
            ("w", "Mon 16 Nov to Sun 22 Nov 2026"),
            ("left", "Mon 09 Nov to Sun 15 Nov 2026"),
            ("right", "Mon 16 Nov to Sun 22 Nov 2026"),
            ("d", "Wed 18 Nov 2026"),
            ("m", "Sun 01 Nov to Mon 30 Nov 2026"),
            ("left", "Thu 01 Oct to Sat 31 Oct 2026"),
            ("y", "Thu 01 Jan to Thu 31 Dec 2026"),
        ):
            await pilot.press(key)
            await settle(app, pilot)
            assert told in screen_text(app), key
        await pilot.press("t", "ctrl+u", *"2026-11-01 to 2026-11-11", "enter")
        await settle(app, pilot)
        assert "Sun 01 Nov to Wed 11 Nov 2026" in screen_text(app)
        await pilot.press("t", "ctrl+u", *"2026-11-11 to 2026-11-01", "enter")
        await settle(app, pilot)
        assert "ends before it starts" in screen_text(app)
        assert "Sun 01 Nov to Wed 11 Nov 2026" in screen_text(app)
        await pilot.press("escape", "escape", "escape")
        assert isinstance(app.screen, DeskScreen)


async def test_behind_a_line_the_key_that_shows_cases_is_faint(app: DeskMateApp, clock: FixedClock) -> None:
    add(app.desk, clock, 0, kind="account")
    async with app.run_test(size=(80, 24)) as pilot:
        app.action_go_ranges()
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, RangesScreen)
        assert screen.applies("range-cases")
        for _ in range(20):
            if not screen._line:
                await pilot.press("down", "enter")
                await settle(app, pilot)
        assert screen._line
        assert not screen.applies("range-cases")
        await pilot.press("escape")
        assert screen.applies("range-cases")


async def test_no_old_figures_stand_under_new_days_and_the_same_line_is_chosen_again(
    app: DeskMateApp, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "PACE", 0.0)
    for days in (0, 7):
        add(app.desk, clock, days, kind="account")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        screen.rows.choose(next(row.id for row in screen.rows.rows if row.id.endswith("/kind:account")))
        old = screen.rows.rows
        screen.action_range_before()
        seen = []
        while screen.rows.rows == old or screen.rows.row is None:
            seen.append("".join(row.text for row in screen.rows.rows) if screen.rows.rows != old else "old")
            await asyncio.sleep(0)
        assert ranges.COUNTING in seen
        assert "old" not in seen[seen.index(ranges.COUNTING) :]
        assert screen.rows.row.id.endswith("/kind:account")


async def test_reports_are_left_while_days_or_records_are_read(
    app: DeskMateApp, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "PACE", 0.0)
    for days in range(40):
        add(app.desk, clock, days, kind="account")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        screen.action_unit("year")
        await asyncio.sleep(0)
        app.action_go_desk()
        await settle(app, pilot)
        screen = await opened(app, pilot)
        await pilot.press("y")
        await settle(app, pilot)
        screen.rows.choose(next(row.id for row in screen.rows.rows if row.id.endswith("/kind:account")))
        screen.action_open()
        await asyncio.sleep(0)
        app.action_go_desk()
        await settle(app, pilot)
        on(app, DeskScreen)


async def test_after_midnight_today_is_another_day(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        clock.advance(timedelta(hours=10).total_seconds())
        await pilot.press("d")
        await settle(app, pilot)
        assert "Thu 19 Nov 2026" in screen_text(app)


async def test_enter_shows_the_records_behind_a_line_and_escape_the_line_again(
    app: DeskMateApp, clock: FixedClock
) -> None:
    add(app.desk, clock, 1, kind="conduct", channel="phone", seconds=444, hold_seconds=90, staff="QZ", note="qznote")
    add(app.desk, clock, 2, kind="conduct", channel="chat", sensitive=True, strain="red")
    add(app.desk, clock, 2, kind="account")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await choose(app, pilot, "/kind:conduct")
        told = screen_text(app)
        assert "What it was about: Conduct" in told
        assert "Tue 17 Nov 2026 14:20 phone · conduct" in told
        assert "Mon 16 Nov 2026       conduct" in told
        for hidden in ("QZ", "qznote", "7 min", "chat", "account", " red "):
            assert hidden not in told
        await pilot.press("escape")
        assert screen.rows.row is not None
        assert screen.rows.row.id.endswith("/kind:conduct")
        await pilot.press("enter")
        await settle(app, pilot)
        await pilot.press("m")  # from the records straight to other days: the same line again
        await settle(app, pilot)
        assert screen.rows.row.id.endswith("/kind:conduct")


async def test_the_cases_of_a_standard_are_shown(app: DeskMateApp, clock: FixedClock) -> None:
    app.desk.log.save_feedback({"kind": "complaint", "text": "the [/b] lift", "at": "2026-11-16T10:00:00-05:00"})
    app.desk.log.save_feedback(
        {"kind": "complaint", "text": "zqname", "restricted": True, "at": "2026-11-16T11:00:00-05:00"}
    )
    promise, _ = app.desk.promises.draft("call back", "in 60")
    made = app.desk.promises.make(promise.with_(due=clock.now() - timedelta(days=1)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        await choose(app, pilot, "standard:complaint/missed")
        told = screen_text(app)
        assert "Complaints answered in 1 working day: Missed" in told
        assert "the [/b] lift" in told
        assert "restricted" in told
        assert "zqname" not in told
        await pilot.press("escape")
        await choose(app, pilot, "standard:callback/missed")
        assert made.ref in screen_text(app)


async def test_one_branch_or_desk_is_chosen_and_only_its_records_stand_behind_a_line(
    app: DeskMateApp, clock: FixedClock
) -> None:
    add(app.desk, clock, 1, kind="conduct", branch="Ea[/]st")
    add(app.desk, clock, 2, kind="conduct", branch="Main")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("b")
        assert "Ea[/]st, Front desk" in screen_text(app)
        await pilot.press("2")
        await settle(app, pilot)
        assert "Ea[/]st   Mon 16 Nov to Sun 22 Nov 2026" in screen_text(app)
        await choose(app, pilot, "/kind:conduct")
        assert "Tue 17 Nov 2026 14:20" in screen_text(app)
        assert "Mon 16 Nov 2026 14:20" not in screen_text(app)
        await pilot.press("escape", "b", "1")
        await settle(app, pilot)
        assert "Reports" in screen_text(app)
        await choose(app, pilot, "/all:")
        assert sum(row.id.startswith("case:") for row in screen.rows.rows) == 2


async def test_compare_and_print(app: DeskMateApp, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    opened_pages: list[Path] = []

    def no_browser(path: Path) -> bool:
        opened_pages.append(path)
        return False

    monkeypatch.setattr("deskmate.screens.browser.open_page", no_browser)
    for days in (0, 1, 7):
        add(app.desk, clock, days)
    async with app.run_test(size=(80, 40)) as pilot:
        await opened(app, pilot)
        await pilot.press("c")
        await settle(app, pilot)
        assert "2, before 1: 1 more" in screen_text(app)
        await pilot.press("p")
        await pilot.pause()
        page = app.desk.places.home / "reports" / "2026-11-16-to-2026-11-22.html"
        assert page.stat().st_mode & 0o777 == 0o600
        assert "2, before 1: 1 more" in page.read_text(encoding="utf-8")
        await pilot.press("y")
        await pilot.pause()
        assert opened_pages == [page]
        assert "There is no browser here" in app.said[0]
        await pilot.press("c")
        await settle(app, pilot)
        assert "before 1" not in screen_text(app)


async def test_an_empty_range_says_so_and_nothing_stands_behind_it(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot)
        assert "Contacts  0" in screen_text(app)
        await pilot.press("enter")
        await settle(app, pilot)
        assert "not in the log" in screen_text(app)


async def test_hostile_words_are_words(app: DeskMateApp, clock: FixedClock) -> None:
    for number, words in enumerate(HOSTILE):
        add(app.desk, clock, 0.001 * number, place=words, authority=words, strain="red", outcome="declined",
            offered=(words,), referred_to=words, playbook=words)  # fmt: skip
        app.desk.log.save_feedback({"kind": "complaint", "text": words, "at": "2026-11-16T10:00:00-05:00"})
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(app, pilot)
        for row in [row for row in screen.rows.rows if row.id.count("/") > 1 and not row.id.endswith("/")]:
            await choose(app, pilot, row.id)
            assert "\x1b" not in screen_text(app)
            assert "not in the log" not in screen_text(app), row.id
            await pilot.press("escape")
        for size in ((20, 5), (240, 60)):
            await pilot.resize_terminal(*size)
            await settle(app, pilot)
        assert app.is_running


async def red(app: DeskMateApp, pilot: Pilot[None]) -> None:
    """End a guide and make its record red."""
    await pilot.press(*"yelling", "enter", "1", "e")
    await settle(app, pilot)
    assert isinstance(app.screen, WrapUpScreen)
    await pilot.press("down", "down", "down")
    while app.screen._value("strain") != "red":
        await pilot.press("right")


async def test_a_second_red_contact_suggests_a_swap_and_the_debrief(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await red(app, pilot)
        assert "swap" not in screen_text(app)
        await pilot.press("enter")
        await settle(app, pilot)
        await red(app, pilot)
        assert screen_text(app).count("A good moment to swap with a colleague for a while.") == 1
        await pilot.press("d")
        await settle(app, pilot)
        live = app.desk.live.current
        assert isinstance(app.screen, GuideScreen)
        assert live is not None
        assert live.walk.playbook == "staff-debrief"


def test_a_red_contact_of_another_shift_does_not_count(desk: Desk, clock: FixedClock) -> None:
    desk.shifts.start("AB")
    first = desk.entries.log({"strain": "red"})
    clock.advance(60)
    assert desk.reporting.red_before(desk.shifts.current(), first) is False
    desk.shifts.end()
    desk.shifts.start("CD")
    second = desk.entries.log({"strain": "red"})
    assert desk.reporting.red_before(desk.shifts.current(), second) is False
    assert desk.reporting.red_before(desk.shifts.current(), desk.entries.log({"strain": "red"})) is True
