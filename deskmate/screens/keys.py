"""Every key that works where one is; made from the command registry."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings, of
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.safe import line, lines, link, parts

WIDTH: Final = 80
"""Columns of the window at most."""
KEYS: Final = 17
"""Columns of the keys."""
NARROW: Final = 60
"""Columns of the lists below which the keys have fewer."""
NARROW_KEYS: Final = 12
TITLES: Final = {
    "window": "Every window",
    "line": "The line",
    "note": "The note",
    EVERYWHERE: "Keys everywhere",
}
"""Where it is no place of its own."""


class KeysScreen(Dialog[None]):
    """The keys that work where one is, then those that work everywhere.

    Args:
        places: the places whose keys work together, as the registry names them, the one in front first.
    """

    PLACE: ClassVar[str] = "keys"
    BINDINGS: ClassVar[list[Binding]] = bindings("keys")
    DEFAULT_CSS = """
    KeysScreen #box { height: 90%; width: 80; }
    KeysScreen #all { height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(self, places: Sequence[str]) -> None:
        super().__init__()
        self._places = places

    def compose(self) -> ComposeResult:
        """The lists and how to close."""
        with Vertical(id="box"):
            with VerticalScroll(id="all", can_focus=False):
                yield Static(id="keys-here", markup=False)
            scroll = f"{self.key('keys-up')}, {self.key('keys-down')} scroll · "
            close = link(f"{self.key('window-close')} closes", "screen.close", "dim")
            yield Static(parts((scroll, "dim"), close), markup=False)

    def on_resize(self) -> None:
        """Write the lists as wide as they may be."""
        width = min(self.app.size.width, WIDTH) - 6
        rows: list[Content] = []
        for place in (*self._places, EVERYWHERE):
            rows.append(line(TITLES.get(place, "Keys here"), "bold"))
            if place == "desk":
                rows.append(line("The marks work while the look-up line is empty.", "dim"))
            rows += [*self._rows(of(place), width), Content("")]
        self.query_one("#keys-here", Static).update(lines(rows))

    def _rows(self, commands: Iterable[Command], width: int) -> Iterator[Content]:
        """Each with its keys at the left; what it does goes on under itself, not under the keys."""
        keys = KEYS if width >= NARROW else NARROW_KEYS
        palette = self.key("palette")
        place = self.app.place
        for command in commands:
            if place is not None and not place.has(command.id):
                continue
            digit = command.action.startswith("choose(")
            if digit and command.action != "choose(1)":
                continue  # the nine digits are one line
            named = "1-9" if digit else self.app.keymap.all_of(command) or f"{palette} {command.label}"
            if len(named) >= keys:  # a long name has a line of its own
                yield line(named, "bold $primary")
                named = ""
            for number, part in enumerate(wrap(command.help, max(width - keys, 20))):
                yield parts((f"{'' if number else named:{keys}}", "bold $primary"), part)

    def action_roll(self, by: int) -> None:
        """Scroll the list."""
        self.query_one("#all", VerticalScroll).scroll_relative(y=by, animate=False)
