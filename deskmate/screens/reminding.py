"""Promises that are due, as every screen tells of them: a line, the bell, the terminal, the desktop; never their words.

Nothing is told while an emergency, an urgent guide, a card or the blank screen is there; it is told right after.
"""

import sys
from math import inf
from typing import TYPE_CHECKING

from textual import work
from textual.reactive import reactive

from deskmate.desk.owed import due_at
from deskmate.screens.saving import SavingApp

if TYPE_CHECKING:
    from deskmate.desk.service import Desk


class RemindingApp(SavingApp):
    """An app that tells when a promise is due, once for each time."""

    due: reactive[int] = reactive(0)
    """How many promises are due now."""
    reminder: reactive[str] = reactive("")
    """What the line above the keys says of them, until somebody has looked at the promises."""

    def __init__(self, desk: "Desk") -> None:
        super().__init__(desk)
        self._owed: frozenset[tuple[str, float]] = frozenset()
        """What is due now: the record and its time, so that a snooze is told again."""
        self._told: frozenset[tuple[str, float]] = frozenset()
        self._seen: frozenset[tuple[str, float]] = frozenset()
        self._next_due = inf
        """When the next promise comes due, in seconds since 1970."""

    def look_at_promises(self) -> None:
        """Read what is due now, and tell of what is new."""
        board = self.desk.promises.board()
        due = board.overdue
        self._next_due = min((due_at(record) for record in (*board.today, *board.later)[:1]), default=inf)
        self._owed = frozenset((record.id, due_at(record)) for record in due)
        self.due = len(due)
        self.remind()

    def due_left(self) -> float:
        """Seconds until the next promise comes due, as of the last look; infinite when none is owed."""
        return self._next_due - self.desk.now().timestamp()

    def remind(self) -> None:
        """Tell of what is due, where that is allowed now."""
        if self.hushed:
            self.reminder = ""
            return
        new = self._owed - self._told
        self._told = self._owed
        self._seen &= self._owed
        if new:
            self._ring(len(new))
        left = len(self._owed - self._seen)
        self.reminder = (
            f"▲ {left} promise{'' if left == 1 else 's'} due: {self.key('promises-mark')} on the Desk" if left else ""
        )

    def promises_seen(self) -> None:
        """Somebody looks at the promises: the line goes until another one is due, the number in the head stays."""
        self._seen = self._owed
        self.remind()

    @property
    def hushed(self) -> bool:
        """A screen is there, on top or below a window, over which nothing may be told."""
        return any(getattr(screen, "quiet", False) for screen in self.screen_stack)

    def _ring(self, number: int) -> None:
        from deskmate.desk.reminders import words_for

        wanted = self.desk.settings.screens
        if wanted.bell:
            self.bell()
        if wanted.terminal_notices or wanted.desktop_notices:
            self.apart(lambda: self._tell_outside(words_for(number)))

    @work(thread=True, group="reminders", exit_on_error=False)
    def _tell_outside(self, words: str) -> None:
        """Tell outside the window; tmux and the desktop's program may take a while to answer."""
        from deskmate.desk.reminders import desktop_command, run, terminal_sequence

        wanted, environment = self.desk.settings.screens, self.desk.environment
        if wanted.terminal_notices:
            sequence = terminal_sequence(environment, words, run)
            if sequence:
                self.call_from_thread(self.write_to_terminal, sequence)
        if wanted.desktop_notices:
            command = desktop_command(sys.platform, environment, words)
            if command is None or run(command) is None:
                told = "No notice on the desktop: its program is not here, or failed (deskmate doctor)."
                self.call_from_thread(self.say, told, "hint")

    def write_to_terminal(self, sequence: str) -> None:
        """Send the terminal something that paints nothing, as Textual's own bell does."""
        if not self.is_headless and self._driver is not None:
            self._driver.write(sequence)
