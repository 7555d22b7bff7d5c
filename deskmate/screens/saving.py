"""Saving, as the screens see it: what was written is told as saved when it is on the disk, and not before."""

import os
from collections.abc import Callable
from contextvars import Context
from typing import Literal, TypeVar

from rich.text import Text
from textual import work
from textual.reactive import reactive

from deskmate.desk.service import Desk
from deskmate.faults import BadUsage, DeskMateError, NotFound, NotSaved
from deskmate.screens.commands import command
from deskmate.screens.keymap import Keymap
from deskmate.screens.pointing import PointingApp

Result = TypeVar("Result")
Tone = Literal["", "hint", "failed"]
"""How a sentence is meant: it is done, or one should know (a slip, a practice that is over), or it was not saved."""


class SavingApp(PointingApp):
    """An app that owns a desk and says what became of every write.

    Args:
        desk: the desk, opened with `durable=False`.
    """

    keymap: Keymap
    """The keys as they are in this library."""
    said: reactive[tuple[str, Tone]] = reactive(("", ""))
    """The last thing that was saved or could not be: the words, and how they are meant; empty when all went well."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.turns = 0
        """How many inputs have had their turn."""
        self._said_in = 0
        self._was_kept = False
        self._arrived_at = ""

    def _fatal_error(self) -> None:
        """End after a fault that nobody foresaw, and say where it was.

        Textual's own prints every local variable of every step: the note, the contact and the screen of whoever is
        being helped would stand in the terminal, and in what it keeps to scroll back.
        """
        from deskmate.crash import place_of, trace

        error = self._exception
        assert error is not None, "Textual keeps the fault before it calls this"
        told = f"Something went wrong that DeskMate did not foresee ({type(error).__name__} in {place_of(error)})."
        steps = trace(error) if os.environ.get("DESKMATE_DEBUG", "") not in ("", "0") else ""
        more = "Open DeskMate again: everybody comes back at their step, and what was saved is saved."
        self._exit_renderables.append(Text(f"{steps}{told}\n{more}"))
        self._close_messages_no_wait()

    def key(self, command_id: str) -> str:
        """The key that a command has here, for every sentence that names one."""
        return self.keymap.key_of(command(command_id))

    def say(self, words: str, tone: Tone = "") -> None:
        """Show a sentence on the line above the keys."""
        self.said = (words, tone)
        self._said_in, self._was_kept = self.turns, False

    def refuse(self, fault: DeskMateError) -> None:
        """Say what was not done: a slip of whoever typed is a hint, and the alarm is kept for what was not saved."""
        slip = isinstance(fault, BadUsage) and not isinstance(fault, NotFound)  # what is gone was no slip
        self.say(f"{fault.what} {fault.cure}", "hint" if slip else "failed")

    def arrived_at(self, place: str) -> None:
        """Another place is in front: what was said before this turn does not hold there.

        What was not saved stays until it is; and the Desk shows what was saved last.

        Args:
            place: its name in the command registry.
        """
        other, self._arrived_at = place != self._arrived_at, place
        failed, now = self.said[1] == "failed", self._said_in == self.turns
        if other and not (failed or now or (self._was_kept and place == "desk")):
            self.say("")

    def keep(self, write: Callable[[], Result], words: Callable[[Result], str] | str = "") -> Result | None:
        """Do something that writes to the log, and say so once it is on the disk.

        Args:
            write: the call; what it raises for people is shown, and None is returned.
            words: what to say when it is saved.

        Returns:
            What the call returned, or None when it failed: nothing was acknowledged, and the screen keeps its form.
        """
        try:
            result = write()
        except DeskMateError as fault:
            self.refuse(fault)
            return None
        said = words(result) if callable(words) else words
        self.apart(lambda: self._sync(said))
        return result

    def apart(self, begin: Callable[[], object]) -> None:
        """Begin a worker of the app that holds no screen.

        A thread keeps its last worker until it works again, the worker the context in which it was begun, and that
        one the screen that was in front, closed or not.

        Args:
            begin: the call of a method that is a worker.
        """
        Context().run(begin)

    def look(self, read: Callable[[], Result]) -> Result | None:
        """Read something that may be refused; what it raises for people is shown, and None is returned."""
        try:
            return read()
        except DeskMateError as fault:
            self.refuse(fault)
            return None

    @work(thread=True, group="sync", exit_on_error=False)
    def _sync(self, words: str) -> None:
        """Wait for the disk outside the event loop, then say that it is saved."""
        try:
            self.desk.log.flush()
        except NotSaved as fault:
            self.call_from_thread(self.refuse, fault)
        else:
            self.call_from_thread(self._is_safe, words)

    def _is_safe(self, words: str) -> None:
        self.desk.live.settle()
        if words:
            self.say(words)
            self._was_kept = True
