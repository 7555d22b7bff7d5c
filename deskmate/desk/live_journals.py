"""What is written of everybody live while they are: a journal for each, which outlives a crash."""

from collections.abc import Mapping, Sequence
from datetime import date

from deskmate.desk.live_person import Live, from_journal
from deskmate.faults import BadUsage, NotSaved
from deskmate.model.interaction import Interaction
from deskmate.playbooks.model import Playbook
from deskmate.records.live import Journal, Journals
from deskmate.records.log import Log


class LiveJournals:
    """The journals of the people at one desk.

    Args:
        journals: where they are kept.
        log: where the records go.
    """

    def __init__(self, journals: Journals, log: Log) -> None:
        self._journals = journals
        self._log = log
        self._left: list[Journal] = []
        """Of people who were let go before their record was on the disk."""
        self.trouble: NotSaved | None = None
        """Why the last event could not be journaled: a crash would lose it."""

    def open(self, live_id: str) -> Journal | None:
        """A journal for somebody; None when the disk refuses, which is told of as `trouble`."""
        try:
            return self._journals.open(live_id)
        except NotSaved as fault:
            self.trouble = fault
            return None

    def write(self, live: Live, event: Mapping[str, object]) -> None:
        """Journal an event; a disk that refuses is told of, and never keeps the words from who needs them."""
        if live.journal is None:
            return
        try:
            live.journal.append(event)
        except NotSaved as fault:
            self.trouble = fault
        else:
            self.trouble = None

    def close(self, live: Live) -> None:
        """Close the journal of somebody who is let go."""
        if live.journal is not None:
            # Until the record is on the disk its journal stays: a power cut would else take both.
            owed = live.saved is not None and self._log.db.storage.owes_sync
            live.journal.close(remove=not owed)
            self._left += [live.journal] if owed else []

    def settle(self) -> None:
        """Remove the journals of records that are on the disk by now."""
        if self._left and not self._log.db.storage.owes_sync:
            for journal in self._left:
                journal.close(remove=True)
            self._left.clear()

    def revive(self, books: Mapping[str, Playbook], values: Mapping[str, str]) -> list[Live]:
        """Whoever the journals of programs that are gone tell of, each at their step.

        One whose record was saved before the crash is only tidied away.
        """
        try:
            orphans = self._journals.orphans()
        except NotSaved as fault:
            self.trouble = fault
            return []
        found = (
            self._revive(orphan.live_id, list(orphan.events), self._journals.open(orphan.live_id), books, values)
            for orphan in orphans
        )
        return [live for live in found if live is not None]

    def called_for(self, live: Live) -> Interaction | None:
        """The record for whose promise a call back is made; None for anybody else."""
        day, _, record_id = live.call.partition("/")
        return self._log.get(date.fromisoformat(day), record_id) if day else None

    def _revive(
        self,
        live_id: str,
        history: Sequence[Mapping[str, object]],
        journal: Journal,
        books: Mapping[str, Playbook],
        values: Mapping[str, str],
    ) -> Live | None:
        """One live interaction from its journal, or None when nothing is left to go on with."""
        try:
            live = from_journal(live_id, history, journal, books, values)
        except BadUsage:
            journal.close(remove=not history)
            return None
        live.saved = self._log.get(live.walk.started.date(), live_id)
        if live.walk.ended and live.saved is not None:
            journal.close(remove=True)
            return None
        called_for = self.called_for(live)
        live.owed = called_for.promise if called_for else None
        return live
