"""The Desk: the look-up line, what it found, and what waits; nothing stands between start and the first key."""

from itertools import takewhile
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one

from deskmate.clock import left_of_second
from deskmate.desk.tally import parse
from deskmate.screens.base import Dialog, Place
from deskmate.screens.commands import bindings
from deskmate.screens.desk_rows import directory_rows, found_rows, grid_rows, in_charge, strip_words, waiting_rows
from deskmate.screens.preview import Preview
from deskmate.screens.safe import link, parts
from deskmate.screens.widgets.bars import Bar, Steady
from deskmate.screens.widgets.lookup_box import LookupBox
from deskmate.screens.widgets.rows import Row, Rows


class DeskScreen(Place):
    """Home."""

    PLACE: ClassVar[str] = "desk"
    BINDINGS: ClassVar[list[Binding]] = bindings("desk")  # type: ignore[assignment]
    AUTO_FOCUS: ClassVar[str | None] = "#look-up"
    DEFAULT_CSS = """
    DeskScreen {
        #look-up { height: 1; margin: 1 1 1 1; background: $background; border: none; padding: 0; }
        #strip { color: $text-warning; }
        #list { width: 58%; max-width: 110; padding: 0 0 0 1; }
        #preview { width: 42%; padding: 0 1 0 2; height: 1fr; border-left: vkey $panel; }
        &.-narrow #middle { layout: vertical; }
        &.-narrow #list { width: 100%; height: 1fr; }
        &.-narrow #preview { width: 100%; height: 6; border-left: none; border-top: hkey $panel; }
        &.-narrow #preview.-empty { display: none; }
        &.-wide #list { width: 50%; }
        &.-wide #preview { width: 50%; }
    }
    """

    head = query_one("#head", Bar)
    strip = query_one("#strip", Bar)
    box = query_one("#look-up", LookupBox)
    rows = query_one("#list", Rows)
    side = query_one("#preview", Steady)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._previewed: tuple[Row | None, int, bool] = (None, 0, False)

    def compose(self) -> ComposeResult:
        """The lines of the Desk, from the top."""
        yield Bar(id="head", classes="-head")
        hint = "Type what you see or hear: yelling, wifi, fine, lost kid"
        yield LookupBox(hint, self.typed, marks=self.app.keymap.marks(self.PLACE))
        yield Bar(id="strip")
        with Horizontal(id="middle"):
            yield Rows(id="list")
            yield Steady(id="preview")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show what waits."""
        self.watch(self.app, "due", self.follow_clock, init=False)
        self.watch(self.app, "noticed", self.follow_clock, init=False)
        self.watch(self.app, "asked", self.follow_clock, init=False)
        self.typed("")
        self.follow_clock()

    def on_resize(self) -> None:
        """More or less fits the head, and beside the list."""
        if self.drawn:
            self.follow_clock()
            self.call_after_refresh(self._preview)  # its own width is known then

    def on_screen_resume(self) -> None:
        """Back on the Desk: the line is empty and what waits is shown."""
        if self.drawn and self.box.is_mounted:
            self.box.focus()
            self.typed(self.box.value)
            self.follow_clock()

    # -- what is shown --------------------------------------------------------------------------------------------

    def follow_clock(self) -> None:
        """Write the head line; while people wait, their clocks too."""
        desk = self.desk
        now = desk.now()
        library = desk.settings.library
        values = desk.live.values
        due = (f"{self.app.due} due", "bold $text-warning") if self.app.due else "0 due"
        place = library.desk or library.name or "DeskMate"
        known = parts((place, "bold"), "   ", f"{now:%a %H:%M}", "   ", due, "   ")
        room = (self.size.width or self.app.size.width) - 2 - known.cell_length
        self.head.update(known + parts(in_charge(values.get("in_charge", ""), values.get("extension", ""), room)))
        question, strip = self.app.question(), strip_words(self.app)
        between = " · " if question and strip else ""
        self.strip.update(parts(link(question, "app.pad"), between, link(strip, "app.go_notices")))
        self.strip.display = bool(question or strip)
        if not self.box.value and (desk.live.anybody or self.app.due):
            self.rows.fill(waiting_rows(self.app), keep=True)

    def stays_right(self) -> float:
        """The clocks of people who wait show seconds."""
        waits = any(live.aside for live in self.desk.live.others)
        return left_of_second(self.desk.now()) if waits else super().stays_right()

    def typed(self, value: str) -> None:
        """Rank and list what the line asks for, in the turn of the key: letter and list appear together."""
        if not self.is_mounted:
            return
        if value.startswith("="):
            self.rows.fill(grid_rows(self.app, value))
        elif value.startswith("@"):
            self.rows.fill(directory_rows(self.desk, value[1:].strip()))
        elif value.strip():
            self.rows.fill(found_rows(self.desk, value))
        else:
            self.rows.fill(waiting_rows(self.app))
        self._preview()

    @on(Rows.Chosen, "#list")
    def show_preview(self, event: Rows.Chosen) -> None:
        """Beside the list: the first words and the first thing to do of what is chosen."""
        event.stop()
        self._preview()

    def _preview(self) -> None:
        """Show what is chosen, in the frame of the list: the message that the choice changed comes a frame later."""
        row, width, brief = self.rows.row, self.side.size.width, self.has_class("-narrow")
        if (row, width, brief) != self._previewed:
            self._previewed = (row, width, brief)
            shown = Preview(self.desk, self.key("open"), width, brief=brief).of(row)
            self.side.update(shown, layout=False)  # its place is the same for whatever it shows
            self.side.set_class(not shown.plain, "-empty")

    # -- actions --------------------------------------------------------------------------------------------------

    def on_screen_suspend(self) -> None:
        """Another screen is in front: what was asked for does not stay in sight of the next person.

        Under a window the words and their list stay: what is jumped to, or asked, is on this very list.
        """
        if self.drawn and not self.box.value.startswith("=") and not isinstance(self.app.screen, Dialog):
            self.box.value = ""

    def action_move(self, by: int) -> None:
        """Choose another line of the list."""
        self.rows.move(by)

    def action_clear(self) -> None:
        """Empty the line; the words may be what the next opened guide was meant by. On an empty one: not now."""
        if not self.box.value:
            self.app.asked = None
        self.desk.learning.typed(self.box.value)
        self.box.value = ""

    def action_grid(self) -> None:
        """Begin a tally."""
        self.box.value = "="
        self.box.cursor_position = 1

    def action_directory(self) -> None:
        """Begin a look into the directory."""
        self.box.value = "@"
        self.box.cursor_position = 1

    def action_count(self) -> None:
        """Count one directional question."""
        entries = self.desk.entries
        again = sum(
            1 for _ in takewhile(lambda each: (each.kind, each.entry) == ("directional", "tally"), entries.newest())
        )
        more = f", {again + 1} in a row" if again else ""
        said = f"Counted: directional{more}. {self.key('undo')} takes it back."
        self.app.keep(lambda: entries.tally("directional"), said)

    @on(LookupBox.Submitted)
    @on(Rows.Picked)
    def picked(self, event: LookupBox.Submitted | Rows.Picked) -> None:
        """Enter in the line opens what is chosen, and so does a click."""
        event.stop()
        self.action_open()

    def action_open(self) -> None:
        """Open what is chosen: a guide, a person, a promise, or count a fact that was told."""
        if self.box.value.startswith("="):
            self._count_grid(self.box.value)
            return
        row = self.rows.row
        if row is None:
            return
        kind, _, name = row.id.partition(":")
        if kind in ("playbook", "none"):
            asked, self.box.value = self.box.value, ""
            self.app.open_found(row.id, asked)
        elif kind == "live":
            self.app.bring(name)
        elif kind == "promise":
            self.app.show_promises(row.id)
        elif kind in ("fact", "directory"):
            self._told(row.id)

    def _count_grid(self, line: str) -> None:
        entries = self.desk.entries
        tally = self.app.look(lambda: parse(line, self.desk.now(), entries.again()))
        if tally and self.app.keep(
            lambda: entries.count(tally), f"Counted: {tally.said}. {self.key('undo')} takes it back."
        ):
            self.box.value = ""

    def _told(self, row_id: str) -> None:
        """A fact or a number was told: count the contact, keep the answer in sight."""
        answer = self.desk.answers.answer(row_id)
        told = self.app.keep(
            lambda: self.desk.entries.log({"kind": answer.kind, "tags": (row_id,)}),
            f"Counted: {answer.title} ({answer.kind}). {self.key('undo')} takes it back.",
        )
        if told is not None:
            self.box.value = ""
