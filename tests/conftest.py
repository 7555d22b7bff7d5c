"""A desk of its own for every test: real files in a fresh folder, and a clock that only moves when it is told to."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places, find_places
from deskmate.playbooks import prepared

settings.register_profile("deskmate", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("deskmate")

SETTINGS = """
[library]
name = "Example Library"
branch = "Main"
desk = "Front desk"
region = "US-MI"

[emergency]
number = "911"
address = "12 Main Street"
cross_street = "Oak Avenue"
aed = "by the lift"

[desk]
in_charge = "Dana"
extension = "214"

[screens]
bell = false
"""


TODAY: Final = datetime(2026, 11, 18, 14, 20, tzinfo=ZoneInfo("America/Detroit"))


@pytest.fixture
def clock() -> FixedClock:
    """Wednesday 18 November 2026, 14:20, in Detroit."""
    return FixedClock(TODAY)


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The caches of the shipped playbooks and of the look-up, made once: for every test takes minutes in all."""
    folder = tmp_path_factory.mktemp("cache")
    places = home_with_settings(folder)
    desk = Desk(places, FixedClock(TODAY), environment={})
    desk.answers.make_ready()
    desk.close()
    return places.cache


def home_with_settings(folder: Path) -> Places:
    """A home with settings, and a state folder beside it."""
    home = folder / "home"
    home.mkdir()
    (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return find_places({"DESKMATE_STATE": str(folder / "state")}, home=str(home))


@pytest.fixture
def places(tmp_path: Path, read_once: Path) -> Places:
    """A home with settings, and a state folder beside it; the look-up's texts are those of these settings."""
    places = home_with_settings(tmp_path)
    shutil.copytree(read_once, places.cache)
    hold_texts(places)
    return places


def hold_texts(places: Places) -> None:
    """The look-up's texts in the cache hold for the settings as they are now, which change nothing in them."""
    path = places.cache / prepared.NAME
    _, _, texts = path.read_bytes().partition(b"\n")
    path.write_bytes(prepared.mark(places, {}).encode() + b"\n" + texts)


@pytest.fixture
def desk(places: Places, clock: FixedClock) -> Desk:
    """The desk, durable: every write is on the disk when it returns."""
    return Desk(places, clock, environment={})
