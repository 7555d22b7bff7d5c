"""Whatever a person types or a file says is shown as text: it never ends the app, and never becomes a link."""

import importlib
import inspect
import pkgutil
import shutil
import tempfile
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Static

import deskmate.screens
from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.base import Dialog, Place
from deskmate.screens.desk import DeskScreen
from deskmate.screens.help import HelpPage
from deskmate.screens.keeping import KeepingPlace
from deskmate.screens.listed import ListedPlace
from deskmate.screens.safe import flat, link
from tests.conftest import TODAY
from tests.screens.hostile import HOSTILE, MARK, TEXTS, faults, fill, poison_home, poison_log
from tests.screens.look import on, screen_text
from tests.snapshots.conftest import CARD, CARDS
from tests.snapshots.conftest import HERE as SMALL

ROUTES: Final[dict[str, tuple[str, ...]]] = {
    "desk": ("q7-fact", "escape", "@q7-line", "escape", "fill", "escape", "down"),
    "guide": (
        *("meant", "open q7-book", "w", "v", "v", "i", "i", "r", "r", "m", "escape", "n", "fill", "escape"),
        *("t", "fill", "enter", "escape", "o", "escape", "ctrl+f", "fill", "escape", "1", "e", "n", "fill", "escape"),
        *("t", "fill", "escape", "right", "enter"),
    ),
    "help": ("ctrl+g", "space", "r", "escape", "n"),
    "private": ("ctrl+l", "ctrl+l"),
    "promises": (
        *("go promises", "v", "s", "fill", "enter", "escape", "h", "fill", "enter", "w", "fill", "enter"),
        *("a", "fill", "enter", "a", "t", "fill", "enter", "escape"),
    ),
    "notices": ("go notices", "down", "down", "down", "a", "fill", "enter", "enter", "enter", "enter", "escape"),
    "shift": (
        *("go shift", "escape", "e", "escape", "s", "escape", "h", "h", "fill", "enter", "escape", "escape"),
        *("a", "fill", "enter", "escape", "x", "escape"),
    ),
    "reports": ("go ranges", "down", "down", "enter", "escape", "t", "fill", "enter", "escape"),
    "voice": (
        *("go feedback", "a", "c", "fill", "enter", "enter", "enter", "escape", "a", "r", "fill", "escape"),
        *("go feedback", "down", "enter", "escape", "v", "y", "fill", "enter"),
    ),
    "incidents": (
        *("go incidents", "enter", "escape", "n", "fill", "tab", "fill", "tab", "fill", "tab", "escape"),
        *("code", "fill"),
    ),
    "cards": ("do card", "fill", "do card", "enter", "ctrl+l"),
    "practice": ("practise", "enter", "space", "v", "v", "p", "escape", "1", "enter", "e", "escape", "fill"),
    "tally": ("do pad", "p", "a", "at", "fill", "enter", "escape", "do survey", "fill", "enter", "escape"),
    "everywhere": (
        "f4", "escape", "f1", "escape", "ctrl+p", "fill", "escape", "charge", "fill", "enter", "say"),
}  # fmt: skip
"""What is pressed from the Desk; two words are an action of the app, `fill` puts the texts into every line in sight."""
NEVER_THERE: Final = {
    "RehearsedHelp",
    "Ask",
    "When",
    "KeysScreen",
    "CodeDialog",
    "RangesScreen",
    "PadScreen",
    "SurveyDialog",
}
"""Screens on which no text of a library or a person stands by itself."""


class Walk:
    """A walk over all screens with certain texts.

    Attributes:
        seen: the screens that were in front.
        marked: those that showed one of the texts.
    """

    def __init__(self, app: DeskMateApp, pilot: Pilot[None], texts: list[str]) -> None:
        self.app = app
        self.pilot = pilot
        self._texts: Iterator[str] = cycle(f"{MARK} {text}" for text in texts)
        self.seen: set[str] = set()
        self.marked: set[str] = set()

    async def all(self) -> None:
        """Every route."""
        for name, steps in ROUTES.items():
            for number, step in enumerate(steps):
                await self._step(step)
                self.look(f"{name}, step {number}: {step}")
            while len(self.app.screen_stack) > 1:
                self.app.pop_screen()
            await self.pilot.pause()

    async def _step(self, step: str) -> None:
        app, (word, _, rest) = self.app, step.partition(" ")
        if word == "fill":
            await self.fill()
        elif word == "go":
            await app.run_action(f"go_{rest}")
        elif word == "do":
            await app.run_action(rest)
        elif word == "open":
            app.open_guide(rest)
        elif word == "meant":
            for _ in range(2):
                app.desk.learning.typed(next(self._texts)[:60])
        elif word == "practise":
            app.practise("q7-book/q7")
        elif word == "charge":
            app.action_in_charge()
        elif word == "say":
            app.say(next(self._texts))
        elif word == "code":
            from deskmate.screens.incident_code import CodeDialog

            app.push_screen(CodeDialog())
        elif step.startswith(("q7", "@", "=")):
            on(app, DeskScreen).box.value = step
        else:
            await self._press(step)
            return
        await self.pilot.pause()

    async def _press(self, key: str) -> None:
        """Press a key; a window in which somebody wrote closes at the second Esc."""
        window = self.app.screen
        await self.pilot.press(key)
        if key == "escape" and isinstance(window, Dialog) and self.app.screen is window:
            await self.pilot.press(key)

    async def fill(self) -> None:
        """Put the texts into every line and box in sight."""
        fill(self.app, self._texts)

    def look(self, where: str) -> None:
        """Look at the screen in front."""
        app = self.app
        assert app.is_running, where
        assert not faults(app), f"{where}: {faults(app)}"
        name = type(app.screen).__name__
        self.seen.add(name)
        if MARK in screen_text(app):
            self.marked.add(name)


def small_home(folder: Path) -> Places:
    """The library of the pictures: a dozen guides, read in no time."""
    shutil.copytree(SMALL / "home", folder / "home")
    for card, (title, words) in CARDS.items():
        text = CARD.format(title=title, also=", ".join(f'"{word}"' for word in words.split(", ")))
        (folder / "home" / "playbooks" / f"{card}.yaml").write_text(text, encoding="utf-8")
    return Places(home=folder / "home", state=folder / "state", data=SMALL / "shipped")


async def walked(texts: list[str], size: tuple[int, int] = (100, 30), kind: type[Walk] = Walk) -> Walk:
    """A library and a log full of the texts, and a walk over all screens with them."""
    clock = FixedClock(TODAY)
    with tempfile.TemporaryDirectory() as folder:
        places = small_home(Path(folder))
        poison_home(places, texts)
        app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
        poison_log(app.desk, clock, texts)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            walk = kind(app, pilot, texts)
            await walk.all()
    return walk


def every_screen() -> set[str]:
    """The names of all screens and dialogs that there are."""
    found, bases = set(), (Place, ListedPlace, KeepingPlace, Dialog, HelpPage, Screen)
    for module in pkgutil.iter_modules(deskmate.screens.__path__, "deskmate.screens."):
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, Screen) and kind not in bases and kind.__module__ == module.name:
                found.add(name)
    return found


def property_of(examples: int) -> settings:
    """The dose of the property test."""
    phases = (Phase.explicit, Phase.reuse, Phase.generate)  # a walk is too long to shrink
    return settings(max_examples=examples, deadline=None, phases=phases, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@property_of(60)
@given(texts=st.lists(TEXTS, min_size=6, max_size=6))
async def test_any_text_on_every_screen(texts: list[str]) -> None:
    await walked(texts)


@property_of(1)
@given(texts=st.lists(TEXTS, min_size=12, max_size=12))
async def test_any_text_on_every_screen_once(texts: list[str]) -> None:
    await walked(texts, (80, 24))


@pytest.mark.parametrize("action", ["screen.move(-1)", "screen.panel('avoid')", "app.go_desk"])
def test_any_action_of_ours_can_be_a_link_and_no_text_can(action: str) -> None:
    for text in HOSTILE:
        made = link(text, action, "bold")
        assert made.plain == flat(text)
        (clicked,) = {meta["@click"] for _, style in made.render() if isinstance(style, Style) and (meta := style.meta)}
        assert clicked == action


class Leaking(App[None]):
    """What the screens would be if text were markup."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        yield Static(self._text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[@click=app.bell]x[/]", "link"),
        ("[@click=app.leave]x[/]", "link"),
        ('[link="https://evil.example"]x[/]', "address"),
        ("\u202ereversed", "character"),
        ("a\u200bb", "character"),
    ],
)
async def test_the_look_notices_a_leak(text: str, told: str) -> None:
    app = Leaking(text)
    async with app.run_test():
        assert any(fault.startswith(told) for fault in faults(app))


@pytest.mark.parametrize("size", [(20, 5), (60, 20), (240, 60)])
async def test_at_every_size(app: DeskMateApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        for keys in (
            [*"yelling", "enter", "1", "v", "v"],
            ["ctrl+r", "t", "escape", "e", "enter"],
            ["*", "escape", "#"],
            ["ctrl+g"],
        ):
            await pilot.press(*keys)
        assert app.is_running
