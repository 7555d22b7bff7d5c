"""What is owed comes back on time."""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.places import Places
from deskmate.reports.standards import MET, MISSED


def make(desk: Desk, what: str = "call back", phrase: str = "in 20", contact: str = "") -> Interaction:
    promise, _ = desk.promises.draft(what, phrase, contact=contact)
    return desk.promises.make(promise)


def test_a_promise_moves_from_today_to_overdue(desk: Desk, clock: FixedClock) -> None:
    record = make(desk)
    assert [found.id for found in desk.promises.board().today] == [record.id]
    assert desk.promises.due_now() == ()
    clock.advance(20 * 60)
    assert [found.id for found in desk.promises.due_now()] == [record.id]


@pytest.mark.parametrize(("seconds", "kept"), [(20 * 60 + 59, True), (21 * 60, False)])
def test_what_is_kept_within_the_minute_it_was_promised_for_is_in_time(
    desk: Desk, clock: FixedClock, seconds: int, kept: bool
) -> None:
    record = make(desk)
    clock.advance(seconds)
    done = desk.promises.done(record).promise
    assert done is not None
    assert done.kept is kept


def test_done_in_time_is_kept_and_a_snooze_does_not_hide_that_it_was_late(desk: Desk, clock: FixedClock) -> None:
    early, late = make(desk, "early"), make(desk, "late")
    clock.advance(10 * 60)
    kept = desk.promises.done(early).promise
    snoozed, due = desk.promises.snooze(late, "in 60")
    assert "in 60" in due.said or "15:30" in due.said
    clock.advance(40 * 60)
    closed = desk.promises.done(snoozed).promise
    assert kept is not None
    assert kept.kept is True
    assert closed is not None
    assert closed.kept is False
    assert desk.promises.board().all == ()


def test_waiting_for_somebody_stops_the_clock_and_says_since_when(desk: Desk, clock: FixedClock) -> None:
    record = make(desk)
    waiting = desk.promises.wait_for(record, "IT")
    clock.advance(3600)
    board = desk.promises.board()
    assert [found.id for found in board.waiting] == [record.id]
    assert board.overdue == ()
    assert waiting.promise is not None
    assert waiting.promise.waiting_since is not None
    desk.promises.wait_for(waiting, "")
    assert [found.id for found in desk.promises.board().overdue] == [record.id]


def test_handed_over_stays_visible_until_it_is_accepted(desk: Desk) -> None:
    record = desk.promises.hand_over(make(desk), "mk")
    assert record.promise is not None
    assert (record.promise.who, record.promise.accepted_at) == ("mk", None)
    accepted = desk.promises.accept(record, "mk").promise
    assert accepted is not None
    assert accepted.accepted_by == "mk"


def test_mine_shows_mine_and_anyones(desk: Desk) -> None:
    anyone = make(desk)
    desk.promises.hand_over(make(desk), "zz")
    assert [found.id for found in desk.promises.board(mine="mk").all] == [anyone.id]


def test_the_contact_is_apart_and_erased_from_the_disk(desk: Desk) -> None:
    record = make(desk, contact="Jo Example 555-0142")
    log = b"".join(path.read_bytes() for path in desk.places.log.rglob("*.jsonl"))
    assert b"0142" not in log
    assert desk.promises.contact(record) == "Jo Example 555-0142"
    desk.privacy.erase(desk.privacy.find(record.ref, ["promise"]))
    assert desk.promises.contact(record) == ""
    left = b"".join(path.read_bytes() for path in desk.places.home.rglob("*") if path.is_file())
    assert b"0142" not in left


def test_a_closed_promise_is_not_closed_again(desk: Desk) -> None:
    record = make(desk)
    desk.promises.done(record)
    with pytest.raises(BadUsage, match="closed already"):
        desk.promises.done(record)


def test_end_of_shift_is_closing_time(desk: Desk) -> None:
    assert desk.promises.when("end of shift").at.hour == 20


def test_a_phrase_that_is_not_understood_makes_no_promise_and_keeps_no_contact(desk: Desk) -> None:
    with pytest.raises(BadUsage):
        desk.promises.draft("call back", "when the cows come home", contact="Jo 555-0142")
    assert desk.contacts.ids() == set()


def promised(record: Interaction) -> Promise:
    assert record.promise is not None
    return record.promise


def test_time_that_somebody_else_was_waited_for_is_not_held_against_the_promise(desk: Desk, clock: FixedClock) -> None:
    waited, slow = make(desk, "a"), make(desk, "b")
    waited = desk.promises.wait_for(waited, "IT")
    clock.advance(3600)
    waited = desk.promises.wait_for(waited, "the vendor")  # whom we wait for may change; the clock still stands
    clock.advance(3600)
    assert promised(waited).waiting_since == clock.now() - timedelta(hours=1)
    assert promised(desk.promises.done(waited)).kept is True
    assert promised(desk.promises.done(slow)).kept is False


def test_a_wait_that_is_over_leaves_only_the_rest_of_the_time(desk: Desk, clock: FixedClock) -> None:
    record = desk.promises.wait_for(make(desk), "IT")  # due in 20 minutes
    clock.advance(3600)
    record = desk.promises.wait_for(record, "")
    clock.advance(21 * 60)
    assert promised(desk.promises.done(record)).kept is False


def test_a_promise_that_comes_again_is_open_again_with_its_next_time(desk: Desk, clock: FixedClock) -> None:
    record = make(desk, "send the list", "every fri 10:00")
    clock.set(datetime.fromisoformat("2026-11-20T09:55:00-05:00"))
    record = desk.promises.done(record)
    assert promised(record).due.isoformat() == "2026-11-27T10:00:00-05:00"
    clock.set(datetime.fromisoformat("2026-11-27T10:05:00-05:00"))
    record = desk.promises.snooze(record, "4pm")[0]
    clock.set(datetime.fromisoformat("2026-11-27T16:00:00-05:00"))
    record = desk.promises.done(record)
    assert promised(record).due.isoformat() == "2026-12-04T10:00:00-05:00"  # not from the snooze
    assert [kept for _, _, kept in promised(record).rounds] == [True, False]
    summary = desk.reporting.range_summary(date(2026, 11, 1), date(2026, 11, 30)).promises
    assert (summary.made, summary.kept, summary.late, summary.open) == (3, 1, 1, 1)
    standards = desk.reporting.range_summary(date(2026, 11, 1), date(2026, 11, 30)).standards
    callback = next(standard for standard in standards if standard.name == "callback")
    assert (callback.number(MET), callback.number(MISSED)) == (1, 1)
    desk.promises.drop(record)
    summary = desk.reporting.range_summary(date(2026, 11, 1), date(2026, 11, 30)).promises
    assert (summary.made, summary.kept, summary.late, summary.dropped, summary.open) == (3, 1, 1, 1, 0)


def test_the_rate_of_promises_kept_in_time_is_told_once_there_are_enough(desk: Desk, clock: FixedClock) -> None:
    early, late, third, _ = (make(desk, phrase=phrase) for phrase in ("in 60", "in 20", "in 60", "in 90"))
    desk.promises.done(early)
    assert "too few to tell" in desk.reporting.kept_in_time()
    clock.advance(30 * 60)
    desk.promises.done(late)
    desk.promises.done(third)
    assert desk.reporting.kept_in_time() == "Kept in time in the last 30 days: 2 of 3 (67 %)."


def test_a_round_is_brought_back_by_undo(desk: Desk, clock: FixedClock) -> None:
    record = make(desk, "send the list", "every fri 10:00")
    clock.advance(60)
    desk.promises.done(record)
    desk.entries.undo()
    assert desk.log.get(record.day, record.id) == record


def test_a_key_that_is_pressed_twice_keeps_one_round(desk: Desk, clock: FixedClock) -> None:
    record = desk.promises.done(make(desk, "send the list", "every fri 10:00"))
    with pytest.raises(BadUsage, match="kept a moment ago; the next is due Fri 27 Nov 10:00"):
        desk.promises.done(record)
    clock.advance(60)
    assert len(promised(desk.promises.done(record)).rounds) == 2


def test_a_snooze_is_one_time(desk: Desk) -> None:
    with pytest.raises(BadUsage, match="more than one time"):
        desk.promises.snooze(make(desk), "every fri 10:00")


def test_a_snooze_offers_the_times_it_had_that_are_still_to_come(desk: Desk, clock: FixedClock) -> None:
    record = make(desk, phrase="fri 10:00")
    assert desk.promises.offers(promised(record)) == ("2026-11-21 10:00",)
    record = desk.promises.snooze(record, "tomorrow 9:00")[0]
    assert desk.promises.offers(promised(record)) == ("2026-11-20 10:00", "2026-11-20 09:00")
    clock.set(datetime.fromisoformat("2026-11-19T09:00:00-05:00"))
    offered = desk.promises.offers(promised(record))
    assert offered == ("2026-11-20 10:00", "tomorrow 09:00")
    back = desk.promises.snooze(record, offered[0])[0]
    assert promised(back).due == promised(make(desk, phrase="fri 10:00")).due


def test_what_became_of_a_promise_in_the_list_survives_a_note_and_the_end_of_the_guide(
    desk: Desk, clock: FixedClock
) -> None:
    desk.live.begin("phone-call", "phone")
    promise, _ = desk.promises.draft("call back", "in 20")
    desk.live.promise(promise)
    record = desk.live.save()
    assert record is not None
    clock.advance(60)
    moved, due = desk.promises.snooze(record, "tomorrow 3pm")
    desk.live.note("They called to say thanks.")
    saved = desk.live.end()
    assert saved is not None
    assert promised(saved).due == due.at
    desk.promises.done(moved)
    saved = desk.live.save()
    assert saved is not None
    assert promised(saved).state == "done"
    assert desk.promises.board().all == ()


def test_a_promise_made_anew_in_the_guide_takes_the_place_of_the_old_one(desk: Desk, clock: FixedClock) -> None:
    desk.live.begin("phone-call", "phone")
    desk.live.promise(desk.promises.draft("call back", "in 20")[0])
    desk.live.save()
    clock.advance(60)
    desk.live.promise(desk.promises.draft("call back with the price", "in 60")[0])
    saved = desk.live.end()
    assert saved is not None
    assert promised(saved).what == "call back with the price"


def test_a_promise_a_day_late_is_everybodys_to_see(desk: Desk, clock: FixedClock) -> None:
    left = desk.promises.hand_over(make(desk), "zz")
    clock.advance(23 * 3600)
    assert desk.promises.board(mine="mk").all == ()
    clock.advance(2 * 3600)
    assert [found.id for found in desk.promises.board(mine="mk").overdue] == [left.id]


def test_a_report_that_is_due_goes_with_a_desk_that_is_renamed(places: Places, clock: FixedClock) -> None:
    before = Desk(places, clock, environment={"DESKMATE_LIBRARY_DESK": "front"})
    record = before.live.happened()
    renamed = Desk(places, clock, environment={"DESKMATE_LIBRARY_DESK": "welcome"})
    assert renamed.promises.board().all == ()
    assert renamed.promises.board().told_elsewhere == [
        'A report is due at the desk "front". Is it this one? Then: formerly = ["front"] in [library].'
    ]
    both = {"DESKMATE_LIBRARY_DESK": "welcome", "DESKMATE_LIBRARY_FORMERLY": "front"}
    told = Desk(places, clock, environment=both)
    assert [found.id for found in told.promises.board().all] == [record.id]


@pytest.fixture
def eastern(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in Toronto, whose clock tells the time with a bare offset."""
    monkeypatch.setenv("TZ", "America/Toronto")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("eastern")
@pytest.mark.parametrize(
    ("now", "tomorrow"),
    [
        ("2026-10-31T18:00:00+00:00", "2026-11-01T10:00:00-05:00"),
        ("2027-03-13T18:00:00+00:00", "2027-03-14T10:00:00-04:00"),
    ],
)
def test_tomorrow_at_ten_is_ten_on_the_wall_after_either_change_of_the_clocks(
    places: Places, now: str, tomorrow: str
) -> None:
    clock = FixedClock(datetime.fromisoformat(now).astimezone())
    desk = Desk(places, clock, environment={})
    record = make(desk, phrase="tomorrow 10:00")
    assert promised(record).due.isoformat() == tomorrow
    assert desk.promises.clock_of(promised(record).due).endswith(" 10:00")
    clock.set(datetime.fromisoformat(tomorrow).astimezone() - timedelta(minutes=1))
    assert [found.id for found in desk.promises.board().today] == [record.id]
    clock.advance(60)
    assert [found.id for found in desk.promises.due_now()] == [record.id]
    assert desk.promises.clock_of(promised(record).due) == "10:00"


@pytest.mark.usefixtures("eastern")
def test_the_hour_that_comes_twice_is_due_at_its_own_minute(places: Places) -> None:
    clock = FixedClock(datetime.fromisoformat("2026-11-01T05:50:00+00:00").astimezone())  # 1:50, the first time
    desk = Desk(places, clock, environment={})
    record = make(desk, phrase="in 20 min")
    assert desk.promises.clock_of(promised(record).due) == "01:10"  # the second time
    clock.advance(19 * 60)
    assert desk.promises.due_now() == ()
    clock.advance(60)
    assert [found.id for found in desk.promises.due_now()] == [record.id]
    assert promised(desk.promises.done(record)).kept is True


def test_a_call_back_keeps_its_promise_even_when_the_program_was_killed_in_between(
    places: Places, clock: FixedClock
) -> None:
    desk = Desk(places, clock, environment={})
    owed, other = make(desk), make(desk, "another")
    live = desk.live.call_back(owed, "follow-up-callback")
    assert desk.live.kept_by(live) is None
    desk.journals.close()  # as a kill would
    again = Desk(places, clock, environment={})
    again.live.restore()
    found = again.live.front_again()
    assert found is not None
    assert again.guide_view(found).owed[0] == "call back"
    again.live.note("They know now.")
    again.live.end("answered")
    kept = again.live.kept_by(found)
    assert kept is not None
    again.promises.done(kept)
    assert again.live.kept_by(found) is None
    assert [record.id for record in again.promises.board().all] == [other.id]


def test_a_call_back_at_its_end_keeps_its_promise_also_when_it_is_only_left(desk: Desk) -> None:
    live = desk.live.call_back(make(desk), "follow-up-callback")
    ended: list[str] = []
    desk.live.when_over = lambda left: ended.append("kept" if desk.live.kept_by(left) else "owed")
    desk.live.act("choose", "1")
    assert not desk.guide_view(live).keeps
    desk.live.act("choose", "1")
    assert desk.guide_view(live).keeps
    desk.live.save()
    desk.live.set_aside()
    assert ended == ["kept"]


def test_a_call_back_that_nobody_answered_keeps_nothing(desk: Desk) -> None:
    owed = make(desk)
    live = desk.live.call_back(owed, "follow-up-callback")
    desk.live.note("No answer.")
    desk.live.end("left")
    assert desk.live.kept_by(live) is None
    assert [record.id for record in desk.promises.board().all if record.id == owed.id] == [owed.id]
