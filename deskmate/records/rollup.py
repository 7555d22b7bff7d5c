"""What each day came to, kept so that a year or ten add up quickly; made again when the day's files change.

What is kept of a day is the reports' business: here it is a JSON object with a mark, and another mark means that it is
counted in another way by now.
"""

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path
from typing import Any, Final

from deskmate.records.disk import Disk
from deskmate.records.line import seal, unseal
from deskmate.records.shard import Json

_VERSION: Final = 2


class RollupCache:
    """The roll-ups of days in one file per year on the local machine, each with the fingerprint it was made from."""

    def __init__(self, folder: Path, disk: Disk, made_from: Callable[[date], str]) -> None:
        """Use a folder; `made_from` tells the fingerprint of a day's files as they are now."""
        self._folder = folder
        self._disk = disk
        self._made_from = made_from
        self._mark = ""
        self._years: dict[int, dict[str, Any]] = {}
        self._changed: set[int] = set()

    def use(self, mark: str) -> None:
        """Say how days are counted from here on; what was counted under another mark is forgotten."""
        if mark != self._mark:
            self._mark = mark
            self._years.clear()
            self._changed.clear()

    def get(self, day: date, made_from: str) -> Json | None:
        """The roll-up of a day, or None when it is not known or the day's files changed since."""
        known = self._year(day.year).get(day.isoformat())
        if known is None or known["print"] != made_from:
            return None
        return dict(known["day"])

    def put(self, day: date, made_from: str, rolled: Json) -> None:
        """Remember the roll-up of a day; `save` writes it. With an empty `made_from` it is never given again."""
        self._year(day.year)[day.isoformat()] = {"print": made_from, "day": rolled}
        self._changed.add(day.year)

    def save(self) -> None:
        """Write what changed. A folder that cannot be written to only costs the counting again next time.

        A day whose files changed since is left out: words that were erased from them meanwhile would come back.
        """
        for year in sorted(self._changed):
            days = self._years[year]
            current = {day: days[day] for day in days if days[day]["print"] == self._made_from(date.fromisoformat(day))}
            try:
                self._disk.make_folder(self._folder)
                body = seal({"v": _VERSION, "mark": self._mark, "days": current})
                self._disk.replace(self._path(year), body, durable=False)
            except OSError:
                return
        self._changed.clear()

    def forget(self, days: Collection[date]) -> None:
        """Take days out, from the disk too, however they were counted.

        Raises:
            OSError: the system refused.
        """
        for day in days:
            self._years.get(day.year, {}).pop(day.isoformat(), None)
        for year in {day.year for day in days}:
            path = self._path(year)
            try:
                body = unseal(self._disk.read(str(path)).removesuffix(b"\n"))
            except FileNotFoundError:
                continue
            if body is None:
                path.unlink(missing_ok=True)
                continue
            gone = {day.isoformat() for day in days}
            kept = {day: rolled for day, rolled in body.get("days", {}).items() if day not in gone}
            if len(kept) < len(body.get("days", {})):
                self._disk.replace(path, seal({**body, "days": kept}))

    def _year(self, year: int) -> dict[str, Any]:
        if year not in self._years:
            self._years[year] = self._read(year)
        return self._years[year]

    def _read(self, year: int) -> dict[str, Any]:
        try:
            body = unseal(self._disk.read(str(self._path(year))).removesuffix(b"\n"))
        except OSError:
            return {}
        if body is None or body.get("v") != _VERSION or body.get("mark") != self._mark:
            return {}
        return dict(body["days"])

    def _path(self, year: int) -> Path:
        return self._folder / f"rollup-{year}.json"
