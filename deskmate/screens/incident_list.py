"""The incident reports: how many and of which days; with the code, what they say."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding

from deskmate.model.incident import FINAL, Head
from deskmate.reports.incident import text as report_text
from deskmate.screens.commands import bindings
from deskmate.screens.listed import ListedPlace
from deskmate.screens.safe import parts, text
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.rows import TOLD, Row, Rows

TITLE: Final = "Written reports"
"""Says nothing of incidents: who stands in front can read it."""


class IncidentsScreen(ListedPlace):
    """A list of days, or one report.

    Args:
        chosen: the id of the report that is opened first.
    """

    PLACE: ClassVar[str] = "reports"
    BINDINGS: ClassVar[list[Binding]] = bindings("reports")  # type: ignore[assignment]

    def __init__(self, chosen: str = "") -> None:
        super().__init__()
        self._first = chosen
        self._heads: dict[str, Head] = {}

    def on_mount(self) -> None:
        """Show the list; a sealing that was broken off is ended first."""
        self.app.keep(self.desk.incidents.tables.go_on)
        self.show()
        if self._first:
            self.rows.choose(self._first)
            self.action_open()

    def on_unmount(self) -> None:
        """The code is forgotten with the screen."""
        self.desk.forget_code()

    def show(self) -> None:
        """Fill the list; an open report closes when the code was forgotten, or when it is not there any more."""
        incidents, before = self.desk.incidents, self.head
        heads = self.app.look(incidents.heads) or []
        self._heads = {head.id: head for head in heads}
        readable = incidents.readable
        rows = [self._row(head, readable=readable) for head in heads]
        self.rows.fill(
            rows or [Row("", f"No report yet: {self.key('reports-new')} writes one.", state=TOLD)], keep=True
        )
        lock = "" if readable else f"   locked: {self.key('reports-code')} gives the code"
        self.query_one("#head", Bar).update(parts((TITLE, "bold"), f"   {len(heads)}{lock}"))
        if not readable or (before is not None and (self.head is None or self.head.id != before.id)):
            self._close()

    def _row(self, head: Head, *, readable: bool) -> Row:
        what = f"{head.day:%a %d %b %Y}"
        incident = self.app.look(lambda: self.desk.incidents.read(head)) if readable else None
        if incident is not None:
            told = " · ".join(part for part in (incident.kind, incident.place) if part)
            what += f"  {incident.happened_at:%H:%M}" + (f"  {told}" if told else "")
        remark = "exported" if head.exported_at else ""
        state = "" if head.status == FINAL else "warm"
        return Row(head.id, what, remark, "final" if head.status == FINAL else "DRAFT", state)

    @property
    def head(self) -> Head | None:
        """The chosen report."""
        return self._heads.get(self.rows.row.id) if self.rows.row else None

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click opens it."""
        event.stop()
        self.action_open()

    # -- actions --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Read a final report, go on with a draft."""
        head = self.head
        if head is None or self.has_class("-sheet"):
            return
        if head.status == FINAL:
            self._with_code(lambda: self._read(head))
        else:
            from deskmate.screens.incident import go_on

            go_on(self.app, head)

    def _read(self, head: Head) -> None:
        incident = self.app.look(lambda: self.desk.incidents.read(head))
        if incident is not None:
            self.words.update(text(report_text(incident)))
            self.add_class("-sheet")
            self.sheet.scroll_home(animate=False)

    def action_new(self) -> None:
        """A report about something no record tells of."""
        from deskmate.screens.incident import IncidentScreen

        self.app.push_screen(IncidentScreen(self.desk.incidents.begin()))

    def action_add(self) -> None:
        """Add to the final report that is open."""
        head = self.head
        if head is None or head.status != FINAL or not self.has_class("-sheet"):
            self.app.say("Open a final report first; a draft is simply written on.")
            return
        from deskmate.screens.dialogs import Prompt

        def add(words: str) -> bool:
            if not words:
                return True
            incidents, shift = self.desk.incidents, self.desk.shifts.current()
            staff = shift.staff if shift else ""
            if self.app.keep(lambda: incidents.add(incidents.read(head), words, staff), "Added.") is None:
                return False
            self.show()
            self._read(head)
            return True

        self.app.push_screen(Prompt("What is added? Facts, no names", hint="It is kept for good", take=add))

    def action_code(self) -> None:
        """Give the code, or forget it at once."""
        incidents = self.desk.incidents
        if not self.app.look(lambda: incidents.protected):
            self.app.say("No code is set. The person in charge sets one: deskmate incident protect")
        elif incidents.readable:
            self.desk.forget_code()
            self.show()
        else:
            self._with_code(self.show)

    def _with_code(self, go_on: Callable[[], None]) -> None:
        if self.desk.incidents.readable:
            go_on()
            return
        from deskmate.screens.incident_code import CodeDialog

        def given(done: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
            if done:
                self.show()
                go_on()

        self.app.push_screen(CodeDialog(), given)

    def action_back_layer(self) -> None:
        """Close the report, then the list."""
        if self.has_class("-sheet"):
            self._close()
        else:
            self.app.pop_screen()

    def _close(self) -> None:
        self.remove_class("-sheet")
        self.words.update("")
