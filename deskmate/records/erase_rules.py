"""What stays of a stored document when a period is over or somebody asked for its text to go; pure functions.

Facts stay: numbers, flags, times, values from a list. Text that somebody typed goes, and so does every text under a key
that this DeskMate does not know: it may hold anything.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, TypeAlias

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.records.shard import Json

Edit: TypeAlias = Callable[[str, Json, str], Json | None]
"""Id, document and revision to what stays: the same object when nothing goes, None when the whole document goes."""

GONE: Final = "(erased)"
"""What stands for a reason whose words are gone, so that refusals and referrals are still counted right."""
REASONS: Final = ("offered", "authority", "referred_to")
"""What was offered, decided alone and where somebody was sent: a year's report adds them up."""
PROMISED: Final = ("what", "waiting_for")
"""The words of a promise."""
HANDED: Final = ("handover", "read_back")
"""The words of a shift."""
FIELDS: Final = ("note", *REASONS, "place", "tags", "promise", *HANDED)
"""The fields that can be erased by name, of whatever document has them."""
_KEPT_OF_SENSITIVE: Final = ("v", "id", "kind", "count", "entry")
_FACTS: Final = frozenset((*Interaction.__dataclass_fields__, "v")) - {"note", "extra"}
_FACTS_OF_PROMISE: Final = frozenset(Promise.__dataclass_fields__) - {*PROMISED, "extra"}
_FACTS_OF_FEEDBACK: Final = frozenset(("id", "v", "at", "kind", "playbook", "theme", "about", "answered_at"))


def without_text(document: Json, *, owed: bool) -> Json:
    """An interaction without its note and the words of its promise.

    Args:
        document: any version of it.
        owed: its promise is open in the newest version: its words are still needed.
    """
    kept = {key: value for key, value in document.items() if key in _FACTS or _is_plain(value)}
    promise = kept.get("promise")
    if isinstance(promise, dict) and not owed:
        kept["promise"] = _promise_without_words(promise)
    return _same_if_equal(document, kept)


def without_reasons(document: Json) -> Json:
    """An interaction whose reasons are still counted, but without their words."""
    kept = dict(document)
    for name in REASONS:
        if kept.get(name):
            kept[name] = [GONE] if isinstance(kept[name], list) else GONE
    return _same_if_equal(document, kept)


def shrunk(document: Json, *, owed: bool) -> Json:
    """A sensitive interaction as kind and day; its promise stays as long as it is owed."""
    kept: Json = {key: document[key] for key in _KEPT_OF_SENSITIVE if key in document}
    asked = str(document.get("asked_at", ""))
    kept["asked_at"] = f"{asked[:10]}T00:00:00{_offset(asked)}"
    kept["sensitive"] = True
    if owed and isinstance(document.get("promise"), dict):
        kept["promise"] = document["promise"]
    return _same_if_equal(document, kept)


def bare_feedback(document: Json) -> Json | None:
    """Feedback as its kind and time; a wish is nothing but its words."""
    if document.get("kind") == "wish":
        return None
    kept = {key: value for key, value in document.items() if key in _FACTS_OF_FEEDBACK or _is_plain(value)}
    return _same_if_equal(document, kept)


def words_of_feedback(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of a piece of feedback that hold words; none for a wish, which goes as a whole."""
    if document.get("kind") == "wish":
        return ()
    return tuple(key for key, value in document.items() if key not in _FACTS_OF_FEEDBACK and not _is_plain(value))


def without_fields(document: Json, fields: Collection[str]) -> Json:
    """A document without some of `FIELDS`; reasons keep their place in the counts."""
    kept = {key: value for key, value in document.items() if key not in fields or key in (*REASONS, "promise")}
    if "promise" in fields and isinstance(kept.get("promise"), dict):
        kept["promise"] = _promise_without_words(kept["promise"])
    reasons = without_reasons({key: value for key, value in kept.items() if key in fields and key in REASONS})
    return _same_if_equal(document, {**kept, **reasons})


def is_owed(document: Mapping[str, Any] | None) -> bool:
    """Whether the promise of an interaction is open."""
    promise = (document or {}).get("promise")
    return isinstance(promise, dict) and promise.get("state", "open") == "open"


def texts(document: Mapping[str, Any], fields: Collection[str] = ()) -> set[str]:
    """Every text in a document, or in some of its fields: what must not be found any more once they are erased."""
    found: set[str] = set()
    todo: list[Any] = [value for key, value in document.items() if not fields or key in fields]
    while todo:
        value = todo.pop()
        if isinstance(value, str):
            found.add(value)
        elif isinstance(value, dict):
            todo += [inner for key, inner in value.items() if key in PROMISED] if "due" in value else value.values()
        elif isinstance(value, list):
            todo += value
    return found


def _promise_without_words(promise: Json) -> Json:
    kept = {key: value for key, value in promise.items() if key in _FACTS_OF_PROMISE or _is_plain(value)}
    return _same_if_equal(promise, {**kept, "what": ""})


def _is_plain(value: object) -> bool:
    """Whether a value holds no words."""
    return value is None or isinstance(value, bool | int | float)


def _offset(moment: str) -> str:
    """The UTC offset at the end of an ISO time; empty when it has none."""
    return moment[-6:] if len(moment) > 16 and moment[-6] in "+-" else ""


def _same_if_equal(before: Json, after: Json) -> Json:
    return before if after == before else after
