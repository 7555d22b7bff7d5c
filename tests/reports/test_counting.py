"""Reference transactions are derived from facts: one log, three totals."""

from datetime import datetime
from typing import Any

import pytest

from deskmate.faults import BadUsage
from deskmate.model.interaction import KINDS, Interaction
from deskmate.reports.counting import RULES, RuleCount, local_rule, reference_count

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")


def contact(**facts: Any) -> Interaction:
    return Interaction(**{"id": "a1", "asked_at": AT, "added_at": AT, **facts})


@pytest.mark.parametrize(
    ("facts", "pls", "z39"),
    [
        ({"kind": "reference"}, True, True),
        ({"kind": "readers-advisory"}, True, True),
        ({"kind": "known-item"}, True, True),
        ({"kind": "directional"}, False, False),
        ({"kind": "policy"}, False, False),
        ({"kind": "account"}, False, False),
        ({"kind": "device"}, False, False),
        ({"kind": "device", "taught": True}, False, True),
        ({"kind": "device", "source_used": True}, True, True),
        ({"kind": "policy", "taught": True}, False, False),
        ({"kind": "directional", "source_used": True}, True, True),
        ({"kind": "other", "outcome": "referred"}, True, True),
        ({"kind": "other", "referred_to": "Legal Aid"}, True, True),
        ({"kind": "directional", "outcome": "referred"}, False, False),
        ({"kind": "account", "referred_to": "the other desk"}, False, False),
    ],
)
def test_the_standards_agree_but_for_teaching_with_a_device(facts: dict[str, Any], pls: bool, z39: bool) -> None:
    record = contact(**facts)
    assert RULES["pls"].counts(record) is pls
    assert RULES["z39.7"].counts(record) is z39


@pytest.mark.parametrize("kind", KINDS)
def test_the_local_rule_counts_all_but_directions_until_the_library_chooses(kind: str) -> None:
    assert RULES["local"].counts(contact(kind=kind)) is (kind != "directional")


def test_the_library_chooses_the_kinds_of_its_own_rule() -> None:
    rule = local_rule(["device", "reference"])
    assert [kind for kind in KINDS if rule.counts(contact(kind=kind))] == ["reference", "device"]
    assert "reference, device" in rule.text


def test_a_kind_that_is_none_is_named() -> None:
    with pytest.raises(BadUsage, match="referense") as caught:
        local_rule(["referense"])
    assert "reference" in caught.value.cure


def test_a_tally_of_n_counts_n_and_estimates_stand_apart() -> None:
    records = [
        contact(kind="reference", entry="tally", count=7),
        contact(kind="reference"),
        contact(kind="directional", entry="tally", count=5),
        contact(kind="policy"),
        contact(kind="reference", entry="estimate", count=40),
        contact(kind="directional", entry="estimate", count=9),
    ]
    found = reference_count(records, RULES["pls"])
    assert found == RuleCount("pls", reference=8, directional=5, other=1, estimated=40)
    assert found.method == "ES"
    assert reference_count(records[:4], RULES["pls"]).method == "CT"
