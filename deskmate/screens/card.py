"""The card that is turned to the patron: their language large, the staff's small beneath, and nothing else of ours."""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Grid, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Static

from deskmate.playbooks.cards import Choice, TwoWayCard
from deskmate.screens.base import Place
from deskmate.screens.commands import bindings
from deskmate.screens.safe import line, lines, parts

COLUMNS_FROM: Final = 4
"""Choices from which a card has two columns, so that six are seen together at 80x24."""
PICKED: Final = "✓ "


class ChoiceBox(Static):
    """One thing to point to. It never takes the focus: the card's keys move the mark, a click picks."""

    class Pointed(Message):
        """This one was clicked.

        Attributes:
            number: its place on the card, from 0.
        """

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, choice: Choice, number: int) -> None:
        super().__init__(markup=False)
        self._choice = choice
        self._number = number

    def show(self, *, here: bool, picked: bool) -> None:
        """Mark where the arrows are, and what was pointed to, by a sign and a frame as well as by colour."""
        self.set_class(here, "-here")
        self.set_class(picked, "-picked")
        choice = self._choice
        rows = [parts((PICKED if picked else "", "bold"), (choice.words, "bold"))]
        rows.append(line(choice.staff, "" if picked else "dim") if choice.staff != choice.words else Content(""))
        self.update(lines(rows))

    def on_click(self, event: Click) -> None:
        """The patron points with the mouse."""
        event.stop()
        self.post_message(self.Pointed(self._number))


class CardScreen(Place):
    """One sentence and what the patron can point to. No key of theirs leaves it, and no key shows anything of anyone.

    All lines are centred: a terminal that turns Arabic round by itself, and one that does not, then show it alike.

    Args:
        card: what is shown.
        done: told what was pointed to, or None, when the staff's key takes the card away.
    """

    PLACE: ClassVar[str] = "card"
    ONLY: ClassVar[frozenset[str] | None] = frozenset({"help_now", "private"})
    BINDINGS: ClassVar[list[Binding]] = bindings("card")  # type: ignore[assignment]
    DEFAULT_CSS = """
    CardScreen {
        align: center middle;
        #card { height: 1fr; padding: 1 2 0 2; align: center middle; scrollbar-size-vertical: 1; }
        #sentence { width: 100%; height: auto; text-align: center; padding: 0 2; margin-bottom: 1; }
        Grid { height: auto; grid-rows: auto; grid-gutter: 0 1; }
        ChoiceBox {
            width: 1fr; height: auto; min-height: 4; padding: 0 1; text-align: center; border: round $foreground 50%;
        }
        ChoiceBox.-here { border: heavy $foreground; }
        ChoiceBox.-picked { border: double $success; color: $background; background: $success; }
        ChoiceBox:hover { border: heavy $foreground; }
        #way-back { height: 1; text-align: right; color: $text-disabled; padding: 0 1; }
        &.-tall #sentence { margin-bottom: 3; }
        &.-tall Grid { grid-gutter: 1 2; }
        &.-tall ChoiceBox { padding: 1 1; }
    }
    """

    here: reactive[int] = reactive(0, init=False)
    """The choice the arrows are on."""
    picked: reactive[int] = reactive(-1, init=False)
    """The choice that was pointed to; -1 for none."""

    def __init__(self, card: TwoWayCard, done: Callable[[Choice | None], None]) -> None:
        super().__init__()
        self._card = card
        self._done = done
        self._boxes = [ChoiceBox(choice, number) for number, choice in enumerate(card.choices)]
        self._columns = 2 if len(self._boxes) >= COLUMNS_FROM else 1

    @property
    def quiet(self) -> bool:
        """No bell and no banner before the patron."""
        return True

    def compose(self) -> ComposeResult:
        """The sentence in both languages, the choices, and the staff's key in the corner."""
        card = self._card
        rows = [line(card.sentence, "bold")]
        if card.two_languages:
            rows += [Content(""), line(card.staff, "dim")]
        with VerticalScroll(id="card", can_focus=False):
            yield Static(lines(rows), id="sentence", markup=False)
            with Grid() as grid:
                grid.styles.grid_size_columns = self._columns
                yield from self._boxes
        yield Static(line(f"staff: {self.key('private')}"), id="way-back", markup=False)

    def on_mount(self) -> None:
        """Mark the first choice."""
        self._mark()

    def watch_here(self) -> None:
        """The arrows moved."""
        self._mark()
        self._boxes[self.here].scroll_visible(animate=False)

    def watch_picked(self) -> None:
        """The patron pointed."""
        self._mark()

    def _mark(self) -> None:
        for number, box in enumerate(self._boxes):
            box.show(here=number == self.here, picked=number == self.picked)

    def action_move(self, across: int, down: int) -> None:
        """Go to the answer beside, above or below; an edge stays an edge, except that the last answer is reached."""
        row, column = divmod(self.here, self._columns)
        row, column = row + down, column + across
        last = len(self._boxes) - 1
        if 0 <= column < self._columns and 0 <= row <= last // self._columns:
            self.here = min(row * self._columns + column, last)

    def action_point(self) -> None:
        """Point to where the arrows are; another choice may be pointed to later."""
        self.picked = self.here

    def on_choice_box_pointed(self, event: ChoiceBox.Pointed) -> None:
        """The patron pointed with the mouse."""
        event.stop()
        self.here = self.picked = event.number

    def leave(self) -> None:
        """The staff's key: take the card away and tell what was pointed to."""
        self.app.pop_screen()
        self._done(self._card.choices[self.picked] if self.picked >= 0 else None)
