"""The look-up line: always ready, and on an empty line a few marks are keys."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.binding import Binding
from textual.events import Focus, Paste
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from deskmate.screens.commands import bindings
from deskmate.screens.widgets.room import Full, fit
from deskmate.text.clean import clean, one_line

LINE: Final = 400
"""Characters of a line: a few sentences."""


class OneLine(Input):
    """A line to type in; a paste of many lines becomes one line and submits nothing (Textual would keep the first).

    Args:
        value: what somebody wrote before: whoever comes to the line goes on writing.
        offered: a suggestion, in place of a value: whoever comes to it finds it selected, so that the first letter
            replaces it and Enter takes it.
        placeholder: what an empty line shows.
        id: the widget's id.
        most: the characters that can be typed into it.
    """

    PLACE: ClassVar[str] = "line"
    BINDINGS: ClassVar[list[Binding]] = bindings("line")  # type: ignore[assignment]
    DEFAULT_CSS = """
    OneLine:ansi > .input--selection { background: ansi_default; color: ansi_default; text-style: reverse; }
    """
    virtual_size: Reactive[Size] = Reactive(Size(0, 0))
    """As Textual has it, but for the layout of the whole screen at every letter: this line never grows."""

    def __init__(
        self,
        value: str = "",
        *,
        offered: str = "",
        placeholder: str = "",
        id: str | None = None,  # noqa: A002 - Textual's own name
        most: int = LINE,
    ) -> None:
        first = value or offered
        super().__init__(first, placeholder=placeholder, id=id, compact=True, select_on_focus=False, max_length=most)
        self._offered = self.value if offered and not value else ""
        self._most = most
        self._given = self.value
        self.cursor_blink = False  # a blinking cursor is a repaint every half second while nobody types

    @property
    def written(self) -> bool:
        """Somebody typed what stands here, and would have to type it again."""
        return bool(self.value.strip()) and self.value != self._given and not self.password

    def validate_value(self, value: str) -> str:
        """Whatever the line is given is text on one line: no escape code of it reaches the terminal."""
        return " ".join(clean(value).splitlines())

    @property
    def is_untouched(self) -> bool:
        """Nobody has typed here: the line has its suggestion, or still nothing."""
        return self.value == self._offered

    def offer(self, words: str) -> None:
        """Put another suggestion in the place of what stands here."""
        self.value = words
        self._offered = self._given = self.value
        if self.has_focus:
            self.select_all()

    def on_focus(self, event: Focus) -> None:
        """A suggestion is selected by whoever comes to it, but for a terminal that comes back to the front."""
        if self.is_untouched and not event.from_app_focus:
            self.select_all()

    def _on_paste(self, event: Paste) -> None:
        event.prevent_default()
        event.stop()
        line, here = one_line(event.text), self.selection
        others = len(self.value) - len(self.selected_text)
        self.replace(fit(self, line, self._most, others), *here)

    def restricted(self) -> None:
        """One letter too many is told instead of rung."""
        self.post_message(Full(self._most))


class LookupBox(OneLine):
    """The look-up; a callable rather than a message, so that the list is painted in the frame of the letter."""

    def __init__(
        self,
        placeholder: str,
        typed: Callable[[str], None],
        *,
        marks: frozenset[str] = frozenset(),
        id: str = "look-up",  # noqa: A002 - Textual's own name
    ) -> None:
        """Make the line.

        Args:
            placeholder: what an empty line shows.
            typed: called with the line at every change, before it is painted.
            marks: keys that are commands while the line is empty, by Textual's names.
            id: the widget's id.
        """
        super().__init__(placeholder=placeholder, id=id)
        self._typed = typed
        self._marks = marks

    @property
    def written(self) -> bool:
        """A look-up is asked and forgotten."""
        return False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave the marks to the screen's priority bindings while the line is empty, and to nobody else when not."""
        if key in self._marks:
            return bool(self.value)
        return super().check_consume_key(key, character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Nobody waits for this message: it need not climb through the screen to the app at every letter."""
        event.stop()

    def watch_value(self, value: str) -> None:
        """Tell the screen in the same turn of the event loop: the list is painted with the letter."""
        if self.is_mounted:
            self._typed(value)
