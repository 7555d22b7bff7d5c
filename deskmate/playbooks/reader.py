"""Playbooks, facts, directory and HELP page from YAML, with every fault of a file in one pass.

The format's source is the plan's playbook shape; all words for people are quoted or block text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Final, TypeVar

from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, READ_LEVELS, STRAINS
from deskmate.playbooks import fields as read_as
from deskmate.playbooks.answers import Door, Entry, Fact, HelpPage, Pledge, Posted
from deskmate.playbooks.fields import Sheet, listed, mapped, named, one_of, one_or_list, record, words
from deskmate.playbooks.model import (
    FORMS,
    HELP,
    MODES,
    SINCES,
    URGENCIES,
    Avoid,
    Choice,
    Conditions,
    Escalation,
    Item,
    Line,
    Nudge,
    Playbook,
    PromisePrompt,
    Step,
)
from deskmate.playbooks.nodes import Node, compose
from deskmate.playbooks.sources import Problem, Source, Where

T = TypeVar("T", Fact, Entry, Posted, Pledge)

_TICK: Final = re.compile(rf"tick:{read_as.ID.pattern}")
REQUIRED: Final = ("title", "category", "steps")
"""What a whole playbook cannot do without; a local file that lacks one of them is laid over the built-in one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one playbook file says, as far as it could be read."""

    id: str
    given: Mapping[str, Any]
    """The top names the file has, as fields of a `Playbook`."""
    problems: tuple[Problem, ...]
    source: Source

    @property
    def is_sound(self) -> bool:
        """Whether the file has no error; warnings do not count."""
        return not any(problem.is_error for problem in self.problems)

    @property
    def missing(self) -> tuple[str, ...]:
        """The required names that the file lacks."""
        return tuple(name for name in REQUIRED if not self.given.get(name))

    def playbook(self) -> Playbook | None:
        """The file as a whole playbook, with what could be read of it; None when a required name is missing."""
        if self.missing:
            return None
        values = dict(self.given)
        if "discreet" not in values:  # the person in front can read the screen
            values["discreet"] = values.get("urgency", "routine") != "routine" or bool(values.get("sensitive"))
        values.setdefault("start", next(iter(values["steps"])) if "open" not in values["steps"] else "open")
        return Playbook(id=self.id, origin=self.source.file, **values)

    def over(self, base: Playbook) -> Playbook:
        """The built-in playbook with this file's names laid over it, steps one by one."""
        values = dict(self.given)
        if "steps" in values:
            values["steps"] = {**base.steps, **values["steps"]}
        return replace(base, origin=self.source.file, **values)


def read(text: str, file: str) -> tuple[Playbook | None, list[Problem]]:
    """Read one whole playbook.

    Args:
        text: the file's text.
        file: its path; the name without `.yaml` is the playbook's id.

    Returns:
        The playbook, or None when the file has an error; and everything that is wrong with it.
    """
    reading = parse(text, file)
    problems = [*reading.problems, *missing_names(reading)]
    sound = not any(problem.is_error for problem in problems)
    return (reading.playbook() if sound else None), problems


def parse(text: str, file: str) -> Reading:
    """Read one playbook file, whole or to be laid over another; nothing is demanded of it yet."""
    playbook_id = PurePath(file).stem
    root, problems = compose(text, file)
    sheet = Sheet(file, text)
    sheet.problems.extend(problems)
    given: dict[str, Any] = {}
    if not read_as.ID.fullmatch(playbook_id) or playbook_id == HELP:
        sheet.problems.append(
            Problem(
                file,
                1,
                1,
                f'"{playbook_id}" cannot be an id, and the file\'s name is the id.',
                "Name the file with small letters, digits and hyphens: call-back.yaml.",
            )
        )
    if root is not None:
        given = named(sheet, root, (), TOP) or {}
    elif not problems:
        sheet.problems.append(_empty(file))
    return Reading(playbook_id, given, tuple(sheet.problems), sheet.source())


def missing_names(reading: Reading) -> list[Problem]:
    """A problem for each required name that a whole playbook lacks and no other problem explains."""
    if not reading.source.marks:
        return []  # nothing could be read, and that is told already
    return [
        reading.source.error((), f'"{name}" is missing.', f"Add it at the left edge: {name}: ...")
        for name in reading.missing
        if (name,) not in reading.source.marks
    ]


def read_facts(text: str, file: str) -> tuple[tuple[Fact, ...], list[Problem]]:
    """Read a facts file: those that are right, and everything that is wrong."""
    return read_list(text, file, "facts", _FACT)


def read_directory(text: str, file: str) -> tuple[tuple[Entry, ...], list[Problem]]:
    """Read a directory file: those entries that are right, and everything that is wrong."""
    return read_list(text, file, "entries", _ENTRY)


def read_help(text: str, file: str) -> tuple[HelpPage | None, list[Problem]]:
    """Read the HELP page: None when it has an error."""
    root, problems = compose(text, file)
    if root is None:
        return None, problems or [_empty(file)]
    sheet = Sheet(file, text)
    page = record(HelpPage, {"memory": listed(words), "doors": listed(_DOOR)}, ("memory", "doors"))(sheet, root, ())
    keys = [door.key for door in page.doors] if page else []
    for number, key in enumerate(keys):
        if key in keys[:number]:
            sheet.problems.append(
                sheet.source().error(("doors", number), f"The key {key} opens two doors.", "Give each its own digit.")
            )
    return (None if sheet.problems else page), sheet.problems


def read_list(text: str, file: str, name: str, read_one: read_as.Read[T]) -> tuple[tuple[T, ...], list[Problem]]:
    """Read a file that is one list of things with ids: those that are right, and everything that is wrong."""
    root, problems = compose(text, file)
    if root is None:
        return (), problems
    sheet = Sheet(file, text)
    values = named(sheet, root, (), {name: listed(_once(_faultless(read_one)))}, (name,)) or {}
    return values.get(name, ()), sheet.problems


def _faultless(read_one: read_as.Read[T]) -> read_as.Read[T]:
    """Leave out an answer that has a fault: half a price is worse than none."""

    def read(sheet: Sheet, node: Node, where: Where) -> T | None:
        before = len(sheet.problems)
        answer = read_one(sheet, node, where)
        return answer if len(sheet.problems) == before else None

    return read


def _once(read_one: read_as.Read[T]) -> read_as.Read[T]:
    """Leave out an answer whose id an earlier one has."""
    seen: set[str] = set()

    def read(sheet: Sheet, node: Node, where: Where) -> T | None:
        answer = read_one(sheet, node, where)
        if answer is not None and answer.id in seen:
            sheet.fault(node, f'The id "{answer.id}" stands here twice.', "Give each its own id.")
            return None
        seen.update([answer.id] if answer is not None else ())
        return answer

    return read


def _empty(file: str) -> Problem:
    return Problem(file, 1, 1, "The file is empty.", "Delete it, or write what belongs here.")


def _line(sheet: Sheet, node: Node, where: Where) -> Line | None:
    """A line: words, or names with the words under `line`."""
    if node.kind == "names" and not node.is_braced_name:
        return _LONG_LINE(sheet, node, where)
    text = words(sheet, node, where)
    return None if text is None else Line(text)


def _item(sheet: Sheet, node: Node, where: Where) -> Item | None:
    """A thing to do: words, or names with the words under `do`."""
    if node.kind == "names" and not node.is_braced_name:
        return _LONG_ITEM(sheet, node, where)
    text = words(sheet, node, where)
    return None if text is None else Item(Line(text))


def _full_line(line: str, without: str = "", when: Conditions = (), unless: Conditions = ()) -> Line:
    return Line(line, without, when, unless)


def _full_item(do: str, **values: Any) -> Item:
    own = {name: values.pop(name) for name in ("id", "time") if name in values}
    return Item(_full_line(do, **values), **own)


def _read_avoid(sheet: Sheet, node: Node, where: Where) -> Avoid | None:
    values = named(sheet, node, where, {"not": words, "instead": words}, ("not", "instead"))
    return None if values is None else Avoid(values["not"], values["instead"])


def _nudge(sheet: Sheet, node: Node, where: Where) -> Nudge | None:
    values = named(sheet, node, where, _NUDGE, ("after", "text"))
    return None if values is None else Nudge(**{"since": "step", **values})


def _since(sheet: Sheet, node: Node, where: Where) -> str | None:
    value = read_as.bare(sheet, node, where)
    if value is None or value in SINCES or _TICK.fullmatch(value):
        return value
    sheet.fault(node, f'A nudge cannot count from "{value}".', "Write step, start, hold, or tick: and an item's id.")
    return None


def _choice(sheet: Sheet, node: Node, where: Where) -> Choice | None:
    values = named(sheet, node, where, _CHOICE, ("answer",))
    if values is None:
        return None
    present = {key.words for key, _ in node.pairs}
    if "go" in present and "visit" in present:
        sheet.fault(node, "The choice has both go and visit.", "Keep go to hand over, or visit to come back.")
    elif not present & {"go", "visit"}:
        sheet.fault(node, "The choice leads nowhere.", "Add go: and a step's id.")
    return Choice(**values)


def _steps(sheet: Sheet, node: Node, where: Where) -> dict[str, Step] | None:
    found = mapped(_step_id, _step_values)(sheet, node, where)
    if found is None:
        return None
    if not found and not node.pairs:
        sheet.fault(node, "No step stands here.", "Write at least one step with say: and end:.")
    return {name: Step(id=name, line=sheet.marks[(*where, name)][0], **values) for name, values in found.items()}


def _step_id(sheet: Sheet, node: Node, where: Where) -> str | None:
    value = read_as.ident(sheet, node, where)
    if value == HELP:
        sheet.fault(node, 'A step cannot be called "help": HELP is on every step.', "Give the step another name.")
        return None
    return value


def _step_values(sheet: Sheet, node: Node, where: Where) -> dict[str, Any] | None:
    values = named(sheet, node, where, _STEP)
    if values is not None and "nudge" in values:
        values["nudges"] = values.pop("nudge")
    return values


_CONDITIONS: Final[dict[str, read_as.Read[Any]]] = {"when": read_as.conditions, "unless": read_as.conditions}
_LONG_LINE: Final = record(_full_line, {"line": words, "without": words, **_CONDITIONS}, ("line",))
_LONG_ITEM: Final = record(
    _full_item,
    {"do": words, "without": words, "id": read_as.ident, "time": words, **_CONDITIONS},
    ("do",),
)
_NUDGE: Final[dict[str, read_as.Read[Any]]] = {
    "after": read_as.seconds,
    "since": _since,
    "text": words,
    "quiet": read_as.yes_no,
}
_YES_NO: Final = one_of(("yes", "no"), "yes or no")
_RECORD: Final[dict[str, read_as.Read[Any]]] = {
    "kind": one_of(KINDS, "a kind of contact"),
    "strain": one_of(STRAINS, "a strain"),
    "channel": one_of(CHANNELS, "a channel"),
    "outcome": one_of(OUTCOMES, "an outcome"),
    "read": one_of(map(str, READ_LEVELS), "a READ level"),
    "taught": _YES_NO,
    "source_used": _YES_NO,
    "incident": _YES_NO,
}
"""Fields of the record that a playbook or an answer may settle."""
_RECORD_FIELDS: Final[read_as.Read[dict[str, str]]] = record(dict, _RECORD)
_CHOICE: Final[dict[str, read_as.Read[Any]]] = {
    "answer": words,
    "go": read_as.ident,
    "visit": read_as.ident,
    "record": _RECORD_FIELDS,
    **_CONDITIONS,
}
_LINES: Final = listed(_line)
_STEP: Final[dict[str, read_as.Read[Any]]] = {
    "say": _LINES,
    "channels": mapped(one_of(CHANNELS, "a channel"), _LINES),
    "how": words,
    "do": listed(_item),
    "avoid": listed(_read_avoid),
    "nudge": one_or_list(_nudge),
    "ask": words,
    "choices": listed(_choice),
    "promise": record(PromisePrompt, {"ask": words, "due": words}, ("ask", "due")),
    "offered": listed(words),
    "end": one_of(OUTCOMES, "an outcome"),
}
_REGION: Final = read_as.matching(read_as.REGION, "a region", "US or CA-ON")
TOP: Final[dict[str, read_as.Read[Any]]] = {
    "title": words,
    "category": read_as.ident,
    "form": one_of(FORMS, "a form"),
    "urgency": one_of(URGENCIES, "an urgency"),
    "mode": one_of(MODES, "a mode"),
    "discreet": read_as.yes_no,
    "sensitive": read_as.yes_no,
    "code": words,
    "also": listed(words),
    "examples": listed(words),
    "memory": listed(words),
    "why": words,
    "authority": words,
    "escalate": listed(record(Escalation, {"when": words, "who": words, "how": words}, ("when", "who", "how"))),
    "law": mapped(_REGION, words),
    "sources": listed(read_as.matching(read_as.TAG, "a source's tag", "BETA or S0-22")),
    "owner": words,
    "reviewed": read_as.day,
    "record": _RECORD_FIELDS,
    "start": read_as.ident,
    "steps": _steps,
    "after": read_as.ident,
    "note": read_as.paragraph,
}
"""The top names of a playbook."""
_FACT: Final = record(
    Fact,
    {
        "id": read_as.ident,
        "question": words,
        "answer": words,
        "also": listed(words),
        "kind": one_of(KINDS, "a kind of contact"),
        "example": read_as.yes_no,
        "until": read_as.day,
    },
    ("id", "question", "answer"),
)
_ENTRY: Final = record(
    Entry,
    {
        "id": read_as.ident,
        "name": words,
        "what": words,
        "phone": words,
        "hours": words,
        "also": listed(words),
        "region": listed(_REGION),
        "example": read_as.yes_no,
    },
    ("id", "name"),
)
_DOOR: Final = record(
    Door,
    {
        "key": one_of("123456789", "a digit from 1 to 9"),
        "label": words,
        "open": read_as.ident,
        "code": words,
    },
    ("key", "label", "open", "code"),
)
