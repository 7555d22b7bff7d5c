"""`deskmate due`, `promise`, `done`, `snooze`, `wait`, `give` and `take`.

A contact is read apart from the arguments and never printed.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from deskmate.cli.output import ALARM, BOLD, FAINT
from deskmate.cli.session import Session
from deskmate.desk.owed import promise_of
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction

NEAR: Final = timedelta(days=7)
"""What is due later than this is told only with `--all`."""


def due(session: Session) -> int:
    """Print what is owed: overdue, today, later, and what waits for somebody else."""
    args, desk = session.args, session.desk
    board = desk.promises.board(mine=args.mine)
    limit, untaken = desk.now() + NEAR, desk.promises.untaken()
    shown = [each for each in board.all if args.all or promise_of(each).due <= limit]
    if args.json:
        session.out.json([promise_json(each, desk.now()) for each in shown])
        return 0
    lists = (("Overdue", board.overdue), ("Today", board.today), ("Later", board.later), ("Waiting", board.waiting))
    for heading, records in lists:
        rows = [each for each in shown if each in records]
        if rows:
            session.out.line((heading, ALARM if heading == "Overdue" else BOLD))
        for each in rows:
            _row(session, each, untaken)
    further = len(board.all) - len(shown)
    if not shown:
        session.out.line("Nothing is owed within a week." if further else "Nothing is owed.")
    if further:
        session.out.line(f"{further} more after a week: deskmate due --all")
    for words in board.told_elsewhere:
        session.out.note(words)
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
    desk.promises.when_again(args.due)  # a wrong time is told before anybody is asked for a number
    contact = session.typed(args.contact or "", "Name and number, kept apart", secret=bool(args.contact))
    session.tell_of_history(" ".join(args.what))
    drafted, when = desk.promises.draft(" ".join(args.what), args.due, contact=contact, who=args.who)
    record = desk.promises.make(drafted, channel=args.channel)
    _tell(session, record, f"Promised for {when.said}: {drafted.what}")
    return 0


def done(session: Session) -> int:
    """Close a promise as kept, or drop one that nobody needs any more.

    Raises:
        BadUsage: nothing has this id, or the promise is closed.
        NotSaved: it could not be written.
    """
    desk = session.desk
    if session.args.drop:
        record = desk.promises.drop(_find(session))
        _tell(session, record, f"Dropped: {promise_of(record).what}")
        return 0
    record = desk.promises.done(_find(session))
    closed = promise_of(record)
    following = f". Next: {desk.promises.clock_of(closed.due)}" if closed.state == "open" else ""
    _tell(session, record, f"Done, {'in time' if closed.kept_last else 'late'}: {closed.what}{following}")
    return 0


def snooze(session: Session) -> int:
    """Give a promise a later time.

    Raises:
        BadUsage: nothing has this id, the time is not understood, or the promise is closed.
        NotSaved: it could not be written.
    """
    promises, found = session.desk.promises, _find(session)
    old = promises.clock_of(promise_of(found).due)
    record, when = promises.snooze(found, " ".join(session.args.when))
    _tell(session, record, f"Snoozed to {when.said}; it was {old}: {promise_of(record).what}")
    return 0


def wait(session: Session) -> int:
    """Say whom a promise waits for; without a name it waits no longer.

    Raises:
        BadUsage: nothing has this id, or the promise is closed.
        NotSaved: it could not be written.
    """
    record = session.desk.promises.wait_for(_find(session), " ".join(session.args.whom))
    waiting = promise_of(record).waiting_for
    told = f"Waiting for {waiting}; its time stands still" if waiting else "No longer waiting"
    _tell(session, record, f"{told}: {promise_of(record).what}")
    return 0


def give(session: Session) -> int:
    """Hand a promise over, or everything that somebody owes; without a name it becomes anyone's.

    Raises:
        BadUsage: nothing has this id, or the promise is closed, or nothing was chosen.
        NotSaved: it could not be written.
    """
    args, promises = session.args, session.desk.promises
    if bool(args.id) == bool(args.all_of):
        raise BadUsage("One promise is given, or all of somebody's.", "Write: deskmate give ID --to XX")
    if args.all_of:
        given = promises.give_all(args.all_of, args.to)
    else:
        found = _find(session)
        given = [promises.hand_over(found, args.to) if args.to else promises.release(found)]
    if args.json:
        session.out.json([promise_json(each, session.desk.now()) for each in given])
        return 0
    for each in given:
        whose = f"Handed over to {promise_of(each).who}, shown until accepted" if args.to else "Anyone's now"
        _tell(session, each, f"{whose}: {promise_of(each).what}")
    return 0


def take(session: Session) -> int:
    """Take a promise over.

    Raises:
        BadUsage: nothing has this id, or the promise is closed.
        NotSaved: it could not be written.
    """
    desk = session.desk
    shift = desk.shifts.current()
    record = desk.promises.accept(_find(session), session.args.staff or (shift.staff if shift else ""))
    _tell(session, record, f"Taken over by {promise_of(record).who or 'the desk'}: {promise_of(record).what}")
    return 0


def promise_json(record: Interaction, now: datetime) -> dict[str, Any]:
    """What may be told of a promise: whether there is a contact, never the contact."""
    promise = promise_of(record)
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


def _row(session: Session, record: Interaction, untaken: Collection[str]) -> None:
    promises, promise = session.desk.promises, promise_of(record)
    remarks = promises.remarks(record, untaken)
    told = f" · {' · '.join(remarks)}" if remarks else ""
    session.out.line(f"  {promises.clock_of(promise.due):<16} {promise.what}{told}  ", (record.ref, FAINT))


def _tell(session: Session, record: Interaction, words: str) -> None:
    if session.args.json:
        session.out.json(promise_json(record, session.desk.now()))
    else:
        session.out.line(f"{words} ({record.ref}). Undo: deskmate undo")
