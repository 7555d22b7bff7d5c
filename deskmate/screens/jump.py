"""Jump keys: a letter on everything that can be chosen, for hands that stay on the keyboard and keys that do not come.

Whatever the mouse can do here can be done so: a link, a row, a line to type in. It is also the second way for every key
of the line at the bottom.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final

from textual.app import ComposeResult
from textual.errors import NoWidget
from textual.events import Key
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from deskmate.screens.base import Dialog
from deskmate.screens.safe import line
from deskmate.screens.widgets.rows import Rows

LETTERS: Final = "asdfghjkl" + "qwertyuiop" + "zxcvbnm"
"""The resting fingers' keys first."""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that can be chosen.

    Attributes:
        x: the column of its letter on the screen.
        y: its line.
        choose: does what a click there does.
    """

    x: int
    y: int
    choose: Callable[[], object]


def targets(screen: Screen[object]) -> list[Target]:
    """All that can be chosen on a screen, from the top left."""
    found: list[Target] = []
    for widget in screen.walk_children(Widget):
        with suppress(NoWidget):  # what is hidden has no place on the screen
            found += _of(widget, screen.find_widget(widget).visible_region)
    return sorted(found, key=lambda each: (each.y, each.x))


def _of(widget: Widget, seen: Region) -> Iterator[Target]:
    """What can be chosen in a widget, of which this much is seen."""
    if isinstance(widget, Rows):
        for index, y in widget.in_sight():
            yield Target(widget.content_region.x, widget.content_region.y + y, partial(widget.pick, index))
    elif isinstance(widget, Input | TextArea):
        if seen and not widget.has_focus:
            yield Target(max(seen.x - 1, 0), seen.y, widget.focus)
    elif isinstance(widget, Static):
        yield from _links(widget, seen)


def _links(widget: Static, seen: Region) -> Iterator[Target]:
    """The links of a text, each once where it begins."""
    last = ""
    for y, strip in enumerate(widget.render_lines(Region(0, 0, *widget.outer_size)), widget.region.y):
        x = widget.region.x
        for segment in strip:
            action = segment.style.meta.get("@click", "") if segment.style else ""
            if action and action != last and seen.contains(x, y):
                yield Target(max(x - 1, 0), y, partial(widget.app.run_action, action, widget))
            last = action
            x += segment.cell_length


def letters(number: int) -> list[str]:
    """One letter each, or two for all when there are more than letters."""
    if number <= len(LETTERS):
        return list(LETTERS[:number])
    return ["".join(pair) for pair in product(LETTERS, repeat=2)][:number]


class JumpScreen(Dialog[Target]):
    """The letters, over the screen they belong to; any other key takes them away.

    Args:
        found: what can be chosen.
    """

    DEFAULT_CSS = """
    JumpScreen { background: $background 0%; align: left top; layers: letters; }
    JumpScreen Static {
        position: absolute; layer: letters; width: auto; height: 1;
        background: $accent; color: $background; text-style: bold;
    }
    JumpScreen Static:ansi { background: ansi_default; color: ansi_default; text-style: bold reverse; }
    """

    def __init__(self, found: list[Target]) -> None:
        super().__init__()
        self._typed = ""
        self._by_letters = dict(zip(letters(len(found)), found, strict=False))

    def compose(self) -> ComposeResult:
        """One letter for each."""
        for word, target in self._by_letters.items():
            sign = Static(line(word), markup=False)
            sign.styles.offset = (target.x, target.y)
            yield sign

    def on_key(self, event: Key) -> None:
        """A letter chooses; a first letter of two takes away what it does not begin."""
        if event.key == "escape":
            return
        event.stop()
        self._typed += event.character or " "
        if self._typed in self._by_letters:
            self.dismiss(self._by_letters[self._typed])
        elif not any(word.startswith(self._typed) for word in self._by_letters):
            self.dismiss(None)
        else:
            for word, sign in zip(self._by_letters, self.query(Static), strict=True):
                sign.display = word.startswith(self._typed)
