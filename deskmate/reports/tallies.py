"""Facts counted up, in values that add: the counts of two days are the sum of each day's counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any, Final, Self

from deskmate.model.interaction import Interaction
from deskmate.reports.counting import RULES, Rule, is_reference

ANSWERS: Final = ("fact:", "directory:")
"""What the tag of an answer that was told begins with."""
_Cell = int | Mapping[Any, int]
_WHERE_SAID: Final = ("playbooks", "stopped", "exceptions", "referrals")
"""The tables of the fields below."""
_said: Final = attrgetter("playbook", "stopped", "authority", "referred_to")


@dataclass(frozen=True, slots=True)
class Additive:
    """A value whose fields are numbers or tables of numbers, so that two of a type can be added field by field."""

    def __add__(self, other: Self) -> Self:
        parts = {part.name: _sum(getattr(self, part.name), getattr(other, part.name)) for part in fields(self)}
        return type(self)(**parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts(Additive):
    """How many contacts of what sort. Every table maps a value to a number of contacts and holds no zeros.

    Of a sensitive contact the total, the entry, the kind and what the counting rules say of its kind are counted: they
    stay for good, so that no report changes when the rest is erased after some days. Its weight on staff (strain,
    incident, escalation) is counted as long as it is kept: the summary of a shift needs it, a later one lacks it.
    """

    n: int = 0
    sensitive: int = 0
    """Contacts of which only kind and day are told."""
    entries: Mapping[str, int] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    week: Mapping[tuple[int, int], int] = field(default_factory=dict)
    """(weekday with Monday 0, hour 0-23 of the desk's wall clock) to contacts."""
    reads: Mapping[int, int] = field(default_factory=dict)
    """READ level to contacts, where it was judged."""
    strains: Mapping[str, int] = field(default_factory=dict)
    tension: Mapping[tuple[str, int, str], int] = field(default_factory=dict)
    """(`tense` or `red`, hour 0-23, place in the building) to contacts."""
    outcomes: Mapping[str, int] = field(default_factory=dict)
    lengths: Mapping[int, int] = field(default_factory=dict)
    """Measured seconds to contacts; a tally has no length."""
    uncertain: int = 0
    """Contacts whose clock ran on by itself: left out of `lengths`."""
    holds: Mapping[int, int] = field(default_factory=dict)
    """Seconds on hold to callers, for callers who were on hold."""
    incidents: int = 0
    escalated: int = 0
    declined: int = 0
    offered: Mapping[str, int] = field(default_factory=dict)
    """What was offered instead, over declined contacts."""
    nothing_offered: int = 0
    """Declined contacts with no alternative on record."""
    exceptions: Mapping[str, int] = field(default_factory=dict)
    """What staff decided alone, as an exception."""
    referrals: Mapping[str, int] = field(default_factory=dict)
    playbooks: Mapping[str, int] = field(default_factory=dict)
    stopped: Mapping[str, int] = field(default_factory=dict)
    """`playbook/step` at which a guide was ended before one of its closing steps."""
    signs: Mapping[str, int] = field(default_factory=dict)
    """Fact or directory line (`fact:ID`, `directory:ID`) that was told to directional contacts."""
    rules: Mapping[str, int] = field(default_factory=dict)
    """Name of a rule set to reference transactions under it."""

    @property
    def hours(self) -> tuple[int, ...]:
        """Contacts per hour of the day, 0 to 23."""
        totals = [0] * 24
        for (_, hour), number in self.week.items():
            totals[hour] += number
        return tuple(totals)

    @property
    def hard(self) -> int:
        """Contacts that were tense or red."""
        return self.strains.get("tense", 0) + self.strains.get("red", 0)


def count(records: Iterable[Interaction], rules: Sequence[Rule] = tuple(RULES.values())) -> Counts:
    """Count the records, whatever their entry; a tally of n counts n, and a tally of none counts nothing."""
    tally = _Tally(rules)
    for record in records:
        if record.count > 0:
            tally.add(record)
    return tally.counts()


class _Tally:
    """The running totals while one range is counted."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules
        self._numbers: Counter[str] = Counter()
        self._tables: dict[str, Counter[Any]] = defaultdict(Counter)

    def add(self, record: Interaction) -> None:
        n, numbers, tables = record.count, self._numbers, self._tables
        numbers["n"] += n
        tables["entries"][record.entry] += n
        tables["kinds"][record.kind] += n
        for rule in self._rules:
            if is_reference(record, rule):
                tables["rules"][rule.name] += n
        numbers["incidents"] += n if record.incident else 0
        numbers["escalated"] += n if record.outcome == "escalated" else 0
        if record.sensitive:
            numbers["sensitive"] += n
            if record.strain != "calm":  # calm is also what is left when the strain was erased
                tables["strains"][record.strain] += n
        else:
            tables["strains"][record.strain] += n
            self._add_circumstances(record, n)

    def _add_circumstances(self, record: Interaction, n: int) -> None:
        numbers, tables = self._numbers, self._tables
        tables["channels"][record.channel] += n
        tables["week"][record.asked_at.weekday(), record.asked_at.hour] += n
        if record.strain != "calm":
            tables["tension"][record.strain, record.asked_at.hour, record.place] += n
        tables["outcomes"][record.outcome] += n
        if record.read is not None:
            tables["reads"][record.read] += n
        for name, value in zip(_WHERE_SAID, _said(record), strict=True):
            if value:
                tables[name][value] += n
        if record.kind == "directional":
            for tag in record.tags:
                if tag.startswith(ANSWERS):
                    tables["signs"][tag] += n
        if record.outcome == "declined":
            numbers["declined"] += n
            numbers["nothing_offered"] += 0 if record.offered else n
            for alternative in dict.fromkeys(record.offered):
                tables["offered"][alternative] += n
        if n == 1:
            self._add_timing(record)

    def _add_timing(self, record: Interaction) -> None:
        if record.uncertain:
            self._numbers["uncertain"] += 1
        elif record.seconds is not None:
            self._tables["lengths"][record.seconds] += 1
        if record.hold_seconds > 0:
            self._tables["holds"][record.hold_seconds] += 1

    def counts(self) -> Counts:
        parts: dict[str, Any] = {**self._numbers, **{name: dict(table) for name, table in self._tables.items()}}
        return Counts(**parts)


def _sum(first: _Cell, second: _Cell) -> _Cell:
    if isinstance(first, int) and isinstance(second, int):
        return first + second
    assert isinstance(first, Mapping)
    assert isinstance(second, Mapping)
    return {
        key: first.get(key, 0) + second.get(key, 0) for key in (*first, *(key for key in second if key not in first))
    }
