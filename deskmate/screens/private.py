"""Private: nothing of anyone on the screen; what was open stays as it was."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content
from textual.events import Click

from deskmate.screens.base import Place
from deskmate.screens.safe import line, lines
from deskmate.screens.widgets.bars import Steady


class PrivateScreen(Place):
    """A clock, the library's name, and how to come back."""

    PLACE: ClassVar[str] = "private"
    DEFAULT_CSS = """
    PrivateScreen { align: center middle; }
    PrivateScreen Static { width: auto; text-align: center; }
    """

    @property
    def quiet(self) -> bool:
        """Nothing sounds or shows here."""
        return True

    def compose(self) -> ComposeResult:
        """The three lines."""
        yield Steady(id="clock")

    def on_mount(self) -> None:
        """Show the time; the code of the incident reports is asked for again afterwards."""
        self.desk.forget_code()
        self.follow_clock()

    def follow_clock(self) -> None:
        """The minute changes."""
        desk = self.desk
        rows = [
            line(desk.settings.library.name, "bold"),
            Content(""),
            line(f"{desk.now():%H:%M}", "bold"),
            Content(""),
            line(f"{self.key('private')} comes back", "dim"),
        ]
        self.query_one("#clock", Steady).update(lines(rows))

    def on_click(self, event: Click) -> None:
        """The mouse comes back too."""
        event.stop()
        self.app.action_private()
