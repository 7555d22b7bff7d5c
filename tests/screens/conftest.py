"""The real app on a real desk, driven by the pilot."""

from collections.abc import Callable

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from tests.screens.waiting import wait_until_done


@pytest.fixture(autouse=True)
def _wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key has done all it does before the test goes on, also on a busy machine."""
    wait_until_done(monkeypatch)


@pytest.fixture
def make_app(places: Places, clock: FixedClock) -> Callable[[], DeskMateApp]:
    """Start the program (again): each call is a new process's worth of app on the same home."""

    def make() -> DeskMateApp:
        return DeskMateApp(Desk(places, clock, environment={}, durable=False))

    return make


@pytest.fixture
def app(make_app: Callable[[], DeskMateApp]) -> DeskMateApp:
    """One app."""
    return make_app()
