"""What every screen of DeskMate has in common."""

from typing import ClassVar, Final

from textual.binding import Binding
from textual.events import Key
from textual.getters import app as get_app
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widgets import Static

from deskmate.clock import left_of_minute
from deskmate.desk.service import Desk
from deskmate.screens.app import DeskMateApp
from deskmate.screens.closing import ClosedOnce, Leaving
from deskmate.screens.commands import bindings, footer
from deskmate.screens.registry.command import Command
from deskmate.screens.safe import line, link, parts
from deskmate.screens.widgets.bars import Keys, SavedBar
from deskmate.screens.widgets.lookup_box import OneLine

DROPS: Final = "drops what you wrote here. Nothing of it is kept yet."
"""What a second Esc does in a window in which somebody wrote."""


class Place(Leaving, Screen[None]):
    """A full screen: one of the places a person at the desk can be in.

    Attributes:
        PLACE: its name in the command registry.
        ONLY: the app's actions that work here; None for all of them.
    """

    PLACE: ClassVar[str] = ""
    AUTO_FOCUS: ClassVar[str | None] = ""
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (76, "-normal"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (30, "-tall")]

    app = get_app(DeskMateApp)

    ONLY: ClassVar[frozenset[str] | None] = None

    _composed = False

    def on_mount(self) -> None:
        """Textual calls this besides a screen's own `on_mount`, when everything is composed."""
        self._composed = True
        self.set_class(self.desk.settings.screens.compact, "-compact")

    @property
    def drawn(self) -> bool:
        """All parts are there: a clock or a return may come before that or while they are taken away.

        `display` is False from the moment Textual starts to remove the screen, before the first part goes.
        """
        return self._composed and self.display

    @property
    def desk(self) -> Desk:
        """The desk this screen shows."""
        return self.app.desk

    @property
    def quiet(self) -> bool:
        """True while no bell and no banner may appear: an emergency, or a screen the patron reads."""
        return False

    def key(self, command_id: str) -> str:
        """The key that a command has here."""
        return self.app.key(command_id)

    def bottom(self) -> tuple[SavedBar, Keys]:
        """The two last lines of a screen."""
        return SavedBar(id="saved"), Keys(self.footer())

    def footer(self) -> tuple[Command, ...]:
        """The commands of the last line."""
        return tuple(each for each in footer(self.PLACE) if self.has(each.id))

    def has(self, command_id: str) -> bool:
        """Whether a command of this place ever works on this screen; a screen shown for two purposes overrides it."""
        del command_id
        return True

    def applies(self, command_id: str) -> bool:
        """Whether a command of this screen would do something now; a screen that knows better overrides it."""
        del command_id
        return True

    def refresh_keys(self) -> None:
        """Other commands apply now than before."""
        self.query_one(Keys).refresh_keys()

    def first_key(self, event: Key) -> bool:
        """A key before it is handed on, in the app's own turn; True when it is dealt with.

        A screen that closes on a letter must close here: otherwise the next letters of a fast typist already wait in
        its queue, and are lost.
        """
        del event
        return False

    def put_down(self) -> None:
        """Another person comes to the front: what is typed or changed here and not kept yet is kept."""

    def follow_clock(self) -> None:
        """Called when something here may have changed by itself; what is right already must cost no repaint."""

    def stays_right(self) -> float:
        """Seconds until what is shown here changes by itself; a screen whose clock has seconds overrides it."""
        return left_of_minute(self.desk.now())

    def on_screen_resume(self) -> None:
        """Textual calls this besides a screen's own: something else was in front, and the clocks stood still here."""
        self.app.wake()
        self.app.arrived_at(self.PLACE)


class Dialog(ClosedOnce, ModalScreen[ScreenResultType]):
    """A small window over a screen; Esc closes it, and asks for a second one when somebody wrote in it."""

    PLACE: ClassVar[str] = "window"
    BINDINGS: ClassVar[list[Binding]] = bindings("window")  # type: ignore[assignment]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-short"), (30, "-tall")]

    app = get_app(DeskMateApp)

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog.-beneath { align: center bottom; background: $background 20%; }
    Dialog > #box {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1;
    }
    Dialog OneLine, Dialog LookupBox { background: $panel; margin-bottom: 1; }
    Dialog.-low OneLine { margin-bottom: 0; }
    """

    def on_screen_resume(self) -> None:
        """What may be told over this dialog may be another thing than before."""
        self.app.wake()

    @property
    def desk(self) -> Desk:
        """The desk this dialog belongs to."""
        return self.app.desk

    def key(self, command_id: str) -> str:
        """The key that a command has here."""
        return self.app.key(command_id)

    def ways(self, words: str, action: str = "") -> Static:
        """The last line: what can be done, which is a link when it has an action, and the way back.

        Args:
            words: what can be done, and by which key.
            action: what a click on the words does; empty for nothing.
        """
        first = link(words, action, "dim") if action else line(words, "dim")
        back = link(f"{self.key('window-close')} goes back", "screen.close", "dim")
        return Static(parts(first, (" · ", "dim"), back), id="ways", markup=False)

    _warned: tuple[str, ...] = ()

    def action_close(self) -> None:
        """No answer; what somebody wrote goes only when they say so twice."""
        written = tuple(each.value for each in self.query(OneLine) if each.written)
        if written and written != self._warned:
            self._warned = written
            self.query_one("#ways", Static).update(
                parts((f"{self.key('window-close')} again {DROPS}", "$text-warning"))
            )
        else:
            self.dismiss(None)
