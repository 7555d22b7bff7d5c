"""`deskmate lull`: the hour that looks forgotten, as the Desk would ask about it, and whether it asks at all."""

from typing import Any

from deskmate.cli.session import Session
from deskmate.reports.normal import WEEKS, Short


def lull(session: Session) -> int:
    """Say which hour of this shift looks forgotten, or switch the question off or on at this desk."""
    args, desk = session.args, session.desk
    if args.never:
        desk.lull.never()
    elif args.again:
        desk.lull.again()
    while desk.lull.learn():
        pass
    short = desk.lull.question()
    if args.json:
        session.out.json({"asks": desk.lull.wanted, "hours_known": len(desk.lull.known), "hour": _hour(short)})
        return 0
    session.out.line(_told(session, short))
    if not desk.lull.wanted:
        off = "deskmate lull --again" if desk.settings.desk.ask_forgotten else "ask_forgotten = true in the settings"
        session.out.line(f"The Desk does not ask about such hours. It would: {off}")
    return 0


def _hour(short: Short | None) -> dict[str, Any] | None:
    if short is None:
        return None
    return {"start": short.start.isoformat(timespec="seconds"), "logged": short.logged, "usual": short.usual}


def _told(session: Session, short: Short | None) -> str:
    if short is not None:
        at = f"{short.middle:%H:%M}"
        return f"{short.said}. Add them: deskmate tally KIND N --at {at}; nobody came: deskmate tally nobody --at {at}"
    if not session.desk.lull.known:
        return f"Nothing can be called usual yet: an hour of this weekday must be known from {WEEKS} weeks."
    return "No hour of this shift looks forgotten."
