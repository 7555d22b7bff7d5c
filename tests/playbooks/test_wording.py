"""Counting words, sentences and syllables, the reading grade, and the phrases that are not said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.playbooks.wording import (
    BANNED,
    CALM,
    EMERGENCY,
    banned_in,
    count_sentences,
    count_words,
    grade,
    is_open_question,
    limits,
    long_words,
    syllables,
    unseen_in,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'll call you by two.", 5),
        ("Ring $extension, line 2 - now", 5),
        ("Push 5 cm deep … let it rise", 7),
        ("walk-in, ground-floor desk", 3),
        ("", 0),
    ],
)
def test_words_are_what_a_person_hears(text: str, words: int) -> None:
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Thank you.", 1),
        ("Thank you", 1),
        ("Thank you. I'm listening now.", 2),
        ("Ready? Go!", 2),
        ("I'll call you at 10 a.m. on Friday.", 1),
        ("Dr. Lee will be here at 4.30 today.", 1),
        ('He said "stop." and left.', 2),
    ],
)
def test_sentences_are_counted_and_short_forms_end_none(text: str, sentences: int) -> None:
    assert count_sentences(text) == sentences


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *(("phone", 1), ("called", 1), ("waited", 2), ("places", 2), ("phones", 1), ("table", 2), ("library", 3)),
        *(("doing", 2), ("radio", 3), ("nation", 2), ("patient", 2), ("quiet", 2), ("every", 2), ("colleague", 2)),
        *(("didn't", 2), ("can't", 1), ("Naloxone", 3), ("account", 2), ("emergency", 4), ("accommodation", 5)),
        *(("the", 1), ("I", 1), ("business", 2), ("idea", 3), ("usual", 3), ("create", 2), ("someone's", 2)),
    ],
)
def test_syllables_are_those_that_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count


@given(word=st.text(max_size=30))
def test_any_word_has_a_syllable(word: str) -> None:
    assert syllables(word) >= 1


def test_the_grade_is_flesch_and_kincaid_over_all_lines_together() -> None:
    lines = ["The cat sat.", "The library is quiet."]
    expected = 0.39 * 7 / 2 + 11.8 * (3 + 1 + 3 + 1 + 2) / 7 - 15.59
    assert grade(lines) == pytest.approx(expected)
    assert grade([]) == 0


def test_plain_lines_read_easier_than_official_ones() -> None:
    plain = grade(["I can help you with that.", "What did you see?"])
    official = grade(["Institutional regulations necessitate verification of documentation."])
    assert plain < EMERGENCY.grade < CALM.grade < official


def test_long_words_are_told_and_names_are_not() -> None:
    assert long_words("Your accommodation information is here") == ("accommodation", "information")
    assert long_words("Ask the Accommodation Bureau") == ()


@pytest.mark.parametrize(
    "line",
    [
        "Please calm down.",
        "That’s our policy.",
        "Unfortunately it's closed.",
        "You need to fill this in.",
        "I'll be back shortly.",
        "Someone will call you.",
        "You owe four dollars.",
        "Good morning, sir.",
        "I understand how you feel.",
    ],
)
def test_a_banned_phrase_is_found_with_what_to_say_instead(line: str) -> None:
    found = banned_in(line)
    assert len(found) == 1
    assert found[0][0] in line.lower().replace("’", "'")
    assert found[0][1].endswith((".", '"'))


@pytest.mark.parametrize(
    "line",
    ["I want to sort this out with you.", "We can adjust the date.", "Sirens are loud here.", "I'll call by noon."],
)
def test_a_part_of_another_word_is_no_banned_phrase(line: str) -> None:
    assert banned_in(line) == ()


def test_no_cure_recommends_another_banned_phrase() -> None:
    for _, cure in BANNED:
        assert banned_in(cure) == (), cure


def test_a_sign_must_be_seen_or_heard() -> None:
    assert unseen_in("It seems serious") == "seems"
    assert unseen_in("Call if necessary") == "if necessary"
    assert unseen_in("A second refusal, or a hand on someone") == ""


def test_open_questions_begin_with_their_word() -> None:
    assert is_open_question("What have you tried so far?")
    assert is_open_question("Tell me what happened.")
    assert not is_open_question("Can I help?")


def test_an_emergency_has_tighter_limits() -> None:
    assert limits("emergency") is EMERGENCY
    assert limits("urgent") is limits("routine") is CALM
    assert EMERGENCY.say_words < CALM.say_words
