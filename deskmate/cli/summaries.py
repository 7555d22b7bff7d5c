"""`deskmate summary`: a shift, a day, a month, a year, of every desk or of one, in every form."""

import shutil
import sys
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from deskmate.cli.days import day, period
from deskmate.cli.progress import Progress
from deskmate.cli.session import Session
from deskmate.faults import BadUsage, NotFound
from deskmate.model.interaction import short_ref
from deskmate.model.shift import Shift

if TYPE_CHECKING:
    from deskmate.reports.places import Where
    from deskmate.reports.summary import Summary

WIDTHS: Final = (40, 78, 100)
"""The least and the usual columns of a report, and the most: longer lines are hard to read."""


def summary(session: Session) -> int:
    """Print the summary of a shift, of some days, or else of the running shift or today.

    Raises:
        BadUsage: a day is none, there is no such shift or desk, or a shift and days were both given.
    """
    args = session.args
    _catch_up(session)
    made = _summary(session)
    if args.rules:
        rules = tuple(rule for rule in made.rules if rule.name == args.rules)
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

        plain = render.text(made, width(session), ascii=session.out.is_ascii)
        session.out.text(render.markdown(made) if args.format == "md" else plain)
    return 0


def width(session: Session) -> int:
    """Columns of a report: what the terminal has, within reason; elsewhere the usual ones."""
    least, usual, most = WIDTHS
    return min(max(shutil.get_terminal_size().columns, least), most) if session.out.is_terminal else usual


def ref(shift: Shift) -> str:
    """The id of a shift that people see and type."""
    return short_ref(shift.started_at.date(), shift.id)


def _summary(session: Session) -> "Summary":
    args, desk = session.args, session.desk
    days = _days(session)
    if args.shift and days:
        raise BadUsage("A shift and days were both given.", "Give --shift, or the days.")
    if days:
        where = _where(session, days)
        _count(session, days)
        return desk.reporting.range_summary(*days, where=where, compare=args.compare)
    if args.compare or args.branch or args.desk:
        what = "compared" if args.compare else "told by branch and desk"
        raise BadUsage(f"Only days can be {what}.", "Say which: this week, 2026-10, or --from and --to.")
    if args.shift:
        return desk.reporting.shift_summary(shift_named(session, args.shift))
    return desk.reporting.shift_summary(desk.shifts.current())


def _days(session: Session) -> tuple[date, date] | None:
    args, today = session.args, session.desk.now().date()
    given = period(args.first, args.last, today)
    if not args.when:
        return given
    if given:
        raise BadUsage("The days were given twice.", "Give them in words, or as --from and --to.")
    from deskmate.desk.ranges import Range

    days = Range.typed(" ".join(args.when), today)
    return days.first, days.last


def _where(session: Session, days: tuple[date, date]) -> "Where":
    from deskmate.reports.places import EVERYWHERE, meant

    args = session.args
    if not (args.branch or args.desk):
        return EVERYWHERE
    _count(session, days)
    return meant(args.branch, args.desk, session.desk.reporting.spots(*days))


def _catch_up(session: Session) -> None:
    """Look through the old days that were never read for open promises: what is open now must be all of it."""
    log = session.desk.log
    progress = Progress(sys.stderr, what="days")
    whole, done = log.behind, 0
    with progress.saying("looked through for promises"):
        while log.behind:
            log.catch_up()
            done = max(done, whole - log.behind)
            progress(done, whole)


def _count(session: Session, days: tuple[date, date]) -> None:
    """Count the days that were not counted yet, and say how far that is; only a terminal is told."""
    if not sys.stderr.isatty():
        return
    desk = session.desk
    whole = len([day for day in desk.log.days() if days[0] <= day <= days[1]])
    progress = Progress(sys.stderr, what="days")
    with progress.saying("counted"):
        for done, _ in enumerate(desk.reporting.warm(*days, compare=session.args.compare), 1):
            progress(done, max(done, whole))


def shift_named(session: Session, typed: str) -> Shift:
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
