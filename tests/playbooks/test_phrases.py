"""What staff typed elsewhere: the shipped file is whole, and a library's look-up learns from it."""

from collections import Counter
from pathlib import Path

import pytest

from deskmate.places import Places, shipped_data
from deskmate.playbooks.library import Library, load
from deskmate.playbooks.phrases import read_phrases
from deskmate.text.guard import find

SHIPPED = shipped_data() / "phrases.txt"
LEARNED = Path(__file__).parents[2] / "scripts" / "word_lines.txt"
"""What the words' vectors were fitted on besides."""
TESTS = Path(__file__).with_name("queries.psv")
UNSEEN = ("held", "fresh3", "blind", "blind2", "stories", "told", "two")
both = pytest.mark.parametrize("path", [SHIPPED, LEARNED], ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("desk")
    return load(Places(home=folder, state=folder, data=shipped_data()))


@both
def test_every_line_names_something_that_is_there(library: Library, path: Path) -> None:
    known = {head.id for head in library.heads}
    known |= {f"fact:{fact.id}" for fact in library.facts} | {f"directory:{entry.id}" for entry in library.directory}
    assert set(read_phrases(path)) <= known


def test_every_guide_has_many(library: Library) -> None:
    phrases = read_phrases(SHIPPED)
    assert min(len(phrases[head.id]) for head in library.heads) >= 50


@both
def test_every_line_is_read_and_none_stands_twice(path: Path) -> None:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    told = [line for lines in read_phrases(path).values() for line in lines]
    assert len(told) == len(lines)
    assert [line for line, times in Counter(told).items() if times > 1] == []


def test_no_unseen_line_was_learned() -> None:
    """Of phrases.txt 50 stand among the unseen, all short ones: other people happened to type the same."""
    learned = {line for lines in read_phrases(LEARNED).values() for line in lines}
    asked = [line.split("|") for line in TESTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    unseen = {query for kind, query, ids in asked if kind in UNSEEN and ids != "!"}
    assert len(unseen) > 1500
    assert unseen & learned == set()


@both
def test_no_line_holds_private_data_or_a_sign_that_is_none(path: Path) -> None:
    for lines in read_phrases(path).values():
        for line in lines:
            assert line.isprintable(), line
            assert len(line) <= 100, line
            assert not [found for found in find(line) if found.kind in ("phone", "e-mail", "card number")], line


def test_a_missing_file_has_no_phrases_and_a_line_that_is_none_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "phrases.txt"
    assert read_phrases(path) == {}
    path.write_text("# noise: not this\nnoise: too loud\nfact:toilets: where is the loo\nno colon\n", encoding="utf-8")
    assert read_phrases(path) == {"noise": ("too loud",), "fact:toilets": ("where is the loo",)}
