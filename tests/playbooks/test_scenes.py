"""The scenes' files: what ships can be played to its end, every fault is told with its place and the mend."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.practice import Offer
from deskmate.desk.service import Desk
from deskmate.places import Places, find_places
from deskmate.playbooks.answers import Door
from deskmate.playbooks.library import Library, load
from deskmate.playbooks.practice import ways
from deskmate.playbooks.practice_review import debrief
from deskmate.playbooks.reader import read
from deskmate.playbooks.scenes import Scene, read_scenes
from deskmate.playbooks.scenes_shelf import check_scenes, scene_files, scenes_of
from deskmate.playbooks.sources import ERROR, WARNING
from deskmate.text.guard import find

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")
HERE = [
    {"region": "US-MI", "naloxone": "call only"},
    {"region": "US-MI", "naloxone": "staff may give"},
    {"region": "CA-ON", "address": "12 Main Street"},
    {"region": "GB"},
]
"""What a library's settings may say: every scene must come to its end under each."""
FAMILIES = {
    "foundations", "phone-queue", "difficult", "accessibility", "technology", "everyday", "privacy-legal",
    "children-vulnerable", "behaviour", "emergency", "building", "team",
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped_places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("home")
    return find_places({"DESKMATE_STATE": str(folder / "state")}, home=str(folder / "home"))


@pytest.fixture(scope="module")
def library(shipped_places: Places) -> Library:
    return load(shipped_places)


@pytest.fixture(scope="module")
def scenes(shipped_places: Places) -> tuple[Scene, ...]:
    return scenes_of(shipped_places)


# -- what ships --------------------------------------------------------------------------------------------------------


def test_every_emergency_and_urgent_guide_and_every_family_has_two_to_four_scenes(
    scenes: tuple[Scene, ...], library: Library
) -> None:
    counted = Counter(scene.playbook for scene in scenes)
    assert len(counted) >= 65
    assert set(counted.values()) <= {2, 3, 4}
    heads = {head.id: head for head in library.heads}
    assert {name for name, head in heads.items() if head.urgency != "routine"} <= set(counted)
    assert {heads[name].category for name in counted} == FAMILIES


@pytest.mark.parametrize("values", HERE, ids=lambda values: f"{values['region']} {values.get('naloxone', '')}".strip())
def test_every_scene_comes_to_its_end_by_every_way_of_its_own(
    scenes: tuple[Scene, ...], library: Library, values: dict[str, str]
) -> None:
    for scene in scenes:
        played = list(ways(scene, library.playbooks, values, AT))
        assert played, scene.name
        for practice in played:
            assert practice.finished, f"{scene.name} stops at {practice.place}"
            assert practice.astray == (), scene.name
            told = debrief(practice, AT, library.playbooks, values)
            assert told.points, f"{scene.name} has nothing that must not be missed"
            assert not any("$" in point.text for point in told.points), scene.name


def test_every_turn_is_reached_under_some_settings(scenes: tuple[Scene, ...], library: Library) -> None:
    for scene in scenes:
        reached: set[str] = set()
        for values in HERE:
            for practice in ways(scene, library.playbooks, values, AT):
                reached |= practice.reached().keys()
        assert set(scene.turns) <= reached, scene.name


def test_scenes_hold_nobodys_number_or_address_and_no_word_for_staff_to_say(
    scenes: tuple[Scene, ...], library: Library
) -> None:
    for scene in scenes:
        words = " ".join([scene.who, *(line for turn in scene.turns.values() for line in turn.patron)])
        assert [found for found in find(words) if found.certain] == [], scene.name
        for place, turn in scene.turns.items():
            book, _, step = place.partition("/")
            said = {line.text for line in library.playbooks[book].steps[step].say}
            assert not said & set(turn.patron), scene.name


def test_the_checker_finds_nothing_in_what_ships(shipped_places: Places, library: Library) -> None:
    assert check_scenes(shipped_places, library.playbooks, library.help.doors) == []
    assert all(path.suffix == ".yaml" for path in scene_files(shipped_places))


# -- reading -----------------------------------------------------------------------------------------------------------

SMALL = """\
scenes:
  early:
    who: "A man with a cap"
    turns:
      open:
        patron: "Hello?"
        answer: offer
        must:
          - {tick: "Ask for the card", why: "It is on it."}
      offer:
        patron: ["Well.", "Then do that."]
        answer: close
      close:
        patron: "Thanks."
"""


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('who: "A man with a cap"', "who: A man with a cap", '3:10 These words stand without quotes. Write "A man'),
        ('who: "A man with a cap"', f'who: "{"a" * 61}"', "3:10 The person is 61 cells wide. Say it in 60 or fewer."),
        ('"Hello?"', f'"{"a" * 141}"', "6:17 The line is 141 cells wide."),
        ("answer: offer", "answr: offer", '7:9 "answr" is not a name known here. Did you mean "answer"?'),
        ("answer: offer", "answer: help", "6:9 HELP and door: go together."),
        ("answer: offer", "answer: offer\n        door: fight", "6:9 HELP and door: go together."),
        ('patron: "Thanks."', 'patron: "Thanks."\n        critical: "x"', "14:9 There is no answer that could be"),
        ('tick: "Ask for the card", ', "", "9:13 It says neither tick: nor say:, or both."),
        ('tick: "Ask for the card", ', 'tick: "a", say: "b", ', "9:13 It says neither tick: nor say:, or both."),
        ('why: "It is on it."', 'within: soon, why: "x"', '9:48 "soon" is not a length of time.'),
        ("      open:", "      Open!:", '5:7 "Open!" is not a step.'),
        ('    who: "A man with a cap"\n', "", '3:5 "who" is missing here.'),
    ],
)
def test_a_fault_of_form_is_told_with_its_place_and_leaves_the_scene_out(old: str, new: str, told: str) -> None:
    assert old in SMALL
    file = read_scenes(SMALL.replace(old, new, 1), "fine.yaml")
    problems = [f"{each.line}:{each.column} {each.message} {each.cure}" for each in file.problems]
    assert any(problem.startswith(told) for problem in problems), problems
    assert file.scenes == {}


def test_a_sound_file_gives_scenes_with_whole_places() -> None:
    file = read_scenes(SMALL, "some/where/fine.yaml", own=True)
    assert file.problems == ()
    scene = file.scenes["early"]
    assert (scene.name, scene.own, scene.channel, scene.patience) == ("fine/early", True, "in-person", 20)
    assert list(scene.turns) == ["fine/open", "fine/offer", "fine/close"]
    assert scene.turns["fine/offer"].patron == ("Well.", "Then do that.")


def test_an_empty_file_says_so() -> None:
    assert [problem.message for problem in read_scenes("", "fine.yaml").problems] == ["The file is empty."]


# -- against the playbooks ---------------------------------------------------------------------------------------------

FINE = """\
title: "Fine"
category: difficult
steps:
  open:
    say: ["Let's look at it."]
    do: ["Ask for the card"]
    choices:
      - {answer: "It is wrong", go: offer}
      - {answer: "They shout", go: help}
  offer:
    say: ["Here's what I can do."]
    choices:
      - {answer: "Taken", go: close}
      - {answer: "Back to the start", go: open}
  close:
    say: ["Anything else?"]
    end: answered
"""


def faults(places: Places, text: str, *, name: str = "fine.yaml", origin: str = "") -> list[str]:
    """What is told of one file of the library's own, with its place."""
    book, problems = read(FINE, origin or "fine.yaml")
    assert book is not None, problems
    places.practice.mkdir(parents=True, exist_ok=True)
    (places.practice / name).write_text(text, encoding="utf-8")
    alone = Places(home=places.home, state=places.state, data=places.home / "nothing")
    doors = (Door("5", "A fight", "fight", "Space"),)
    found = check_scenes(alone, {"fine": book}, doors)
    assert all(problem.cure for problem in found)
    return [f"{problem.line}:{problem.column} {problem.message} {problem.cure}" for problem in found]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("      offer:", "      ofer:", '10:7 fine has no step "ofer". Did you mean "offer"?'),
        ("      offer:", "      fin/offer:", '10:7 There is no playbook "fin". Did you mean "fine"?'),
        ("answer: offer", "answer: ofer", '7:17 The step has no answer "ofer", and none leads there. Did you mean "of'),
        ("Ask for the card", "Ask for a card", '9:20 The step has no item "Ask for a card". Did you mean "Ask for'),
        ('tick: "Ask for the card"', 'say: "Let us look"', '9:19 The step has no sentence "Let us look".'),
        ("answer: close", "answer: open", '12:17 The scene comes back to "fine/open"'),
        ('"Thanks."', '"Thanks."\n        answer: close', '15:17 The step has no answer "close"'),
        ("answer: offer\n", "answer: help\n        door: fihgt\n", '8:15 No digit of HELP opens "fihgt". Did you mean'),
        ("answer: offer\n", "answer: help\n        door: fight\n", "leads to this turn"),
        ("        answer: close\n", "", "10:7 The scene stops in the middle"),
        ('"Hello?"', '"Hello, $librari?"', "$librari is not a known word."),
    ],
)
def test_a_scene_that_does_not_fit_its_playbook_is_told_with_the_mend(
    places: Places, old: str, new: str, told: str
) -> None:
    assert old in SMALL
    found = faults(places, SMALL.replace(old, new, 1))
    assert any(told in fault for fault in found), found


def test_a_missing_turn_and_a_missing_beginning_are_told(places: Places) -> None:
    assert faults(places, SMALL) == []
    cut = SMALL[: SMALL.index("      close:")]
    assert 'An answer leads to "fine/close", and the scene has no turn for it.' in faults(places, cut)[0]
    head, tail = SMALL[: SMALL.index("      open:")], SMALL[SMALL.index("      offer:") :]
    assert 'The scene "early" has no beginning.' in faults(places, head + tail)[0]


def test_an_answer_may_be_named_by_its_own_words(places: Places) -> None:
    assert faults(places, SMALL.replace("answer: offer", 'answer: "It is wrong"')) == []


def test_files_that_are_none_are_told(places: Places) -> None:
    assert "There is no playbook" in faults(places, SMALL, name="fines.yaml")[0]
    (places.practice / "fines.yaml").unlink()
    assert "The file is not read." in faults(places, SMALL, name="fine.txt")[0]
    (places.practice / "fine.txt").unlink()
    (places.practice / "fine.yaml").write_bytes(b"scenes: \xff")
    alone = Places(home=places.home, state=places.state, data=places.home / "nothing")
    assert [problem.severity for problem in check_scenes(alone, {}, ())] == [ERROR]


def test_a_shipped_scene_that_the_librarys_own_guide_no_longer_fits_is_a_warning_and_left_out(places: Places) -> None:
    own = places.playbooks / "sleeping-patron.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(FINE.replace('"Fine"', '"Asleep"'), encoding="utf-8")
    library = load(places)
    found = check_scenes(places, library.playbooks, library.help.doors)
    assert {(Path(problem.file).name, problem.severity) for problem in found} == {("sleeping-patron.yaml", WARNING)}
    assert "sleeping-patron" not in {offer.scene.playbook for offer in _offers(places)}


def test_the_librarys_own_scene_lies_over_the_shipped_one_with_its_id(places: Places) -> None:
    shipped = next(path for path in scene_files(places) if path.stem == "working-alone")
    text = shipped.read_text(encoding="utf-8")
    places.practice.mkdir(parents=True)
    mine = text.replace("Evening, you alone; a man walks round and looks at the doors", "Evening, and our side door")
    (places.practice / shipped.name).write_text(mine, encoding="utf-8")
    found = [scene for scene in scenes_of(places) if scene.playbook == "working-alone"]
    assert [scene.own for scene in found] == [True, True]
    assert found[0].who == "Evening, and our side door"


def _offers(places: Places) -> tuple[Offer, ...]:
    return Desk(places, FixedClock(AT), environment={}).practices.offers
