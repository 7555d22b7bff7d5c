"""The incident reports: a table a month of their own, each body sealed where the library has set a code.

A save holds one lock for the whole log and gives its file back, so that the files can be written anew (to seal, open or
erase every version in them) without a line of another desk getting lost. No list of people is kept or can be made.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from deskmate.faults import BadUsage, DeskMateError, NotFound, Notice
from deskmate.model.incident import Head, Incident, head_document, read_head
from deskmate.records.disk import Disk, not_saved
from deskmate.records.keyring import ON, OPENING, SEALING, Keyring, Opened, read_keyring, write_keyring
from deskmate.records.layout import folder_name
from deskmate.records.line import salvage, seal, unseal
from deskmate.records.shard import Json
from deskmate.records.storage import LogStorage

INCIDENTS: Final = "incidents-"
"""What the tables of incidents begin with; the month in which a report was begun follows."""
KEYRING: Final = "incidents.key"
_LOCK: Final = "incidents.lock"

Edit = Callable[[str, Json], Json | None]
"""Id and stored document to what stays of it; None takes it out."""


class Locked(DeskMateError):
    """A report was asked for that only its code opens."""

    def __init__(self) -> None:
        super().__init__("Incident reports are protected here.", "Give the library's code to read them.")


class IncidentTables:
    """Reads and writes the reports of one log.

    Args:
        storage: the log's storage.
    """

    def __init__(self, storage: LogStorage) -> None:
        self._storage = storage
        self._disk: Disk = storage.disk
        self._known: tuple[tuple[int, int] | None, Keyring | None] = (None, None)
        self.unreadable: dict[str, Notice] = {}
        """Reports whose stored form this DeskMate cannot read, by id."""

    @property
    def keyring(self) -> Keyring | None:
        """The library's keys as they are stored now; None without a code.

        Raises:
            DeskMateError: the file cannot be read.
        """
        try:
            found = self._path(KEYRING).stat()
            mark: tuple[int, int] | None = (found.st_ino, found.st_mtime_ns)
        except FileNotFoundError:
            mark = None
        if self._known[0] != mark or mark is None:
            self._known = (mark, read_keyring(self._path(KEYRING)) if mark else None)
        return self._known[1]

    def heads(self) -> list[Head]:
        """What may be told of every report without its code, the newest day first."""
        found = []
        for _, record_id, document in self._stored():
            try:
                found.append(read_head(document))
            except (ValueError, KeyError, TypeError) as error:
                self._unread(record_id, error)
        return sorted(found, key=lambda head: (head.day, head.id), reverse=True)

    def read(self, record_id: str, opened: Opened | None) -> Incident:
        """One report.

        Raises:
            NotFound: there is none with this id.
            Locked: its code is needed.
            DeskMateError: it is damaged.
        """
        for _, stored_id, document in self._stored():
            if stored_id == record_id:
                return _decoded(record_id, document, opened)
        raise NotFound("There is no such incident report.", "See: deskmate incident list")

    def versions(self, record_id: str, opened: Opened | None) -> list[Incident]:
        """Every version of a report, oldest first."""
        versions = (each for table in self._tables() for each in self._storage.fresh(table).versions(record_id))
        return [_decoded(record_id, each.document, opened) for each in versions if each.document is not None]

    def save(self, incident: Incident) -> None:
        """Save a report, new or changed, on the disk when this returns; sealed where there is a code.

        Raises:
            NotSaved: the disk refused.
            DeskMateError: the keys cannot be read: nothing is then written in plain text.
        """
        with self._alone():
            table = f"{INCIDENTS}{incident.written_at:%Y-%m}"
            document = stored_document(incident, self.keyring)
            self._storage.commit(self._storage.fresh(table), {incident.id: document})
            self._storage.let_go(table)
            self._storage.fresh(table)  # a file is known by having been read: only then is its being replaced seen

    def where(self, ids: set[str]) -> dict[str, list[str]]:
        """The tables that hold some reports, each with those it holds."""
        found: dict[str, list[str]] = {}
        for table, record_id, _ in self._stored():
            if record_id in ids:
                found.setdefault(table, []).append(record_id)
        return found

    def erase(self, ids: set[str]) -> None:
        """Take reports out of every file, in all versions; their bytes are gone from the log when this returns.

        Raises:
            NotSaved: the disk refused; run it again.
        """
        with self._alone():
            self._rewrite(lambda record_id, document: None if record_id in ids else document)

    # -- the code ------------------------------------------------------------------------------------------------

    def protect(self, keyring: Keyring) -> int:
        """Store new keys, then seal every version of every report.

        Returns:
            How many damaged lines were taken out: nobody can tell what was in them.

        Raises:
            BadUsage: there are keys already.
            NotSaved: the disk refused; `go_on` ends what was begun.
        """
        with self._alone():
            if self.keyring is not None:
                raise BadUsage("Incident reports are protected here already.", "See: deskmate incident protect --help")
            self._store(keyring.with_state(SEALING))
            return self._seal_all(keyring)

    def change_keys(self, keyring: Keyring) -> None:
        """Store the same keys under other codes.

        Raises:
            NotSaved: the disk refused; the old codes go on.
        """
        with self._alone():
            present = self.keyring
            self._store(keyring.with_state(present.state if present else ON))

    def go_on(self) -> bool:
        """End a sealing that a kill or a full disk broke off; no code is needed for it.

        Returns:
            Whether there was one.

        Raises:
            NotSaved: the disk refused again.
        """
        keyring = self.keyring
        if keyring is None or keyring.state != SEALING:
            return False
        with self._alone():
            self._seal_all(keyring)
        return True

    def unprotect(self, opened: Opened) -> None:
        """Store every version of every report as plain text, then forget the keys.

        Raises:
            NotSaved: the disk refused; run it again: the keys stay until all is open.
            DeskMateError: a report cannot be opened; nothing was changed.
        """
        with self._alone():
            keyring = self.keyring
            if keyring is None:
                raise BadUsage("Incident reports are not protected here.", "Set a code: deskmate incident protect")
            for _, record_id, document in self._stored():
                _opened(record_id, document, opened)
            self._store(keyring.with_state(OPENING))
            self._rewrite(lambda record_id, document: _opened(record_id, document, opened), keep_damaged=True)
            try:
                self._path(KEYRING).unlink()
                self._disk.sync_folder(self._storage.root)
            except OSError as error:
                raise not_saved(error) from error

    def _seal_all(self, keyring: Keyring) -> int:
        lost = self._rewrite(lambda record_id, document: sealed(record_id, document, keyring))
        self._store(keyring.with_state(ON))
        return lost

    def _store(self, keyring: Keyring) -> None:
        try:
            write_keyring(self._path(KEYRING), keyring, self._disk)
        except OSError as error:
            raise not_saved(error) from error

    # -- the files -----------------------------------------------------------------------------------------------

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One program at a time writes here."""
        if self._storage.read_only:
            raise DeskMateError("This log was written by a newer DeskMate.", "Update DeskMate on this machine.")
        try:
            self._disk.make_folder(self._storage.root)
            lock = self._disk.lock(self._path(_LOCK), wait=True)
        except OSError as error:
            raise not_saved(error) from error
        try:
            yield
        finally:
            if lock is not None:
                lock.release()

    def _rewrite(self, edit: Edit, *, keep_damaged: bool = False) -> int:
        """Write every file of the tables anew, each whole or not at all; returns how many damaged lines went."""
        lost = 0
        for table in self._tables():
            self._storage.let_go(table)
            folder = self._storage.root / folder_name(table)
            try:
                for draft in self._disk.sizes(str(folder), ".tmp"):
                    self._disk.wipe(folder / draft)
                for name in self._disk.sizes(str(folder)):
                    before = self._disk.read(str(folder / name))
                    after, damaged = _edited(before, edit, keep_damaged=keep_damaged)
                    lost += damaged
                    if after != before:
                        self._disk.replace(folder / name, after)
            except OSError as error:
                raise not_saved(error) from error
            self._storage.fresh(table)
        return lost

    def _tables(self) -> list[str]:
        return sorted(name for name in self._storage.names() if name.startswith(INCIDENTS))

    def _stored(self) -> Iterator[tuple[str, str, Json]]:
        for table in self._tables():
            for record_id, document in self._storage.fresh(table).docs.items():
                yield table, record_id, document

    def _path(self, name: str) -> Path:
        return self._storage.root / name

    def _unread(self, record_id: str, error: Exception) -> None:
        self.unreadable[record_id] = Notice(
            f"An incident report is not in a form this DeskMate can read ({type(error).__name__}).",
            "It is kept as it is; update DeskMate, or mend the record.",
            record_id,
        )


def stored_document(incident: Incident, keyring: Keyring | None) -> Json:
    """The document of a report, its body sealed when there are keys."""
    document = head_document(incident.head)
    if keyring is None:
        return {**document, "body": incident.to_body()}
    return {**document, "sealed": keyring.seal(incident.id, _bytes(incident.to_body()))}


def _decoded(record_id: str, document: Json, opened: Opened | None) -> Incident:
    """The report in a document.

    Raises:
        Locked: its code is needed.
        DeskMateError: it is damaged.
    """
    if "sealed" in document and opened is None:
        raise Locked
    plain = _opened(record_id, document, opened) if opened else document
    try:
        return Incident.from_parts(read_head(plain), plain["body"])
    except (ValueError, KeyError, TypeError, IndexError) as error:
        what = "An incident report is not in a form this DeskMate can read."
        raise DeskMateError(what, "It is kept as it is; update DeskMate.") from error


def sealed(record_id: str, document: Json, keyring: Keyring) -> Json:
    """A stored document with its body sealed; the same one when it is sealed already."""
    if "body" not in document:
        return document
    rest = {key: value for key, value in document.items() if key != "body"}
    return {**rest, "sealed": keyring.seal(record_id, _bytes(document["body"]))}


def _opened(record_id: str, document: Json, opened: Opened) -> Json:
    """A document with its body in plain text; the same one when it is plain already."""
    if "sealed" not in document:
        return document
    rest = {key: value for key, value in document.items() if key != "sealed"}
    return {**rest, "body": json.loads(opened.unseal(record_id, str(document["sealed"])))}


def _bytes(body: Any) -> bytes:
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()


def _edited(data: bytes, edit: Edit, *, keep_damaged: bool) -> tuple[bytes, int]:
    """A file's bytes after an edit, and how many damaged lines went; whole operations inside those are saved."""
    lines: list[bytes] = []
    damaged = 0
    for line in data.split(b"\n"):
        body = unseal(line)
        if body is not None:
            lines.append(_cut(body, edit))
        elif line:
            lines += [_cut(each, edit) for each in salvage(line)] if not keep_damaged else [line + b"\n"]
            damaged += not keep_damaged
    return b"".join(lines), damaged


def _cut(body: Json, edit: Edit) -> bytes:
    """The line of one operation after an edit, with its revision: what the files add up to stays right."""
    put = body.get("put", {})
    after = {record_id: edit(record_id, document) for record_id, document in put.items()}
    kept = {record_id: document for record_id, document in after.items() if document is not None}
    gone = [record_id for record_id, document in after.items() if document is None]
    cut = {key: value for key, value in body.items() if key not in ("put", "del")}
    if kept:
        cut["put"] = kept
    if gone or body.get("del"):
        cut["del"] = [*body.get("del", ()), *gone]
    return seal(cut)
