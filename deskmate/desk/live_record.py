"""The record that falls out of a live interaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from deskmate.desk.live_person import Live
from deskmate.model.effort import proposed_read, proposed_strain
from deskmate.model.interaction import Interaction
from deskmate.playbooks.draft import draft
from deskmate.playbooks.model import Playbook

BARE_INCIDENT: Final[Mapping[str, Any]] = {
    "kind": "conduct",
    "strain": "red",
    "outcome": "escalated",
    "incident": True,
}
"""What is written when HELP was needed and no guide was used."""

HAPPENED: Final = "Saved: an incident. Its report is promised, in private. For you: type debrief"
"""What is said once it is written; the debrief is offered as after any other emergency."""


def record_of(live: Live, base: Interaction, now: datetime, books: Mapping[str, Playbook]) -> Interaction:
    """The record as it would be saved now, without its promise: what the walk tells, and what a person said instead."""
    record = draft(live.walk, now, books, base)
    read = record.read if record.read is not None else proposed_read(record)
    record = record.with_(read=read, strain=proposed_strain(record)).with_(**live.judged)
    if live.promise is not None and record.outcome in ("answered", "unresolved"):
        return record.with_(outcome="promised")
    return record
