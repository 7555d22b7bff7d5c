"""Which tables a sweep cuts, when, and what stays: the retention table as code."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from deskmate.records.erase import Cut
from deskmate.records.erase_rules import bare_feedback, is_owed, shrunk, without_reasons, without_text
from deskmate.records.layout import FEEDBACK, NOTICES, PHRASES, SHIFTS, day_of
from deskmate.records.shard import Json
from deskmate.records.stamp import revision_milliseconds
from deskmate.settings import FOR_GOOD

INTERACTIONS: Final = "interactions"
_SENSITIVE_MARK: Final = b'"sensitive":true'
_WHEN: Final = {"shifts": "started_at", NOTICES: "until"}
"""Which time of a document its period counts from, where it is not `at`; what has none stays."""
_STAMP: Final = re.compile(rb'\{"rev":"(0[0-9a-f]{15})')
"""The time of a line whose end is damaged; a later first digit is no year that can be told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """How many days words are kept after the day they were written; `FOR_GOOD` never ends."""

    text: int
    """Notes, the words of closed promises, and typed notices, from when they ran out."""
    reasons: int
    """What was offered, decided alone, and where people were sent."""
    sensitive: int
    """All of a sensitive contact but kind and day."""
    shifts: int
    feedback: int
    phrases: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sweep does with a table today."""

    cut: Cut
    next: str
    """The ISO date from which more is to go, as far as is known; empty: never."""


def kind_of(table: str) -> str:
    """The kind of a table as the settings and the reports name it; empty for one that no period is set for."""
    if day_of(table) is not None:
        return INTERACTIONS
    if table.startswith(SHIFTS):
        return "shifts"
    return table if table in (PHRASES, FEEDBACK, NOTICES) else ""


class Retention:
    """The periods applied to a day.

    Args:
        periods: how long what is kept.
        today: the desk's day.
    """

    def __init__(self, periods: Periods, today: date) -> None:
        self._periods = periods
        self._today = today

    def touches(self, table: str) -> bool:
        """Whether anything of a table may have to go by today, told from its name alone."""
        day = day_of(table)
        if day is None:
            return bool(kind_of(table))
        periods = self._periods
        return self._over(day, min(periods.text, periods.reasons, periods.sensitive))

    def begins(self, table: str) -> str:
        """The ISO day from which `touches` says yes to a day's table; empty: never, or it is of another kind."""
        day, days = day_of(table), min(self._periods.text, self._periods.reasons, self._periods.sensitive)
        return (day + timedelta(days=days + 1)).isoformat() if day is not None and days < FOR_GOOD else ""

    def plan(self, table: str, bodies: list[Json]) -> Plan:
        """What goes from a table.

        Args:
            table: its name.
            bodies: every operation of its files.
        """
        day = day_of(table)
        return self._of_day(day, bodies) if day is not None else self._of_dated(table, bodies)

    # -- interactions ---------------------------------------------------------------------------------------------

    def _of_day(self, day: date, bodies: list[Json]) -> Plan:
        periods = self._periods
        sensitive, text, reasons = (
            self._over(day, days) for days in (periods.sensitive, periods.text, periods.reasons)
        )
        owed = _owed(bodies)
        hidden = {record_id for record_id, document in _documents(bodies) if document.get("sensitive")}

        def edit(record_id: str, document: Json, _: str) -> Json:
            if sensitive and record_id in hidden:
                return shrunk(document, owed=record_id in owed)
            left = without_text(document, owed=record_id in owed) if text else document
            return without_reasons(left) if reasons else left

        ends = [day + timedelta(days=days + 1) for days in (periods.sensitive, periods.text, periods.reasons)
                if days < FOR_GOOD and not self._over(day, days)]  # fmt: skip
        return Plan(Cut(edit, lambda line: text or (sensitive and _SENSITIVE_MARK in line)), _iso(ends))

    # -- tables of documents with a time ---------------------------------------------------------------------------

    def _of_dated(self, table: str, bodies: list[Json]) -> Plan:
        kind = kind_of(table)
        periods = self._periods
        days = {"shifts": periods.shifts, FEEDBACK: periods.feedback, PHRASES: periods.phrases, NOTICES: periods.text}[
            kind
        ]
        when = _WHEN.get(kind, "at")

        def edit(_id: str, document: Json, _revision: str) -> Json | None:
            day = _day(document, when)
            if day is None or not self._over(day, days):
                return document
            return bare_feedback(document) if kind == FEEDBACK else None

        later = [
            day + timedelta(days=days + 1)
            for day in (_day(document, when) for _, document in _documents(bodies))
            if day is not None and days < FOR_GOOD and not self._over(day, days)
        ]
        return Plan(Cut(edit, lambda line: self._damaged_over(line, days)), _iso(later))

    def _damaged_over(self, line: bytes, days: int) -> bool:
        """Whether a line that cannot be read was written longer ago than a period; one without a revision stays."""
        stamp = _STAMP.match(line)
        if stamp is None:
            return False
        written = datetime.fromtimestamp(revision_milliseconds(stamp[1].decode()) / 1000, tz=UTC)
        return self._over(written.date(), days)

    def _over(self, day: date, days: int) -> bool:
        return days < FOR_GOOD and (self._today - day).days > days


def _owed(bodies: list[Json]) -> set[str]:
    """The ids whose newest version has an open promise."""
    newest: dict[str, tuple[str, bool]] = {}
    for body in bodies:
        revision = str(body.get("rev", ""))
        put = body.get("put")
        states = {each: is_owed(document) for each, document in put.items()} if isinstance(put, dict) else {}
        for record_id, owed in {**states, **dict.fromkeys(body.get("del", ()), False)}.items():
            if revision >= newest.get(record_id, ("", False))[0]:
                newest[record_id] = (revision, owed)
    return {record_id for record_id, (_, owed) in newest.items() if owed}


def _documents(bodies: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every version of every document."""
    for body in bodies:
        put = body.get("put")
        yield from put.items() if isinstance(put, dict) else ()


def _day(document: Mapping[str, Any], when: str) -> date | None:
    try:
        return datetime.fromisoformat(str(document[when])).date()
    except (KeyError, ValueError):
        return None


def _iso(days: list[date]) -> str:
    return min(days).isoformat() if days else ""
