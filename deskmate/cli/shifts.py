"""`deskmate shift start/end/status` and `handover`."""

from typing import Any

from deskmate.cli.notices import row
from deskmate.cli.session import Session
from deskmate.cli.summaries import ref, shift_named, width
from deskmate.desk.notices import as_json
from deskmate.desk.owed import handover_accepted
from deskmate.faults import BadUsage
from deskmate.model.shift import Shift
from deskmate.text.clean import clean
from deskmate.text.guard import mask


def start(session: Session) -> int:
    """Begin a shift at this desk.

    Raises:
        BadUsage: one is running already.
        NotSaved: it could not be written.
    """
    args, shifts = session.args, session.desk.shifts
    forgotten = [shift.id for shift in shifts.forgotten()]
    shift = shifts.start(mask(args.staff), args.in_charge, args.extension)
    _tell(session, shift, f"The shift has begun at {shift.started_at:%H:%M}.")
    for each in filter(None, map(session.desk.log.shift, forgotten)):
        if each.ended_at is not None:
            session.out.note(f"{_never_ended(session, each)}; it ends at its last entry, {shifts.when(each.ended_at)}.")
    waiting = shifts.waiting()
    if waiting is not None and not args.json:
        session.out.line("A hand-over is waiting: deskmate handover")
    return 0


def end(session: Session) -> int:
    """End the running shift, or one that was forgotten.

    Raises:
        BadUsage: none is running, or the time is none.
        NotFound: there is no such shift.
        NotSaved: it could not be written.
    """
    args = session.args
    shift = session.desk.shifts.end(shift_named(session, args.shift) if args.shift else None, args.at)
    told = "The shift has ended" if not (args.at or args.shift) else f"The shift ended on {_moment(session, shift)}"
    _tell(session, shift, f"{told}. Its summary: deskmate summary --shift {ref(shift)}")
    return 0


def _moment(session: Session, shift: Shift) -> str:
    """When a shift that has ended did."""
    assert shift.ended_at is not None, "it was just ended"
    return session.desk.shifts.when(shift.ended_at)


def _never_ended(session: Session, shift: Shift) -> str:
    began = session.desk.shifts.when(shift.started_at)
    return f'The shift at "{shift.desk}" of {began} was never ended'


def status(session: Session) -> int:
    """Say whether a shift is running at this desk, which was the last, and what staff should know today."""
    desk = session.desk
    shift = desk.shifts.current() or desk.shifts.latest()
    if session.args.json:
        notices = {"notices": [as_json(each) for each in desk.board.today()]}
        session.out.json(_json(shift) | notices if shift else None)
        return 0
    session.out.line(_state(session, shift))
    for each in desk.shifts.forgotten():
        if shift is None or each.id != shift.id:
            cure = f"deskmate shift end --shift {ref(each)} --at WHEN"
            session.out.line(f"{_never_ended(session, each)}: {cure}")
    for told in desk.board.today():
        row(session, told)
    return 0


def _state(session: Session, shift: Shift | None) -> str:
    """Whether a shift is running, in words."""
    desk = session.desk
    if shift is None:
        return "There was no shift yet. Begin one: deskmate shift start"
    if desk.shifts.current() is not None:
        words = f"A shift is running since {desk.shifts.wall(shift.started_at):%H:%M}."
    elif shift.ended_at is None:
        words = f"A shift was begun on {desk.shifts.when(shift.started_at)} and never ended."
    else:
        words = f"No shift is running. The last ended on {desk.shifts.when(shift.ended_at)}."
    in_charge = f" In charge: {shift.in_charge} {shift.extension}".rstrip() + "." if shift.in_charge else ""
    logged = sum(record.count for record in desk.reporting.shift_records(shift))
    return f"{words}{in_charge} {logged} logged ({ref(shift)})."


def handover(session: Session) -> int:
    """Read the hand-over, leave one, or accept the one that waits.

    Raises:
        BadUsage: there is no shift to hand over, none waits to be accepted, or a promise is none of it.
        NotFound: nothing has the id of a promise.
        NotSaved: it could not be written.
    """
    args, desk = session.args, session.desk
    if args.accept is not None:
        return _accept(session)
    current = desk.shifts.current()
    if args.leave is not None:
        shift = current or desk.shifts.latest()
        note = mask(clean(session.typed(args.leave, "What should the next person expect? (no names)")).strip())
        made = desk.reporting.handover(shift, [note] if note else [])
        _tell(session, desk.shifts.leave_handover(made.text()), "The hand-over is left for the next person.")
        return 0
    waiting = desk.shifts.waiting()
    if waiting is not None:
        words = f"{waiting.handover.rstrip()}\n\nIt waits: deskmate handover --accept YOUR-INITIALS"
        _tell(session, waiting, words)
        return 0
    made = desk.reporting.handover(current or desk.shifts.latest())
    if args.json:
        owed = [
            {"ref": each.ref, "what": each.what, "due": each.due.isoformat(timespec="seconds"),
             "overdue": each.overdue, "who": each.who, "waiting_for": each.waiting_for}
            for each in made.owed
        ]  # fmt: skip
        lists = {name: list(getattr(made, name)) for name in ("how", "what", "expect", "read_back")}
        session.out.json({"title": made.title, "period": made.period, **lists, "owed": owed})
    else:
        session.out.text(made.text(width(session)))
    return 0


def _accept(session: Session) -> int:
    desk, args = session.desk, session.args
    waiting = desk.shifts.waiting()
    if waiting is None:
        raise BadUsage("No hand-over is waiting.", "See: deskmate handover")
    open_ = {record.ref: record for record in desk.shifts.untaken(desk.log.open_promises())}
    everything = "all" in (typed.lower() for typed in args.take)
    taken = list(open_) if everything else [desk.log.find(typed).ref for typed in args.take]
    unknown = [ref for ref in taken if ref not in open_]
    if unknown:
        raise BadUsage(f"{unknown[0]} is no promise of this hand-over that is open.", "See: deskmate handover")
    chosen = [open_[ref] for ref in taken]
    shift = desk.promises.accept_handover(waiting, args.accept, chosen, mask(clean(args.read_back)))
    left = len(open_) - len(taken)
    _tell(session, shift, handover_accepted(left) + (" Take one: deskmate take ID" if left else ""))
    return 0


def _json(shift: Shift) -> dict[str, Any]:
    return {**shift.to_document(), "ref": ref(shift), "running": shift.ended_at is None}


def _tell(session: Session, shift: Shift, words: str) -> None:
    if session.args.json:
        session.out.json(_json(shift))
    else:
        session.out.text(words)
