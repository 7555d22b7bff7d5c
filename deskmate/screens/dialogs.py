"""Small windows: a question, a choice, one line, a promise."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.getters import query_one
from textual.widgets import Input, Static

from deskmate.faults import DeskMateError
from deskmate.model.promise import Promise
from deskmate.screens.base import Dialog
from deskmate.screens.safe import line, lines, link, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.lookup_box import OneLine
from deskmate.screens.widgets.rows import Row, Rows

CLOSE: list[Binding] = [Binding("escape", "close", "Close", show=False)]


class Ask(Dialog[str]):
    """A question with a few one-key answers; Esc answers nothing.

    Args:
        question: one sentence.
        answers: the key and the words of each answer.
    """

    BINDINGS: ClassVar[list[Binding]] = CLOSE  # type: ignore[assignment]

    def __init__(self, question: str, answers: Mapping[str, str]) -> None:
        super().__init__()
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(id="box"):
            rows = [line(self._question, "bold")]
            for key, words in self._answers.items():
                sign = parts((f" {key} ", "bold $background on $primary"), " ")
                rows.append(sign + link(words, f"screen.answer('{key}')"))
            rows.append(line("Esc goes back", "dim"))
            yield Static(lines(rows), markup=False)

    def on_key(self, event: Key) -> None:
        """One of the answers' keys."""
        if event.character in self._answers:
            event.stop()
            self.dismiss(event.character)

    def action_answer(self, key: str) -> None:
        """An answer was clicked."""
        self.dismiss(key)

    def action_close(self) -> None:
        """No answer."""
        self.dismiss(None)


class Choose(Dialog[str]):
    """A list to choose one row from.

    Args:
        question: what is chosen.
        rows: the rows; the answer is the chosen row's id without the part before its colon.
    """

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *CLOSE,
        Binding("enter", "take", "Take", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
    ]
    DEFAULT_CSS = "Choose #choices-list { height: 10; }"

    choices = query_one("#choices-list", Rows)

    def __init__(self, question: str, rows: Sequence[Row]) -> None:
        super().__init__()
        self._question = question
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The question and the rows."""
        with Vertical(id="box"):
            yield Static(line(self._question, "bold"), markup=False)
            yield Rows(id="choices-list")
            yield Static(line("Enter takes it · 1-9 too · Esc goes back", "dim"), markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.choices.fill(self._rows)

    def on_key(self, event: Key) -> None:
        """A digit takes that row."""
        if event.character and event.character in "123456789" and int(event.character) <= len(self._rows):
            event.stop()
            self._answer(self._rows[int(event.character) - 1])

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click takes it."""
        event.stop()
        self._answer(event.row)

    def action_move(self, by: int) -> None:
        """Another row."""
        self.choices.move(by)

    def action_take(self) -> None:
        """The chosen row."""
        if self.choices.row:
            self._answer(self.choices.row)

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss(None)

    def _answer(self, row: Row) -> None:
        self.dismiss(row.id.partition(":")[2] or row.id)


class Prompt(Dialog[str]):
    """One line to type.

    Args:
        question: what is asked.
        value: what stands there first.
        hint: a line below.
    """

    BINDINGS: ClassVar[list[Binding]] = CLOSE  # type: ignore[assignment]
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    def __init__(self, question: str, value: str = "", hint: str = "Enter keeps it · Esc goes back") -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._hint = hint

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical(id="box"):
            yield Static(line(self._question, "bold"), markup=False)
            yield OneLine(self._value)
            yield Static(line(self._hint, "dim"), markup=False)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the line."""
        event.stop()
        self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss(None)


class When(Dialog[str]):
    """A due time; what is typed is echoed as it was understood, or refused.

    Args:
        question: what is asked.
        value: the phrase it starts from.
        old: the time it has now, in words, offered above.
    """

    BINDINGS: ClassVar[list[Binding]] = CLOSE  # type: ignore[assignment]
    AUTO_FOCUS: ClassVar[str | None] = "Input"

    echo = query_one("#echo", Bar)
    phrase = query_one(OneLine)

    def __init__(self, question: str, value: str, old: str = "") -> None:
        super().__init__()
        self._question = question
        self._value = value
        self._old = old

    def compose(self) -> ComposeResult:
        """The question, the old time, the line and its echo."""
        with Vertical(id="box"):
            yield Static(line(self._question, "bold"), markup=False)
            if self._old:
                yield Static(line(f"It was {self._old}", "dim"), markup=False)
            yield OneLine(self._value)
            yield Bar(id="echo")

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Say what it means."""
        event.stop()
        understood(self, event.value, self.echo)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter keeps a time that is understood."""
        event.stop()
        if understood(self, event.value, self.echo):
            self.dismiss(event.value.strip())

    def action_close(self) -> None:
        """Nothing."""
        self.dismiss(None)


def understood(dialog: "Dialog[str] | Dialog[Promise]", phrase: str, echo: Bar) -> bool:
    """Show what a due phrase means, or why it is refused; True when it means something."""
    try:
        echo.update(parts(("→ " + dialog.desk.promises.when(phrase).said, "$text-success")))
    except DeskMateError as fault:
        echo.update(parts((f"{fault.what} {fault.cure}", "$text-warning")))
        return False
    return True


class PromiseForm(Dialog[Promise]):
    """What is promised, by when, and how to reach them; Enter goes down, and at the end keeps it.

    Args:
        what: what is promised, without a name.
        due: the phrase it starts from.
    """

    BINDINGS: ClassVar[list[Binding]] = [  # type: ignore[assignment]
        *CLOSE,
        Binding("up", "app.focus_previous", "Up", show=False),
        Binding("down", "app.focus_next", "Down", show=False),
    ]
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
            yield OneLine(self._what, id="what")
            yield Static(line("By when (in 20, tomorrow 3pm, before closing)"), classes="label", markup=False)
            yield OneLine(self._due, id="when")
            yield Bar(id="echo")
            yield Static(
                line("Name and number, kept apart and erased later; may stay empty"), classes="label", markup=False
            )
            yield OneLine("", id="contact")
            yield Static(line("Whose, initials; empty is anyone's"), classes="label", markup=False)
            yield OneLine("", id="who")
            yield Static(line("Enter goes on and keeps it at the end · Esc goes back", "dim"), markup=False)

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
        if event.input.id != "who":
            self.focus_next()
            return
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

    def action_close(self) -> None:
        """Nothing is promised."""
        self.dismiss(None)
