"""What a command prints: plain text without control characters, one JSON value, or a fault in two lines."""

import io
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any, Final, TextIO

from deskmate.text.clean import clean

BOLD: Final = "1"
FAINT: Final = "2"
ALARM: Final = "1;31"
"""Bold as well as red: colour never says something alone."""


class Output:
    """The two streams of a command. All text passes `clean`: a note cannot move the cursor or change the title.

    Args:
        out: standard output.
        err: standard error: faults, notes and prompts, so that standard output holds nothing but the answer.
        colour: whether `out` may be styled.
    """

    def __init__(self, out: TextIO, err: TextIO, *, colour: bool) -> None:
        self._out = out
        self._err = err
        self._colour = colour

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads standard output."""
        return self._out.isatty()

    @property
    def is_ascii(self) -> bool:
        """Whether standard output cannot show the characters that charts are drawn with."""
        try:
            "█·".encode(self._out.encoding or "utf-8")
        except (LookupError, UnicodeEncodeError):
            return True
        return False

    def styled(self, text: str, style: str) -> str:
        """One line of text in a style where colours are wanted; plain elsewhere."""
        plain = _flat(text)
        return f"\x1b[{style}m{plain}\x1b[0m" if self._colour and style and plain else plain

    def line(self, *parts: str | tuple[str, str]) -> None:
        """Print one line.

        Args:
            parts: texts, or (text, style) pairs, printed one after the other without a space between them.
        """
        texts = (_flat(part) if isinstance(part, str) else self.styled(*part) for part in parts)
        self._out.write("".join(texts).rstrip() + "\n")

    def text(self, text: str) -> None:
        """Print text of several lines."""
        cleaned = clean(text)
        self._out.write(cleaned if cleaned.endswith("\n") else cleaned + "\n")

    def json(self, value: Any) -> None:
        """Print one JSON value. It is ASCII, so that no terminal acts on a character and no encoding refuses one."""
        self._out.write(json.dumps(value, ensure_ascii=True, indent=2 if self.is_terminal else None) + "\n")

    def raw(self, chunks: Iterable[str]) -> None:
        """Print lines for another program byte for byte; on a terminal they are cleaned like anything else."""
        if isinstance(self._out, io.TextIOWrapper) and not self.is_terminal:
            self._out.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        for chunk in chunks:
            self._out.write(clean(chunk) if self.is_terminal else chunk)

    def note(self, text: str) -> None:
        """Say something beside the answer."""
        self._err.write(_flat(text) + "\n")

    def ask(self, text: str) -> None:
        """Ask for what is typed next; the cursor stays behind the words."""
        self._out.flush()
        self._err.write(_flat(text))
        self._err.flush()

    def fault(self, what: str, cure: str) -> None:
        """Say what happened and what to do, on a line each."""
        self._flush_quietly()
        self._err.write("".join(f"{_flat(line).strip()}\n" for line in (what, cure) if line.strip()))

    def flush(self) -> None:
        """Hand everything to the system."""
        self._out.flush()
        self._err.flush()

    def _flush_quietly(self) -> None:
        """Let what was printed before stand before the fault."""
        try:
            self._out.flush()
        except OSError:  # the fault is what matters now
            return


def worked_around(wrong: int) -> str:
    """The sentence beside an answer when something is wrong and was served around."""
    things = "One thing is wrong and was" if wrong == 1 else f"{wrong} things are wrong and were"
    return f"{things} worked around. See: deskmate doctor"


def make_output(environment: Mapping[str, str], *, no_color: bool) -> Output:
    """The process's own streams.

    Args:
        environment: `NO_COLOR` (https://no-color.org) and `TERM=dumb` turn colours off.
        no_color: the `--no-color` option.
    """
    # A stream that the shell closed is None.
    out, err = (stream or io.StringIO() for stream in (sys.stdout, sys.stderr))
    for stream in (out, err):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    wanted = not (no_color or environment.get("NO_COLOR") or environment.get("TERM") == "dumb")
    return Output(out, err, colour=wanted and out.isatty())


def _flat(text: str) -> str:
    """One line of clean text; blanks stay as they are, for what stands in columns."""
    return clean(text).replace("\n", " ").replace("\t", " ")
