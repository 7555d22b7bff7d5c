"""What staff typed elsewhere: the shipped file is whole, and a library's look-up learns from it."""

from collections import Counter
from pathlib import Path

import pytest

from deskmate.places import Places, shipped_data
from deskmate.playbooks.library import Library, load
from deskmate.playbooks.phrases import read_phrases
from deskmate.text.guard import find

SHIPPED = shipped_data() / "phrases.txt"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("desk")
    return load(Places(home=folder, state=folder, data=shipped_data()))


def test_every_line_names_something_that_is_there(library: Library) -> None:
    known = {head.id for head in library.heads}
    known |= {f"fact:{fact.id}" for fact in library.facts} | {f"directory:{entry.id}" for entry in library.directory}
    assert set(read_phrases(SHIPPED)) <= known


def test_every_guide_has_many(library: Library) -> None:
    phrases = read_phrases(SHIPPED)
    assert min(len(phrases[head.id]) for head in library.heads) >= 50


def test_every_line_is_read_and_none_stands_twice() -> None:
    lines = [line for line in SHIPPED.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    told = [line for lines in read_phrases(SHIPPED).values() for line in lines]
    assert len(told) == len(lines)
    assert [line for line, times in Counter(told).items() if times > 1] == []


def test_no_line_holds_private_data_or_a_sign_that_is_none() -> None:
    for lines in read_phrases(SHIPPED).values():
        for line in lines:
            assert line.isprintable(), line
            assert len(line) <= 100, line
            assert not [found for found in find(line) if found.kind in ("phone", "e-mail", "card number")], line


def test_a_missing_file_has_no_phrases_and_a_line_that_is_none_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "phrases.txt"
    assert read_phrases(path) == {}
    path.write_text("# noise: not this\nnoise: too loud\nfact:toilets: where is the loo\nno colon\n", encoding="utf-8")
    assert read_phrases(path) == {"noise": ("too loud",), "fact:toilets": ("where is the loo",)}
