"""The people at the desk and on the phone."""

from collections.abc import Iterator

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.places import Places


@pytest.fixture
def again(places: Places, clock: FixedClock) -> Iterator[Desk]:
    """A second program on the same home."""
    second = Desk(places, clock, environment={})
    yield second
    second.close()


def test_a_caller_goes_on_hold_and_a_person_is_parked(desk: Desk) -> None:
    person = desk.live.begin("printing-mobile-print")
    caller = desk.live.phone_rings()
    assert person.walk.parked_since is not None
    assert caller.walk.playbook == "phone-vs-in-person"
    desk.live.bring(person.id)
    assert caller.walk.hold_since is not None
    assert person.walk.parked_since is None


def test_whoever_is_on_hold_comes_before_those_who_are_parked(desk: Desk, clock: FixedClock) -> None:
    parked = desk.live.begin("printing-mobile-print")
    second = desk.live.phone_rings()
    desk.live.act("hold")
    clock.advance(5)
    desk.live.begin("wifi-hotspot-help")
    third = desk.live.phone_rings()
    desk.live.act("hold")
    front = desk.live.begin("angry-patron")
    assert [live.id for live in desk.live.others][:2] == [second.id, third.id]
    assert parked in desk.live.others[2:]
    assert front not in desk.live.others


def test_a_hold_is_too_long_at_the_second_that_the_library_set(desk: Desk, clock: FixedClock) -> None:
    caller = desk.live.phone_rings()
    person = desk.live.begin("printing-mobile-print")
    clock.advance(desk.settings.desk.hold_seconds - 1)
    assert not desk.guide_view(person).nudges
    clock.advance(1)
    assert desk.too_long(caller)
    assert [(nudge.text, nudge.at) for nudge in desk.guide_view(person).nudges] == [
        ("A caller is on hold too long: go back to them", clock.now())
    ]
    urgent = desk.live.begin("medical-emergency")
    assert not any(nudge.since == "other" for nudge in desk.guide_view(urgent).nudges)


def test_the_phone_key_again_makes_no_callers_whom_nobody_answered(desk: Desk) -> None:
    caller = desk.live.phone_rings()
    assert desk.live.phone_rings() is caller
    assert not desk.live.others
    desk.live.act("choose", "1")
    assert desk.live.phone_rings() is not caller
    assert caller in desk.live.others


def test_a_caller_whose_guide_is_over_is_not_on_hold_when_somebody_else_comes_to_the_front(desk: Desk) -> None:
    person = desk.live.begin("printing-mobile-print")
    desk.live.act("choose", "1")
    desk.live.phone_rings()
    desk.live.act("choose", "2")  # one quick thing
    desk.live.act("choose", "1")  # answered: its closing step
    desk.live.save()
    desk.live.note("asked for the hours")
    desk.live.bring(person.id)
    assert not desk.live.others
    assert [record.note for record in desk.log.day(desk.now().date())] == ["asked for the hours"]


def test_a_person_at_the_end_waits_when_the_phone_rings_and_is_let_go_when_they_are_left(desk: Desk) -> None:
    person = desk.live.begin("angry-patron")
    while not person.walk.at_end:
        desk.live.act("choose", "1")
    desk.live.save()
    caller = desk.live.phone_rings()
    assert caller.walk.playbook == "phone-vs-in-person"
    assert person in desk.live.others
    desk.live.bring(person.id)
    desk.live.bring(caller.id)
    assert not desk.live.others


def test_what_the_wrap_up_changed_stays_when_an_emergency_interrupts_it(desk: Desk) -> None:
    done = desk.live.begin("printing-mobile-print")
    desk.live.act("choose", "1")
    saved = desk.live.end()
    assert saved is not None
    done.saved = desk.entries.change(saved, {"strain": "tense"})
    desk.live.emergency("medical-emergency")
    assert not desk.live.others
    assert [record.strain for record in desk.log.day(desk.now().date())] == ["tense"]


def test_from_a_free_desk_the_plain_phone_guide_opens(desk: Desk) -> None:
    assert desk.live.phone_rings().walk.playbook == "phone-call"


def test_everybody_comes_back_after_a_crash_with_note_and_promise(
    desk: Desk, places: Places, clock: FixedClock
) -> None:
    first = desk.live.begin("angry-patron")
    desk.live.act("choose", "1")
    desk.live.note("stood too close")
    promise, _ = desk.promises.draft("call back", "in 20", contact="Jo 555-0142")
    desk.live.promise(promise)
    desk.live.begin("printing-mobile-print")
    desk.journals.close()
    second = Desk(places, clock, environment={})
    found = {live.id: live for live in second.live.restore()}
    assert len(found) == 2
    assert found[first.id].note == "stood too close"
    assert found[first.id].promise == promise
    assert found[first.id].walk.spot.place == "angry-patron/heard"


def test_the_newest_comes_back_to_the_front_and_its_hold_goes_on(desk: Desk, places: Places, clock: FixedClock) -> None:
    desk.live.begin("printing-mobile-print")
    desk.live.act("choose", "1")
    clock.advance(5)
    caller = desk.live.phone_rings()
    desk.live.act("hold")
    desk.journals.close()
    clock.advance(30)
    second = Desk(places, clock, environment={})
    second.live.restore()
    front = second.live.front_again()
    assert front is not None
    assert front.id == caller.id
    assert front.walk.hold_for(clock.now()) == 30


def test_a_second_program_does_not_steal_a_live_person(desk: Desk, again: Desk) -> None:
    desk.live.begin("angry-patron")
    assert again.live.restore() == []


def test_a_journal_holds_no_contact(desk: Desk, places: Places) -> None:
    desk.live.begin("angry-patron")
    promise, _ = desk.promises.draft("call back", "in 20", contact="Jo Example 555-0142")
    desk.live.promise(promise)
    # The caches beside it hold times and sizes, in which any four digits turn up by chance.
    written = b"".join(path.read_bytes() for path in places.live.rglob("*") if path.is_file())
    assert b"call back" in written
    assert b"555-0142" not in written
    assert b"Jo Example" not in written


def test_saving_twice_is_one_record_and_leaving_removes_the_journal(
    desk: Desk, places: Places, clock: FixedClock
) -> None:
    desk.live.begin("angry-patron")
    desk.live.act("choose", "1")
    clock.advance(60)
    first = desk.live.save()
    desk.live.act("choose", "1")
    second = desk.live.end()
    assert first is not None
    assert second is not None
    assert first.id == second.id
    assert len(desk.log.day(clock.now().date())) == 1
    desk.live.leave()
    assert not list(places.live.rglob("*.jsonl"))


def test_an_emergency_leaves_a_private_promise_of_its_report(desk: Desk) -> None:
    desk.live.begin("medical-emergency")
    desk.live.act("tick", "1")
    record = desk.live.end()
    assert record is not None
    assert record.incident
    assert record.promise is not None
    assert record.promise.private
    assert record.promise.due.hour == 20


def test_nothing_in_front_is_told(desk: Desk) -> None:
    with pytest.raises(BadUsage, match="Nobody"):
        desk.live.act("tick", "1")


def test_an_emergency_goes_on_in_the_record_of_an_urgent_guide_and_else_is_somebody_new(desk: Desk) -> None:
    urgent = desk.live.begin("angry-patron")
    assert desk.live.emergency("medical-emergency") is urgent
    assert urgent.walk.playbook == "medical-emergency"
    calm = desk.live.begin("printing-mobile-print")
    found = desk.live.emergency("medical-emergency")
    assert found is not calm
    assert found.walk.help_opened
    assert calm.walk.parked_since is not None


def test_an_emergency_after_the_end_is_somebody_new(desk: Desk) -> None:
    ended = desk.live.begin("angry-patron")
    desk.live.act("choose", "1")
    desk.live.end()
    assert desk.live.emergency("medical-emergency") is not ended


def test_the_journal_stays_until_its_record_is_on_the_disk(places: Places, clock: FixedClock) -> None:
    with_screens = Desk(places, clock, environment={}, durable=False)
    journals = [with_screens.live.begin("printing-mobile-print").id for _ in range(2)]
    with_screens.live.act("choose", "1")
    assert with_screens.live.end() is not None
    with_screens.live.leave()
    assert {path.stem for path in places.live.glob("*/*.jsonl")} == set(journals)
    with_screens.live.settle()
    assert {path.stem for path in places.live.glob("*/*.jsonl")} == set(journals)
    with_screens.log.flush()
    with_screens.live.settle()
    assert {path.stem for path in places.live.glob("*/*.jsonl")} == {journals[0]}
    with_screens.close()


def test_a_desk_that_closes_leaves_no_journal_of_a_record_that_is_saved(places: Places, clock: FixedClock) -> None:
    with_screens = Desk(places, clock, environment={}, durable=False)
    with_screens.live.begin("printing-mobile-print")
    with_screens.live.act("choose", "1")
    with_screens.live.end()
    with_screens.live.leave()
    with_screens.close()
    assert list(places.live.glob("*/*")) == []


def test_somebody_let_go_before_the_disk_had_the_record_does_not_come_back(
    places: Places, clock: FixedClock, again: Desk
) -> None:
    with_screens = Desk(places, clock, environment={}, durable=False)
    with_screens.live.begin("printing-mobile-print")
    with_screens.live.act("choose", "1")
    with_screens.live.end()
    with_screens.live.leave()
    with_screens.journals.close()  # as a kill would
    assert again.live.restore() == []
    assert list(places.live.glob("*/*.jsonl")) == []
    with_screens.close()


def test_read_is_proposed_from_what_happened_and_a_persons_word_stays(desk: Desk, clock: FixedClock) -> None:
    desk.live.begin("angry-patron")
    desk.live.act("choose", "1")
    record = desk.live.end()
    assert record is not None
    assert (record.read, record.strain) == (1, "tense")
    desk.live.judge({"read": "4", "strain": "red"})
    desk.live.note("loud but alone")
    again = desk.live.save()
    assert again is not None
    assert (again.read, again.strain, again.note) == (4, "red", "loud but alone")


def test_what_is_not_logged_can_be_brought_back_with_its_note(desk: Desk, clock: FixedClock) -> None:
    desk.live.begin("printing-mobile-print")
    assert desk.live.drop() is None, "nothing had happened: an undo must not find an older thing in its place"
    desk.live.act("choose", "1")
    desk.live.note("tray 2")
    desk.live.drop()
    desk.live.leave()
    assert desk.log.day(clock.now().date()) == []
    assert desk.entries.undo() is not None
    assert [record.note for record in desk.log.day(clock.now().date())] == ["tray 2"]


def test_who_is_done_is_let_go_and_waits_for_nobody(desk: Desk) -> None:
    desk.live.begin("printing-mobile-print")
    desk.live.act("choose", "1")
    desk.live.end()
    assert desk.live.phone_rings().walk.playbook == "phone-call"
    assert desk.live.others == ()


def test_two_incidents_owe_two_reports_that_can_be_told_apart(desk: Desk, clock: FixedClock) -> None:
    first = desk.live.happened()
    clock.advance(600)
    second = desk.live.happened()
    told = [desk.promises.remarks(record) for record in (first, second)]
    assert told[0] != told[1]
    assert told[0] == [f"incident at {first.asked_at:%H:%M}"]
