"""A home that takes nothing: the Desk says so before anybody logs, and a key that cannot save says why."""

import errno
import os
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.records.disk import Disk
from deskmate.screens.app import DeskMateApp
from tests.screens.look import screen_text


@pytest.fixture
def closed(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a share is that was mounted to be read: the superuser of a build machine can close no folder to himself."""

    def refuse(disk: Disk, path: Path, *rest: object, **options: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    may_write = Disk.may_write
    monkeypatch.setattr(
        Disk, "may_write", lambda disk, folder: not folder.is_relative_to(places.home) and may_write(disk, folder)
    )
    for name in ("make_folder", "open_append", "replace"):
        monkeypatch.setattr(Disk, name, refuse)


async def test_the_desk_says_that_nothing_can_be_saved_and_still_answers(
    places: Places, clock: FixedClock, closed: None
) -> None:
    app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "NOTHING CAN BE SAVED (deskmate doctor)" in screen_text(app)
        assert "to mend" not in screen_text(app)
        await pilot.press("+")
        await pilot.pause()
        assert " NOT SAVED: the log's folder cannot be written to." in screen_text(app)
        await pilot.press(*"yelling", "enter")
        await pilot.pause()
        assert "sort this out" in screen_text(app)
