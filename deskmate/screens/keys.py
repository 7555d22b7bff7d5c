"""Every key that works where one is; made from the command registry."""

from collections.abc import Iterable, Iterator
from textwrap import wrap
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskmate.screens.base import Dialog
from deskmate.screens.commands import of
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.safe import line, lines, link, parts

WIDTH: Final = 80
"""Columns of the window at most."""
KEYS: Final = 17
"""Columns of the keys."""
ANSWER: Final = "Give an answer."


class KeysScreen(Dialog[None]):
    """The keys of one place, then those that work everywhere.

    Args:
        place: the place, as the registry names it.
    """

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        Binding("escape,question_mark,f1,enter", "close", "Close", show=False),
        Binding("down,pagedown", "roll(6)", "Down", show=False),
        Binding("up,pageup", "roll(-6)", "Up", show=False),
    ]
    DEFAULT_CSS = """
    KeysScreen #box { height: 90%; width: 80; }
    KeysScreen #all { height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place

    def compose(self) -> ComposeResult:
        """Two lists and how to close."""
        with Vertical(id="box"):
            with VerticalScroll(id="all", can_focus=False):
                yield Static(id="keys-here", markup=False)
            yield Static(parts(("Up, Down scroll · ", "dim"), link("Esc closes", "screen.close", "dim")), markup=False)

    def on_resize(self) -> None:
        """Write the lists as wide as they may be."""
        width = min(self.app.size.width, WIDTH) - 6
        rows = [line(f"Keys here ({self._place})", "bold"), *self._rows(of(self._place), width)]
        rows += [Content(""), line("Keys everywhere", "bold"), *self._rows(of(EVERYWHERE), width)]
        rows += [Content(""), line("On the look-up line the marks work while it is empty.", "dim")]
        self.query_one("#keys-here", Static).update(lines(rows))

    def _rows(self, commands: Iterable[Command], width: int) -> Iterator[Content]:
        """Each with its keys at the left; what it does goes on under itself, not under the keys."""
        for command in commands:
            answer = command.action.startswith("choose(")
            if answer and command.action != "choose(1)":
                continue  # the nine answers are one line
            named = "1-9" if answer else self.app.keymap.all_of(command) or f"Ctrl+P {command.label}"
            words = ANSWER if answer else command.help
            if len(named) >= KEYS:  # a long name has a line of its own
                yield line(named, "bold $primary")
                named = ""
            for number, part in enumerate(wrap(words, max(width - KEYS, 20))):
                yield parts((f"{'' if number else named:{KEYS}}", "bold $primary"), part)

    def action_roll(self, by: int) -> None:
        """Scroll the list."""
        self.query_one("#all", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
