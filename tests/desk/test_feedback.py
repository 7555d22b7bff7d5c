"""What patrons said, on a real desk: written down, hidden where it is about a colleague, answered, undone, erased."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.desk.feedback import LONGEST, as_json, count, pick_kind
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage, NotFound
from deskmate.model.feedback import KINDS, Feedback
from deskmate.text.clean import one_line
from tests.desk.home_of_needles import again, files_with, moved


def test_each_kind_is_kept_with_its_theme_and_what_was_offered(desk: Desk) -> None:
    refusal = desk.voice.add("r", "a third renewal", theme="ru", offered="a hold for the next copy")
    idea = desk.voice.add("suggestion", "open on Sundays", theme="8")
    assert (refusal.kind, refusal.theme, refusal.offered) == ("refusal", "rules", "a hold for the next copy")
    assert (idea.kind, idea.theme, idea.restricted) == ("suggestion", "hours", False)
    assert again(desk).voice.all() == [refusal, idea]


def test_open_ones_come_first_the_oldest_on_top_and_the_newest_answer_next(desk: Desk, clock: FixedClock) -> None:
    made = []
    for text in ("first", "second", "third", "fourth"):
        made.append(desk.voice.add("complaint", text))
        clock.advance(60)
    desk.voice.answer(made[0], "mended")
    clock.advance(60)
    desk.voice.answer(made[2], "mended too")
    assert [each.text for each in desk.voice.all()] == ["second", "fourth", "third", "first"]
    assert count(desk.voice.all()) == "2 open · 2 answered"


def test_a_list_can_be_of_one_kind_and_of_some_days(desk: Desk, clock: FixedClock) -> None:
    desk.voice.add("complaint", "too cold")
    clock.advance(24 * 3600)
    desk.voice.add("suggestion", "a bench outside")
    today = clock.now().date()
    assert [each.text for each in desk.voice.all("complaint")] == ["too cold"]
    assert [each.text for each in desk.voice.all(first=today, last=today)] == ["a bench outside"]


def test_private_data_is_masked_in_every_text(desk: Desk) -> None:
    made = desk.voice.add("refusal", "no print for jo@example.org", offered="call 313-555-0199")
    done = desk.voice.answer(made, "wrote to jo@example.org")
    assert (done.text, done.offered, done.answer) == ("no print for [e-mail]", "call [phone]", "wrote to [e-mail]")
    desk.close()
    assert files_with(desk, "example.org") == []
    assert files_with(desk, "555-0199") == []


@pytest.mark.parametrize(
    ("kind", "text", "hidden"),
    [
        ("kudos", "the puppet show was a joy", True),
        ("complaint", "the woman at the desk laughed at me", True),
        ("complaint", "your clerk hung up", True),
        ("complaint", "Mr. Larkin shouted", True),
        ("complaint", "dana, who is in charge, sent me away", True),
        ("complaint", "the danakil map is torn", False),
        ("complaint", "the lift was out", False),
        ("suggestion", "a page for teens on the web", False),
    ],
)
def test_what_is_about_a_colleague_is_told_from_the_words(desk: Desk, kind: str, text: str, hidden: bool) -> None:
    desk.shifts.start("MK", "Dana")
    assert desk.voice.add(kind, text).restricted is hidden


def test_staff_know_better_whether_it_is_about_a_colleague(desk: Desk) -> None:
    assert not desk.voice.add("complaint", "the staff toilet leaks", colleague=False).restricted
    assert desk.voice.add("complaint", "she rolled her eyes", colleague=True).restricted


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "gossip", "text": "abc"},
        {"kind": "", "text": "abc"},
        {"kind": "complaint", "text": " \u200b "},
        {"kind": "complaint", "text": "!!!"},
        {"kind": "complaint", "text": "ab " * LONGEST},
        {"kind": "complaint", "text": "abc", "theme": "flurb"},
        {"kind": "complaint", "text": "abc", "theme": "10"},
        {"kind": "complaint", "text": "abc", "offered": "a chair"},
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(desk: Desk, given: dict[str, Any]) -> None:
    with pytest.raises(BadUsage):
        desk.voice.add(**given)
    assert desk.voice.all() == []


def test_the_library_s_own_themes_are_used_and_a_beginning_of_two_is_none(desk: Desk) -> None:
    library = replace(desk.settings.library, themes=("Parking", "Park", "Paper"))
    desk = again(desk)
    desk.settings = replace(desk.settings, library=library)
    assert desk.voice.theme("PARK") == "Park"
    assert desk.voice.theme("3") == "Paper"
    with pytest.raises(BadUsage):
        desk.voice.theme("pa")


def test_writing_and_answering_can_be_undone(desk: Desk) -> None:
    made = desk.voice.add("complaint", "too cold")
    done = desk.voice.answer(made, "the heater is mended")
    assert done.answered
    undone = desk.entries.undo()
    assert undone is not None
    assert undone.say == "The answer to a complaint"
    assert desk.voice.all() == [made]
    undone = desk.entries.undo()
    assert undone is not None
    assert undone.say == "The new complaint"
    assert desk.voice.all() == []


def test_a_wish_is_shown_here_and_closed_here(desk: Desk) -> None:
    desk.learning.wish("wants a kiln")
    (wish,) = desk.voice.all("wish")
    desk.voice.answer(wish)
    assert desk.learning.wishes() == []
    assert desk.voice.all()[0].answer == "there is a guide now"


def test_an_answer_needs_words_unless_a_wish_is_met(desk: Desk) -> None:
    made = desk.voice.add("complaint", "too cold")
    with pytest.raises(BadUsage):
        desk.voice.answer(made)
    assert not desk.voice.all()[0].answered


def test_one_is_found_by_the_end_of_its_id(desk: Desk) -> None:
    made = desk.voice.add("complaint", "too cold")
    assert desk.voice.find(made.ref.upper()) == made
    for typed in ("", made.ref[-3:], "zzzzzz"):
        with pytest.raises(NotFound):
            desk.voice.find(typed)


def test_once_its_words_are_over_their_period_it_is_still_counted_as_answered(desk: Desk) -> None:
    made = desk.voice.add("refusal", "needlewords", theme="rules", offered="needleoffer")
    desk.voice.answer(made, "needleanswer")
    desk = moved(desk, 367)
    desk.privacy.sweep_all()
    desk.close()
    assert [word for word in ("words", "offer", "answer") if files_with(desk, f"needle{word}")] == []
    (left,) = again(desk).voice.all()
    assert (left.text, left.offered, left.answer, left.theme, left.answered) == ("", "", "", "rules", True)


def test_it_can_be_erased_by_the_id_that_is_shown(desk: Desk) -> None:
    made = desk.voice.add("complaint", "needleerase")
    assert desk.privacy.erase(desk.privacy.find(made.ref))[0]
    desk.close()
    assert files_with(desk, "needleerase") == []


def test_in_json_the_words_about_a_colleague_stay_away_unless_asked_for(desk: Desk) -> None:
    made = desk.voice.add("kudos", "thanks to Dana")
    assert as_json(made, hidden=True)["text"] == ""
    assert as_json(made, hidden=False)["text"] == "thanks to Dana"


def test_what_another_desk_wrote_oddly_is_read_and_its_own_keys_stay(desk: Desk) -> None:
    desk.log.save_feedback(
        {
            "kind": "rumour",
            "text": "hm",
            "at": "2026-11-18T09:00:00",
            "answered_at": "soon",
            "mood": 3,
            "offered": ["a", "b"],
        }
    )
    (found,) = desk.voice.all()
    assert (found.kind, found.offered, found.answered, found.at.tzinfo is None) == ("rumour", "a, b", False, False)
    desk.voice.answer(found, "noted")
    (document,) = desk.log.feedback(found.at.date(), found.at.date())
    assert document["mood"] == 3


def test_you_said_we_did_goes_by_the_day_of_the_answer(desk: Desk, clock: FixedClock) -> None:
    first = clock.now().date()
    cold = desk.voice.add("complaint", "too cold", theme="building")
    hidden = desk.voice.add("complaint", "the clerk was rude")
    clock.advance(3 * 24 * 3600)
    desk.voice.answer(cold, "the heater is mended")
    desk.voice.answer(hidden, "we talked")
    last = clock.now().date()
    before = desk.reporting.range_summary(first, last - timedelta(days=1)).feedback
    assert (before.kinds, before.done) == ({"complaint": 2}, ())
    after = desk.reporting.range_summary(last, last).feedback
    assert after.kinds == {}
    assert [(each.text, each.answer) for each in after.done] == [("too cold", "the heater is mended")]


def test_a_range_does_not_tell_of_the_day_after_it(desk: Desk, clock: FixedClock) -> None:
    yesterday = clock.now().date() - timedelta(days=1)
    desk.voice.add("complaint", "too cold")
    assert desk.reporting.range_summary(yesterday, yesterday).feedback.kinds == {}
    assert desk.reporting.range_summary(yesterday, clock.now().date()).feedback.kinds == {"complaint": 1}


def test_a_shift_tells_what_was_said_in_it(desk: Desk, clock: FixedClock) -> None:
    desk.voice.add("complaint", "before the shift")
    clock.advance(60)
    desk.shifts.start("MK")
    desk.voice.add("complaint", "in the shift")
    told = desk.reporting.shift_summary(desk.shifts.current()).feedback.said
    assert [each.text for each in told] == ["in the shift"]


def test_a_way_that_is_asked_for_again_and_again_suggests_a_sign(desk: Desk, clock: FixedClock) -> None:
    fact = next(each for each in desk.library.facts if each.kind == "directional")
    row = f"fact:{fact.id}"
    today = clock.now().date()
    for _ in range(9):
        desk.entries.log({"kind": "directional", "tags": (row,)})
    desk.entries.log({"kind": "policy", "tags": (row,)})
    desk.entries.log({"kind": "directional", "count": 40, "tags": ("fact:no-such-thing", "their own tag")})
    assert desk.reporting.range_summary(today, today).signs == ()
    desk.entries.log({"kind": "directional", "tags": (row,)})
    (sign,) = desk.reporting.range_summary(today, today).signs
    assert (sign.about, sign.title, sign.asked, sign.days) == (row, fact.question, 10, 1)


words = st.text(max_size=60) | st.sampled_from(["[/]", "\x1b[2J", "\u202eabc", "=1+2", "call 313-555-0199", "字" * 30])


@given(kind=st.sampled_from(KINDS), text=words, offered=words, answer=words)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_whatever_is_typed_is_refused_or_comes_back_clean(
    desk: Desk, kind: str, text: str, offered: str, answer: str
) -> None:
    try:
        made = desk.voice.add(kind, text, offered=offered if kind == "refusal" else "")
        desk.voice.answer(made, answer)
    except BadUsage:
        return
    found = desk.voice.find(made.id)
    assert Feedback.from_document(found.to_document()) == found
    for said in (found.text, found.offered, found.answer):
        assert said == one_line(said)
        assert "555-0142" not in said


def test_a_kind_is_meant_by_its_beginning() -> None:
    assert [pick_kind(key) for key in "csrk"] == list(KINDS)
