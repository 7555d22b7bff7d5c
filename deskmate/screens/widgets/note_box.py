"""A note: what looks like private data is marked while it is typed, and masked when it is kept."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import TextArea

from deskmate.screens.commands import bindings, command, footer
from deskmate.screens.registry.command import Command
from deskmate.screens.safe import link
from deskmate.screens.widgets.bars import Bar, Keys
from deskmate.screens.widgets.free_text import FreeText
from deskmate.text.guard import Watch
from deskmate.text.guarded import sentence

if TYPE_CHECKING:
    from deskmate.screens.app import DeskMateApp
    from deskmate.screens.base import Place


class NoteText(FreeText):
    """The text itself; the screen closes it.

    Args:
        keep: called when what looks private is to be kept, or to be masked again.
    """

    PLACE: ClassVar[str] = "note"
    BINDINGS: ClassVar[list[Binding]] = bindings("note")  # type: ignore[assignment]
    DEFAULT_CSS = "NoteText { height: 5; border: none; padding: 0; background: $surface; }"

    def __init__(self, keep: Callable[[], None]) -> None:
        super().__init__(soft_wrap=True, show_line_numbers=False, compact=True)
        self._keep = keep

    def action_keep_private(self) -> None:
        """Keep what looks private, or mask it again."""
        self._keep()


class NoteBox(Vertical):
    """A few lines to type in, and under them what the guard found.

    Args:
        changed: called with the text and whether private data is kept, at every change.
    """

    DEFAULT_CSS = """
    NoteBox { height: auto; padding: 0 2; background: $surface; border-top: hkey $primary; }
    NoteBox #guard.-found { color: $text-warning; }
    """

    area = query_one(NoteText)
    guard = query_one("#guard", Bar)

    def __init__(self, changed: Callable[[str, bool], None]) -> None:
        super().__init__()
        self._changed = changed
        self._keep = False
        self._watch = Watch()

    def compose(self) -> ComposeResult:
        """The text and the guard's line."""
        yield NoteText(self._keep_private)
        yield Bar(id="guard")

    def open(self, text: str) -> None:
        """Show the box with a text and put the cursor at its end."""
        self._keep = False
        self.display = True
        self.area.load_text(text)
        self.area.move_cursor(self.area.document.end)
        self.area.focus()
        self._tell()
        self._show_keys((*footer(NoteText.PLACE), command("jump")))

    def close(self) -> None:
        """Put the box away; its text has been kept at every key."""
        if self.display:
            self.display = False
            self.screen.set_focus(None)
            place: Place = self.screen  # type: ignore[assignment]
            self._show_keys(place.footer())

    def _show_keys(self, commands: tuple[Command, ...]) -> None:
        """What works now: letters are text while the box is open."""
        self.screen.query_one(Keys).show(commands)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Keep the text and look it over."""
        event.stop()
        if self.display:
            self._changed(self.area.text, self._keep)
            self._tell()

    def _keep_private(self) -> None:
        """Keep what looks private, or mask it again."""
        self._keep = not self._keep
        self._changed(self.area.text, self._keep)
        self._tell()

    def _tell(self) -> None:
        """Say what would be masked, and what stays."""
        app: DeskMateApp = self.app  # type: ignore[assignment]
        key = app.key("note-private")
        said = sentence(self._watch.find(self.area.text), kept=self._keep, key=key)
        self.guard.set_class(bool(said), "-found")
        if said:
            self.guard.update(link(said, "focused.keep_private"))
        else:
            self.guard.update(link(f"Facts, no names. {app.key('note-close')} keeps it.", "screen.note"))
