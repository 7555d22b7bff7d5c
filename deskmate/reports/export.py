"""Records on their way out and in again: JSON Lines as they are stored, CSV for a spreadsheet, files written whole.

Contacts live apart and are never in either. Staff initials are left out unless they are asked for.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TextIO

from deskmate.faults import BadContent, NotSaved
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
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
)
"""The columns of our own CSV: fields of the record by name, then those of its promise."""
STAFF_COLUMNS: Final = ("staff", "promise_who")
"""What is added when staff is asked for."""
BETWEEN: Final = "; "
"""What stands between the values of a list in one cell."""
_SENSITIVE: Final = ("id", "kind", "count", "entry", "sensitive")
_PROMISE_STAFF: Final = ("who", "handed_by", "accepted_by")
_NUMBERS: Final = ("seconds", "hold_seconds", "count", "read")
_TEXTS: Final = tuple(name for name, part in Interaction.__dataclass_fields__.items() if part.type in (str, "str"))


def jsonl_lines(records: Iterable[Interaction], *, with_staff: bool = False) -> Iterator[str]:
    """One line per record: the document as it is stored, without contact and, unless asked, without initials."""
    for record in records:
        line = json.dumps(_document(record, with_staff=with_staff), ensure_ascii=False, separators=(",", ":"))
        # A lone surrogate has no UTF-8 form; written as its JSON escape it comes back as it was.
        yield line.encode("utf-8", "backslashreplace").decode() + "\n"


def export_jsonl(records: Iterable[Interaction], stream: TextIO, *, with_staff: bool = False) -> int:
    """Write JSON Lines to an open stream; returns how many records were written."""
    return _write(jsonl_lines(records, with_staff=with_staff), stream)


def read_jsonl(stream: Iterable[str]) -> Iterator[Interaction]:
    """Read back what `export_jsonl` wrote; empty lines are passed over.

    Raises:
        BadContent: a line is no record; the message names the line. Nothing after it is read.
    """
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield _read(line, number)


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


def export_csv(records: Iterable[Interaction], stream: TextIO, *, with_staff: bool = False) -> int:
    """Write CSV to a stream opened with `newline=""`; returns how many records were written."""
    return _write(csv_lines(records, with_staff=with_staff), stream) - 1


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


def _write(lines: Iterable[str], stream: TextIO) -> int:
    number = 0
    for line in lines:
        stream.write(line)
        number += 1
    return number


def _document(record: Interaction, *, with_staff: bool) -> dict[str, Any]:
    document = record.to_document()
    if not with_staff:
        document.pop("staff", None)
    if isinstance(document.get("promise"), dict):
        hidden = ("contact",) if with_staff else ("contact", *_PROMISE_STAFF)
        document["promise"] = {key: value for key, value in document["promise"].items() if key not in hidden}
    return document


def _read(line: str, number: int) -> Interaction:
    cure = "Mend or remove that line; nothing was taken in."
    try:
        document = json.loads(line)
        if not isinstance(document, dict):
            raise BadContent(f"Line {number} is not a record but a single value.", cure)
        record = Interaction.from_document(document)
    except json.JSONDecodeError as fault:
        raise BadContent(f"Line {number} is not JSON: {fault.msg} at column {fault.colno}.", cure) from fault
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError) as fault:
        raise BadContent(f"Line {number} is not a whole record: {fault}.", cure) from fault
    wrong = _wrong_field(record)
    if wrong:
        raise BadContent(f"Line {number}: {wrong}.", cure)
    return record


def _wrong_field(record: Interaction) -> str:
    """What is wrong with the types of a record from outside, in words; empty when nothing is."""
    for name in _TEXTS:
        if not isinstance(getattr(record, name), str):
            return f'"{name}" is not text'
    for name in _NUMBERS:
        value = getattr(record, name)
        optional = name in ("seconds", "read")
        if not (value is None and optional) and (not isinstance(value, int) or isinstance(value, bool) or value < 0):
            return f'"{name}" is not a whole number'
    moments = [record.asked_at, record.added_at, *([record.ended_at] if record.ended_at else [])]
    if record.promise is not None:
        moments += [record.promise.due, record.promise.made_at]
    if any(moment.tzinfo is None for moment in moments):
        return "a time has no UTC offset, as in 2026-11-22T10:00:00-05:00"
    return "" if record.id else "it has no id"


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
    """A value as a cell: numbers as they are, yes and no in words, lists joined, texts cleaned and defused."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return value
    if isinstance(value, tuple):
        value = BETWEEN.join(value)
    if hasattr(value, "isoformat"):
        return str(value.isoformat(timespec="seconds"))
    return formula_safe(clean(value))
