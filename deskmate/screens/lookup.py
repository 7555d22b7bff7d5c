"""The look-up over a live guide: the guide stays where it is, and what is opened returns to it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings
from deskmate.screens.desk_rows import NONE, found_rows
from deskmate.screens.preview import Preview
from deskmate.screens.safe import link
from deskmate.screens.widgets.lookup_box import LookupBox
from deskmate.screens.widgets.rows import Rows


class LookUpScreen(Dialog[tuple[str, str]]):
    """The same box and list as on the Desk; the answer is a row and the words, or None. Facts are read here."""

    PLACE: ClassVar[str] = "look-up"
    BINDINGS: ClassVar[list[Binding]] = bindings("look-up")
    AUTO_FOCUS: ClassVar[str | None] = "#look-up"
    DEFAULT_CSS = """
    LookUpScreen #found { height: 7; }
    LookUpScreen #look-up { margin: 1 0; border: none; }
    LookUpScreen #preview { height: 8; margin-top: 1; }
    LookUpScreen.-low #look-up { margin: 0; }
    LookUpScreen.-low #preview { height: 6; }
    """

    box = query_one("#look-up", LookupBox)
    found = query_one("#found", Rows)
    side = query_one("#preview", Static)

    def compose(self) -> ComposeResult:
        """The line, the list, and what is chosen."""
        with Vertical(id="box"):
            yield LookupBox("Look up, and come back to this step", self.typed)
            yield Rows(id="found")
            yield Static(id="preview", markup=False)
            yield Static(link(f"{self.key('window-close')} goes back", "screen.close", "dim"), markup=False)

    def typed(self, value: str) -> None:
        """List what fits."""
        self.found.fill(found_rows(self.desk, value) if value.strip() else [])

    @on(Rows.Chosen)
    def show_preview(self, event: Rows.Chosen) -> None:
        """What is chosen, in short."""
        event.stop()
        shown = Preview(self.desk, self.key("line-enter"), self.side.size.width, brief=True, counts=False)
        self.side.update(shown.of(event.row))

    def action_move(self, by: int) -> None:
        """Another row."""
        self.found.move(by)

    @on(LookupBox.Submitted)
    @on(Rows.Picked)
    def picked(self, event: LookupBox.Submitted | Rows.Picked) -> None:
        """Enter or a click opens a playbook; a fact is already in sight."""
        event.stop()
        self._open()

    def _open(self) -> None:
        row = self.found.row
        if row is not None and row.id.startswith(("playbook:", NONE)):
            self.dismiss((row.id, self.box.value))

    def action_close(self) -> None:
        """Back to the guide."""
        self.desk.learning.typed(self.box.value)
        super().action_close()
