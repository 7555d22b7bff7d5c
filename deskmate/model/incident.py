"""The facts of a serious event: what was seen and heard, who was told, what was done. No list of people."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Final

from deskmate.model.interaction import short_ref

VERSION: Final = 1
"""The version of a stored incident's shape, kept in it as `v`."""
DRAFT: Final = "draft"
FINAL: Final = "final"


@dataclass(frozen=True, slots=True)
class Addendum:
    """What was added after a report was final: the report itself stays as it was signed off."""

    at: datetime
    text: str
    staff: str = ""
    """Initials, which are no signature."""


@dataclass(frozen=True, slots=True)
class Head:
    """What anybody at the desk may know of a report without its code: that there is one, of which day."""

    id: str
    day: date
    """The day it happened."""
    written_at: datetime
    """When it was begun: the month of its table."""
    status: str
    about: str = ""
    """The record of the contact, as `day/id`; empty when there was none."""
    exported_at: datetime | None = None
    """When it was last handed on as a file; None when it never was, or was changed since."""

    @property
    def ref(self) -> str:
        """The id that people see and type."""
        return short_ref(self.day, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One report. Texts are facts in the writer's words; witnesses are roles unless names are needed and kept."""

    id: str
    written_at: datetime
    happened_at: datetime
    status: str = DRAFT
    about: str = ""
    """The record of the contact, as `day/id`."""
    exported_at: datetime | None = None
    kind: str = ""
    """What it was, in a word or two: `threat`, `fight`, `hurt or ill`."""
    place: str = ""
    """Where in the building."""
    seen: str = ""
    """What was seen and heard, in order; words that were said in quotes."""
    injuries: str = ""
    """What could be seen of an injury; not what it may be."""
    belongings: str = ""
    """What was damaged, taken or left."""
    witnesses: str = ""
    """Who else saw it, as roles: `page at the returns desk`."""
    actions: str = ""
    """What staff did, in order."""
    told: str = ""
    """Who was told, and when."""
    services: str = ""
    """Which services were called, when they came, a report number."""
    follow_up: str = ""
    """What is still to be done."""
    times: tuple[tuple[str, str], ...] = ()
    """Named moments of the guide that was used: (name, ISO time)."""
    staff: str = ""
    """Initials of who wrote it."""
    finished_at: datetime | None = None
    addenda: tuple[Addendum, ...] = ()
    names_kept: bool = False
    """What looked private was kept on purpose."""
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys a newer version wrote: kept as they are."""

    @property
    def head(self) -> Head:
        """What may be told of it without its code."""
        return Head(self.id, self.happened_at.date(), self.written_at, self.status, self.about, self.exported_at)

    @property
    def ref(self) -> str:
        """The id that people see and type."""
        return self.head.ref

    def with_(self, **changes: Any) -> "Incident":
        """A copy with some fields changed."""
        return replace(self, **changes)

    def to_body(self) -> dict[str, Any]:
        """The part that a code protects, as JSON values; empty fields are left out."""
        body: dict[str, Any] = {**self.extra, "happened_at": self.happened_at.isoformat(timespec="seconds")}
        body |= {name: getattr(self, name) for name in (*TEXTS, "staff") if getattr(self, name)}
        if self.times:
            body["times"] = [list(pair) for pair in self.times]
        if self.finished_at is not None:
            body["finished_at"] = self.finished_at.isoformat(timespec="seconds")
        if self.addenda:
            body["addenda"] = [
                {"at": each.at.isoformat(timespec="seconds"), "text": each.text, "staff": each.staff}
                for each in self.addenda
            ]
        if self.names_kept:
            body["names_kept"] = True
        return body

    @classmethod
    def from_parts(cls, head: Head, body: Mapping[str, Any]) -> "Incident":
        """A report from what is always readable and what its code protects; unknown keys survive in `extra`.

        Raises:
            ValueError: a time is missing or is none.
            KeyError: an addendum lacks its time or text.
        """
        known: dict[str, Any] = {name: str(body[name]) for name in (*TEXTS, "staff") if name in body}
        if body.get("finished_at"):
            known["finished_at"] = datetime.fromisoformat(str(body["finished_at"]))
        return cls(
            id=head.id,
            written_at=head.written_at,
            happened_at=datetime.fromisoformat(str(body.get("happened_at", ""))),
            status=head.status,
            about=head.about,
            exported_at=head.exported_at,
            times=tuple((str(pair[0]), str(pair[1])) for pair in body.get("times", ())),
            addenda=tuple(
                Addendum(datetime.fromisoformat(each["at"]), str(each["text"]), str(each.get("staff", "")))
                for each in body.get("addenda", ())
            ),
            names_kept=bool(body.get("names_kept")),
            extra={key: value for key, value in body.items() if key not in _KNOWN},
            **known,
        )


def head_document(head: Head) -> dict[str, Any]:
    """The part of a stored document that no code protects."""
    document = {
        "v": VERSION,
        "id": head.id,
        "day": head.day.isoformat(),
        "written_at": head.written_at.isoformat(timespec="seconds"),
        "status": head.status,
    }
    if head.about:
        document["about"] = head.about
    if head.exported_at is not None:
        document["exported_at"] = head.exported_at.isoformat(timespec="seconds")
    return document


def read_head(document: Mapping[str, Any]) -> Head:
    """What a stored document tells without its code.

    Raises:
        KeyError: a part is missing.
        ValueError: a day or time is none.
    """
    exported = document.get("exported_at")
    return Head(
        str(document["id"]),
        date.fromisoformat(str(document["day"])),
        datetime.fromisoformat(str(document["written_at"])),
        FINAL if document.get("status") == FINAL else DRAFT,
        str(document.get("about", "")),
        datetime.fromisoformat(str(exported)) if exported else None,
    )


TEXTS: Final = (
    "kind", "place", "seen", "injuries", "belongings", "witnesses", "actions", "told", "services", "follow_up",
)  # fmt: skip
"""The fields that somebody types."""
_KNOWN: Final = frozenset((*TEXTS, "staff", "happened_at", "finished_at", "times", "addenda", "names_kept"))
