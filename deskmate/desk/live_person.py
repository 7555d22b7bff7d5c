"""One person being helped, and how they are found again in their journal after a crash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.playbooks.model import Playbook
from deskmate.playbooks.walk import Event, Walk, replay
from deskmate.records.live import Journal

NOTE: Final = "note"
PROMISE: Final = "promise"
CALL: Final = "call"
"""Besides the walk's own events a journal holds the note and the promise as they were last typed, never a contact, and
for a call back the day and id of the record whose promise it is to keep."""


@dataclass(slots=True)
class Live:
    """One person being helped, with the walk through the playbook and the journal that survives a crash."""

    id: str
    walk: Walk
    journal: Journal | None
    """None when no journal could be opened: the guide works all the same."""
    note: str = ""
    promise: Promise | None = None
    call: str = ""
    """Of a call back: the day and id of the record whose promise it keeps, `2026-11-22/ID`; empty for anybody else."""
    owed: Promise | None = None
    """Of a call back: the promise it keeps, as it was when the call began."""
    judged: Mapping[str, Any] = field(default_factory=dict)
    """What a person said of the record instead of what was proposed."""
    saved: Interaction | None = None
    """The record as stored, once there is one; saving again changes it."""

    @property
    def on_phone(self) -> bool:
        """A caller, who is put on hold; anybody else is parked."""
        return self.walk.channel == "phone"

    @property
    def aside(self) -> bool:
        """Parked or on hold."""
        return self.walk.parked_since is not None or self.held

    @property
    def held(self) -> bool:
        """On hold."""
        return self.walk.hold_since is not None

    @property
    def only_looked_at(self) -> bool:
        """Nothing was done with anybody: looking is not logging."""
        return not (self.walk.touched or self.promise or self.note.strip())

    @property
    def over(self) -> bool:
        """It reached its end and is saved: whoever it was for has what they came for."""
        return self.saved is not None and bool(self.walk.ended or self.walk.at_end)

    @property
    def gone(self) -> bool:
        """Over, and nobody can still be there: it was ended, or the caller has the answer and hangs up."""
        return self.over and (self.on_phone or bool(self.walk.ended))

    @property
    def goes_on(self) -> bool:
        """Neither set aside nor ended: what happens now belongs to them."""
        return not self.aside and not self.walk.ended


def from_journal(
    live_id: str,
    history: Sequence[Mapping[str, object]],
    journal: Journal,
    books: Mapping[str, Playbook],
    values: Mapping[str, str],
) -> Live:
    """Whoever a journal tells of, at their step, with the note and the promise as they were last typed.

    Raises:
        BadUsage: its events are no walk.
    """
    steps = [Event.from_json(event) for event in history if event.get("kind") not in (NOTE, PROMISE, CALL)]
    live = Live(live_id, replay(steps, books, values), journal)
    for event in history:
        if event.get("kind") == NOTE:
            live.note = str(event.get("value", ""))
        elif event.get("kind") == CALL:
            live.call = str(event.get("value", ""))
        elif event.get("kind") == PROMISE and isinstance(event.get("value"), Mapping):
            live.promise = Promise.from_document(event["value"])  # type: ignore[arg-type]
    return live


def newer_promise(made: Promise | None, stored: Promise | None) -> Promise | None:
    """The promise of a record that is saved again, of the one in the guide and the one in the log.

    A note or the end of the guide must not bring back a time that was snoozed since, or a promise that was kept.
    """
    if made is None or stored is None:
        return made or stored
    return stored if round(made.made_at.timestamp()) == round(stored.made_at.timestamp()) else made
