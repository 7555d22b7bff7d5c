"""Open promises as a calendar file (RFC 5545): when something is owed and which promise it is, never what or to whom.

A calendar is often shared and copied to phones, so an entry carries the promise's shown id alone; DeskMate tells the
rest. An entry keeps its UID, so that importing the file again moves it instead of doubling it. Of a promise that comes
again the next time is in it: when it moves on, the next file moves the entry.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from deskmate.model.interaction import Interaction

_FOLD: Final = 75
"""Octets in one line, its end not counted (RFC 5545, section 3.1)."""
_LASTS: Final = timedelta(minutes=15)
"""How long an entry is: a promise has no length, and an entry without one is drawn as nothing by some calendars."""
_SNOOZES: Final = 1000
"""How far a kept round counts on: a calendar takes a change only when its number is higher than the last one."""
_ALARM: Final = "-PT10M"
"""When the alarm rings: ten minutes before."""


def ics_lines(records: Iterable[Interaction], now: datetime) -> Iterator[str]:
    """A calendar of the open promises among some records; private ones stay here.

    Args:
        records: with or without a promise.
        now: when the calendar is made.
    """
    yield from map(
        _folded, ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//DeskMate//Promises//EN", "CALSCALE:GREGORIAN")
    )
    yield from map(_folded, ("METHOD:PUBLISH", f"X-WR-CALNAME:{_text('DeskMate promises')}"))
    for record in records:
        yield from map(_folded, _event(record, now))
    yield _folded("END:VCALENDAR")


def _event(record: Interaction, now: datetime) -> Iterator[str]:
    promise = record.promise
    if promise is None or promise.state != "open" or promise.private:
        return
    name = _text(f"DeskMate promise {record.ref}")
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(record.id)}@deskmate.invalid"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"SEQUENCE:{len(promise.rounds) * _SNOOZES + min(len(promise.snoozed_from), _SNOOZES - 1)}"
    yield f"DTSTART:{_utc(promise.due)}"
    yield f"DTEND:{_utc(promise.due + _LASTS)}"
    yield f"SUMMARY:{name}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"TRIGGER:{_ALARM}", f"DESCRIPTION:{name}", "END:VALARM")
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(value: str) -> str:
    """A value of type TEXT (RFC 5545, section 3.3.11)."""
    return re.sub(r"([\\;,])", r"\\\1", value).replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line with its end, folded so that no part is longer than 75 octets and no character is cut."""
    parts, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _FOLD:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += octets
    return "\r\n".join(parts) + "\r\n"
