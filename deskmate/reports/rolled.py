"""What a day came to, in a form that can be kept and added up: the summary of a year is made from its days.

Reading the 100,000 records of a year takes seconds, adding up its days a few hundredths. Everything a summary tells is
in here but the open promises, which are asked for anew each time, since what is open changes.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final
from zlib import crc32

from deskmate.model.interaction import Interaction
from deskmate.reports.counting import RULES, Rule
from deskmate.reports.coverage import Slot
from deskmate.reports.promises import Closed, closed_promise
from deskmate.reports.standards import Held
from deskmate.reports.tallies import Counts, count

_VERSION: Final = 3
"""Raise it when the same record is counted differently; new fields and rules are noticed without it."""

Plain = dict[str, Any]
"""A day as JSON values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """Records counted up."""

    counted: Counts
    """Contacts logged live, late or as a tally."""
    estimated: Counts
    logged: frozenset[Slot]
    """The hours that hold a record; of a sensitive one only the day is told."""
    closed: tuple[Closed, ...]
    """The promises that are not open any more."""
    held: tuple[Held, ...] = ()
    """Callers who were on hold."""


def roll_up(records: Sequence[Interaction], rules: Sequence[Rule] = tuple(RULES.values())) -> Rolled:
    """Count records."""
    return Rolled(
        counted=count((record for record in records if record.entry != "estimate"), rules),
        estimated=count((record for record in records if record.entry == "estimate"), rules),
        logged=frozenset((record.day, record.asked_at.hour) for record in records if not record.sensitive),
        # a record given twice counts once, as it was given last
        closed=tuple(filter(None, {record.id: closed_promise(record) for record in records}.values())),
        held=tuple(
            (record.ref, record.hold_seconds)
            for record in records
            if record.hold_seconds > 0 and record.count == 1 and record.entry != "estimate" and not record.sensitive
        ),
    )


def mark() -> str:
    """How days are counted by this DeskMate: what was kept under another mark is of no use."""
    how = [_VERSION, [part.name for part in fields(Counts)], [[rule.name, rule.text] for rule in RULES.values()]]
    return f"{crc32(json.dumps(how).encode()):08x}"


def plain_day(records: Sequence[Interaction]) -> Plain:
    """One day's records, rolled up, as JSON values."""
    rolled = roll_up(records)
    return {
        "counted": _plain(rolled.counted),
        "estimated": _plain(rolled.estimated),
        "hours": sorted(hour for _, hour in rolled.logged),
        "closed": [list(each) for each in rolled.closed],
        "held": [list(each) for each in rolled.held],
        "open": [record.id for record in records if record.promise is not None and record.promise.state == "open"],
    }


def add_up(days: Iterable[tuple[date, Plain]]) -> Rolled:
    """The sum of days, each as `plain_day` gave it."""
    counted, estimated = _Sum(), _Sum()
    logged: set[Slot] = set()
    closed: list[Closed] = []
    held: list[Held] = []
    for day, plain in days:
        counted.add(plain["counted"])
        estimated.add(plain["estimated"])
        logged.update((day, hour) for hour in plain["hours"])
        closed += closed_of(plain)
        held += map(tuple, plain["held"])
    return Rolled(
        counted=counted.counts(),
        estimated=estimated.counts(),
        logged=frozenset(logged),
        closed=tuple(closed),
        held=tuple(held),
    )


def closed_of(day: Plain) -> list[Closed]:
    """The closed promises of a day that was rolled up."""
    return list(map(tuple, day["closed"]))


class _Sum:
    """Running totals. Keys stay text until the end: most of them are met once a day."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._tables: dict[str, dict[str, int]] = {}

    def add(self, plain: Plain) -> None:
        for name, value in plain.items():
            if isinstance(value, int):
                self._numbers[name] = self._numbers.get(name, 0) + value
                continue
            table = self._tables.setdefault(name, {})
            for key, number in value.items():
                table[key] = table.get(key, 0) + number

    def counts(self) -> Counts:
        parts: dict[str, Any] = dict(self._numbers)
        for name, table in self._tables.items():
            read = _KEYS.get(name, str)
            parts[name] = {read(key): number for key, number in table.items()}
        return Counts(**parts)


def _plain(counts: Counts) -> Plain:
    """The fields that say anything; keys as text."""
    values = {part.name: getattr(counts, part.name) for part in fields(counts)}
    return {name: _table(value) if isinstance(value, Mapping) else value for name, value in values.items() if value}


def _table(table: Mapping[Any, int]) -> dict[str, int]:
    return {",".join(map(str, key)) if isinstance(key, tuple) else str(key): table[key] for key in table}


def _weekday_and_hour(key: str) -> tuple[int, int]:
    weekday, _, hour = key.partition(",")
    return int(weekday), int(hour)


def _strain_hour_and_place(key: str) -> tuple[str, int, str]:
    strain, hour, place = key.split(",", 2)
    return strain, int(hour), place


_KEYS: Final[Mapping[str, Callable[[str], Any]]] = {
    "week": _weekday_and_hour,
    "tension": _strain_hour_and_place,
    "reads": int,
    "lengths": int,
    "holds": int,
}
"""How the keys of a table are read back; those of the others are text."""
