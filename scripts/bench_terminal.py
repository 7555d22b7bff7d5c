"""A program on a real terminal, timed: bytes are stamped when they are read, and the screen they paint is rebuilt."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple, Self

import pyte

COLUMNS: Final = 80
ROWS: Final = 24
PATIENCE: Final = 20.0
"""Seconds after which a screen that did not come is a failure."""
QUIET: Final = 0.06
"""Seconds without a byte that end the answer to a key: more than three frames at 60 a second."""
ANSWERS: Final = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
"""What a terminal answers when it is asked whether it paints whole frames (yes) and tells its size itself (no)."""

BARE_APP: Final = """
from textual.app import App
from textual.binding import Binding
from textual.widgets import Footer, Input, OptionList


class Bare(App):
    CSS = "OptionList { height: 1fr; }"
    BINDINGS = [
        Binding("ctrl+r", "simulate_key('r')", "Ring"),
        Binding("ctrl+o", "simulate_key('o')", "Over"),
        Binding("ctrl+f", "simulate_key('f')", "Find"),
        Binding("ctrl+l", "simulate_key('l')", "Lock"),
        Binding("ctrl+n", "simulate_key('n')", "Next"),
    ]

    def compose(self):
        yield Input(placeholder="Type here")
        yield OptionList(*(f"option {number}" for number in range(40)))
        yield Footer()


Bare().run()
"""
BARE_MARKS: Final = ("Type here", "option 10", "Ring", "Next")


class Chunk(NamedTuple):
    """Bytes that came, and when."""

    at: float
    data: bytes


class Program:
    """A program in a pseudo terminal of 80 by 24."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        variables = {**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_ANIMATIONS": "none"}
        size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execve(command[0], list(command), variables)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self._fd)
            self.pid = 0

    @property
    def lines(self) -> list[str]:
        """The screen as it is read."""
        return [line.rstrip() for line in self.screen.display]

    def read(self, patience: float) -> Chunk | None:
        """The next bytes, or None when none came in time."""
        ready, _, _ = select.select([self._fd], [], [], patience)
        if not ready:
            return None
        try:
            data = os.read(self._fd, 1 << 16)
        except OSError as error:
            raise RuntimeError("the program ended:\n" + "\n".join(self.lines)) from error
        chunk = Chunk(time.perf_counter(), data)
        for question, answer in ANSWERS.items():
            if question in data:
                os.write(self._fd, answer)
        return chunk

    def paint(self, chunk: Chunk) -> None:
        """Put bytes on the screen."""
        self._stream.feed(chunk.data)

    def wait_for(self, *marks: str) -> float:
        """Milliseconds from the start until the bytes came that put the last of some texts on the screen."""
        deadline = time.perf_counter() + PATIENCE
        while (chunk := self.read(max(deadline - time.perf_counter(), 0))) is not None:
            self.paint(chunk)
            text = "\n".join(self.lines)
            if all(mark in text for mark in marks):
                return (chunk.at - self.started) * 1000
        raise RuntimeError(f"{marks} did not come:\n" + "\n".join(self.lines))

    def settle(self, quiet: float = 0.4) -> None:
        """Read until the program has been silent for some seconds (one tick of its clock is not waited for)."""
        deadline = time.perf_counter() + 5
        while time.perf_counter() < deadline and (chunk := self.read(quiet)) is not None:
            self.paint(chunk)

    def press(self, key: str, *parts: Callable[[list[str]], object]) -> list[float]:
        """Press a key and read its answer to the end.

        Args:
            key: the bytes of the key.
            parts: each takes what matters out of the screen's lines.

        Returns:
            For each part the milliseconds until it was as it stayed; 0.0 when the key did not change it.
        """
        pressed = time.perf_counter()
        os.write(self._fd, key.encode())
        chunks: list[Chunk] = []
        while (chunk := self.read(QUIET if chunks else 1.0)) is not None and len(chunks) < 50:
            chunks.append(chunk)
        seen = [[part(self.lines) for part in parts]]
        for chunk in chunks:
            self.paint(chunk)
            seen.append([part(self.lines) for part in parts])
        return [
            max(
                ((chunks[turn - 1].at - pressed) * 1000 for turn in range(1, len(seen)) if _settled(seen, turn, place)),
                default=0.0,
            )
            for place in range(len(parts))
        ]

    def memory(self) -> float | None:
        """Megabytes of real memory it holds now (Linux tells); None elsewhere."""
        status = Path(f"/proc/{self.pid}/status")
        if not status.exists():
            return None
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024


def _settled(seen: list[list[object]], turn: int, place: int) -> bool:
    """Whether a part changed in this turn: the last such turn is when it was complete."""
    return seen[turn][place] != seen[turn - 1][place]


def deskmate(*arguments: str) -> list[str]:
    """The command that starts DeskMate as `scripts/run.py` does."""
    return [sys.executable, "-P", "-m", "deskmate", *arguments]


def bare_app(folder: Path) -> list[str]:
    """The command that starts the bare Textual app, which is written into a folder."""
    path = folder / "bare.py"
    path.write_text(BARE_APP, encoding="utf-8")
    return [sys.executable, "-P", str(path)]
