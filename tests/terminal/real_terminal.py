"""A real terminal: the program runs in a pty, and what it paints is read back from a terminal in memory."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 120.0
"""Seconds after which a text that did not appear is a failure; a passing test never waits so long."""

_WINDOW = re.compile(rb"\x1b\]([0-9]+)[;\x07]")
"""What a program tells the window about itself, not its screen: 0 and 2 are its title, 9, 99 and 777 notifications."""


class Terminal:
    """The program on a terminal of a certain size."""

    def __init__(self, home: Path, *, columns: int = 80, rows: int = 24, arguments: tuple[str, ...] = ()) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.told_to_window: set[int] = set()
        """Numbers of what was told to the window around the screen, which others see on a task bar or a phone."""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            environment = {
                **{name: value for name, value in os.environ.items() if not name.startswith("DESKMATE_")},
                "TERM": "xterm-256color",
                "DESKMATE_HOME": str(home),
                "DESKMATE_STATE": str(home.parent / "state"),
                "TEXTUAL_ANIMATIONS": "none",
            }
            os.execve(sys.executable, [sys.executable, "-P", "-m", "deskmate", *arguments], environment)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """What a person reads on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def keys(self, typed: str) -> None:
        """Type."""
        os.write(self._fd, typed.encode())

    def wait_for(self, words: str, *, gone: bool = False) -> str:
        """Read until the screen shows some words (or shows them no longer).

        Raises:
            AssertionError: they did not appear; with what is on the screen.
        """
        return self._read_until(
            lambda text: (words in text) is not gone, f"{words!r} {'to go' if gone else 'to appear'}"
        )

    def wait_for_one(self, *words: str) -> str:
        """Read until the screen shows one of several words.

        Raises:
            AssertionError: none appeared; with what is on the screen.
        """
        return self._read_until(lambda text: any(word in text for word in words), f"one of {words}")

    def _read_until(self, holds: Callable[[str], bool], wanted: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while not holds(self.text):
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self._fd], [], [], max(left, 0))
            if not ready:
                raise AssertionError(f"waited for {wanted} in:\n{self.text}")
            try:
                self._read()
            except OSError as error:
                raise AssertionError(f"the program ended; waited for {wanted} in:\n{self.text}") from error
        return self.text

    def _read(self) -> None:
        data = os.read(self._fd, 65536)
        self.told_to_window.update(map(int, _WINDOW.findall(data)))
        self._stream.feed(data)

    def pause(self, seconds: float = 0.12) -> str:
        """Read until nothing has been painted for a moment and the program has nothing left to do.

        A person waits so before reading. On a busy machine a program that waits for the processor paints nothing for
        longer than any moment.
        """
        while self.read_for(seconds) or is_busy(self.pid):
            pass
        return self.text

    def read_for(self, seconds: float) -> bool:
        """Wait for something to be painted, at most some seconds, and read it; False when nothing was."""
        if not select.select([self._fd], [], [], max(seconds, 0))[0]:
            return False
        try:
            self._read()
        except OSError:
            return False
        return True

    def click(self, words: str, *, button: int = 0, row: int | None = None) -> None:
        """Press and let go a button of the mouse (0 left, 2 right, 65 the wheel down) on some words.

        Args:
            words: what to point at; the last place of it on the screen.
            button: as terminals number them.
            row: the line to look in, counted from 0; any line when None.

        Raises:
            AssertionError: the words are not on the screen.
        """
        rows = self.text.splitlines()
        found = [y for y, line in enumerate(rows) if words in line and (row is None or row == y)]
        if not found:
            raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")
        place = f"{button};{rows[found[-1]].index(words) + 2};{found[-1] + 1}"
        self.keys(f"\x1b[<{place}M" + ("" if button >= 64 else f"\x1b[<{place}m"))

    def kill(self) -> None:
        """End the program at once, as a power cut would."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            os.close(self._fd)
            self.pid = 0

    def wait_for_end(self) -> int:
        """Read until the program has ended by itself; its exit code."""
        while True:
            try:
                if not os.read(self._fd, 65536):
                    break
            except OSError:
                break
        _, status = os.waitpid(self.pid, 0)
        os.close(self._fd)
        self.pid = 0
        return os.waitstatus_to_exitcode(status)


def is_busy(pid: int) -> bool:
    """Whether a thread of a program runs, or waits for the processor or the disk; False where the system tells nothing.

    The state stands behind the name, which may hold anything: proc_pid_stat(5).
    """
    try:
        told = [path.read_text(encoding="utf-8", errors="replace") for path in Path(f"/proc/{pid}/task").glob("*/stat")]
    except OSError:  # a thread ended meanwhile
        return True
    return any(each.rpartition(")")[2].split()[0] in ("R", "D") for each in told)
