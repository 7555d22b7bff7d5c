"""The lexicon file: what each kind of line says, what is wrong with a broken one, and who has the last word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.lexicon_file import parse_lexicon
from deskmate.playbooks.tokens import cut, fold, stem

SHIPPED = Path(__file__).parents[2] / "data" / "lexicon.txt"


def lexicon(*lines: str) -> Lexicon:
    found, notices = parse_lexicon([("lexicon.txt", number, line) for number, line in enumerate(lines, 1)])
    assert notices == []
    return found


def stems(text: str) -> list[str]:
    return [stem(word) for word in cut(fold(text))]


def test_every_word_of_a_line_gets_its_meaning_in_all_its_forms() -> None:
    words = lexicon("kid, toddler = child")
    assert words.word(stem("kids")) == words.word(stem("toddlers")) == (("child", "child"),)
    assert words.word(stem("dog")) == ()


def test_a_phrase_is_found_inside_a_line_whatever_the_forms_of_its_words() -> None:
    words = lexicon("passed out = unconscious")
    (meaning,) = words.meanings("pas")
    assert meaning.end(stems("somebody passes out here"), 1) == 3
    assert meaning.end(stems("somebody passes it out"), 1) == 0


def test_a_gap_skips_up_to_four_words() -> None:
    (meaning,) = lexicon("shooting for ... film ! shooting").meanings("shoot")
    assert meaning.end(stems("shooting for a school film"), 0) == 5
    assert meaning.end(stems("shooting for film"), 0) == 3
    assert meaning.end(stems("shooting for one two three four five film"), 0) == 0


def test_a_half_typed_last_word_completes_a_phrase_only_when_asked_to() -> None:
    (meaning,) = lexicon("bath bomb ! bomb").meanings("bath")
    assert meaning.end(stems("bath bo"), 0, typing=True) == 2
    assert meaning.end(stems("bath bo"), 0) == 0


def test_the_words_after_the_sign_are_the_ones_not_meant() -> None:
    (meaning,) = lexicon("fire tablet = tablet ! fire").meanings("fire")
    assert meaning.without == {"fire"}
    assert meaning.terms == (("tablet", "tablet"),)


def test_words_that_say_nothing_are_known_as_such() -> None:
    assert lexicon("guy, customers = -").nothing == {"guy", "customer"}


def test_comments_blank_lines_capitals_accents_and_hyphens_do_not_matter() -> None:
    words = lexicon("# words", "", "E-Cig,  Café = Vaping  # of the desk")
    assert words.wholes(["e cig", "other words"]) == [stem("vaping")]
    assert words.word("cafe") == ((stem("vaping"), "vaping"),)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("kid child", "no = and no !"),
        ("kid =", "nothing after its sign"),
        ("bath bomb !", "nothing after its sign"),
        ("kid,, tot = child", "word is missing"),
        ("= child", "word is missing"),
        ("... film = filming", "cannot begin or end"),
        ("little boy = -", "Only single words"),
    ],
)
def test_a_broken_line_is_told_with_its_place_and_the_others_serve(line: str, what: str) -> None:
    words, notices = parse_lexicon(
        [("mine.txt", 1, "kid = child"), ("mine.txt", 2, line), ("mine.txt", 3, "pup = dog")]
    )
    (notice,) = notices
    assert what in notice.what
    assert notice.where == "mine.txt:2"
    assert notice.cure
    assert words.word("kid")
    assert words.word("pup")


def test_two_lines_of_one_file_add_up_and_a_later_file_replaces() -> None:
    lines = [("a", 1, "stick = usb"), ("a", 2, "stick = cane")]
    both, _ = parse_lexicon(lines)
    assert [word for _, word in both.word("stick")] == ["usb", "cane"]
    replaced, _ = parse_lexicon([*lines, ("b", 1, "stick = hockey")])
    assert [word for _, word in replaced.word("stick")] == ["hockey"]


def test_a_later_file_can_give_a_phrase_back_its_meaning() -> None:
    words, _ = parse_lexicon([("a", 1, "bath bomb ! bomb"), ("b", 1, "bath bomb = craft")])
    (meaning,) = words.meanings("bath")
    assert meaning.without == frozenset()
    assert [word for _, word in meaning.terms] == ["craft"]


def test_the_shipped_lexicon_has_no_broken_line() -> None:
    lines = [("lexicon.txt", number, line) for number, line in enumerate(SHIPPED.read_text("utf-8").splitlines(), 1)]
    _, notices = parse_lexicon(lines)
    assert notices == []


@given(st.lists(st.text(alphabet="ab ,=!.-#é'", max_size=24), max_size=6))
def test_any_text_gives_a_lexicon_or_notices(lines: list[str]) -> None:
    words, notices = parse_lexicon([("x", number, line) for number, line in enumerate(lines, 1)])
    assert len(notices) <= len(lines)
    for word in words.words:
        for meaning in words.meanings(stem(word)):
            assert meaning.end(list(meaning.pattern), 0) >= 0
