"""The promises: what is overdue, due today, later, and whom we wait for."""

from collections.abc import Callable
from datetime import date
from typing import ClassVar, Final, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.getters import query_one
from textual.timer import Timer

from deskmate.model.interaction import Interaction
from deskmate.screens.base import Place
from deskmate.screens.clocked import SOON
from deskmate.screens.commands import bindings
from deskmate.screens.people import promise_row
from deskmate.screens.safe import parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.rows import HEADING, TOLD, Row, Rows

SHOW_CONTACT: Final = 10.0
"""Seconds a contact stays on the screen (design, keys of the Promises screen)."""
ALWAYS: Final = frozenset({"promise-new", "promise-mine", "promise-rate", "promise-calendar", "promise-notices"})
"""The commands that need no promise."""
CALL_BACK_GUIDE: Final = "follow-up-callback"


T = TypeVar("T")


class PromisesScreen(Place):
    """The open promises of this library, overdue first."""

    PLACE: ClassVar[str] = "promises"
    BINDINGS: ClassVar[list[Binding]] = bindings("promises")  # type: ignore[assignment]
    DEFAULT_CSS = """
    PromisesScreen #list { padding: 1 1; }
    PromisesScreen #contact { color: $text-warning; }
    """

    rows = query_one("#list", Rows)
    contact_bar = query_one("#contact", Bar)

    def __init__(self, chosen: str = "") -> None:
        """Make the screen.

        Args:
            chosen: the id of the row that is chosen first.
        """
        super().__init__()
        self._mine = ""
        self._first = chosen
        self._hiding: Timer | None = None
        """Takes the contact away that is shown now."""

    def compose(self) -> ComposeResult:
        """The list, the contact's line, and the two last lines."""
        yield Bar(id="head", classes="-head")
        yield Rows(id="list")
        yield Bar(id="contact")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show the list."""
        self.show()
        self.app.promises_seen()

    def on_screen_resume(self) -> None:
        """Back from a dialog."""
        if self.drawn:
            self.show()

    def follow_clock(self) -> None:
        """What is due changes by itself, and is seen here."""
        self.show()
        self.app.promises_seen()

    def stays_right(self) -> float:
        """While older days are read the head counts them down."""
        return SOON if self.desk.log.behind else super().stays_right()

    def show(self) -> None:
        """Fill the list, each part with its heading."""
        promises = self.desk.promises
        board, untaken = promises.board(mine=self._mine), promises.untaken()
        rows: list[Row] = []
        for name, records in (
            ("Overdue", board.overdue),
            ("Today", board.today),
            ("Later", board.later),
            ("Waiting for somebody", board.waiting),
        ):
            if records:
                rows += [Row("", name, state=HEADING), *(promise_row(self.desk, record, untaken) for record in records)]
        behind = self.desk.log.behind
        reading = f"   reading {behind} older days" if behind else ""
        whose = f"mine ({self._mine}) and anyone's" if self._mine else "everybody's"
        self.query_one("#head", Bar).update(parts(("Promises", "bold"), f"   {whose}{reading}"))
        rows += [Row("", words, state=TOLD) for words in board.told_elsewhere]
        wanted = rows or [Row("", f"Nothing is owed: {self.key('promise-new')} makes a promise.", state=TOLD)]
        if tuple(wanted) != self.rows.rows:
            self.rows.fill(wanted, keep=True)
        if self._first:
            self.rows.choose(self._first)
            self._first = ""

    def applies(self, command_id: str) -> bool:
        """Only where a promise is chosen, but for a few."""
        row = self.rows.row
        return command_id in ALWAYS or bool(row and row.id.startswith("promise:"))

    def record(self) -> Interaction | None:
        """The record of the chosen promise, as it is stored now."""
        row = self.rows.row
        if row is None or not row.id.startswith("promise:"):
            self.app.say("Nothing is chosen.")
            return None
        day, _, record_id = row.id.removeprefix("promise:").partition("/")
        return self.desk.log.get(date.fromisoformat(day), record_id)

    def _do(self, action: Callable[[Interaction], T], said: Callable[[T], str] | str) -> None:
        record = self.record()
        if record is not None:
            self._do_to(record, action, said)

    def _do_to(self, record: Interaction, action: Callable[[Interaction], T], said: Callable[[T], str] | str) -> bool:
        """Do it to the promise that a window asked about: another desk may have taken it off the list meanwhile."""
        done = self.app.keep(lambda: action(record), said)
        self.app.look_at_the_clock()
        self.show()
        return done is not None

    def action_move(self, by: int) -> None:
        """Another promise."""
        self.rows.move(by)

    @on(Rows.Chosen)
    def chosen(self, event: Rows.Chosen) -> None:
        """The line below the list has the chosen promise's remark whole: who, waiting for whom, since when."""
        event.stop()
        self._remark()

    def _remark(self) -> None:
        row = self.rows.row
        self.contact_bar.update(parts((row.remark if row else "", "dim")))
        self.refresh_keys()

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click only chooses: the keys say what happens to it."""
        event.stop()

    @property
    def _undoes(self) -> str:
        return f"{self.key('promise-undo')} brings it back."

    def action_done(self) -> None:
        """Kept."""
        promises = self.desk.promises

        def said(record: Interaction) -> str:
            promise = record.promise
            again = promise is not None and promise.state == "open"
            return f"Done; next: {promises.clock_of(promise.due)}." if promise and again else f"Done. {self._undoes}"

        self._do(promises.done, said)

    def action_drop(self) -> None:
        """Not needed any more."""
        self._do(self.desk.promises.drop, f"Dropped. {self._undoes}")

    def action_accept(self) -> None:
        """Take over what was handed to me, or what a hand-over named, or what nobody else does."""
        record = self.record()
        if record is None or record.promise is None:
            return
        promise, promises = record.promise, self.desk.promises
        if promise.handed_at and not promise.accepted_at:
            self._do_to(record, lambda found: promises.accept(found, promise.who), f"Accepted by {promise.who}.")
            return
        from deskmate.screens.dialogs import Prompt

        def take(initials: str) -> bool:
            said = f"Taken over by {initials or 'the desk'}."
            return self._do_to(record, lambda found: promises.accept(found, initials), said)

        shift = self.desk.shifts.current()
        self.app.push_screen(Prompt("Your initials take it over", shift.staff if shift else "", take=take))

    def action_snooze(self) -> None:
        """A later time; the old one is offered."""
        record = self.record()
        if record is None or record.promise is None:
            return
        from deskmate.screens.due_forms import When

        promises, promise = self.desk.promises, record.promise
        old = promises.clock_of(promise.due)

        def snooze(phrase: str | None) -> None:
            if phrase:
                said = f"Snoozed; it was {old}. {self._undoes}"
                self._do_to(record, lambda found: promises.snooze(found, phrase), said)

        self.app.push_screen(When("Snooze until?", promises.offers(promise), old), snooze)

    def action_hand_over(self) -> None:
        """Give it to somebody."""
        self._ask("Hand over to whom? (initials)", self.desk.promises.hand_over,
                  "Handed over to {}; shown until accepted.")  # fmt: skip

    def action_wait_for(self) -> None:
        """Somebody else moves next."""
        self._ask("Waiting for whom? (empty: no longer)", self.desk.promises.wait_for,
                  "Waiting for {}.", empty=True)  # fmt: skip

    def _ask(
        self, question: str, action: Callable[[Interaction, str], object], said: str, *, empty: bool = False
    ) -> None:
        record = self.record()
        if record is None:
            return
        from deskmate.screens.dialogs import Prompt

        def answered(name: str) -> bool:
            if not name and not empty:
                return True
            return self._do_to(record, lambda found: action(found, name), said.format(name or "nobody"))

        self.app.push_screen(Prompt(question, take=answered))

    def action_contact(self) -> None:
        """Show the contact for ten seconds."""
        record = self.record()
        if record is None:
            return
        contact = self.app.look(lambda: self.desk.promises.contact(record))
        if contact is None:
            return
        self.contact_bar.update(parts((contact or "There is no contact, or it was erased.", "bold")))
        if self._hiding is not None:
            self._hiding.stop()
        self._hiding = self.set_timer(SHOW_CONTACT, self._remark)

    def action_mine(self) -> None:
        """Only mine, or everybody's."""
        if self._mine:
            self._mine = ""
            self.show()
            return
        from deskmate.screens.dialogs import Prompt

        shift = self.desk.shifts.current()
        self.app.push_screen(Prompt("Whose? (initials)", shift.staff if shift else ""), self._show_mine)

    def _show_mine(self, initials: str | None) -> None:
        self._mine = initials or ""
        self.show()

    def action_new(self) -> None:
        """A promise without a guide."""
        from deskmate.model.promise import Promise
        from deskmate.screens.due_forms import PromiseForm

        def made(promise: Promise | None) -> None:
            if promise is not None:
                self.app.keep(lambda: self.desk.promises.make(promise), f"Promised for {promise.due:%a %d %b %H:%M}.")
                self.show()

        self.app.push_screen(PromiseForm("get back to them", "in 60 min"), made)

    def action_rate(self) -> None:
        """How many were kept in time, over 30 days; the first look of a busy library counts for a moment."""
        self.app.say("Counting the last 30 days ...")
        self.call_after_refresh(self._tell_rate)

    def _tell_rate(self) -> None:
        told = self.app.look(self.desk.reporting.kept_in_time)
        if told:
            self.app.say(told)

    def action_calendar(self) -> None:
        """Write when something is owed as a file for a calendar; never what, or to whom."""
        from deskmate.screens.printing import write_page

        calendar = self.app.look(lambda: "".join(self.desk.exchange.lines("ics", None, with_staff=False)))
        if calendar:
            write_page(self.app, "promises.ics", calendar, "a calendar")

    def action_script(self) -> None:
        """The call-back guide, opened for this promise; the report itself when that is what is due."""
        record = self.record()
        if record is not None and record.promise is not None and record.promise.private:
            from deskmate.screens.incident import open_report

            open_report(self.app, record)
        elif record is not None:
            self.app.call_back(record, CALL_BACK_GUIDE)
