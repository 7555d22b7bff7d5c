"""One rule of the practice at a time, on a small guide and scene made for it; then any keys in any order."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadUsage
from deskmate.playbooks.model import Choice, Item, Line, Playbook, Step
from deskmate.playbooks.practice import begin, playable, practise, show, ways
from deskmate.playbooks.practice_review import debrief
from deskmate.playbooks.practice_state import Debrief, Practice, PracticeView
from deskmate.playbooks.scenes import Must, Scene, Turn
from deskmate.playbooks.walk import Event

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")
HERE = {"region": "US-MI", "emergency_number": "911"}


def a_guide() -> dict[str, Playbook]:
    rage = Playbook(
        id="rage",
        title="Rage",
        category="difficult",
        urgency="urgent",
        steps={
            "open": Step(
                id="open",
                say=(Line("I want to sort this out."), Line("Tell me what happened.")),
                channels={"phone": (Line("Please stay on the line."),)},
                do=(Item(Line("Step back")), Item(Line("Call $emergency_number")), Item(Line("In $region only"))),
                ask="And now?",
                choices=(
                    Choice("Still loud", go="open"),
                    Choice("Quieter", go="calm"),
                    Choice("Unsafe", go="help"),
                    Choice("Here only", go="calm", when=(("region", ("CA",)),)),
                ),
            ),
            "calm": Step(id="calm", say=(Line("Anything else?"),), do=(Item(Line("Breathe")),), end="answered"),
        },
    )
    fight = Playbook(
        id="fight",
        title="A fight",
        category="emergency",
        steps={"open": Step(id="open", choices=(Choice("Over", go="over"),)), "over": Step(id="over", end="left")},
    )
    return {"rage": rage, "fight": fight}


BOOKS = a_guide()
MUSTS = (
    Must("Room calms.", tick="Step back"),
    Must("Only they can help.", tick="Call $emergency_number", within=60),
    Must("Being heard comes first.", say="any"),
)
QUIETER = Scene(
    id="quieter",
    playbook="rage",
    who="A man with a cap",
    turns={
        "rage/open": Turn(("Hey!", "Well?", "All right."), ("calm",), MUSTS, critical="Read them first."),
        "rage/calm": Turn(("Thanks, $library.",), must=(Must("The next one is not him.", tick="Breathe"),)),
    },
)
UNSAFE = Scene(
    id="unsafe",
    playbook="rage",
    who="A man with a cap",
    turns={"rage/open": Turn(("He comes round the counter.",), ("help",), critical="No more talk.", door="fight")},
)


class Player:
    """A practice with a clock of its own, driven by short words."""

    def __init__(self, scene: Scene) -> None:
        self.now = AT
        self.practice: Practice = begin(scene, BOOKS, AT, HERE)

    def do(self, *events: str | int) -> "Player":
        """`choose 2`, `said`, or a number of seconds to wait."""
        for event in events:
            if isinstance(event, int):
                self.now += timedelta(seconds=event)
                continue
            kind, _, value = event.partition(" ")
            self.practice = practise(self.practice, Event(kind, self.now, value), BOOKS, HERE)
        return self

    @property
    def seen(self) -> PracticeView:
        return show(self.practice, self.now, BOOKS, HERE, region="US-MI")

    @property
    def told(self) -> Debrief:
        return debrief(self.practice, self.now, BOOKS, HERE)


# -- the patron --------------------------------------------------------------------------------------------------------


def test_the_patron_goes_on_when_their_patience_is_over() -> None:
    player = Player(QUIETER)
    assert player.seen.patron == ("Hey!",)
    assert player.do(19).seen.patron == ("Hey!",)
    assert player.do(1).seen.patron == ("Hey!", "Well?")
    assert player.do(500).seen.patron == ("Hey!", "Well?", "All right.")


def test_the_patron_goes_on_when_they_are_spoken_to() -> None:
    player = Player(QUIETER).do("said")
    assert player.seen.patron == ("Hey!", "Well?")
    assert player.do("said").seen.patron == ("Hey!", "Well?", "All right.")


def test_the_librarys_words_stand_in_the_patrons_lines() -> None:
    player = Player(QUIETER).do("choose 2")
    assert player.seen.patron == ("Thanks, the library.",)
    assert player.seen.last


def test_the_sentence_in_front_follows_the_one_that_was_said() -> None:
    player = Player(QUIETER)
    assert player.seen.guide.say[0] == "I want to sort this out."
    assert player.do("said").seen.guide.say[0] == "Tell me what happened."
    assert player.practice.said[0][:2] == ("rage/open", "I want to sort this out.")


def test_on_the_phone_the_phones_words_are_practised() -> None:
    caller = Scene(id="c", playbook="rage", who="A caller", turns=QUIETER.turns, channel="phone")
    player = Player(caller).do("said", "choose 2", "end")
    assert player.practice.said[0][1] == "Please stay on the line."
    assert "Please stay on the line." in [point.text for point in player.told.kept]


# -- answers -----------------------------------------------------------------------------------------------------------


def test_an_answer_that_does_not_fit_is_counted_and_moves_nothing() -> None:
    player = Player(QUIETER).do(60, "choose 1")
    assert player.practice.place == "rage/open"
    assert player.seen.remark == "That is not what they did. Listen once more."
    assert player.told.astray == (("All right.", "Still loud"),)


def test_an_answer_is_talked_over_with_what_they_had_done_until_then_and_each_once() -> None:
    player = Player(UNSAFE).do("choose 1", "choose 1", "choose 3", "door rage", "leave-help", "choose 1")
    came = "He comes round the counter."
    assert player.told.astray == ((came, "Still loud"), (came, "HELP: Rage"))
    later = Player(QUIETER).do("said", "said", "choose 1").told.astray
    assert later == (("All right.", "Still loud"),)


def test_before_they_have_finished_it_brings_their_next_line_and_is_not_counted() -> None:
    player = Player(QUIETER).do("choose 1")
    assert player.seen.patron == ("Hey!", "Well?")
    assert player.seen.remark == "They have not finished."
    assert player.do("choose 1").told.astray == ()
    assert player.do("choose 1").told.astray == (("All right.", "Still loud"),)


def test_a_remark_stays_until_the_next_key() -> None:
    player = Player(QUIETER).do("choose 1", 5)
    assert player.seen.remark
    assert player.do("tick 1").seen.remark == ""


def test_back_leads_back_and_the_patron_is_as_at_first() -> None:
    player = Player(QUIETER).do("said", "choose 2", "back")
    assert player.practice.place == "rage/open"
    assert player.seen.patron == ("Hey!",)


@pytest.mark.parametrize("event", ["choose 9", "tick 9", "complete x", "door fight", "hop", "start rage", "end_ x"])
def test_what_does_not_fit_is_refused_and_changes_nothing(event: str) -> None:
    player = Player(QUIETER)
    before = player.practice
    with pytest.raises(BadUsage):
        player.do(event)
    assert player.practice is before


# -- HELP --------------------------------------------------------------------------------------------------------------


def test_help_is_never_wrong_and_the_scene_goes_on() -> None:
    player = Player(QUIETER).do("choose 3")
    assert player.seen.in_help
    player.do("door fight")
    assert (player.practice.place, player.seen.in_help) == ("rage/open", False)
    assert player.seen.remark == "HELP is never wrong. They are still here."
    player.do("help", "leave-help", 60, "choose 2", "end")
    assert player.told.astray == ()
    assert player.told.helped


def test_where_help_fits_its_right_digit_ends_the_scene() -> None:
    player = Player(UNSAFE).do("choose 3", "door fight")
    assert player.practice.over
    assert player.told.finished
    assert [(point.kind, point.text, point.done) for point in player.told.points] == [("answer", "Unsafe", True)]


def test_the_key_for_help_does_as_well_as_the_answer() -> None:
    assert Player(UNSAFE).do("help", "door fight").told.finished


def test_a_wrong_digit_is_counted_and_the_page_stays() -> None:
    player = Player(UNSAFE).do("choose 3", "door rage")
    assert player.seen.in_help
    assert player.seen.remark == "That digit is for something else."
    assert player.do("door fight").told.astray == (("He comes round the counter.", "HELP: Rage"),)
    assert [point.done for point in player.told.points] == [False]


def test_while_the_rehearsed_page_is_open_no_other_key_reaches_the_guide() -> None:
    with pytest.raises(BadUsage, match="HELP"):
        Player(UNSAFE).do("choose 3", "tick 1")


def test_a_scene_may_go_on_behind_the_digit() -> None:
    turns = {
        **UNSAFE.turns,
        "fight/open": Turn(("Blows.",), ("over",)),
        "fight/over": Turn(("They are gone.",)),
    }
    player = Player(Scene(id="on", playbook="rage", who="A man", turns=turns)).do("help", "door fight")
    assert (player.practice.place, player.practice.over) == ("fight/open", False)
    assert player.do("choose 1", "end").told.finished


# -- time --------------------------------------------------------------------------------------------------------------


def test_a_limit_runs_until_it_is_done_or_over() -> None:
    player = Player(QUIETER)
    assert player.seen.left == 60
    assert player.do(45).seen.left == 15
    assert player.do(30).seen.left == 0
    assert player.do("tick 2").seen.left is None


def test_time_stands_still_while_it_is_set_aside() -> None:
    player = Player(QUIETER).do(10, "pause", 600, "pause", 600)
    assert (player.seen.elapsed, player.seen.left, player.seen.patron) == (10, 50, ("Hey!",))
    player.do("resume", 5, "resume")
    assert (player.seen.elapsed, player.seen.left) == (15, 45)
    player.do("tick 2", "said", "choose 2", "end", 100)
    assert player.told.first_sentence == 15
    assert player.told.elapsed == 15


def test_a_key_takes_up_what_was_set_aside() -> None:
    assert Player(QUIETER).do(10, "pause", 600, "said").told.first_sentence == 10


def test_a_clock_that_is_set_back_measures_nothing() -> None:
    player = Player(QUIETER).do(-3600, "said", "pause", -60, "resume")
    assert player.seen.elapsed == 0
    assert player.told.first_sentence == 0


# -- the debrief -------------------------------------------------------------------------------------------------------


def points(told: Debrief) -> dict[str, tuple[bool, int | None]]:
    return {point.text: (point.done, point.late) for point in told.points}


def test_all_done_in_time() -> None:
    told = Player(QUIETER).do(4, "said", "tick 1", "tick 2", 40, "choose 2", "tick 1", "end").told
    assert points(told) == {
        "Step back": (True, None),
        "Call 911": (True, None),
        "I want to sort this out.": (True, None),
        "Quieter": (True, None),
        "Breathe": (True, None),
    }
    assert (told.missed, told.finished, told.first_sentence, told.elapsed) == ((), True, 4, 44)


def test_the_hold_key_does_what_asks_for_it_and_nothing_else() -> None:
    musts = (Must("A clock.", tick="Step back", within=30, hold=True), Must("Help.", tick="Call $emergency_number"))
    turns = {**QUIETER.turns, "rage/open": Turn(("Hey!",), ("calm",), musts)}
    player = Player(Scene(id="x", playbook="rage", who="A caller", turns=turns, channel="phone"))
    assert player.do(10).seen.left == 20
    assert player.do("hold").seen.left is None
    told = player.do("unhold", 60, "choose 2", "hold", "end").told
    assert [point.text for point in told.missed if point.kind == "do"] == ["Call 911", "Breathe"]


def test_missed_late_and_astray_are_told_with_the_guides_own_line() -> None:
    told = Player(QUIETER).do(90, "tick 2", "choose 1", "choose 2", "end").told
    assert points(told) == {
        "Step back": (False, None),
        "Call 911": (True, 90),
        "I want to sort this out.": (False, None),
        "Quieter": (False, None),
        "Breathe": (False, None),
    }
    assert told.kept == ()
    assert told.first_sentence is None
    assert [point.within for point in told.missed] == [None, 60, None, None, None]


def test_what_the_settings_hide_is_not_missed() -> None:
    hidden = Must("Only there.", tick="Nowhere")
    turns = {**QUIETER.turns, "rage/open": Turn(("Hey!",), ("calm",), (hidden,))}
    told = Player(Scene(id="x", playbook="rage", who="A man", turns=turns)).do("choose 2", "end").told
    assert [point.text for point in told.points] == ["Breathe"]


def test_what_was_left_early_judges_only_the_steps_that_were_left() -> None:
    told = Player(QUIETER).do("end").told
    assert (told.points, told.finished) == ((), False)
    told = Player(QUIETER).do("choose 2", "back", "end").told
    assert not told.finished


def test_what_was_left_early_goes_on_with_one_key_and_its_time_stood_still() -> None:
    player = Player(QUIETER).do(8, "said", 4, "end", 600)
    assert player.seen.over
    assert player.do("back").seen.elapsed == 12
    assert not player.seen.over
    told = player.do(3, "choose 2", "end").told
    assert (told.finished, told.elapsed) == (True, 15)


def test_after_the_end_nothing_more_happens() -> None:
    player = Player(QUIETER).do("choose 2", "end")
    for event in ("said", "choose 1", "end", "help", "back"):
        with pytest.raises(BadUsage, match="ended"):
            player.do(event)
    assert player.do("pause", 50, "resume").told.elapsed == 0


# -- ways, and any keys ------------------------------------------------------------------------------------------------


def test_ways_come_to_the_end_and_a_hidden_answer_is_no_way() -> None:
    assert [way.finished for way in ways(QUIETER, BOOKS, HERE, AT)] == [True]
    only_there = {**QUIETER.turns, "rage/open": Turn(("Hey!",), ("Here only",))}
    scene = Scene(id="x", playbook="rage", who="A man", turns=only_there)
    assert not playable(scene, BOOKS, HERE, AT)
    assert playable(scene, BOOKS, {"region": "CA-ON"}, AT)
    assert not playable(scene, {}, HERE, AT)


def test_a_scene_that_goes_round_ends_the_search_all_the_same() -> None:
    round_trip = Scene(id="x", playbook="rage", who="A man", turns={"rage/open": Turn(("Hey!",), ("open",))})
    assert not playable(round_trip, BOOKS, HERE, AT)


KEYS = st.sampled_from(
    ["said", "say", "back", "help", "leave-help", "pause", "resume", "hold", "unhold", "end", "complete", "door fight",
     "door rage", *(f"{kind} {number}" for kind in ("choose", "tick", "untick") for number in range(1, 5))]
)  # fmt: skip


@given(st.lists(st.tuples(KEYS, st.integers(-30, 200)), max_size=40), st.sampled_from([QUIETER, UNSAFE]))
def test_any_keys_in_any_order_keep_it_whole(events: list[tuple[str, int]], scene: Scene) -> None:
    player = Player(scene)
    for event, seconds in events:
        before = player.practice
        try:
            player.do(seconds, event)
        except BadUsage:
            assert player.practice is before
        seen, told = player.seen, player.told
        assert seen.elapsed >= 0
        assert seen.over == player.practice.over
        assert len(seen.patron) <= max(len(turn.patron) for turn in scene.turns.values())
        assert len(told.points) == len(told.kept) + len(told.missed)
        assert set(player.practice.reached()) <= {*scene.turns, "fight/open"}
