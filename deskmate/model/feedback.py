"""What patrons and staff told the library: complaints, ideas, refusals, thanks to a colleague, wishes for a guide."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Self

WISH: Final = "wish"
"""The kind of feedback in which staff ask for a guide that is not there."""
KINDS: Final = ("complaint", "suggestion", "refusal", "kudos")
"""What a desk writes down of patrons; a refusal is what staff had to say no to, kudos are thanks to a colleague."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """One thing that was said, and the answer. It names no patron."""

    id: str
    at: datetime
    """When it was said, aware."""
    kind: str
    """One of `KINDS`, or `WISH`; another DeskMate may know more."""
    text: str = ""
    """What was said, in one or two sentences; empty once it was erased."""
    theme: str = ""
    """What it is about: one of the library's own list."""
    offered: str = ""
    """What a refusal offered instead."""
    restricted: bool = False
    """It is about a colleague: counted, and told only to who asks for it."""
    about: str = ""
    """The shown id of the contact it came up in: `2026-11-22.4f9c1d`."""
    answer: str = ""
    """What was done about it; empty once it was erased."""
    answered_at: datetime | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)
    """Keys that this DeskMate does not know."""

    @property
    def ref(self) -> str:
        """The end of the id, by which a person names it."""
        return self.id[-6:]

    @property
    def answered(self) -> bool:
        """Whether it has an answer, also one whose words were erased."""
        return bool(self.answer or self.answered_at)

    def with_(self, **changed: Any) -> Self:
        """The same with some fields changed."""
        return replace(self, **changed)

    def to_document(self) -> dict[str, Any]:
        """The JSON document that is stored: empty fields left out."""
        document: dict[str, Any] = {"v": 1, **self.extra, "id": self.id}
        document["at"] = self.at.isoformat(timespec="seconds")
        document["kind"] = self.kind
        for name in _TEXTS:
            document |= {name: getattr(self, name)} if getattr(self, name) else {}
        document |= {"restricted": True} if self.restricted else {}
        if self.answered_at is not None:
            document["answered_at"] = self.answered_at.isoformat(timespec="seconds")
        return document

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Self:
        """Read a stored one; the time of an answer that cannot be told is left out.

        Raises:
            KeyError: it has no id or time.
            ValueError: its time is none.
        """
        offered = document.get("offered", "")
        texts = {name: str(document.get(name, "")) for name in _TEXTS if name != "offered"}
        return cls(
            id=str(document["id"]),
            at=_aware(datetime.fromisoformat(str(document["at"]))),
            kind=str(document.get("kind", "other")),
            offered=", ".join(map(str, offered)) if isinstance(offered, list) else str(offered),
            restricted=bool(document.get("restricted")),
            answered_at=moment(document, "answered_at"),
            extra={name: value for name, value in document.items() if name not in (*cls.__dataclass_fields__, "v")},
            **texts,
        )


_TEXTS: Final = ("text", "theme", "offered", "about", "answer")


def moment(document: Mapping[str, Any], name: str) -> datetime | None:
    """A time of a stored document, aware; None when there is none or it cannot be told."""
    try:
        return _aware(datetime.fromisoformat(str(document.get(name, ""))))
    except ValueError:
        return None


def _aware(at: datetime) -> datetime:
    """A time without a zone was written in this computer's."""
    return at if at.tzinfo else at.astimezone()
