"""The page behind the strip, key by key."""

from collections.abc import Callable
from typing import Any

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.notices import NoticeBoard
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.notice_form import NoticeForm
from deskmate.screens.notices import NoticesScreen
from deskmate.screens.promises import PromisesScreen
from deskmate.screens.shift import ShiftScreen
from tests.screens.hostile import HOSTILE
from tests.screens.look import on, screen_text
from tests.screens.test_mouse import place_of

SIZE = (80, 24)


async def test_typed_and_posted_with_enter_alone(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_go_notices()
        await pilot.press("a", *"printer 2 is out until 3pm", "enter")
        form = on(app, NoticeForm)
        assert (form.what.value, form.until.value) == ("printer 2 is out", "3pm")
        assert (form.kind.value, form.guide.value) == ("broken", "printing-mobile-print")
        assert "until today 15:00" in screen_text(app)
        await pilot.press("enter", "enter", "enter")
        await app.workers.wait_for_complete()
        await pilot.pause()
        on(app, NoticesScreen)
        shown = screen_text(app)
        assert "Broken today" in shown
        assert "BROKEN printer 2 is out" in shown
        assert "until 15:00" in shown
        assert "Notice posted." in shown
        (notice,) = app.desk.board.today()
        assert notice.guides == ("printing-mobile-print",)


async def test_what_somebody_typed_over_a_guess_stays(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_post_notice()
        await pilot.pause()
        form = on(app, NoticeForm)
        form.what.value = "printer 2 is out"
        await pilot.pause()
        form.kind.value, form.guide.value = "news", ""
        form.what.value = "printer 2 is out and wifi is down"
        await pilot.pause()
        assert (form.kind.value, form.guide.value) == ("news", "")


async def test_a_wrong_line_is_told_in_the_form_and_nothing_typed_is_lost(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_post_notice()
        await pilot.press(*"printer 2 is out", "enter", "enter", "enter")
        on(app, NoticeForm).guide.value = "printing"
        await pilot.press("enter")
        assert 'There is no playbook "printing"' in screen_text(app)
        assert on(app, NoticeForm).what.value == "printer 2 is out"
        assert app.desk.board.today() == ()


async def test_the_strip_counts_and_tells_a_broken_thing_and_star_opens_the_page(
    app: DeskMateApp, clock: FixedClock
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.desk.board.post("printer 2 is out until 3pm")
        app.desk.board.post("secret of the news", "4pm")
        app.look_at_the_clock()
        await pilot.pause()
        assert "2 notices: * opens · printer 2 is out" in screen_text(app)
        assert "secret" not in screen_text(app)
        await pilot.press("asterisk")
        on(app, NoticesScreen)
        assert "secret of the news" in screen_text(app)
        await pilot.press("escape")
        on(app, DeskScreen)
        clock.advance(2 * 3600)
        app.look_at_the_clock()
        await pilot.pause()
        assert "notice" not in screen_text(app)


async def test_with_a_promise_open_star_goes_there_and_n_on(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.desk.board.post("printer 2 is out", "4pm")
        app.desk.promises.make(app.desk.promises.draft("call back", "in 60")[0])
        app.look_at_the_clock()
        await pilot.pause()
        assert "1 notice: * n opens" in screen_text(app)
        await pilot.press("asterisk")
        on(app, PromisesScreen)
        assert "n Notices" in screen_text(app)
        await pilot.press("n")
        on(app, NoticesScreen)
        await pilot.press("asterisk")
        on(app, PromisesScreen)


async def test_a_click_on_the_strip_opens_the_page(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.desk.board.post("printer 2 is out", "4pm")
        app.look_at_the_clock()
        await pilot.pause()
        await pilot.click(offset=place_of(app, "1 notice"))
        await pilot.pause()
        on(app, NoticesScreen)


async def test_mended_is_one_key_and_undo_brings_it_back(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.desk.board.post("printer 2 is out", "4pm")
        app.action_go_notices()
        await pilot.press("d")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "Ended at every desk." in screen_text(app)
        assert "BROKEN" not in screen_text(app)
        await pilot.press("minus")
        assert "BROKEN printer 2 is out" in screen_text(app)


async def test_enter_opens_the_guide_which_says_what_is_broken(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.desk.board.post("printer 2 is out", "4pm", guides=["printing-mobile-print"])
        app.action_go_notices()
        await pilot.press("enter")
        guide = on(app, GuideScreen).guide
        assert guide is not None
        assert guide.playbook == "printing-mobile-print"
        assert "Today: printer 2 is out (until 16:00)" in screen_text(app)


async def test_beside_the_list_of_the_desk_too(app: DeskMateApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        app.desk.board.post("printer 2 is out", "4pm", guides=["printing-mobile-print"])
        await pilot.press(*"printing")
        assert "Today: printer 2 is out (until 16:00)" in screen_text(app)


async def test_the_hand_over_that_waits_opens_on_shift(app: DeskMateApp) -> None:
    app.desk.shifts.start("MK")
    app.desk.shifts.leave_handover("All quiet.")
    async with app.run_test(size=SIZE) as pilot:
        app.action_go_notices()
        await pilot.pause()
        assert "From MK" in screen_text(app)
        assert "All quiet." not in screen_text(app)
        await pilot.press("enter")
        on(app, ShiftScreen)
        assert "All quiet." in screen_text(app)


async def test_a_broken_file_is_on_the_page_with_its_mend(make_app: Callable[[], DeskMateApp], places: Places) -> None:
    places.notices.write_text('notices:\n  - {id: b, txt: "No."}\n', encoding="utf-8")
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        app.action_go_notices()
        await pilot.pause()
        assert "To mend" in screen_text(app)
        assert 'Did you mean "text"?' in screen_text(app)
        joined = "".join(each.strip() for each in screen_text(app).splitlines())  # a long path runs over two lines
        assert "notices.yaml:2:13" in joined


async def test_a_sample_is_read_made_ours_and_printed(app: DeskMateApp, places: Places) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_go_notices()
        await pilot.press("p")
        assert "There is no pledge yet" in screen_text(app)
        await pilot.press("enter")
        assert "We look up and greet you." in screen_text(app)
        await pilot.press("escape")
        on(app, NoticesScreen)
        await pilot.press("enter", "y")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "What you can count on" in screen_text(app)
        assert "SAMPLE" not in screen_text(app)
        await pilot.press("p")
        assert "We look up and greet you." in (places.home / "reports" / "pledge.html").read_text(encoding="utf-8")


async def test_a_quiet_day_says_so_and_no_key_fails(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_go_notices()
        await pilot.press("d", "up", "down", "pagedown", "pageup", "question_mark", "escape")
        assert "Nothing is broken, and there are no notices." in screen_text(app)


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_are_only_words(make_app: Callable[[], DeskMateApp], places: Places, text: str) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        app.action_post_notice()
        await pilot.pause()
        form = on(app, NoticeForm)
        form.what.value = f"x {text}"[:140] + " is broken"
        form.kind.value = form.until.value = form.guide.value = text
        await pilot.pause()
        await pilot.press("escape")
        app.desk.board.post(f"x {text}"[:140] + " is broken", "4pm", where=text, guides=["printing-mobile-print"])
        app.desk.shifts.start(text)
        app.desk.shifts.leave_handover(text)
        app.look_at_the_clock()
        await pilot.press("asterisk", "down", "up", "d", "enter")
        app.look_at_the_clock()
        await pilot.pause()
        assert "\x1b" not in screen_text(app)
        assert app.is_running


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (80, 24), (240, 60)])
async def test_at_every_size(app: DeskMateApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        app.desk.board.post("printer 2 is out", "4pm", guides=["printing-mobile-print"])
        app.action_go_notices()
        await pilot.press("down", "a", "escape", "enter")
        assert app.is_running


async def test_nothing_of_the_notices_is_opened_before_the_first_paint(
    app: DeskMateApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[bool] = []
    real = NoticeBoard.__init__

    def watched(self: NoticeBoard, *parts: Any) -> None:
        made.append(app.awake)
        real(self, *parts)

    monkeypatch.setattr(NoticeBoard, "__init__", watched)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
    assert made == [True]
