"""One rule of the walk at a time, on the shipped examples and on a small shelf made for it."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

import pytest

from deskmate.faults import BadUsage, NotFound
from deskmate.places import shipped_data
from deskmate.playbooks.model import Avoid, Choice, Item, Line, Nudge, Playbook, Step
from deskmate.playbooks.reader import read
from deskmate.playbooks.walk import KINDS, Event, Walk, apply, due_nudges, exact, replay, start
from deskmate.playbooks.walk_place import candidates, outcome, shown_choices, spoken_lines

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")
EXAMPLES = ("angry-patron", "medical-emergency", "phone-vs-in-person")


def shipped() -> dict[str, Playbook]:
    books = {}
    for name in EXAMPLES:
        file = next((shipped_data() / "playbooks").rglob(f"{name}.yaml"))
        book, problems = read(file.read_text(encoding="utf-8"), file.name)
        assert book is not None, problems
        books[name] = book
    return books


def say(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text) for text in texts)


def items(*texts: str) -> tuple[Item, ...]:
    return tuple(Item(Line(text)) for text in texts)


def shelf() -> dict[str, Playbook]:
    fine = Playbook(
        id="fine",
        title="Fine dispute",
        category="difficult",
        record={"kind": "account", "strain": "tense"},
        steps={
            "open": Step(
                id="open",
                say=say("Let's look at it.", "I'll open your account."),
                channels={"phone": say("I'll look while you hold."), "online": say("I'll look and write back.")},
                do=(
                    Item(Line("Ask for the card"), time="card seen"),
                    Item(Line("Say the Michigan rule", when=(("region", ("US-MI",)),))),
                    Item(Line("Read the fine aloud"), id="read"),
                ),
                avoid=(Avoid("You owe us", "The account shows"),),
                ask="What do they say?",
                choices=(
                    Choice("It is wrong", go="offer"),
                    Choice("Only here: the form", go="close", when=(("region", ("US-MI",)),)),
                    Choice("They shout", go="rage", record={"strain": "red"}),
                    Choice("They need the form explained", visit="form"),
                    Choice("Unsafe", go="help", record={"strain": "red"}),
                    Choice("Somebody gone", go="no-such-book"),
                ),
            ),
            "offer": Step(
                id="offer",
                offered=("a payment plan", "talk to $in_charge"),
                nudges=(Nudge(60, "tick:read", "A minute since the reading."), Nudge(30, "step", "Half a minute.")),
                choices=(
                    Choice("Yes", go="close"),
                    Choice("No", go="close", record={"outcome": "declined"}),
                    Choice("Called instead", go="close", record={"channel": "phone"}),
                ),
            ),
            "close": Step(id="close", say=say("Anything else?"), do=items("Log it"), end="answered"),
        },
    )
    rage = Playbook(
        id="rage",
        title="Rage",
        category="difficult",
        urgency="urgent",
        record={"kind": "conduct", "strain": "tense", "incident": "yes"},
        steps={
            "open": Step(
                id="open",
                nudges=(Nudge(60, "start", "A minute of rage."),),
                choices=(Choice("Calmer", go="calm", record={"strain": "calm"}),),
            ),
            "calm": Step(id="calm", end="left"),
        },
    )
    form = Playbook(
        id="form",
        title="The form",
        category="everyday",
        record={"strain": "red"},
        steps={
            "open": Step(id="open", choices=(Choice("Filled in", go="done"), Choice("They shout", go="rage"))),
            "done": Step(id="done", say=say("That's the form."), end="answered"),
        },
    )
    card = Playbook(
        id="card",
        title="A card",
        category="everyday",
        form="quick",
        mode="read-do",
        steps={"open": Step(id="open", say=say("Over there."), do=items("Point", "Walk along"), end="answered")},
    )
    return {book.id: book for book in (fine, rage, form, card)}


class Desk:
    """Applies events a minute apart, or at given seconds, and keeps them."""

    def __init__(
        self, first: str, books: Mapping[str, Playbook] | None = None, values: Mapping[str, str] | None = None
    ) -> None:
        self.books = shelf() if books is None else books
        self.values = values or {}
        self.walk = start(first, self.books, AT, self.values)
        self.events = [Event("start", AT, first)]

    def do(self, kind: str, value: str = "", after: float = 60) -> Walk:
        event = Event(kind, self.events[-1].at + timedelta(seconds=after), value)
        self.walk = apply(self.walk, event, self.books, self.values)
        self.events.append(event)
        return self.walk

    @property
    def now(self) -> datetime:
        return self.events[-1].at

    def later(self, seconds: float) -> datetime:
        return self.now + timedelta(seconds=seconds)


def test_an_answer_leads_to_its_step_and_leaves_a_trace() -> None:
    desk = Desk("fine")
    walk = desk.do("choose", "1")
    assert (walk.playbook, walk.step) == ("fine", "offer")
    assert walk.path == (("fine/open", "It is wrong"),)
    assert walk.touched
    assert not walk.finished


def test_the_number_counts_only_the_answers_that_are_shown() -> None:
    assert Desk("fine").do("choose", "2").playbook == "rage"
    assert Desk("fine", values={"region": "US-MI"}).do("choose", "2").step == "close"


@pytest.mark.parametrize("value", ["0", "9", "", "-1", "one", "²", "1" * 5000, "1|Not there", "9|Nor here"])
def test_an_answer_that_is_not_there_is_refused(value: str) -> None:
    desk = Desk("fine")
    before = desk.walk
    with pytest.raises(BadUsage, match="no answer"):
        desk.do("choose", value)
    assert desk.walk is before


def test_an_answer_with_its_text_is_found_again_at_another_number() -> None:
    assert Desk("fine").do("choose", "1|They shout").playbook == "rage"


def test_an_answer_to_a_playbook_that_is_not_there_is_refused() -> None:
    with pytest.raises(NotFound, match="no-such-book"):
        Desk("fine").do("choose", "5")


def test_back_takes_the_answer_off_with_what_it_settled_but_keeps_ticks() -> None:
    desk = Desk("fine")
    desk.do("say")
    desk.do("tick", "1")
    before = desk.walk
    desk.do("choose", "1")
    desk.do("choose", "2")
    assert desk.walk.settled == {"outcome": "declined"}
    assert desk.walk.at_end
    desk.do("tick", "1")
    desk.do("back")
    assert not desk.walk.at_end
    assert desk.walk.settled == {}
    walk = desk.do("back")
    assert (walk.spot, walk.stack, walk.trail) == (before.spot, (), ())
    assert list(walk.ticks) == ["fine/open/1", "fine/close/1"]
    assert walk.touched


def test_back_from_the_first_step_is_refused() -> None:
    with pytest.raises(BadUsage, match="began"):
        Desk("fine").do("back")


def test_an_answer_that_changes_the_channel_is_undone_by_back_and_one_that_does_not_is_not() -> None:
    desk = Desk("fine")
    desk.do("choose", "1")
    assert desk.do("choose", "3").channel == "phone"
    assert desk.do("back").channel == "in-person"
    desk.do("choose", "1")
    desk.do("channel", "chat")
    assert desk.do("back").channel == "chat"


def test_handing_over_does_not_return_and_strain_stays_at_its_highest() -> None:
    desk = Desk("fine")
    desk.do("choose", "2|They shout")
    assert (desk.walk.playbook, desk.walk.stack) == ("rage", ())
    walk = desk.do("choose", "1")
    assert walk.settled["strain"] == "red"
    assert walk.at_end
    assert walk.finished
    assert walk.played == ("fine", "rage")


def test_a_visit_returns_to_the_step_it_left_after_its_closing_words() -> None:
    desk = Desk("fine")
    desk.do("choose", "3|They need the form explained")
    assert [spot.place for spot in desk.walk.stack] == ["fine/open"]
    walk = desk.do("choose", "1|Filled in")
    assert walk.spot.end == "answered"
    assert not walk.at_end
    assert not walk.finished
    assert [choice.answer for choice in shown_choices(walk, desk.books, {})] == ["Back to where I was"]
    walk = desk.do("choose", "1")
    assert (walk.spot.place, walk.stack) == ("fine/open", ())
    assert walk.spot.since == desk.now
    assert [answer for _, answer in walk.path] == ["They need the form explained", "Filled in"]


def test_back_leads_out_of_a_visit_and_into_it_again() -> None:
    desk = Desk("fine")
    desk.do("goto", "form")
    desk.do("choose", "1")
    desk.do("choose", "1")
    assert desk.walk.spot.place == "fine/open"
    assert desk.do("back").spot.place == "form/done"
    desk.do("back")
    walk = desk.do("back")
    assert (walk.spot.place, walk.stack, walk.trail) == ("fine/open", (), ())


def test_a_visit_that_hands_over_still_returns() -> None:
    desk = Desk("fine")
    desk.do("goto", "form")
    desk.do("choose", "2|They shout")
    desk.do("choose", "1")
    assert desk.walk.spot.place == "rage/calm"
    assert desk.do("choose", "1|Back to where I was").spot.place == "fine/open"


def test_a_playbook_that_was_only_looked_up_does_not_count() -> None:
    desk = Desk("fine")
    desk.do("goto", "card")
    desk.do("choose", "1")
    assert desk.walk.spot.place == "fine/open"
    assert not desk.walk.touched
    assert desk.walk.played == ("fine",)
    desk.do("goto", "card")
    assert desk.do("tick", "1").played == ("fine", "card")


def test_opening_a_card_that_closes_at_once_is_not_finished_until_something_is_done() -> None:
    desk = Desk("card")
    assert desk.walk.at_end
    assert not desk.walk.finished
    assert desk.do("tick", "1").finished


def test_an_answer_to_help_keeps_the_position() -> None:
    desk = Desk("fine")
    walk = desk.do("choose", "4|Unsafe")
    assert walk.help_wanted
    assert walk.spot.place == "fine/open"
    assert walk.settled == {"strain": "red"}
    walk = desk.do("help")
    assert walk.help_opened
    assert not walk.help_wanted
    assert desk.do("helped", "yes").helped == "yes"
    assert desk.do("helped", "no").helped == "yes"


def test_helped_needs_help_and_a_clear_answer() -> None:
    desk = Desk("fine")
    with pytest.raises(BadUsage):
        desk.do("helped", "yes")
    desk.do("help")
    with pytest.raises(BadUsage):
        desk.do("helped", "perhaps")
    assert not desk.do("helped", "no").touched


def test_a_tick_keeps_its_number_in_the_file_and_stamps_its_named_moment() -> None:
    desk = Desk("fine")
    desk.do("tick", "1|Ask for the card")
    walk = desk.do("tick", "2")
    assert dict(walk.ticks) == {"fine/open/1": AT + timedelta(minutes=1), "fine/open/3": AT + timedelta(minutes=2)}
    assert walk.times == (("card seen", AT + timedelta(minutes=1)),)
    with pytest.raises(BadUsage, match="ticked already"):
        desk.do("tick", "1")
    walk = desk.do("untick", "1")
    assert list(walk.ticks) == ["fine/open/3"]
    assert not walk.times
    with pytest.raises(BadUsage, match="not ticked"):
        desk.do("untick", "1")


def test_a_named_moment_is_kept_and_needs_a_name() -> None:
    desk = Desk("fine")
    assert desk.do("time", " called ").times == (("called", desk.now),)
    with pytest.raises(BadUsage, match="name"):
        desk.do("time", "  ")


def test_taking_a_tick_off_keeps_a_moment_that_was_named_by_hand() -> None:
    desk = Desk("fine")
    desk.do("time", "card seen")
    desk.do("tick", "1")
    assert desk.do("untick", "1").times == (("card seen", AT + timedelta(minutes=1)),)


def test_a_list_that_is_read_and_done_is_complete_only_when_all_is_ticked() -> None:
    desk = Desk("card")
    desk.do("tick", "2")
    with pytest.raises(BadUsage, match="1 of the items"):
        desk.do("complete")
    desk.do("tick", "1")
    assert desk.do("complete").completed == ("card/open",)
    assert desk.do("untick", "2").completed == ()
    assert len(desk.do("complete", "all").ticks) == 2


def test_a_list_that_is_done_and_confirmed_is_ticked_as_a_whole_without_named_moments() -> None:
    desk = Desk("fine")
    walk = desk.do("complete")
    assert list(walk.ticks) == ["fine/open/1", "fine/open/3"]
    assert walk.times == ()
    with pytest.raises(BadUsage, match="no list"):
        desk.do("complete")
    desk.do("choose", "1")
    with pytest.raises(BadUsage, match="no list"):
        desk.do("complete")


def test_the_other_wording_goes_round_and_starts_again_at_another_step() -> None:
    desk = Desk("fine")
    assert desk.do("say").spot.wording == 1
    assert desk.do("say").spot.wording == 0
    desk.do("say")
    desk.do("choose", "1")
    assert desk.walk.spot.wording == 0
    with pytest.raises(BadUsage, match="no other wording"):
        desk.do("say")


def test_each_channel_has_its_sentences_and_the_rest_the_plain_ones() -> None:
    step = shelf()["fine"].steps["open"]
    assert spoken_lines(step, "phone", {}) == ("I'll look while you hold.",)
    assert spoken_lines(step, "chat", {}) == ("I'll look and write back.",)
    assert spoken_lines(step, "video", {})[0] == "Let's look at it."


def test_the_playbook_sets_the_channel_unless_the_desk_knows_it() -> None:
    books = shipped()
    assert start("phone-vs-in-person", books, AT, {}).channel == "phone"
    assert start("phone-vs-in-person", books, AT, {}, channel="video").channel == "video"
    with pytest.raises(BadUsage, match="channel"):
        start("phone-vs-in-person", books, AT, {}, channel="pigeon")
    with pytest.raises(BadUsage, match="channel"):
        Desk("fine").do("channel", "pigeon")


def test_a_start_that_cannot_be_is_refused() -> None:
    with pytest.raises(NotFound):
        start("no-such-book", {}, AT, {})
    with pytest.raises(NotFound, match="first step"):
        start("empty", {"empty": Playbook(id="empty", title="Empty", category="x")}, AT, {})
    with pytest.raises(BadUsage, match="time zone"):
        start("fine", shelf(), AT.replace(tzinfo=None), {})


def test_hold_and_parking_are_added_up_and_duration_stays_real() -> None:
    desk = Desk("fine")
    desk.do("hold")
    assert desk.walk.hold_for(desk.later(45)) == 45
    with pytest.raises(BadUsage, match="on hold already"):
        desk.do("hold")
    desk.do("unhold", after=90)
    with pytest.raises(BadUsage, match="Nobody"):
        desk.do("unhold")
    desk.do("hold", after=10)
    assert desk.walk.hold_total(desk.later(5)) == 95
    desk.do("park", after=0)
    assert desk.walk.parked_for(desk.later(7)) == 7
    with pytest.raises(BadUsage, match="parked"):
        desk.do("choose", "1")
    desk.do("unpark", after=100)
    with pytest.raises(BadUsage, match="not parked"):
        desk.do("unpark")
    walk = desk.do("end", after=20)
    assert (walk.hold_total(desk.later(999)), walk.parked_total(desk.later(999))) == (90 + 120, 100)
    assert walk.hold_for(desk.now) is None
    assert walk.elapsed(desk.later(999)) == 60 + 90 + 10 + 0 + 100 + 20


def test_a_clock_set_back_counts_nothing() -> None:
    desk = Desk("fine")
    desk.do("hold")
    desk.do("unhold", after=-3600)
    assert desk.walk.hold_seconds == 0
    assert desk.walk.elapsed(desk.now) == 0


def test_thirty_minutes_without_a_key_make_the_duration_uncertain_for_good() -> None:
    desk = Desk("fine")
    assert not desk.walk.uncertain(desk.later(30 * 60 - 1))
    assert desk.walk.uncertain(desk.later(30 * 60))
    desk.do("say", after=29 * 60)
    assert not desk.walk.uncertain(desk.now)
    desk.do("say", after=30 * 60)
    assert desk.walk.uncertain(desk.now)
    desk.do("end")
    assert desk.walk.uncertain(desk.now)


def test_a_conversation_that_ended_in_time_does_not_become_uncertain_later() -> None:
    desk = Desk("fine")
    walk = desk.do("end")
    assert not walk.uncertain(desk.later(10_000))
    assert not desk.do("help", after=10_000).idle


def test_a_conversation_opened_again_much_later_is_uncertain() -> None:
    desk = Desk("fine")
    desk.do("end")
    assert not desk.do("reopen").idle
    desk.do("end")
    assert desk.do("reopen", after=30 * 60).idle


def test_what_has_ended_takes_only_what_fits_an_end() -> None:
    desk = Desk("fine")
    desk.do("choose", "1")
    with pytest.raises(BadUsage, match="outcome"):
        desk.do("end", "fine")
    with pytest.raises(BadUsage, match="not ended"):
        desk.do("reopen")
    assert desk.do("end", "referred").ended == "referred"
    with pytest.raises(BadUsage, match="has ended"):
        desk.do("choose", "1")
    assert desk.do("offer", "a payment plan").offers == ("a payment plan",)
    walk = desk.do("reopen")
    assert (walk.ended, walk.ended_at) == ("", None)
    assert desk.do("choose", "1").step == "close"


def test_the_outcome_comes_from_the_answer_then_the_closing_step_then_the_playbook_then_the_urgency() -> None:
    desk = Desk("fine")
    assert desk.do("end").ended == "answered"
    desk = Desk("rage")
    assert outcome(desk.walk, desk.books) == "unresolved"
    desk.do("choose", "1")
    assert outcome(desk.walk, desk.books) == "left"
    desk = Desk("fine")
    desk.do("choose", "1")
    desk.do("choose", "2")
    assert outcome(desk.walk, desk.books) == "declined"
    medical = shipped()
    assert outcome(start("medical-emergency", medical, AT, {}), medical) == "escalated"
    assert outcome(start("medical-emergency", medical, AT, {}), {}) == "unresolved"


def test_only_what_a_step_on_the_path_offers_can_be_offered_and_nobody_is_named() -> None:
    desk = Desk("fine", values={"in_charge": "Maria"})
    with pytest.raises(BadUsage, match="offers"):
        desk.do("offer", "a payment plan")
    desk.do("choose", "1")
    assert candidates(desk.walk, desk.books) == ("a payment plan", "talk to the person in charge")
    desk.do("offer", "talk to the person in charge")
    with pytest.raises(BadUsage, match="noted already"):
        desk.do("offer", "talk to the person in charge")


def test_nudges_come_when_their_time_has_come_newest_first_and_stay() -> None:
    desk = Desk("fine")
    desk.do("tick", "2")
    desk.do("choose", "1", after=10)
    at = desk.now
    assert due_nudges(desk.walk, at + timedelta(seconds=29), desk.books, {}) == ()
    first = due_nudges(desk.walk, at + timedelta(seconds=30), desk.books, {})
    assert [(due.text, due.since) for due in first] == [("Half a minute.", "step")]
    both = due_nudges(desk.walk, at + timedelta(seconds=600), desk.books, {})
    assert [due.text for due in both] == ["A minute since the reading.", "Half a minute."]
    assert both[0].at == at + timedelta(seconds=50)
    desk.do("end")
    assert due_nudges(desk.walk, desk.later(600), desk.books, {}) == ()


def test_a_nudge_for_an_item_waits_for_its_tick() -> None:
    desk = Desk("fine")
    desk.do("choose", "1")
    assert [due.since for due in due_nudges(desk.walk, desk.later(600), desk.books, {})] == ["step"]


def test_since_start_counts_from_the_opening_of_the_playbook_that_asks() -> None:
    desk = Desk("fine")
    desk.do("choose", "2|They shout", after=500)
    assert due_nudges(desk.walk, desk.later(59), desk.books, {}) == ()
    assert len(due_nudges(desk.walk, desk.later(60), desk.books, {})) == 1


def test_the_hold_nudge_of_the_phone_playbook_follows_the_hold_clock() -> None:
    desk = Desk("phone-vs-in-person", shipped())
    desk.do("choose", "1|Yes, I can hold")
    assert due_nudges(desk.walk, desk.later(300), desk.books, {}) == ()
    desk.do("hold")
    assert len(due_nudges(desk.walk, desk.later(60), desk.books, {})) == 1
    desk.do("unhold")
    assert due_nudges(desk.walk, desk.later(300), desk.books, {}) == ()


def test_the_hold_nudge_waits_as_long_as_the_library_has_set() -> None:
    desk = Desk("phone-vs-in-person", shipped())
    desk.do("choose", "1|Yes, I can hold")
    desk.do("hold")
    values = {"hold_seconds": "150"}
    assert due_nudges(desk.walk, desk.later(149), desk.books, values) == ()
    (due,) = due_nudges(desk.walk, desk.later(150), desk.books, values)
    assert due.text == "On hold 150 s: go back to the caller."


class ChangingNight(tzinfo):
    """A zone whose clock goes back an hour: `fold` tells the second round of that hour."""

    def utcoffset(self, moment: datetime | None) -> timedelta:
        return timedelta(hours=-5 if moment is not None and moment.fold else -4)

    def dst(self, moment: datetime | None) -> timedelta:
        return timedelta()

    def tzname(self, moment: datetime | None) -> str:
        return "changing"


def test_durations_are_right_in_the_night_the_clocks_change() -> None:
    before = datetime(2026, 11, 1, 1, 50, tzinfo=ChangingNight())
    after = datetime(2026, 11, 1, 1, 10, tzinfo=before.tzinfo, fold=1)
    assert start("fine", shelf(), before, {}).elapsed(after) == 20 * 60


def test_an_event_survives_its_json_and_a_broken_one_is_told() -> None:
    event = Event("choose", AT, "2|Swearing or insulting")
    assert Event.from_json(event.to_json()) == event
    assert "value" not in Event("back", AT).to_json()
    for broken in ({}, {"kind": 3}, {"kind": "back"}, {"kind": "back", "at": "noon"}):
        with pytest.raises(BadUsage):
            Event.from_json(broken)
    with pytest.raises(BadUsage, match="time zone"):
        Event.from_json({"kind": "back", "at": "2026-11-22T10:00:00"})


def test_what_cannot_happen_in_an_open_guide_is_refused() -> None:
    for kind in ("start", "dance"):
        with pytest.raises(BadUsage, match="cannot happen"):
            Desk("fine").do(kind, "fine")
    with pytest.raises(BadUsage, match="time zone"):
        apply(Desk("fine").walk, Event("back", AT.replace(tzinfo=None)), shelf(), {})
    assert "resume-hold" not in KINDS


def test_replay_follows_the_text_of_an_answer_that_moved() -> None:
    desk = Desk("fine")
    desk.do("choose", "1|It is wrong")
    books = dict(desk.books)
    opening = books["fine"].steps["open"]
    moved = Step(id="open", choices=(Choice("New first", go="close"), *opening.choices))
    books["fine"] = Playbook(
        id="fine", title="Fine", category="difficult", steps={**books["fine"].steps, "open": moved}
    )
    walk = replay(desk.events, books, {})
    assert walk.step == "offer"
    assert walk.notice == ""


def test_a_kept_event_names_its_answer_or_item() -> None:
    desk = Desk("fine")
    at = desk.now
    assert exact(desk.walk, Event("choose", at, "2"), desk.books, {}).value == "2|They shout"
    assert exact(desk.walk, Event("tick", at, "2"), desk.books, {}).value == "2|Read the fine aloud"
    assert exact(desk.walk, Event("untick", at, "1|Read the fine aloud"), desk.books, {}).value.startswith("2|")
    assert exact(desk.walk, Event("say", at), desk.books, {}) == Event("say", at)
    with pytest.raises(BadUsage, match="answer or item"):
        exact(desk.walk, Event("choose", at, "9"), desk.books, {})


def test_replay_stops_at_the_nearest_step_that_is_left_and_says_so_but_follows_the_clocks() -> None:
    desk = Desk("fine")
    desk.do("choose", "2|They shout")
    desk.do("choose", "1|Calmer")
    desk.do("hold")
    desk.do("time", "called")
    books = {name: book for name, book in desk.books.items() if name != "rage"}
    walk = replay(desk.events, books, {})
    assert walk.spot.place == "fine/open"
    assert "changed" in walk.notice
    assert walk.hold_since == desk.walk.hold_since
    assert walk.times == desk.walk.times
    assert walk.touched
    onward = apply(walk, Event("choose", desk.later(5), "1"), books, {})
    assert onward.notice == ""


def test_a_confirmed_list_counts_as_done_although_the_step_has_none_any_more() -> None:
    desk = Desk("fine")
    desk.do("complete", "all")
    opening = desk.books["fine"].steps["open"]
    bare = Step(id="open", choices=opening.choices)
    books = {
        **desk.books,
        "fine": Playbook(
            id="fine", title="Fine", category="difficult", steps={**desk.books["fine"].steps, "open": bare}
        ),
    }
    walk = replay(desk.events, books, {})
    assert "changed" in walk.notice
    assert walk.touched


def test_replay_needs_a_beginning() -> None:
    with pytest.raises(BadUsage, match="beginning"):
        replay([], shelf(), {})
    with pytest.raises(BadUsage, match="beginning"):
        replay([Event("back", AT)], shelf(), {})
    with pytest.raises(NotFound):
        replay([Event("start", AT, "gone")], shelf(), {})
    assert replay([Event("start", AT, "fine|chat")], shelf(), {}).channel == "chat"


def test_a_step_that_is_gone_under_a_living_walk_is_told_and_back_does_not_lead_there() -> None:
    desk = Desk("fine")
    desk.do("choose", "1")
    desk.do("choose", "1")
    steps = {name: step for name, step in desk.books["fine"].steps.items() if name != "offer"}
    books = {"fine": Playbook(id="fine", title="Fine", category="difficult", steps=steps)}
    with pytest.raises(NotFound, match="offer"):
        apply(desk.walk, Event("back", desk.now), books, {})
