"""The clocks of the app: once a second for the screen on top, every quarter of a minute for what comes due."""

from typing import TYPE_CHECKING, Final

from textual.events import Event, Key, Paste

from deskmate.desk.service import Desk
from deskmate.screens.covering import CoveringApp
from deskmate.screens.lulling import LullingApp
from deskmate.screens.noticing import NoticingApp
from deskmate.screens.reminding import RemindingApp
from deskmate.text.clean import clean

if TYPE_CHECKING:
    from deskmate.screens.base import Place

LOOK_EVERY: Final = 15.0
"""Seconds between two looks at the promises and the idle clock."""


class ClockedApp(CoveringApp, NoticingApp, RemindingApp, LullingApp):
    """An app that knows what time it is for the person at the desk.

    Args:
        desk: the desk, opened with `durable=False`.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.awake = False
        """The first screen is painted: the open promises of a big home (29 ms at a million records) may be read now."""

    def start_clocks(self) -> None:
        """Let them run."""
        self.set_interval(1.0, self._every_second)
        self.set_interval(LOOK_EVERY, self.look_at_the_clock)

    @property
    def place(self) -> "Place | None":
        """The full screen on top, under any dialog; None before the first one is there."""
        kind = self._place_type()
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, kind)), None)

    def _every_second(self) -> None:
        self.remind()
        place = self.place
        if place is not None and place.drawn:
            place.follow_clock()

    def look_at_the_clock(self) -> None:
        """Count what is due, tell of it once where that is allowed, and blank an idle Desk."""
        now = self.desk.now()
        self.look_at_promises()
        self.look_at_notices()
        idle = self.desk.settings.desk.idle_minutes
        if idle and (now - self.key_at).total_seconds() >= idle * 60 and self.desk.live.current is None:
            self.blank()
        if self.awake:
            self.sweep_when_due()
            self.look_for_a_lull()

    async def take_input(self, event: Event) -> None:
        """Every input in its turn: it winds the idle clock, a paste becomes text, a screen may close at once."""
        if isinstance(event, Paste):
            event.text = clean(event.text)  # Textual's own line, in the palette, would paint an escape code
        else:
            self.key_at = self.desk.now()
            screen = self.screen if self.screen_stack else None
            if isinstance(event, Key) and isinstance(screen, self._place_type()) and screen.first_key(event):
                return
        await super().take_input(event)

    @staticmethod
    def _place_type() -> "type[Place]":
        from deskmate.screens.base import Place

        return Place
