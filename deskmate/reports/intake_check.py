"""What a record from outside must be before it is taken in, and an id for one that brings none."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, READ_LEVELS, STRAINS, Interaction
from deskmate.model.promise import STATES, Promise
from deskmate.reports.intake_cells import MOST_COUNTED
from deskmate.text.clean import clean
from deskmate.text.suggest import sentence

Problem = tuple[str, str, str]
"""A field's name, what is wrong with it, and the cure."""
LISTS: Final = ("offered", "ticks", "tags", "path", "times")
_TEXTS: Final = tuple(name for name, part in Interaction.__dataclass_fields__.items() if part.type in (str, "str"))
_PROMISE_TEXTS: Final = tuple(name for name, part in Promise.__dataclass_fields__.items() if part.type in (str, "str"))
_FLAGS: Final = ("uncertain", "taught", "source_used", "incident", "sensitive")
CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": CHANNELS,
    "kind": KINDS,
    "strain": STRAINS,
    "outcome": OUTCOMES,
    "entry": ENTRIES,
}
"""The fields with a list of values."""
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}")
_EARLIEST: Final = date(1970, 1, 1)
_AHEAD: Final = timedelta(days=1)
"""How far ahead of this computer's clock a record may be: another desk's clock differs, a year typed wrong is more."""
_MEND: Final = "Mend it in the file."


def shape_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """What is no list where a list is wanted, before a record is made of a document."""
    for name in LISTS:
        if not isinstance(document.get(name, []), list):
            yield name, "This is no list.", _MEND
    promise = document.get("promise")
    if promise is not None and not isinstance(promise, dict):
        yield "promise", "This is no promise but a single value.", _MEND
    elif promise and not isinstance(promise.get("snoozed_from", []), list):
        yield "promise", '"snoozed_from" is no list.', _MEND


def problems(record: Interaction, now: datetime) -> Iterator[Problem]:
    """Everything that is wrong with a record from outside."""
    if not isinstance(record.id, str) or not _ID.fullmatch(record.id):
        yield "id", "This is no id.", "Use letters, digits, dots and dashes, 64 at most."
    for name in _TEXTS:
        if not isinstance(getattr(record, name), str):
            yield name, "This is no text.", "Put it in quotes."
    for name in _FLAGS:
        if not isinstance(getattr(record, name), bool):
            yield name, "This is neither true nor false.", _MEND
    yield from _choices(record)
    yield from _numbers(record)
    yield from moment_problems(record, now)
    for name in ("offered", "ticks", "tags"):
        if not all(isinstance(each, str) for each in getattr(record, name)):
            yield name, "A value in this list is no text.", _MEND
    if record.promise is not None:
        yield from _promise(record.promise)


def cleaned(record: Interaction) -> Interaction:
    """The record with every text clean, and without a contact: whom it named is not in this log."""
    changes: dict[str, Any] = {
        name: clean(value) for name in _TEXTS if (value := getattr(record, name)) and not _is_clean(value)
    }
    for name in ("offered", "ticks", "tags"):
        if getattr(record, name):
            changes[name] = tuple(map(clean, getattr(record, name)))
    for name in ("path", "times"):
        if getattr(record, name):
            changes[name] = tuple((clean(one), clean(two)) for one, two in getattr(record, name))
    if record.extra:
        changes["extra"] = _clean_value(record.extra)
    promise = record.promise
    if promise is not None:
        texts: dict[str, Any] = {name: clean(getattr(promise, name)) for name in _PROMISE_TEXTS}
        changes["promise"] = promise.with_(**{**texts, "contact": "", "extra": _clean_value(promise.extra)})
    return replace(record, **changes) if changes else record


def no_such(name: str, value: object) -> tuple[str, str]:
    """What is wrong with a value that is not in its field's list, and the cure."""
    options = CHOICES[name]
    return f'There is no {name} "{value}".', sentence(str(value), options) or f"Use {', '.join(options)}."


def made_id(asked_at: datetime, *parts: str) -> str:
    """An id that the same parts always give: a UUID of version 7 whose time is when the patron asked.

    Args:
        asked_at: aware.
        parts: what tells this record from every other: its source, what it says, which of several equal ones it is.
    """
    digest = sha256("\x1f".join(parts).encode("utf-8", "backslashreplace")).digest()
    chance = int.from_bytes(digest[:10], "big")
    milliseconds = max(0, int(asked_at.astimezone(UTC).timestamp() * 1000))
    value = (
        (milliseconds << 80) | (0x7 << 76) | ((chance >> 62 & 0xFFF) << 64) | (0b10 << 62) | (chance & ((1 << 62) - 1))
    )
    text = f"{value:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _choices(record: Interaction) -> Iterator[Problem]:
    for name, options in CHOICES.items():
        value = getattr(record, name)
        if value not in options:
            yield name, *no_such(name, value)
    if record.read is not None and (record.read not in READ_LEVELS or isinstance(record.read, bool)):
        yield "read", f'There is no READ level "{record.read}".', "Use 1 to 6, or leave it out."


def _numbers(record: Interaction) -> Iterator[Problem]:
    least = 0 if record.entry == "tally" else 1  # a tally of none says that nobody came
    if type(record.count) is not int or not least <= record.count <= MOST_COUNTED:
        yield "count", "This is no count.", f"Give a whole number from 1 to {MOST_COUNTED}."
    for name in ("seconds", "hold_seconds"):
        value = getattr(record, name)
        if (value is not None or name == "hold_seconds") and (type(value) is not int or value < 0):
            yield name, "This is no whole number of seconds.", _MEND


def moment_problems(record: Interaction, now: datetime) -> Iterator[Problem]:
    """What is wrong with a record's times: no offset, before 1970, or not come yet."""
    for name in ("asked_at", "added_at", "ended_at"):
        moment = getattr(record, name)
        told = name == "added_at" and moment == record.asked_at  # it was not given, so it is the same
        if moment is not None and moment.tzinfo is None and not told:
            yield name, "This time has no UTC offset.", "Write it like 2026-11-22T10:00:00-05:00."
    if record.asked_at.tzinfo is None:
        return
    if record.day < _EARLIEST:
        yield "asked_at", f"{record.day} is before 1970.", "Mend the year."
    elif record.asked_at > now + _AHEAD:
        yield "asked_at", f"{record.day} has not come yet.", "Mend the date, or this computer's clock."


def _promise(promise: Promise) -> Iterator[Problem]:
    for name in _PROMISE_TEXTS:
        if not isinstance(getattr(promise, name), str):
            yield "promise", f'"{name}" is no text.', "Put it in quotes."
    if promise.state not in STATES:
        yield "promise", f'There is no state "{promise.state}".', f"Use {', '.join(STATES)}."
    if promise.kept not in (None, True, False) or not isinstance(promise.private, bool):
        yield "promise", '"kept" and "private" are true or false.', _MEND
    moments = (promise.due, promise.made_at, promise.waiting_since, promise.handed_at, promise.accepted_at)
    if any(moment is not None and moment.tzinfo is None for moment in (*moments, promise.closed_at)):
        yield "promise", "A time has no UTC offset.", "Write it like 2026-11-22T10:00:00-05:00."
    try:
        if any(datetime.fromisoformat(each).tzinfo is None for each in promise.snoozed_from):
            yield "promise", "A time has no UTC offset.", "Write it like 2026-11-22T10:00:00-05:00."
    except (ValueError, TypeError):
        yield "promise", '"snoozed_from" holds something that is no time.', _MEND


def _is_clean(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _clean_value(value: Any) -> Any:
    """A JSON value with every text in it clean."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {clean(str(key)): _clean_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_clean_value(inner) for inner in value]
    return value
