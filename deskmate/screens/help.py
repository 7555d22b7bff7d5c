"""HELP: one page for an emergency; no search, no typing, nobody's permission."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.getters import app as get_app
from textual.screen import ModalScreen
from textual.widgets import Static

from deskmate.desk.live_record import HAPPENED
from deskmate.desk.service import Desk
from deskmate.screens.app import DeskMateApp
from deskmate.screens.closing import ClosedOnce
from deskmate.screens.commands import bindings, footer
from deskmate.screens.dialogs import Ask
from deskmate.screens.safe import lines, link, parts
from deskmate.screens.widgets.bars import Keys

AROUND: Final = Size(6, 3)
"""Cells around the page: the air at its sides, and the keys below it."""


class HelpPage(ClosedOnce, ModalScreen[str]):
    """A page of HELP, in earnest or rehearsed; the answer is the playbook of the digit that was pressed, or None."""

    AUTO_FOCUS: ClassVar[str | None] = ""
    DEFAULT_CSS = """
    HelpPage { background: $background; }
    HelpPage #page { height: 1fr; padding: 1 3; }
    """

    app = get_app(DeskMateApp)

    def action_choose(self, number: int) -> None:
        """A digit."""
        self.action_door(str(number))

    def action_door(self, key: str) -> None:
        """Open what a digit stands for."""
        door = next((door for door in self.app.desk.library.help.doors if door.key == key), None)
        if door is not None:
            self.dismiss(door.open)


class HelpScreen(HelpPage):
    """The number, this building's address, three memory items, and one digit for what is wrong.

    It works over every screen and dialog, also over a live guide. DeskMate alerts nobody: staff call.
    """

    PLACE: ClassVar[str] = "help"
    BINDINGS: ClassVar[list[Binding]] = bindings("help")  # type: ignore[assignment]
    quiet: ClassVar[bool] = True
    """No bell and no banner in an emergency."""

    def __init__(self) -> None:
        super().__init__()
        self._times: list[str] = []
        self._called = False

    def compose(self) -> ComposeResult:
        """The page and its keys."""
        yield Static(id="page", markup=False)
        yield Keys(footer("help"))

    def on_mount(self) -> None:
        """Tell a live walk that HELP was opened, and show the page."""
        if self._guided:
            self.app.desk.live.act("help")
        self._show()

    @property
    def _guided(self) -> bool:
        """A guide is in front, under this page; over a contact that has ended, HELP is that of a new emergency."""
        live = self.app.desk.live.current
        return live is not None and live.goes_on

    def on_resize(self) -> None:
        """A tall window has air between the lines, a low one has none."""
        self._show()

    def _show(self) -> None:
        self.query_one("#page", Static).update(self._page())

    def _page(self) -> Content:
        """The whole page."""
        times = [Content(""), parts(("TIMES  ", "dim"), " · ".join(self._times))] if self._times else []
        return lines(help_rows(self.app.desk, self.app.size - AROUND, after=times))

    def action_called(self) -> None:
        """The call was made: note when."""
        self._times.append(f"{self.app.desk.now():%H:%M} called")
        self._called = True
        if self._guided:
            self.app.desk.live.act("time", "called")
        self._show()

    def action_times(self) -> None:
        """Show the times, also those of the guide in front."""
        live = self.app.desk.live.current
        if live is not None and self._guided:
            self._times = [f"{at:%H:%M} {name}" for name, at in live.walk.times]
        if not self._times:
            self._times = ["none noted yet"]
        self._show()

    def action_leave(self) -> None:
        """Leave; ask whether it happened, so that a look at HELP makes no record and an emergency does.

        Who presses the key a second time wants to be out: a guide goes on as it is, and a call that was noted is kept.
        """
        back = "leaves HELP, nothing is kept"
        if self._guided:
            back = "goes on with the guide"
        elif self._called:
            back = "leaves HELP and keeps a record: a call was noted"
        answers = {"y": "Yes, keep a record", "n": "No, I only looked"}
        self.app.push_screen(Ask("Did this happen?", answers, back=back), self._happened)

    def _happened(self, answer: str | None) -> None:
        board = self.app.desk.live
        if self._guided:
            if answer is not None:
                board.act("helped", "yes" if answer == "y" else "no")
        elif answer == "y" or (answer is None and self._called):
            self.app.keep(board.happened, HAPPENED)
        self.dismiss(None)


def help_rows(
    desk: Desk, room: Size, *, before: Sequence[Content] = (), after: Sequence[Content] = ()
) -> list[Content]:
    """The page as it is shown in earnest and in a rehearsal, with as much air between the lines as there is room.

    Args:
        desk: the desk.
        room: the cells it has.
        before: what stands above it.
        after: what stands below it.
    """
    told, digits = _told(desk), _digits(desk)
    apart = [row for digit in digits for row in (digit, Content(""))]  # a frightened eye finds them sooner
    usual = [*before, *told, *digits, *after]
    close = [row for row in usual if row.plain]
    width = max(room.width, 1)  # a window of no cells at all
    pages = ([*before, *told, *apart[:-1], *after], usual)
    return next((page for page in pages if sum(row.get_height({}, width) for row in page) <= room.height), close)


def _told(desk: Desk) -> list[Content]:
    """The number, the address, the way out, and what to remember."""
    emergency = desk.settings.emergency
    rows = [
        parts(
            ("CALL  ", "bold $text-error"),
            (desk.help_number(), "bold $text-error"),
            "   you call: DeskMate alerts nobody",
        ),
        parts(("SAY   ", "bold"), (desk.help_address(), "bold")),
    ]
    if emergency.exits:
        rows.append(parts(("OUT   ", "dim"), emergency.exits))
    rows.append(Content(""))
    rows += [parts("• ", item) for item in desk.help_memory()]
    return [*rows, Content("")]


def _digits(desk: Desk) -> list[Content]:
    """What may be wrong, each with its digit."""
    return [
        parts((f" {door.key} ", "bold $background on $error"), " ") + link(door.label, f"screen.door('{door.key}')")
        for door in desk.library.help.doors
    ]
