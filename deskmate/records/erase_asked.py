"""What was asked to be erased and is not gone from every file yet, and the legal hold that stops all erasing.

Both are small files in the log's own `.privacy` folder, so that every desk that shares the log sees them. They hold
ids and names of fields, never a word of what is to go. One that was dealt with stays for a while: each machine clears
its own caches once.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.faults import BadUsage
from deskmate.records.disk import Disk, not_saved
from deskmate.records.line import seal, unseal
from deskmate.records.stamp import Ids

FOLDER: Final = ".privacy"
"""In the log's folder; its dot keeps it from being a table."""
EVERY_REVISION: Final = "~"
"""Higher than any revision: the id of a document that goes is never given again."""
_HOLD: Final = "hold.json"
_SUFFIX: Final = ".erase"


@dataclass(frozen=True, slots=True)
class Asked:
    """One wish to erase."""

    id: str
    at: datetime
    table: str
    records: tuple[str, ...]
    fields: tuple[str, ...]
    """Which fields; empty for whole documents."""
    until: str
    """The highest revision they had then: what was written since stays."""
    done: bool = False
    """Gone from every file of the table."""


class Asks:
    """Reads and writes both.

    Args:
        folder: the log's `.privacy` folder.
        clock: the time.
        disk: the calls to the system.
    """

    def __init__(self, folder: Path, clock: Clock, disk: Disk) -> None:
        self._folder = folder
        self._clock = clock
        self._disk = disk
        self._ids = Ids(clock)

    # -- the hold ------------------------------------------------------------------------------------------------

    @property
    def hold_since(self) -> datetime | None:
        """Since when a legal hold stops all erasing; None when there is none.

        One that cannot be read counts from the beginning of time: what must be kept is not erased by a damaged file.
        """
        try:
            return datetime.fromisoformat(json.loads(self._disk.read(str(self._folder / _HOLD)))["since"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            return datetime.fromtimestamp(0, self._clock.now().tzinfo)

    def refuse_while_held(self) -> None:
        """Refuse to erase during a hold.

        Raises:
            BadUsage: one is on.
        """
        since = self.hold_since
        if since is not None:
            what = f"A legal hold is on since {since:%Y-%m-%d}: nothing is erased."
            raise BadUsage(what, "End it: deskmate privacy hold off")

    def hold(self) -> datetime:
        """Stop all erasing; one that is on already stays as it is.

        Returns:
            Since when.

        Raises:
            NotSaved: the disk refused.
        """
        since = self.hold_since
        if since is None:
            since = self._clock.now()
            self._write(_HOLD, json.dumps({"since": since.isoformat(timespec="seconds")}).encode())
        return since

    def release(self) -> bool:
        """Let erasing go on.

        Returns:
            Whether there was a hold.

        Raises:
            NotSaved: the disk refused.
        """
        held = self.hold_since is not None
        self._remove(_HOLD)
        return held

    # -- what was asked ------------------------------------------------------------------------------------------

    def add(self, table: str, records: Iterable[str], fields: Iterable[str], until: str) -> Asked:
        """Remember a wish before anything is done about it, so that a crash cannot forget it.

        Raises:
            NotSaved: the disk refused.
        """
        asked = Asked(self._ids.new(), self._clock.now(), table, tuple(records), tuple(fields), until)
        self._put(asked)
        return asked

    def ids(self) -> list[str]:
        """The ids of the wishes that are kept, the oldest first; no file is read."""
        return sorted(name.removesuffix(_SUFFIX) for name in self._disk.sizes(str(self._folder), _SUFFIX))

    def read(self, asked_id: str) -> Asked | None:
        """A wish; None when another program removed it just now, it is damaged, or a newer DeskMate wrote it."""
        try:
            body = unseal(self._disk.read(str(self._folder / f"{asked_id}{_SUFFIX}")).removesuffix(b"\n"))
            return None if body is None else _asked(asked_id, body)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def all(self) -> list[Asked]:
        """Every wish that can be read, the oldest first."""
        return [asked for asked in map(self.read, self.ids()) if asked is not None]

    def finish(self, asked: Asked) -> None:
        """Note that it is gone from every file.

        Raises:
            NotSaved: the disk refused.
        """
        self._put(replace(asked, done=True))

    def drop(self, asked: Asked) -> None:
        """Forget a wish that every machine has seen.

        Raises:
            NotSaved: the disk refused.
        """
        self._remove(f"{asked.id}{_SUFFIX}")

    def tidy(self) -> None:
        """Remove drafts of wishes that a crash left; only for who has the right to erase.

        Raises:
            NotSaved: the disk refused.
        """
        for name in self._disk.sizes(str(self._folder), ".tmp"):
            if _SUFFIX in name:
                self._remove(name)

    def _put(self, asked: Asked) -> None:
        body = {
            "v": 1, "at": asked.at.isoformat(timespec="seconds"), "table": asked.table,
            "records": asked.records, "fields": asked.fields, "until": asked.until, "done": asked.done,
        }  # fmt: skip
        self._write(f"{asked.id}{_SUFFIX}", seal(body))

    def _write(self, name: str, data: bytes) -> None:
        try:
            created = self._disk.make_folder(self._folder)
            self._disk.replace(self._folder / name, data)
            for folder in created:
                self._disk.sync_folder(folder.parent)
        except OSError as error:
            raise not_saved(error) from error

    def _remove(self, name: str) -> None:
        try:
            (self._folder / name).unlink(missing_ok=True)
            if self._folder.is_dir():
                self._disk.sync_folder(self._folder)
        except OSError as error:
            raise not_saved(error) from error


def _asked(asked_id: str, body: dict[str, Any]) -> Asked:
    at = datetime.fromisoformat(str(body["at"]))
    records, fields = (tuple(map(str, body[name])) for name in ("records", "fields"))
    return Asked(asked_id, at, str(body["table"]), records, fields, str(body["until"]), bool(body["done"]))
