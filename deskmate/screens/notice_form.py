"""Posting a notice: one sentence, until when, of which kind, and the guide that shows it."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from deskmate.desk.notices import guess_guide, guess_kind, pick_kind
from deskmate.faults import DeskMateError
from deskmate.model.notice import StaffNotice
from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings
from deskmate.screens.safe import line, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.lookup_box import OneLine


class NoticeForm(Dialog[StaffNotice]):
    """Four lines, three of them filled in by themselves; Enter goes down, and at the end posts it.

    `printer 2 is out until 3pm` typed into the first line fills in the second. The kind and the guide are guessed from
    the words, until somebody types another.
    """

    PLACE: ClassVar[str] = "form"
    BINDINGS: ClassVar[list[Binding]] = bindings("form")
    AUTO_FOCUS: ClassVar[str | None] = "#what"
    DEFAULT_CSS = """
    NoticeForm .label { color: $text-muted; }
    NoticeForm #echo { padding: 0; margin-bottom: 1; }
    """

    echo = query_one("#echo", Bar)
    what = query_one("#what", OneLine)
    until = query_one("#until", OneLine)
    kind = query_one("#kind", OneLine)
    guide = query_one("#guide", OneLine)

    def compose(self) -> ComposeResult:
        """The four lines and what they come to."""
        with Vertical(id="box"):
            yield Static(line("Notice for every desk", "bold"), markup=False)
            yield Static(line("What, in one sentence, without names"), classes="label", markup=False)
            yield OneLine(id="what")
            yield Static(line("Until when (3pm, closing, tomorrow noon, fri)"), classes="label", markup=False)
            yield OneLine(offered=self.desk.board.usual_end(), id="until")
            yield Static(line("Kind: broken, news or rule"), classes="label", markup=False)
            yield OneLine(id="kind")
            yield Static(line("The guide that shows it; may stay empty"), classes="label", markup=False)
            yield OneLine(id="guide")
            yield Bar(id="echo")
            yield self.ways(f"{self.key('line-enter')} goes on and posts it at the end")

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Guess what can be guessed, and say what the lines come to."""
        event.stop()
        if event.input.id == "what":
            self._guess(event.value)
        self._told()

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter: the next line, and after the last it is posted."""
        event.stop()
        if event.input.id == "what":
            self._take_end()
        if event.input.id != "guide":
            self.focus_next()
            return
        guide = self.guide.value.strip()
        made = self.app.keep(
            lambda: self.desk.board.post(
                self.what.value, self.until.value, kind=self.kind.value, guides=(guide,) if guide else ()
            ),
            "Notice posted. Undo takes it back.",
        )
        if made is not None:
            self.dismiss(made)
        elif self.app.said[1]:
            self.echo.update(parts((self.app.said[0], "$text-warning")))

    def _guess(self, words: str) -> None:
        text, _ = self.desk.board.split(words)
        kind = guess_kind(text) if text else ""
        guide = guess_guide(self.desk.answers, text) if kind == "broken" else ""
        for field, value in ((self.kind, kind), (self.guide, guide)):
            if field.is_untouched:
                field.offer(value)

    def _take_end(self) -> None:
        """Move an `until ...` from the sentence into its own line."""
        words, phrase = self.desk.board.split(self.what.value)
        if phrase:
            self.what.value, self.until.value = words, phrase

    def _told(self) -> None:
        board = self.desk.board
        _, tail = board.split(self.what.value)
        try:
            kind = pick_kind(self.kind.value) if self.kind.value.strip() else ""
            said = f"→ {f'{kind}, ' if kind else ''}until {board.when(tail or self.until.value).said}"
            self.echo.update(parts((said, "$text-success")))
        except DeskMateError as fault:
            self.echo.update(parts((f"{fault.what} {fault.cure}", "$text-warning")))
