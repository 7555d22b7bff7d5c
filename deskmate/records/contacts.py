"""How to reach somebody a promise was made to: one small file each, apart from the record, so that it can be erased.

A contact never enters a journal, a summary, an export or a log line. It is on the disk before the record that names it;
a crash in between leaves a contact nobody names, and `sweep` removes it.
"""

import re
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import DeskMateError
from deskmate.records.disk import Disk, not_saved
from deskmate.records.line import seal, unseal
from deskmate.records.stamp import Ids, id_milliseconds

GRACE_SECONDS: Final = 3600
"""A contact younger than this is never swept: another desk may be about to save the record that names it."""
_SUFFIX: Final = ".json"
_DRAFT: Final = ".tmp"
_ID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Contacts:
    """The contacts of one log, files of mode 0600 in a folder of their own."""

    def __init__(self, folder: Path, clock: Clock, *, disk: Disk | None = None) -> None:
        self._folder = folder
        self._clock = clock
        self._ids = Ids(clock)
        self._disk = disk or Disk()

    def add(self, name_and_number: str) -> str:
        """Keep a contact, on the disk when this returns.

        Returns:
            The id that the promise carries.

        Raises:
            NotSaved: the disk refused.
        """
        contact_id = self._ids.new()
        try:
            created = self._disk.make_folder(self._folder)
            self._disk.replace(self._path(contact_id), seal({"v": 1, "contact": name_and_number}))
            for folder in created:
                self._disk.sync_folder(folder.parent)
        except OSError as error:
            raise not_saved(error) from error
        return contact_id

    def show(self, contact_id: str) -> str | None:
        """The contact, or None when it was erased or never was.

        Raises:
            DeskMateError: its file is damaged or cannot be read.
        """
        if not _ID.fullmatch(contact_id):
            return None
        try:
            body = unseal(self._disk.read(str(self._path(contact_id))).removesuffix(b"\n"))
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _unreadable() from error
        if body is None:
            raise _unreadable()
        return str(body.get("contact", ""))

    def erase(self, contact_id: str) -> bool:
        """Remove a contact's bytes for good: overwritten, then deleted, both on the disk when this returns.

        Returns:
            Whether there was one.

        Raises:
            NotSaved: the disk refused; the contact may still be there.
        """
        if not _ID.fullmatch(contact_id):
            return False
        try:
            return self._disk.wipe(self._path(contact_id))
        except OSError as error:
            raise not_saved(error) from error

    def ids(self) -> set[str]:
        """The ids of all contacts that are kept."""
        names = self._disk.sizes(str(self._folder), _SUFFIX)
        return {name.removesuffix(_SUFFIX) for name in names if _ID.fullmatch(name.removesuffix(_SUFFIX))}

    def sweep(self, known: AbstractSet[str]) -> int:
        """Erase contacts that no record names and that are older than an hour.

        Args:
            known: the ids that records name.

        Returns:
            How many were erased.
        """
        newest = self._newest()
        for draft in self._disk.sizes(str(self._folder), _DRAFT):  # a crash in the middle of `add` left its bytes
            contact_id = draft[1:37]
            if _ID.fullmatch(contact_id) and (id_milliseconds(contact_id) or 0) < newest:
                self._disk.wipe(self._folder / draft)
        return sum(self.erase(each) for each in self.orphans(known))

    def orphans(self, known: AbstractSet[str]) -> set[str]:
        """The contacts that no record names and that are older than an hour; `known` are those that one names."""
        newest = self._newest()
        return {each for each in self.ids() - known if (id_milliseconds(each) or 0) < newest}

    def _newest(self) -> int:
        """Milliseconds since 1970 from which on a contact is too young to be swept."""
        return int(self._clock.now().timestamp() - GRACE_SECONDS) * 1000

    def _path(self, contact_id: str) -> Path:
        return self._folder / f"{contact_id}{_SUFFIX}"


def _unreadable() -> DeskMateError:
    return DeskMateError(
        "This contact cannot be read.", "Restore it from a backup, or wait until the person asks again."
    )
