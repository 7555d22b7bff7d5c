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
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 20.0
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
        deadline = time.monotonic() + PATIENCE
        while (words in self.text) is gone:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self._fd], [], [], max(left, 0))
            if not ready:
                raise AssertionError(f"{words!r} {'stayed' if gone else 'did not appear'} in:\n{self.text}")
            try:
                data = os.read(self._fd, 65536)
            except OSError as error:
                raise AssertionError(f"the program ended before {words!r}:\n{self.text}") from error
            self.told_to_window.update(map(int, _WINDOW.findall(data)))
            self._stream.feed(data)
        return self.text

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
