"""A list that paints itself line by line.

Textual's OptionList takes about 20 ms to refill and lays out a second time; here a refill is one repaint of the lines
that are seen (key to complete list 11 ms against 42 ms, measured on 1,000 rows), and there is no second layout.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from deskmate.screens.safe import flat
from deskmate.text.clean import cells, clip

LONGEST: Final = 400
"""Characters of a text that are looked at for one line."""
SHORTEST: Final = 12
"""Cells below which a remark that must be cut is not worth showing."""
REVERSE: Final = Style(reverse=True)
"""The chosen row in 16 colours: a ground of its own would swallow one of them (a style of ours loses `reverse`)."""
HEADING: Final = "heading"
"""The state of a row that only says what follows."""
TOLD: Final = "told"
"""The state of a row that is only read: that nothing is here yet, and the key that changes it."""
CHART: Final = "chart"
"""The state of a row that ends in a bar."""
UNCHOSEN: Final = frozenset({HEADING, TOLD})
"""The states of rows that are never chosen."""
BAR: Final = re.compile("[\u2581-\u258f]")


@dataclass(frozen=True, slots=True)
class Row:
    """One line: a word in front, the text, and a quieter remark at the right.

    Attributes:
        id: what is chosen with it.
        text: any text; it is cleaned and cut, never read as markup.
        remark: shown dim at the right where the text leaves room; what must be read stands in `word`.
        word: a short word in front (`URGENT`, `10:40`): a state is never told by colour alone.
        state: `alarm`, `warm`, `dim`, `heading`, `told`, `chart`, or empty.
    """

    id: str
    text: str
    remark: str = ""
    word: str = ""
    state: str = ""


class Rows(Widget):
    """Rows with one of them chosen. It never takes the focus: the screen's keys move it, a click picks."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--chosen", "rows--remark", "rows--alarm", "rows--warm", "rows--dim", "rows--heading", "rows--told",
        "rows--chart",
    }  # fmt: skip
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        min-width: 12;
        max-width: 130;
        .rows--chosen { background: $chosen; text-style: bold; }
        .rows--remark { text-style: dim; }
        .rows--alarm { color: $text-error; text-style: bold; }
        .rows--warm { color: $text-warning; }
        .rows--dim { text-style: dim; }
        .rows--heading { text-style: dim underline; }
        .rows--told { text-style: dim; }
        .rows--chart { color: $primary; }
    }
    """

    chosen = reactive(-1)
    """The index of the chosen row; -1 when there is none."""

    class Chosen(Message):
        """Another row was chosen.

        Attributes:
            row: the row, or None when the list is empty.
        """

        def __init__(self, rows: "Rows", row: Row | None) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

        @property
        def control(self) -> "Rows":
            """The list it happened in."""
            return self.rows

    class Picked(Message):
        """A row was clicked.

        Attributes:
            row: the row.
        """

        def __init__(self, rows: "Rows", row: Row) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

        @property
        def control(self) -> "Rows":
            """The list it happened in."""
            return self.rows

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._top = 0

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is listed."""
        return self._rows

    @property
    def row(self) -> Row | None:
        """The chosen row, or None."""
        return self._rows[self.chosen] if 0 <= self.chosen < len(self._rows) else None

    def fill(self, rows: Sequence[Row], *, keep: bool = False) -> None:
        """List other rows.

        Args:
            rows: the new rows.
            keep: choose the row with the same id as before, else the one that stands in its place now; without it
                the first.
        """
        was, top, chosen, row = self._rows, self._top, self.chosen, self.row
        before = row.id if keep and row else ""
        self._rows = tuple(rows)
        kept = next((index for index, each in enumerate(self._rows) if before and each.id == before), None)
        if kept is None:
            kept = self._nearest(chosen if before else 0)
        self._top = 0
        self.set_reactive(Rows.chosen, kept)
        self._show_chosen()
        if top == self._top:
            others = {chosen, self.chosen} if chosen != self.chosen else set()
            self._repaint(
                index for index, (old, new) in enumerate(zip_longest(was, self._rows)) if old != new or index in others
            )
        else:
            self.refresh()
        if not keep or self.row != row:
            self.post_message(self.Chosen(self, self.row))

    def _nearest(self, wanted: int) -> int:
        """The row at an index that can be chosen, or the next one after it, or the last before it; -1 without any."""
        can_be = [index for index, row in enumerate(self._rows) if row.state not in UNCHOSEN]
        return next((index for index in can_be if index >= wanted), can_be[-1] if can_be else -1)

    def _repaint(self, changed: Iterable[int]) -> None:
        """Paint the lines of some rows, where they are in sight: the rest would be a tenth of a letter's time."""
        lines = [index - self._top for index in changed if 0 <= index - self._top < self.size.height]
        if lines:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in lines))

    def choose(self, row_id: str) -> None:
        """Choose the row with an id, if it is there and can be chosen."""
        rows = enumerate(self._rows)
        found = next((index for index, row in rows if row.id == row_id and row.state not in UNCHOSEN), None)
        if found is not None:
            self.chosen = found

    def move(self, by: int) -> None:
        """Choose another row, some lines up or down; headings are passed over."""
        open_rows = [index for index, row in enumerate(self._rows) if row.state not in UNCHOSEN]
        if not open_rows:
            return
        place = open_rows.index(self.chosen) if self.chosen in open_rows else 0
        self.chosen = open_rows[max(0, min(len(open_rows) - 1, place + by))]

    def watch_chosen(self) -> None:
        """Keep the chosen row in sight and tell the screen."""
        self._show_chosen()
        self.refresh()
        self.post_message(self.Chosen(self, self.row))

    def on_resize(self) -> None:
        """Keep the chosen row in sight, and as much above it as fits."""
        self._top = 0
        self._show_chosen()

    def on_click(self, event: Click) -> None:
        """Choose and pick the row under the pointer."""
        self.pick(self._top + event.y)

    def in_sight(self) -> list[tuple[int, int]]:
        """The rows on the screen that can be chosen: the index of each, and its line in the list."""
        last = min(self._top + self.size.height, len(self._rows))
        return [
            (index, index - self._top) for index in range(self._top, last) if self._rows[index].state not in UNCHOSEN
        ]  # fmt: skip

    def pick(self, index: int) -> None:
        """Choose a row and open it, as a click does; nothing happens where there is none."""
        if 0 <= index < len(self._rows) and self._rows[index].state not in UNCHOSEN:
            self.chosen = index
            self.post_message(self.Picked(self, self._rows[index]))

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        """Scroll by choosing."""
        event.stop()
        self.move(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        """Scroll by choosing."""
        event.stop()
        self.move(-1)

    def render_line(self, y: int) -> Strip:
        """One line of the list as it is painted."""
        width = self.size.width
        base = self.visual_style
        index = self._top + y
        if not 0 <= index < len(self._rows):
            return Strip.blank(width, base.rich_style)
        row = self._rows[index]
        if index == self.chosen:
            base = self.get_visual_style(
                "rows--chosen"
            )  # a partial style loses what is not see-through (Textual 8.2.8)
        state = base + self.get_visual_style(f"rows--{row.state}", partial=True) if row.state else base
        marker = "› " if index == self.chosen else "  "
        word = f"{flat(row.word)} " if row.word else ""
        room = max(width - 2 - cells(word), 1)
        whole, said = flat(row.text)[:LONGEST], flat(row.remark)[:LONGEST]
        text = clip(whole, room)
        left = room - cells(text) - 2
        remark = clip(said, left) if left >= min(SHORTEST, cells(said)) else ""
        gap = room - cells(text) - cells(remark)
        bar = BAR.search(text) if row.state == CHART else None
        plain = text[: bar.start()] if bar else text
        quiet = base + self.get_visual_style("rows--remark", partial=True)
        segments = [
            Segment(marker, base.rich_style),
            Segment(word, state.rich_style),
            Segment(plain, (state if row.state in ("dim", *UNCHOSEN) else base).rich_style),
            Segment(text[len(plain) :], state.rich_style),
            Segment(" " * gap, base.rich_style),
            Segment(remark, quiet.rich_style),
        ]
        strip = Strip(segments).adjust_cell_length(width, base.rich_style)
        turned = index == self.chosen and self.app.current_theme.ansi
        return strip.apply_style(REVERSE) if turned else strip

    def _show_chosen(self) -> None:
        height = self.size.height
        if not height:
            return  # not laid out yet
        if self.chosen < self._top:
            self._top = max(self.chosen, 0)
            if self._top and self._rows[self._top - 1].state == HEADING:
                self._top -= 1
        elif self.chosen >= self._top + height:
            self._top = self.chosen - height + 1
