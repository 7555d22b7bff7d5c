"""A notice to staff: one sentence that every desk should know until it runs out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

KINDS: Final = ("broken", "news", "rule")
"""Something that does not work now; something new; a rule that holds for a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNotice:
    """One notice, from the library's file or typed at a desk. It names no patron."""

    id: str
    text: str
    """One sentence."""
    kind: str = "news"
    since: datetime | None = None
    """From when it holds, aware; None: it holds already."""
    until: datetime | None = None
    """The moment from which it holds no longer, aware; None: it never runs out."""
    where: str = ""
    guides: tuple[str, ...] = ()
    """The playbooks that show it while they are open."""
    typed: bool = True
    """Typed at a desk; False for one from the library's file."""

    def holds(self, now: datetime) -> bool:
        """Whether it is to be shown at a moment."""
        # Two times of one zone compare by the wall clock, which turns back once a year: so by their real seconds.
        moment = now.timestamp()
        begun = self.since is None or self.since.timestamp() <= moment
        return begun and (self.until is None or moment < self.until.timestamp())

    def to_document(self) -> dict[str, Any]:
        """The JSON document that is stored of a typed one."""
        document: dict[str, Any] = {"v": 1, "text": self.text, "kind": self.kind}
        document |= {"where": self.where} if self.where else {}
        document |= {"guides": list(self.guides)} if self.guides else {}
        moments = {"since": self.since, "until": self.until}
        return document | {name: at.isoformat(timespec="seconds") for name, at in moments.items() if at is not None}

    @classmethod
    def from_document(cls, notice_id: str, document: Mapping[str, Any]) -> "StaffNotice":
        """Read a stored one; a kind that is not known here counts as news.

        Raises:
            KeyError: it has no text.
            ValueError: a time is none, or has no zone.
        """
        kind = str(document.get("kind", ""))
        return cls(
            id=notice_id,
            text=str(document["text"]),
            kind=kind if kind in KINDS else "news",
            since=_moment(document.get("since")),
            until=_moment(document.get("until")),
            where=str(document.get("where", "")),
            guides=tuple(str(guide) for guide in document.get("guides", ())),
        )


def _moment(stored: object) -> datetime | None:
    if not stored:
        return None
    moment = datetime.fromisoformat(str(stored))
    if moment.tzinfo is None:
        raise ValueError(f"{stored} has no zone")
    return moment
