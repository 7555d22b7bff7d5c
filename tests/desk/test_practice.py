"""Every scene that ships, played badly and then to its end: always an end, fair counts, and nothing on the disk."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.places import Places, find_places
from deskmate.playbooks.practice import MOST_STEPS
from deskmate.playbooks.scenes import fits
from deskmate.playbooks.walk_place import shown_choices

AT = datetime.fromisoformat("2026-11-18T14:20:00-05:00")
KEYS = st.one_of(
    st.sampled_from(["said", "say", "back", "help", "leave-help", "hold", "unhold", "end", "pause", "resume"]),
    st.tuples(st.sampled_from(["choose", "tick", "untick"]), st.integers(1, 9)).map(lambda key: f"{key[0]} {key[1]}"),
    st.sampled_from(["door fight", "door lost-child", "door threat-weapon-violence"]),
)


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("home")
    return find_places({"DESKMATE_STATE": str(folder / "state")}, home=str(folder / "home"))


@pytest.fixture(scope="module")
def clock() -> FixedClock:
    return FixedClock(AT)


@pytest.fixture(scope="module")
def desk(places: Places, clock: FixedClock) -> Desk:
    return Desk(places, clock, environment={})


def on_disk(places: Places) -> set[Path]:
    """Every file but the caches of the playbooks."""
    found = (path for root in (places.home, places.state) for path in root.rglob("*") if path.is_file())
    return {path for path in found if path.parent != places.cache}


def play_on(desk: Desk) -> None:
    """From wherever it stands, by the answers that fit, to the end."""
    practices = desk.practices
    for _ in range(2 * MOST_STEPS):
        practice = practices.current
        assert practice is not None
        if practice.finished:
            return
        turn = practice.turn
        assert turn is not None
        if practice.over:
            practices.act("back")
        elif practice.in_help:
            practices.act("door", turn.door) if turn.door else practices.act("leave-help")
        elif not turn.answer:
            practices.act("end")
        else:
            shown = shown_choices(practice.walk, desk.library.playbooks, desk.settings.variables())
            fitting = (n for n, c in enumerate(shown, 1) if fits(turn, answer=c.answer, leads=c.go or c.visit))
            practices.act("choose", str(next(fitting)))
    raise AssertionError(f"{practices.current} does not end")


@settings(max_examples=120, deadline=None)
@given(number=st.integers(0, 10_000), keys=st.lists(st.tuples(KEYS, st.integers(-5, 90)), max_size=25))
def test_any_keys_in_any_scene_and_it_can_still_be_played_to_its_end(
    desk: Desk, clock: FixedClock, places: Places, number: int, keys: list[tuple[str, int]]
) -> None:
    practices = desk.practices
    offer = practices.offers[number % len(practices.offers)]
    before = on_disk(places)
    practices.begin(offer.scene)
    for key, seconds in keys:
        clock.advance(seconds)
        kind, _, value = key.partition(" ")
        try:
            practices.act(kind, value)
        except BadUsage:
            continue
    play_on(desk)
    told = practices.debrief()
    assert told.finished
    assert len(told.kept) + len(told.missed) == len(told.points) > 0
    assert all(point.late is None or (point.within or 0) < point.late <= told.elapsed for point in told.points)
    assert told.first_sentence is None or 0 <= told.first_sentence <= told.elapsed
    assert all(heard and answer for heard, answer in told.astray)
    assert on_disk(places) == before
