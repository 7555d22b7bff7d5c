"""The index beside the plain way of doing the same: what was asked before is only a shorter way to the same answer."""

from string import ascii_lowercase
from typing import SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.playbooks.index import Index
from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.lexicon_file import parse_lexicon
from deskmate.playbooks.packing import Candidate, pack
from deskmate.playbooks.tables import Table, pack_table
from deskmate.playbooks.tokens import cut, fold

FEW = st.text("ab é", max_size=7)
CANDIDATES = st.lists(
    st.builds(Candidate, id=st.just("one"), title=FEW, also=st.lists(FEW, max_size=4).map(tuple)), max_size=5
)
MOST = (12, 12, 24, 40)
"""Words that 0, 1, 2, 3 or more letters stand for at most."""


def lexicon() -> Lexicon:
    return parse_lexicon([("lexicon.txt", 1, "abba = baba")])[0]


def phrases(candidate: Candidate) -> list[str]:
    return [" ".join(cut(fold(line))) for line in (candidate.title, *candidate.also)]


@given(entries=st.dictionaries(st.text("abcé", min_size=1, max_size=4), st.text("0123 :.", min_size=1, max_size=9)))
def test_a_table_gives_back_what_was_put_in(entries: dict[str, str]) -> None:
    table = Table(pack_table(entries))
    for _ in range(2):  # cut out, then remembered
        assert {name: table.get(name) for name in entries} == entries
        assert table.get("z") == table.get("abcc4") == table.get("") == ""


@given(candidates=CANDIDATES, line=FEW, before=st.lists(st.integers(0, 7)))
def test_phrases_and_words_are_found_as_by_looking_at_every_one(
    candidates: list[Candidate], line: str, before: list[int]
) -> None:
    index = Index(pack(candidates, lexicon()))
    text = " ".join(cut(fold(line)))
    for end in before:  # some of what was typed on the way there
        index.exact(text[:end].strip())
        if text[:end].strip():
            index.completions(text[:end].strip())
    of = [phrases(each) for each in candidates]
    assert sorted(index.exact(text)) == [place for place, own in enumerate(of) if text and text in own]
    assert sorted(index.beginning(text)) == [
        place for place, own in enumerate(of) if text and any(each.startswith(text) for each in own)
    ]
    word = text.partition(" ")[0]
    if word:
        wanted = [each for each in index._words.split() if each.startswith(word)]
        assert index.completions(word) == wanted[: MOST[min(len(word), 3)]]


@given(candidates=CANDIDATES, letters=st.text("ab e", min_size=3, max_size=3).filter(lambda three: three[1:] != "  "))
def test_three_letters_in_a_row_are_found_as_by_looking_at_every_text(
    candidates: list[Candidate], letters: str
) -> None:
    index = Index(pack(candidates, lexicon()))
    padded = [f"  {' '.join(' '.join(phrases(each)).split())} " for each in candidates]
    for _ in range(2):
        assert index.holding(letters) == [place for place, text in enumerate(padded) if letters in text]


class Counted(str):
    """A text that counts how often it was looked into."""

    looks = 0
    __slots__ = ()

    def find(self, sub: str, start: SupportsIndex | None = None, end: SupportsIndex | None = None, /) -> int:
        Counted.looks += 1
        return super().find(sub, start, end)


@pytest.mark.parametrize("words", [100, 20_000])
def test_a_first_letter_looks_at_as_few_words_among_many_as_among_few(words: int) -> None:
    each = (f"{ascii_lowercase[number % 26]}{number}" for number in range(words))
    also = " ".join(
        "".join(letter if letter.isalpha() else ascii_lowercase[int(letter)] for letter in one) for one in each
    )
    index = Index(pack([Candidate("one", also=(also,))], lexicon()))
    index._words = Counted(index._words)
    Counted.looks = 0
    found = index.completions("p")
    assert 1 < len(found) <= MOST[1]
    assert Counted.looks <= len(found) + 1
    Counted.looks = 0
    assert index.completions("pq") == []
    assert index.completions("pqr") == []  # fewer letters found none: nothing is looked at
    assert Counted.looks <= 1
