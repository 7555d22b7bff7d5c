"""The program in a window of tmux: what is on it is asked of tmux, keys and the mouse are sent by it."""

import os
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.terminal.real_terminal import PATIENCE, Terminal

LOOK: Final = 0.01
"""Seconds between two looks at the window: each costs about as much itself."""
NAME: Final = "desk"


class Tmux(Terminal):
    """A terminal that is tmux itself, on a server of its own."""

    def __init__(self, home: Path, *, columns: int = 80, rows: int = 24, arguments: tuple[str, ...] = ()) -> None:
        found = shutil.which("tmux")
        if found is None:
            raise SystemExit("tmux is not here. Install it, or leave --tmux out.")
        self._server = (found, "-L", f"deskmate-shift-{time.monotonic_ns()}", "-f", os.devnull)
        state = f"DESKMATE_STATE={home.parent / 'state'}"
        words = (
            "env",
            f"DESKMATE_HOME={home}",
            state,
            "TEXTUAL_ANIMATIONS=none",
            sys.executable,
            "-P",
            "-m",
            "deskmate",
        )
        self._ended = home.parent / "ended"
        self._ended.unlink(missing_ok=True)
        # tmux 3.3 does not always tell how a program ended, so the shell writes it down; the window stays to be read.
        written = f"{shlex.join((*words, *arguments))}; echo $? > {shlex.quote(str(self._ended))}; sleep 86400"
        self._ask("new-session", "-d", "-s", NAME, "-x", str(columns), "-y", str(rows), written)
        self.told_to_window: set[int] = set()
        self.pid = 1

    def _ask(self, *words: str) -> str:
        """Tell tmux something; what it answers."""
        done = subprocess.run((*self._server, *words), capture_output=True, text=True, check=True)
        return done.stdout

    @property
    def text(self) -> str:
        """What a person reads in the window."""
        return "\n".join(line.rstrip() for line in self._ask("capture-pane", "-p", "-t", NAME).splitlines())

    def keys(self, typed: str) -> None:
        """Type; a click is typed as well, as terminals tell a program of it."""
        self._ask("send-keys", "-t", NAME, "-H", *(f"{byte:x}" for byte in typed.encode()))

    def _read_until(self, holds: Callable[[str], bool], wanted: str) -> str:
        deadline = time.monotonic() + PATIENCE
        while not holds(text := self.text):
            if time.monotonic() > deadline:
                raise AssertionError(f"waited for {wanted} in:\n{text}")
            time.sleep(LOOK)
        return text

    def pause(self, seconds: float = 0.12) -> str:
        """Look until nothing has changed for a moment."""
        text, since = self.text, time.monotonic()
        while time.monotonic() - since < seconds:
            time.sleep(LOOK)
            if (now := self.text) != text:
                text, since = now, time.monotonic()
        return text

    def kill(self) -> None:
        """End the program and its window."""
        if self.pid:
            self._ask("kill-server")
            self.pid = 0

    def wait_for_end(self) -> int:
        """Wait until the program has ended by itself; its exit code."""
        deadline = time.monotonic() + PATIENCE
        while not (self._ended.is_file() and (code := self._ended.read_text(encoding="utf-8").strip())):
            if time.monotonic() > deadline:
                raise AssertionError(f"the program goes on:\n{self.text}")
            time.sleep(LOOK)
        self.kill()
        return int(code)
