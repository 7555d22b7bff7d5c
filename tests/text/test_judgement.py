"""Judging words are pointed out, facts and quotes are left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.text.judgement import judgements


def words(text: str) -> list[str]:
    return [each.word for each in judgements(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He was drunk.", ["drunk"]),
        ("DRUNK and Aggressive", ["DRUNK", "Aggressive"]),
        ("a homeless man, obviously on drugs", ["homeless", "obviously", "on drugs"]),
        ("She acted out again and again", ["acted out", "again and again"]),
        ("Smelled of alcohol, held the shelf to stand.", []),
        ('He said 14:10 "you are all crazy" and left.', []),
        ("He shouted “I am angry” and was angry", ["angry"]),
        ("Album, bumped, nutshell, liedown", []),
    ],
)  # fmt: skip
def test_words_outside_quotes_are_found(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_each_has_something_to_write_instead() -> None:
    for each in judgements("drunk crazy aggressive on drugs homeless suspicious on purpose always ranting clearly"):
        assert len(each.instead) > 20
        assert each.instead[0].islower()


def test_no_replacement_judges_itself() -> None:
    for each in judgements("drunk crazy aggressive stoned homeless shady lied always ranting clearly"):
        assert not judgements(each.instead), each.instead


def test_an_open_quote_does_not_hide_the_next_line() -> None:
    assert words('He said "go away\nHe was drunk "') == ["drunk"]


@given(st.text(max_size=300))
def test_places_are_where_the_words_are(text: str) -> None:
    for each in judgements(text):
        assert text[each.start : each.end] == each.word


def test_a_long_text_is_read_once() -> None:
    assert len(judgements('drunk "' * 20_000)) >= 1
