"""What a day came to, in a form that can be kept and added up: the summary of a year is made from its days.

Reading the 100,000 records of a year takes seconds, adding up its days a few hundredths. Everything a summary tells is
in here but the open promises, which are asked for anew each time, since what is open changes.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from itertools import chain
from typing import Any, Final
from zlib import crc32

from deskmate.model.interaction import Interaction
from deskmate.reports.counting import RULES, Rule
from deskmate.reports.coverage import Slot
from deskmate.reports.places import EVERYWHERE, Spot, Where, spot_of
from deskmate.reports.promises import Closed, closed_promises
from deskmate.reports.standards import Held
from deskmate.reports.tallies import Counts, count

_VERSION: Final = 6
"""Raise it when the same record is counted differently; new fields and rules are noticed without it."""

Plain = dict[str, Any]
"""A day as JSON values: under `parts` what each branch's desk came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """Records counted up."""

    counted: Counts = field(default_factory=Counts)
    """Contacts logged live, late or as a tally."""
    estimated: Counts = field(default_factory=Counts)
    logged: frozenset[Slot] = frozenset()
    """The hours that hold a record; of a sensitive one only the day is told."""
    closed: tuple[Closed, ...] = ()
    """The promises that are not open any more."""
    held: tuple[Held, ...] = ()
    """Callers who were on hold."""
    daily: Mapping[date, int] = field(default_factory=dict)
    """Each day with a record to its contacts, estimates left out: none, where somebody noted that nobody came."""
    spots: Mapping[Spot, int] = field(default_factory=dict)
    """Branch and desk to contacts, estimates left out. Sensitive ones have neither."""


def roll_up(records: Sequence[Interaction], rules: Sequence[Rule] = tuple(RULES.values())) -> Rolled:
    """Count records."""
    counted = [record for record in records if record.entry != "estimate"]
    daily: dict[date, int] = {record.day: 0 for record in records}
    spots: dict[Spot, int] = {}
    for record in counted:
        daily[record.day] += record.count
        if record.count:
            spots[spot_of(record)] = spots.get(spot_of(record), 0) + record.count
    return Rolled(
        counted=count(counted, rules),
        estimated=count((record for record in records if record.entry == "estimate"), rules),
        logged=frozenset((record.day, record.asked_at.hour) for record in records if not record.sensitive),
        # a record given twice counts once, as it was given last
        closed=tuple(chain.from_iterable({record.id: closed_promises(record) for record in records}.values())),
        held=tuple(
            (record.ref, record.hold_seconds)
            for record in counted
            if record.hold_seconds > 0 and record.count == 1 and not record.sensitive
        ),
        daily=daily,
        spots=spots,
    )


def mark(rules: Sequence[Rule] = tuple(RULES.values())) -> str:
    """How days are counted by this DeskMate: what was kept under another mark is of no use."""
    how = [_VERSION, [part.name for part in fields(Counts)], [[rule.name, rule.text] for rule in rules]]
    return f"{crc32(json.dumps(how).encode()):08x}"


def plain_day(records: Sequence[Interaction], rules: Sequence[Rule] = tuple(RULES.values())) -> Plain:
    """One day's records, rolled up, as JSON values."""
    parts: dict[Spot, list[Interaction]] = {}
    for record in records:
        parts.setdefault(spot_of(record), []).append(record)
    return {"parts": [_plain_part(*spot, parts[spot], rules) for spot in sorted(parts)]}


def _plain_part(branch: str, desk: str, records: Sequence[Interaction], rules: Sequence[Rule]) -> Plain:
    rolled = roll_up(records, rules)
    return {
        "branch": branch,
        "desk": desk,
        "counted": _plain(rolled.counted),
        "estimated": _plain(rolled.estimated),
        "hours": sorted(hour for _, hour in rolled.logged),
        "closed": [list(each) for each in rolled.closed],
        "held": [list(each) for each in rolled.held],
        "open": [record.id for record in records if record.promise is not None and record.promise.state == "open"],
    }


def parts_of(day: Plain, where: Where = EVERYWHERE) -> Iterator[Plain]:
    """What the desks of a part of the log came to on a day."""
    return (part for part in day["parts"] if where.everywhere or where.holds(part["branch"], part["desk"]))


def add_up(days: Iterable[tuple[date, Plain]], where: Where = EVERYWHERE) -> Rolled:
    """The sum of days, each as `plain_day` gave it, over a part of the log."""
    counted, estimated = _Sum(), _Sum()
    logged: set[Slot] = set()
    closed: list[Closed] = []
    held: list[Held] = []
    daily: dict[date, int] = {}
    spots: dict[Spot, int] = {}
    for day, plain in days:
        for part in parts_of(plain, where):
            counted.add(part["counted"])
            estimated.add(part["estimated"])
            logged.update((day, hour) for hour in part["hours"])
            closed += map(tuple, part["closed"])
            held += map(tuple, part["held"])
            number = part["counted"].get("n", 0)
            daily[day] = daily.get(day, 0) + number
            if number:
                spot = part["branch"], part["desk"]
                spots[spot] = spots.get(spot, 0) + number
    return Rolled(
        counted=counted.counts(),
        estimated=estimated.counts(),
        logged=frozenset(logged),
        closed=tuple(closed),
        held=tuple(held),
        daily=daily,
        spots=spots,
    )


def closed_of(day: Plain, where: Where = EVERYWHERE) -> list[Closed]:
    """The closed promises of a day that was rolled up."""
    return [tuple(each) for part in parts_of(day, where) for each in part["closed"]]


def open_of(day: Plain, where: Where = EVERYWHERE) -> list[str]:
    """The ids of the records of a day whose promise was open when it was rolled up."""
    return [record_id for part in parts_of(day, where) for record_id in part["open"]]


def signs_of(day: Plain, where: Where = EVERYWHERE) -> dict[str, int]:
    """What was told to directional contacts of a day, and how often."""
    found: dict[str, int] = {}
    for part in parts_of(day, where):
        for about, number in part["counted"].get("signs", {}).items():
            found[about] = found.get(about, 0) + number
    return found


class _Sum:
    """Running totals. Keys stay text until the end: most of them are met once a day."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._tables: dict[str, dict[str, int]] = {}
        self._seconds: dict[str, Counter[int]] = {}

    def add(self, plain: Plain) -> None:
        for name, value in plain.items():
            if isinstance(value, int):
                self._numbers[name] = self._numbers.get(name, 0) + value
            elif isinstance(value, list):
                self._seconds.setdefault(name, Counter()).update(value)
            else:
                table = self._tables.setdefault(name, {})
                for key, number in value.items():
                    table[key] = table.get(key, 0) + number

    def counts(self) -> Counts:
        parts: dict[str, Any] = {**self._numbers, **{name: dict(table) for name, table in self._seconds.items()}}
        for name, table in self._tables.items():
            read = _KEYS.get(name, str)
            parts[name] = {read(key): number for key, number in table.items()}
        return Counts(**parts)


def _plain(counts: Counts) -> Plain:
    """The fields that say anything; keys as text."""
    values = {part.name: getattr(counts, part.name) for part in fields(counts)}
    return {
        name: _table(name, value) if isinstance(value, Mapping) else value for name, value in values.items() if value
    }


def _table(name: str, table: Mapping[Any, int]) -> dict[str, int] | list[int]:
    if name in _SECONDS:
        return list(Counter(table).elements())
    return {",".join(map(str, key)) if isinstance(key, tuple) else str(key): table[key] for key in table}


def _weekday_and_hour(key: str) -> tuple[int, int]:
    weekday, _, hour = key.partition(",")
    return int(weekday), int(hour)


def _strain_hour_and_place(key: str) -> tuple[str, int, str]:
    strain, hour, place = key.split(",", 2)
    return strain, int(hour), place


_SECONDS: Final = ("lengths", "holds")
"""Tables of seconds, nearly every contact with its own: kept as a list, which is quicker to read and to count."""
_KEYS: Final[Mapping[str, Callable[[str], Any]]] = {
    "week": _weekday_and_hour,
    "tension": _strain_hour_and_place,
    "reads": int,
}
"""How the keys of a table are read back; those of the others are text."""
