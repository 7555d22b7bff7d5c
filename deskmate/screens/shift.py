"""The shift: what was logged, the summary, and the hand-over."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding

from deskmate.model.interaction import Interaction
from deskmate.screens.commands import bindings
from deskmate.screens.desk_rows import in_charge
from deskmate.screens.listed import ListedPlace
from deskmate.screens.log_rows import record_row
from deskmate.screens.safe import parts, text
from deskmate.screens.take_over import accept_handover, read_back
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.rows import TOLD, Row, Rows

if TYPE_CHECKING:
    from deskmate.reports.summary import Summary

EMPTY: Final = ("Nothing is logged yet: {key} adds something late.", "Logging works without a shift.")
ERASED: Final = "The text is erased for good."


class ShiftScreen(ListedPlace):
    """This shift's log, or its summary, or the hand-over that waits."""

    PLACE: ClassVar[str] = "shift"
    BINDINGS: ClassVar[list[Binding]] = bindings("shift")  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self._logged = 0
        self._shown: Summary | str = ""
        """What the sheet shows: a summary, or a hand-over's words."""

    def on_mount(self) -> None:
        """Show the log, and a hand-over that nobody has accepted yet."""
        self.show()
        waiting = self.desk.shifts.waiting()
        if waiting:
            self._sheet(read_back(self.app, waiting))

    def follow_clock(self) -> None:
        """An undo, or a desk of the same name, changes what is listed."""
        self.show()

    def on_resize(self) -> None:
        """The lines of the summary are broken anew for another width."""
        if self.drawn:
            self._head()
            self._lay_out()

    def show(self) -> None:
        """Fill the list with what was logged, the newest first."""
        shift = self.desk.shifts.current()
        records = self.desk.reporting.shift_records(shift)
        rows = [record_row(self.desk, record) for record in reversed(records)]
        self.rows.fill(
            rows or [Row("", words.format(key=self.key("shift-late")), state=TOLD) for words in EMPTY], keep=True
        )
        self._logged = sum(record.count for record in records)
        self._head()

    def _head(self) -> None:
        """Write the head as the width allows."""
        shift, never = self.desk.shifts.current(), self.desk.shifts.forgotten()
        head = f"Shift since {self.desk.shifts.wall(shift.started_at):%H:%M}" if shift else "No shift is running"
        known = parts((head, "bold"), f"   {self._logged} logged   ")
        more = f"{self.key('shift-turn')} begins one"
        if shift:
            room = (self.size.width or self.app.size.width) - 2 - known.cell_length
            more = in_charge(shift.in_charge, shift.extension, room)
        elif never:
            more += f"; that of {self.desk.shifts.when(never[-1].started_at)} was never ended"
        self.query_one("#head", Bar).update(known + parts(more))

    def record(self) -> Interaction | None:
        """The chosen record, as it is stored now."""
        row = self.rows.row
        if row is None or not row.id.startswith("record:"):
            return None
        day, _, record_id = row.id.removeprefix("record:").partition("/")
        return self.desk.log.get(date.fromisoformat(day), record_id)

    def _sheet(self, shown: "Summary | str") -> None:
        self._shown = shown
        self._lay_out()
        self.add_class("-sheet")
        self.sheet.scroll_home(animate=False)

    def _lay_out(self) -> None:
        from deskmate.reports.handover import fitted
        from deskmate.reports.render import text as summary_text

        shown, width = self._shown, max((self.size.width or self.app.size.width) - 6, 40)
        words = fitted(shown, width) if isinstance(shown, str) else summary_text(shown, width)
        bars = text(words).highlight_regex(r"[\u2581-\u258f]+", style="$primary")
        self.words.update(bars.highlight_regex(r"(?m)^\S.*$", style="bold"))

    # -- actions --------------------------------------------------------------------------------------------------

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click opens the record."""
        event.stop()
        self.action_edit()

    def action_edit(self) -> None:
        """Change what was saved."""
        record = self.record()
        if record is None:
            self.app.say("Choose a record first.")
            return
        from deskmate.screens.wrapup import WrapUpScreen

        self.app.push_screen(WrapUpScreen(record))

    def action_erase(self) -> None:
        """Erase the text of the chosen record for good."""
        record = self.record()
        if record is None:
            self.app.say("Choose a record first.")
            return
        board = self.desk.live
        if any(live is not None and live.id == record.id for live in (board.current, *board.others)):
            self.app.say("This person is still here: end the guide first, or the note would be saved again.")
            return
        from deskmate.screens.dialogs import Ask

        privacy = self.desk.privacy

        def erase(answer: str | None) -> None:
            if answer != "y":
                return
            done = self.app.keep(
                lambda: privacy.erase(privacy.find(record.ref)),
                lambda result: (
                    ERASED if result[0] else f"{ERASED} An older version goes when another desk lets go of it."
                ),
            )
            if done is not None:
                self.app.clean_copies()
                self.show()

        which = f"{record.asked_at:%H:%M} {self.desk.entries.describe(record)}"
        words = f"Erase every text of {which} for good? It cannot be undone; the count stays."
        self.app.push_screen(Ask(words, {"y": "Erase", "n": "Keep"}), erase)

    def action_incident(self) -> None:
        """Write the report about the chosen contact."""
        from deskmate.screens.incident import open_report

        record = self.record()
        if record is None:
            self.app.say("Choose a record first.")
        else:
            open_report(self.app, record)

    def action_late(self) -> None:
        """Add something that was not logged when it happened."""
        from deskmate.desk.tally import CHANNEL_KEYS, KIND_KEYS, parse
        from deskmate.screens.dialogs import Prompt

        def add(line: str) -> bool:
            tally = self.app.look(lambda: parse(line, self.desk.now())) if line else None
            if tally is None:
                return not line
            if not tally.whole:
                self.app.say("A late entry needs the letters of a channel and a kind, like pa 20m ago.", "hint")
                return False
            given = {"kind": tally.kind, "channel": tally.channel, "count": tally.count}
            added = self.app.keep(lambda: self.desk.entries.log(given, at=tally.at), f"Added: {tally.said}")
            return added is not None

        named = (("Channel", CHANNEL_KEYS), ("Kind", KIND_KEYS))
        letters = (f"{what}: " + ", ".join(f"{key} {name}" for key, name in keys.items()) for what, keys in named)
        hint = "\n".join(("pa x2 20m ago: channel, kind, number, when", *letters))
        self.app.push_screen(Prompt("Add late", hint=hint, take=add), lambda _: self.show())

    def action_summary(self) -> None:
        """The summary, or back to the log."""
        if self.has_class("-sheet") and not isinstance(self._shown, str):
            self.remove_class("-sheet")
            return
        shift = self.desk.shifts.current() or self.desk.shifts.latest()
        summary = self.app.look(lambda: self.desk.reporting.shift_summary(shift))
        if summary is not None:
            self._sheet(summary)

    def action_handover(self) -> None:
        """Accept the hand-over that waits; otherwise write one for the next person."""
        from deskmate.screens.dialogs import Ask

        waiting = self.desk.shifts.waiting()
        current = self.desk.shifts.current()
        if waiting is None:
            self._write_handover()
        elif not self.has_class("-sheet") or self._shown != read_back(self.app, waiting):
            self._sheet(read_back(self.app, waiting))
            self.app.say(f"This is the hand-over: {self.key('shift-handover')} again accepts it.", "hint")
        elif current is None or waiting.id != current.id:
            accept_handover(self.app, waiting, self._accepted)
        else:
            question = "The hand-over of this shift waits. Take the desk over now?"
            answers = {"t": "Take over: this shift ends, the next begins", "w": "Write the hand-over anew"}

            def chosen(answer: str | None) -> None:
                if answer == "t":
                    accept_handover(self.app, waiting, self._accepted)
                elif answer == "w":
                    self._write_handover()

            self.app.push_screen(Ask(question, answers), chosen)

    def _write_handover(self) -> None:
        """Write what the next person should know."""
        from deskmate.screens.dialogs import Prompt

        current = self.desk.shifts.current()

        def leave(note: str) -> bool:
            shift = current or self.desk.shifts.latest()
            words = self.desk.reporting.handover(shift, [note] if note else []).text()
            kept = self.app.keep(lambda: self.desk.shifts.leave_handover(words), "Hand-over left for the next person.")
            if kept is not None:
                self._sheet(read_back(self.app, kept))
            return kept is not None

        def left(note: str | None) -> None:
            if note is not None and current is not None:
                self._ask_to_end()

        self.app.push_screen(Prompt("What should the next person expect? (no names)", take=leave), left)

    def _accepted(self) -> None:
        self.remove_class("-sheet")
        self.show()

    def action_print(self) -> None:
        """Write the summary as a page for the printer."""
        from deskmate.reports.page import html
        from deskmate.screens.printing import write_page

        shift = self.desk.shifts.current() or self.desk.shifts.latest()
        summary = self.app.look(lambda: self.desk.reporting.shift_summary(shift))
        if summary is not None:
            write_page(self.app, f"shift-{self.desk.now():%Y-%m-%d-%H%M}.html", html(summary))

    def action_turn(self) -> None:
        """Begin a shift at this desk, or end it."""
        from deskmate.screens.dialogs import Prompt

        if self.desk.shifts.current() is None:

            def begin(initials: str | None) -> None:
                if initials is not None:
                    self.app.keep(lambda: self.desk.shifts.start(initials), "The shift has begun.")
                    self.show()

            self.app.push_screen(Prompt("Your initials (may stay empty)"), begin)
        else:
            self._ask_to_end()

    def _ask_to_end(self) -> None:
        """Whoever hands over goes: a shift that runs on would take the next person for the same one."""
        from deskmate.screens.dialogs import Ask

        def end(answer: str | None) -> None:
            if answer == "y":
                said = f"{self.key('shift-handover')} hands it over, {self.key('shift-summary')} is its summary."
                ended = self.app.keep(self.desk.shifts.end, f"The shift has ended: {said}")
                self.show()
                if ended is not None:
                    self.remove_class("-sheet")
                    self.action_summary()

        self.app.push_screen(Ask("End this shift?", {"y": "End it", "n": "Go on"}), end)

    def action_back_layer(self) -> None:
        """Close the sheet, then go to the Desk."""
        if self.has_class("-sheet"):
            self.remove_class("-sheet")
        else:
            self.app.action_go_desk()
