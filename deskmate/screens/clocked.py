"""The clocks of the app: they wake when something on the screen changes, and now and then for what comes from outside.

A clock that ticks every second for a line that changes every minute costs as much as the whole of an idle Textual app.
So the alarm is set to what comes first: the next second where seconds are shown, the next minute, the next promise. Any
key, another screen or another sentence brings it within a second.
"""

from asyncio import TimerHandle, get_running_loop
from contextvars import Context, copy_context
from typing import TYPE_CHECKING, Final

from textual.events import Event, Key

from deskmate.desk.service import Desk
from deskmate.screens.covering import CoveringApp
from deskmate.screens.lulling import LullingApp
from deskmate.screens.noticing import NoticingApp
from deskmate.screens.pasting import PastingApp
from deskmate.screens.reminding import RemindingApp

if TYPE_CHECKING:
    from deskmate.screens.base import Place

LOOK_EVERY: Final = 15.0
"""Seconds between two looks at the promises, the notices and the idle clock, which are also seen by other desks; a
computer that slept, or whose clock was put right, shows its time within these."""
SOON: Final = 1.0
"""Seconds in which whatever a person did is seen everywhere."""
SHORTEST: Final = 0.05
"""Seconds below which no alarm is set: it may ring a little before the minute does."""


class ClockedApp(CoveringApp, NoticingApp, RemindingApp, LullingApp, PastingApp):
    """An app that knows what time it is for the person at the desk.

    Args:
        desk: the desk, opened with `durable=False`.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.awake = False
        """The first screen is painted: the open promises of a big home (29 ms at a million records) may be read now."""
        self._alarm: TimerHandle | None = None
        self._own = Context()
        """Where alarms are set: a timer of Textual would hold on to the screen that was in front when it was set."""
        self._soon = True
        """The alarm rings within a second anyway; before the clocks run it need not be set."""

    def start_clocks(self) -> None:
        """Let them run."""
        self.set_interval(LOOK_EVERY, self._look_around)
        self._own = copy_context()
        self._set_alarm(SOON)

    def on_unmount(self) -> None:
        """No alarm rings any more, and none is set."""
        self._soon = True
        if self._alarm is not None:
            self._alarm.cancel()

    def wake(self) -> None:
        """Something happened: look within a second whether what is shown is right."""
        if not self._soon:
            self._set_alarm(SOON)

    def watch_said(self) -> None:
        """What was said may have changed the rest: the disk takes nothing any more, or takes it again."""
        self.wake()

    def _set_alarm(self, seconds: float) -> None:
        self._soon = seconds <= SOON
        self._ring_in(max(seconds, SHORTEST))

    def _ring_in(self, seconds: float) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
        loop = get_running_loop()
        self._alarm = loop.call_later(seconds, self.call_later, self.tick, context=self._own)

    @property
    def place(self) -> "Place | None":
        """The full screen on top, under any dialog; None before the first one is there."""
        kind = self._place_type()
        return next((screen for screen in reversed(self.screen_stack) if isinstance(screen, kind)), None)

    def tick(self) -> None:
        """Put the screen on top right, and set the alarm to when it will not be."""
        if self.due_left() <= 0:
            self.look_at_promises()
        self.remind()
        place, right = self.place, SOON
        if place is not None and place.drawn:
            place.follow_clock()
            right = place.stays_right()
        self._set_alarm(min(right, self.due_left()))

    def _look_around(self) -> None:
        self.look_at_the_clock()
        self.tick()

    def look_at_the_clock(self) -> None:
        """Count what is due, tell of it once where that is allowed, and blank an idle Desk."""
        now = self.desk.now()
        self.look_at_promises()
        self.look_at_notices()
        idle = self.desk.settings.desk.idle_minutes
        if idle and (now - self.pressed_at).total_seconds() >= idle * 60 and self.desk.live.current is None:
            self.blank()
        if self.awake:
            self.sweep_when_due()
            self.look_for_a_lull()

    async def take_input(self, event: Event) -> None:
        """Every input in its turn: it winds the idle clock, a screen may close at once."""
        self.pressed_at = self.desk.now()
        self.turns += 1
        self.wake()
        screen = self.screen if self.screen_stack else None
        if isinstance(event, Key) and isinstance(screen, self._place_type()) and screen.first_key(event):
            return
        await super().take_input(event)

    @staticmethod
    def _place_type() -> "type[Place]":
        from deskmate.screens.base import Place

        return Place
