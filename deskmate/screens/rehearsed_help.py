"""HELP in a practice: the same page under the word PRACTICE. The keys of HELP still open the real one."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Key
from textual.getters import app as get_app
from textual.screen import ModalScreen
from textual.widgets import Static

from deskmate.screens.app import DeskMateApp
from deskmate.screens.commands import bindings, command, footer
from deskmate.screens.help import door_of, help_rows
from deskmate.screens.safe import lines, parts
from deskmate.screens.widgets.bars import Bar, Keys, SavedBar

REHEARSED: Final = "PRACTICE   HELP, rehearsed"


class RehearsedHelp(ModalScreen[str]):
    """Say the number and the address aloud, then give the digit. The answer is the playbook of the digit, or None.

    It is no kind of `HelpScreen` on purpose: the real one opens over it.
    """

    BINDINGS: ClassVar[list[Binding]] = bindings("rehearsed-help")  # type: ignore[assignment]
    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    RehearsedHelp { background: $background; }
    RehearsedHelp #page { height: 1fr; padding: 1 3; }
    """

    app = get_app(DeskMateApp)

    def compose(self) -> ComposeResult:
        """What it is, the page and its keys."""
        yield Bar(id="head", classes="-head")
        yield Static(id="page", markup=False)
        yield SavedBar(id="saved")
        yield Keys(footer("rehearsed-help"))

    def on_mount(self) -> None:
        """Show the page, and which key is the real one."""
        key = self.app.key_of(command("help-now"))
        self.query_one("#head", Bar).update(parts((REHEARSED, "bold $text-accent"), f"   {key} is the real HELP"))
        desk = self.app.desk
        remark = desk.practices.current.remark if desk.practices.current else ""
        told = [parts((f"▲ {remark}", "$text-warning")), Content("")] if remark else []
        self.query_one("#page", Static).update(lines([*told, *help_rows(desk)]))

    def on_key(self, event: Key) -> None:
        """A digit is given."""
        if event.character and event.character.isdigit():
            event.stop()
            self.action_door(event.character)

    def action_door(self, key: str) -> None:
        """Give a digit."""
        door = door_of(self.app.desk, key)
        if door is not None:
            self.dismiss(door.open)

    def action_leave(self) -> None:
        """Back to the practice."""
        self.dismiss(None)
