"""Records made up by hypothesis: every field, and text that programs choke on."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, STRAINS, Interaction
from deskmate.model.promise import STATES, Promise

NOW = datetime.fromisoformat("2026-11-22T12:00:00-05:00")
moments = st.builds(
    lambda seconds, minutes: datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes))),
    st.integers(100_000, 1_700_000_000),
    st.integers(-14 * 60, 14 * 60),
)
HOSTILE = (
    "=1+1", "'=1+1", "a; b", "[1]", " padded ", "-", 'say "x", y', "a\r\nb\u2028c", "\u202eevil", "[/]", "\ud800",
)  # fmt: skip
texts = st.text(max_size=30) | st.sampled_from(HOSTILE)
pairs = st.lists(st.tuples(texts, texts), max_size=2).map(tuple)
extras = st.dictionaries(
    st.sampled_from(["later", "new"]), st.integers() | texts | st.lists(texts, max_size=2), max_size=2
)
promises = st.builds(
    Promise,
    what=texts,
    due=moments,
    made_at=moments,
    state=st.sampled_from(STATES),
    who=texts,
    waiting_for=texts,
    waiting_since=st.none() | moments,
    snoozed_from=st.lists(moments.map(datetime.isoformat), max_size=2).map(tuple),
    handed_at=st.none() | moments,
    accepted_at=st.none() | moments,
    handed_by=texts,
    accepted_by=texts,
    closed_at=st.none() | moments,
    kept=st.none() | st.booleans(),
    private=st.booleans(),
    extra=extras,
)
records = st.builds(
    Interaction,
    id=st.uuids().map(str),
    asked_at=moments,
    added_at=moments,
    ended_at=st.none() | moments,
    seconds=st.none() | st.integers(0, 9999),
    uncertain=st.booleans(),
    place=texts,
    channel=st.sampled_from(CHANNELS),
    kind=st.sampled_from(KINDS),
    read=st.none() | st.integers(1, 6),
    strain=st.sampled_from(STRAINS),
    outcome=st.sampled_from(OUTCOMES),
    offered=st.lists(texts, max_size=2).map(tuple),
    path=pairs,
    ticks=st.lists(texts, max_size=2).map(tuple),
    times=pairs,
    hold_seconds=st.integers(0, 999),
    branch=texts,
    desk=texts,
    shift=texts,
    taught=st.booleans(),
    source_used=st.booleans(),
    authority=texts,
    referred_to=texts,
    incident=st.booleans(),
    playbook=texts,
    count=st.integers(1, 50),
    entry=st.sampled_from(ENTRIES),
    sensitive=st.booleans(),
    note=texts,
    tags=st.lists(texts, max_size=2).map(tuple),
    staff=texts,
    promise=st.none() | promises,
    extra=extras,
)
