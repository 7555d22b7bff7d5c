"""A mapping file: how another program's table becomes records, and records its table.

It is a small TOML file that a library copies and edits. One description serves both directions: their column for each
of our fields, and their word for each of our words.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from deskmate import tomlfile
from deskmate.faults import BadContent
from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, STRAINS
from deskmate.text.suggest import sentence

LISTED: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": CHANNELS,
    "kind": KINDS,
    "strain": STRAINS,
    "outcome": OUTCOMES,
    "read": ("1", "2", "3", "4", "5", "6"),
}
"""The fields whose values are ours to name, each with a section of its own."""
FIELDS: Final = (
    "id", "asked_at", "asked_date", "asked_time", "added_at", "seconds", "branch", "desk", "place", "channel", "kind",
    "read", "strain", "outcome", "taught", "source_used", "incident", "referred_to", "playbook", "count", "note",
    "tags", "staff", "activities",
)  # fmt: skip
"""What a column can be. `asked_date` and `asked_time` are the two halves of `asked_at`; `activities` is Suma's list."""
SEVERAL: Final = ("note", "tags")
"""Fields that may be made of several columns: a note of their texts, one under the other, tags of their words."""
DERIVED: Final = ("date", "time", "half-hour", "weekday", "session", "session-start", "session-end")
"""What a column can be on the way out only, made from the time of the record."""
ANY: Final = "*"
"""In a section of words: every word that is not named."""
_FILE: Final = (
    "name", "recognise", "columns", "dates", "zone", "stamp", "date", "time", "between", "tally",
    "activity_columns",
)  # fmt: skip
_DATES: Final = ("iso", "day-first", "month-first", "")
_TALLIES: Final = ("rows", "count")
_SECTIONS: Final = ("file", "columns", "derived", "fixed", *LISTED, "minutes", "activities")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One other program's table, as its mapping file describes it."""

    name: str
    """Whose table it is; it goes into the ids of rows that bring none of ours."""
    path: Path
    recognise: tuple[str, ...]
    """Columns that together tell a file of this shape."""
    columns: tuple[str, ...]
    """The head of the table on the way out, in order."""
    fields: Mapping[str, tuple[str, ...]]
    """Their columns for each of our fields."""
    derived: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    """Columns that hold the same words in every row on the way out."""
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each listed field: their word, folded, to ours."""
    spelt: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each listed field: our word to their first one for it."""
    minutes: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Their bands of length: from how many minutes, to below how many; the same twice when the band has no end."""
    bands: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """The same, their names squeezed."""
    activities: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Their activity, folded, to (our field, its value)."""
    titles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(Our field, its value) to their first activity for it."""
    dates: str = ""
    """How dates with slashes are meant; empty refuses those that can be read in two ways."""
    zone: str = ""
    """The time zone of times without an offset, by its IANA name; empty is the desk's."""
    stamp: str = "%Y-%m-%d %H:%M:%S"
    date: str = "%Y-%m-%d"
    time: str = "%H:%M:%S"
    between: str = ", "
    """What stands between tags, or activities, in one cell."""
    tally: str = "rows"
    """A tally of n is n rows, or one row with a `count`."""
    activity_columns: bool = False
    """Whether each activity has a column of its own, which holds the count."""


def read_shape(path: Path) -> Shape:
    """Read a mapping file.

    Raises:
        BadContent: it is missing or something in it is wrong; every fault is named with its line.
    """
    file = tomlfile.read(path)
    faults = [f"{notice.where}: {notice.what}" for notice in file.notices]
    if not file.document and not faults:
        faults = [f"{path}: There is nothing in this file, or no such file."]
    faults += [] if faults else _faults(file)
    if faults:
        shown = "\n".join(faults[:20])
        raise BadContent(f"The mapping file cannot be used.\n{shown}", "Compare it with one in data/mappings.")
    return _shape(path, file.document)


def _shape(path: Path, document: Mapping[str, Any]) -> Shape:
    head = {name: value for name, value in document["file"].items() if name not in ("name", "recognise", "columns")}
    fields = {
        ours: (theirs,) if isinstance(theirs, str) else tuple(theirs) for ours, theirs in _of(document, "columns")
    }
    columns = document["file"].get("columns") or [theirs for group in fields.values() for theirs in group]
    words = {name: {fold(theirs): str(ours) for theirs, ours in _of(document, name)} for name in LISTED}
    minutes = {theirs: (span[0], span[-1]) for theirs, span in _of(document, "minutes")}
    activities = {theirs: _activity(str(meaning)) for theirs, meaning in _of(document, "activities")}
    return Shape(
        name=document["file"]["name"],
        path=path,
        recognise=tuple(document["file"].get("recognise", ())),
        columns=tuple(columns),
        fields=fields,
        derived=dict(_of(document, "derived")),
        fixed={name: str(value) for name, value in _of(document, "fixed")},
        words=words,
        spelt={name: _first((str(ours), theirs) for theirs, ours in _of(document, name)) for name in LISTED},
        minutes=minutes,
        bands={squeezed(theirs): span for theirs, span in minutes.items()},
        activities={fold(theirs): meaning for theirs, meaning in activities.items()},
        titles=_first((meaning, theirs) for theirs, meaning in activities.items()),
        **head,
    )


def fold(word: str) -> str:
    """A word as it is compared: without the case and the blanks around and in it."""
    return " ".join(word.split()).casefold()


def squeezed(text: str) -> str:
    """A band's name as it is compared: dashes of any kind and blanks around them make no difference."""
    return re.sub(r"\s*[-\u2013\u2014]\s*", "-", fold(text))


def _of(document: Mapping[str, Any], section: str) -> Iterable[tuple[str, Any]]:
    table = document.get(section, {})
    return table.items() if isinstance(table, dict) else ()


def _first(pairs: Iterable[tuple[Any, str]]) -> dict[Any, str]:
    """The first of their words for each of ours; `*` is no word."""
    found: dict[Any, str] = {}
    for ours, theirs in pairs:
        if theirs != ANY:
            found.setdefault(ours, theirs)
    return found


def _activity(meaning: str) -> tuple[str, str]:
    name, _, value = meaning.partition("=")
    return name.strip(), value.strip()


def _faults(file: tomlfile.TomlFile) -> list[str]:
    """Everything that is wrong with a mapping file, one sentence each with its line."""
    found = []
    for section, table in file.document.items():
        if section not in _SECTIONS or not isinstance(table, dict):
            near = sentence(section, _SECTIONS)
            found.append(f"{file.where(section)}: There is no section [{section}]. {near}".rstrip())
            continue
        check = {"file": _head, "columns": _column, "derived": _derive, "minutes": _band, "activities": _meaning}.get(
            section
        )
        for key, value in table.items():
            wrong = check(key, value) if check else _word(section, key, value)
            if wrong:
                found.append(f"{file.where(section, key)}: {wrong}")
    return found + list(_missing(file.document))


def _missing(document: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(document.get("file", {}).get("name"), str):
        yield '[file] needs a name = "...".'
    columns = document.get("columns", {})
    if isinstance(columns, dict) and not {"asked_at", "asked_date"} & set(columns):
        yield "[columns] needs asked_at or asked_date: without a time there is no record."


def _head(key: str, value: object) -> str:
    if key not in _FILE:
        return f"[file] has no {key}. {sentence(key, _FILE)}".rstrip()
    if key in ("recognise", "columns"):
        return "" if _texts(value) else f'{key} is a list of column names, like ["Id", "Date"].'
    if key == "activity_columns":
        return "" if isinstance(value, bool) else "activity_columns is true or false."
    if not isinstance(value, str):
        return f"{key} is a text in quotes."
    allowed = {"dates": _DATES, "tally": _TALLIES}.get(key)
    if allowed and value not in allowed:
        return f"{key} is one of {', '.join(repr(each) for each in allowed)}."
    return _zone(value) if key == "zone" and value else ""


def _zone(name: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return f'There is no time zone "{name}" on this machine; write it like "America/Detroit".'
    return ""


def _column(key: str, value: object) -> str:
    if key not in FIELDS:
        return f"[columns] has no {key}. {sentence(key, FIELDS) or 'Use ' + ', '.join(FIELDS) + '.'}"
    if isinstance(value, str):
        return ""
    if key in SEVERAL and _texts(value):
        return ""
    return f"{key} is the name of one column, in quotes."


def _derive(_key: str, value: object) -> str:
    return "" if value in DERIVED else f"A derived column is one of {', '.join(DERIVED)}."


def _band(_key: str, value: object) -> str:
    numbers = isinstance(value, list) and 1 <= len(value) <= 2 and all(type(each) in (int, float) for each in value)
    if numbers and isinstance(value, list) and 0 <= value[0] <= value[-1]:
        return ""
    return "A band of minutes is [from, below], or [from] when it has no end."


def _meaning(key: str, value: object) -> str:
    name, word = _activity(str(value))
    if name == "ignore" or (name == "tag" and word):
        return ""
    if name in LISTED:
        return _word(name, key, word)
    return 'An activity means "channel=phone", "kind=directional", "read=2", "tag=printing" or "ignore".'


def _word(section: str, _key: str, value: object) -> str:
    if section == "fixed":
        return "" if isinstance(value, str) else "A fixed column holds a text in quotes."
    options = LISTED[section]
    if str(value) in options and not isinstance(value, bool):
        return ""
    return f'There is no {section} "{value}". {sentence(str(value), options) or "Use " + ", ".join(options) + "."}'


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, str) for each in value)
