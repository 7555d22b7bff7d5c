"""Records in from other programs and out to them: which file is which, what is private in it, what is new."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.places import Places
from deskmate.records.importing import Compared, compare, take_in
from deskmate.records.log import Log
from deskmate.reports.export import csv_lines, jsonl_lines
from deskmate.reports.export_ics import ics_lines
from deskmate.reports.export_shapes import shape_lines
from deskmate.reports.intake import CSV, JSONL, Intake, read_file
from deskmate.reports.intake_rows import FROM
from deskmate.reports.mapping import Shape, read_shape
from deskmate.settings import Settings
from deskmate.text.guard import mask

CALENDAR: Final = "ics"
_GUARDED: Final = ("note", "place", "authority", "referred_to")
_GUARDED_LISTS: Final = ("offered", "tags")
_GUARDED_PROMISE: Final = ("what", "waiting_for")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was read and held against the log; nothing of it is kept yet."""

    intake: Intake
    compared: Compared
    masked: int
    """Records in whose words something private was masked."""
    unsigned: int
    """Records whose initials were left out, because this library keeps none."""

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of what is new."""
        tables = sorted(self.compared.new)
        return (date.fromisoformat(tables[0]), date.fromisoformat(tables[-1])) if tables else None


class Exchange:
    """Reads and writes the files that other programs share with the log."""

    def __init__(self, places: Places, log: Log, settings: Settings, clock: Clock) -> None:
        self._places = places
        self._log = log
        self._settings = settings
        self._clock = clock

    def read(
        self,
        data: bytes,
        wanted: str,
        mapping: str,
        *,
        keep_private: bool,
        progress: Progress = lambda _done, _of: None,
    ) -> Incoming:
        """Read a file and find out what of it is new; nothing is written.

        Args:
            data: its bytes.
            wanted: its format, or empty to look at it.
            mapping: the path of a mapping file, or empty.
            keep_private: leave what looks like private data in its words.
            progress: told how many rows were read, of about how many.

        Raises:
            BadContent: the file cannot be read as that at all, or the mapping file is wrong.
            BadUsage: a mapping was given for a format that takes none.
        """
        shapes = self._shapes(wanted, mapping)
        name = shapes[0].name if mapping else wanted
        keeper = _Keeper(self._settings, keep_private=keep_private)
        now = self._clock.now()
        intake = read_file(data, now, wanted=name, shapes=shapes, keep=keeper.keep, progress=progress)
        found = Compared() if intake.bad else compare(self._log, intake.records)
        intake.records = []  # what is new is in `found`; a long file is not held twice
        return Incoming(intake, found, keeper.masked, keeper.unsigned)

    def take_in(self, incoming: Incoming, progress: Progress = lambda _done, _of: None) -> None:
        """Keep what is new of a file, all of it or nothing.

        Raises:
            NotSaved: the disk refused, and nothing was kept.
            DeskMateError: another import is running.
        """
        take_in(self._log, incoming.compared.new, progress)

    def lines(self, format_name: str, period: tuple[date, date] | None, *, with_staff: bool) -> Iterator[str]:
        """The records of a period, or all, in a format.

        Args:
            format_name: `jsonl`, `csv`, `ics`, or the name of a mapping.
            period: the first and the last day; for `ics` the days on which a promise is due.
            with_staff: initials too.

        Raises:
            BadContent: the mapping file is wrong.
        """
        if format_name == CALENDAR:
            return ics_lines(self._owed(period), self._clock.now())
        records = self._log.between(*(period or self._all()))
        if format_name == JSONL:
            return jsonl_lines(records, with_staff=with_staff)
        if format_name == CSV:
            return csv_lines(records, with_staff=with_staff)
        return shape_lines(records, self._shape(format_name), with_staff=with_staff)

    def _owed(self, period: tuple[date, date] | None) -> Iterator[Interaction]:
        while self._log.behind:
            self._log.catch_up()
        for record in self._log.open_promises():
            due = record.promise.due.date() if record.promise else None
            if due and (period is None or period[0] <= due <= period[1]):
                yield record

    def _all(self) -> tuple[date, date]:
        days = self._log.days()
        today = self._clock.now().date()
        return (days[0], days[-1]) if days else (today, today)

    def _shapes(self, wanted: str, mapping: str) -> list[Shape]:
        """The mappings that may fit.

        Raises:
            BadUsage: one was given for a format that takes none.
            BadContent: a file that is needed is wrong.
        """
        if mapping:
            if wanted == JSONL:
                raise BadUsage("JSON Lines take no mapping.", "Leave --mapping out, or give the format of the table.")
            return [read_shape(Path(mapping))]
        if wanted in (JSONL, CSV):
            return []
        return [read_shape(path) for path in self._files() if not wanted or path.stem.split("-")[0] == wanted]

    def _shape(self, name: str) -> Shape:
        (path,) = (path for path in self._files() if path.stem == name)
        return read_shape(path)

    def _files(self) -> Iterable[Path]:
        """The mapping files by name, the library's own in the place of shipped ones."""
        found: dict[str, Path] = {}
        for folder in (self._places.data / "mappings", self._places.mappings):
            found |= {path.stem: path for path in folder.glob("*.toml")}
        return [found[name] for name in sorted(found)]


class _Keeper:
    """Makes of each record from outside one as this library keeps them, and counts what that took."""

    def __init__(self, settings: Settings, *, keep_private: bool) -> None:
        self._initials = settings.desk.initials
        self._branch = settings.library.branch
        # Places and short notes are the same words again and again.
        self._mask = None if keep_private else lru_cache(maxsize=10_000)(mask)
        self.masked = 0
        self.unsigned = 0

    def keep(self, record: Interaction) -> Interaction:
        """No initials unless the library wants them, its branch where none is named, what looks private masked."""
        changes = self._masked(record) if self._mask else {}
        self.masked += bool(changes)
        if record.staff and not self._initials:
            changes["staff"] = ""
            self.unsigned += 1
        if FROM in record.extra and self._branch and not record.branch:
            changes["branch"] = self._branch
        return replace(record, **changes) if changes else record

    def _masked(self, record: Interaction) -> dict[str, Any]:
        masked = self._mask or str
        changes: dict[str, Any] = {}
        for name in _GUARDED:
            before = getattr(record, name)
            if before and (after := masked(before)) != before:
                changes[name] = after
        for name in _GUARDED_LISTS:
            several = getattr(record, name)
            if several and (after_all := tuple(map(masked, several))) != several:
                changes[name] = after_all
        # Keys that this DeskMate does not know survive, and may hold anything: an e-mail column of another program.
        if (extra := {**record.extra, **_masked_all(_foreign(record), masked)}) != record.extra:
            changes["extra"] = extra
        promise = record.promise
        if promise is not None:
            words = {name: masked(getattr(promise, name)) for name in _GUARDED_PROMISE}
            if any(words[name] != getattr(promise, name) for name in words):
                changes["promise"] = promise.with_(**words)
        return changes


def _foreign(record: Interaction) -> dict[str, Any]:
    """What a record carries that is none of our fields, but for its id in the program it came from."""
    return {key: value for key, value in record.extra.items() if key != FROM}


def _masked_all(value: Any, masked: Callable[[str], str]) -> Any:
    """A JSON value with every text in it masked."""
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {key: _masked_all(inner, masked) for key, inner in value.items()}
    return [_masked_all(inner, masked) for inner in value] if isinstance(value, list) else value
