"""Records as another program's table, by the same mapping file that reads that table."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from deskmate.model.interaction import Interaction
from deskmate.reports.mapping import SEVERAL, Shape
from deskmate.text.clean import clean, formula_safe, one_line

_HALF: Final = timedelta(minutes=14)
"""LibStats adds 14 minutes and rounds down to the half hour (its DataCSVReport.php)."""
_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_YES_NO: Final = ("taught", "source_used", "incident")
_SENSITIVE: Final = ("id", "asked_at", "asked_date", "kind", "count", "activities")
"""What is written of a sensitive record: its day, kind and count."""


def shape_lines(records: Iterable[Interaction], shape: Shape, *, with_staff: bool = False) -> Iterator[str]:
    """The head and the rows of another program's table, quoted as RFC 4180 says, every cell safe for a spreadsheet.

    A tally of n is n rows where that program has no count. Initials are left out unless asked for; of a sensitive
    record only the day, the kind and the count are written.
    """
    import csv
    from io import StringIO

    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    columns = _columns(shape)
    writer.writerow(columns)
    yield buffer.getvalue()
    for record in records:
        buffer.seek(0)
        buffer.truncate()
        for cells in _rows(record, shape, with_staff=with_staff):
            writer.writerow([formula_safe(cells.get(column, "")) for column in columns])
        yield buffer.getvalue()


def _columns(shape: Shape) -> tuple[str, ...]:
    titles = tuple(dict.fromkeys(shape.titles.values())) if shape.activity_columns else ()
    return (*shape.columns, *(title for title in titles if title not in shape.columns))


def _rows(record: Interaction, shape: Shape, *, with_staff: bool) -> Iterator[dict[str, str]]:
    cells = _cells(record, shape, with_staff=with_staff)
    if shape.tally == "count" or record.count == 1:
        yield cells
        return
    number = shape.fields.get("id", ("",))[0]
    for each in range(1, record.count + 1):
        yield {**cells, number: f"{record.id}.{each}"}


def _cells(record: Interaction, shape: Shape, *, with_staff: bool) -> dict[str, str]:
    """One row by column name."""
    cells = {} if record.sensitive else dict(shape.fixed)
    for column, what in shape.derived.items():
        cells[column] = _derived(record, what, shape)
    for name, theirs in shape.fields.items():
        if (name != "staff" or with_staff) and (name in _SENSITIVE or not record.sensitive):
            text = _field(record, name, shape)
            columns = theirs[:1] if name in SEVERAL else theirs
            cells |= dict.fromkeys(columns, text)
    if shape.activity_columns:
        for title in _titles(record, shape):
            cells[title] = str(record.count)
    return cells


def _field(record: Interaction, name: str, shape: Shape) -> str:
    if name in ("asked_at", "added_at"):
        moment = _wall(getattr(record, name), shape)
        return moment.strftime(shape.date if record.sensitive else shape.stamp)
    if name in ("asked_date", "asked_time"):
        return _wall(record.asked_at, shape).strftime(shape.date if name == "asked_date" else shape.time)
    if name == "seconds":
        return "" if record.seconds is None else band(record.seconds, shape)
    if name == "tags":
        return _joined((one_line(tag) for tag in record.tags), shape)
    if name == "activities":
        return shape.between.join(_titles(record, shape))
    value = getattr(record, name)
    if name in shape.spelt:
        return "" if value is None else shape.spelt[name].get(str(value), str(value))
    if name in _YES_NO:
        return "yes" if value else "no"
    return clean(value) if name == "note" else one_line(str(value))


def band(seconds: int, shape: Shape) -> str:
    """The first band that a length falls into; whole minutes where the mapping has none for it.

    Args:
        seconds: how long it took.
        shape: its bands are in minutes.
    """
    minutes = seconds / 60
    for name, (low, high) in shape.minutes.items():
        if low <= minutes and (minutes < high or low == high):
            return name
    return str(round(minutes))


def _joined(values: Iterable[str], shape: Shape) -> str:
    """Tags in one cell; what would look like two of them is written with a dash."""
    between = shape.between.strip() or " "
    return shape.between.join(filter(None, ("-".join(value.split(between)) for value in values)))


def _titles(record: Interaction, shape: Shape) -> Iterator[str]:
    """The activities that say what a record says."""
    names = ("kind",) if record.sensitive else ("channel", "kind", "strain", "outcome", "read")
    for name in names:
        title = shape.titles.get((name, str(getattr(record, name))))
        if title:
            yield title
    for tag in () if record.sensitive else record.tags:
        title = shape.titles.get(("tag", tag))
        if title:
            yield title


def _derived(record: Interaction, what: str, shape: Shape) -> str:
    at = _wall(record.asked_at, shape)
    if what == "date":
        return at.strftime(shape.date)
    if what == "weekday":
        return _WEEKDAYS[at.weekday()]
    if what == "session":
        return f"{record.day.isoformat()} {one_line(record.desk)}".strip()
    if record.sensitive:
        return ""
    if what in ("session-start", "session-end"):
        return _edge(at.date(), what).strftime(shape.stamp)
    if what == "half-hour":
        later = at + _HALF
        at = later.replace(minute=later.minute // 30 * 30, second=0)
    return at.strftime(shape.time)


def _edge(day: date, what: str) -> datetime:
    """A session of ours is a day at a desk: from its first second to its last."""
    first = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - the other program's times have no zone
    return first if what == "session-start" else first + timedelta(days=1, seconds=-1)


def _wall(moment: datetime, shape: Shape) -> datetime:
    """The time on the wall where it was asked, or in the zone that the mapping names."""
    if not shape.zone:
        return moment.replace(tzinfo=None)
    from zoneinfo import ZoneInfo

    return moment.astimezone(ZoneInfo(shape.zone)).replace(tzinfo=None)
