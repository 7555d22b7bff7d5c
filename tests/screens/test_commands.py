"""One declaration of every command feeds keys, footer, key help and palette."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pytest
from textual.app import App
from textual.binding import Binding
from textual.dom import DOMNode

import deskmate.screens
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from deskmate.screens.commands import COMMANDS, footer, of
from deskmate.screens.help import HelpScreen
from deskmate.screens.keys import KeysScreen
from deskmate.screens.private import PrivateScreen
from deskmate.screens.registry.command import EVERYWHERE
from deskmate.screens.registry.key_names import shown
from tests.screens.look import on, screen_text

PLACES = sorted({command.place for command in COMMANDS} - {EVERYWHERE})
STATES = {
    "typing on the desk": ["p", "r"],
    "the empty desk": [],
    "a guide": [*"yelling", "enter"],
    "a note in a guide": [*"yelling", "enter", "n", "a"],
    "a promise form": [*"yelling", "enter", "t"],
    "the look-up over a guide": [*"yelling", "enter", "ctrl+f"],
    "the wrap-up": [*"yelling", "enter", "1", "e"],
    "the promises": ["*"],
    "the notices": ["*", "n"],
    "posting a notice": ["*", "n", "a"],
    "the shift": ["#"],
    "the reports": ["#", "r"],
    "a prompt": ["#", "a"],
    "the voice of patrons": ["#", "f"],
    "writing down a complaint": ["#", "f", "a", "c", "a"],
    "an incident report": ["ctrl+g", "escape", "y", "*", "enter", "tab"],
    "the palette": ["ctrl+p"],
    "the key help": ["f1"],
}
"""Every place and dialog where the focus can be, by the keys that lead there."""


def test_ids_are_unique_and_every_command_has_words() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(ids) == len(set(ids))
    assert all(command.help for command in COMMANDS)


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_in_one_place(place: str) -> None:
    keys = [key for command in of(place) for key in command.keys]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("place", PLACES)
def test_the_footer_fits_80_columns_with_six_keys_at_most_beside_help(place: str) -> None:
    commands = footer(place)
    line = "".join(f"{command.shown_key} {command.label}  " for command in commands)
    assert len(line.rstrip()) <= 78, line
    assert len([command for command in commands if command.id != "help-now"]) <= 6


def test_keys_are_shown_as_people_read_them() -> None:
    assert [shown(key) for key in ("ctrl+g", "f9", "plus", "asterisk", "w")] == ["Ctrl+G", "F9", "+", "*", "w"]


@pytest.mark.parametrize("keys", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("key", ["ctrl+g", "f9"])
async def test_help_is_one_key_from_every_state(app: DeskMateApp, keys: list[str], key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys, key)
        assert isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("keys", STATES.values(), ids=STATES.keys())
@pytest.mark.parametrize("key", ["ctrl+l", "f8"])
async def test_private_is_one_key_from_every_state_and_back(app: DeskMateApp, keys: list[str], key: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys)
        before = type(app.screen)
        await pilot.press(key)
        assert isinstance(app.screen, PrivateScreen)
        await pilot.press(key)
        assert type(app.screen) is before


@pytest.mark.parametrize("keys", STATES.values(), ids=STATES.keys())
async def test_the_phone_opens_a_phone_guide_from_every_state(app: DeskMateApp, keys: list[str]) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*keys, "ctrl+r")
        live = app.desk.live.current
        assert live is not None
        assert live.on_phone


@pytest.mark.parametrize("place_keys", [([], "desk"), ([*"yelling", "enter"], "guide"), (["*"], "promises")])
async def test_the_key_help_names_every_key_of_the_place(app: DeskMateApp, place_keys: tuple[list[str], str]) -> None:
    keys, place = place_keys
    async with app.run_test(size=(120, 100)) as pilot:
        await pilot.press(*keys, "f1")
        assert isinstance(app.screen, KeysScreen)
        text = screen_text(app)
        assert [command.help for command in (*of(place), *of(EVERYWHERE)) if command.help not in text] == []


def declared() -> Iterator[tuple[type[DOMNode], list[object]]]:
    """Every screen, window and widget of ours that declares keys of its own."""
    for module in pkgutil.walk_packages(deskmate.screens.__path__, "deskmate.screens."):
        for _, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if kind.__module__ == module.name and issubclass(kind, DOMNode) and "BINDINGS" in vars(kind):
                yield kind, list(vars(kind)["BINDINGS"])


def test_no_screen_window_or_widget_has_a_key_that_the_registry_does_not_know() -> None:
    known = {(each.id, each.place) for each in COMMANDS}
    places = set()
    for kind, keys in declared():
        place = EVERYWHERE if issubclass(kind, App) else vars(kind)["PLACE"]
        places.add(place)
        assert [each for each in keys if not isinstance(each, Binding) or (each.id, place) not in known] == [], kind
    assert places == {*PLACES, EVERYWHERE}


async def test_the_key_help_tells_of_the_window_and_the_line_in_front(app: DeskMateApp) -> None:
    async with app.run_test(size=(120, 120)) as pilot:
        for keys, told in (
            ([*"yelling", "enter", "t", "f1"], ("Keys here", "Every window", "The line", "The line below.")),
            (["escape", "escape", "n", "f1"], ("Keys here", "The note", "Keep what looks private")),
            (["f1", "ctrl+g", "question_mark"], ("Keys here", "Open the guide of that line.")),
            (["escape", "escape", "question_mark"], ("Every window", "Close this window")),
        ):
            await pilot.press(*keys)
            on(app, KeysScreen)
            text = screen_text(app)
            assert [words for words in (*told, "Keys everywhere") if words not in text] == []


async def test_the_palette_runs_a_command_of_the_place(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter", "ctrl+p")
        await pilot.press(*"what not to say", "enter")
        assert "AVOID" in screen_text(app)


async def test_a_library_can_change_a_key_and_a_clash_is_told(
    make_app: Callable[[], DeskMateApp], places: Places
) -> None:
    with places.settings.open("a", encoding="utf-8") as file:
        file.write('\n[keys]\nend = "q"\nwindow-close = "ctrl+t"\nnote-private = "ctrl+k, ctrl+y"\n')
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"yelling", "enter")
        assert "q End" in screen_text(app)
        await pilot.press("t", "escape")
        assert "Ctrl+T goes back" in screen_text(app)
        await pilot.press("ctrl+t", "n", *"phone 212 555 1234", "home")
        assert "PRIVATE: phone. Masked when kept; Ctrl+K keeps it." in screen_text(app)
        await pilot.press("ctrl+y")
        assert "KEPT as typed: phone. Ctrl+K masks it." in screen_text(app)
        await pilot.press("escape", "1", "q")
        assert "Saved" in screen_text(app)
        live = app.desk.live.current
        assert live is not None
        assert live.note == "phone 212 555 1234"
