"""Records on their way out: JSON Lines as they are stored, CSV for a spreadsheet, files written whole.

Contacts live apart and are never in either. Staff initials are left out unless they are asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from deskmate.faults import NotSaved
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.lists import listed
from deskmate.text.clean import clean, formula_safe

COLUMNS: Final = (
    "id",
    "asked_at",
    "added_at",
    "ended_at",
    "seconds",
    "uncertain",
    "hold_seconds",
    "branch",
    "desk",
    "place",
    "shift",
    "channel",
    "kind",
    "read",
    "taught",
    "source_used",
    "strain",
    "outcome",
    "offered",
    "authority",
    "referred_to",
    "incident",
    "playbook",
    "path",
    "stopped",
    "ticks",
    "times",
    "count",
    "entry",
    "sensitive",
    "note",
    "tags",
    "promise_what",
    "promise_due",
    "promise_made_at",
    "promise_state",
    "promise_closed_at",
    "promise_kept",
    "promise_waiting_for",
    "promise_waiting_since",
    "promise_snoozed_from",
    "promise_handed_at",
    "promise_accepted_at",
    "promise_extra",
    "extra",
)
"""The columns of our own CSV: fields of the record by name, then those of its promise."""
STAFF_COLUMNS: Final = ("staff", "promise_who", "promise_handed_by", "promise_accepted_by")
"""What is added when staff is asked for."""
_SENSITIVE: Final = ("id", "kind", "count", "entry", "sensitive")
_PROMISE_STAFF: Final = ("who", "handed_by", "accepted_by")


def jsonl_lines(records: Iterable[Interaction], *, with_staff: bool = False) -> Iterator[str]:
    """One line per record: the document as it is stored, without contact and, unless asked, without initials."""
    for record in records:
        line = json.dumps(_document(record, with_staff=with_staff), ensure_ascii=False, separators=(",", ":"))
        # A lone surrogate has no UTF-8 form; written as its JSON escape it comes back as it was.
        yield line.encode("utf-8", "backslashreplace").decode() + "\n"


def csv_lines(records: Iterable[Interaction], *, with_staff: bool = False) -> Iterator[str]:
    """The head and one row per record, quoted as RFC 4180 says, every text cell made harmless for a spreadsheet.

    Of a sensitive record only the day, kind, count and entry are written, and nothing of a private promise.
    """
    import csv
    from io import StringIO

    columns = COLUMNS + STAFF_COLUMNS if with_staff else COLUMNS
    buffer = StringIO(newline="")
    writer = csv.DictWriter(buffer, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    yield buffer.getvalue()
    for record in records:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow({name: _cell(value) for name, value in _fields(record).items()})
        yield buffer.getvalue()


def write_file(path: Path, chunks: Iterable[str]) -> None:
    """Write a text file whole or not at all: UTF-8, readable by its owner only, on the disk when this returns.

    Args:
        path: the file; one that is there is replaced only when the new one is complete.
        chunks: its text in pieces, written as they come. Line ends are written as they are.

    Raises:
        NotSaved: the folder is missing or the disk refused; what was there before is untouched.
    """
    import os
    from tempfile import mkstemp

    try:
        handle, name = mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)  # made with mode 0600
        temporary = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
                stream.writelines(chunks)
                stream.flush()
                os.fsync(handle)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as fault:
        reason = fault.strerror or "the disk refused"
        raise NotSaved(f"{path} was not written: {reason}.", "Choose another folder, or free some space.") from fault


def _document(record: Interaction, *, with_staff: bool) -> dict[str, Any]:
    document = record.to_document()
    if not with_staff:
        document.pop("staff", None)
    if isinstance(document.get("promise"), dict):
        hidden = ("contact",) if with_staff else ("contact", *_PROMISE_STAFF)
        document["promise"] = {key: value for key, value in document["promise"].items() if key not in hidden}
    return document


def _fields(record: Interaction) -> Mapping[str, Any]:
    """The record's fields by column name."""
    if record.sensitive:
        return {**{name: getattr(record, name) for name in _SENSITIVE}, "asked_at": record.day.isoformat()}
    fields = {name: getattr(record, name) for name in (*COLUMNS, "staff") if not name.startswith("promise_")}
    promise = record.promise
    if isinstance(promise, Promise) and not promise.private:
        names = [name for name in (*COLUMNS, *STAFF_COLUMNS) if name.startswith("promise_")]
        fields |= {name: getattr(promise, name.removeprefix("promise_")) for name in names}
    return fields


def _cell(value: Any) -> str | int:
    """A value as a cell: numbers as they are, yes and no in words, lists in one cell, texts cleaned and defused."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        pairs = value and isinstance(value[0], tuple)
        value = json.dumps(value) if pairs else listed(tuple(map(clean, value)))
    if isinstance(value, Mapping):
        value = json.dumps(value) if value else ""
    if hasattr(value, "isoformat"):
        return str(value.isoformat(timespec="seconds"))
    return formula_safe(clean(value))
