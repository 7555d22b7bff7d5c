"""The sweep while the screens are open: bit by bit, only while nobody types, and again when the day changes."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from textual import work
from textual.worker import get_current_worker

from deskmate.desk.service import Desk
from deskmate.faults import DeskMateError
from deskmate.screens.saving import SavingApp

if TYPE_CHECKING:
    from deskmate.desk.copies import Copies  # 10 ms, and not before the first sweep

QUIET_SECONDS: Final = 3.0
"""Nobody pressed a key for so long: a table may be written anew, which waits for the disk."""
PAUSE: Final = 0.2
"""Seconds between two tables."""


class SweepingApp(SavingApp):
    """An app that keeps the periods of the settings while it is open.

    Args:
        desk: the desk, opened with `durable=False`.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.pressed_at: datetime = desk.now()
        """When the last key was pressed."""
        self.privacy_said: tuple[str, ...] = ()
        """What the Desk says of a legal hold and of contacts that end."""
        self._swept: date | None = None
        self._sweeping = False
        self._stopped = False

    def sweep(self) -> None:
        """Erase contacts whose period is over, then begin today's sweep of words."""
        self.keep(lambda: self.desk.privacy.sweep(self.desk.live.contacts))
        self._swept = self.desk.now().date()
        self._stopped = False
        self._tell()
        self.sweep_when_due()

    def sweep_when_due(self) -> None:
        """Begin again when the day has changed, or when something was asked to be erased elsewhere."""
        if self._swept != self.desk.now().date():
            self.sweep()
        elif not self._sweeping and not self._stopped and self.desk.privacy.sweep_due:
            self._sweeping = True
            self._sweep_on()

    def _sweep_on(self) -> None:
        """Deal with one table when nobody types, then come back for the next."""
        quiet = (self.desk.now() - self.pressed_at).total_seconds() >= QUIET_SECONDS
        left = self.keep(self.desk.privacy.sweep_on) if quiet else 1
        self._sweeping = bool(left)
        self._stopped = left is None  # it was told; tomorrow is early enough to try again
        if left:
            self.set_timer(PAUSE if quiet else QUIET_SECONDS, self._sweep_on)
        else:
            self._tell()
            self.clean_copies()

    def clean_copies(self) -> None:
        """Take what was erased out of this machine's back-ups: at the end of a sweep, and after erasing on request."""
        self.apart(lambda: self._clean(self.desk.copies))

    @work(thread=True, group="copies", exclusive=True, exit_on_error=False)
    def _clean(self, copies: "Copies") -> None:
        """A year's back-up takes seconds: outside the event loop, and given up between two days when the app ends."""
        worker = get_current_worker()
        try:
            copies.clean(lambda _done, _of: not worker.is_cancelled)
        except DeskMateError:
            return  # tomorrow's sweep tries again, and `deskmate privacy sweep` says what was in the way

    def _tell(self) -> None:
        privacy = self.desk.privacy
        ending = privacy.ending()
        said = ["legal hold: nothing is erased"] if privacy.hold_since else []
        said += (
            [f"{ending} contact{'s end' if ending > 1 else ' ends'} within a week: {self.key('promises-mark')} opens"]
            if ending
            else []
        )
        self.privacy_said = tuple(said)
