"""A file of records from somewhere: what it is, every record in it, and every row that cannot be taken in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from deskmate.faults import BadContent
from deskmate.model.interaction import Interaction
from deskmate.reports.export import COLUMNS, STAFF_COLUMNS
from deskmate.reports.intake_file import BadRow, Table, decoded, table
from deskmate.reports.intake_own import KNOWN, read_jsonl, read_own_csv
from deskmate.reports.intake_rows import MappedRows
from deskmate.reports.mapping import Shape, fold
from deskmate.text.suggest import sentence

JSONL: Final = "jsonl"
CSV: Final = "csv"
_STEP: Final = 1000
"""Rows between two reports of progress."""

Keep = Callable[[Interaction], Interaction]
Progress = Callable[[int, int], None]
"""Told how many rows were read, of about how many."""


@dataclass(slots=True)
class Intake:
    """What a file says, before anything of it is kept."""

    format: str
    """`jsonl`, `csv`, or the name of the mapping it was read by."""
    guessed: bool = False
    rows: int = 0
    """Rows that hold something, good or bad."""
    records: list[Interaction] = field(default_factory=list)
    """Every record once; in a file with bad rows, those of the good ones."""
    bad: list[BadRow] = field(default_factory=list)
    repeated: int = 0
    """Rows whose id stood in the file before."""
    nobody: int = 0
    """Rows that count nobody."""
    ignored: tuple[str, ...] = ()
    """Columns that nothing was taken from."""
    encoding: str = ""
    """What the file was read as, when it was not UTF-8."""


def read_file(
    data: bytes,
    now: datetime,
    *,
    wanted: str = "",
    shapes: Iterable[Shape] = (),
    keep: Keep = lambda record: record,
    progress: Progress = lambda _done, _of: None,
) -> Intake:
    """Read a whole file; nothing is raised for a bad row, each is kept.

    Args:
        data: the file's bytes.
        now: the present moment, for the zone of times without one and for those that have not come yet.
        wanted: `jsonl`, `csv`, or the name of one of the shapes; empty looks at the file.
        shapes: the other programs' tables that are known; with one and `wanted` its name, that one is used.
        keep: makes of each record the one that is kept.
        progress: told now and then.

    Raises:
        BadContent: the file is no text, has no head, or its columns fit nothing that is known.
    """
    text, encoding = decoded(data)
    known = list(shapes)
    found = Intake(wanted, guessed=not wanted, encoding=encoding)
    if wanted == JSONL or (not wanted and text.lstrip().startswith("{")):
        found.format = JSONL
        _collect(found, read_jsonl(text, now), text.count("\n"), keep, progress)
        return found
    sheet = table(text)
    shape = _shape_of(sheet, wanted, known)
    found.format = shape.name if shape else CSV
    about = text.count("\n")
    if shape is None:
        names = (*COLUMNS, *STAFF_COLUMNS)
        found.ignored = tuple(name for name in sheet.head if name and name not in names)
        _collect(found, read_own_csv(sheet, now), about, keep, progress)
        return found
    rows = MappedRows(sheet, shape, now)
    _collect(found, rows.read(), about, keep, progress, rows.rows_of)
    if rows.rows_of:
        found.records = [replace(each, count=rows.rows_of.get(each.id, each.count)) for each in found.records]
    found.ignored, found.nobody = rows.ignored, rows.nobody
    return found


def _collect(
    found: Intake,
    read: Iterator[Interaction | BadRow],
    about: int,
    keep: Keep,
    progress: Progress,
    tallies: "dict[str, int] | None" = None,
) -> None:
    seen: set[str] = set()
    bad_lines: set[int] = set()
    for number, each in enumerate(read, 1):
        if isinstance(each, BadRow):
            found.bad.append(each)
            bad_lines.add(each.line)
        elif each.id not in seen:
            seen.add(each.id)
            found.records.append(keep(each))
        elif not tallies or each.id not in tallies:
            found.repeated += 1
        if number % _STEP == 0:
            progress(number, max(number, about))
        found.rows = number
    found.rows -= len(found.bad) - len(bad_lines)  # a row with two faults is one row


def _shape_of(sheet: Table, wanted: str, shapes: list[Shape]) -> Shape | None:
    """The mapping for a table; None for our own columns.

    Raises:
        BadContent: none fits.
    """
    heads = {fold(name) for name in sheet.head}
    if wanted == CSV:
        if "asked_at" in heads:
            return None
        near = sentence("asked_at", sheet.head) or "Name a mapping with --mapping."
        raise BadContent('The table has no column "asked_at".', near)
    fitting = [shape for shape in shapes if shape.name == wanted or (not wanted and _recognised(shape, heads))]
    if wanted:
        # Several files may describe one program's tables: the one that knows most of the head.
        return max(fitting, key=lambda shape: sum(fold(name) in heads for name in shape.recognise or shape.columns))
    if heads.issuperset(KNOWN):
        return None
    if fitting:
        return max(fitting, key=lambda shape: len(shape.recognise))
    shown = ", ".join(sheet.head[:8])
    raise BadContent(
        f"The columns of this file fit nothing that is known: {shown}.",
        "Copy a file of data/mappings, put these columns into it, and give it with --mapping.",
    )


def _recognised(shape: Shape, heads: set[str]) -> bool:
    return bool(shape.recognise) and all(fold(name) in heads for name in shape.recognise)
