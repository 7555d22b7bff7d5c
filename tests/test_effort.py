"""READ and strain as they are proposed from what happened."""

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given

from deskmate.model.effort import LONG, VERY_LONG, proposed_read, proposed_strain
from deskmate.model.interaction import Interaction
from tests.reports.made_up import records

NOW = datetime.fromisoformat("2026-11-18T12:00:00-05:00")


@pytest.mark.parametrize(
    ("facts", "level"),
    [
        ({"kind": "directional"}, 1),
        ({"kind": "directional", "seconds": VERY_LONG}, 1),
        ({"kind": "conduct", "seconds": VERY_LONG, "strain": "red"}, 1),
        ({"kind": "policy"}, 2),
        ({"kind": "known-item", "source_used": True}, 2),
        ({"kind": "account", "seconds": VERY_LONG}, 2),
        ({"kind": "device", "taught": True}, 3),
        ({"kind": "directional", "source_used": True}, 3),
        ({"kind": "reference"}, 3),
        ({"kind": "reference", "seconds": LONG}, 4),
        ({"kind": "reference", "seconds": LONG, "hold_seconds": 60}, 3),
        ({"kind": "device", "taught": True, "seconds": VERY_LONG}, 5),
        ({"kind": "reference", "seconds": VERY_LONG, "uncertain": True}, 3),
    ],
)
def test_effort_is_what_was_looked_up_or_taught_and_how_long_that_took(facts: dict[str, Any], level: int) -> None:
    assert proposed_read(Interaction(id="0", asked_at=NOW, added_at=NOW, **facts)) == level


@given(records)
def test_a_proposal_is_always_a_level_below_the_one_only_a_person_knows(record: Interaction) -> None:
    assert 1 <= proposed_read(record) <= 5
    assert proposed_strain(record) in ("calm", "tense", "red")
    assert proposed_read(record.with_(strain="red")) == proposed_read(record.with_(strain="calm"))
