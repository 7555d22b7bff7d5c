"""HELP in a practice: the same page under the word PRACTICE. The keys of HELP still open the real one."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from deskmate.screens.commands import bindings, footer
from deskmate.screens.help import AROUND, HelpPage, help_rows
from deskmate.screens.safe import lines, parts
from deskmate.screens.widgets.bars import Bar, Keys, SavedBar

REHEARSED: Final = "PRACTICE   HELP, rehearsed"


class RehearsedHelp(HelpPage):
    """Say the number and the address aloud, then give the digit.

    It is no kind of `HelpScreen` on purpose: the real one opens over it.
    """

    PLACE: ClassVar[str] = "rehearsed-help"
    BINDINGS: ClassVar[list[Binding]] = bindings("rehearsed-help")  # type: ignore[assignment]

    def compose(self) -> ComposeResult:
        """What it is, the page and its keys."""
        yield Bar(id="head", classes="-head")
        yield Static(id="page", markup=False)
        yield SavedBar(id="saved")
        yield Keys(footer("rehearsed-help"))

    def on_mount(self) -> None:
        """Show the page, and which key is the real one."""
        key = self.app.key("help-now")
        self.query_one("#head", Bar).update(parts((REHEARSED, "bold $text-accent"), f"   {key} is the real HELP"))
        self._show()

    def on_resize(self) -> None:
        """A tall window has air between the lines, a low one has none."""
        self._show()

    def _show(self) -> None:
        desk = self.app.desk
        remark = desk.practices.current.remark if desk.practices.current else ""
        told = [parts((f"▲ {remark}", "$text-warning")), Content("")] if remark else []
        room = self.app.size - AROUND - Size(0, 2)  # the head, and what was last saved
        self.query_one("#page", Static).update(lines(help_rows(desk, room, before=told)))

    def action_leave(self) -> None:
        """Back to the practice."""
        self.dismiss(None)
