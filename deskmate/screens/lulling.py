"""The question in a lull, as the Desk shows it: it waits until nobody is there, and no key ever waits for it."""

from datetime import datetime
from typing import TYPE_CHECKING, Final

from textual.reactive import reactive

from deskmate.desk.service import Desk
from deskmate.screens.going import GoingApp
from deskmate.screens.sweeping import PAUSE, SweepingApp

if TYPE_CHECKING:
    from deskmate.reports.normal import Short

QUIET: Final = 60.0
"""Seconds without a key that make a lull; half the idle time where the screen goes private sooner."""


class LullingApp(GoingApp, SweepingApp):
    """An app that asks about an hour that looks forgotten: on the Desk, with nobody live, once a shift.

    Args:
        desk: the desk, opened with `durable=False`.
    """

    asked: reactive["Short | None"] = reactive(None)
    """The question that stands, if one does."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._learning = False
        self._asked_at: datetime = desk.now()

    def question(self) -> str:
        """The question with its keys, for the strip; empty while none stands or anybody is live."""
        if self.asked is None or self.desk.live.anybody:
            return ""
        return f"{self.asked.said}: add a tally?  {self.key('pad')} yes  {self.key('never-ask')} never ask"

    def look_for_a_lull(self) -> None:
        """Called now and then: take a question away that nobody wanted, or begin to look for one."""
        from deskmate.desk.lull import STANDS

        if self.asked is not None and self.desk.now() - self._asked_at > STANDS:
            self.asked = None
        if not self._learning and self._in_a_lull() and self.desk.lull.may_ask:
            self._learning = True
            self._learn_on()

    def action_pad(self) -> None:
        """Open the tally pad, at the hour that was asked about if one was."""
        from deskmate.screens.pad import PadScreen

        short, self.asked = self.asked, None
        self._go(PadScreen(short))

    def action_never_ask(self) -> None:
        """Never ask here again; where that was said already, ask again."""
        lull = self.desk.lull
        self.asked = None
        if lull.wanted:
            lull.never()
            self.say(f"Forgotten hours are never asked about here again. {self.key('never-ask')} allows it.")
        elif self.desk.settings.desk.ask_forgotten:
            lull.again()
            self.say(f"Forgotten hours may be asked about here. {self.key('never-ask')} ends it.")
        else:
            self.say("The settings of this library say not to ask: ask_forgotten in [desk].")

    def _learn_on(self) -> None:
        """Read one day, then come back for the next; a key ends it until the next lull."""
        if not self._in_a_lull():
            self._learning = False
        elif self.desk.lull.learn():
            self.set_timer(PAUSE, self._learn_on)
        else:
            self._learning = False
            short = self.desk.lull.question()
            if short is not None:
                self.desk.lull.asked()
                self._asked_at = self.desk.now()
                self.asked = short

    def _in_a_lull(self) -> bool:
        """The empty Desk is in front, nobody is live, and nobody has pressed a key for a minute."""
        from deskmate.screens.desk import DeskScreen

        idle = self.desk.settings.desk.idle_minutes
        quiet = (self.desk.now() - self.pressed_at).total_seconds() >= min(QUIET, idle * 30)
        screen = self.screen
        return quiet and not self.desk.live.anybody and isinstance(screen, DeskScreen) and not screen.box.value
