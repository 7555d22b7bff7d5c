"""The application: it owns the desk and moves between the screens; what a screen does is in the screen's module.

Screens are imported when they are first shown: the Desk is all that stands between start and look-up.
"""

from collections.abc import Callable
from typing import ClassVar, Final

from textual.binding import Binding
from textual.command import Provider
from textual.screen import Screen

from deskmate.desk.service import Desk
from deskmate.faults import Notice
from deskmate.screens.commands import bindings
from deskmate.screens.guiding import GuidingApp
from deskmate.screens.keymap import look_over
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.themes import NAMES, THEMES, VARIABLES

CATCH_UP_DAYS: Final = 3
"""Old days folded between two keys: 30 took up to 150 ms at a million records, 3 stay under a frame's patience."""

PLACES: Final = {"reports": "incidents", "scenes": "practise", "practice": "practise"}
"""The command that leads to a place, where its id is not the place's own name."""


def _palette() -> type[Provider]:
    from deskmate.screens.palette import DeskCommands

    return DeskCommands


class DeskMateApp(GuidingApp):
    """DeskMate on a terminal.

    Args:
        desk: the desk it shows; opened with `durable=False`, since a thread of this app syncs what was written.
        practise: a playbook's id or `playbook/scene` to be rehearsed at once, empty for the list; None opens the Desk.
        painted: called once, when the first screen is there and what may wait has been done.
    """

    TITLE = "DeskMate"
    BINDINGS: ClassVar[list[Binding]] = bindings(EVERYWHERE)  # type: ignore[assignment]
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {_palette}
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    CSS = """
    Static { link-style: none; link-color: $foreground; link-background: transparent; link-style-hover: underline; }
    #strip { link-color: $text-warning; }
    CommandPalette SearchIcon { display: none; }
    CommandPalette > Vertical { margin-top: 1; }
    CommandList { max-height: 80vh; }
    CommandList > .option-list--option { text-style: none; }
    """

    def __init__(self, desk: Desk, practise: str | None = None, *, painted: Callable[[], None] | None = None) -> None:
        super().__init__(desk)
        self._painted = painted
        self._practise = practise
        self.animation_level = "none"  # what glides is late: a key is answered in its own frame
        self.keymap = look_over(desk.settings.keys, str(desk.places.settings))
        for theme in THEMES:
            self.register_theme(theme)
        wanted = desk.settings.screens.theme
        self.theme = wanted if wanted in NAMES else NAMES[0]

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """What our styles name, for a theme that does not say."""
        return VARIABLES

    # -- start and end --------------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The Desk: being the default screen saves one layout at the start (1.12 against 1.21 times a bare app)."""
        from deskmate.screens.desk import DeskScreen

        return DeskScreen(id="_default")

    def on_mount(self) -> None:
        """Set the key map, start the clocks, and look for what a crash left."""
        if self.desk.settings.keys:
            self._take_keymap()
        self.desk.live.when_over = self.call_ended
        self.start_clocks()
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
        if self._painted is not None:
            self._painted()

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

        people = "1 person is" if waiting == 1 else f"{waiting} people are"
        words = f"{people} not done with; they come back at their step. Leave now?"
        self.open_window(Ask(words, {"y": "Leave", "n": "Stay"}), lambda answer: self.exit() if answer == "y" else None)

    def on_unmount(self) -> None:
        """Close what is open; journals stay for the next start."""
        self.desk.close()

    # -- keys --------------------------------------------------------------------------------------------------------

    def key_of(self, command: Command) -> str:
        """The key a command has here, after the library's own key map."""
        return self.keymap.key_of(command)

    @property
    def places(self) -> tuple[str, ...]:
        """The places whose keys work now, as the registry names them: the screen or window in front, then the line."""
        nodes = [self.screen, *(self.focused.ancestors_with_self if self.focused else ())]
        named = [vars(kind).get("PLACE", "") for node in nodes for kind in type(node).__mro__]
        found = tuple(dict.fromkeys(filter(None, named)))
        return found or ((self.place.PLACE,) if self.place else ())

    def applies(self, command: Command) -> bool:
        """Whether a command makes sense now: a list of all commands leaves out what would do nothing."""
        place = self.place
        if command.id == "other":
            return bool(self.desk.live.others)
        if command.place == EVERYWHERE:
            return place is None or command.id != PLACES.get(place.PLACE, place.PLACE)
        return place is not None and place.has(command.id) and place.applies(command.id)

    def faults(self) -> list[Notice]:
        """Everything that is wrong and served around, the key map among it."""
        return [*self.desk.notices(), *self.keymap.notices]

    def _take_keymap(self) -> None:
        """Give the commands the library's own keys, and say which of them cannot serve."""
        self.set_keymap({command: ",".join(keys) for command, keys in self.keymap.changed.items()})
        wrong = self.keymap.notices
        if wrong:
            more = f" deskmate keys tells of {len(wrong) - 1} more." if len(wrong) > 1 else ""
            self.say(f"{wrong[0].what} {wrong[0].cure}{more}", "hint")

    def type_ahead(self, typed: str) -> None:
        """Go on typing on the Desk with a letter that was pressed elsewhere."""
        from deskmate.screens.desk import DeskScreen

        if isinstance(self.screen, DeskScreen):
            self.screen.box.insert_text_at_cursor(typed)
            self.screen.typed(self.screen.box.value)

    # -- other screens --------------------------------------------------------------------------------------------

    def action_card(self) -> None:
        """Choose a card to turn to the patron."""
        from deskmate.screens.card_chooser import open_chooser

        open_chooser(self)

    def action_command_palette(self) -> None:
        """List every command that applies."""
        from deskmate.screens.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def action_keys(self) -> None:
        """Show every key that works here."""
        from deskmate.screens.keys import KeysScreen

        if isinstance(self.screen, KeysScreen):
            self.screen.action_close()
        elif places := self.places:
            self.push_screen(KeysScreen(places))

    def action_jump(self) -> None:
        """Put a letter on everything that can be chosen; the next key chooses."""
        from deskmate.screens.jump import JumpScreen, Target, targets

        def chosen(target: Target | None) -> None:
            if target is not None:
                self.call_next(target.choose)

        found = [] if isinstance(self.screen, JumpScreen) else targets(self.screen)
        if found:
            self.push_screen(JumpScreen(found), chosen)

    def action_in_charge(self) -> None:
        """Say who is in charge from now on."""
        from deskmate.screens.dialogs import Prompt

        def put(answer: str | None) -> None:
            if answer:
                name, _, extension = answer.partition(",")
                self.keep(lambda: self.desk.shifts.put_in_charge(name, extension), f"In charge: {name}")
                self.desk.live.values = self.desk.values()

        self.open_window(Prompt("Who is in charge now? (name, extension)"), put)

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
