"""What `undo` would take back: the actions of this machine's last two days, kept in its own state folder.

It is a hint that survives the process. The truth is the table's history: before anything is taken back, the record's
revision is compared. No note, contact or path is written here, only the sentence the screen showed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.faults import Notice
from deskmate.records.disk import Disk
from deskmate.records.line import seal, unseal

_DAYS_KEPT: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that was done at this machine and can be taken back."""

    at: datetime
    say: str
    """What it was, as it was shown: `Saved: phone · account · 4 min`; may be empty."""
    ref: str
    """The record's shown id."""
    table: str
    record_id: str
    revision: str
    """The record's revision after the action."""
    before: str
    """Its revision before; empty when the record was new."""


_TEXTS: Final = tuple(name for name in Action.__dataclass_fields__ if name != "at")


class Actions:
    """The actions not yet taken back, oldest first, of all of this machine's processes."""

    def __init__(self, folder: Path, clock: Clock, disk: Disk) -> None:
        self._folder = folder
        self._clock = clock
        self._disk = disk
        self._handle = -1
        self._handle_day: date | None = None
        self._read_to: dict[str, int] = {}
        self._stack: list[Action] = []
        self._restored: dict[str, str] = {}
        self.notice: Notice | None = None
        """Set when the folder cannot be used: undo then works only until the program ends."""

    def done(self, table: str, record_id: str, revision: str, *, before: str, say: str, ref: str) -> None:
        """Remember something that was done now; see `Action`."""
        now = self._clock.now()
        named = {"say": say, "ref": ref, "table": table, "record_id": record_id, "revision": revision, "before": before}
        self._write({"at": now.isoformat(), **named}, now.date())

    def taken_back(self, action: Action, revision: str) -> None:
        """Remember that an action was taken back, and the revision that did it."""
        self._write({"undo": action.revision, "rev": revision, "as": action.before}, self._clock.now().date())

    def last(self) -> Action | None:
        """The newest action that was not taken back."""
        self._refresh()
        return self._stack[-1] if self._stack else None

    def stands_for(self, revision: str) -> str:
        """The revision whose content a record has again after undoing; the same one when nothing was undone."""
        while revision in self._restored:
            revision = self._restored[revision]
        return revision

    def forget(self, table: str, records: Collection[str]) -> None:
        """Overwrite the sentences about some records where they stand: other programs append to the same file.

        Args:
            table: the table of the records.
            records: their ids.

        Raises:
            OSError: the system refused.
        """
        self._stack = [replace(each, say="") if each.record_id in records else each for each in self._stack]
        for name in self._disk.sizes(str(self._folder)):
            position = 0
            data = self._disk.read(str(self._folder / name))
            for line in data.split(b"\n") if table.encode() in data else ():
                body = unseal(line)
                if body is not None and body.get("record_id") in records and body.get("say"):
                    self._disk.overwrite(self._folder / name, position, _blank(line, body))
                position += len(line) + 1

    def tidy(self) -> None:
        """Remove the files of days that nothing can be taken back of any more.

        Raises:
            OSError: the system refused.
        """
        self._forget_before(self._clock.now().date() - timedelta(days=_DAYS_KEPT - 1))

    def close(self) -> None:
        """Give the file back."""
        if self._handle >= 0:
            self._disk.close(self._handle)
            self._handle = -1

    def _write(self, body: Mapping[str, Any], today: date) -> None:
        try:
            self._disk.write(self._file(today), seal(body))
        except OSError as error:
            self.notice = Notice(
                f"What undo needs could not be written ({error.strerror or error}).",
                "The record itself is saved; undo works until DeskMate is closed.",
                str(self._folder),
            )
            self._take(body)

    def _file(self, today: date) -> int:
        """The handle of today's file; not synced, because a power cut may take the hint but never the record."""
        if self._handle < 0 or self._handle_day != today:
            self.close()
            self._disk.make_folder(self._folder)
            self._forget_before(today - timedelta(days=_DAYS_KEPT - 1))
            self._handle = self._disk.open_append(self._folder / f"{today.isoformat()}.jsonl")
            self._handle_day = today
            if not self._disk.ends_with_newline(self._handle):
                self._disk.write(self._handle, b"\n")
        return self._handle

    def _forget_before(self, first: date) -> None:
        for name in self._disk.sizes(str(self._folder)):
            if name < first.isoformat():
                (self._folder / name).unlink(missing_ok=True)

    def _refresh(self) -> None:
        first = (self._clock.now().date() - timedelta(days=_DAYS_KEPT - 1)).isoformat()
        try:
            sizes = self._disk.sizes(str(self._folder))
            for name in sorted(sizes):
                start = self._read_to.get(name, 0)
                if name < first or sizes[name][1] <= start:
                    continue
                lines = self._disk.read(str(self._folder / name), start)
                whole = lines[: lines.rfind(b"\n") + 1]
                self._read_to[name] = start + len(whole)
                for body in map(unseal, whole.split(b"\n")):
                    if body is not None:
                        self._take(body)
        except OSError as error:
            self.notice = Notice(
                f"What undo needs could not be read ({error.strerror or error}).",
                "Records are safe; mend the folder's permissions.",
                str(self._folder),
            )

    def _take(self, body: Mapping[str, Any]) -> None:
        if "undo" in body:
            self._stack = [action for action in self._stack if action.revision != body["undo"]]
            self._restored[str(body["rev"])] = str(body["as"])
            return
        known = {name: str(body.get(name, "")) for name in _TEXTS}
        self._stack.append(Action(at=datetime.fromisoformat(str(body["at"])), **known))


def _blank(line: bytes, body: Mapping[str, Any]) -> bytes:
    """A line of the same length without its sentence."""
    short = seal({**body, "say": ""})[:-1]
    return seal({**body, "say": " " * (len(line) - len(short))})[:-1]
