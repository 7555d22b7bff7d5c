"""`deskmate feedback`, `feedback add` and `feedback answer`: the voice of patrons."""

from datetime import date

from deskmate.cli.days import period
from deskmate.cli.output import FAINT
from deskmate.cli.session import Session
from deskmate.desk.feedback import as_json, count, pick_kind
from deskmate.model.feedback import WISH, Feedback

HIDDEN = "about a colleague; --restricted shows it"


def feedback(session: Session) -> int:
    """Print what was said, what waits for an answer first.

    Raises:
        BadUsage: a day is none, or there is no such kind.
    """
    args, desk = session.args, session.desk
    kind = WISH if args.kind.strip().lower() == WISH else pick_kind(args.kind) if args.kind else ""
    days = period(args.first, args.last, desk.now().date()) or (date.min, date.max)
    found = desk.voice.all(kind, *days)
    if args.json:
        session.out.json([as_json(each, hidden=not args.restricted) for each in found])
        return 0
    for each in found:
        _row(session, each)
    nothing = "Nothing was written down yet. Add one: deskmate feedback add complaint --text -"
    session.out.line(count(found) if found else nothing)
    return 0


def add(session: Session) -> int:
    """Write down what somebody said.

    Raises:
        BadUsage: the kind or theme is not known, or the words say too little or too much.
        NotFound: there is no such contact.
        NotSaved: it could not be written.
    """
    args, desk = session.args, session.desk
    kind, theme = pick_kind(args.kind), desk.voice.theme(args.theme)  # a slip is told before anybody types
    record = desk.log.find(args.about) if args.about else None
    made = desk.voice.add(
        kind,
        session.typed(args.text, "What did they say? (the issue, no names)"),
        theme=theme,
        offered=args.offered,
        colleague=args.colleague == "yes" if args.colleague else None,
        about=record.ref if record and not record.sensitive else "",
    )
    said = " It is about a colleague: hidden in lists, told in no report." if made.restricted else ""
    _tell(session, made, f"Written down: {made.kind} ({made.ref}).{said} Undo: deskmate undo")
    return 0


def answer(session: Session) -> int:
    """Say what was done about it.

    Raises:
        NotFound: nothing has this id.
        BadUsage: the words say too little or too much.
        NotSaved: it could not be written.
    """
    args, desk = session.args, session.desk
    found = desk.voice.find(args.ref)
    done = desk.voice.answer(found, session.typed(args.text, "What was done about it? (no names)"))
    _tell(session, done, f"Answered: {done.kind} ({done.ref}). Undo: deskmate undo")
    return 0


def _row(session: Session, each: Feedback) -> None:
    hidden = each.restricted and not session.args.restricted
    theme = f" [{each.theme}]" if each.theme else ""
    words = HIDDEN if hidden else each.text or "(erased)"
    mark = "answered" if each.answered else "open"
    session.out.line(f"{each.at:%Y-%m-%d} {mark:<9}{each.kind:<11}", f"{words}{theme}  ", (each.ref, FAINT))
    if not hidden:
        for name, said in (("offered", each.offered), ("answer", each.answer)):
            if said:
                session.out.line(f"{'':20}{name:<11}{said}")


def _tell(session: Session, each: Feedback, words: str) -> None:
    if session.args.json:
        session.out.json(as_json(each, hidden=False))
    else:
        session.out.line(words)
