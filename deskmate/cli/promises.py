"""`deskmate due`, `promise`, `done` and `snooze`. A contact is read apart from the arguments and never printed."""

from datetime import datetime, timedelta
from typing import Any, Final

from deskmate.cli.output import ALARM, BOLD, FAINT
from deskmate.cli.session import Session
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise

NEAR: Final = timedelta(days=7)
"""What is due later than this is told only with `--all`."""


def due(session: Session) -> int:
    """Print what is owed: overdue, today, later, and what waits for somebody else."""
    args, desk = session.args, session.desk
    board = desk.promises.board(mine=args.mine)
    limit = desk.now() + NEAR
    own = [each for each in board.all if not _promise(each).private or each.desk == desk.settings.library.desk]
    shown = [each for each in own if args.all or _promise(each).due <= limit]
    if args.json:
        session.out.json([promise_json(each, desk.now()) for each in shown])
        return 0
    lists = (("Overdue", board.overdue), ("Today", board.today), ("Later", board.later), ("Waiting", board.waiting))
    for heading, records in lists:
        rows = [each for each in shown if each in records]
        if rows:
            session.out.line((heading, ALARM if heading == "Overdue" else BOLD))
        for each in rows:
            _row(session, each)
    if not shown:
        session.out.line("Nothing is owed." if len(own) == len(shown) else "Nothing is owed within a week.")
    if len(own) > len(shown):
        session.out.line(f"{len(own) - len(shown)} more after a week: deskmate due --all")
    if desk.log.behind:
        session.out.note(f"{desk.log.behind} old days were not looked through yet; the screens do it while they run.")
    return 0


def promise(session: Session) -> int:
    """Keep a promise that has no contact at the desk of its own.

    Raises:
        BadUsage: the time is not understood, or a contact stands on the command line.
        NotSaved: it could not be written.
    """
    args, desk = session.args, session.desk
    desk.promises.when(args.due)  # a wrong time is told before anybody is asked for a number
    contact = session.typed(args.contact or "", "Name and number, kept apart", secret=bool(args.contact))
    session.tell_of_history(" ".join(args.what))
    drafted, when = desk.promises.draft(" ".join(args.what), args.due, contact=contact, who=args.who)
    record = desk.promises.make(drafted, channel=args.channel)
    _tell(session, record, f"Promised for {when.said}: {drafted.what}")
    return 0


def done(session: Session) -> int:
    """Close a promise as kept.

    Raises:
        BadUsage: nothing has this id, or the promise is closed.
        NotSaved: it could not be written.
    """
    record = session.desk.promises.done(_find(session))
    closed = _promise(record)
    _tell(session, record, f"Done, {'in time' if closed.kept else 'late'}: {closed.what}")
    return 0


def snooze(session: Session) -> int:
    """Give a promise a later time.

    Raises:
        BadUsage: nothing has this id, the time is not understood, or the promise is closed.
        NotSaved: it could not be written.
    """
    record, when = session.desk.promises.snooze(_find(session), " ".join(session.args.when))
    _tell(session, record, f"Snoozed to {when.said}: {_promise(record).what}")
    return 0


def promise_json(record: Interaction, now: datetime) -> dict[str, Any]:
    """What may be told of a promise: whether there is a contact, never the contact."""
    promise = _promise(record)
    return {
        "id": record.id,
        "ref": record.ref,
        "what": promise.what,
        "due": promise.due.isoformat(timespec="seconds"),
        "overdue": promise.state == "open" and not promise.waiting_for and promise.due <= now,
        "who": promise.who,
        "waiting_for": promise.waiting_for,
        "has_contact": bool(promise.contact),
    }


def _find(session: Session) -> Interaction:
    """The record whose promise is meant.

    Raises:
        NotFound: nothing has this id.
        BadUsage: several have it, or there is no promise with it.
    """
    record = session.desk.log.find(session.args.id)
    if record.promise is None:
        raise BadUsage(f"Nothing was promised with {record.ref}.", "See the open promises: deskmate due")
    return record


def _promise(record: Interaction) -> Promise:
    """The promise of a record that has one."""
    assert record.promise is not None, "only records with a promise come here"
    return record.promise


def _row(session: Session, record: Interaction) -> None:
    promise, now = _promise(record), session.desk.now()
    at = promise.due.astimezone(now.tzinfo)
    remarks = [f"for {promise.who}"] if promise.who else []
    if promise.waiting_for:
        since = f" since {promise.waiting_since:%d %b}" if promise.waiting_since else ""
        remarks.append(f"waiting for {promise.waiting_for}{since}")
    remarks += ["contact kept"] if promise.contact else []
    told = f" · {' · '.join(remarks)}" if remarks else ""
    when = f"{at:%H:%M}" if at.date() == now.date() else f"{at:%a %d %b %H:%M}"
    session.out.line(f"  {when:<16} {promise.what}{told}  ", (record.ref, FAINT))


def _tell(session: Session, record: Interaction, words: str) -> None:
    if session.args.json:
        session.out.json(promise_json(record, session.desk.now()))
    else:
        session.out.line(f"{words} ({record.ref}). Undo: deskmate undo")
