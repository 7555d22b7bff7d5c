"""What a command works with: its options, the desk, the streams."""

import io
import sys
from argparse import Namespace
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TextIO

from deskmate.cli.output import Output, worked_around
from deskmate.clock import Clock, SystemClock
from deskmate.faults import BadUsage, DeskMateError
from deskmate.places import Places

if TYPE_CHECKING:
    from deskmate.desk.service import Desk


class Session:
    """One run of one command.

    Args:
        args: its options, as the parser made them.
        out: where it prints.
        places: where everything lives.
        environment: the process's variables.
        clock: the desk's time.
    """

    def __init__(
        self, args: Namespace, out: Output, places: Places, environment: Mapping[str, str], clock: Clock | None = None
    ) -> None:
        self.args = args
        self.out = out
        self.places = places
        self.environment = environment
        self.clock = clock or SystemClock()
        self.wrong = 0
        """Things that are wrong and served around, as far as they are known without a desk."""

    @cached_property
    def desk(self) -> "Desk":
        """The desk; every write is on the disk when its call returns."""
        from deskmate.desk.service import Desk

        return Desk(self.places, self.clock, environment=self.environment)

    @cached_property
    def stdin(self) -> TextIO:
        """Standard input, where bytes that are no text become a mark; that can be said before the first line only."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        return sys.stdin

    def first_start(self) -> None:
        """Write the commented settings of a home that has none; one that cannot be written is no fault of a command."""
        if self.places.settings.exists():
            return
        from deskmate.settingsfile import write_template

        try:
            write_template(self.places.settings)
        except DeskMateError:
            return  # what is to be saved will say so, in words that fit

    def close(self) -> None:
        """Close what was opened, and say beside the answer that something is wrong and served around.

        Raises:
            NotSaved: the last write failed.
        """
        wrong = self.wrong
        desk = self.__dict__.get("desk")
        if desk is not None:
            wrong = len(desk.settings_notices)
            for part in ("library", "log"):
                if part in desk.__dict__:
                    wrong += len(desk.__dict__[part].notices)
            if "log" in desk.__dict__:
                wrong += len(desk.log.damage())
            desk.close()
            for notice in desk.finished:
                self.out.note(str(notice))
        if wrong and self.args.command != "doctor":
            self.out.note(worked_around(wrong))

    def tell_of_history(self, words: str) -> None:
        """Say that words with private data in them stand in the shell's history, which nothing here can erase."""
        from deskmate.text.guard import find

        if any(finding.certain for finding in find(words)):
            self.out.note("What looks private there stays in this shell's history.")
            self.out.note("Next time leave it out, or give - and type it when asked.")

    def typed(self, value: str, question: str, *, secret: bool = False) -> str:
        """A text option: the words given, or for `-` what comes on standard input.

        Args:
            value: what was given, `-` or the text.
            question: what a terminal asks.
            secret: the text may not be given on the command line, where it would stay in the shell's history.

        Raises:
            BadUsage: a secret one was given on the command line.
        """
        if value != "-":
            if secret:
                cure = "Give - and type it when asked, or pipe it in: it then stays out of the shell's history."
                raise BadUsage("A contact is not given on the command line.", cure)
            self.tell_of_history(value)
            return value
        if self.stdin.isatty():
            self.out.ask(f"{question}: ")
            return self.stdin.readline()
        return self.stdin.read()
