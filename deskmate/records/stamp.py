"""Who was first: ids that sort by time, and revisions that never go back even when the clock does."""

import os
import re
from typing import Any, Final

from deskmate.clock import Clock

_DAY_MS: Final = 86_400_000
_COUNTER_BITS: Final = 16
_ID_COUNTER_BITS: Final = 12
_STAMP_LENGTH: Final = 16
_LATEST_STAMP: Final = 0xF000_0000_0000 << _COUNTER_BITS
"""Year 10331: no clock says so, and above it there would be no room for a higher revision."""
_REVISION: Final = re.compile(r"[0-9a-f]{16}\.[A-Za-z0-9_-]{1,64}")


class Ids:
    """Makes UUIDs of version 7 (RFC 9562, section 6.2, method 1): milliseconds, a 12-bit counter, 62 bits of chance.

    The ids of one program sort in the order they were made, within one millisecond and when the clock goes back too.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        """Milliseconds and counter of the last id."""

    def new(self) -> str:
        """A new id."""
        chance = int.from_bytes(os.urandom(10), "big")
        # The counter starts in the lower half, so that a burst in one millisecond has room.
        start = (_milliseconds(self._clock) << _ID_COUNTER_BITS) | (chance >> 69)
        same = start >> _ID_COUNTER_BITS <= self._last >> _ID_COUNTER_BITS
        self._last = self._last + 1 if same else start
        milliseconds, counter = self._last >> _ID_COUNTER_BITS, self._last & 0xFFF
        value = (milliseconds << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | (chance & ((1 << 62) - 1))
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def id_milliseconds(record_id: str) -> int | None:
    """When an id of ours was made, in milliseconds since 1970; None for an id that is no UUID of version 7."""
    digits = record_id.replace("-", "")
    if len(digits) != 32 or digits[12] != "7":
        return None
    try:
        return int(digits[:12], 16)
    except ValueError:
        return None


def is_revision(value: Any) -> bool:
    """Whether a value read from a file is a revision that could have been written."""
    return isinstance(value, str) and _REVISION.fullmatch(value) is not None and stamp_of(value) <= _LATEST_STAMP


def stamp_of(revision: str) -> int:
    """The time part of a revision: milliseconds and a 16-bit counter in one number."""
    return int(revision[:_STAMP_LENGTH], 16)


def revision_milliseconds(revision: str) -> int:
    """The time part of a revision in milliseconds since 1970."""
    return stamp_of(revision) >> _COUNTER_BITS


class Revisions:
    """A hybrid logical clock: the wall clock when it goes forward, a counter when it does not.

    A revision is written `<16 hex digits>.<writer>` and compares as text. Revisions of other desks move this clock too,
    at most one day ahead of the wall clock: one desk with a wrong year must not drag all others along.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0
        self._ahead: set[int] = set()
        """Stamps that we gave beyond the day, to beat what was from the future: none of them is given again."""
        self._furthest = 0
        """The highest of them."""

    def see(self, revision: str) -> None:
        """Take note of a revision that was read: the next one will be higher."""
        self._last = max(self._last, min(stamp_of(revision), self._limit()))

    def next(self, writer: str, above: str = "") -> str:
        """A revision higher than every one given or seen before.

        Args:
            writer: the writer's name.
            above: the highest revision of what is being changed; the answer beats it even when it is from the future.
        """
        stamp = max(_milliseconds(self._clock) << _COUNTER_BITS, self._last + 1)
        if stamp in self._ahead:  # the clock has come to where it was wrong before
            stamp = self._furthest + 1
        self._last = stamp
        if above and stamp_of(above) >= stamp:
            stamp = max(stamp_of(above), self._furthest) + 1
            self._last = max(self._last, min(stamp, self._limit()))
            if stamp > self._last:
                self._ahead.add(stamp)
                self._furthest = stamp
        return f"{stamp:016x}.{writer}"

    def _limit(self) -> int:
        return (_milliseconds(self._clock) + _DAY_MS) << _COUNTER_BITS


def _milliseconds(clock: Clock) -> int:
    return max(0, int(clock.now().timestamp() * 1000))
