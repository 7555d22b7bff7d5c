"""A shift at one desk: from when to when, who is in charge, and the hand-over to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One turn at one desk. Initials are optional and are not a signature."""

    id: str
    desk: str
    started_at: datetime
    branch: str = ""
    ended_at: datetime | None = None
    staff: str = ""
    in_charge: str = ""
    """Name or role of who is in charge today."""
    extension: str = ""
    handover: str = ""
    """What the next person should know: how it was, what is owed, what to expect. No patron's name."""
    handed_at: datetime | None = None
    """When the hand-over was written."""
    owed: tuple[str, ...] = ()
    """The refs of the promises that were open then: each is taken over by itself."""
    read_back: str = ""
    """What the next person read back."""
    accepted_by: str = ""
    accepted_at: datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def with_(self, **changes: Any) -> "Shift":
        """A copy with some fields changed."""
        return replace(self, **changes)

    def to_document(self) -> dict[str, Any]:
        """The JSON document that is stored."""
        document: dict[str, Any] = {"v": 1, **self.extra}
        for name in _PLAIN:
            value = getattr(self, name)
            if value or name in ("id", "desk"):
                document[name] = list(value) if isinstance(value, tuple) else value
        for name in _TIMES:
            moment = getattr(self, name)
            if moment is not None:
                document[name] = moment.isoformat(timespec="seconds")
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Shift":
        """Read a stored shift; unknown keys survive in `extra`.

        Raises:
            KeyError: it has no start.
            ValueError: a time is none.
        """
        known: dict[str, Any] = {name: document[name] for name in _PLAIN if name in document}
        known["owed"] = tuple(map(str, known.get("owed", ())))
        for name in _TIMES:
            if document.get(name):
                known[name] = datetime.fromisoformat(str(document[name]))
        known["started_at"] = datetime.fromisoformat(str(document["started_at"]))
        extra = {key: value for key, value in document.items() if key not in (*_PLAIN, *_TIMES, "v")}
        return cls(**known, extra=extra)


_TIMES: Final = ("started_at", "ended_at", "handed_at", "accepted_at")
_PLAIN: Final = tuple(name for name in Shift.__dataclass_fields__ if name not in (*_TIMES, "extra"))
