"""The shipped playbooks, facts, directory and lexicon against what staff type (queries.psv): floors, not goals."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from deskmate.desk.answers import Answers
from deskmate.places import Places, shipped_data
from deskmate.playbooks.hit import Hit
from deskmate.playbooks.library import Library, load
from deskmate.playbooks.lookup import BOTH

QUERIES = Path(__file__).with_name("queries.psv")
OWN_FACTS = (
    "Where does the sister library keep its sheet music?",
    "May a brass band play on the lawn?",
    "Who waters the plants in the hall?",
    "When is the clock tower open?",
    "Do we lend snow shoes and sledges?",
    "Where is the model railway?",
    "What does a bag of seed potatoes cost?",
    "May beekeepers leave leaflets in the porch?",
    "Which key opens the piano?",
    "How is the mural cleaned?",
    "Where do coaches turn?",
    "Who tunes the organ?",
)
"""None of them is in the shipped data."""


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("desk")
    return Places(home=folder, state=folder, data=shipped_data())


@pytest.fixture(scope="module")
def library(places: Places) -> Library:
    return load(places)


@pytest.fixture(scope="module")
def answers(library: Library, places: Places) -> Answers:
    return Answers(library, date(2026, 11, 22), {"region": "US"}, places)


def queries(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in QUERIES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            kind, query, right = line.split("|")
            if kind == name or not name:
                yield query, right.split(",")


def right(found: Hit, ids: list[str]) -> bool:
    return found.id in ids or found.id.partition(":")[0] in ids


def shares(answers: Answers, asked: list[tuple[str, list[str]]]) -> tuple[float, float]:
    """How often the first, and one of the first three, is right."""
    lists = [(answers.find(query, 8), ids) for query, ids in asked]
    top = sum(right(found[0], ids) for found, ids in lists)
    three = sum(any(right(one, ids) for one in found[:3]) for found, ids in lists)
    return top / len(lists), three / len(lists)


@pytest.mark.parametrize(
    ("name", "first", "three"),
    [
        ("tune", 0.90, 0.96),
        ("held", 0.90, 0.96),
        ("fresh3", 0.87, 0.95),
        ("blind", 0.85, 0.95),
        ("blind2", 0.89, 0.97),
        ("stories", 0.83, 0.93),
        ("told", 0.73, 0.89),
    ],
)
def test_staff_words_find_the_right_playbook(answers: Answers, name: str, first: float, three: float) -> None:
    top, in_three = shares(answers, [one for one in queries(name) if one[1] != ["!"]])
    assert top >= first
    assert in_three >= three


def test_two_situations_are_both_among_the_first_three(answers: Answers) -> None:
    asked = list(queries("two"))
    both = sum(set(ids) <= {found.id for found in answers.find(query, 8)[:3]} for query, ids in asked)
    assert both / len(asked) >= 0.65


def test_emergencies_are_among_the_first_three(answers: Answers, library: Library) -> None:
    urgent = {head.id for head in library.heads if head.urgency == "emergency"}
    names = ("fresh3", "blind", "blind2", "stories", "told")
    asked = [one for name in names for one in queries(name) if one[1][0] in urgent]
    _, in_three = shares(answers, asked)
    assert in_three >= 0.99


@pytest.mark.parametrize("query", [query for query, ids in queries("") if ids == ["!"]])
def test_what_only_sounds_like_an_emergency_is_never_a_confident_one(answers: Answers, query: str) -> None:
    first = answers.find(query, 8)[0]
    assert not (first.confident and first.urgency == "emergency")


@pytest.mark.parametrize(
    "query",
    ["bath bomb", "fire tablet", "blind date", "killer heels", "blue screen of death", "dead battery",
     "shooting for a school film"],
)  # fmt: skip
def test_the_known_false_alarms_do_not_bring_an_emergency_up_first(answers: Answers, query: str) -> None:
    assert answers.find(query, 8)[0].urgency != "emergency"


@pytest.mark.parametrize(
    ("query", "id_"),
    [
        ("man on fire in the lobby", "evacuation-fire-power"),
        ("bomb in the book drop", "bomb-threat"),
        ("man with a gun by the book stacks", "threat-weapon-violence"),
        ("someone is shot", "threat-weapon-violence"),
        ("kitchen knife in his hand", "threat-weapon-violence"),
        ("smoke detector going off", "evacuation-fire-power"),
        ("my only child is missing", "lost-child"),
    ],
)
def test_no_false_alarm_phrase_hides_a_real_emergency(answers: Answers, query: str, id_: str) -> None:
    assert id_ in [found.id for found in answers.find(query, 8)[:2]]


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("drunk guy asleep", {"intoxication", "sleeping-patron"}),
        ("teens smoking and fighting", {"smoking-vaping", "fight"}),
        ("printer jammed and kid lost", {"printing-mobile-print", "lost-child"}),
    ],
)
def test_a_line_about_two_things_brings_up_both_and_asks(answers: Answers, query: str, ids: set[str]) -> None:
    first, second, *others = answers.find(query, 8)
    assert {first.id, second.id} == ids
    assert first.matched[0] == second.matched[0] == BOTH
    assert not first.confident
    assert not any(BOTH in one.matched for one in others)


@pytest.mark.parametrize("query", ["wifi", "printer jammed", "deaf", "bath bomb"])
def test_a_line_about_one_thing_asks_nothing(answers: Answers, query: str) -> None:
    assert not any(BOTH in one.matched for one in answers.find(query, 8))


def test_an_emergency_stays_in_the_first_three_beside_two_other_things(answers: Answers) -> None:
    assert "overdose-naloxone" in [one.id for one in answers.find("drunk guy asleep", 8)[:3]]


def test_a_fact_answers_its_very_words(answers: Answers) -> None:
    assert answers.find("colour copy", 3)[0].id == "fact:colour-copy-price"


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("fine", "fines-fees-dispute"),
        ("wifi", "wifi-hotspot-help"),
        ("renew", "renewals-due-dates"),
        ("wifi password", "fact:wifi-name"),
        ("toilet", "fact:toilets"),
    ],
)
def test_a_bare_word_is_a_trouble_before_it_is_a_question(answers: Answers, word: str, id_: str) -> None:
    assert answers.find(word, 3)[0].id == id_


def test_facts_that_a_library_adds_leave_the_guides_where_they_are(places: Places, tmp_path: Path) -> None:
    """Facts that were not there when the words were fitted once pushed half of all guides from the first place."""
    own = "".join(
        f'  - id: own-{number}\n    question: "{fact}"\n    answer: "Yes."\n' for number, fact in enumerate(OWN_FACTS)
    )
    (tmp_path / "facts.yaml").write_text(f"facts:\n{own}", encoding="utf-8")
    ours = Places(home=tmp_path, state=tmp_path, data=places.data)
    top, three = shares(Answers(load(ours), date(2026, 11, 22), {"region": "US"}, ours), list(queries("blind2")))
    assert top >= 0.86
    assert three >= 0.96


def test_confidence_is_nearly_always_right(answers: Answers) -> None:
    sure = [
        (found[0], ids)
        for query, ids in (*queries("held"), *queries("fresh3"))
        if ids != ["!"] and (found := answers.find(query, 8)) and found[0].confident
    ]
    assert len(sure) > 200
    assert sum(right(first, ids) for first, ids in sure) / len(sure) >= 0.94
