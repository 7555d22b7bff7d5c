"""What the look-up learns here, on a real log."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.desk.learning import LONGEST, RECENT
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage

ROW = "playbook:holds-pickup"


def first(desk: Desk, words: str) -> str:
    return desk.answers.find(words, 8)[0].id


def test_words_that_meant_a_guide_find_it_from_then_on(desk: Desk) -> None:
    words = "livid about being eightyseventh"
    assert first(desk, words) != "holds-pickup"
    desk.learning.remember(words, ROW)
    desk.answers.learned_more()
    assert first(desk, words) == "holds-pickup"


def test_a_new_desk_on_the_same_log_knows_them_too(desk: Desk) -> None:
    desk.learning.remember("zorbing the blue frimble", ROW)
    desk.close()
    again = Desk(desk.places, desk.clock, environment={})
    assert first(again, "zorbing the blue frimble") == "holds-pickup"


def test_facts_and_directory_lines_learn_too(desk: Desk) -> None:
    desk.learning.remember("wherefore art the loo roll", "fact:hours-today")
    desk.answers.learned_more()
    assert first(desk, "wherefore art the loo roll") == "fact:hours-today"


def test_what_was_forgotten_finds_it_no_longer(desk: Desk) -> None:
    desk.learning.remember("zorbing the blue frimble", ROW)
    desk.learning.forget("zorbing the blue frimble")
    desk.answers.learned_more()
    assert desk.learning.phrases() == {}
    assert first(desk, "zorbing the blue frimble") != "holds-pickup"


def test_the_last_word_on_a_phrase_holds(desk: Desk) -> None:
    desk.learning.remember("the usual trouble", ROW)
    desk.learning.remember("the usual trouble", "playbook:noise")
    assert desk.learning.phrases() == {"noise": ("the usual trouble",)}


def test_forgetting_what_was_never_remembered_says_so(desk: Desk) -> None:
    with pytest.raises(BadUsage, match="not remembered"):
        desk.learning.forget("never heard")


def test_private_data_in_the_words_is_masked(desk: Desk) -> None:
    assert desk.learning.remember("call her on 555 201 3344 about fine", ROW) == "call her on [phone] about fine"
    assert desk.learning.wish("mail jo@example.org a map") == "mail [e-mail] a map"


@pytest.mark.parametrize("words", ["", "  ", "ab", "12345", "!?"])
def test_words_that_say_nothing_are_refused(desk: Desk, words: str) -> None:
    with pytest.raises(BadUsage):
        desk.learning.remember(words, ROW)
    with pytest.raises(BadUsage):
        desk.learning.wish(words)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=300))
def test_whatever_is_typed_is_kept_clean_and_short_or_refused(desk: Desk, words: str) -> None:
    try:
        kept = desk.learning.remember(words, ROW)
    except BadUsage:
        return
    assert len(kept) <= LONGEST
    assert "\n" not in kept
    assert "\x1b" not in kept
    assert kept in desk.learning.phrases()["holds-pickup"]


def test_words_that_opened_a_guide_are_offered_before_those_that_led_elsewhere(desk: Desk, clock: FixedClock) -> None:
    desk.learning.typed("cross about the list")
    desk.learning.typed("noisy list", "playbook:noise")
    desk.learning.typed("her hold", ROW)
    assert desk.learning.meant_by(ROW) == ("her hold", "noisy list", "cross about the list")
    clock.advance(RECENT.total_seconds() + 1)
    assert desk.learning.meant_by(ROW) == ("her hold",)


def test_typed_words_stay_in_memory_only(desk: Desk) -> None:
    desk.learning.typed("something about the needle word zyzzyva", ROW)
    desk.close()
    for folder in (desk.places.home, desk.places.state):
        assert not any(b"zyzzyva" in path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_wish_is_kept_and_seen_in_the_summary_until_it_is_met(desk: Desk, clock: FixedClock) -> None:
    desk.learning.wish("wants a kiln")
    assert desk.learning.wishes() == [(clock.now(), "wants a kiln")]
    today = clock.now().date()
    feedback = desk.reporting.range_summary(today, today).feedback
    assert feedback.kinds == {"wish": 1}
    assert feedback.said[0].text == "wants a kiln"
    assert desk.learning.meet("wants a kiln")
    assert desk.learning.wishes() == []
    assert not desk.learning.meet("wants a kiln")
