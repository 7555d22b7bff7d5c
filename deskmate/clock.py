"""Time, injected: nothing else in DeskMate asks the system what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the desk."""

    def now(self) -> datetime:
        """The present moment with the desk's own UTC offset."""
        ...


class SystemClock:
    """The computer's clock, in the computer's time zone."""

    def now(self) -> datetime:
        """The present moment, aware, in local time."""
        return datetime.now(UTC).astimezone()


def left_of_minute(now: datetime) -> float:
    """Seconds until the minute changes: how long a clock without seconds stays right."""
    return 60.0 - now.second - now.microsecond / 1e6


def left_of_second(now: datetime) -> float:
    """Seconds until the second changes."""
    return 1.0 - now.microsecond / 1e6


class FixedClock:
    """A clock that stands still until it is moved; for tests and the sample week."""

    def __init__(self, at: datetime) -> None:
        if at.tzinfo is None:
            at = at.astimezone()
        self._at = at

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._at

    def set(self, at: datetime) -> None:
        """Move to a moment, forwards or back."""
        self._at = at if at.tzinfo else at.astimezone()

    def advance(self, seconds: float) -> None:
        """Move forward by some seconds (negative: back)."""
        self._at += timedelta(seconds=seconds)
