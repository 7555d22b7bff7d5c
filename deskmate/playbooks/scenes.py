"""The patron's side of a playbook, for practice: scenes, read from one file a playbook.

A scene says for each step it comes to what the patron says or does, which answer that leads to, and what must not be
missed there. It holds no words for staff: those are the playbook's own, so that a playbook that is mended is at once
what is practised.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any, Final

from deskmate.model.interaction import CHANNELS
from deskmate.playbooks import fields as read_as
from deskmate.playbooks.fields import Read, Sheet, listed, mapped, named, one_of, one_or_list, record, short, words
from deskmate.playbooks.model import HELP
from deskmate.playbooks.nodes import Node, compose
from deskmate.playbooks.sources import Problem, Source, Where

PATIENCE: Final = 20
"""Seconds after which a patron who hears nothing goes on with the next line: several times the silence that the
playbooks ask staff to keep after a question (five seconds)."""
ANY: Final = "any"
"""In place of a sentence that must be said: any sentence of the step."""
WHO_CELLS: Final = 60
"""Terminal cells of who stands there: one line at 80 columns, behind the word PRACTICE."""
LINE_CELLS: Final = 140
"""Terminal cells of a patron's line: two lines at 80 columns."""
WHY_CELLS: Final = 90
"""Terminal cells of a reason: two lines under its item."""
_PLACE: Final = re.compile(rf"{read_as.ID.pattern}(/{read_as.ID.pattern})?")


@dataclass(frozen=True, slots=True)
class Must:
    """Something at a step that must not be missed."""

    why: str
    tick: str = ""
    """The item to be ticked, as the playbook has it; or empty."""
    say: str = ""
    """The sentence to be said, as the playbook has it, or `any`; or empty."""
    within: int | None = None
    """Seconds after the step was reached by which it must be done; None where no source gives a limit."""
    hold: bool = False
    """Starting the hold clock does it as well: somebody who holds need not also tick that they do."""

    @property
    def text(self) -> str:
        """What it is, as the playbook has it."""
        return self.tick or self.say


@dataclass(frozen=True, slots=True)
class Turn:
    """What happens at one step."""

    patron: tuple[str, ...]
    """What they say or do, in order; the next comes when their patience is over."""
    answer: tuple[str, ...] = ()
    """The answers that fit, each by its words or by where it leads; none at the last turn."""
    must: tuple[Must, ...] = ()
    critical: str = ""
    """Why the answer must be right the first time; empty where a second look does no harm."""
    door: str = ""
    """When HELP fits here: the playbook that its right digit opens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One patron at one desk."""

    id: str
    playbook: str
    who: str
    """Who stands there or calls, in a few words."""
    turns: Mapping[str, Turn]
    """By place: `playbook/step`."""
    channel: str = CHANNELS[0]
    patience: int = PATIENCE
    """Seconds between two lines of theirs."""
    own: bool = False
    """It is the library's and not one that shipped."""

    @property
    def name(self) -> str:
        """`playbook/scene`: what a command names it by."""
        return f"{self.playbook}/{self.id}"


@dataclass(frozen=True, slots=True)
class SceneFile:
    """What one file says, as far as it could be read."""

    playbook: str
    scenes: Mapping[str, Scene]
    """The scenes without a fault, by id."""
    problems: tuple[Problem, ...]
    source: Source = field(repr=False)


def read_scenes(text: str, file: str, *, own: bool = False) -> SceneFile:
    """Read the scenes of one playbook.

    Args:
        text: the file's text.
        file: its path; the name without `.yaml` is the playbook's id.
        own: it is the library's.
    """
    playbook = PurePath(file).stem
    root, problems = compose(text, file)
    sheet = Sheet(file, text)
    sheet.problems.extend(problems)
    values: dict[str, Any] = {}
    if root is not None:
        values = named(sheet, root, (), {"scenes": mapped(read_as.ident, _scene)}, ("scenes",)) or {}
    elif not problems:
        sheet.problems.append(Problem(file, 1, 1, "The file is empty.", "Delete it, or write what belongs here."))
    scenes = {
        name: Scene(**{**given, "id": name, "playbook": playbook, "own": own, "turns": _placed(given, playbook)})
        for name, given in values.get("scenes", {}).items()
    }
    return SceneFile(playbook, scenes, tuple(sheet.problems), sheet.source())


def _placed(given: Mapping[str, Any], playbook: str) -> dict[str, Turn]:
    """The turns by whole place: a step without a playbook is one of the file's."""
    return {place if "/" in place else f"{playbook}/{place}": turn for place, turn in given["turns"].items()}


def _scene(sheet: Sheet, node: Node, where: Where) -> dict[str, Any] | None:
    """One scene; a fault leaves it out, since half a conversation teaches nothing."""
    before = len(sheet.problems)
    values = named(sheet, node, where, _SCENE, ("who", "turns"))
    return values if len(sheet.problems) == before else None


def _turn(sheet: Sheet, node: Node, where: Where) -> Turn | None:
    turn: Turn | None = record(Turn, _TURN, ("patron",))(sheet, node, where)
    if turn is not None and turn.critical and not turn.answer:
        sheet.fault(node, "There is no answer that could be critical.", "Take critical: out, or add answer:.")
    if turn is not None and bool(turn.door) != (HELP in turn.answer):
        sheet.fault(node, "HELP and door: go together.", "Write answer: help and, as door:, the playbook it opens.")
    return turn


def _must(sheet: Sheet, node: Node, where: Where) -> Must | None:
    must: Must | None = record(Must, _MUST, ("why",))(sheet, node, where)
    if must is not None and bool(must.tick) == bool(must.say):
        sheet.fault(node, "It says neither tick: nor say:, or both.", "Give the one that must not be missed.")
        return None
    return must


_place: Final = read_as.matching(_PLACE, "a step", "open, or angry-patron/open for another playbook's")
_answer: Final = one_or_list(words)
_MUST: Final[dict[str, Read[Any]]] = {
    "tick": words,
    "say": words,
    "why": short(WHY_CELLS, "reason"),
    "within": read_as.seconds,
    "hold": read_as.yes_no,
}
_TURN: Final[dict[str, Read[Any]]] = {
    "patron": one_or_list(short(LINE_CELLS, "line")),
    "answer": _answer,
    "must": listed(_must),
    "critical": short(WHY_CELLS, "reason"),
    "door": read_as.ident,
}
_SCENE: Final[dict[str, Read[Any]]] = {
    "who": short(WHO_CELLS, "person"),
    "channel": one_of(CHANNELS, "a channel"),
    "patience": read_as.seconds,
    "turns": mapped(_place, _turn),
}


def fits(turn: Turn, *, answer: str, leads: str) -> bool:
    """Whether an answer is one of those that fit what the patron does.

    Args:
        turn: what happens there.
        answer: the answer's words as the playbook has them.
        leads: where it leads: a step, a playbook or `help`.
    """
    return answer in turn.answer or leads in turn.answer
