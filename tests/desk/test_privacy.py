"""Contacts go when their period is over."""

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk

DAY = 24 * 3600


def on_disk(desk: Desk) -> bytes:
    return b"".join(path.read_bytes() for path in desk.places.home.rglob("*") if path.is_file())


def test_a_contact_goes_seven_days_after_its_promise_is_closed(desk: Desk, clock: FixedClock) -> None:
    promise, _ = desk.promises.draft("call back", "in 20", contact="Jo 555-0142")
    record = desk.promises.make(promise)
    desk.promises.done(record)
    clock.advance(6 * DAY)
    assert desk.privacy.sweep() == 0
    assert b"0142" in on_disk(desk)
    clock.advance(2 * DAY)
    assert desk.privacy.sweep() == 1
    assert b"0142" not in on_disk(desk)


def test_a_contact_of_a_promise_that_is_never_closed_goes_after_sixty_days(desk: Desk, clock: FixedClock) -> None:
    promise, _ = desk.promises.draft("call back", "in 20", contact="Jo 555-0142")
    desk.promises.make(promise)
    clock.advance(59 * DAY)
    assert desk.privacy.sweep() == 0
    clock.advance(2 * DAY)
    assert desk.privacy.sweep() == 1


def test_a_contact_that_no_record_names_is_swept(desk: Desk, clock: FixedClock) -> None:
    desk.promises.draft("call back", "in 20", contact="Jo 555-0142")
    clock.advance(2 * 3600)
    desk.privacy.sweep()
    assert b"0142" not in on_disk(desk)


def test_nothing_is_read_while_there_is_no_contact(desk: Desk) -> None:
    assert desk.privacy.sweep() == 0
