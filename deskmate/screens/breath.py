"""One letter that is a command, and the first letter of a word: what follows it in the same breath tells which.

At the Wrap-up `u` takes the saving back, and `unattended child` is the next look-up. The command acts at once; when
another letter comes before anybody could have looked, it is taken back and both are the beginning of the look-up.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.events import Event, Key

from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.screens.clocked import ClockedApp
from deskmate.screens.commands import command
from deskmate.screens.keymap import Keymap

if TYPE_CHECKING:
    from deskmate.screens.app import DeskMateApp

BREATH: Final = 0.2
"""Seconds between two letters of one word for somebody who types 60 words a minute; who presses a key and looks at what
it did takes longer."""


OPENING: Final = ("wrap-note", "wrap-promise")
"""The commands that open a line: what is typed right behind their keys belongs there, and is in sight."""


def opens_a_line(keymap: Keymap, key: str) -> bool:
    """Whether a key of the Wrap-up is one of these here, after the library's own key map."""
    return any(key in keymap.keys_of(command(each)) for each in OPENING)


def letter(event: Key | None) -> str:
    """The letter that a key types; empty for any other key."""
    typed = event.character if event is not None else None
    return typed if typed and typed.isalpha() else ""


class BreathApp(ClockedApp):
    """An app that knows a word by its second letter.

    Args:
        desk: the desk, opened with `durable=False`.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._handed: Key | None = None
        self._maybe: tuple[Key, Callable[[str], object]] | None = None

    def unless_a_word(self, back: Callable[[str], object]) -> None:
        """The key that was just pressed has done something; a letter right behind it takes that back.

        Args:
            back: called with both letters instead of handing the second one on.
        """
        key = self._handed
        self._maybe = (key, back) if key is not None and letter(key) else None

    async def take_input(self, event: Event) -> None:
        """Look at each key before it is handed on."""
        word, self._maybe = self._maybe, None
        self._handed = event if isinstance(event, Key) else None
        if word is not None and self._handed is not None:
            first, back = word
            if letter(self._handed) and self._handed.time - first.time < BREATH:
                back(letter(first) + letter(self._handed))
                return
        await super().take_input(event)


def may_be_a_word(app: "DeskMateApp", record: Interaction) -> None:
    """The letter that is handed on now may be the beginning of the next look-up: then the record is as it was.

    Args:
        app: the app.
        record: what was saved of whoever is in front.
    """
    desk = app.desk

    def back(letters: str) -> None:
        if desk.log.get(record.day, record.id) is None:
            app.keep(desk.entries.undo, f"Saved: {desk.entries.describe(record)}")
        if desk.live.current is not None:
            desk.live.leave()
        app.to_desk()
        app.type_ahead(letters)

    app.unless_a_word(back)
