"""One line on standard error that says how far a long piece of work is; short work says nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final, TextIO

_AFTER: Final = 0.5
"""Seconds before the first line."""
_EVERY: Final = 0.1
"""Seconds between two lines."""
_WIPE: Final = "\r\x1b[K"


class Progress:
    """A line that is written over itself; only a terminal gets it, because a file would keep every one.

    Args:
        stream: where it is written.
        seconds: the time, for a test.
        what: what is counted.
    """

    def __init__(self, stream: TextIO, seconds: Callable[[], float] = monotonic, what: str = "rows") -> None:
        self._stream = stream
        self._what = what
        self._seconds = seconds
        self._verb = ""
        self._next = 0.0
        self._shown = False

    @contextmanager
    def saying(self, verb: str) -> Iterator[None]:
        """Say one piece of work while it lasts: `12,000 of about 100,000 rows read`; the line is wiped at its end."""
        self._verb = verb
        self._next = self._seconds() + _AFTER
        try:
            yield
        finally:
            if self._shown:
                self._stream.write(_WIPE)
                self._stream.flush()
                self._shown = False

    def __call__(self, done: int, of: int = 0) -> None:
        """Tell how many are done, of about how many; 0: nobody knows."""
        now = self._seconds()
        if now < self._next or not self._stream.isatty():
            return
        self._next = now + _EVERY
        self._shown = True
        whole = f" of about {of:,}" if of else ""
        self._stream.write(f"{_WIPE}{done:,}{whole} {self._what} {self._verb}")
        self._stream.flush()
