"""Every screen and dialog in every window: nothing ends, what was typed and where one was stays, and what must be
seen is seen from 60x20 up."""

from typing import Final

from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea

from deskmate.screens.app import DeskMateApp
from deskmate.screens.base import Place
from tests.screens.look import screen_text
from tests.screens.test_hostile_text import Walk, every_screen, walked

WORDS: Final = ["about the fine"]
USUAL: Final = (80, 24)
SIZES: Final = ((20, 5), (60, 20), (1, 1), (240, 60), USUAL)
TURNS: Final = 50
LEAST: Final = (60, 20)
"""The least window that the screens are made for."""


class Resized(Walk):
    """A walk that takes each screen through every size, the first time it comes there."""

    def __init__(self, app: DeskMateApp, pilot: Pilot[None], texts: list[str]) -> None:
        super().__init__(app, pilot, texts)
        self.resized: set[str] = set()
        self.faults: list[str] = []

    async def _step(self, step: str) -> None:
        await super()._step(step)
        name, typed = type(self.app.screen).__name__, state(self.app)[-1]
        if name not in self.resized and (any(typed) or not typed):  # a line to type in is looked at with words in it
            self.resized.add(name)
            await self._through_all(f"{name} after {step}")

    async def _through_all(self, where: str) -> None:
        app = self.app
        before = state(app)
        for size in SIZES:
            await self.pilot.resize_terminal(*size)
            assert app.is_running, where
            if state(app) != before:
                self.faults.append(f"{where}, {size}: {before} became {state(app)}")
            if size >= LEAST:
                self.faults += [f"{where}, {size}: {fault}" for fault in await self._hidden()]

    async def _hidden(self) -> list[str]:
        """What stays hidden once all is laid out: a busy machine does that some turns after the resize."""
        for _ in range(TURNS):
            if not hidden(self.app):
                break
            await self.pilot.pause()
        return hidden(self.app)


def state(app: DeskMateApp) -> tuple[str, Widget | None, list[str]]:
    """What a resize must not change: the screen in front, where one types, and what was typed."""
    lines = [box.value for box in app.screen.query(Input).results(Input)]
    texts = [box.text for box in app.screen.query(TextArea).results(TextArea)]
    return type(app.screen).__name__, app.focused, lines + texts


def hidden(app: DeskMateApp) -> list[str]:
    """What must be seen and is not: where one types, a dialog as a whole, and how HELP is called."""
    whole = Region(0, 0, *app.size)
    found = []
    focused = app.focused
    if focused is not None and not (focused.region.height and whole.contains_region(focused.region)):
        found.append(f"{focused} is at {focused.region}")
    boxes = app.screen.query("#box").results(Widget)
    found += [f"the dialog is at {box.region}" for box in boxes if not whole.contains_region(box.region)]
    if isinstance(app.screen, Place) and app.screen.query("#keys") and not app.screen.ONLY:
        last = screen_text(app).rpartition("\n")[2]
        if "Ctrl+G" not in last:
            found.append(f"the last line is {last!r}")
    return found


async def test_every_screen_in_every_window() -> None:
    walk = await walked(WORDS, USUAL, Resized)
    assert isinstance(walk, Resized)
    assert every_screen() - walk.resized == set()
    assert walk.faults == []
