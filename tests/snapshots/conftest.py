"""A desk whose every word is laid down here, so that a picture changes when a screen does and at no other time."""

import shutil
from pathlib import Path
from typing import Final

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from tests.screens.waiting import wait_until_done

HERE: Final = Path(__file__).parent
CARDS: Final = {
    "printing-mobile-print": ("Printing, also from a phone", "print, printer, photocopy"),
    "wifi-hotspot-help": ("Wi-Fi and hotspots", "wifi, hotspot, internet"),
    "device-help": ("Help with a phone, tablet or laptop", "tablet, laptop, android"),
    "card-pin-trouble": ("Library card or PIN trouble", "pin, barcode, lost card"),
    "complaint-in-person": ("Complaint at the desk", "complaint, manager"),
    "phone-call": ("Answering the phone", "phone, caller"),
    "follow-up-callback": ("Keeping a promise: call back", "call back, voicemail"),
    "staff-debrief": ("After an incident: care for staff", "debrief, shaken"),
}
"""By id: title and words of the small guides that only fill lists and answer links."""
CARD: Final = """title: "{title}"
category: everyday
form: quick
urgency: routine
also: [{also}]
sources: [LOCAL]
reviewed: 2026-11-02
record: {{kind: other, strain: calm}}
steps:
  open:
    say:
      - "I'd be glad to help you with that."
    do:
      - "Ask what they have tried already"
    end: answered
"""


@pytest.fixture(autouse=True)
def _wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key has done all it does before the test goes on, also on a busy machine."""
    wait_until_done(monkeypatch)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A library with its own playbooks, facts and settings; nothing that ships is read."""
    home = tmp_path / "home"
    shutil.copytree(HERE / "home", home)
    for card, (title, words) in CARDS.items():
        also = ", ".join(f'"{word}"' for word in words.split(", "))
        (home / "playbooks" / f"{card}.yaml").write_text(CARD.format(title=title, also=also), encoding="utf-8")
    return Places(home=home, state=tmp_path / "state", data=HERE / "shipped")


@pytest.fixture
def app(places: Places, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> DeskMateApp:
    """The app in colour, whatever the terminal of the test run asks for."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    return DeskMateApp(Desk(places, clock, environment={}, durable=False))
