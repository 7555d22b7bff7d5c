"""Ids sort by time; revisions only ever go up."""

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.records.stamp import Ids, Revisions, id_milliseconds, is_revision, revision_milliseconds, stamp_of

NOON = datetime.fromisoformat("2026-11-22T12:00:00-05:00")
DAY_MS = 86_400_000


def milliseconds(clock: FixedClock) -> int:
    return int(clock.now().timestamp() * 1000)


def test_an_id_is_a_uuid_of_version_seven_that_knows_its_time() -> None:
    clock = FixedClock(NOON)
    record_id = Ids(clock).new()
    assert UUID(record_id).version == 7
    assert UUID(record_id).variant == "specified in RFC 4122"
    assert id_milliseconds(record_id) == milliseconds(clock)
    assert id_milliseconds("4f9c1d") is None
    assert id_milliseconds("zzzzzzzz-zzzz-7zzz-zzzz-zzzzzzzzzzzz") is None


def test_ids_sort_as_they_were_made_whatever_the_clock_does() -> None:
    clock = FixedClock(NOON)
    ids = Ids(clock)
    made = [ids.new() for _ in range(5000)]
    clock.advance(-3600)
    made += [ids.new() for _ in range(10)]
    clock.advance(7200)
    made.append(ids.new())
    assert made == sorted(set(made))
    assert all(UUID(each).version == 7 for each in made)
    assert id_milliseconds(made[-1]) == milliseconds(clock)


@given(st.lists(st.integers(-(10**7), 10**7), min_size=2, max_size=30))
def test_revisions_rise_whatever_the_clock_does(moves: list[int]) -> None:
    clock = FixedClock(NOON)
    revisions = Revisions(clock)
    given_out = []
    for seconds in moves:
        clock.advance(seconds)
        given_out.append(revisions.next("a"))
    assert given_out == sorted(set(given_out))
    assert all(map(is_revision, given_out))


def test_more_than_a_counter_full_in_one_millisecond_still_rises() -> None:
    revisions = Revisions(FixedClock(NOON))
    given_out = [revisions.next("a") for _ in range(70_000)]
    assert given_out == sorted(set(given_out))


def test_a_change_beats_what_it_changes_even_when_that_is_from_the_future() -> None:
    clock = FixedClock(NOON)
    far = Revisions(FixedClock(NOON + timedelta(days=400))).next("other")
    revisions = Revisions(clock)
    assert revisions.next("a", above=far) > far
    assert revision_milliseconds(revisions.next("a")) <= milliseconds(clock) + DAY_MS


@given(st.lists(st.tuples(st.integers(-5, 5), st.sampled_from(["", "near", "far", "last"])), min_size=2, max_size=40))
def test_no_revision_is_given_twice_and_each_beats_what_it_changes(moves: list[tuple[int, str]]) -> None:
    clock = FixedClock(NOON)
    revisions = Revisions(clock)
    future = {days: Revisions(FixedClock(NOON + timedelta(days=days))).next("other") for days in (1, 300)}
    given_out = [""]
    for hundreds, what in moves:
        clock.advance(hundreds * 100 * 86_400)
        above = {"": "", "near": future[1], "far": future[300], "last": given_out[-1]}[what]
        given_out.append(revisions.next("a", above))
        assert given_out[-1] > above
        assert is_revision(given_out[-1])
    assert len(set(given_out)) == len(given_out)


def test_another_desks_wrong_clock_drags_ours_one_day_at_most() -> None:
    clock = FixedClock(NOON)
    revisions = Revisions(clock)
    near = Revisions(FixedClock(NOON + timedelta(minutes=3))).next("other")
    revisions.see(near)
    assert revisions.next("a") > near
    revisions.see(Revisions(FixedClock(NOON + timedelta(days=400))).next("other"))
    assert 0 <= revision_milliseconds(revisions.next("a")) - milliseconds(clock) <= DAY_MS


def test_what_could_not_have_been_written_is_no_revision() -> None:
    good = Revisions(FixedClock(NOON)).next("a1-2")
    assert is_revision(good)
    assert stamp_of(good) >> 16 == milliseconds(FixedClock(NOON))
    for bad in ("ffffffffffffffff.a", good.upper(), good[:-5], "", None, 3, good.replace(".", "/")):
        assert not is_revision(bad)
