"""Notices on a real desk: posted, running out, ended, undone, and told where they matter."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.desk.notices import LONGEST, guess_guide, guess_kind, told
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage, NotFound
from deskmate.places import Places

DETROIT = ZoneInfo("America/Detroit")
FILE = """\
notices:
  - id: lift
    text: "The lift is out."
    kind: broken
    from: 2026-11-18
    until: 2026-11-19
    where: "north side"
    guides: [mobility-wheelchair]
  - id: sale
    text: "The book sale has begun."
    from: 2026-11-18 15:00
    until: 2026-11-18 16:30
  - id: sample
    text: "Never shown."
    example: yes
"""


def texts(desk: Desk) -> list[str]:
    desk.board.look()
    return [notice.text for notice in desk.board.today()]


def with_file(places: Places, clock: FixedClock, text: str = FILE) -> Desk:
    places.notices.write_text(text, encoding="utf-8")
    return Desk(places, clock, environment={})


def test_a_new_home_has_no_notices(desk: Desk) -> None:
    assert desk.board.today() == ()


def test_a_sentence_with_its_end_is_told_apart_and_runs_out_by_itself(desk: Desk, clock: FixedClock) -> None:
    made = desk.board.post("printer 2 is out until 3pm", where="by the stairs")
    assert (made.text, made.kind) == ("printer 2 is out", "broken")
    assert made.until == clock.now().replace(hour=15, minute=0)
    assert told(made, clock.now()) == "printer 2 is out, by the stairs (until 15:00)"
    clock.advance(40 * 60 - 1)
    assert texts(desk) == ["printer 2 is out"]
    clock.advance(1)
    assert texts(desk) == []


def test_until_that_is_no_time_stays_in_the_sentence(desk: Desk) -> None:
    made = desk.board.post("hold all calls until further notice", "4pm")
    assert made.text == "hold all calls until further notice"


def test_a_time_beside_the_sentence_wins_over_the_one_in_it_and_both_stay_readable(desk: Desk) -> None:
    made = desk.board.post("no story time until monday", "fri 5pm")
    assert made.text == "no story time until monday"
    assert made.until == datetime(2026, 11, 20, 17, tzinfo=DETROIT)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (datetime(2026, 11, 18, 14, 20, tzinfo=DETROIT), datetime(2026, 11, 18, 20, tzinfo=DETROIT)),
        (datetime(2026, 11, 18, 21, 0, tzinfo=DETROIT), datetime(2026, 11, 19, 20, tzinfo=DETROIT)),
        (datetime(2026, 11, 21, 18, 0, tzinfo=DETROIT), datetime(2026, 11, 23, 20, tzinfo=DETROIT)),
    ],
    ids=["an open day", "after closing", "a saturday evening before a closed sunday"],
)
def test_without_a_time_it_holds_until_the_next_closing(
    desk: Desk, clock: FixedClock, now: datetime, end: datetime
) -> None:
    clock.set(now)
    assert desk.board.post("the coin machine is empty").until == end


@pytest.mark.parametrize("words", ["", " ", "!?", "12", "x" * (LONGEST + 1)])
def test_words_that_say_too_little_or_too_much_are_refused(desk: Desk, words: str) -> None:
    with pytest.raises(BadUsage):
        desk.board.post(words, "3pm")
    assert texts(desk) == []


def test_a_time_that_passed_a_kind_and_a_guide_that_are_none_are_refused(desk: Desk) -> None:
    with pytest.raises(BadUsage, match="has passed"):
        desk.board.post("printer out", "today 1pm")
    with pytest.raises(BadUsage, match="no kind"):
        desk.board.post("printer out", "3pm", kind="gossip")
    with pytest.raises(NotFound, match="printing"):
        desk.board.post("printer out", "3pm", guides=["printing"])
    assert texts(desk) == []


def test_private_data_is_masked_before_it_is_kept(desk: Desk) -> None:
    made = desk.board.post("call Jo on 555 201 3344 about the key", "4pm", where="mail jo@example.org")
    assert made.text == "call Jo on [phone] about the key"
    assert made.where == "mail [e-mail]"
    desk.close()
    kept = b"".join(path.read_bytes() for path in desk.places.home.rglob("*.jsonl"))
    assert b"201 3344" not in kept
    assert b"example.org" not in kept


def test_undo_takes_a_notice_back_and_brings_an_ended_one_back(desk: Desk) -> None:
    made = desk.board.post("printer 2 is out", "4pm")
    desk.board.end(made)
    assert texts(desk) == []
    action = desk.entries.undo()
    assert action is not None
    assert "printer" not in action.say
    assert texts(desk) == ["printer 2 is out"]
    desk.entries.undo()
    assert texts(desk) == []


def test_a_desk_that_shares_the_log_sees_it_and_may_end_it(desk: Desk, clock: FixedClock, places: Places) -> None:
    other_places = Places(home=places.home, state=places.state.with_name("other"), data=places.data)
    other = Desk(other_places, clock, environment={})
    assert texts(other) == []
    desk.board.post("printer 2 is out", "4pm")
    assert texts(other) == ["printer 2 is out"]
    other.board.end(other.board.today()[0])
    assert texts(desk) == []
    with pytest.raises(BadUsage, match="changed since"):
        desk.entries.undo()


def test_the_file_s_notices_hold_from_their_first_to_their_last_moment(places: Places, clock: FixedClock) -> None:
    desk = with_file(places, clock)
    assert texts(desk) == ["The lift is out."]
    clock.set(datetime(2026, 11, 18, 15, 0, tzinfo=DETROIT))
    assert texts(desk) == ["The lift is out.", "The book sale has begun."]
    clock.set(datetime(2026, 11, 18, 16, 30, tzinfo=DETROIT))
    assert texts(desk) == ["The lift is out."]
    clock.set(datetime(2026, 11, 19, 23, 59, tzinfo=DETROIT))
    assert told(desk.board.today()[0], clock.now()) == "The lift is out, north side (all day)"
    clock.set(datetime(2026, 11, 20, 0, 0, tzinfo=DETROIT))
    assert texts(desk) == []


def test_one_of_the_file_ends_at_the_desk_until_it_has_other_words(places: Places, clock: FixedClock) -> None:
    desk = with_file(places, clock)
    desk.board.end(desk.board.today()[0])
    assert texts(with_file(places, clock)) == []
    assert texts(with_file(places, clock, FILE.replace("is out", "is out again"))) == ["The lift is out again."]
    desk.entries.undo()
    assert texts(desk) == ["The lift is out."]


def test_a_notice_runs_out_at_its_real_moment_when_the_clocks_go_back(desk: Desk, clock: FixedClock) -> None:
    """On 1 November 2026 at 2:00 in Detroit it is 1:00 again."""
    clock.set(datetime(2026, 11, 1, 0, 30, tzinfo=DETROIT))
    made = desk.board.post("the alarm is tested", "in 90 min")
    assert made.until is not None
    assert made.until.timestamp() - clock.now().timestamp() == 90 * 60
    clock.set(datetime(2026, 11, 1, 1, 50, tzinfo=DETROIT))
    assert texts(desk) == ["the alarm is tested"]
    clock.set(datetime(2026, 11, 1, 1, 10, tzinfo=DETROIT, fold=1))
    assert texts(desk) == []


def test_the_last_day_counts_in_whole_on_the_long_and_on_the_short_day(places: Places, clock: FixedClock) -> None:
    for day, hours in ((datetime(2026, 11, 1, tzinfo=DETROIT), 25), (datetime(2026, 3, 8, tzinfo=DETROIT), 23)):
        clock.set(day)
        desk = with_file(places, clock, f'notices:\n  - {{id: one, text: "Once.", until: {day:%Y-%m-%d}}}\n')
        end = desk.board.today()[0].until
        assert end is not None
        assert end.timestamp() - day.timestamp() == hours * 3600


def test_broken_things_come_first_then_what_runs_out_first(desk: Desk) -> None:
    desk.board.post("story time moved", "5pm")
    desk.board.post("coats in the lobby", "4pm", kind="rule")
    desk.board.post("author visit", "4pm")
    desk.board.post("printer 2 is out", "tomorrow noon")
    assert texts(desk) == ["printer 2 is out", "author visit", "story time moved", "coats in the lobby"]


def test_a_guide_shows_what_names_it_and_only_while_it_holds(desk: Desk, clock: FixedClock) -> None:
    assert desk.board.in_guide("printing-mobile-print") == ()
    desk.board.post("printer 2 is out until 3pm", guides=["printing-mobile-print"])
    live = desk.live.begin("printing-mobile-print")
    assert desk.guide_view(live).today == ("printer 2 is out (until 15:00)",)
    assert desk.board.in_guide("noise") == ()
    clock.advance(3600)
    assert desk.guide_view(live).today == ()


def test_the_hand_over_says_what_is_broken(desk: Desk) -> None:
    desk.shifts.start("MK")
    desk.board.post("printer 2 is out", "tomorrow noon")
    desk.board.post("author visit", "tomorrow noon")
    made = desk.reporting.handover(desk.shifts.current())
    assert made.expect == ("Notice: printer 2 is out (until Thu 19 Nov 12:00)",)


def test_a_damaged_notice_is_told_and_the_others_are_shown(desk: Desk) -> None:
    desk.board.post("printer 2 is out", "4pm")
    desk.log.db.table("notices").insert({"v": 1, "text": "bad", "until": "whenever"})
    assert texts(desk) == ["printer 2 is out"]
    assert any("notices/" in notice.where for notice in desk.log.damage())


@pytest.mark.parametrize(
    ("words", "kind"),
    [("printer 2 is out", "broken"), ("no wifi upstairs", "broken"), ("the lift doesn't work", "broken"),
     ("Author visit at 6", "news"), ("new outlet at the window", "news"), ("no food in the hall", "news")],
)  # fmt: skip
def test_the_kind_is_told_from_the_words(words: str, kind: str) -> None:
    assert guess_kind(words) == kind


@pytest.mark.parametrize(
    ("words", "guide"),
    [("printer 2 is out", "printing-mobile-print"), ("wifi is down", "wifi-hotspot-help"),
     ("hearing loop is dead", "deaf-hard-of-hearing"), ("zzqx wvvk broken", ""), ("broken", "")],
)  # fmt: skip
def test_the_guide_is_guessed_by_the_thing_and_not_at_all_when_unsure(desk: Desk, words: str, guide: str) -> None:
    assert guess_guide(desk.answers, words) == guide


def test_an_id_or_its_end_finds_a_notice_of_today(places: Places, clock: FixedClock) -> None:
    desk = with_file(places, clock)
    made = desk.board.post("printer 2 is out", "4pm")
    assert desk.board.find(made.id[-6:]) == made
    assert desk.board.find("lift").text == "The lift is out."
    for wrong in ("", made.id[-2:], "sale", "nothing"):
        with pytest.raises(NotFound):
            desk.board.find(wrong)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=400), st.text(max_size=80))
def test_whatever_is_typed_is_kept_clean_on_one_line_or_refused(desk: Desk, words: str, where: str) -> None:
    try:
        made = desk.board.post(words, "in 2 h", where=where)
    except BadUsage:
        return
    line = told(made, desk.now())
    assert line == " ".join(line.split())
    assert "\x1b" not in line
    assert len(made.text) <= LONGEST
    desk.board.look()
    assert desk.board.find(made.id) == made
    assert made.until is not None
    assert made.until - desk.now() <= timedelta(hours=2)
