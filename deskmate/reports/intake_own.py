"""Our own files on their way in: JSON Lines as they were exported, and the CSV with our own columns."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.intake_cells import MOST_COUNTED, Moments, number, yes_or_no
from deskmate.reports.intake_check import CHOICES, cleaned, made_id, no_such, problems, shape_problems
from deskmate.reports.intake_file import BadRow, Row, Table
from deskmate.reports.lists import unlisted

KNOWN: Final = ("asked_at", "kind")
"""Columns that together tell our own CSV."""
_FLAGS: Final = ("uncertain", "taught", "source_used", "incident", "sensitive", "promise_kept", "promise_private")
_COUNTS: Final[Mapping[str, tuple[int, int]]] = {
    "seconds": (0, 999_999_999),
    "hold_seconds": (0, 999_999_999),
    "read": (1, 6),
    "count": (0, MOST_COUNTED),
}
_MOMENTS: Final = (
    "asked_at", "added_at", "ended_at", "promise_due", "promise_made_at", "promise_closed_at",
    "promise_waiting_since", "promise_handed_at", "promise_accepted_at",
)  # fmt: skip
_LISTS: Final = ("offered", "ticks", "tags", "promise_snoozed_from")
_PAIRS: Final = ("path", "times")
_EXTRAS: Final = ("extra", "promise_extra")


def read_jsonl(text: str, now: datetime) -> Iterator[Interaction | BadRow]:
    """The records of JSON Lines, and every line that is none; empty lines are passed over."""
    for line_number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield from _line(line, line_number, now)


def read_own_csv(table: Table, now: datetime) -> Iterator[Interaction | BadRow]:
    """The records of a table with our own columns; a row without an id gets one made of what it says."""
    moments = Moments(None, now)
    columns = {name: place for place, name in enumerate(table.head)}
    seen: dict[str, int] = {}
    for row in table.rows():
        if isinstance(row, BadRow):
            yield row
        elif any(row.cells):
            yield from _row(row, columns, moments, now, seen)


def _line(line: str, line_number: int, now: datetime) -> Iterator[Interaction | BadRow]:
    try:
        document = json.loads(line)
        if not isinstance(document, dict):
            yield BadRow(line_number, 1, "", "This is no record but a single value.", "Mend or remove the line.")
            return
        wrong = list(shape_problems(document))
        if not wrong:
            record = Interaction.from_document(document)
            wrong = list(problems(record, now))
    except json.JSONDecodeError as fault:
        yield BadRow(line_number, fault.colno, "", f"This is not JSON: {fault.msg}.", "Mend or remove the line.")
    except RecursionError:
        yield BadRow(line_number, 1, "", "This is nested too deep for a record.", "Mend or remove the line.")
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as fault:
        yield BadRow(line_number, 0, "", f"This is no whole record: {fault}.", "Mend or remove the line.")
    else:
        yield from (BadRow(line_number, _place(line, name), name, what, cure) for name, what, cure in wrong)
        if not wrong:
            yield cleaned(record)


def _place(line: str, name: str) -> int:
    """The character, from 1, at which a field stands in its line; 0 when it is missing."""
    return line.find(f'"{name}"') + 1


def _row(
    row: Row, columns: Mapping[str, int], moments: Moments, now: datetime, seen: dict[str, int]
) -> Iterator[Interaction | BadRow]:
    values: dict[str, Any] = {}
    wrong = []
    for name, place in columns.items():
        cell = row.cells[place]
        try:
            if cell != "" and name:
                values[name] = _value(name, cell, moments)
        except BadUsage as fault:
            wrong.append(BadRow(row.line, place + 1, name, fault.what, fault.cure))
    if not wrong and "asked_at" not in values:
        wrong.append(BadRow(row.line, 0, "asked_at", "There is no time.", "Every row needs its asked_at."))
    if not wrong:
        record = _record(row, values, seen)
        wrong = [
            BadRow(row.line, columns.get(name, -1) + 1, name, what, cure) for name, what, cure in problems(record, now)
        ]
    yield from wrong
    if not wrong:
        yield cleaned(record)


def _record(row: Row, values: Mapping[str, Any], seen: dict[str, int]) -> Interaction:
    fields = {name: value for name, value in values.items() if name in Interaction.__dataclass_fields__}
    if "id" not in fields:
        content = "\x1f".join(row.cells)
        seen[content] = seen.get(content, 0) + 1
        fields["id"] = made_id(fields["asked_at"], "csv", content, str(seen[content]))
    owed = {name.removeprefix("promise_"): value for name, value in values.items() if name.startswith("promise_")}
    fields.pop("promise", None)
    if "due" in owed:
        owed.setdefault("what", "")
        owed.setdefault("made_at", owed["due"])
        known = {name: value for name, value in owed.items() if name in Promise.__dataclass_fields__}
        fields["promise"] = Promise(**known)
    return Interaction(**{"added_at": fields["asked_at"], **fields})


def _value(name: str, cell: str, moments: Moments) -> Any:
    """A cell in the type of its column.

    Raises:
        BadUsage: it does not fit.
    """
    if name in _FLAGS:
        return yes_or_no(cell)
    if name in _COUNTS:
        return number(cell, *_COUNTS[name])
    if name in _MOMENTS:
        return moments.read(cell)
    if name in _LISTS:
        return unlisted(cell)
    if name in _PAIRS:
        return tuple((str(one), str(two)) for one, two in _pairs(cell))
    if name in _EXTRAS:
        return _object(cell)
    if name in (*CHOICES, "promise_state"):
        cell = cell.strip().lower()
    if name in CHOICES and cell not in CHOICES[name]:
        raise BadUsage(*no_such(name, cell))
    return cell


def _pairs(cell: str) -> list[Any]:
    found = _json(cell)
    if isinstance(found, list) and all(isinstance(each, list) and len(each) == 2 for each in found):
        return found
    raise BadUsage("This is no list of pairs.", "Leave this column as it was exported.")


def _object(cell: str) -> dict[str, Any]:
    found = _json(cell)
    if isinstance(found, dict):
        return found
    raise BadUsage("This is no JSON object.", "Leave this column as it was exported.")


def _json(cell: str) -> Any:
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return None
