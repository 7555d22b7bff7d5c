"""The tally grid: two letters, a number and a time, as in `=pa x7 20m ago`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from deskmate.faults import BadUsage
from deskmate.text.due import ago

CHANNEL_KEYS: Final[Mapping[str, str]] = {
    "i": "in-person",
    "p": "phone",
    "c": "chat",
    "e": "email",
    "s": "sms",
    "v": "video",
    "n": "social",
    "m": "mail",
    "o": "other",
}
KIND_KEYS: Final[Mapping[str, str]] = {
    "d": "directional",
    "p": "policy",
    "k": "known-item",
    "r": "reference",
    "b": "readers-advisory",
    "t": "device",
    "a": "account",
    "m": "accommodation",
    "c": "conduct",
    "o": "other",
}
_SHAPE: Final = r"^=?\s*([a-z])?\s*([a-z])?(?:\s*x?\s*(\d{1,3}))?(?:\s+(.+?))?\s*$"


@dataclass(frozen=True, slots=True)
class Tally:
    """What a tally line means so far; empty fields are still to be typed."""

    channel: str
    kind: str
    count: int
    at: datetime | None
    said: str
    """The line in words, for the echo under it."""

    @property
    def whole(self) -> bool:
        """True when it can be logged."""
        return bool(self.channel and self.kind)


def parse(line: str, now: datetime) -> Tally:
    """Read a tally line, whole or half typed.

    Args:
        line: what stands in the look-up line, with or without its `=`.
        now: the desk's time, for `20m ago`.

    Raises:
        BadUsage: a letter is none of the grid, or the time is not understood.
    """
    match = re.match(_SHAPE, line.lower())
    if match is None:
        raise BadUsage("A tally is two letters, then a number and a time.", "For example: =pa x7 20m ago.")
    first, second, number, when = match.groups()
    channel = _letter(first, CHANNEL_KEYS, "channel")
    kind = _letter(second, KIND_KEYS, "kind")
    count = int(number) if number else 1
    if not count:
        raise BadUsage("A tally of nothing is none.", "Give a number from 1 to 999.")
    at = ago(when, now) if when else None
    words = [channel or "channel?", kind or "kind?", f"x{count}"]
    if at is not None:
        words.append(f"at {at:%H:%M}" if at.date() == now.date() else f"on {at:%a %d %b %H:%M}")
    return Tally(channel, kind, count, at, " · ".join(words))


def _letter(typed: str | None, keys: Mapping[str, str], name: str) -> str:
    if not typed:
        return ""
    if typed not in keys:
        known = ", ".join(f"{key} {value}" for key, value in keys.items())
        raise BadUsage(f"There is no {name} '{typed}'.", f"Choose from: {known}.")
    return keys[typed]
