"""What patrons and staff told the library in a period, as far as a report may tell it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from deskmate.model.feedback import WISH
from deskmate.text.clean import one_line

PUBLIC: Final = ("complaint", "suggestion", "refusal")
"""What visitors said: its answer can be told to all. Wishes are staff's, and thanks name somebody."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a patron told the library, and what was answered."""

    kind: str
    """`complaint`, `suggestion`, `refusal`, `kudos`, or `wish`: staff's words for what no guide fitted."""
    text: str
    offered: str = ""
    answer: str = ""
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """Complaints, suggestions, refusals, thanks and wishes of a period."""

    kinds: Mapping[str, int] = field(default_factory=dict)
    """Kind to how many, restricted ones included."""
    answered: int = 0
    """How many got an answer."""
    said: tuple[Said, ...] = ()
    """Those that may be told: none that is about a colleague."""
    done: tuple[Said, ...] = ()
    """What patrons said, now or earlier, and was answered in the period; of those that may be told."""
    themes: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Theme (empty: none was chosen) to month (`2026-11`) to how many, restricted ones included, wishes left out."""
    lacking: Mapping[str, int] = field(default_factory=dict)
    """The words of look-ups that found nothing, as staff kept them, to how often; upper and lower case are one."""


def gather(documents: Iterable[Mapping[str, Any]], done: Iterable[Mapping[str, Any]]) -> Feedback:
    """Sum up what was said.

    Args:
        documents: what was said in the period, with `at`, `kind`, `text`, and if there are any `offered`, `answer`,
            `answered_at`, `theme` and `restricted`.
        done: what was answered in the period, whenever it was said.
    """
    kinds: dict[str, int] = {}
    themes: dict[str, dict[str, int]] = {}
    lacking: dict[str, int] = {}
    answered = 0
    said: list[Said] = []
    for document in documents:
        kind = str(document.get("kind", "other"))
        kinds[kind] = kinds.get(kind, 0) + 1
        answered += bool(document.get("answer") or document.get("answered_at"))
        if kind == WISH:
            words = one_line(str(document.get("text", ""))).casefold()
            lacking |= {words: lacking.get(words, 0) + 1} if words else {}
        else:
            months = themes.setdefault(one_line(str(document.get("theme", ""))), {})
            month = str(document.get("at", ""))[:7]
            months[month] = months.get(month, 0) + 1
        if not document.get("restricted"):
            said.append(_said(document))
    told = (_said(document) for document in done if not document.get("restricted"))
    public = tuple(each for each in told if each.kind in PUBLIC and each.text and each.answer)
    return Feedback(kinds, answered, tuple(said), public, themes, lacking)


def _said(document: Mapping[str, Any]) -> Said:
    offered = document.get("offered", "")
    alternatives = offered if isinstance(offered, str) else ", ".join(str(item) for item in offered)
    return Said(
        str(document.get("kind", "other")),
        one_line(str(document.get("text", ""))),
        one_line(alternatives),
        one_line(str(document.get("answer", ""))),
        one_line(str(document.get("theme", ""))),
    )
