"""The Wrap-up: what was saved, and one key for each thing one may still want."""

from typing import Any, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Key
from textual.getters import query_one
from textual.widgets import Static

from deskmate.desk.entries import CHOICES
from deskmate.model.interaction import STRAINS, Interaction
from deskmate.model.promise import Promise
from deskmate.reports.words import READ_WORDS
from deskmate.screens.afterwards import afterwards, swap
from deskmate.screens.base import Place
from deskmate.screens.breath import letter, may_be_a_word, opens_a_line
from deskmate.screens.commands import bindings, command
from deskmate.screens.people import owed_words
from deskmate.screens.safe import line, lines, link, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.note_box import NoteBox

FIELDS: Final = ("channel", "kind", "read", "strain", "outcome")
NAMES: Final = {"read": "READ effort", "strain": "strain", "channel": "channel", "kind": "kind", "outcome": "outcome"}
UNJUDGED: Final = "not judged"


class WrapUpScreen(Place):
    """Five fields that fell out of what happened; left and right change one. Space and words are the next look-up.

    Args:
        record: a stored record to change; without one, the record of whoever is in front.
    """

    PLACE: ClassVar[str] = "wrap-up"
    BINDINGS: ClassVar[list[Binding]] = bindings("wrap-up")  # type: ignore[assignment]
    DEFAULT_CSS = """
    WrapUpScreen {
        #fields { height: 1fr; padding: 1 3; }
        NoteBox { display: none; }
    }
    """

    fields = query_one("#fields", Static)
    note_box = query_one(NoteBox)

    def __init__(self, record: Interaction | None = None) -> None:
        super().__init__()
        self._live = record is None
        self._record = record
        self._at = 0
        self._changed: dict[str, Any] = {}
        self._note: tuple[str, bool] | None = None

    @property
    def record(self) -> Interaction:
        """The record that is shown."""
        live = self.desk.live.current
        found = self._record or (live.saved if live else None)
        assert found is not None, "the wrap-up is opened on a saved record only"
        return found

    def has(self, command_id: str) -> bool:
        """A stored record has no guide to go back to, and nobody in front whose words come next."""
        return self._live or command_id not in ("wrap-undo", "wrap-next")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What this screen has not does nothing either."""
        return (self._live or action not in ("take_back", "next")) and super().check_action(action, parameters)

    def compose(self) -> ComposeResult:
        """The fields, the note and the two last lines."""
        yield Bar(id="head", classes="-head")
        yield Static(id="fields", markup=False)
        yield NoteBox(self._keep_note)
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show the record."""
        self._show()

    def on_screen_resume(self) -> None:
        """Back from a dialog; HELP may have led away from here before this is told."""
        if self.drawn and self.is_active:
            self._show()

    def _value(self, field: str) -> str:
        value = self._changed.get(field, getattr(self.record, field))
        return UNJUDGED if value in (None, "") else str(value)

    def _beside(self, field: str) -> str:
        """What stands beside a field: the one key that changes it, and what a READ level means."""
        if field == "strain":
            return f"  {self.key('wrap-strain')} changes it"
        if field != "read":
            return ""
        value = self._value(field)
        means = READ_WORDS[int(value)].partition(", ")[2] if value.isdecimal() and int(value) in READ_WORDS else ""
        return f"  {means}{' · ' if means else ''}{self._levels()} changes it"

    def _levels(self) -> str:
        """The keys of the READ levels: `1-6` where nobody changed them."""
        keys = [self.key(f"wrap-read-{level}") for level in range(1, 7)]
        return "1-6" if keys == [*"123456"] else " ".join(keys)

    def _show(self) -> None:
        record = self.record
        told = self.desk.entries.describe(record)
        self.query_one("#head", Bar).update(parts(("What was saved", "bold"), f"   {told}"))
        rows: list[Content] = []
        for index, field in enumerate(FIELDS):
            sign, style = ("›", "bold") if index == self._at else (" ", "")
            name = (f"{sign} {NAMES[field]:12}", style or "dim")
            value = link(f"‹ {self._value(field)} ›", f"screen.turn_field({index})", style)
            rows.append(parts(name, " ") + value + parts((self._beside(field), "dim")))
        rows.append(Content(""))
        note = self._note[0] if self._note else record.note
        rows.append(parts(("  note         ", "dim"), note.replace("\n", " / ") or "none"))
        rows.append(parts(("  promise      ", "dim"), *owed_words(self.app, record.promise, self._value("outcome"))))
        if record.offered:
            rows.append(parts(("  offered      ", "dim"), ", ".join(record.offered)))
        rows += [Content(""), line(f"{self.key('wrap-left')}, {self.key('wrap-right')} change a field.", "dim")]
        if self._live:
            ways = f"{self.key('wrap-next')}, then words: the next look-up; or any other letter begins it."
            rows.append(line(ways, "dim"))
            others = len(self.desk.live.others)
            if others:
                rows.append(line(f"{others} waiting: {self.key('other')} goes to them.", "$text-warning"))
            after = self._after()
            if self._swap():
                rows.append(line("A good moment to swap with a colleague for a while.", "$text-accent"))
            if after:
                rows.append(
                    link(f"{self.key('wrap-after')}  For you, afterwards: {after[1]}", "screen.after", "$text-accent")
                )
        self.fields.update(lines(rows))

    # -- changing -------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Another field."""
        self._at = (self._at + by) % len(FIELDS)
        self._show()

    def action_turn(self, by: int) -> None:
        """Another value of the field."""
        field = FIELDS[self._at]
        options = (UNJUDGED, *CHOICES[field]) if field == "read" else CHOICES[field]
        here = options.index(self._value(field)) if self._value(field) in options else 0
        value = options[(here + by) % len(options)]
        self._changed[field] = "" if value == UNJUDGED else value
        self._show()

    def action_judge(self, level: int) -> None:
        """Another READ level than the proposed one."""
        self._changed["read"] = str(level)
        self._show()

    def action_strain(self) -> None:
        """The next strain."""
        self._changed["strain"] = STRAINS[(STRAINS.index(self._value("strain")) + 1) % len(STRAINS)]
        self._show()

    def action_turn_field(self, index: int) -> None:
        """A click on a value."""
        self._at = index
        self.action_turn(1)

    def _keep_note(self, text: str, keep_private: bool) -> None:  # noqa: FBT001 - the note box's own callback
        self._note = (text, keep_private)

    def action_note(self) -> None:
        """Write a note, or close it."""
        box = self.note_box
        if box.display:
            box.close()
            self._keep()
            self._show()
        else:
            box.open(self._note[0] if self._note else self.record.note)

    def action_promise(self) -> None:
        """Promise something."""
        from deskmate.screens.due_forms import promise_to

        self._keep()
        self.app.push_screen(promise_to(self.desk, self.desk.live.current if self._live else None), self._promised)

    def action_incident(self) -> None:
        """Write the report about it."""
        from deskmate.screens.incident import open_report

        if self._keep():
            open_report(self.app, self.record)

    def _promised(self, promise: Promise | None) -> None:
        if promise is not None:
            said = f"Promised for {promise.due:%a %d %b %H:%M}."
            self._remember(self.app.keep(lambda: self.desk.promises.attach(self.record, promise), said))

    def _keep(self) -> bool:
        """Write what was changed; False when it could not be."""
        given: dict[str, Any] = dict(self._changed)
        keep_private = False
        if self._note is not None:
            given["note"], keep_private = self._note
        if not given:
            return True
        changed = self.app.keep(
            lambda: self.desk.entries.change(self.record, given, keep_private=keep_private),
            lambda record: f"Saved: {self.desk.entries.describe(record)}",
        )
        if changed is None:
            return False
        self._changed, self._note = {}, None
        self._remember(changed)
        return True

    def _remember(self, record: Interaction | None) -> None:
        live = self.desk.live.current
        if record is None:
            return
        if self._record is not None:
            self._record = record
        elif live is not None:
            live.saved = record
        if self.is_mounted:
            self._show()

    def action_drop(self) -> None:
        """Take the record out of the log."""
        undo = self.key("undo") if self._live else "Undo"  # the Desk, where this leads, has a key for it
        if self.app.keep(lambda: self.desk.entries.drop(self.record), f"Not logged. {undo} brings it back.") is None:
            return
        self._changed, self._note = {}, None
        self._leave()

    def action_take_back(self) -> None:
        """Take the saving back: the guide is open again at its step."""
        self.app.keep(self.desk.live.reopen, "Not saved yet: the guide is open again.")
        self.app.show_guide()

    def action_next(self, typed: str) -> None:
        """Keep it and type the next look-up."""
        if self._keep():
            self._leave()
            self.app.type_ahead(typed)

    def action_done(self) -> None:
        """Keep it and go to the Desk."""
        if self.note_box.display:
            self.action_note()
        elif self._keep():
            self._leave()

    def put_down(self) -> None:
        """Somebody else comes to the front: what was changed here is kept with the record."""
        if self.drawn and (self._record or self.desk.live.current):
            self._keep()

    def _leave(self) -> None:
        if self._live:
            self.desk.live.leave()
            self.app.to_desk()
        else:
            self.app.pop_screen()

    def _swap(self) -> bool:
        return self._live and swap(self.desk, self.record, self._value("strain"))

    def _after(self) -> tuple[str, str] | None:
        return afterwards(self.desk, self.record, self._value("strain")) if self._live else None

    def action_after(self) -> None:
        """Open what is offered afterwards."""
        after = self._after()
        if after and self._keep():
            self._leave()
            self.app.open_guide(after[0])

    def first_key(self, event: Key) -> bool:
        """Space, or any letter that is no key here, begins the next look-up; a key's own letter may turn out to."""
        typed = event.character
        if not self._live or self.note_box.display or not typed or not typed.isprintable():
            return False
        keys = self.app.keymap
        offered = (after := event.key in keys.keys_of(command("wrap-after"))) and self._after() is not None
        if event.key in keys.keys_of(command("wrap-next")):
            self.action_next("")
        elif offered or (event.key in keys.working(self.PLACE) and not after):
            if letter(event) and not opens_a_line(keys, event.key) and self._keep():
                may_be_a_word(self.app, self.record)
            if offered:
                self.action_after()
            return offered
        elif event.key != "space":
            self.action_next(typed)
        return True
