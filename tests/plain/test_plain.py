"""The whole path line by line, on a real desk: what is said, what is saved, and that nobody is lost."""

import io
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.places import Places
from deskmate.plain import words as typed_words
from deskmate.plain.run import run
from deskmate.plain.talk import WIDTH, folded
from deskmate.plain.words import ANYWHERE, DESK, GUIDE, PRACTICE, PROMISES, SAVED, SHIFT, Word
from deskmate.text.clean import cells, one_line
from tests.desk.test_lull import weeks
from tests.screens.hostile import HOSTILE

ANGRY = ("guy yelling fine", "1")
Work = Callable[..., str]


class Lines:
    """Typed lines, some of them preceded by time that passes: a number is so many seconds."""

    def __init__(self, clock: FixedClock, lines: tuple[str | int, ...], *, killed: bool = False) -> None:
        self._clock = clock
        self._lines = list(lines)
        self._killed = killed

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        while self._lines:
            line = self._lines.pop(0)
            if isinstance(line, str):
                return f"{line}\n"
            self._clock.advance(line)
        if self._killed:
            raise KeyboardInterrupt
        return ""


@pytest.fixture
def work(places: Places, clock: FixedClock) -> Work:
    """Type some lines at a program of its own on the same home; all that it said."""

    def typed(*lines: str | int) -> str:
        desk = Desk(places, clock, environment={})
        out = io.StringIO()
        try:
            assert run(desk, Lines(clock, lines), out) == 0
        finally:
            desk.close()
        return out.getvalue()

    return typed


@pytest.fixture
def logged(places: Places, clock: FixedClock) -> Callable[[], list[Interaction]]:
    """Today's records, read by somebody else."""

    def read() -> list[Interaction]:
        desk = Desk(places, clock, environment={})
        found = desk.log.day(clock.now().date())
        desk.close()
        return found

    return read


Logged = Callable[[], list[Interaction]]


# -- looking up --------------------------------------------------------------------------------------------------------


def test_words_give_numbered_lines_and_the_first_sentence(work: Work, logged: Logged) -> None:
    said = work("guy yelling fine")
    assert "1. Angry or abusive patron, urgent\n" in said
    assert "None of these: say you will find out" in said
    assert "First, say: I want to sort this out with you.\n" in said
    assert logged() == []


def test_a_fact_is_told_and_counted(work: Work, logged: Logged) -> None:
    said = work("opening hours", "1")
    assert "Counted:" in said
    assert [record.kind for record in logged()] == ["directional"]


def test_a_number_without_a_list_and_words_that_find_nothing_say_so(work: Work, logged: Logged) -> None:
    assert "There is no line 3. Look something up first." in work("3")
    assert "1. None of these" in work("xqjv")
    assert "The directory has no such line." in work("@qqqq")
    assert logged() == []


def test_none_of_these_keeps_the_words_as_a_wish(work: Work, places: Places, clock: FixedClock) -> None:
    assert "Kept as a wish for a guide." in work("xqjv", "1", "x")
    assert [words for _, words in Desk(places, clock, environment={}).learning.wishes()] == ["xqjv"]


# -- a guide -----------------------------------------------------------------------------------------------------------


def test_the_golden_path_from_words_to_a_saved_record(work: Work, logged: Logged) -> None:
    said = work(*ANGRY, 60, "1", "d", "d2", 60, "1", "1", "e", "")
    assert "Guide AP.\n" in said
    assert "Angry or abusive patron" not in said.partition("Guide AP.")[2]
    assert "d1 Done 14:21: Say back their problem in one sentence\n" in said
    assert "Saved: in-person · conduct · 2 min\n" in said
    record = logged()[0]
    assert (record.playbook, record.outcome, record.seconds) == ("angry-patron", "answered", 120)


def test_looking_is_not_logging(work: Work, logged: Logged) -> None:
    assert "Nothing happened: not logged." in work(*ANGRY, "w", "v", "i", "", "e")
    assert "Left; nothing is logged." in work(*ANGRY, "x")
    assert logged() == []


def test_every_part_of_the_guide_is_a_letter_away(work: Work) -> None:
    said = work(*ANGRY, "v", "i", "w", "r", "1", "b", "o", "h", "h", "d9", "9", "zz", "x", "n")
    for words in (
        "Avoid: Calm down. Instead: I want to sort this out with you.",
        "Why: Being heard first lowers the heat; rules come after.",
        "Call when: A hand is laid on anyone",
        "Say: Tell me what happened, and I'll listen.",
        "No times noted yet",
        "No step so far offers an alternative.",
        "On hold; the clock runs.",
        "Off hold.",
        "There is no such thing to do.",
        '"9" means nothing here.',
        '"zz" means nothing here. /zz looks it up',
    ):
        assert words in said, words


def test_a_tick_is_taken_back_and_a_list_confirmed(work: Work) -> None:
    said = work(*ANGRY, "d1", "d1", "d", "d", "d", "d")
    assert said.count("d1 Done 14:20: Step back to two arm lengths") == 2
    assert "Everything is ticked." in said
    assert "List complete." in work("someone collapsed", "1", "d all", "x", "n")


def test_what_was_offered_is_noted(work: Work, logged: Logged) -> None:
    work(*ANGRY, "1", "1", "o", "1", "1", "e", "")
    assert logged()[0].offered == ("a payment plan",)


def test_a_look_up_over_a_guide_comes_back_to_its_step(work: Work) -> None:
    said = work(*ANGRY, "1", "/wifi slow", "1", "b", "/", "/qqqq")
    assert "Guide Wi-Fi" in said
    assert said.rindex("Guide AP.") > said.rindex("Guide Wi-Fi")
    assert "Type the words behind the stroke" in said


def test_private_data_in_a_note_is_told_and_masked(work: Work, logged: Logged) -> None:
    said = work(*ANGRY, "1", "n", "call 555-0142 back", "", "n", "blue coat", "n", "", "e", "")
    assert "PRIVATE: phone. It is masked: call [phone] back" in said
    assert logged()[0].note == "call [phone] back\nblue coat"


def test_what_is_kept_on_purpose_stays(work: Work, logged: Logged) -> None:
    work(*ANGRY, "1", "n", "row 555-0142", "k", "e", "")
    assert logged()[0].note == "row 555-0142"


def test_a_promise_asks_again_until_its_time_is_understood(work: Work, places: Places, clock: FixedClock) -> None:
    said = work(*ANGRY, "1", "t", "", "soonish", "in 20 min", "Jo 555-0142", "MK", "e", "")
    assert "Promised for Wed 18 Nov 14:40." in said
    desk = Desk(places, clock, environment={})
    (record,) = desk.promises.board().all
    assert record.promise is not None
    assert (record.promise.what, record.promise.who) == ("get back to them", "MK")
    assert desk.promises.contact(record) == "Jo 555-0142"
    assert "555-0142" not in said.replace("PRIVATE", "")


def test_a_promise_can_be_given_up(work: Work, logged: Logged) -> None:
    work(*ANGRY, "1", "t", "", "-", "e", "")
    assert logged()[0].promise is None


def test_after_the_saving_each_letter_does_what_it_says(work: Work, logged: Logged) -> None:
    work(*ANGRY, "1", "e", "n", "said thanks", "")
    assert logged()[0].note == "said thanks"
    assert "Not logged. - brings it back." in work(*ANGRY, "1", "e", "x")
    said = work(*ANGRY, "1", "e", "u", "x", "guy yelling fine")
    assert "Not saved yet: the guide is open again." in said
    assert len(logged()) == 1


def test_the_next_look_up_can_follow_at_once_and_what_helps_the_staff_is_offered(work: Work) -> None:
    said = work(*ANGRY, "1", "e", "wifi slow")
    assert "For you, afterwards: After an incident" in said
    assert said.rindex("1. Wi-Fi") > said.rindex("Saved:")
    assert "Guide Team." in work(*ANGRY, "1", "e", "d")


def test_a_nudge_is_said_when_it_is_due_and_once(work: Work) -> None:
    said = work(*ANGRY, 130, "w", "w")
    assert said.count("Now: Offer a quieter spot away from the queue.") == 1


# -- two people, HELP, a crash -----------------------------------------------------------------------------------------


def test_the_phone_parks_whoever_is_there_and_other_goes_back(work: Work, logged: Logged) -> None:
    said = work(*ANGRY, "1", "phone", "1", "h", 90, "other", "p", "", "1", "quit")
    assert "Guide Phone rings" in said
    assert said.count("On hold; the clock runs.") == 1
    assert "On hold: under a minute" not in said.partition("On hold; the clock runs.")[2].partition("Guide AP.")[0]
    assert ": 1 or 2, d ticks" in said
    assert said.count("AP, parked") >= 1
    assert "2 live, kept at their step:" in said
    assert logged() == []


def test_a_caller_on_hold_too_long_is_said_in_the_guide_of_somebody_else(work: Work) -> None:
    said = work("printing", "1", "phone", "1", "other", 61, "w")
    assert "Now: A caller is on hold too long: go back to them (other)" in said


def test_a_guide_at_its_end_that_is_left_leaves_nobody_on_hold(work: Work) -> None:
    said = work("phone", "1", "1", "p", "")
    assert "was at its end and is saved: nobody waits." in said
    assert "Nobody waits." in said


def test_a_promise_is_pointed_to_where_one_is_made(work: Work) -> None:
    said = work("printing", "1", "phone", "3", "1")
    assert said.count("To promise: Call back by when? t writes it down.") == 2


def test_nobody_else_is_told(work: Work) -> None:
    assert "Nobody is parked or on hold." in work("other")
    assert "Nobody waits." in work("")


def test_help_says_the_number_and_the_address_first(work: Work) -> None:
    for keys in (
        ("!",),
        ("help",),
        (*ANGRY, "!"),
        (*ANGRY, "n", "!"),
        (*ANGRY, "1", "e", "!"),
        ("*", "!"),
        ("#", "!"),
        (*ANGRY, "n", "help"),
        (*ANGRY, "1", "t", "HELP"),
        (*ANGRY, "1", "e", "help"),
        ("practice", "help"),
    ):
        said = work(*keys)
        assert "HELP. CALL 911. You call: DeskMate alerts nobody.\nSAY: 12 Main Street, near Oak Avenue\n" in said, keys


def test_help_has_a_number_even_when_none_is_set(work: Work, places: Places) -> None:
    places.settings.write_text("", encoding="utf-8")
    assert "HELP. CALL 911." in work("!")


def test_a_digit_of_help_opens_its_guide_in_the_record_of_who_was_there(work: Work, logged: Logged) -> None:
    said = work(*ANGRY, "1", "!", "c", "r", "2", "e", "")
    assert "14:20 called" in said
    assert "Guide ME." in said
    (record,) = logged()
    assert record.playbook == "angry-patron"
    assert [name for name, _ in record.times] == ["called"]


def test_an_answer_that_leads_to_help_opens_it(work: Work) -> None:
    assert "Guide TWV." in work(*ANGRY, "4", "1")


def test_leaving_help_asks_whether_it_happened(work: Work, logged: Logged) -> None:
    work("!", "", "perhaps", "n")
    assert logged() == []
    assert "Saved: an incident." in work("!", "", "y")
    assert logged()[0].incident


def test_a_start_after_a_kill_is_at_the_same_step_with_the_same_note(
    work: Work, places: Places, clock: FixedClock
) -> None:
    killed = Desk(places, clock, environment={})
    with pytest.raises(KeyboardInterrupt):
        run(killed, Lines(clock, (*ANGRY, "1", "d", "n", "grey hat"), killed=True), io.StringIO())
    killed.close()
    said = work("n", "", "quit")
    assert "Found again after an interruption: you are at the same step." in said
    assert "d1 Done 14:20: Say back their problem" in said
    assert "The note so far: grey hat" in said


# -- counting, promises, the shift -------------------------------------------------------------------------------------


def test_counting_and_taking_back(work: Work, logged: Logged) -> None:
    said = work("+", "+", "=pa x7 20m ago", "-", "=", "=zz", "=p")
    assert "Counted: phone · account · x7 · at 14:00. - takes it back." in said
    assert "Undone: phone · account · x7" in said
    assert "Channels: i in-person, p phone" in said
    assert "There is no channel 'z'." in said
    assert "A tally needs a channel and a kind" in said
    assert [record.kind for record in logged()] == ["directional", "directional"]
    work("-", "-")
    assert "Nothing to undo." in work("-")
    assert logged() == []


def test_promises_are_done_snoozed_handed_over_and_waited_for(work: Work, places: Places, clock: FixedClock) -> None:
    work("*", "t", "call back", "in 5 min", "Jo 555-0142", "", "t", "write", "tomorrow 10:00", "", "")
    said = work(
        600, "", "*", "v1", "s1", "in 60", "h1", "AB", "y2", "", "w1", "the other branch", "w2", "",
        "d1", "x1", "d7", "d", "",
    )  # fmt: skip
    assert "1 promise due: * says them." in said
    assert "OVERDUE 14:25: call back, contact kept" in said
    assert "Jo 555-0142" in said
    for words in ("Snoozed.", "Handed over to AB", "Accepted by", "Waiting for the other branch.", "Done.", "Dropped."):
        assert words in said, words
    assert said.count("means nothing here") == 2
    assert Desk(places, clock, environment={}).promises.board().all == ()


def test_a_call_back_that_ends_well_keeps_its_promise(work: Work, places: Places, clock: FixedClock) -> None:
    work("*", "t", "call back", "in 5 min", "", "")
    desk = Desk(places, clock, environment={})
    book = desk.library.playbooks["follow-up-callback"]
    first = next(n for n, each in enumerate(book.steps[book.start].choices, 1) if each.go in book.steps)
    desk.close()
    said = work("*", "1", "k", str(first), "e", "y")
    assert f"Guide {book.title}" in said
    assert "Promised: call back, made" in said
    assert "There is no contact here, or it was erased." in said
    assert "Saved: phone" in said
    assert said.count("The promise is kept.") == 1


def test_the_shift_begins_is_summed_up_handed_over_and_ends(work: Work, places: Places, clock: FixedClock) -> None:
    said = work(
        "+", "#", "b", "MK", "a", "pa x2 10m ago", "a", "p", "s", "h", "quiet, call 555-0142", "b", "y", "z", ""
    )
    for words in (
        "The shift has begun.", "Added: phone · account · x2", "A late entry needs a channel and a kind",
        "What it was about.\nAccount: 2\n", "Hand-over left for the next person.", "The shift has ended",
    ):  # fmt: skip
        assert words in said, words
    assert "█" not in said
    assert "##" not in said
    clock.advance(3600)
    said = work("", "#", "b", "AB", "h", "AB", "")
    assert "A hand-over waits: # then h." in said
    assert "quiet, call [phone]" in said
    assert "Hand-over accepted." in said
    assert Desk(places, clock, environment={}).shifts.waiting() is None


def test_a_handover_is_accepted_promise_by_promise(work: Work, places: Places, clock: FixedClock) -> None:
    work("*", "t", "send the list", "every fri 10:00", "", "MK", "t", "call back", "in 3 h", "", "", "", "#", "b", "MK")
    work("#", "h", "quiet", "b", "y", "")
    clock.advance(3600)
    said = work("#", "b", "AB", "h", "AB", "", "-", "", "*")
    assert "1 of 2. 17:20: call back. Enter takes it over; - leaves it" in said
    assert "2 of 2. Fri 20 Nov 10:00: send the list, for MK, every week." in said
    assert "Hand-over accepted. 1 promise of it not taken yet." in said
    assert "send the list, for MK, hand-over: not taken yet, every week" in said
    said = work("*", "y2", "AB", "d2", "")
    assert "Accepted by AB." in said
    assert "Fri 27 Nov 10:00: send the list, for AB, every week" in said  # a round was kept: the next one


def test_a_promise_that_comes_due_is_told_over_a_calm_guide_and_after_an_urgent_one(work: Work) -> None:
    owed = ("*", "t", "the eviction letter", "in 5 min", "", "", "")
    calm = work(*owed, "printer jam", "1", 300, "i", "i", "x")
    told = calm[calm.index("Guide ") :]
    assert told.count("1 promise due: * says them at the Desk.") == 1
    assert "eviction" not in told
    urgent = work("*", "d1", *owed, *ANGRY, 300, "i", "x")
    during, after = urgent[urgent.index("Guide ") :].split("logged.", 1)
    assert "promise due" not in during
    assert after.startswith("\n1 promise due: * says them.")


def test_who_is_in_charge_is_said_in_the_next_guide(work: Work) -> None:
    said = work("charge", "Robin, 77", *ANGRY, "1", "4")
    assert "In charge: Robin" in said
    assert "Say: I'm going to get Robin now." in said


# -- practice ----------------------------------------------------------------------------------------------------------


def test_a_practice_is_played_and_talked_over_and_nothing_is_logged(work: Work, logged: Logged) -> None:
    said = work("practice", "angry wet", "1", 5, "s", "d", "1", "w", "v", "i", "d9", "zz", "1", "b", "p", "1", "e")
    practised = said[said.index("PRACTICE. Which") :]
    assert "Patron: “Twenty minutes I've stood here!" in practised
    assert "PRACTICE. HELP. CALL 911." in practised
    assert "Went well: the first sentence came after 5 seconds." in practised
    assert "To look at: Let them finish; do not argue facts yet. " in practised
    assert practised.index("Went well") < practised.index("To look at")
    assert "It was left before its end." in practised
    assert logged() == []


def test_help_in_earnest_and_the_phone_interrupt_a_practice_which_waits(work: Work) -> None:
    said = work("practice", "angry wet", "1", 7, "phone", 600, "x", "practice", "", "e")
    assert "Guide Answering the phone" in said or "Guide Phone call" in said
    assert said.count("PRACTICE. A man in a wet coat") == 3
    said = work("practice", "angry wet", "1", "!", "2")
    assert said.rindex("Guide ME.") > said.rindex("PRACTICE")


def test_setting_a_practice_aside_and_finding_none(work: Work) -> None:
    assert "PRACTICE is set aside." in work("practice", "", "q")
    assert "No scene has these words." in work("practice", "qqqq")
    assert "No scene was begun." in work("practice", "angry", "")


def test_a_wrong_digit_of_the_rehearsed_help_is_told(work: Work) -> None:
    said = work("practice", "leaning over", "1", 1, "s", "4", "5", "1")
    assert "PRACTICE. That digit is for something else.\n" in said
    assert "Went well: the first sentence came after 1 second.\n" in said
    assert "Did not fit: HELP: Fight between patrons. They: She sweeps the leaflets" in said


def test_practice_and_an_empty_line(work: Work) -> None:
    assert "PRACTICE" in work("practice", "fire", "")


# -- the line ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [each for each in HOSTILE if "\n" not in each])
def test_hostile_lines_never_reach_the_terminal_as_they_are(work: Work, text: str) -> None:
    said = work(
        text, *ANGRY, text, "n", text, "", "t", text, "in 5", text, text, "1", "e", "n", text, "", "", "#", "b", text
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b]", said)


def test_every_prompt_says_what_it_takes_and_a_question_mark_lists_it(work: Work) -> None:
    for keys, group in (
        ((), DESK), (ANGRY, GUIDE), ((*ANGRY, "1", "e"), SAVED), (("*",), PROMISES), (("#",), SHIFT),
        (("practice", "angry wet", "1"), PRACTICE),
    ):  # fmt: skip
        said = work(*keys, "?")
        prompt = said[: said.rindex(f"{group[0].typed}: {group[0].help}")].splitlines()[-1]
        assert prompt.endswith(" > "), prompt
        for word in (*group, *ANYWHERE):
            assert f"{word.typed}: {word.help}\n" in said.replace("\n  ", " "), word


def test_every_word_has_a_sentence_and_no_two_in_a_room_are_alike() -> None:
    rooms: list[tuple[Word, ...]] = [DESK, GUIDE, SAVED, PROMISES, SHIFT, PRACTICE]
    for room in rooms:
        typed = [word.typed for word in (*room, *ANYWHERE)]
        assert len(typed) == len(set(typed))
    assert all(word.help.endswith(".") for room in rooms for word in room)
    assert typed_words.listed(ANYWHERE)[0].startswith("!: Emergency")


def test_the_end_of_the_line_ends_it_and_keeps_whoever_is_live(work: Work) -> None:
    assert work().endswith("Goodbye.\n")
    said = work(*ANGRY, "1")
    assert "1 live, kept at their step: AP, live.\nGoodbye.\n" in said
    assert "Found again" in work("quit")


KEYS = st.sampled_from(
    ["1", "2", "3", "d", "d2", "w", "v", "b", "n", "t", "o", "h", "r", "p", "e", "x", "u", "y", "", "?", "!", "phone",
     "other", "help", "+", "-", "*", "#", "=pa", "@", "/wifi", "guy yelling fine", "practice", "s", "q", "-", "in 5"]
)  # fmt: skip


@given(lines=st.lists(KEYS, max_size=25))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_lines_in_any_order_end_with_goodbye_and_a_sound_log(
    work: Work, places: Places, clock: FixedClock, lines: list[str]
) -> None:
    clock.set(clock.now() + timedelta(seconds=1))
    said = work(*lines)
    assert said.endswith("Goodbye.\n")
    assert [line for line in said.splitlines() if cells(line) > WIDTH] == []
    desk = Desk(places, clock, environment={})
    assert desk.log.damage() == []
    desk.close()


@given(st.text(st.characters(exclude_categories=["C"]), max_size=400))
def test_a_long_line_is_folded_between_words_and_nothing_of_it_is_lost(text: str) -> None:
    line = one_line(text)
    pieces = list(folded(line))
    assert all(cells(piece) <= WIDTH for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(line.split())
    assert all(piece.startswith("  ") for piece in pieces[1:])


def test_a_word_is_not_broken_when_it_fits_a_line() -> None:
    assert list(folded("Do: " + "word " * 20 + "end")) == ["Do: " + "word " * 14 + "word", "  " + "word " * 5 + "end"]


def test_a_lull_asks_once_by_lines_and_a_line_answers(work: Work, places: Places, clock: FixedClock) -> None:
    desk = Desk(places, clock, environment={})
    weeks(desk, clock)
    desk.close()
    said = work("", "=pa ~6 13:30", "=x2", "", "<", "quit")
    assert said.count("13-14: nothing logged, usually 9. Add a tally? =pa x6 13:30 adds six") == 1
    assert "phone · account · about 6 · at 13:30" in said
    assert "phone · account · x2" in said
    assert "never asked about" in said


def test_effort_and_strain_are_proposed_and_one_line_changes_each(work: Work, logged: Logged) -> None:
    said = work(*ANGRY, "1", "e", "r3", "+", "", "quit")
    assert "READ effort 1, strain tense." in said
    assert [(record.read, record.strain) for record in logged()] == [(3, "red")]


def test_help_over_a_saved_contact_is_that_of_a_new_emergency(work: Work, logged: Logged) -> None:
    assert "has ended" not in work(*ANGRY, "1", "e", "!", "c", "", "y")
    assert [record.incident for record in logged()] == [False, True]
