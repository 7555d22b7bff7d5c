"""Every key that works where one is; made from the command registry."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskmate.screens.base import Dialog
from deskmate.screens.commands import of
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.safe import line, lines, parts


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
        rows = [line(f"Keys here ({self._place})", "bold"), *map(self._row, of(self._place))]
        rows += [Content(""), line("Keys everywhere", "bold"), *map(self._row, of(EVERYWHERE))]
        rows += [Content(""), line("On the look-up line the marks work while it is empty.", "dim")]
        with Vertical(id="box"):
            with VerticalScroll(id="all", can_focus=False):
                yield Static(lines(rows), markup=False)
            yield Static(line("Up, Down scroll · Esc closes", "dim"), markup=False)

    def _row(self, command: Command) -> Content:
        named = self.app.keymap.all_of(command) or f"Ctrl+P {command.label}"
        return parts((f"{named:17}", "bold $primary"), command.help)

    def action_roll(self, by: int) -> None:
        """Scroll the list."""
        self.query_one("#all", VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Close."""
        self.dismiss(None)
