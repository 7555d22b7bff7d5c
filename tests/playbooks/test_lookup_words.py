"""Cutting, stemming and mending words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.playbooks.tokens import cut, fold, joined, stem
from deskmate.playbooks.typos import Speller, within_one_slip

KNOWN = ("printer", "print", "seizure", "naloxone", "child", "library", "bed", "bugs", "fax", "scan", "bomb")


def speller(*words: str) -> Speller:
    return Speller(dict.fromkeys(words or KNOWN, 1))


@pytest.mark.parametrize(
    "forms",
    [
        "fire fires fired firing",
        "vape vapes vaped vaping",
        "cry cries cried crying",
        "fight fights fighting",
        "yell yells yelled yelling",
        "fine fines fined fining",
        "bully bullies bullied bullying",
        "smoke smokes smoked smoking",
        "glass glasses",
        "toilet toilets",
        "noise noises",
        "movie movies",
    ],
)
def test_the_forms_of_a_word_share_a_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("words", ["rat rate", "can cane", "fin fine", "gal gale", "ring rang", "rape rap"])
def test_different_words_keep_different_stems(words: str) -> None:
    one, other = words.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Won't LEAVE", ["wont", "leave"]),
        ("Café’s closed", ["cafes", "closed"]),
        ("9pm, 4yr-old", ["9", "pm", "4", "yr", "old"]),
        ("owes $40", ["owes", "dollar", "40"]),
        ("naïve_boy", ["naive", "boy"]),
        ("\u202eбомба", ["бомба"]),
        ("???", []),
    ],
)
def test_a_line_is_cut_into_its_words(line: str, words: list[str]) -> None:
    assert cut(fold(line)) == words


def test_a_hyphened_word_is_also_one_word() -> None:
    assert joined("the wi-fi and e-cig-smoke") == ["wifi", "ecigsmoke"]


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing_and_stems_are_never_empty(text: str) -> None:
    words = cut(fold(text))
    assert cut(fold(" ".join(words))) == words
    assert all(stem(word) for word in words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("priner", "printer"),  # one letter less
        ("prinnter", "printer"),  # one more
        ("prenter", "printer"),  # a wrong one
        ("pritner", "printer"),  # two swapped
        ("siezure", "seizure"),
        ("nalaxonne", "naloxone"),  # two slips in a long word
        ("hcild", "child"),  # the first two swapped
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert speller().repair(typed)[0][0] == meant


def test_two_words_written_as_one_are_taken_apart() -> None:
    assert [word for word, _ in speller().repair("faxscan")] == ["fax", "scan"]


def test_a_half_typed_word_is_mended_by_its_beginning() -> None:
    assert speller().repair("libarr", half_typed=True)[0][0] == "library"
    assert speller().repair("libarr") == ()


@pytest.mark.parametrize("typed", ["bom", "xyzzyq", "childhoods"])
def test_short_words_and_words_far_from_all_are_left_alone(typed: str) -> None:
    assert speller().repair(typed) == ()


def test_the_more_frequent_word_wins_a_tie() -> None:
    assert Speller({"cart": 1, "card": 9}).repair("carx")[0][0] == "card"


@given(st.text(alphabet="abcd", max_size=6), st.text(alphabet="abcd", max_size=6))
def test_one_slip_is_what_the_full_distance_says(one: str, other: str) -> None:
    assert within_one_slip(one, other) == (osa(one, other) <= 1)


def osa(one: str, other: str) -> int:
    """The optimal string alignment distance, written out plainly."""
    rows = [[i + j if i * j == 0 else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (one[i - 1] != other[j - 1]))
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]
