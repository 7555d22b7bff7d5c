"""Counts agree with an independent calculation, and they add."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, STRAINS, Interaction
from deskmate.records.erase_rules import shrunk
from deskmate.reports.counting import RULES, is_reference
from deskmate.reports.rolled import roll_up
from deskmate.reports.tallies import Counts, count

AT = datetime.fromisoformat("2026-11-23T00:10:00-05:00")

records = st.builds(
    Interaction,
    id=st.uuids().map(str),
    asked_at=st.integers(0, 14 * 24 * 60).map(lambda minutes: AT + timedelta(minutes=minutes)),
    added_at=st.just(AT),
    seconds=st.none() | st.integers(0, 4000),
    uncertain=st.booleans(),
    channel=st.sampled_from(CHANNELS),
    kind=st.sampled_from(KINDS),
    read=st.none() | st.integers(1, 6),
    taught=st.booleans(),
    source_used=st.booleans(),
    strain=st.sampled_from(STRAINS),
    outcome=st.sampled_from(OUTCOMES),
    offered=st.lists(st.sampled_from(["plan", "manager"]), max_size=3).map(tuple),
    authority=st.sampled_from(["", "waived"]),
    referred_to=st.sampled_from(["", "Legal Aid"]),
    incident=st.booleans(),
    playbook=st.sampled_from(["", "angry-patron", "noise"]),
    hold_seconds=st.integers(0, 200),
    count=st.integers(0, 9),
    entry=st.sampled_from(ENTRIES),
    sensitive=st.booleans(),
)
logs = st.lists(records, max_size=12)


def contacts(log: Iterable[Interaction]) -> int:
    return sum(record.count for record in log)


@given(logs)
def test_counts_agree_with_sums_over_the_log(log: list[Interaction]) -> None:
    found = count(log)
    told = [record for record in log if not record.sensitive]
    assert found.n == contacts(log)
    assert found.sensitive == contacts(r for r in log if r.sensitive)
    for entry in ENTRIES:
        assert found.entries.get(entry, 0) == contacts(r for r in log if r.entry == entry)
    for kind in KINDS:
        assert found.kinds.get(kind, 0) == contacts(r for r in log if r.kind == kind)
    for channel in CHANNELS:
        assert found.channels.get(channel, 0) == contacts(r for r in told if r.channel == channel)
    for hour in range(24):
        assert found.hours[hour] == contacts(r for r in told if r.asked_at.hour == hour)
    for level in range(1, 7):
        assert found.reads.get(level, 0) == contacts(r for r in told if r.read == level)
    for name, rule in RULES.items():
        assert found.rules.get(name, 0) == contacts(r for r in log if is_reference(r, rule))
    assert found.incidents == contacts(r for r in log if r.incident)
    assert found.escalated == contacts(r for r in log if r.outcome == "escalated")
    assert found.hard == contacts(r for r in log if r.strain != "calm")


@given(logs)
def test_refusals_and_timings_agree_with_sums_over_the_log(log: list[Interaction]) -> None:
    found = count(log)
    told = [record for record in log if not record.sensitive]
    declined = [record for record in told if record.outcome == "declined"]
    assert found.declined == contacts(declined)
    assert found.nothing_offered == contacts(r for r in declined if not r.offered)
    assert found.offered.get("plan", 0) == contacts(r for r in declined if "plan" in r.offered)
    assert found.exceptions.get("waived", 0) == contacts(r for r in told if r.authority)
    assert found.playbooks.get("noise", 0) == contacts(r for r in told if r.playbook == "noise")
    single = [record for record in told if record.count == 1]
    timed = sorted(r.seconds for r in single if r.seconds is not None and not r.uncertain)
    assert sorted(seconds for seconds, number in found.lengths.items() for _ in range(number)) == timed
    assert found.uncertain == sum(r.uncertain for r in single)
    assert sum(found.holds.values()) == sum(r.hold_seconds > 0 for r in single)


@given(logs, logs)
def test_counts_of_two_days_are_the_sum_of_each(first: list[Interaction], second: list[Interaction]) -> None:
    assert count(first) + count(second) == count([*first, *second])
    assert count(first) + Counts() == count(first)
    assert sum([count(first), count(second)], Counts()) == count(second) + count(first)


@given(records)
def test_what_the_sweep_leaves_of_a_sensitive_record_changes_no_figure_but_its_weight(record: Interaction) -> None:
    fresh = record.with_(sensitive=True)
    left = Interaction.from_document(shrunk(fresh.to_document(), owed=False))
    before, after = roll_up([fresh]), roll_up([left])
    counted, estimated = (
        replace(each, strains={}, incidents=0, escalated=0) for each in (before.counted, before.estimated)
    )
    assert after == replace(before, counted=counted, estimated=estimated)


def test_a_tally_of_none_counts_nothing() -> None:
    empty: dict[str, Any] = {"id": "a", "asked_at": AT, "added_at": AT, "count": 0, "incident": True}
    assert count([Interaction(**empty)]) == Counts()
