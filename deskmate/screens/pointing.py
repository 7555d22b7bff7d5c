"""The mouse: the right button shows every command that applies here, and a double click is one click.

Whoever works by mouse alone has no key for what the footer does not show. And many people click twice: the second click
must not answer a question on the screen that the first one opened.
"""

from typing import Final

from textual.events import Event, MouseDown, MouseUp
from textual.screen import Screen

from deskmate.screens.turns import TurnsApp

LEFT: Final = 1
RIGHT: Final = 3
TWICE: Final = 0.5
"""Seconds between the two clicks of a double click, as Textual counts them."""


class PointingApp(TurnsApp):
    """An app for a mouse, too."""

    def __init__(self) -> None:
        super().__init__()
        self._pressed: tuple[Screen[object] | None, int, int, float] = (None, -1, -1, 0.0)
        self._swallow = False

    async def on_event(self, event: Event) -> None:
        """Look at each press and release of a button before it is handed on."""
        if isinstance(event, MouseDown) and not event.is_forwarded and self.screen_stack:  # none: the program is ending
            self._swallow = event.button == RIGHT or self._again(event)
            self._pressed = (self.screen, event.screen_x, event.screen_y, event.time)
            if event.button == RIGHT:
                await self.run_action("command_palette", self)
        pressed = isinstance(event, (MouseDown, MouseUp)) and not event.is_forwarded
        if not (pressed and self._swallow):
            await super().on_event(event)

    def _again(self, event: MouseDown) -> bool:
        """Whether this is the second half of a double click whose first half opened another screen."""
        screen, x, y, at = self._pressed
        same = (x, y) == (event.screen_x, event.screen_y) and event.time - at < TWICE
        return event.button == LEFT and same and screen is not self.screen
