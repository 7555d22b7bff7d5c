"""What the guide is given to show, the plain text of a playbook, and the record that falls out of a walk."""

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from deskmate.faults import NotFound
from deskmate.model.interaction import Interaction
from deskmate.places import shipped_data
from deskmate.playbooks.draft import draft, strain
from deskmate.playbooks.model import (
    Avoid,
    Choice,
    Escalation,
    Item,
    Line,
    Nudge,
    Playbook,
    PromisePrompt,
    Step,
)
from deskmate.playbooks.reader import read
from deskmate.playbooks.view import GuideView, code_of, compose_text, first_say, law_for, times_read_out, view
from deskmate.playbooks.walk import Event, Walk, apply, start

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")
BLANK = Interaction(id="abc123def456", asked_at=AT, added_at=AT, desk="main", note="kept")


def playbook(name: str) -> Playbook:
    file = next((shipped_data() / "playbooks").rglob(f"{name}.yaml"))
    book, problems = read(file.read_text(encoding="utf-8"), file.name)
    assert book is not None, problems
    return book


def shelf() -> dict[str, Playbook]:
    dispute = Playbook(
        id="fine-dispute",
        title="Fine dispute",
        category="difficult",
        why="Rules come after.",
        authority="Waive up to $waive_limit.",
        memory=("Ask $in_charge",),
        escalate=(Escalation("A second refusal", "$in_charge", "Ring $extension"),),
        law={"US": "A country rule.", "US-MI": "A state rule.", "CA-ON": "Another."},
        sources=("BETA", "S0-01"),
        owner="Manager",
        reviewed="2026-11-22",
        note="Ask $in_charge first.",
        record={"kind": "account", "strain": "calm", "read": "2"},
        after="debrief",
        steps={
            "open": Step(
                id="open",
                say=(Line("One."), Line("Two at $address.", without="Two."), Line("Three.")),
                channels={"phone": (Line("On the line."),)},
                how="sit low",
                do=(Item(Line("First"), time="seen"), Item(Line("Tell $in_charge"))),
                avoid=(Avoid("You owe", "Say what $library can do"),),
                nudges=(Nudge(60, "step", "A minute: ask $in_charge."), Nudge(90, "hold", "Go back.")),
                ask="What does $in_charge say?",
                choices=(
                    Choice("On", go="close"),
                    Choice("They rage", go="rage"),
                    Choice("Debrief", visit="debrief"),
                    Choice("Unsafe", go="help"),
                    Choice("$in_charge took over", go="close", record={"outcome": "escalated", "taught": "yes"}),
                    Choice("Gone", go="gone"),
                ),
                offered=("talk to $in_charge",),
            ),
            "close": Step(
                id="close",
                promise=PromisePrompt("What did $in_charge promise?", "tomorrow 10:00"),
                end="answered",
            ),
        },
    )
    rage = Playbook(
        id="rage",
        title="Rage",
        category="difficult",
        urgency="urgent",
        mode="read-do",
        discreet=True,
        sensitive=True,
        code="R7",
        record={"kind": "conduct", "strain": "red", "incident": "yes"},
        after="not-there",
        steps={"open": Step(id="open", do=(Item(Line("A")), Item(Line("B")), Item(Line("C"))), end="left")},
    )
    debrief = Playbook(
        id="debrief",
        title="Debrief",
        category="team",
        record={"incident": "yes"},
        steps={"open": Step(id="open", end="answered")},
    )
    return {book.id: book for book in (dispute, rage, debrief)}


def go(walk: Walk, *events: tuple[str, str], values: Mapping[str, str] | None = None, after: int = 60) -> Walk:
    for kind, value in events:
        event = Event(kind, walk.last_at + timedelta(seconds=after), value)
        walk = apply(walk, event, shelf(), values or {})
    return walk


def begin(first: str = "fine-dispute") -> Walk:
    return start(first, shelf(), AT, {})


def show(walk: Walk, seconds: int = 0, region: str = "US", values: Mapping[str, str] | None = None) -> GuideView:
    return view(walk, shelf(), values or {}, walk.last_at + timedelta(seconds=seconds), region=region)


def test_the_current_sentence_comes_first_and_the_others_follow_in_their_order() -> None:
    assert show(begin()).say == ("One.", "Two.", "Three.")
    turned = show(go(begin(), ("say", "")), values={"address": "12 High St"})
    assert turned.say == ("Two at 12 High St.", "Three.", "One.")
    assert show(go(begin(), ("channel", "phone"))).say == ("On the line.",)


def test_every_word_of_the_library_is_filled_in() -> None:
    shown = show(begin(), seconds=60, values={"in_charge": "Maria", "waive_limit": "$10", "extension": "204"})
    assert shown.items[1].text == "Tell Maria"
    assert shown.ask == "What does Maria say?"
    assert shown.memory == ("Ask Maria",)
    assert shown.authority == "Waive up to $10."
    assert shown.escalate == (Escalation("A second refusal", "Maria", "Ring 204"),)
    assert shown.avoid == (Avoid("You owe", "Say what the library can do"),)
    assert shown.note == "Ask Maria first."
    assert shown.choices[4].answer == "Maria took over"
    assert [due.text for due in shown.nudges] == ["A minute: ask Maria."]
    assert (shown.how, shown.why, shown.sources, shown.reviewed) == (
        "sit low",
        "Rules come after.",
        ("BETA", "S0-01"),
        "2026-11-22",
    )


def test_what_is_offered_names_nobody_because_it_is_recorded() -> None:
    assert show(begin(), values={"in_charge": "Maria"}).offered == ("talk to the person in charge",)


def test_answers_have_their_keys_and_say_where_they_lead_without_giving_a_discreet_title_away() -> None:
    choices = show(begin()).choices
    assert [choice.key for choice in choices] == ["1", "2", "3", "4", "5", "6"]
    assert [choice.leads_to for choice in choices] == ["", "R7", "Debrief", "HELP", "", ""]
    assert choices[4].value == "5|$in_charge took over"
    visiting = show(go(begin(), ("choose", "3")))
    assert [(choice.answer, choice.leads_to) for choice in visiting.choices] == [
        ("Back to where I was", "Fine dispute")
    ]
    assert visiting.end == ""


def test_one_item_after_the_other_is_lit_only_where_they_are_done_one_by_one() -> None:
    walk = begin("rage")
    assert [item.lit for item in show(walk).items] == [True, False, False]
    walk = go(walk, ("tick", "2"))
    assert [item.lit for item in show(walk).items] == [True, False, False]
    walk = go(walk, ("tick", "1"))
    assert [item.lit for item in show(walk).items] == [False, False, True]
    assert show(walk).items[0].ticked == AT + timedelta(minutes=2)
    walk = go(walk, ("tick", show(walk).items[2].value))
    assert not any(item.lit for item in show(walk).items)
    assert show(go(walk, ("complete", ""))).completed
    assert not any(item.lit for item in show(begin()).items)


def test_the_law_is_the_regions_own_then_its_countrys_then_none() -> None:
    assert show(begin(), region="US-MI").law == "A state rule."
    assert show(begin(), region="US-OH").law == "A country rule."
    assert show(begin(), region="CA-QC").law == ""
    assert show(begin(), region="").law == ""
    assert law_for(shelf()["rage"], "US") == ""


def test_a_discreet_guide_shows_its_code_in_place_of_its_title() -> None:
    assert show(begin("rage")).name == "R7"
    assert show(begin()).name == "Fine dispute"
    assert code_of(shelf()["fine-dispute"]) == "FD"
    assert playbook("angry-patron").discreet


def test_the_clocks_are_shown_at_the_moment_given() -> None:
    walk = go(begin(), ("hold", ""))
    shown = show(walk, seconds=95)
    assert (shown.elapsed, shown.hold, shown.parked) == (155, 95, None)
    assert [due.text for due in shown.nudges] == ["Go back.", "A minute: ask the person in charge."]
    assert show(go(walk, ("park", "")), seconds=5).parked == 5
    assert show(walk, seconds=1800).uncertain


def test_the_closing_step_shows_its_outcome_its_promise_and_what_comes_after() -> None:
    assert show(begin()).after == ""
    assert show(begin()).promise is None
    assert not show(begin()).can_go_back
    shown = show(go(begin(), ("choose", "1")))
    assert (shown.end, shown.after) == ("answered", "debrief")
    assert shown.promise == PromisePrompt("What did the person in charge promise?", "tomorrow 10:00")
    assert shown.path == (("fine-dispute/open", "On"),)
    assert shown.can_go_back


def test_after_a_hand_over_the_last_wish_that_can_be_met_is_offered() -> None:
    assert show(go(begin(), ("choose", "2"))).after == "debrief"


def test_named_moments_are_read_out_in_the_order_of_the_clock() -> None:
    walk = go(begin(), ("time", "called"), ("tick", "1"), ("time", "dose 1"))
    assert times_read_out(walk) == "10:01 called · 10:02 seen · 10:03 dose 1"
    assert times_read_out(begin()) == ""


def test_a_view_of_a_step_that_is_gone_is_told() -> None:
    with pytest.raises(NotFound):
        view(begin(), {}, {}, AT, region="US")


def test_the_first_sentence_follows_the_channel() -> None:
    book = playbook("angry-patron")
    assert first_say(book, {}, "in-person") == "I want to sort this out with you."
    assert "stay on the line" in first_say(book, {}, "phone")
    assert first_say(shelf()["rage"], {}, "phone") == ""
    assert first_say(Playbook(id="x", title="X", category="y"), {}, "phone") == ""


def test_a_playbook_as_text_has_everything_and_its_first_step_first() -> None:
    text = compose_text(shelf()["fine-dispute"], {"region": "US-MI", "in_charge": "Maria"})
    for wanted in (
        "Fine dispute (fine-dispute)",
        "One.",
        "PHONE    On the line.",
        "Tell Maria",
        "You owe | instead: Say what the library can do",
        "A minute: ask Maria. (after 1 min since step)",
        "Go back. (after 90 s since hold)",
        "2 They rage -> rage",
        "talk to Maria",
        "A second refusal: Maria. Ring the person in charge's extension",
        "A state rule.",
        "BETA, S0-01",
        "2026-11-22, Manager",
        "What did Maria promise? (tomorrow 10:00)",
        "END      answered",
    ):
        assert wanted in text
    assert "A country rule." not in text
    assert text.index("[open]") < text.index("[close]")
    assert text.endswith("\n")
    turned = Playbook(id="t", title="T", category="c", start="b", steps={"a": Step(id="a"), "b": Step(id="b")})
    assert compose_text(turned, {}).index("[b]") < compose_text(turned, {}).index("[a]")


def test_without_a_region_all_law_notes_are_printed() -> None:
    text = compose_text(shelf()["fine-dispute"], {})
    assert "US: A country rule." in text
    assert "CA-ON: Another." in text


def test_one_step_as_text_is_that_step_only_and_a_wrong_one_is_told() -> None:
    text = compose_text(shelf()["fine-dispute"], {}, "close")
    assert "[close]" in text
    assert "[open]" not in text
    with pytest.raises(NotFound) as told:
        compose_text(shelf()["fine-dispute"], {}, "clos")
    assert 'Did you mean "close"?' in told.value.cure


def test_the_record_takes_its_fields_from_what_happened() -> None:
    values = {"in_charge": "Maria"}
    walk = go(
        begin(),
        ("hold", ""),
        ("unhold", ""),
        ("tick", "1"),
        ("offer", show(begin()).offered[0]),
        ("choose", "5"),
        values=values,
    )
    record = draft(walk, walk.last_at + timedelta(hours=1), shelf(), BLANK)
    assert (record.id, record.desk, record.note, record.entry) == (BLANK.id, "main", "kept", "live")
    assert (record.asked_at, record.ended_at, record.seconds) == (AT, AT + timedelta(minutes=5), 300)
    assert (record.kind, record.strain, record.outcome, record.read) == ("account", "calm", "escalated", 2)
    assert (record.channel, record.playbook, record.hold_seconds) == ("in-person", "fine-dispute", 60)
    assert record.path == (("fine-dispute/open", "The person in charge took over"),)
    assert record.ticks == ("fine-dispute/open/1",)
    assert record.stopped == ""
    assert record.times == (("seen", "2026-11-22T10:03:00-05:00"),)
    assert record.offered == show(begin()).offered
    assert record.taught
    assert not any((record.incident, record.sensitive, record.uncertain, record.source_used))


def test_a_playbook_handed_over_to_raises_strain_and_marks_the_record_but_keeps_the_kind() -> None:
    record = draft(go(begin(), ("choose", "2")), AT, shelf(), BLANK)
    assert (record.kind, record.strain, record.outcome) == ("account", "red", "left")
    assert record.incident
    assert record.sensitive
    assert record.playbook == "fine-dispute"


def test_a_guide_ended_before_a_closing_step_says_where() -> None:
    walk = go(begin(), ("tick", "1"), ("end", ""))
    assert draft(walk, AT, shelf(), BLANK).stopped == "fine-dispute/open"
    done = go(begin(), ("choose", "5"))
    assert (done.at_end, draft(done, AT, shelf(), BLANK).stopped) == (True, "")


def test_a_playbook_only_looked_up_leaves_no_mark() -> None:
    record = draft(go(begin(), ("goto", "rage")), AT, shelf(), BLANK)
    assert (record.strain, record.incident, record.sensitive) == ("calm", False, False)
    ticked = go(begin(), ("goto", "rage"), ("tick", "1"), ("back", ""))
    assert draft(ticked, AT, shelf(), BLANK).incident
    assert strain(ticked, shelf()) == "red"


def test_help_that_was_needed_makes_an_incident() -> None:
    assert draft(go(begin(), ("help", ""), ("helped", "yes")), AT, shelf(), BLANK).incident
    assert not draft(go(begin(), ("help", ""), ("helped", "no")), AT, shelf(), BLANK).incident


def test_a_living_walk_is_measured_to_now_and_an_ended_one_to_its_end() -> None:
    walk = go(begin(), ("tick", "1"))
    later = AT + timedelta(hours=2)
    assert draft(walk, later, shelf(), BLANK).seconds == 7200
    assert draft(walk, later, shelf(), BLANK).uncertain
    ended = draft(go(walk, ("end", "referred")), later, shelf(), BLANK)
    assert (ended.seconds, ended.outcome, ended.uncertain) == (120, "referred", False)


def test_playbooks_that_are_gone_add_nothing_to_the_record() -> None:
    record = draft(go(begin(), ("choose", "2")), AT, {}, BLANK)
    assert (record.kind, record.incident, record.sensitive) == (BLANK.kind, False, False)
    assert record.strain == BLANK.strain
