"""The shared words survive a trip through their stored form."""

from datetime import datetime

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")


def test_an_interaction_keeps_unknown_keys_and_its_promise() -> None:
    promise = Promise(what="call back", due=AT, made_at=AT, kept=False, extra={"later": 1})
    record = Interaction(
        id="abc123def456", asked_at=AT, added_at=AT, path=(("a/open", "yes"),), promise=promise, extra={"new": [1]}
    )
    document = record.to_document()
    assert Interaction.from_document(document) == record
    assert document["new"] == [1]
    assert record.ref == "2026-11-22.def456"


def test_a_shift_survives_its_document() -> None:
    shift = Shift(id="s", desk="main", started_at=AT, handover="quiet")
    assert Shift.from_document(shift.to_document()) == shift
