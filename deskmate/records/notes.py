"""Two small tables beside the days: phrases that were typed and what they meant, and what patrons and staff said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deskmate.clock import Clock
from deskmate.model.interaction import short_ref
from deskmate.records.actions import Actions
from deskmate.records.layout import FEEDBACK, PHRASES
from deskmate.records.storage import LogStorage, copied


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that somebody typed and the playbook they meant, after the private-data guard."""

    text: str
    playbook: str
    at: datetime


class Notes:
    """Reads and writes both tables."""

    def __init__(
        self,
        storage: LogStorage,
        actions: Actions,
        clock: Clock,
        unreadable: Callable[[str, str, Exception], None],
    ) -> None:
        """Use a storage; `unreadable` is told the table, id and error of a document that cannot be read."""
        self._storage = storage
        self._actions = actions
        self._clock = clock
        self._unreadable = unreadable

    def save_phrase(self, text: str, playbook_id: str, at: datetime) -> None:
        """Save a phrase."""
        document = {"v": 1, "text": text, "playbook": playbook_id, "at": at.isoformat(timespec="seconds")}
        self._storage.commit(self._storage.fresh(PHRASES), {self._storage.ids.new(): document})

    def phrases(self) -> list[Phrase]:
        """Every phrase, the oldest first."""
        found = []
        for record_id, document in self._storage.fresh(PHRASES).docs.items():
            try:
                at = datetime.fromisoformat(str(document["at"]))
                found.append(Phrase(str(document["text"]), str(document["playbook"]), at))
            except (KeyError, ValueError) as error:
                self._unreadable(PHRASES, record_id, error)
        return sorted(found, key=lambda phrase: phrase.at)

    def save_feedback(self, document: Mapping[str, Any], say: str) -> str:
        """Save feedback, new or, with an `id`, in place of the one that has it; returns the id.

        With words to say it can be undone.
        """
        record_id = str(document.get("id") or self._storage.ids.new())
        now = self._clock.now()
        whole = {"v": 1, "at": now.isoformat(timespec="seconds"), **document, "id": record_id}
        shard = self._storage.fresh(FEEDBACK)
        before = shard.revisions[record_id] if record_id in shard.docs else ""
        revision = self._storage.commit(shard, {record_id: whole})
        if say:
            ref = short_ref(now.date(), record_id)
            self._actions.done(FEEDBACK, record_id, revision, before=before, say=say, ref=ref)
        return record_id

    def feedback(self, first: date, last: date) -> list[dict[str, Any]]:
        """The feedback of a range of days, in order; each with a time and its id."""
        found = []
        for record_id, document in self._storage.fresh(FEEDBACK).docs.items():
            try:
                if first <= datetime.fromisoformat(str(document["at"])).date() <= last:
                    found.append({**copied(document), "id": record_id})
            except (KeyError, ValueError) as error:
                self._unreadable(FEEDBACK, record_id, error)
        return sorted(found, key=lambda document: str(document["at"]))
