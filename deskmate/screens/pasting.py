"""What is pasted, from the terminal to the line or box that takes it: text, never keys, and never more than it holds.

Textual 8.2.8 reads a paste one character after another and looks for keys in it: an escape code inside one (coloured
words out of a log) ends up as keys, and a line break after it as Enter. tmux 3.3a hands such pastes on as they are.
"""

import sys
from collections.abc import Iterable
from typing import Final

from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.events import Event, Paste
from textual.message import Message
from textual.widgets import Input

from deskmate.screens.saving import SavingApp
from deskmate.screens.widgets.lookup_box import LINE, OneLine
from deskmate.screens.widgets.room import Full, fit
from deskmate.text.clean import clean, one_line

START: Final = "\x1b[200~"
END: Final = "\x1b[201~"
READ: Final = 100_000
"""Characters of a paste that are looked at; five times what the largest box holds."""


class PasteParser(XTermParser):
    """What a terminal sends, with each paste taken out of it whole before keys are looked for."""

    def __init__(self, debug: bool = False) -> None:  # noqa: FBT001, FBT002 - Textual's own signature
        super().__init__(debug)
        self._pasted: list[str] | None = None
        self._before = ""

    def feed(self, data: str) -> Iterable[Message]:
        """Take in what was read.

        A paste may come in many reads, and a mark may be cut by one. It ends with the last end mark of a read: one
        that stands in the pasted text itself ends nothing.

        Args:
            data: what was read; nothing, at the end.
        """
        if not data:
            yield from super().feed(data)
        while data:
            seen = self._before + data
            at = seen.find(START) if self._pasted is None else seen.rfind(END)
            cut = at + len(START) - len(self._before) if at >= 0 else len(data)
            taken, data = data[:cut], data[cut:]
            self._before = "" if at >= 0 else seen[1 - len(START) :]
            if self._pasted is None:
                yield from super().feed(taken)
                self._pasted = [] if at >= 0 else None
                continue
            self._pasted.append(taken)
            if at >= 0:
                text = "".join(self._pasted)[: -len(END)]
                self._pasted = None
                yield from (each for each in super().feed(END) if not isinstance(each, Paste))
                yield Paste(text)


class PastingApp(SavingApp):
    """An app that takes a paste for text."""

    def get_driver_class(self) -> type[Driver]:
        """The driver for this system, reading with our parser: Textual names its own nowhere else than in these."""
        driver = super().get_driver_class()
        for module in (driver.__module__, "textual.drivers.win32"):
            if hasattr(sys.modules.get(module), "XTermParser"):
                vars(sys.modules[module])["XTermParser"] = PasteParser
        return driver

    async def take_input(self, event: Event) -> None:
        """A paste becomes clean text before anything sees it, and one line of it for Textual's own line."""
        if isinstance(event, Paste):
            if len(event.text) > READ:
                self.on_full(Full(READ))
            text = clean(event.text[:READ])
            line = self.focused if isinstance(self.focused, Input) and not isinstance(self.focused, OneLine) else None
            event.text = fit(line, one_line(text), LINE, len(line.value)) if line else text
        await super().take_input(event)

    def on_full(self, event: Full) -> None:
        """More was typed or pasted than there is room for."""
        self.say(f"Only the first {event.most:,} characters are kept: no more fit.", "hint")

    def on_paste(self) -> None:
        """Nothing has taken it."""
        self.say("Nothing here takes text: what was pasted is not kept.")
