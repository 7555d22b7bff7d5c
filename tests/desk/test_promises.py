"""What is owed comes back on time."""

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction


def make(desk: Desk, what: str = "call back", phrase: str = "in 20", contact: str = "") -> Interaction:
    promise, _ = desk.promises.draft(what, phrase, contact=contact)
    return desk.promises.make(promise)


def test_a_promise_moves_from_today_to_overdue(desk: Desk, clock: FixedClock) -> None:
    record = make(desk)
    assert [found.id for found in desk.promises.board().today] == [record.id]
    assert desk.promises.due_now() == ()
    clock.advance(20 * 60)
    assert [found.id for found in desk.promises.due_now()] == [record.id]


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
    assert desk.promises.erase_contact(record)
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
