"""The code of the incident reports: asked unseen, kept nowhere but in memory, forgotten soon."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from deskmate.faults import DeskMateError
from deskmate.screens.base import Dialog
from deskmate.screens.safe import line, parts
from deskmate.screens.widgets.lookup_box import OneLine


class CodeDialog(Dialog[bool]):
    """One masked line; the answer is True once the reports can be read. A wrong code costs half a second, no more."""

    AUTO_FOCUS: ClassVar[str | None] = "Input"
    DEFAULT_CSS = "CodeDialog #answer { min-height: 1; height: auto; }"

    code = query_one(OneLine)
    answer = query_one("#answer", Static)

    def compose(self) -> ComposeResult:
        """The question, the line, and what became of the last try."""
        with Vertical(id="box"):
            yield Static(line("The library's code", "bold"), markup=False)
            yield OneLine()
            yield Static(id="answer", markup=False)
            yield self.ways("The recovery code works too")

    def on_mount(self) -> None:
        """Hide what is typed."""
        self.code.password = True

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter tries it, away from the event loop: the desk does not stand still meanwhile."""
        event.stop()
        if event.value and not self.code.disabled:
            self.code.disabled = True
            self.answer.update(parts(("Trying ...", "dim")))
            self._try(event.value)

    @work(thread=True, exit_on_error=False)
    def _try(self, typed: str) -> None:
        try:
            self.desk.incidents.unlock(typed)
        except DeskMateError as fault:
            self.app.call_from_thread(self._refused, fault)
        else:
            self.app.call_from_thread(self._taken)

    def _refused(self, fault: DeskMateError) -> None:
        if self.is_attached:  # else it was closed while the code was tried
            self.answer.update(parts((f"{fault.what} {fault.cure}", "$text-warning")))
            self.code.disabled = False
            self.code.value = ""
            self.code.focus()

    def _taken(self) -> None:
        if self.is_active:
            self.dismiss(True)
        else:
            self.desk.forget_code()  # the screen was covered while the code was tried
