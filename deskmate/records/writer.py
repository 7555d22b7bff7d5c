"""Who writes, and where: a slot that one process holds at a time, and the one file it appends to in each table.

No two processes ever write one file, on one machine or on a share, so nothing on the write path waits for a lock.
"""

import json
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from deskmate.faults import Notice
from deskmate.records.disk import Disk, Lock, not_saved

_MACHINE: Final = "machine.json"
_SLOTS: Final = "writers"
_MOST_MOVES: Final = 3
"""How often a line is written again because its file was replaced; a file system may tell a wrong number each time."""


class WriterSlot:
    """The name this process writes under: `<machine>-<n>`, claimed on first use and free again when the process ends.

    Slots are reused, so that a day does not fill with one file per command. The machine's id is chance and is kept in
    the local state folder together with a mark of the computer's name: a copied disk image gets an id of its own.
    """

    def __init__(self, state: Path, disk: Disk) -> None:
        self._state = state
        self._disk = disk
        self._lock: Lock | None = None
        self._name = ""
        self.notice: Notice | None = None
        """Set when the state folder cannot be used and a name for this session only was taken."""

    @property
    def name(self) -> str:
        """The writer's name; the first use claims it."""
        if not self._name:
            try:
                self._name = self._claim()
            except OSError as error:
                self._name = f"{os.urandom(4).hex()}-0"
                self.notice = Notice(
                    f"The folder for this machine's own state cannot be used ({error.strerror or error}).",
                    "Records are saved; undo works only until DeskMate is closed. Mend the folder's permissions.",
                    str(self._state),
                )
        return self._name

    @property
    def folder(self) -> Path:
        """Where the locks of this machine's slots are."""
        return self._state / _SLOTS

    def release(self) -> None:
        """Free the slot for the next process."""
        if self._lock is not None:
            self._lock.release()
            self._lock = None
        self._name = ""

    def _claim(self) -> str:
        folder = self.folder
        self._disk.make_folder(folder)
        machine = self._machine(folder)
        number = 1
        while (lock := self._disk.lock(folder / f"{number}.lock")) is None:
            number += 1
        self._lock = lock
        return f"{machine}-{number}"

    def _machine(self, folder: Path) -> str:
        guard = self._disk.lock(folder / "machine.lock", wait=True)
        try:
            path = self._state / _MACHINE
            node = f"{crc32(self._disk.computer().encode()):08x}"
            try:
                known = json.loads(path.read_text(encoding="utf-8"))
                if known["node"] == node:
                    return str(known["id"])
            except (FileNotFoundError, ValueError, KeyError, TypeError):
                pass  # none yet, or not readable: this machine gets a new id, and its old files stay as they are
            fresh = os.urandom(4).hex()
            self._disk.replace(path, json.dumps({"id": fresh, "node": node}).encode())
            return fresh
        finally:
            if guard is not None:
                guard.release()


@dataclass(frozen=True, slots=True)
class Written:
    """Where a line went: the file's name and the bytes it takes there."""

    file: str
    start: int
    end: int


class Pen:
    """This process's file in one table's folder.

    One thread writes; `sync` may be called from a second one. After a failed write or sync the file is never written
    again (the system may have dropped its pages): the next line goes to a new file, and lines whose sync is still owed
    go along. The same line twice does no harm, because its revision is the same.
    """

    def __init__(
        self, folder: Path, writer: str, disk: Disk, *, durable: bool, above: list[Path] | None = None
    ) -> None:
        """Write in a folder; `above` are folders further up whose names are to be synced once, by whichever pen."""
        self._folder = folder
        self._above = [] if above is None else above
        self._writer = writer
        self._disk = disk
        self._durable = durable
        self._guard = threading.Lock()
        self._handle = -1
        self._name = ""
        self._path = folder
        self._end = 0
        self._prefix = b""
        self._owed: list[bytes] = []
        self._new_name = False
        self._spoilt = False

    @property
    def owes_sync(self) -> bool:
        """Whether a line was written and is not known to be on the disk."""
        return bool(self._owed)

    def write(self, line: bytes) -> Written:
        """Append a line; when the pen is durable it is on the disk when this returns.

        Raises:
            NotSaved: the write or its sync failed.
        """
        with self._guard:
            try:
                data = self._append(line)
                if self._durable:
                    self._sync_now(self._handle, with_names=self._new_name)
                    for _ in range(_MOST_MOVES):
                        if not self._disk.replaced(self._handle, self._path):
                            break
                        self._close_replaced()
                        data = self._append(line)
                        self._sync_now(self._handle, with_names=True)
                    self._new_name = False
                else:
                    self._owed.append(line)
            except OSError as error:
                self._give_up()
                raise not_saved(error) from error
            start, self._end = self._end, self._end + len(data)
            return Written(self._name, start, self._end)

    def sync(self) -> None:
        """Wait until every line written so far is on the disk; the lock is not held meanwhile.

        Raises:
            NotSaved: it failed; the lines are kept and go to a new file with the next write or sync.
        """
        for tries_left in reversed(range(_MOST_MOVES + 1)):
            if self._synced(may_move=bool(tries_left)):
                return

    def _synced(self, *, may_move: bool) -> bool:
        """Sync what is owed; False when the file was replaced meanwhile, so that it is all to be written again."""
        with self._guard:
            if not self._owed:
                return True
            try:
                if self._handle < 0:
                    self._open()
                    self._disk.write(self._handle, self._prefix)
                    self._end += len(self._prefix)
                    self._prefix = b""
                twin = self._disk.twin(self._handle)
            except OSError as error:
                self._give_up()
                raise not_saved(error) from error
            count, name, with_names = len(self._owed), self._name, self._new_name
        try:
            try:
                self._sync_now(twin, with_names=with_names)
                replaced = may_move and self._disk.replaced(twin, self._folder / name)
            finally:
                self._disk.close(twin)
        except OSError as error:
            with self._guard:
                if self._name == name:
                    self._give_up()
            raise not_saved(error) from error
        with self._guard:
            if self._name == name and not replaced:
                del self._owed[:count]
                self._new_name = False
            elif self._name == name and self._handle >= 0:
                self._close_replaced()
        return not replaced

    def close(self) -> None:
        """Give the handle back; what is owed must have been synced before."""
        with self._guard:
            if self._handle >= 0:
                self._disk.close(self._handle)
                self._handle = -1

    def _append(self, line: bytes) -> bytes:
        """Write a line after what is owed to a new file; returns what was written."""
        if self._handle < 0:
            self._open()
        data = self._prefix + line
        self._disk.write(self._handle, data)
        self._prefix = b""
        return data

    def _close_replaced(self) -> None:
        """Another file is in this one's place, after an erasing or with an older copy: what is owed goes there."""
        self._disk.close(self._handle)
        self._handle = -1

    def _open(self) -> None:
        self._disk.make_folder(self._folder)
        number = self._highest() + self._spoilt
        name = f"{self._writer}.{number}.jsonl" if number else f"{self._writer}.jsonl"
        self._path = self._folder / name  # joined once: at each line it is a tenth of what an insert costs but the disk
        self._handle = self._disk.open_append(self._path)
        self._name = name
        self._end = self._disk.end(self._handle)
        self._new_name = True
        self._spoilt = False
        torn = b"" if self._disk.ends_with_newline(self._handle) else b"\n"
        self._prefix = torn + b"".join(self._owed)

    def _highest(self) -> int:
        """The number of this writer's newest file in the folder; the first file has none."""
        numbers = [0]
        for name in self._disk.sizes(str(self._folder)):
            writer, _, number = name.removesuffix(".jsonl").partition(".")
            if writer == self._writer and number.isdecimal():
                numbers.append(int(number))
        return max(numbers)

    def _give_up(self) -> None:
        """Leave a file that failed; one that stayed empty is removed, so that a full disk collects none."""
        if self._handle < 0:
            return
        handle, self._handle = self._handle, -1
        self._spoilt = True
        try:
            empty = self._disk.end(handle) == 0
            self._disk.close(handle)
            if empty:
                self._disk.remove(self._folder / self._name)
        except OSError:
            return  # the failure that brought us here is the one to report
        finally:
            self._name = ""

    def _sync_now(self, handle: int, *, with_names: bool) -> None:
        self._disk.sync(handle)
        if with_names:
            # Always, not only when we made them: another process may have made the folder and not synced it yet.
            self._disk.sync_folder(self._folder)
            self._disk.sync_folder(self._folder.parent)
            known = len(self._above)
            for folder in self._above[:known]:
                self._disk.sync_folder(folder)
            del self._above[:known]
