"""The promises of a hand-over, taken over one by one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from deskmate.desk.owed import handover_accepted
from deskmate.model.shift import Shift
from deskmate.screens.app import DeskMateApp
from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings
from deskmate.screens.dialogs import Prompt
from deskmate.screens.people import promise_row
from deskmate.screens.safe import line
from deskmate.screens.widgets.rows import Row, Rows

MOST: Final = 10
"""Lines of the list; more are scrolled to."""


class TakeOver(Dialog[tuple[str, ...]]):
    """Which promises somebody takes over: read each back, then tick it; the answer is the ids of the ticked rows.

    Args:
        rows: the promises.
    """

    PLACE: ClassVar[str] = "take-over"
    BINDINGS: ClassVar[list[Binding]] = bindings("take-over")

    owed = query_one("#owed", Rows)

    def __init__(self, rows: Sequence[Row]) -> None:
        super().__init__()
        self._rows = rows
        self._ticked: set[str] = set()

    def compose(self) -> ComposeResult:
        """The promises and the keys."""
        with Vertical(id="box"):
            yield Static(line("Which promises do you take over? Read each one back.", "bold"), markup=False)
            yield Rows(id="owed")
            yield Static(id="keys-here", markup=False)

    def on_mount(self) -> None:
        """Show the list, nothing ticked."""
        self.owed.styles.height = min(len(self._rows), MOST)
        self._show()

    def _show(self) -> None:
        rows = [
            replace(row, word=f"{'✓' if row.id in self._ticked else '□'} {row.word}", state="") for row in self._rows
        ]
        self.owed.fill(rows, keep=True)
        tick, everything, take, back = map(self.key, ("take-tick", "take-all", "take-accept", "window-close"))
        count = f"{take} accepts, {len(self._ticked)} of {len(self._rows)} taken"
        told = f"{tick} ticks · {everything} all · {count} · {back} goes back"
        self.query_one("#keys-here", Static).update(line(told, "dim"))

    def action_choose(self, number: int) -> None:
        """A digit ticks that row."""
        if number <= len(self._rows):
            self._turn(self._rows[number - 1].id)

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click ticks."""
        event.stop()
        self._turn(event.row.id)

    def _turn(self, row_id: str) -> None:
        self._ticked ^= {row_id}
        self._show()

    def action_tick(self) -> None:
        """Tick the chosen one, or take the tick away."""
        if self.owed.row:
            self._turn(self.owed.row.id)

    def action_all(self) -> None:
        """Tick all."""
        self._ticked = {row.id for row in self._rows}
        self._show()

    def action_move(self, by: int) -> None:
        """Another one."""
        self.owed.move(by)

    def action_take(self) -> None:
        """Accept, with what is ticked."""
        self.dismiss(tuple(row.id for row in self._rows if row.id in self._ticked))


def read_back(app: DeskMateApp, waiting: Shift) -> str:
    """A hand-over that waits, with whose it is and how it is accepted: it is read back in sight, never unseen."""
    when = app.desk.shifts.when(waiting.ended_at or waiting.handed_at or waiting.started_at)
    whose = f"Hand-over from {waiting.staff or 'the desk'}, {when}"
    return f"{whose}: read it back, then {app.key('shift-handover')} accepts it.\n\n{waiting.handover}"


def accept_handover(app: DeskMateApp, waiting: Shift, done: Callable[[], None]) -> None:
    """Accept a hand-over: initials, then its promises one by one; what is not taken stays visible as that.

    Args:
        app: the app.
        waiting: the shift whose hand-over waits.
        done: called when it is accepted.
    """
    desk = app.desk
    owed = desk.shifts.untaken(desk.promises.board().all)
    rows = {promise_row(desk, record).id: record for record in owed}

    def accept(by: str, taken: Iterable[str]) -> None:
        chosen = [rows[row] for row in taken]
        said = handover_accepted(len(rows) - len(chosen))
        if app.keep(lambda: desk.promises.accept_handover(waiting, by, chosen), said) is not None:
            done()

    def named(initials: str | None) -> None:
        if initials is None:
            return
        if not rows:
            accept(initials, ())
            return
        dialog = TakeOver([promise_row(desk, record) for record in owed])
        dialog.add_class("-beneath")
        app.push_screen(dialog, lambda taken: None if taken is None else accept(initials, taken))

    question = "Read it back, then your initials accept it"
    asked = Prompt(question, hint="Initials are not a signature")
    asked.add_class("-beneath")
    app.push_screen(asked, named)
