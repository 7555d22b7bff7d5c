"""One contact with one patron, or a tally of several: the words the whole program shares for what happened.

The value lists are the core that libraries' own loggers agree on (channels and kinds of LibStats, Gimlet, Stanford,
ACRL; READ levels after Gerlich). What counts as a reference transaction is derived elsewhere, never stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Final

from deskmate.model.promise import Promise

VERSION: Final = 1
"""The version of a stored document's shape, kept in it as `v`."""

CHANNELS: Final = ("in-person", "phone", "chat", "email", "sms", "video", "social", "mail", "other")
KINDS: Final = (
    "directional",
    "policy",
    "known-item",
    "reference",
    "readers-advisory",
    "device",
    "account",
    "accommodation",
    "conduct",
    "other",
)
STRAINS: Final = ("calm", "tense", "red")
OUTCOMES: Final = ("answered", "referred", "promised", "declined", "escalated", "unresolved", "left")
ENTRIES: Final = ("live", "late", "tally", "estimate")
READ_LEVELS: Final = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Interaction:
    """What is kept of one contact. No patron's name, no staff initials unless the library switches them on."""

    id: str
    """A time-ordered UUID; it is given once and never changes."""
    asked_at: datetime
    """When the patron asked: the day of the first value decides the record's day for good."""
    added_at: datetime
    """When it was written down; lateness is the difference."""
    ended_at: datetime | None = None
    seconds: int | None = None
    """How long it took; None when nobody measured it."""
    uncertain: bool = False
    """The clock ran 30 minutes without a key: left out of medians."""
    branch: str = ""
    desk: str = ""
    place: str = ""
    shift: str = ""
    """The shift's id, or empty when none was open."""
    channel: str = "in-person"
    kind: str = "other"
    read: int | None = None
    """READ effort level, 1 to 6; None when not judged."""
    taught: bool = False
    source_used: bool = False
    strain: str = "calm"
    outcome: str = "answered"
    offered: tuple[str, ...] = ()
    """The alternatives a refusal offered."""
    authority: str = ""
    """What was decided alone, as an exception."""
    referred_to: str = ""
    incident: bool = False
    playbook: str = ""
    path: tuple[tuple[str, str], ...] = ()
    """Each step left by an answer: (`playbook/step`, the answer)."""
    stopped: str = ""
    """`playbook/step` at which the guide was ended before one of its closing steps; empty when it came to its end."""
    ticks: tuple[str, ...] = ()
    """What was ticked, as `playbook/step/item number`."""
    times: tuple[tuple[str, str], ...] = ()
    """Named moments for a paramedic or a report: (name, ISO time)."""
    hold_seconds: int = 0
    """How long a caller was on hold in all."""
    count: int = 1
    entry: str = "live"
    sensitive: bool = False
    """Shrinks to kind and day after its period."""
    note: str = ""
    tags: tuple[str, ...] = ()
    staff: str = ""
    promise: Promise | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys a newer version wrote: kept as they are."""

    @property
    def day(self) -> date:
        """The day the record belongs to."""
        return self.asked_at.date()

    @property
    def ref(self) -> str:
        """The id that people see and type: its day and the end of its UUID."""
        return short_ref(self.day, self.id)

    def to_document(self) -> dict[str, Any]:
        """The JSON document that is stored: plain values, empty fields left out."""
        document: dict[str, Any] = {"v": VERSION, **self.extra}
        for name, value in zip(_PLAIN, _plain_values(self), strict=True):
            if isinstance(value, tuple):
                if value:
                    document[name] = [list(item) if isinstance(item, tuple) else item for item in value]
            elif not (value is None or value is False or value == "") or name in _ALWAYS:  # a measured 0 is kept
                document[name] = value
        for name in ("asked_at", "added_at", "ended_at"):
            moment = getattr(self, name)
            if moment is not None:
                document[name] = moment.isoformat(timespec="seconds")
        if self.promise is not None:
            document["promise"] = self.promise.to_document()
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "Interaction":
        """Read a stored document of any version so far; unknown keys survive in `extra`.

        Raises:
            ValueError: a time is missing or is none.
        """
        known: dict[str, Any] = {name: document[name] for name in _PLAIN if name in document}
        for name in ("offered", "ticks", "tags"):
            known[name] = tuple(known.get(name, ()))
        for name in ("path", "times"):
            known[name] = tuple((str(pair[0]), str(pair[1])) for pair in known.get(name, ()))
        if "asked_at" not in document:
            raise ValueError(f"record {document.get('id', '?')} has no asked_at")
        asked = datetime.fromisoformat(str(document["asked_at"]))
        known["asked_at"] = asked
        known["added_at"] = datetime.fromisoformat(str(document.get("added_at", document["asked_at"])))
        if document.get("ended_at"):
            known["ended_at"] = datetime.fromisoformat(str(document["ended_at"]))
        if isinstance(document.get("promise"), Mapping):
            known["promise"] = Promise.from_document(document["promise"])
        known["extra"] = {key: value for key, value in document.items() if key not in _KNOWN}
        return cls(**known)

    def with_(self, **changes: Any) -> "Interaction":
        """A copy with some fields changed."""
        return replace(self, **changes)


def short_ref(day: date, record_id: str) -> str:
    """The id that people see: `2026-11-22.4f9c1d`."""
    return f"{day.isoformat()}.{record_id[-6:]}"


_TIMES: Final = ("asked_at", "added_at", "ended_at")
_SPECIAL: Final = (*_TIMES, "promise", "extra")
_PLAIN: Final = tuple(name for name in Interaction.__dataclass_fields__ if name not in _SPECIAL)
_plain_values: Final = attrgetter(*_PLAIN)
"""All of them in one call: a record is saved while somebody waits."""
_ALWAYS: Final = ("id", "channel", "kind", "strain", "outcome", "count", "entry")
_KNOWN: Final = frozenset((*_PLAIN, *_TIMES, "promise", "v"))
