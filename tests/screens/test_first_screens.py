"""Every guide read cold at 80x24: what to say, what to do first and every answer are on its first screen."""

from deskmate.screens.app import DeskMateApp
from deskmate.screens.guide import GuideScreen
from tests.screens.look import on, screen_text


async def test_the_first_screen_of_every_guide_needs_no_scrolling(app: DeskMateApp) -> None:
    hidden: dict[str, list[str]] = {}
    async with app.run_test(size=(80, 24)) as pilot:
        for playbook_id in app.desk.library.playbooks:
            live = app.open_guide(playbook_id)
            assert live is not None
            await pilot.pause()
            guide = on(app, GuideScreen).guide
            assert guide is not None
            seen = " ".join(screen_text(app).split())
            wanted = [guide.say[0], *(item.text for item in guide.items[:1]), *(one.answer for one in guide.choices)]
            missing = [text for text in wanted if text.split()[-1] not in seen or text[:20].rstrip() not in seen]
            if missing:
                hidden[playbook_id] = missing
            app.desk.live.leave()
    assert hidden == {}
