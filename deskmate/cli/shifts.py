"""`deskmate shift start/end/status` and `handover`."""

from typing import Any

from deskmate.cli.notices import row
from deskmate.cli.session import Session
from deskmate.cli.summaries import ref, width
from deskmate.desk.notices import as_json
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
    args = session.args
    shift = session.desk.shifts.start(mask(args.staff), args.in_charge, args.extension)
    _tell(session, shift, f"The shift has begun at {shift.started_at:%H:%M}.")
    waiting = session.desk.shifts.waiting()
    if waiting is not None and not args.json:
        session.out.line("A hand-over is waiting: deskmate handover")
    return 0


def end(session: Session) -> int:
    """End the running shift.

    Raises:
        BadUsage: none is running.
        NotSaved: it could not be written.
    """
    shift = session.desk.shifts.end()
    _tell(session, shift, f"The shift has ended. Its summary: deskmate summary --shift {ref(shift)}")
    return 0


def status(session: Session) -> int:
    """Say whether a shift is running at this desk, which was the last, and what staff should know today."""
    desk = session.desk
    shift = desk.shifts.current() or desk.shifts.latest()
    if session.args.json:
        told = {"notices": [as_json(each) for each in desk.board.today()]}
        session.out.json(_json(shift) | told if shift else None)
        return 0
    session.out.line(_state(session, shift))
    for each in desk.board.today():
        row(session, each)
    return 0


def _state(session: Session, shift: Shift | None) -> str:
    """Whether a shift is running, in words."""
    desk = session.desk
    if shift is None:
        return "There was no shift yet. Begin one: deskmate shift start"
    if desk.shifts.current() is not None:
        words = f"A shift is running since {shift.started_at:%H:%M}."
    elif shift.ended_at is None:
        words = f"A shift was begun on {shift.started_at:%a %d %b %H:%M} and never ended."
    else:
        words = f"No shift is running. The last ended on {shift.ended_at:%a %d %b %H:%M}."
    in_charge = f" In charge: {shift.in_charge} {shift.extension}".rstrip() + "." if shift.in_charge else ""
    logged = sum(record.count for record in desk.reporting.shift_records(shift))
    return f"{words}{in_charge} {logged} logged ({ref(shift)})."


def handover(session: Session) -> int:
    """Read the hand-over, leave one, or accept the one that waits.

    Raises:
        BadUsage: there is no shift to hand over, or none waits to be accepted.
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
    shift = desk.shifts.accept(waiting, args.accept, mask(clean(args.read_back)))
    _tell(session, shift, "The hand-over is accepted.")
    return 0


def _json(shift: Shift) -> dict[str, Any]:
    return {**shift.to_document(), "ref": ref(shift), "running": shift.ended_at is None}


def _tell(session: Session, shift: Shift, words: str) -> None:
    if session.args.json:
        session.out.json(_json(shift))
    else:
        session.out.text(words)
