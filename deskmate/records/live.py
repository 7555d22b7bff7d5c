"""The journal of a live interaction: every key that changes it is in a file before the next, so a kill loses nothing.

Appending happens on the event loop (some 20 us, no waiting for the disk); one thread syncs behind and coalesces. A
journal holds no contact and is removed when its record is saved. Each running program has a session folder and holds
its lock file; a session whose lock is free has died, and the next program adopts its journals.
"""

import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deskmate.clock import Clock
from deskmate.faults import BadUsage, Notice
from deskmate.records.disk import Disk, Lock, not_saved
from deskmate.records.line import seal, unseal
from deskmate.records.stamp import Ids

_SUFFIX: Final = ".jsonl"
_LOCK: Final = ".lock"
_LIVE_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Orphan:
    """A live interaction whose program is gone; it is ours now, and `Journals.open` goes on with it."""

    live_id: str
    events: tuple[Mapping[str, Any], ...]
    """In the order they happened, up to the last whole one."""


class Journal:
    """One live interaction's events. Made by `Journals.open`."""

    def __init__(
        self, path: Path, disk: Disk, guard: threading.Lock, wake: threading.Event, lines: list[bytes], *, spoilt: bool
    ) -> None:
        self._path = path
        self._disk = disk
        self._guard = guard
        self._wake = wake
        self._lines = lines
        self._handle = -1
        self._spoilt = spoilt
        self._dirty = False
        self._closed = False
        self.named = False
        """Whether the file's name is on the disk too; read and set with the guard held."""

    def append(self, event: Mapping[str, object]) -> None:
        """Write one event; a kill after this loses nothing, the power cut is covered by the next sync.

        Raises:
            NotSaved: the disk refused. The event is kept and goes along with the next one.
        """
        with self._guard:
            if self._closed:
                raise RuntimeError("this journal was closed")
            line = seal({"event": event})
            self._lines.append(line)
            try:
                self._write(line)
            except OSError as error:
                self._spoil()
                raise not_saved(error) from error
            self._dirty = True
        self._wake.set()

    def close(self, *, remove: bool) -> None:
        """End the journal.

        Args:
            remove: delete it, because its record is saved or was given up; otherwise it stays to be adopted.
        """
        with self._guard:
            self._closed = True
            if self._handle >= 0:
                self._disk.close(self._handle)
                self._handle = -1
            self._dirty = False
            if remove:
                self._disk.remove(self._path)

    @property
    def closed(self) -> bool:
        """Whether it was ended."""
        return self._closed

    def twin_if_dirty(self) -> int | None:
        """A handle to sync for what was written since the last call; None when there is nothing. Guard held."""
        if not self._dirty or self._handle < 0:
            return None
        self._dirty = False
        return self._disk.twin(self._handle)

    def sync_failed(self) -> None:
        """Never trust this file again: the next event writes all of them to a new one. Guard held."""
        self._spoil()

    def _write(self, line: bytes) -> None:
        if self._handle >= 0:
            self._disk.write(self._handle, line)
            return
        self.named = False
        if self._spoilt:
            # Durable although somebody waits: a power cut must not find less than the file held before it failed.
            self._disk.replace(self._path, b"".join(self._lines))
            self._handle = self._disk.open_append(self._path)
            self._spoilt = False
            return
        self._handle = self._disk.open_append(self._path)
        self._disk.write(self._handle, line)

    def _spoil(self) -> None:
        self._spoilt = True
        if self._handle >= 0:
            self._disk.close(self._handle)
            self._handle = -1


class Journals:
    """All journals of this program, on this machine's own disk."""

    def __init__(self, folder: Path, clock: Clock, *, disk: Disk | None = None) -> None:
        self._folder = folder
        self._ids = Ids(clock)
        self._disk = disk or Disk()
        self._guard = threading.Lock()
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._lock: Lock | None = None
        self._session = ""
        self._open: list[Journal] = []
        self._above = [folder.parent, folder.parent.parent]
        """Folders whose names are not synced yet: a program that was killed may have made what we found."""
        self.trouble: Notice | None = None
        """The last sync failed; None again after one that worked."""

    def open(self, live_id: str) -> Journal:
        """Begin a journal, or go on with one that was adopted.

        Raises:
            NotSaved: the folder cannot be made.
            BadUsage: the id holds more than letters, digits, `-` and `_`.
        """
        if not _LIVE_ID.fullmatch(live_id):
            raise BadUsage(f"{live_id!r} is no id of a live interaction.", "Use letters, digits, - and _.")
        try:
            path = self._mine() / f"{live_id}{_SUFFIX}"
            events, whole = self._read(path)
        except OSError as error:
            raise not_saved(error) from error
        lines = [seal({"event": event}) for event in events]
        journal = Journal(path, self._disk, self._guard, self._wake, lines, spoilt=not whole)
        with self._guard:
            self._open = [each for each in self._open if not each.closed] + [journal]
        return journal

    def sync(self) -> None:
        """Wait until everything appended so far is on the disk; a failure is kept in `trouble`, not raised."""
        with self._guard:
            try:
                twins = [(journal, journal.twin_if_dirty()) for journal in self._open]
            except OSError as error:
                self._troubled(error)
                return
            dirty = [(journal, twin) for journal, twin in twins if twin is not None]
            unnamed = {journal for journal, _ in dirty if not journal.named}
        failed = False
        for journal, twin in dirty:
            try:
                self._disk.sync(twin)
                if journal in unnamed:
                    self._sync_names()
                    with self._guard:
                        journal.named = True
            except OSError as error:
                failed = True
                with self._guard:
                    journal.sync_failed()
                self._troubled(error)
            finally:
                self._disk.close(twin)
        if dirty and not failed:
            self.trouble = None

    def orphans(self) -> list[Orphan]:
        """Adopt the journals of programs that died: they move into our session, unfinished last lines dropped.

        Raises:
            NotSaved: the folder cannot be used.
        """
        try:
            sessions = set(self._disk.folders(self._folder))
            locks = self._disk.sizes(str(self._folder), _LOCK)
            sessions |= {name.removesuffix(_LOCK) for name in locks}
            found: list[Orphan] = []
            for session in sorted(sessions - {self._session}):
                lock = self._disk.lock(self._folder / f"{session}{_LOCK}")
                if lock is not None:
                    found += self._adopt(self._folder / session)
                    lock.release(remove=True)
        except OSError as error:
            raise not_saved(error) from error
        return found

    def start_syncing(self) -> None:
        """Start the one thread that syncs what was appended; twice does no harm."""
        if self._thread is None:
            self._stopping = False
            self._thread = threading.Thread(target=self._keep_syncing, name="journal-sync", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End the thread after a last sync."""
        if self._thread is not None:
            self._stopping = True
            self._wake.set()
            self._thread.join()
            self._thread = None
        self.sync()

    def close(self) -> None:
        """End the session: journals still there wait for the next program; an empty session leaves nothing behind."""
        self.stop()
        for journal in self._open:
            if not journal.closed:
                journal.close(remove=False)
        if self._lock is not None:
            folder = self._folder / self._session
            empty = not self._disk.sizes(str(folder), _SUFFIX)
            if empty:
                self._disk.remove(folder)
            self._lock.release(remove=empty)
            self._lock = None
            self._session = ""

    def _keep_syncing(self) -> None:
        while not self._stopping:
            self._wake.wait()
            self._wake.clear()
            self.sync()

    def _make_safe(self, path: Path, events: list[Mapping[str, Any]] | None) -> None:
        """Sync an adopted journal, since what its program wrote last may be in the system's memory only.

        Args:
            path: the journal.
            events: what is whole of one that is not; None when all of it is.
        """
        try:
            if events is not None:
                self._disk.replace(path, b"".join(seal({"event": event}) for event in events))
                return
            handle = self._disk.open_append(path)
            try:
                self._disk.sync(handle)
            finally:
                self._disk.close(handle)
        except OSError as error:
            self._troubled(error)  # whoever was being helped is shown all the same

    def _sync_names(self) -> None:
        self._disk.sync_folder(self._folder / self._session)
        self._disk.sync_folder(self._folder)
        known = len(self._above)
        for folder in self._above[:known]:
            self._disk.sync_folder(folder)
        del self._above[:known]

    def _mine(self) -> Path:
        """Our session's folder. Its lock is held before it exists, so nobody can take it for an orphan's."""
        while not self._session:
            self._above += [made.parent for made in self._disk.make_folder(self._folder)]
            name = self._ids.new()  # sorts by time: the oldest session's journals are offered first
            lock = self._disk.lock(self._folder / f"{name}{_LOCK}")
            if lock is None:
                continue
            try:
                self._disk.make_folder(self._folder / name)
            except OSError:
                lock.release(remove=True)
                raise
            self._lock, self._session = lock, name
        return self._folder / self._session

    def _adopt(self, session: Path) -> list[Orphan]:
        found: list[Orphan] = []
        for name in sorted(self._disk.sizes(str(session), _SUFFIX)):
            events, whole = self._read(session / name)
            if not events:
                self._disk.remove(session / name)
                continue
            mine = self._mine() / name
            if not found:
                self._sync_names()  # a power cut must not take the folder that the journal moves to
            self._disk.move(session / name, mine)
            self._make_safe(mine, events if not whole else None)
            found.append(Orphan(name.removesuffix(_SUFFIX), tuple(events)))
        if found:
            self._sync_names()
        if session.is_dir():
            for left in session.iterdir():
                self._disk.remove(left)
            self._disk.remove(session)
        return found

    def _read(self, path: Path) -> tuple[list[Mapping[str, Any]], bool]:
        """The events up to the first line that is damaged or cut off, and whether that was all."""
        try:
            data = self._disk.read(str(path))
        except FileNotFoundError:
            return [], True
        events: list[Mapping[str, Any]] = []
        lines = data.split(b"\n")
        tail = lines.pop()
        for line in lines:
            body = unseal(line)
            if body is None or not isinstance(body.get("event"), dict):
                return events, False
            events.append(body["event"])
        return events, not tail

    def _troubled(self, error: OSError) -> None:
        self.trouble = Notice(
            f"What is happening now is not safe against a power cut ({error.strerror or error}).",
            "Go on; save soon, and tell IT if this stays.",
            str(self._folder),
        )
