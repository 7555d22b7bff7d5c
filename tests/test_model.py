"""The shared words survive a trip through their stored form."""

import json
from datetime import datetime

import pytest

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
    shift = Shift(id="s", desk="main", started_at=AT, handover="quiet", handed_at=AT, owed=("2026-11-22.def456",))
    assert Shift.from_document(json.loads(json.dumps(shift.to_document()))) == shift


def test_a_promise_that_comes_again_survives_its_document() -> None:
    rounds = (("2026-11-15T10:00:00-05:00", "2026-11-15T09:50:00-05:00", True), (AT.isoformat(), AT.isoformat(), False))
    promise = Promise(what="call back", due=AT, made_at=AT, every="1 week", rounds=rounds, waited=90, waiting_since=AT)
    assert Promise.from_document(json.loads(json.dumps(promise.to_document()))) == promise
    assert promise.began == datetime.fromisoformat("2026-11-15T10:00:00-05:00")
    assert promise.kept_last is False


@pytest.mark.parametrize("rounds", [[["2026-11-15T10:00:00-05:00"]], ["x"], [7]])
def test_a_promise_with_rounds_that_are_none_is_told_as_unreadable(rounds: object) -> None:
    document = Promise(what="call back", due=AT, made_at=AT).to_document()
    with pytest.raises((ValueError, TypeError)):
        Promise.from_document({**document, "rounds": rounds})
