"""Small windows: a question, a choice, one line."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.events import Key
from textual.getters import query_one
from textual.widgets import Input, Static

from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings
from deskmate.screens.safe import line, lines, link, parts
from deskmate.screens.widgets.lookup_box import OneLine
from deskmate.screens.widgets.rows import Row, Rows

HIGHEST: Final = 10
"""Lines of a list in a window; with more rows it scrolls."""


class Ask(Dialog[str]):
    """A question with a few one-key answers; Esc answers nothing.

    Args:
        question: one sentence.
        answers: the key and the words of each answer.
        back: what Esc does.
    """

    def __init__(self, question: str, answers: Mapping[str, str], back: str = "goes back") -> None:
        super().__init__()
        self._back = back
        self._question = question
        self._answers = answers

    def compose(self) -> ComposeResult:
        """The question and its answers."""
        with Vertical(id="box"):
            rows = [line(self._question, "bold")]
            for key, words in self._answers.items():
                sign = parts((f" {key} ", "bold $background on $primary"), " ")
                rows.append(sign + link(words, f"screen.answer('{key}')"))
            yield Static(lines(rows), markup=False)
            yield Static(link(f"{self.key('window-close')} {self._back}", "screen.close", "dim"), markup=False)

    def on_key(self, event: Key) -> None:
        """One of the answers' keys."""
        if event.character in self._answers:
            event.stop()
            self.dismiss(event.character)

    def action_answer(self, key: str) -> None:
        """An answer was clicked."""
        self.dismiss(key)


class Choose(Dialog[str]):
    """A list to choose one row from.

    Args:
        question: what is chosen.
        rows: the rows; the answer is the chosen row's id without the part before its colon.
    """

    PLACE: ClassVar[str] = "choice"
    BINDINGS: ClassVar[list[Binding]] = bindings("choice")
    DEFAULT_CSS = "Choose #choices-list { margin-bottom: 1; }"

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
            yield self.ways(f"{self.key('choice-take')} takes it, 1-9 too", "screen.take")

    def on_mount(self) -> None:
        """Fill the list, which is no higher than its rows."""
        self.choices.styles.height = min(max(len(self._rows), 1), HIGHEST)
        self.choices.fill(self._rows)

    def action_choose(self, number: int) -> None:
        """A digit takes that row."""
        if number <= len(self._rows):
            self._answer(self._rows[number - 1])

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

    def _answer(self, row: Row) -> None:
        self.dismiss(row.id.partition(":")[2] or row.id)


class Prompt(Dialog[str]):
    """One line to type.

    Args:
        question: what is asked.
        offered: what is suggested.
        hint: what stands below, empty for nothing.
        take: takes the line on Enter; False when it is refused, which it has said by then (`keep`, `look`, `say`): the
            line stays, with what is wrong with it.
    """

    AUTO_FOCUS: ClassVar[str | None] = "Input"
    DEFAULT_CSS = "Prompt #refused { display: none; color: $text-warning; margin-bottom: 1; }"

    def __init__(
        self, question: str, offered: str = "", hint: str = "", take: Callable[[str], bool] | None = None
    ) -> None:
        super().__init__()
        self._question = question
        self._offered = offered
        self._hint = hint
        self._take = take

    def compose(self) -> ComposeResult:
        """The question and the line."""
        with Vertical(id="box"):
            yield Static(line(self._question, "bold"), markup=False)
            yield OneLine(offered=self._offered)
            yield Static(id="refused", markup=False)
            if self._hint:
                yield Static(lines([line(each, "dim") for each in self._hint.split("\n")]), markup=False)
            yield self.ways(f"{self.key('line-enter')} keeps it", "screen.keep")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter keeps the line."""
        event.stop()
        self.action_keep()

    def action_keep(self) -> None:
        """Keep the line, unless it is refused."""
        typed = self.query_one(OneLine).value.strip()
        if self._take is None or self._take(typed):
            self.dismiss(typed)
            return
        refused = self.query_one("#refused", Static)
        refused.update(parts(self.app.said[0]))
        refused.display = True
        self.app.say("")  # it is said here, and must not outlive the window
