"""What is kept about whom, in plain words for staff: how many, since when, for how long, and what goes next."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from deskmate.clock import Clock
from deskmate.desk.incidents import Incidents
from deskmate.desk.privacy import MARGIN, Privacy
from deskmate.records.contacts import Contacts
from deskmate.records.erase_periods import INTERACTIONS, kind_of
from deskmate.records.layout import FEEDBACK, NOTICES, PHRASES, day_of
from deskmate.records.log import Log
from deskmate.records.shard import Json
from deskmate.settings import FOR_GOOD, KEEP, Settings

_BEGUN: Final = {"shifts": "started_at", NOTICES: "since"}
"""Which time of a document says since when it is kept, where it is not `at`."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one sort."""

    what: str
    """In words for staff."""
    count: int
    oldest: date | None
    period: str
    """In words: `90 days`, `for good`."""
    next: date | None
    """When the next sweep finds something to erase; None: nothing is going to go."""


class Inventory:
    """Looks through everything that is kept.

    Args:
        log: the record.
        contacts: names and numbers of promises.
        settings: the periods.
        privacy: knows what goes when.
        incidents: the reports of serious events.
        clock: the desk's time.
    """

    def __init__(
        self, log: Log, contacts: Contacts, settings: Settings, privacy: Privacy, incidents: Incidents, clock: Clock
    ) -> None:
        self._log = log
        self._contacts = contacts
        self._periods = settings.privacy
        self._privacy = privacy
        self._incidents = incidents
        self._clock = clock

    def show(self) -> list[Kept]:
        """What is kept about whom, table by table; reads the whole log.

        Raises:
            DeskMateError: a file of the log cannot be read.
        """
        dates = self._privacy.dated()
        return [
            self._kept("contacts with patrons, without names", INTERACTIONS, dates, self._periods.text_days),
            self._kept_contacts(),
            self._kept("shifts and hand-overs", "shifts", dates, self._periods.shift_days),
            self._kept("feedback and wishes", FEEDBACK, dates, self._periods.feedback_days),
            self._kept("phrases the look-up learned", PHRASES, dates, self._periods.phrase_days),
            self._kept("notices typed at a desk", NOTICES, dates, self._periods.text_days),
            self._kept_incidents(),
        ]

    def _kept(self, what: str, kind: str, dates: dict[str, str], days: int) -> Kept:
        tables = [table for table in dates if kind_of(table) == kind]
        count = 0
        oldest: date | None = None
        for table in tables:  # each is let go again: of ten years only the counts are held
            documents = self._log.db.storage.fresh(table).docs.values()
            count += len(documents)
            oldest = min(filter(None, (oldest, _since(table, documents))), default=None)
        ends = [date.fromisoformat(dates[table]) for table in tables if dates[table]]
        period = _said(days)
        if kind == NOTICES:
            period = f"{period} after running out"
        if kind == INTERACTIONS:
            period = f"facts for good, words {period}, sensitive {_said(self._periods.sensitive_days)}"
        return Kept(what, count, oldest, period, min(ends, default=None))

    def _kept_incidents(self) -> Kept:
        """Reports go by hand only: when one is over its period, staff are told to hand it on first."""
        days = [head.day for head in self._incidents.heads()]
        period = self._periods.incidents
        said = "until somebody erases them"
        if period != KEEP:
            said = f"{_said(int(period))} once final, then exported and erased by hand"
        return Kept("incident reports, apart from the log", len(days), min(days, default=None), said, None)

    def _kept_contacts(self) -> Kept:
        ids = self._contacts.ids()
        days = self._periods
        period = f"{_said(days.contact_days)} after closing, {_said(days.contact_days_open)} when never closed"
        ends: list[date] = []
        made: list[date] = []
        now = self._clock.now()
        longest = timedelta(days=max(days.contact_days_open, days.contact_days)) + MARGIN
        for record in self._log.between((now - longest).date(), now.date()) if ids else ():
            promise = record.promise
            if promise is not None and promise.contact in ids:
                made.append(promise.made_at.date())
                start, period_days = (
                    (promise.made_at, days.contact_days_open)
                    if promise.closed_at is None
                    else (promise.closed_at, days.contact_days)
                )
                ends.append((start + timedelta(days=period_days)).date())
        return Kept("names and numbers of promises", len(ids), min(made, default=None), period, min(ends, default=None))


def _said(days: int) -> str:
    return "for good" if days >= FOR_GOOD else f"{days} day{'' if days == 1 else 's'}"


def _since(table: str, documents: Collection[Json]) -> date | None:
    """The day of the oldest document of a table."""
    day = day_of(table)
    if day is not None:
        return day if documents else None
    name = _BEGUN.get(kind_of(table), "at")
    return min(filter(None, (_date(document.get(name)) for document in documents)), default=None)


def _date(stored: object) -> date | None:
    try:
        return datetime.fromisoformat(str(stored)).date()
    except ValueError:
        return None
