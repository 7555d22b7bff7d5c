"""`deskmate --plain`: the whole path line by line, over the same desk and the same journals as the screens."""

from contextlib import suppress
from typing import Final, TextIO

from deskmate.desk.service import Desk
from deskmate.plain.desk_room import DeskRoom
from deskmate.plain.guide_room import GuideRoom
from deskmate.plain.seat import Seat
from deskmate.plain.sentences import person_line
from deskmate.plain.talk import ElsewhereError, GoneError, Source, Talk

DAYS_AT_ONCE: Final = 30
"""Old days folded at a time while the first prompt is waited for."""
TABLES_AT_ONCE: Final = 8
"""Tables of the log that are looked through at a time for words whose period is over."""


def run(desk: Desk, source: Source, out: TextIO) -> int:
    """Work the desk until somebody quits or the line is closed; whoever is live stays for the next start.

    Args:
        desk: the desk; every write is on the disk when its call returns.
        source: where typed lines come from: a terminal, a serial line or a pipe.
        out: where lines are said.

    Returns:
        The exit code: 0.
    """
    seat = Seat(desk, Talk(source, out))
    with suppress(GoneError):
        _work(seat)
    _goodbye(seat)
    return 0


def _work(seat: Seat) -> None:
    """One line after the other, in the guide of whoever is in front or on the Desk."""
    desk_room, guide_room = DeskRoom(seat), GuideRoom(seat)
    desk_room.welcome()
    _found_again(seat)
    _tidy(seat)
    words = ""
    while True:
        try:
            if seat.desk.live.current is not None:
                words = guide_room.turn()
            else:
                typed, words = words, ""
                desk_room.turn(typed)
        except ElsewhereError:
            words = ""
            guide_room.again()


def _tidy(seat: Seat) -> None:
    """What a start does besides: journals are synced from now on, old days are read, what is over is erased.

    It comes after the journals are read: the contact of a promise that is not saved yet is named there only.
    """
    desk = seat.desk
    desk.journals.start_syncing()
    while desk.log.catch_up(DAYS_AT_ONCE):
        pass
    seat.keep(lambda: desk.privacy.sweep(desk.live.contacts))
    left: int | None = 1
    while left and desk.privacy.sweep_due:
        left = seat.keep(lambda: desk.privacy.sweep_on(TABLES_AT_ONCE))


def _found_again(seat: Seat) -> None:
    """Whoever was live when a program ended is there again, at the same step."""
    if seat.desk.live.restore() and seat.desk.live.front_again() is not None:
        seat.talk.say("Found again after an interruption: you are at the same step.")


def _goodbye(seat: Seat) -> None:
    """Say who stays."""
    board = seat.desk.live
    waiting = [person_line(seat.desk, live) for live in (*board.others, board.current) if live is not None]
    if waiting:
        seat.talk.say(f"{len(waiting)} live, kept at their step: {'; '.join(waiting)}.")
    seat.talk.say("Goodbye.")
