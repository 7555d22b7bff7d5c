"""The shift by lines: its summary, its hand-over, its beginning and its end."""

from deskmate.desk.owed import handover_accepted
from deskmate.desk.tally import parse
from deskmate.model.shift import Shift
from deskmate.plain.seat import Seat
from deskmate.plain.sentences import promise_line
from deskmate.plain.words import ANYWHERE, SHIFT, listed
from deskmate.text.guard import mask


def shift_room(seat: Seat) -> None:
    """Say how the shift stands and take what is to be done, until Enter.

    Raises:
        GoneError: nobody types any more.
        ElsewhereError: somebody is in front now.
    """
    _state(seat)
    actions = {"s": _summary, "h": _hand_over, "b": _turn, "a": _late}
    while typed := seat.room("Shift: s summary, h hand-over, b begin or end, a add late, Enter leaves, ?"):
        if typed == "?":
            seat.talk.say(*listed(SHIFT, ANYWHERE))
        elif typed.lower() in actions:
            actions[typed.lower()](seat)
        else:
            seat.talk.say(f'"{typed}" means nothing here. ? says what can be typed.')


def _shift(seat: Seat) -> Shift | None:
    return seat.desk.shifts.current() or seat.desk.shifts.latest()


def _state(seat: Seat) -> None:
    shift = seat.desk.shifts.current()
    logged = sum(record.count for record in seat.desk.reporting.shift_records(shift))
    if shift is None:
        seat.talk.say(f"No shift is running: b begins one. Logging works without. {logged} logged today.")
    else:
        charge = f" In charge: {shift.in_charge} {shift.extension}".rstrip() + "." if shift.in_charge else ""
        seat.talk.say(f"Shift since {seat.desk.shifts.wall(shift.started_at):%H:%M}.{charge} {logged} logged.")


def _summary(seat: Seat) -> None:
    from deskmate.reports.render import aloud

    summary = seat.keep(lambda: seat.desk.reporting.shift_summary(_shift(seat)))
    if summary is not None:
        seat.talk.say(aloud(summary))


def _hand_over(seat: Seat) -> None:
    """Read back and accept the one that waits; otherwise write one for the next person."""
    shifts = seat.desk.shifts
    waiting, current = shifts.waiting(), shifts.current()
    if waiting is not None and (current is None or waiting.id != current.id):
        seat.talk.say(waiting.handover)
        initials = seat.ask("Read it back, then your initials accept it; Enter leaves it waiting")
        if initials:
            _accept(seat, waiting, initials)
        return
    if waiting is not None:
        initials = seat.ask("It waits. The next person's initials take the desk over now; Enter writes it anew")
        if initials:
            _accept(seat, waiting, initials)
            return
    note = mask(seat.ask("What should the next person expect? No names; - leaves it"))
    if note != "-":
        made = seat.desk.reporting.handover(_shift(seat), [note] if note else [])
        if seat.keep(lambda: shifts.leave_handover(made.text()), "Hand-over left for the next person.") is not None:
            seat.talk.say(made.text())


def _accept(seat: Seat, waiting: Shift, initials: str) -> None:
    """The promises of a hand-over one by one, then the hand-over itself."""
    desk = seat.desk
    owed = desk.shifts.untaken(desk.promises.board().all)
    taken = []
    for number, record in enumerate(owed, 1):
        answer = seat.ask(f"{number} of {len(owed)}. {promise_line(desk, record)}. Enter takes it over; - leaves it")
        if answer != "-":
            taken.append(record)
    said = handover_accepted(len(owed) - len(taken))
    seat.keep(lambda: desk.promises.accept_handover(waiting, initials, taken), said)


def _turn(seat: Seat) -> None:
    """Begin a shift at this desk, or end it."""
    shifts = seat.desk.shifts
    if shifts.current() is None:
        initials = seat.ask("Your initials; may stay empty")
        seat.keep(lambda: shifts.start(initials), "The shift has begun.")
        return
    if seat.yes("End this shift?") and seat.keep(shifts.end, "The shift has ended; h hands it over.") is not None:
        _summary(seat)


def _late(seat: Seat) -> None:
    """Add something that was not logged when it happened."""
    line = seat.ask("Late: channel and kind, number, when, like pa x2 20m ago")
    tally = seat.keep(lambda: parse(line, seat.desk.now())) if line else None
    if tally is None:
        return
    if not tally.whole:
        seat.talk.say("A late entry needs a channel and a kind, like pa 20m ago.")
        return
    given = {"kind": tally.kind, "channel": tally.channel, "count": tally.count}
    seat.keep(lambda: seat.desk.entries.log(given, at=tally.at), f"Added: {tally.said}")
