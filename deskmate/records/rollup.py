"""A day's counts, kept so that a year or ten years add up quickly; counted again when the day's files change.

Counts are contacts: a tally of seven counts seven. Times are left out when they are uncertain. Nothing here names a
person, and nothing counts a person.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk
from deskmate.records.line import seal, unseal

_VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DayCounts:
    """What one day, or several added up, held. All maps go from a value, as text, to contacts."""

    n: int = 0
    """Contacts."""
    records: int = 0
    """Records; a tally of seven is one."""
    channels: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    hours: Mapping[str, int] = field(default_factory=dict)
    """`0` to `23`, the hour of asking in local time."""
    reads: Mapping[str, int] = field(default_factory=dict)
    """`1` to `6`; contacts without a level are left out."""
    strains: Mapping[str, int] = field(default_factory=dict)
    outcomes: Mapping[str, int] = field(default_factory=dict)
    entries: Mapping[str, int] = field(default_factory=dict)
    timed: int = 0
    """Records with a measured and certain duration."""
    seconds: int = 0
    """Their durations added up."""
    promises: int = 0
    """Promises made by the records of the day, whatever became of them."""
    kept: int = 0
    late: int = 0
    incidents: int = 0

    def __add__(self, other: "DayCounts") -> "DayCounts":
        both: dict[str, Any] = {}
        for name in self.__dataclass_fields__:
            mine, theirs = getattr(self, name), getattr(other, name)
            both[name] = mine + theirs if isinstance(mine, int) else dict(Counter(mine) + Counter(theirs))
        return DayCounts(**both)


def count_day(records: Iterable[Interaction]) -> DayCounts:
    """Count records."""
    maps: dict[str, Counter[str]] = {name: Counter() for name in _MAPS}
    sums: Counter[str] = Counter()
    for record in records:
        for name, value in (
            ("channels", record.channel),
            ("kinds", record.kind),
            ("hours", record.asked_at.hour),
            ("reads", record.read),
            ("strains", record.strain),
            ("outcomes", record.outcome),
            ("entries", record.entry),
        ):
            if value is not None:
                maps[name][str(value)] += record.count
        sums["n"] += record.count
        sums["records"] += 1
        if record.seconds is not None and not record.uncertain:
            sums["timed"] += 1
            sums["seconds"] += record.seconds
        sums["incidents"] += record.incident
        if record.promise is not None:
            sums["promises"] += 1
            sums["kept"] += record.promise.kept is True
            sums["late"] += record.promise.kept is False
    counts: dict[str, Any] = {name: dict(counter) for name, counter in maps.items()}
    return DayCounts(**{**counts, **sums})


class RollupCache:
    """Counts of days in one file per year on the local machine, each with the fingerprint it was made from."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._years: dict[int, dict[str, Any]] = {}
        self._changed: set[int] = set()

    def get(self, day: date, mark: str) -> DayCounts | None:
        """The counts of a day, or None when they are not known or its files changed since."""
        known = self._year(day.year).get(day.isoformat())
        if known is None or known["print"] != mark:
            return None
        return DayCounts(**known["counts"])

    def put(self, day: date, mark: str, counts: DayCounts) -> None:
        """Remember the counts of a day; `save` writes them."""
        plain = {name: value for name, value in asdict(counts).items() if value}
        self._year(day.year)[day.isoformat()] = {"print": mark, "counts": plain}
        self._changed.add(day.year)

    def save(self) -> None:
        """Write what changed. A folder that cannot be written to only costs the counting again next time."""
        for year in sorted(self._changed):
            try:
                self._disk.make_folder(self._folder)
                body = seal({"v": _VERSION, "days": self._years[year]})
                self._disk.replace(self._path(year), body, durable=False)
            except OSError:
                return
        self._changed.clear()

    def _year(self, year: int) -> dict[str, Any]:
        if year not in self._years:
            self._years[year] = self._read(year)
        return self._years[year]

    def _read(self, year: int) -> dict[str, Any]:
        try:
            body = unseal(self._disk.read(str(self._path(year))).removesuffix(b"\n"))
        except OSError:
            return {}
        return dict(body["days"]) if body is not None and body.get("v") == _VERSION else {}

    def _path(self, year: int) -> Path:
        return self._folder / f"rollup-{year}.json"


_MAPS: Final = ("channels", "kinds", "hours", "reads", "strains", "outcomes", "entries")
