"""The look-up's texts between two starts: they hold while nothing changed, and a wrong cache costs nothing but time."""

import os
from pathlib import Path

import pytest

from deskmate.desk.service import Desk
from deskmate.places import Places
from deskmate.playbooks.prepared import NAME, mark, read


def kept(places: Places) -> bool:
    return read(places.cache, mark(places, {})) is not None


def test_a_desk_keeps_the_texts_and_the_next_reads_them(desk: Desk, places: Places) -> None:
    (places.cache / NAME).unlink()
    first = desk.answers.find("wifi", 3)
    assert kept(places)
    assert Desk(places, desk.clock, environment={}).answers.find("wifi", 3) == first


def test_whatever_they_are_made_from_makes_them_anew_when_it_changes(desk: Desk, places: Places) -> None:
    desk.answers.make_ready()
    was = mark(places, {})
    assert mark(places, {"DESKMATE_LIBRARY_REGION": "GB"}) != was
    assert mark(places, {"DESKMATE_HOME": "elsewhere", "PATH": "x"}) == was
    desk.learning.remember("zorbing about it", "playbook:noise")
    assert mark(places, {}) != was
    was = mark(places, {})
    os.utime(places.settings, ns=(1, 1))
    assert mark(places, {}) != was
    was = mark(places, {})
    (places.home / "lexicon.txt").write_text("zorb = noise\n", encoding="utf-8")
    assert mark(places, {}) != was


def test_the_cache_is_for_this_person_only(desk: Desk, places: Places) -> None:
    desk.answers.make_ready()
    assert (places.cache / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("damage", ["cut", "empty", "other", "list"])
def test_a_damaged_cache_is_made_again(desk: Desk, places: Places, damage: str) -> None:
    first = desk.answers.find("wifi", 3)
    path: Path = places.cache / NAME
    whole = path.read_bytes()
    head, _, _ = whole.partition(b"\n")
    path.write_bytes(
        {"cut": whole[: len(whole) // 2], "empty": b"", "other": head + b"\n{}", "list": head + b"\n[]"}[damage]
    )
    assert not kept(places)
    assert Desk(places, desk.clock, environment={}).answers.find("wifi", 3) == first
    assert kept(places)


def test_a_cache_that_cannot_be_written_is_no_fault(desk: Desk, places: Places) -> None:
    desk.answers.make_ready()
    (places.cache / NAME).unlink()
    (places.cache / NAME).mkdir()
    assert Desk(places, desk.clock, environment={}).answers.find("wifi", 3)
    assert [path.name for path in places.cache.iterdir() if path.name.startswith(f"{NAME}.")] == []


def test_a_fact_that_ran_out_since_is_not_found(places: Places, desk: Desk) -> None:
    places.facts.write_text(
        'facts:\n  - {id: sale, question: "Zorb sale?", answer: "Today.", until: 2026-11-18}\n', encoding="utf-8"
    )
    assert desk.answers.find("zorb sale", 1)[0].id == "fact:sale"
    desk.clock.advance(86_400)  # type: ignore[attr-defined]
    later = Desk(places, desk.clock, environment={})
    assert kept(places)
    assert "fact:sale" not in [hit.id for hit in later.answers.find("zorb sale", 8)]
