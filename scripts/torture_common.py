"""What the parts of the torture share: the dose, the check that stops with a sentence, and the plainest readings."""

import json
from datetime import datetime
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

from deskmate.clock import FixedClock
from deskmate.records.log import Log

NOON: Final = FixedClock(datetime.fromisoformat("2026-11-22T12:00:00-05:00"))
TABLE: Final = "2026-11-22"
State = dict[str, int]
"""What a table should hold: id to the number in its document."""


class Dose(NamedTuple):
    """How much of each part."""

    kills: int
    journals: int
    walks: int
    lines: int
    """Lines of the file that is cut and flipped."""
    programs: int
    writes: int
    """Records each of the programs saves."""
    histories: int
    """Made-up histories of copies, clocks and homes."""
    cuts: int
    """Power cuts at each moment of each history."""


class Broken(AssertionError):
    """The log did not keep its word."""


def check(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence: check(this, "or say that")
    """Stop with a sentence unless something holds."""
    if not holds:
        raise Broken(what)


def scratch() -> "TemporaryDirectory[str]":
    """An empty folder, removed afterwards."""
    return TemporaryDirectory(prefix="deskmate-torture-")


def contents(log: Log, table: str = TABLE) -> State:
    """What a table holds."""
    return {str(document.doc_id): document["n"] for document in log.db.table(table)}


def replayed(lines: list[bytes]) -> State:
    """The state that some lines give, read the simplest way."""
    state: State = {}
    for body in map(json.loads, lines):
        state |= {key: document["n"] for key, document in body.get("put", {}).items()}
        state = {key: value for key, value in state.items() if key not in body.get("del", ())}
    return state


def after(state: State, put: State, removed: list[str]) -> State:
    """A state with an operation applied."""
    return {key: value for key, value in (state | put).items() if key not in removed}
