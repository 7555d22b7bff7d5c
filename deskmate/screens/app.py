"""The application: it owns the desk and moves between the screens; what a screen does is in the screen's module.

Screens are imported when they are first shown: the Desk is all that stands between start and look-up.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.command import Provider
from textual.events import Event, InputEvent, Key
from textual.reactive import reactive
from textual.screen import Screen

from deskmate.desk.live import Live
from deskmate.desk.promises import CALLED_BACK
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage, DeskMateError
from deskmate.model.interaction import Interaction
from deskmate.playbooks.hit import LAST_RESORT
from deskmate.screens.commands import EVERYWHERE, Command, bindings, shown
from deskmate.screens.covering import CoveringApp
from deskmate.screens.noticing import NoticingApp
from deskmate.screens.sweeping import SweepingApp
from deskmate.screens.themes import NAMES, THEMES

if TYPE_CHECKING:
    from deskmate.screens.base import Place

LOOK_EVERY: Final = 15.0
"""Seconds between two looks at the promises and the idle clock."""
CATCH_UP_DAYS: Final = 3
"""Old days folded between two keys: 30 took up to 150 ms at a million records, 3 stay under a frame's patience."""


def _palette() -> type[Provider]:
    from deskmate.screens.palette import DeskCommands

    return DeskCommands


class DeskMateApp(CoveringApp, NoticingApp, SweepingApp):
    """DeskMate on a terminal.

    Args:
        desk: the desk it shows; opened with `durable=False`, since a thread of this app syncs what was written.
        practise: a playbook's id or `playbook/scene` to be rehearsed at once, empty for the list; None opens the Desk.
    """

    TITLE = "DeskMate"
    BINDINGS: ClassVar[list[Binding]] = bindings(EVERYWHERE)  # type: ignore[assignment]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    CSS = """
    Static { link-style: none; link-color: $foreground; link-background: transparent; link-style-hover: underline; }
    #strip { link-color: $text-warning; }
    """

    due: reactive[int] = reactive(0)
    """How many promises are due now."""

    def __init__(self, desk: Desk, practise: str | None = None) -> None:
        super().__init__(desk)
        self._practise = practise
        self._told: frozenset[str] = frozenset()
        self._clashes: list[str] = []
        self._calls: dict[str, Interaction] = {}
        self.awake = False
        """The first screen is painted: the open promises of a big home (29 ms at a million records) may be read now."""
        for theme in THEMES:
            self.register_theme(theme)
        wanted = desk.settings.screens.theme
        self.theme = wanted if wanted in NAMES else NAMES[0]

    # -- start and end --------------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The Desk: being the default screen saves one layout at the start (1.12 against 1.21 times a bare app)."""
        from deskmate.screens.desk import DeskScreen

        return DeskScreen(id="_default")

    def on_mount(self) -> None:
        """Set the key map, start the clocks, and look for what a crash left."""
        keys = dict(self.desk.settings.keys)
        if keys:
            self.set_keymap(keys)
        self.set_interval(1.0, self._every_second)
        self.set_interval(LOOK_EVERY, self.look_at_the_clock)
        self.call_after_refresh(self._after_first_paint)

    def _after_first_paint(self) -> None:
        """What may wait until the first screen is there: journals, due promises, old days."""
        self.awake = True
        self.desk.answers.make_ready()
        self.desk.journals.start_syncing()
        if self.desk.live.restore() and self.desk.live.front_again() is not None:
            self.show_guide()
            self.say("Found again after an interruption: you are at the same step.")
        elif self._practise is not None:  # somebody live comes first
            self.practise(self._practise)
        self.look_at_the_clock()
        self.type_ahead("")
        self._catch_up()
        self.sweep()

    def _catch_up(self) -> None:
        """Fold old days that changed elsewhere, a few at a time between keys."""
        if self.desk.log.catch_up(CATCH_UP_DAYS):
            self.set_timer(0.2, self._catch_up)

    def action_leave(self) -> None:
        """Leave DeskMate; while somebody is live it asks first."""
        waiting = self.desk.live.unfinished
        if not waiting:
            self.exit()
            return
        from deskmate.screens.dialogs import Ask

        words = f"{waiting} live: parked people stay and come back at their step. Leave now?"
        self.push_screen(Ask(words, {"y": "Leave", "n": "Stay"}), lambda answer: self.exit() if answer == "y" else None)

    def on_unmount(self) -> None:
        """Close what is open; journals stay for the next start."""
        self.desk.close()

    # -- keys --------------------------------------------------------------------------------------------------------

    def key_of(self, command: Command) -> str:
        """The key a command has here, after the library's own key map."""
        changed = self.desk.settings.keys.get(command.id)
        return shown(changed.split(",")[0].strip()) if changed else command.shown_key

    def handle_bindings_clash(self, clashed_bindings: Iterable[Binding], node: object) -> None:  # noqa: ARG002 - Textual's signature
        """Two commands on one key: named once, the first serves."""
        names = ", ".join(sorted(binding.id or binding.action for binding in clashed_bindings))
        if names not in self._clashes:
            self._clashes.append(names)
            self.say(f"[keys] in the settings gives one key to two commands: {names}.", failed=True)

    # -- clocks ---------------------------------------------------------------------------------------------------

    @property
    def place(self) -> "Place | None":
        """The full screen on top, under any dialog; None before the first one is there."""
        kind = self._place_type()
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, kind)), None)

    def _every_second(self) -> None:
        place = self.place
        if place is not None and place.drawn:
            place.follow_clock()

    def look_at_the_clock(self) -> None:
        """Count what is due, tell of it once where that is allowed, and blank an idle Desk."""
        now = self.desk.now()
        due = self.desk.promises.due_now()
        self.due = len(due)
        self.look_at_notices()
        place = self.place
        new = frozenset(record.id for record in due) - self._told
        if new and place is not None and not place.quiet:
            self._told |= new
            if self.desk.settings.screens.bell:
                self.bell()
        idle = self.desk.settings.desk.idle_minutes
        if idle and (now - self.key_at).total_seconds() >= idle * 60 and self.desk.live.current is None:
            self.blank()
        if self.awake:
            self.sweep_when_due()

    async def on_event(self, event: Event) -> None:
        """Every key and click passes here first: it winds the idle clock, and a screen may close on it at once."""
        if isinstance(event, InputEvent) and not event.is_forwarded:
            self.key_at = self.desk.now()
            screen = self.screen if self.screen_stack else None
            if isinstance(event, Key) and isinstance(screen, self._place_type()) and screen.first_key(event):
                return
        await super().on_event(event)

    @staticmethod
    def _place_type() -> "type[Place]":
        from deskmate.screens.base import Place

        return Place

    # -- guides ---------------------------------------------------------------------------------------------------

    def open_guide(self, playbook_id: str, channel: str = "in-person") -> Live | None:
        """Open a playbook for somebody new and show it."""
        try:
            live = self.desk.live.begin(playbook_id, channel)
        except DeskMateError as fault:
            self.say(f"{fault.what} {fault.cure}", failed=True)
            return None
        self.show_guide()
        self._tell_trouble()
        return live

    def _tell_trouble(self) -> None:
        """A guide that cannot be journaled goes on all the same, and says so."""
        trouble = self.desk.live.trouble
        if trouble is not None:
            self.say(f"Not written down while it lasts: {trouble.what} {trouble.cure}", failed=True)

    def open_found(self, row: str, words: str) -> None:
        """Open what the look-up found for somebody new.

        Args:
            row: `playbook:ID`, or `none:` when nothing in the list was right.
            words: what was typed.
        """
        self.open_guide(self.found(row, words))

    def found(self, row: str, words: str) -> str:
        """The playbook that a row of the look-up opens; when nothing was right, the words are kept as a wish."""
        kind, _, playbook_id = row.partition(":")
        if kind == "playbook":
            self.desk.learning.typed(words, row)
            return playbook_id
        self.desk.learning.typed(words)
        self.keep(lambda: self.desk.learning.wish(words), "Kept as a wish for a guide.")
        return LAST_RESORT

    def show_guide(self) -> None:
        """Show whoever is in front; a guide that is already open follows."""
        from deskmate.screens.guide import GuideScreen

        if isinstance(self.screen, GuideScreen):
            self.screen.show()
            return
        self.to_desk()
        self.push_screen(GuideScreen())

    def type_ahead(self, typed: str) -> None:
        """Go on typing on the Desk with a letter that was pressed elsewhere."""
        from deskmate.screens.desk import DeskScreen

        if isinstance(self.screen, DeskScreen):
            self.screen.box.insert_text_at_cursor(typed)
            self.screen.typed(self.screen.box.value)

    def action_phone_rings(self) -> None:
        """The phone rings."""
        from deskmate.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            return
        try:
            self.desk.live.phone_rings()
        except DeskMateError as fault:
            self.say(f"{fault.what} {fault.cure}", failed=True)
            return
        self.show_guide()

    def action_other_person(self) -> None:
        """Go to the other person; with several waiting, choose."""
        others = self.desk.live.others
        if not others:
            self.say("Nobody is parked or on hold.")
        elif len(others) == 1:
            self.bring(others[0].id)
        else:
            from deskmate.screens.dialogs import Choose
            from deskmate.screens.people import people_rows

            self.push_screen(
                Choose("Who?", people_rows(self.desk, others)), lambda live_id: self.bring(live_id) if live_id else None
            )

    def bring(self, live_id: str) -> None:
        """Bring somebody back to the front and show the guide at the exact step."""
        try:
            self.desk.live.bring(live_id)
        except BadUsage as fault:
            self.say(f"{fault.what} {fault.cure}", failed=True)
            return
        self.show_guide()

    def action_look_up(self) -> None:
        """Look something up; over a live guide the guide stays where it is."""
        from deskmate.screens.guide import GuideScreen

        if isinstance(self.screen, GuideScreen):
            from deskmate.screens.lookup import LookUpScreen

            self.push_screen(LookUpScreen(), self.screen.looked_up)
        elif self.desk.live.current is None:
            self.to_desk()

    # -- other screens --------------------------------------------------------------------------------------------

    def action_help_now(self) -> None:
        """HELP, over anything."""
        from deskmate.screens.help import HelpScreen

        if not any(isinstance(screen, HelpScreen) for screen in self.screen_stack):
            self.push_screen(HelpScreen(), self._after_help)

    def _after_help(self, playbook_id: str | None) -> None:
        """Go on with the emergency's guide."""
        if playbook_id and self.keep(lambda: self.desk.live.emergency(playbook_id)) is not None:
            self.show_guide()
            self._tell_trouble()

    def action_card(self) -> None:
        """Choose a card to turn to the patron."""
        from deskmate.screens.card_chooser import open_chooser

        open_chooser(self)

    def action_keys(self) -> None:
        """Show every key that works here."""
        from deskmate.screens.keys import KeysScreen

        place = self.place
        if place is not None and not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(place.PLACE))

    def call_back(self, record: Interaction, guide: str) -> None:
        """Open the call-back guide for a promise; when it ends well, the promise is kept."""
        live = self.open_guide(guide, "phone")
        if live is not None:
            self._calls[live.id] = record

    def call_ended(self, live: Live) -> None:
        """A guide has ended: when it was a call back that reached its end, its promise is kept."""
        record = self._calls.pop(live.id, None)
        if record is not None and live.saved is not None and live.saved.outcome in CALLED_BACK:
            self.keep(lambda: self.desk.promises.done(record), "The promise is kept. - brings it back.")
            self.look_at_the_clock()

    def action_in_charge(self) -> None:
        """Say who is in charge from now on."""
        from deskmate.screens.dialogs import Prompt

        def put(answer: str | None) -> None:
            if answer:
                name, _, extension = answer.partition(",")
                self.keep(lambda: self.desk.shifts.put_in_charge(name, extension), f"In charge: {name}")
                self.desk.live.values = self.desk.values()

        self.push_screen(Prompt("Who is in charge now? (name, extension)"), put)

    def action_add_feedback(self) -> None:
        """Write down what somebody said; over a guide or its Wrap-up it is kept with that contact."""
        from deskmate.screens.feedback_form import open_form

        open_form(self)

    def action_next_theme(self) -> None:
        """Change the colours."""
        here = NAMES.index(self.theme) if self.theme in NAMES else -1
        self.theme = NAMES[(here + 1) % len(NAMES)]
        self.say(f'Colours: {self.theme}. Keep them with theme = "{self.theme}" in the settings.')

    def action_undo(self) -> None:
        """Take back the last thing that was saved here."""
        action = self.keep(self.desk.entries.undo, lambda done: f"Undone: {done.say}" if done else "Nothing to undo.")
        self.look_at_notices()
        place = self.place
        if action is not None and place is not None and place.drawn:
            place.follow_clock()
