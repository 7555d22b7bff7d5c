"""`deskmate shift start/end/status`, `handover` and `summary`."""

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from deskmate.cli.days import day, period
from deskmate.cli.notices import row
from deskmate.cli.session import Session
from deskmate.desk.notices import as_json
from deskmate.faults import BadUsage, NotFound
from deskmate.model.interaction import short_ref
from deskmate.model.shift import Shift
from deskmate.text.clean import clean
from deskmate.text.guard import mask

if TYPE_CHECKING:
    from deskmate.reports.summary import Summary

WIDTHS: Final = (40, 78, 100)
"""The least and the usual columns of a report, and the most: longer lines are hard to read."""


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
    _tell(session, shift, f"The shift has ended. Its summary: deskmate summary --shift {_ref(shift)}")
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
    return f"{words}{in_charge} {logged} logged ({_ref(shift)})."


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
        session.out.text(made.text(_width(session)))
    return 0


def summary(session: Session) -> int:
    """Print the summary of a shift, of some days, or else of the running shift or today.

    Raises:
        BadUsage: a day is none, there is no such shift, or a shift and days were both given.
    """
    args = session.args
    made = _summary(session)
    if args.rules:
        from deskmate.reports.counting import find_rule

        rules = (find_rule(args.rules),)
        made = replace(made, rules=rules, before=made.before and replace(made.before, rules=rules))
    if args.format == "json":
        from deskmate.reports.figures import to_json

        session.out.json(to_json(made))
    elif args.format == "html":
        from deskmate.reports.page import html

        session.out.raw([html(made)])
    elif args.format == "csv":
        from deskmate.reports.figures import csv

        session.out.raw([csv(made)])
    else:
        from deskmate.reports import render

        width = _width(session)
        plain = render.text(made, width, ascii=session.out.is_ascii)
        session.out.text(render.markdown(made) if args.format == "md" else plain)
    return 0


def _summary(session: Session) -> "Summary":
    args, desk = session.args, session.desk
    days = period(args.first, args.last, desk.now().date())
    if args.shift and days:
        raise BadUsage("A shift and days were both given.", "Give --shift, or --from and --to.")
    if args.shift:
        return desk.reporting.shift_summary(_shift(session, args.shift))
    if days:
        return desk.reporting.range_summary(*days, compare=args.compare)
    if args.compare:
        raise BadUsage("Only days can be compared.", "Give --from and --to.")
    return desk.reporting.shift_summary(desk.shifts.current())


def _accept(session: Session) -> int:
    desk, args = session.desk, session.args
    waiting = desk.shifts.waiting()
    if waiting is None:
        raise BadUsage("No hand-over is waiting.", "See: deskmate handover")
    shift = desk.shifts.accept(waiting, args.accept, mask(clean(args.read_back)))
    _tell(session, shift, "The hand-over is accepted.")
    return 0


def _shift(session: Session, typed: str) -> Shift:
    """The shift that was meant.

    Args:
        session: this run.
        typed: its whole id, or its shown one (`2026-11-22.4f9c1d`).

    Raises:
        NotFound: there is none.
    """
    log = session.desk.log
    named, _, ending = typed.partition(".")
    if ending:
        on = day(named, session.desk.now().date())
        found = [shift for shift in log.shifts(on, on) if shift.id.endswith(ending.lower())]
        shift = found[0] if len(found) == 1 else None
    else:
        shift = log.shift(typed.lower())
    if shift is None:
        raise NotFound(f"There is no shift {typed}.", "See: deskmate shift status")
    return shift


def _ref(shift: Shift) -> str:
    return short_ref(shift.started_at.date(), shift.id)


def _json(shift: Shift) -> dict[str, Any]:
    return {**shift.to_document(), "ref": _ref(shift), "running": shift.ended_at is None}


def _tell(session: Session, shift: Shift, words: str) -> None:
    if session.args.json:
        session.out.json(_json(shift))
    else:
        session.out.text(words)


def _width(session: Session) -> int:
    least, usual, most = WIDTHS
    return min(max(shutil.get_terminal_size().columns, least), most) if session.out.is_terminal else usual
