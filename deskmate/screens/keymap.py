"""The key map: which keys a command has here, after what the library changed, and what is wrong with a change.

Textual takes a key away from one command without a word when another is given it. So every change is looked over
first: one that cannot work is told, and the built-in keys serve. Nothing of Textual is loaded: `deskmate keys` and
the doctor ask here too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from deskmate.faults import Notice
from deskmate.screens.commands import COMMANDS, of
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.registry.key_names import named, prints, shown
from deskmate.screens.registry.windows import TOGETHER

ALWAYS: Final = "help-now"
"""The command that keeps its built-in keys besides: who comes from another branch finds HELP where it always is."""
_NOT_OURS: Final = {
    "ctrl+i": "is Tab for a terminal", "ctrl+m": "is Enter for a terminal", "ctrl+j": "is Enter for some terminals",
    "ctrl+h": "is Backspace for some terminals", "ctrl+s": "stops the output of some terminals",
    "ctrl+z": "sets a program aside in a terminal", "ctrl+b": "belongs to tmux", "ctrl+c": "copies",
}  # fmt: skip
_EDITING: Final = frozenset(f"ctrl+{letter}" for letter in "adekuvwx")
"""What a line of text uses itself; a command that works everywhere would take it away from whoever types."""
_TYPED_IN: Final = frozenset({"desk", "cards", "scenes", "report", "window", "line", "note", "form", "due", "look-up"})
"""The places where letters are typed all the time."""


@dataclass(frozen=True, slots=True)
class Keymap:
    """The keys as they are here.

    Attributes:
        changed: the keys of each command that a setting changed, by its id.
        notices: the changes that do not serve, and why.
    """

    changed: Mapping[str, tuple[str, ...]]
    notices: tuple[Notice, ...] = ()

    def keys_of(self, command: Command) -> tuple[str, ...]:
        """The keys of a command, the shown one first, by Textual's names."""
        return self.changed.get(command.id, command.keys)

    def key_of(self, command: Command) -> str:
        """The first of them as a person reads it; empty when there is none."""
        return shown(next(iter(self.keys_of(command)), ""))

    def all_of(self, command: Command) -> str:
        """All of them as a person reads them: `Ctrl+G F9`."""
        return " ".join(map(shown, self.keys_of(command)))

    def working(self, place: str) -> frozenset[str]:
        """The keys that do something in a place, those that work everywhere among them."""
        return frozenset(key for each in (*of(place), *of(EVERYWHERE)) for key in self.keys_of(each))

    def marks(self, place: str) -> frozenset[str]:
        """The printing keys that are commands of a place while its line is empty."""
        return frozenset(key for each in of(place) if each.priority for key in self.keys_of(each) if prints(key))


def look_over(given: Mapping[str, str], where: str = "") -> Keymap:
    """The key map that a library's settings make.

    Args:
        given: command id to keys, as written: `end = "q"`, `phone = "ctrl+t, f7"`.
        where: the settings file, for what is told.
    """
    known = {command.id: command for command in COMMANDS}
    changed: dict[str, tuple[str, ...]] = {}
    notices: list[Notice] = []
    for command_id, written in given.items():
        command = known.get(command_id)
        keys = tuple(named(each) for each in ([written] if written.strip() == "," else written.split(",")))
        if command is None:
            notices.append(Notice(f'[keys] names no command "{command_id}".', _meant(command_id, known), where))
        elif wrong := _unfit(command, written, keys):
            notices.append(Notice(f"{command_id} in [keys]: {wrong}.", f"It keeps {_built_in(command)}.", where))
        else:
            built_in = command.keys if command_id == ALWAYS else ()
            changed[command_id] = tuple(dict.fromkeys((*keys, *built_in)))
    while clash := next(_clashes(Keymap(changed)), None):
        command, other, key = clash
        del changed[command.id]
        what = f"{shown(key)} in [keys] is {other.id} already, so it cannot be {command.id}."
        notices.append(Notice(what, f"It keeps {_built_in(command)}. Choose another key for one of them.", where))
    return Keymap(changed, tuple(notices))


def _meant(word: str, known: Mapping[str, Command]) -> str:
    from deskmate.text.suggest import sentence

    return sentence(word, known) or "deskmate keys lists them all."


def _built_in(command: Command) -> str:
    return " ".join(map(shown, command.keys)) or "its place in the palette"


def _unfit(command: Command, written: str, keys: tuple[str, ...]) -> str:
    """Why a command cannot have these keys; empty when it can."""
    if re.search(r"choose-\d$", command.id):
        return "the answers keep their digits"
    for key in keys:
        if not key:
            return f'"{written}" is no key, or none that every terminal sends'
        if key in _NOT_OURS:
            return f"{shown(key)} {_NOT_OURS[key]}"
        if command.priority and key in _EDITING:
            return f"{shown(key)} edits a line of text"
        if command.place == EVERYWHERE and command.priority and not re.fullmatch(r"ctrl\+.|f\d+", key):
            return "what works everywhere needs a key with Ctrl, or F1 to F12"
        if command.place in _TYPED_IN and prints(key) and (command.place != "desk" or key.isalnum() or key == "space"):
            return f"{shown(key)} is typed as text on that screen"
    return ""


def together(one: str, other: str) -> bool:
    """Whether the keys of two places can work at the same time."""
    return one == other or EVERYWHERE in (one, other) or any({one, other} <= {*places} for places in TOGETHER)


def _clashes(keymap: Keymap) -> Iterator[tuple[Command, Command, str]]:
    """A changed command, another one that would fire in the same place, and the key they share."""
    for command in COMMANDS:
        if command.id not in keymap.changed:
            continue
        others = [each for each in COMMANDS if together(command.place, each.place) and each.action != command.action]
        for key in set(keymap.keys_of(command)) - set(command.keys):
            for other in others:
                if key in keymap.keys_of(other):
                    yield command, other, key
