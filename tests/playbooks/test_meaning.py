"""Where words lie in meaning: the shipped file, what is made of it, and the look-up without it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.places import shipped_data
from deskmate.playbooks.lexicon_file import parse_lexicon
from deskmate.playbooks.lookup import BY_MEANING, Lookup
from deskmate.playbooks.meaning import Meanings, load, nearness, pack, unpack
from deskmate.playbooks.packing import Candidate
from deskmate.playbooks.packing import pack as pack_texts


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    found = load(shipped_data() / "words.vec")
    assert found is not None
    return found


def small(words: dict[str, list[int]]) -> Meanings:
    head = json.dumps({"dimensions": 2})
    listed = "\n".join(sorted(words))
    vectors = bytes(side % 256 for word in sorted(words) for side in words[word])
    return Meanings(f"{head}\n{listed}\n\n".encode() + vectors)


def test_each_word_has_its_own_vector_whichever_way_it_is_looked_up() -> None:
    words = {"a": [1, -2], "b": [3, 4], "zz": [-128, 127]}
    one_by_one, many = small(words), small(words)
    many.look_up_many()
    for word, vector in words.items():
        assert one_by_one.of(word) == many.of(word) == vector
    assert one_by_one.of("z") is many.of("z") is None


def test_alike_words_point_alike(meanings: Meanings) -> None:
    def near(one: str, other: str) -> float:
        first, second = meanings.direction({one: 1}), meanings.direction({other: 1})
        assert first is not None
        assert second is not None
        return nearness(first, unpack(pack(second)))

    assert near("asleep", "snoring") > near("asleep", "printer")
    assert near("kettle", "tea") > near("kettle", "passport")


def test_a_direction_has_length_one_and_unknown_words_have_none(meanings: Meanings) -> None:
    direction = meanings.direction({"printer": 2, "jammed": 1})
    assert direction is not None
    assert sum(side * side for side in direction) == pytest.approx(1)
    assert meanings.direction({"qqqzzzx": 1}) is None
    assert pack(None) == ""
    assert list(unpack("")) == []


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=64))
def test_a_packed_direction_is_itself_but_for_a_hundredth(direction: list[float]) -> None:
    for side, packed in zip(direction, unpack(pack(direction)), strict=True):
        assert packed / 127 == pytest.approx(side, abs=0.005)


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
