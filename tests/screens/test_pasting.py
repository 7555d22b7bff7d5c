"""Whatever is pasted wherever text is taken: it stays text, nothing of it is a key, and what does not fit is told."""

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key, Paste
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

import deskmate.screens
from deskmate.screens.app import DeskMateApp
from deskmate.screens.guide import GuideScreen
from deskmate.screens.keymap import together
from deskmate.screens.pasting import END, READ, START, PasteParser
from deskmate.screens.promises import PromisesScreen
from deskmate.screens.widgets.free_text import MOST
from deskmate.screens.widgets.lookup_box import LINE
from tests.screens.hostile import HOSTILE, INVISIBLE, MARK, PIECES
from tests.screens.look import on, screen_text
from tests.screens.test_hostile_text import NEVER_THERE, Walk, every_screen, walked

ESCAPES: Final = (
    f"{MARK} \x1b]52;c;aGk=\x07\x1b[31mred\x1b[0m\r\x1b\x1b{END}x\x9b2J \u202e\u2066reversed\u200b \ud800\x00\n"
    "[@click=app.leave]leave[/] [/ end"
)
LINES: Final = f"{MARK} a line\r\n" * 20_000
LONG: Final = (f"{MARK} word [/] \x1b[31m" * 70_000)[:1_000_000]
WRITTEN: Final = re.compile(r"\\u(00[0189][0-9a-f]|007f|20[06][0-9a-f]|202[a-e]|feff|d[89a-f][0-9a-f]{2})")
"""As JSON writes what no text may hold."""


def read(*pieces: str) -> list[Message]:
    """What a terminal's input comes to, read by read."""
    parser = PasteParser()
    return [each for piece in pieces for each in parser.feed(piece)]


def told(messages: list[Message]) -> list[str]:
    """Each key by its name, each paste by its text."""
    return [each.key if isinstance(each, Key) else repr(getattr(each, "text", each)) for each in messages]


@given(
    body=st.lists(st.sampled_from([*PIECES, "\x1b", START, "\x1b[A", "\x1b[<0;5;5M", "\x1b[48;5;5;5;5t"])).map("".join),
    cuts=st.lists(st.integers(1, 60), max_size=12),
)
def test_a_paste_is_one_text_wherever_the_reads_cut_it(body: str, cuts: list[int]) -> None:
    left = f"a{START}{body}{END}b\x1b[A"
    pieces: list[str] = []
    for cut in cuts:
        pieces, left = [*pieces, left[:cut]], left[cut:]
    assert told(read(*filter(None, (*pieces, left)), f"{START}{END}")) == ["a", repr(body), "b", "up", repr("")]


def test_a_paste_that_comes_letter_by_letter_is_one_text() -> None:
    assert told(read(*f"a{START}one\x1b[31m\rtwo{END}b")) == ["a", repr("one\x1b[31m\rtwo"), "b"]


def test_an_end_that_stands_in_the_pasted_text_lets_no_key_out() -> None:
    assert told(read(f"{START}one{END}x\r{END}y")) == [repr(f"one{END}x\r"), "y"]


def test_the_real_driver_reads_with_our_parser(app: DeskMateApp) -> None:
    assert vars(sys.modules[app.get_driver_class().__module__])["XTermParser"] is PasteParser


class PasteWalk(Walk):
    """A walk that pastes into every line and box in sight.

    Attributes:
        there: every line and box that there was, shown or not.
        taken: those that took the pastes.
    """

    there: set[tuple[str, str]]
    taken: set[tuple[str, str]]

    async def all(self) -> None:
        """Every route; then what was stored is read."""
        self.there, self.taken = set(), set()
        await super().all()
        stored = "".join(
            path.read_text("utf-8", "strict") for path in self.app.desk.places.log.rglob("*") if path.is_file()
        )
        assert stored.count(MARK) > 20
        assert not INVISIBLE.findall(stored.replace("\x1e", ""))
        assert not WRITTEN.findall(stored)

    def look(self, where: str) -> None:
        """The boxes too, and whether the key map knows which keys work together."""
        super().look(where)
        for one, other in product(self.app.places, repeat=2):
            assert together(one, other), (where, one, other)
        self.there.update(map(self._name, self._boxes()))

    def _boxes(self) -> Iterator[Input | TextArea]:
        yield from self.app.screen.query(Input).results(Input)
        yield from self.app.screen.query(TextArea).results(TextArea)

    def _name(self, box: Input | TextArea) -> tuple[str, str]:
        return type(self.app.screen).__name__, box.id or type(box).__name__

    async def fill(self) -> None:
        """Paste, into one after the other; the last paste stays, to be kept by whatever is pressed next."""
        for box in list(self._boxes()):
            if box not in self.app.screen.focus_chain:
                continue
            screen, most = self.app.screen, MOST if isinstance(box, TextArea) else getattr(box, "_most", LINE)
            for pasted in (ESCAPES, LINES, LONG):
                box.focus()
                box.clear()
                self.app.say("")
                self.app.post_message(Paste(pasted))
                await self.pilot.pause()
                name = self._name(box)
                assert self.app.is_running
                assert self.app.screen is screen, name
                assert self.app.focused is box, name
                text = box.text if isinstance(box, TextArea) else box.value
                assert MARK in text, name
                assert len(text) <= most, name
                assert not INVISIBLE.search(text), name
                assert isinstance(box, TextArea) or "\n" not in text, name
                assert ("no more fit" in self.app.said[0]) is (pasted != ESCAPES), name
            self.taken.add(name)


def written() -> set[tuple[str, str]]:
    """Every line and box that the code makes, by its screen and its id, also where it is made on a condition only."""
    found: set[tuple[str, str]] = set()
    for path in sorted(Path(deskmate.screens.__path__[0]).glob("*.py")):
        module = importlib.import_module(f"deskmate.screens.{path.stem}")
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Screen) and kind.__module__ == module.__name__:
                found.update((name, box) for box in made_by(kind))
    return found


def made_by(kind: type[Widget]) -> Iterator[str]:
    """The lines and boxes that a screen or widget of ours makes: their ids, or their kinds."""
    source = ast.parse(inspect.cleandoc(f"\n{inspect.getsource(kind)}"))
    names = vars(sys.modules[kind.__module__])
    for call in (node for node in ast.walk(source) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
        made = names.get(call.func.id)  # type: ignore[attr-defined]
        if not inspect.isclass(made) or not issubclass(made, Widget) or issubclass(made, Screen):
            continue
        if issubclass(made, Input | TextArea):
            named = next((word.value for word in call.keywords if word.arg == "id"), None)
            usual = getattr(inspect.signature(made).parameters.get("id"), "default", None)
            yield str(named.value) if isinstance(named, ast.Constant) else usual or made.__name__
        elif made.__module__.startswith("deskmate."):
            yield from made_by(made)


async def test_every_screen_and_dialog_and_any_paste_in_every_line_and_box() -> None:
    walk = await walked(HOSTILE, kind=PasteWalk)
    assert isinstance(walk, PasteWalk)
    assert every_screen() - walk.seen == set()
    assert every_screen() - NEVER_THERE - walk.marked == set()
    assert written() - walk.taken == set()
    assert walk.there - walk.taken == set()


async def test_a_paste_that_nothing_takes_is_told_and_does_nothing(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for keys, kind in (("*", PromisesScreen), (("escape", *"yelling", "enter"), GuideScreen)):
            await pilot.press(*keys)
            app.post_message(Paste("1 2 e x \n y"))
            await pilot.pause()
            on(app, kind)
            assert "Nothing here takes text" in screen_text(app)


async def test_more_than_is_looked_at_is_told_even_where_little_of_it_is_text(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(Paste("word" + "\x1b[31m" * READ))
        await pilot.pause()
        assert "characters are kept" in screen_text(app)


async def test_a_full_line_takes_no_letter_more_and_says_so_once_more_fits_it_types_on(app: DeskMateApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.post_message(Paste("x" * LINE))
        await pilot.pause()
        assert "no more fit" not in screen_text(app)
        await pilot.press("y")
        box = app.screen.query_one(Input)
        assert box.value == "x" * LINE
        assert f"first {LINE} characters" in screen_text(app)
        await pilot.press("backspace", "y")
        assert box.value == "x" * (LINE - 1) + "y"
        box.select_all()
        app.post_message(Paste("instead"))
        await pilot.pause()
        assert box.value == "instead"
