"""Something owed to somebody by a time."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, TypeAlias

STATES: Final = ("open", "done", "dropped")

Round: TypeAlias = tuple[str, str, bool]
"""One round of a promise that comes again: when it was due and when it was closed (ISO), and whether in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise lives in the document of the interaction it came from; every change is an edit of it."""

    what: str
    """What is owed, without a name: `call back about the printer refund`."""
    due: datetime
    made_at: datetime
    state: str = "open"
    who: str = ""
    """Initials of who owes it; empty: anyone's."""
    contact: str = ""
    """The id of a contact kept apart; empty when there is none or it was erased."""
    waiting_for: str = ""
    """Whom we wait for (the clock is stopped), or empty."""
    waiting_since: datetime | None = None
    waited: int = 0
    """Seconds the clock stood while somebody else had to move; a wait that still runs is not in it yet."""
    snoozed_from: tuple[str, ...] = ()
    """The due times it had before, oldest first, ISO."""
    every: str = ""
    """How it comes again: `1 week`, `2 day`, `1 open` (days the library opens), `1 month`; empty: once."""
    rounds: tuple[Round, ...] = ()
    """What was kept, or not, of one that comes again: the rounds before this one, oldest first."""
    handed_by: str = ""
    handed_at: datetime | None = None
    accepted_by: str = ""
    accepted_at: datetime | None = None
    closed_at: datetime | None = None
    kept: bool | None = None
    """In time (True), late (False); None while open or dropped."""
    private: bool = False
    """Shown to nobody but the desk that made it: `incident report due`."""
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first_due(self) -> datetime:
        """The time that was promised first, before any snooze."""
        return datetime.fromisoformat(self.snoozed_from[0]) if self.snoozed_from else self.due

    @property
    def began(self) -> datetime:
        """The time that the first round was promised for; every later round is counted from it."""
        return datetime.fromisoformat(self.rounds[0][0]) if self.rounds else self.first_due

    def stood(self, now: datetime) -> int:
        """Seconds the clock stood in all, with a wait that still runs."""
        running = now.timestamp() - self.waiting_since.timestamp() if self.waiting_for and self.waiting_since else 0
        return self.waited + max(round(running), 0)

    def in_time(self, now: datetime) -> bool:
        """Whether it is kept in time when it is kept now: snoozes do not move that time, waiting for others does.

        A promise is made and shown by the minute, so what is kept within the minute it names is in time.
        """
        return (now.timestamp() - self.stood(now)) // 60 <= self.first_due.timestamp() // 60

    @property
    def kept_last(self) -> bool | None:
        """Whether what was closed last was in time: the promise itself, or the round before the one that is open."""
        return self.rounds[-1][2] if self.state == "open" and self.rounds else self.kept

    def with_(self, **changes: Any) -> "Promise":
        """A copy with some fields changed."""
        return replace(self, **changes)

    def to_document(self) -> dict[str, Any]:
        """The JSON object that is stored inside the interaction's document."""
        document: dict[str, Any] = dict(self.extra)
        for name in _PLAIN:
            value = getattr(self, name)
            if value not in ("", None, False, ()) or name in ("what", "state"):
                document[name] = _listed(value) if isinstance(value, tuple) else value
        if self.kept is False:
            document["kept"] = False
        for name in _TIMES:
            moment = getattr(self, name)
            if moment is not None:
                document[name] = moment.isoformat(timespec="seconds")
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Promise":
        """Read a stored promise; unknown keys survive in `extra`.

        Raises:
            ValueError: the due time is missing or is none, or a round is none.
        """
        if "due" not in document:
            raise ValueError("a promise without a due time")
        known: dict[str, Any] = {name: document[name] for name in _PLAIN if name in document}
        known["what"] = str(document.get("what", ""))
        known["snoozed_from"] = tuple(known.get("snoozed_from", ()))
        known["waited"] = int(known.get("waited", 0))
        known["rounds"] = tuple((str(due), str(closed), bool(kept)) for due, closed, kept in known.get("rounds", ()))
        for name in _TIMES:
            if document.get(name):
                known[name] = datetime.fromisoformat(str(document[name]))
        known.setdefault("made_at", known["due"])
        known["extra"] = {key: value for key, value in document.items() if key not in _PLAIN and key not in _TIMES}
        return cls(**known)


_TIMES: Final = ("due", "made_at", "waiting_since", "handed_at", "accepted_at", "closed_at")
_PLAIN: Final = tuple(name for name in Promise.__dataclass_fields__ if name not in (*_TIMES, "extra"))


def _listed(values: tuple[Any, ...]) -> list[Any]:
    return [list(value) if isinstance(value, tuple) else value for value in values]
