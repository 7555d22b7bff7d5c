"""The windows that ask for a time to come: a snooze, and a promise."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from deskmate.desk.live_person import Live
from deskmate.desk.promises import LONGEST
from deskmate.desk.service import Desk
from deskmate.faults import DeskMateError
from deskmate.model.promise import Promise
from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings
from deskmate.screens.safe import line, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.lookup_box import OneLine


class When(Dialog[str]):
    """A due time; what is typed is echoed as it was understood, or refused.

    Args:
        question: what is asked.
        offers: the phrases it starts from, one after the other under Up and Down.
        old: the time it has now, in words.
    """

    PLACE: ClassVar[str] = "due"
    BINDINGS: ClassVar[list[Binding]] = bindings("due")
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    echo = query_one("#echo", Bar)
    phrase = query_one(OneLine)

    def __init__(self, question: str, offers: Sequence[str], old: str) -> None:
        super().__init__()
        self._question = question
        self._offers = offers
        self._at = 0
        self._old = old

    def compose(self) -> ComposeResult:
        """The question, the old time, the line and its echo."""
        with Vertical(id="box"):
            yield Static(line(self._question, "bold"), markup=False)
            more = f" · {self.key('due-before')}: other times" if len(self._offers) > 1 else ""
            yield Static(line(f"It was {self._old}{more}", "dim"), markup=False)
            yield OneLine(offered=self._offers[0])
            yield Bar(id="echo")
            yield self.ways(f"{self.key('line-enter')} keeps it", "screen.keep")

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Say what it means."""
        event.stop()
        understood(self, event.value, self.echo)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter keeps a time that is understood."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the time when it is understood."""
        if understood(self, self.phrase.value, self.echo):
            self.dismiss(self.phrase.value.strip())

    def action_offer(self, by: int) -> None:
        """Another of the offered times."""
        self._at = (self._at + by) % len(self._offers)
        self.phrase.offer(self._offers[self._at])


def understood(dialog: "Dialog[str] | Dialog[Promise]", phrase: str, echo: Bar) -> bool:
    """Show what a due phrase means, or why it is refused; True when it means something.

    A promise may come again, `every fri 10:00`; a snooze is one time.
    """
    promises = dialog.desk.promises
    try:
        due = promises.when_again(phrase)[0] if isinstance(dialog, PromiseForm) else promises.when(phrase)
    except DeskMateError as fault:
        echo.update(parts((f"{fault.what} {fault.cure}", "$text-warning")))
        return False
    echo.update(parts(("→ " + due.said, "$text-success")))
    return True


def promise_to(desk: Desk, live: Live | None) -> "PromiseForm":
    """The form as it starts for whoever is in front: what their guide is about, and when its step says.

    Args:
        desk: the desk.
        live: who is in front; None where a record is changed later.
    """
    if live is None:
        return PromiseForm("get back to them", "tomorrow 10:00")
    guide = desk.live.view(live)
    what = "call back" if live.on_phone else "get back to them"
    due = guide.promise.due if guide.promise else "tomorrow 10:00"
    return PromiseForm(what if guide.discreet else f"{what}: {guide.title}", due)


class PromiseForm(Dialog[Promise]):
    """What is promised, by when, and how to reach them; Enter goes down, and at the end keeps it.

    Args:
        what: what is promised, without a name, as it is suggested.
        due: the phrase that is suggested.
    """

    PLACE: ClassVar[str] = "form"
    BINDINGS: ClassVar[list[Binding]] = bindings("form")
    AUTO_FOCUS: ClassVar[str | None] = "#when"
    DEFAULT_CSS = """
    PromiseForm .label { color: $text-muted; }
    PromiseForm #when { margin-bottom: 0; }
    PromiseForm #echo { padding: 0; margin-bottom: 1; }
    """

    echo = query_one("#echo", Bar)
    what = query_one("#what", OneLine)
    when = query_one("#when", OneLine)
    contact = query_one("#contact", OneLine)
    who = query_one("#who", OneLine)

    def __init__(self, what: str, due: str) -> None:
        super().__init__()
        self._what = what
        self._due = due

    def compose(self) -> ComposeResult:
        """The four lines."""
        with Vertical(id="box"):
            yield Static(line("Promise", "bold"), markup=False)
            yield Static(line("What, without a name"), classes="label", markup=False)
            yield OneLine(offered=self._what, id="what", most=LONGEST)
            yield Static(
                line("By when (in 20, tomorrow 3pm, before closing, every fri 10:00)"), classes="label", markup=False
            )
            yield OneLine(offered=self._due, id="when")
            yield Bar(id="echo")
            yield Static(
                line("Name and number, kept apart and erased later; may stay empty"), classes="label", markup=False
            )
            yield OneLine(id="contact")
            yield Static(line("Whose, initials; empty is anyone's"), classes="label", markup=False)
            yield OneLine(id="who")
            yield self.ways(f"{self.key('line-enter')} goes on and keeps it at the end", "screen.keep")

    @on(Input.Changed, "#when")
    def changed(self, event: Input.Changed) -> None:
        """Say what the time means."""
        event.stop()
        understood(self, event.value, self.echo)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter: the next line, and after the last the promise is made."""
        event.stop()
        if event.input.id == "when" and not understood(self, event.value, self.echo):
            return
        if event.input.id == "who":
            self.action_keep()
        else:
            self.focus_next()

    def action_keep(self) -> None:
        """The promise is made."""
        if not understood(self, self.when.value, self.echo):
            self.when.focus()
            return
        promise = self.app.keep(
            lambda: self.desk.promises.draft(
                self.what.value, self.when.value, contact=self.contact.value, who=self.who.value
            )[0]
        )
        if promise is not None:
            self.dismiss(promise)
