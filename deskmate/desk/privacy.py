"""What must not stay: contacts are erased some days after their promise is closed, and those that belong to nothing."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from deskmate.clock import Clock
from deskmate.model.promise import Promise
from deskmate.records.contacts import Contacts
from deskmate.records.log import Log
from deskmate.settings import Settings

MARGIN: Final = timedelta(days=7)
"""Days looked at beyond the longest period, for a machine that was off when a contact should have gone."""


class Privacy:
    """Keeps the periods that the settings promise."""

    def __init__(self, log: Log, contacts: Contacts, settings: Settings, clock: Clock) -> None:
        self._log = log
        self._contacts = contacts
        self._settings = settings
        self._clock = clock

    def sweep(self, keep: Collection[str] = ()) -> int:
        """Erase every contact whose period is over, from the disk; run at each start of the screens.

        A contact that no record of the looked-at days names is erased too: its promise was made longer ago than any
        period allows, or its record was never saved.

        Args:
            keep: ids of contacts whose promise is not in a record yet, because its person is still here.

        Returns:
            How many were erased. Nothing is read while there is no contact at all.

        Raises:
            NotSaved: a file could not be erased.
        """
        kept = self._contacts.ids()
        if not kept:
            return 0
        now = self._clock.now()
        periods = self._settings.privacy
        longest = timedelta(days=max(periods.contact_days_open, periods.contact_days)) + MARGIN
        known = set(keep)
        erased = 0
        for record in self._log.between((now - longest).date(), now.date()):
            promise = record.promise
            if promise is None or promise.contact not in kept:
                continue
            if self._over(promise, now):
                erased += self._contacts.erase(promise.contact)
            else:
                known.add(promise.contact)
        known.update(record.promise.contact for record in self._log.open_promises() if record.promise)
        return erased + self._contacts.sweep(known)

    def _over(self, promise: Promise, now: datetime) -> bool:
        """Whether a promise's contact has been kept long enough."""
        periods = self._settings.privacy
        if promise.closed_at is not None:
            return now - promise.closed_at > timedelta(days=periods.contact_days)
        return now - promise.made_at > timedelta(days=periods.contact_days_open)
