"""Two small tables beside the days: phrases that were typed and what they meant, and what patrons and staff said."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from deskmate.clock import Clock
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

    def __init__(self, storage: LogStorage, clock: Clock, unreadable: Callable[[str, str, Exception], None]) -> None:
        """Use a storage; `unreadable` is told the table, id and error of a document that cannot be read."""
        self._storage = storage
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

    def save_feedback(self, document: Mapping[str, Any]) -> str:
        """Save feedback, new or, with an `id`, in place of the one that has it; returns the id."""
        record_id = str(document.get("id") or self._storage.ids.new())
        now = self._clock.now().isoformat(timespec="seconds")
        whole = {"v": 1, "at": now, **document, "id": record_id}
        self._storage.commit(self._storage.fresh(FEEDBACK), {record_id: whole})
        return record_id

    def feedback(self, first: date, last: date) -> list[dict[str, Any]]:
        """The feedback of a range of days, in order."""
        found = []
        for record_id, document in self._storage.fresh(FEEDBACK).docs.items():
            try:
                if first <= datetime.fromisoformat(str(document["at"])).date() <= last:
                    found.append(copied(document))
            except (KeyError, ValueError) as error:
                self._unreadable(FEEDBACK, record_id, error)
        return sorted(found, key=lambda document: str(document["at"]))
