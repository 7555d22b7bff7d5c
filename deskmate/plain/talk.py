"""Lines in and lines out: what a screen reader, a serial line or a pipe can carry. Nothing moves the cursor."""

import io
from collections.abc import Iterator
from typing import Final, Protocol, TextIO

from deskmate.text.clean import cells, clean, one_line

LONGEST: Final = 4000
"""Characters of one typed line that are looked at; a note is far shorter."""
WIDTH: Final = 80
"""Cells of a line that is said: what a serial line and most terminals show without breaking a word."""


class Source(Protocol):
    """Where typed lines come from: a terminal, a serial line, a pipe."""

    def readline(self) -> str:
        """The next line with its end; empty when there is no more."""
        ...

    def isatty(self) -> bool:
        """Whether what is typed is seen there already."""
        ...


class GoneError(Exception):
    """Nobody types any more: the line was closed, or the pipe is at its end."""


class ElsewhereError(Exception):
    """Somebody else is in front now: what was asked meanwhile is dropped, and the main loop goes on."""


class Talk:
    """A conversation by lines. All text passes `clean`: what somebody typed cannot act on the terminal.

    Args:
        source: where typed lines come from.
        out: where lines are said; prompts too, so that a transcript holds both.
    """

    def __init__(self, source: Source, out: TextIO) -> None:
        if isinstance(source, io.TextIOWrapper):
            source.reconfigure(errors="replace")
        self._source = source
        self._out = out
        self._echoed = source.isatty()

    def say(self, *lines: str) -> None:
        """Say some lines; one with breaks in it is several, an empty one is said as an empty line."""
        for line in lines:
            for part in clean(line).split("\n") or [""]:
                for piece in folded(part.replace("\t", " ").rstrip()):
                    self._out.write(piece + "\n")
        self._out.flush()

    def ask(self, question: str) -> str:
        """Ask for a line; the cursor stays behind the question.

        Raises:
            GoneError: there is no more line to come.
        """
        self._out.write("\n".join(folded(f"{one_line(question)} >")) + " ")
        self._out.flush()
        typed = self._source.readline()
        if not self._echoed or not typed.endswith("\n"):
            self._out.write("\n")  # a terminal has shown the Enter; a pipe has not
        if not typed:
            raise GoneError
        return one_line(typed, LONGEST)


def folded(line: str) -> Iterator[str]:
    """A line as lines that fit, broken between words; what goes on stands two spaces in."""
    lead = len(line) - len(line.lstrip(" "))
    rest = line if lead < WIDTH // 2 else line.lstrip(" ")
    while cells(rest) > WIDTH:
        end = _fitting(rest)
        yield rest[:end].rstrip()
        rest = "  " + rest[end:].lstrip()
    yield rest


def _fitting(line: str) -> int:
    """How many characters of a line fit, up to the last space among them; a word wider than a line is broken."""
    used, end = 0, len(line)
    for place, character in enumerate(line):
        used += cells(character)
        if used > WIDTH:
            end = place
            break
    lead = len(line) - len(line.lstrip(" "))
    space = line.rfind(" ", lead, end + 1)
    return space if space > lead else max(end, lead + 1)
