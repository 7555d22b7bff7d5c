"""`deskmate notices`, `notice` and `pledge`."""

import shutil
from pathlib import Path
from typing import Any, Final

from deskmate.cli.output import ALARM, FAINT
from deskmate.cli.session import Session
from deskmate.desk.notices import as_json, told
from deskmate.faults import BadUsage
from deskmate.model.notice import StaffNotice
from deskmate.playbooks.answers import Pledge

SHOWN: Final = 6
"""Letters of an id that tell typed notices apart."""


def notices(session: Session) -> int:
    """Print what holds today, or end one of them.

    Raises:
        NotFound: no notice of today has this id.
        NotSaved: it could not be written.
    """
    args, board = session.args, session.desk.board
    if args.end:
        ended = board.find(args.end)
        board.end(ended)
        if args.json:
            session.out.json(as_json(ended))
        else:
            session.out.line(f"Ended: {ended.text} Undo: deskmate undo")
        return 0
    today = board.today()
    if args.json:
        session.out.json([as_json(each) for each in today])
        return 0
    for each in today:
        row(session, each)
    if not today:
        session.out.line('There are no notices today. Post one: deskmate notice "printer 2 is out until 3pm"')
    return 0


def notice(session: Session) -> int:
    """Post a notice for every desk of this log.

    Raises:
        BadUsage: the words say too little, or the time or the kind is not understood.
        NotFound: there is no such guide.
        NotSaved: it could not be written.
    """
    args, board = session.args, session.desk.board
    if args.until:
        board.when(args.until)  # a wrong time is told before anybody types
    words = session.typed(" ".join(args.words), "What should every desk know? (no names)")
    made = board.post(words, args.until, kind=args.kind, where=args.where, guides=args.guide or ())
    if args.json:
        session.out.json(as_json(made))
    else:
        session.out.line(f"Posted ({made.kind}): {told(made, session.desk.now())}. Undo: deskmate undo")
    return 0


def pledge(session: Session) -> int:
    """Print this library's pledge or the samples, write it for the printer, or make a sample the library's own.

    Raises:
        BadUsage: there is no pledge to write yet, or the library has one already.
        NotFound: there is no such sample.
        NotSaved: the file could not be written.
    """
    args, pledges = session.args, session.desk.pledges
    if args.adopt:
        path = pledges.adopt(args.adopt)
        session.out.line(f"This library's pledge now; change the words in {path}")
        return 0
    own = pledges.own
    if args.html:
        if own is None:
            raise BadUsage("This library has no pledge yet.", "Take a sample: deskmate pledge --adopt ID")
        _write(session, own, args.html)
        return 0
    shown = (own,) if own else pledges.samples
    if args.json:
        session.out.json([_pledge_json(each) for each in shown])
        return 0
    for each in shown:
        _print(session, each)
    if own is None:
        session.out.line("None of these is yours yet. Take one and change its words: deskmate pledge --adopt ID")
    return 0


def row(session: Session, each: StaffNotice) -> None:
    """Print one notice on a line."""
    name = each.id[-SHOWN:] if each.typed else each.id
    style = ALARM if each.kind == "broken" else ""
    session.out.line((f"{each.kind:<7}", style), f"{told(each, session.desk.now())}  ", (name, FAINT))


def _pledge_json(each: Pledge) -> dict[str, Any]:
    lists = {"visitors": list(each.visitors), "team": list(each.team)}
    return {"id": each.id, "title": each.title, **lists, "example": each.example}


def _print(session: Session, each: Pledge) -> None:
    from deskmate.reports.pledge import text

    width = min(max(shutil.get_terminal_size().columns, 40), 78)
    if each.example:
        session.out.line((f"Sample: {each.id}", FAINT))
    session.out.text(text(each.title, each.visitors, each.team, width))
    if each.example:
        session.out.line()


def _write(session: Session, each: Pledge, file: str) -> None:
    from deskmate.reports.export import write_file
    from deskmate.reports.pledge import html

    page = html(each.title, session.desk.settings.library.name, each.visitors, each.team)
    if file == "-":
        session.out.raw([page])
    else:
        write_file(Path(file), [page])
        session.out.note(f"Written: {file}")
