"""The word that was probably meant."""

from hypothesis import given
from hypothesis import strategies as st

from deskmate.text.suggest import did_you_mean, sentence

IDS = ("angry-patron", "phone-call", "lost-child", "lost-property", "overdose-naloxone")


def test_a_slip_finds_its_word() -> None:
    assert did_you_mean("angry-patorn", IDS) == ("angry-patron",)
    assert did_you_mean("Phone-Call", IDS) == ("phone-call",)
    assert sentence("phone-cal", IDS) == 'Did you mean "phone-call"?'


def test_a_half_typed_word_finds_what_starts_with_it() -> None:
    assert set(did_you_mean("lost", IDS, n=2)) == {"lost-child", "lost-property"}


def test_nothing_near_is_nothing_said() -> None:
    assert did_you_mean("zzzzzz", IDS) == ()
    assert did_you_mean("", IDS) == ()
    assert sentence("zzzzzz", IDS) == ""
    assert sentence("x", ()) == ""


@given(st.text(), st.lists(st.text(max_size=8), max_size=6), st.integers(0, 4))
def test_suggestions_are_options_each_once(word: str, options: list[str], n: int) -> None:
    found = did_you_mean(word, options, n)
    assert len(found) <= n
    assert len(set(found)) == len(found)
    assert set(found) <= set(options)


def test_a_pasted_page_is_no_problem() -> None:
    assert did_you_mean("x" * 1_000_000, IDS) == ()
