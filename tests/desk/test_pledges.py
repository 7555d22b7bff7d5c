"""The service pledge: samples, and the library's own."""

import stat

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.pledges import pledge_file
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage, NotFound
from deskmate.playbooks.answers import Pledge
from deskmate.playbooks.board import read_pledges


def test_a_new_home_has_no_pledge_but_samples_of_five_to_eight_short_sentences(desk: Desk) -> None:
    assert desk.pledges.own is None
    assert len(desk.pledges.samples) >= 2
    for sample in desk.pledges.samples:
        assert 5 <= len(sample.visitors) <= 8
        assert sample.team
        assert all(len(each.split()) <= 15 for each in (*sample.visitors, *sample.team))


def test_a_sample_becomes_the_library_s_own_file_and_stays_after_a_restart(desk: Desk, clock: FixedClock) -> None:
    sample = desk.pledges.samples[0]
    path = desk.pledges.adopt(sample.id)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = Desk(desk.places, clock, environment={})
    for pledges in (desk.pledges, again.pledges):
        assert pledges.own is not None
        assert (pledges.own.visitors, pledges.own.team, pledges.own.example) == (sample.visitors, sample.team, False)
    path.write_text(path.read_text(encoding="utf-8").replace("greet", "welcome"), encoding="utf-8")
    changed = Desk(desk.places, clock, environment={}).pledges.own
    assert changed is not None
    assert changed.visitors[0] == "We look up and welcome you."


def test_a_file_that_is_there_is_never_overwritten(desk: Desk) -> None:
    desk.places.pledge.write_text("# ours, in work\n", encoding="utf-8")
    with pytest.raises(BadUsage, match="already"):
        desk.pledges.adopt(desk.pledges.samples[0].id)
    assert desk.places.pledge.read_text(encoding="utf-8") == "# ours, in work\n"


def test_a_sample_that_is_none_is_told_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(NotFound) as told:
        desk.pledges.adopt("welcom")
    assert told.value.cure == 'Did you mean "welcome"?'


def test_words_with_quotes_and_signs_come_back_as_they_were() -> None:
    pledge = Pledge("a", 'We say "yes": first # always', ("C:\\ is no place", "naïve — 日本語"), ("one",))
    assert read_pledges(pledge_file(pledge), "pledge.yaml") == ((pledge,), [])
