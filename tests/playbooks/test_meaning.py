"""Where words lie in meaning: the shipped file, what is made of it, and the look-up without it."""

import json
from math import exp, log, sqrt
from operator import mul
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.places import shipped_data
from deskmate.playbooks.lexicon_file import parse_lexicon
from deskmate.playbooks.lookup import BY_MEANING, Lookup
from deskmate.playbooks.meaning import LEAST, Directions, Meanings, load
from deskmate.playbooks.packing import Candidate
from deskmate.playbooks.packing import pack as pack_texts


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    found = load(shipped_data() / "words.vec")
    assert found is not None
    return found


def small(words: dict[str, list[int]], guides: dict[str, list[int]] | None = None) -> Meanings:
    guides = guides or {}
    head = json.dumps({"dimensions": 2, "words": len(words), "heat": 0.1, "guides": dict.fromkeys(guides, 0.5)})
    listed = "\n".join(sorted(words))
    vectors = bytes(
        side % 256 for vector in (*(words[word] for word in sorted(words)), *guides.values()) for side in vector
    )
    return Meanings(f"{head}\n{listed}\n\n".encode() + vectors)


def test_each_word_has_its_own_vector_whichever_way_it_is_looked_up() -> None:
    words = {"a": [1, -2], "b": [3, 4], "zz": [-128, 127]}
    one_by_one, many = small(words), small(words)
    many.look_up_many()
    for word, vector in words.items():
        assert one_by_one.of(word) == many.of(word) == vector
    assert one_by_one.of("z") is many.of("z") is None


def test_a_word_is_found_the_same_after_so_many_that_all_are_made_ready() -> None:
    words = {f"{one}{other}": [ord(one), -ord(other)] for one in "abcdefgh" for other in "abcdefgh"}
    meanings = small(words)
    assert {word: meanings.of(word) for word in words} == words


def test_alike_words_point_alike(meanings: Meanings) -> None:
    def near(one: str, other: str) -> float:
        first, second = meanings.direction({one: 1}), meanings.direction({other: 1})
        assert first is not None
        assert second is not None
        return float(sum(map(mul, first, second)))

    assert near("asleep", "snoring") > near("asleep", "printer")
    assert near("kettle", "tea") > near("kettle", "passport")


def test_a_direction_has_length_one_and_unknown_words_have_none(meanings: Meanings) -> None:
    direction = meanings.direction({"printer": 2, "jammed": 1})
    assert direction is not None
    assert sum(side * side for side in direction) == pytest.approx(1)
    assert meanings.direction({"qqqzzzx": 1}) is None


@given(
    st.lists(st.lists(st.integers(-127, 127), min_size=5, max_size=5), min_size=1, max_size=9),
    st.lists(st.integers(-300, 300), min_size=5, max_size=5).filter(any),
)
def test_all_guides_at_once_are_compared_as_one_by_one(guides: list[list[int]], line: list[int]) -> None:
    block = bytes(side % 256 for guide in guides for side in guide)
    packed = {"width": 5, "heat": 0.02, "block": block.hex(), "usual": [0.1 * place for place in range(len(guides))]}
    length = sqrt(sum(side * side for side in line))
    likely = [0.02 * sum(map(mul, guide, line)) / length + 0.1 * place for place, guide in enumerate(guides)]
    whole = log(sum(map(exp, likely)))
    for found, one in zip(Directions(packed).near(line), likely, strict=True):
        assert found == pytest.approx(1 + (one - whole) / LEAST, abs=0.02)


def test_a_line_without_a_place_is_near_to_nothing() -> None:
    packed = {"width": 1, "heat": 1.0, "block": "05", "usual": [0.0]}
    assert Directions(packed).near([0]) == []
    assert Directions({**packed, "block": "", "usual": []}).near([1]) == []


def test_a_guide_of_the_library_lies_where_its_words_lie_and_one_without_known_words_nowhere() -> None:
    meanings = small({"nap": [100, 0], "ink": [0, 100]}, {"printing": [0, 90]})
    packed = meanings.pack([("printing", {}), ("sleeping", {"nap": 2}), ("other", {"qqq": 1})])
    printing, sleeping, other = Directions(packed).near([50, 0])
    assert sleeping > printing > other
    assert other < 0
    printing, sleeping, other = Directions(packed).near([0, 50])
    assert printing > sleeping > other


@pytest.mark.parametrize("content", [b"", b"{}", b"no json\n", b'{"dimensions": 2}\n', b"\xff\xfe"])
def test_a_file_that_is_none_leaves_the_look_up_to_words_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "words.vec"
    assert load(path) is None
    path.write_bytes(content)
    assert load(path) is None


def test_a_word_that_stands_nowhere_finds_what_is_near_in_meaning(meanings: Meanings) -> None:
    lexicon, _ = parse_lexicon([])
    candidates = [
        Candidate("sleeping", title="Sleeping patron", also=("dozing", "napping")),
        Candidate("printing", title="Printing", also=("printer jammed", "paper")),
        Candidate("cards", title="Library card", also=("lost card",)),
    ]
    packed = pack_texts(candidates, lexicon, meanings)
    first = Lookup(packed, meanings=meanings).search("slumbering ")[0]
    assert (first.id, first.matched) == ("sleeping", (BY_MEANING,))
    assert first.guess
    assert not first.confident


def test_what_was_learned_here_beats_where_the_words_lie() -> None:
    meanings = small({"nap": [100, 0], "corner": [100, 0], "ink": [0, 100]}, {"sleeping": [127, 0], "noise": [0, 127]})
    lexicon, _ = parse_lexicon([])
    noise = Candidate("noise", title="Noise", learned=("nap corner",))
    candidates = [Candidate("sleeping", title="Sleeping patron", also=("nap", "corner")), noise]
    look_up = Lookup(pack_texts(candidates, lexicon, meanings), meanings=meanings)
    assert look_up.search("nap corner ")[0].id == "noise"
    assert look_up.search("nap ")[0].id == "sleeping"
