"""Every command, declared once: the footer line, the palette, the key help and the key map are all made from here.

`deskmate.plain` takes its sentences from here too: nothing of Textual is loaded before a screen asks for its bindings.
"""

from typing import TYPE_CHECKING, Final

from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.registry.looking_back import LOOKING_BACK
from deskmate.screens.registry.owing import OWING
from deskmate.screens.registry.practising import PRACTISING
from deskmate.screens.registry.serving import SERVING
from deskmate.screens.registry.showing import SHOWING
from deskmate.screens.registry.windows import WINDOWS

if TYPE_CHECKING:
    from textual.binding import Binding

COMMANDS: Final[tuple[Command, ...]] = (*SERVING, *OWING, *LOOKING_BACK, *SHOWING, *PRACTISING, *WINDOWS)


def of(place: str) -> tuple[Command, ...]:
    """The commands of a screen, without those that work everywhere."""
    return tuple(command for command in COMMANDS if command.place == place)


def command(command_id: str) -> Command:
    """The command with an id, for words that name its key."""
    return next(each for each in COMMANDS if each.id == command_id)


def bindings(place: str) -> "list[Binding]":
    """The Textual bindings of a screen (or of the app, for `everywhere`); each key carries its command's id."""
    from textual.binding import Binding

    return [
        Binding(
            ",".join(command.keys) or f"no-key-{command.id}",  # a key that is never pressed, for the key map to replace
            command.action,
            command.label or command.help,
            show=False,
            priority=command.priority,
            id=command.id,
            tooltip=command.help,
        )
        for command in of(place)
    ]


def footer(place: str) -> tuple[Command, ...]:
    """What the footer line of a screen shows: HELP, which a narrow window must not cut, then its own commands."""
    own = tuple(command for command in of(place) if command.footer)
    return own if place == "help" else (*(command for command in of(EVERYWHERE) if command.footer), *own)
