"""The tally grid: two letters, a number and a time, as in `=pa x7 20m ago`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
_LETTER: Final = r"\s*((?!x\s*\d)[a-z])?"
_SHAPE: Final = rf"^=?{_LETTER}{_LETTER}(?:\s*([x~])?\s*(\d{{1,3}}))?(?:\s+(.+?))?\s*$"
_DIGITS: Final = 3
"""Digits of the largest tally."""
_OF_NOTHING: Final = ("A tally of nothing is none.", "Give a number from 1 to 999, or 0 alone: nobody came.")


@dataclass(frozen=True, slots=True)
class Tally:
    """What a tally means so far; empty fields are still to be typed."""

    channel: str
    kind: str
    count: int
    at: datetime | None
    said: str
    """The tally in words, for the echo under it."""
    about: bool = False
    """Nobody counted: it is an estimate."""

    @property
    def whole(self) -> bool:
        """True when it can be logged."""
        return bool(self.channel and self.kind) or self.nobody

    @property
    def nobody(self) -> bool:
        """True when it says that nobody came."""
        return not self.count


def parse(line: str, now: datetime, again: tuple[str, str] = ("", "")) -> Tally:
    """Read a tally line, whole or half typed.

    Args:
        line: what stands in the look-up line, with or without its `=`: letters, then `x7` (counted) or `~7` (about
            seven, an estimate) and a time. `0` and a time say that nobody came.
        now: the desk's time, for `20m ago`.
        again: the channel and the kind that a line without letters means: those of the last tally.

    Raises:
        BadUsage: a letter is none of the grid, or the time is not understood.
    """
    match = re.match(_SHAPE, line.lower())
    if match is None:
        raise BadUsage("A tally is two letters, then a number and a time.", "For example: =pa x7 20m ago.")
    first, second, sign, number, when = match.groups()
    channel = _letter(first, CHANNEL_KEYS, "channel")
    kind = _letter(second, KIND_KEYS, "kind")
    count = int(number) if number else 1
    if not count and (first or second):
        raise BadUsage(*_OF_NOTHING)
    if not first and count:
        channel, kind = again
    return told(channel, kind, count, ago(when, now) if when else None, now, about=sign == "~")


def told(channel: str, kind: str, count: int, at: datetime | None, now: datetime, *, about: bool = False) -> Tally:
    """A tally with its words: `phone · account · x7 · at 14:00`."""
    words = [channel or "channel?", kind or "kind?", f"about {count}" if about else f"x{count}"] if count else []
    words += [] if count else ["nobody came"]
    if at is not None:
        words.append(f"at {at:%H:%M}" if at.date() == now.date() else f"on {at:%a %d %b %H:%M}")
    return Tally(channel, kind, count, at, " · ".join(words), about=about)


@dataclass(frozen=True, slots=True)
class Pad:
    """What was pressed on the tally pad so far: a number if any, a channel if any. Two letters count."""

    number: str = ""
    about: bool = False
    channel: str = ""

    @property
    def said(self) -> str:
        """What stands so far, in words; empty when nothing does."""
        number = f"{'about ' if self.about else ''}{self.number}" if self.number else "about ..." if self.about else ""
        return " · ".join(filter(None, (number, self.channel)))

    def press(self, key: str, at: datetime | None, now: datetime) -> "Pad | Tally":
        """Press one key: a digit, `~`, a letter, or an empty text that takes the last one back.

        Args:
            key: the character.
            at: the time that is given to what is counted; None: now.
            now: the desk's time.

        Returns:
            The pad as it stands then, or the tally when it is whole.

        Raises:
            BadUsage: the letter is none of the grid, or a number of 0 stands before it.
        """
        if not key:
            return replace(self, channel="") if self.channel else replace(self, number=self.number[:-1], about=False)
        if key == "~":
            return replace(self, about=not self.about)
        if key.isdecimal() and not self.channel:
            return replace(self, number=(self.number + key).lstrip("0")[:_DIGITS] or "0")
        if not self.channel:
            return replace(self, channel=_letter(key, CHANNEL_KEYS, "channel"))
        kind = _letter(key, KIND_KEYS, "kind")
        if self.number == "0":
            raise BadUsage(*_OF_NOTHING)
        return told(self.channel, kind, int(self.number or 1), at, now, about=self.about)


def _letter(typed: str | None, keys: Mapping[str, str], name: str) -> str:
    if not typed:
        return ""
    if typed not in keys:
        known = ", ".join(f"{key} {value}" for key, value in keys.items())
        raise BadUsage(f"There is no {name} '{typed}'.", f"Choose from: {known}.")
    return keys[typed]
