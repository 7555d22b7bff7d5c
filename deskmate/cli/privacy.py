"""`deskmate privacy show`, `sweep` and `hold`, and `erase`: what is kept about whom, and what goes for good."""

import sys
from dataclasses import asdict
from typing import Any, Final

from deskmate.cli.output import BOLD, FAINT
from deskmate.cli.progress import Progress
from deskmate.cli.session import Session
from deskmate.desk.copies import Round
from deskmate.faults import BadUsage
from deskmate.records.erase_sweep import Tally

CONTACTS: Final = "contacts"
STAFF: Final = """\
No patron's name is needed anywhere. Staff initials stand on promises and
hand-overs only, unless the settings switch them on; no report ranks or times
staff. The time a record was made stays in its id."""
COPIES: Final = """\
Not reached: back-ups that were moved, copies of the home or of a back-up that
somebody made by hand, exported files, printed paper, and blocks of the disk
that are free. Erase those yourself."""
_WORDS: Final = {
    "interactions": "contacts with patrons: words, or all but kind and day",
    "feedback": "feedback: words",
    "phrases": "learned phrases",
    "shifts": "shifts with their hand-overs",
    "notices": "notices that ran out",
    CONTACTS: "names and numbers of promises",
}


def show(session: Session) -> int:
    """Print what is kept about whom, for how long, and what goes next."""
    desk = session.desk
    kept = desk.inventory.show()
    held, waiting, ending = desk.privacy.hold_since, desk.privacy.waiting(), desk.privacy.ending()
    if session.args.json:
        rows = [
            {
                "what": each.what,
                "count": each.count,
                "oldest": each.oldest.isoformat() if each.oldest else None,
                "period": each.period,
                "next": each.next.isoformat() if each.next else None,
            }
            for each in kept
        ]
        since = held.isoformat(timespec="seconds") if held else None
        copies = [{**asdict(each), "is_there": each.is_there} for each in desk.copies.known()]
        more = {"hold": since, "erases_waiting": waiting, "contacts_ending": ending, "backups": copies}
        session.out.json({"kept": rows, **more})
        return 0
    for each in kept:
        session.out.line((f"{each.count:>7}  {each.what}", BOLD))
        since = f"since {each.oldest}, " if each.oldest else ""
        goes = f"; more may go on {each.next}" if each.next and not held else ""
        session.out.line((f"         {since}kept {each.period}{goes}", FAINT))
    _tell_state(session)
    session.out.text(STAFF)
    return 0


def sweep(session: Session) -> int:
    """Erase what is kept longer than its period, or tell what would go.

    Raises:
        NotSaved: the disk refused; what is left goes at the next sweep.
        DeskMateError: a file of the log cannot be read.
    """
    privacy = session.desk.privacy
    held = privacy.hold_since
    dry = session.args.dry_run
    tally, contacts = privacy.look() if dry else privacy.sweep_all()
    gone = {**tally.gone, **({CONTACTS: contacts} if contacts else {})}
    over = len(session.desk.incidents.over())
    copies = Round() if dry else cleaned(session)
    if session.args.json:
        since = held.isoformat(timespec="seconds") if held else None
        busy = sorted(map(str, tally.busy))
        told = {"incidents_over": over, "backups": _plain(copies)}
        session.out.json({"dry_run": dry, "hold": since, "gone": gone, "busy": busy, **told})
        return 0
    if held:
        session.out.line((f"A legal hold is on since {held:%Y-%m-%d}: nothing is erased.", BOLD))
        if not dry:
            return 0
    if gone or not tally.busy:
        _tell_gone(session, gone, dry=dry)
    _tell_busy(session, tally)
    if dry and session.desk.copies.due():
        session.out.line("What is gone from the log is taken out of the back-ups that are in reach, too.")
    tell_copies(session, copies)
    if over:
        them = "One incident report is" if over == 1 else f"{over} incident reports are"
        session.out.line(f"{them} past the library's period, and erased by hand only: export, then:")
        session.out.line("deskmate incident erase --over")
    return 0


def hold(session: Session) -> int:
    """Stop all erasing, let it go on, or tell which.

    Raises:
        NotSaved: it could not be written.
    """
    privacy = session.desk.privacy
    if session.args.state == "on":
        privacy.hold()
    elif session.args.state == "off":
        privacy.release()
    since = privacy.hold_since
    if session.args.json:
        session.out.json({"hold": since.isoformat(timespec="seconds") if since else None})
    elif since:
        session.out.line(f"Legal hold on since {since:%Y-%m-%d %H:%M}: nothing is erased at any desk of this log.")
    else:
        session.out.line("No legal hold: words go when their period is over (deskmate privacy show).")
    return 0


def erase(session: Session) -> int:
    """Erase the text of something for good, after asking.

    Raises:
        NotFound: nothing has this id or these words.
        BadUsage: a legal hold is on, or nobody can be asked.
        NotSaved: the disk refused; the next sweep goes on with it.
    """
    args, privacy = session.args, session.desk.privacy
    found = privacy.find(" ".join(args.ref), args.field or ())
    if not args.yes and not _agreed(session, found.what):
        session.out.line("Nothing was erased.")
        return 1
    gone, pages = privacy.erase(found)
    copies = cleaned(session)
    if args.json:
        session.out.json({"erased": found.what, "gone": gone, "pages": pages, "backups": _plain(copies)})
        return 0
    session.out.line(f"Erased for good: {found.what}.")
    if pages:
        session.out.line(f"{pages} printed page{'s' if pages > 1 else ''} that showed it went too.")
    if not gone:
        session.out.line("Another DeskMate holds a file with older versions open: it erases them within a minute.")
        session.out.line("A desk on another machine does it when it is next open. See: deskmate privacy show")
    tell_copies(session, copies)
    return 0


def asked_by_a_person() -> bool:
    """Whether somebody sits at a terminal and can answer."""
    return sys.stdin.isatty()


def _agreed(session: Session, what: str) -> bool:
    """Whether the person at the terminal types yes.

    Raises:
        BadUsage: standard input is no terminal.
    """
    if not asked_by_a_person():
        raise BadUsage("Erasing cannot be undone, and nobody can be asked here.", "Add --yes to do it.")
    session.out.ask(f"Erase {what} for good? It cannot be undone. Type yes: ")
    return sys.stdin.readline().strip().lower() == "yes"


def _tell_gone(session: Session, gone: dict[str, Any], *, dry: bool) -> None:
    if not gone:
        session.out.line("Nothing is kept longer than its period.")
        return
    session.out.line(("Would go now:" if dry else "Gone:", BOLD))
    for kind, count in gone.items():
        session.out.line(f"{count:>7}  {_WORDS.get(kind, kind)}")


def _tell_busy(session: Session, tally: Tally) -> None:
    if tally.busy:
        files = f"{len(tally.busy)} file{'s' if len(tally.busy) > 1 else ''}"
        session.out.line(f"{files} could not be written now. A DeskMate that is open has them and erases in them")
        session.out.line(
            "itself; another machine wrote to them within a day; or they cannot be read (deskmate doctor)."
        )


def cleaned(session: Session) -> Round:
    """Take what was erased out of this machine's back-ups; ten years in one take a minute, so it says how far it is."""
    progress = Progress(sys.stderr)

    def going(done: int, of: int) -> bool:
        progress(done, of)
        return True

    with progress.saying("of a back-up looked through"):
        return session.desk.copies.clean(going)


def tell_copies(session: Session, copies: Round, how: str = "without it") -> None:
    """Print what became of the back-ups after something was erased, and which of them could not be reached."""
    if copies.cleaned:
        many = "One back-up was" if copies.cleaned == 1 else f"{copies.cleaned} back-ups were"
        session.out.line(f"{many} written anew {how}.")
    for each in copies.refused:
        session.out.line(f"{each.what} {each.cure} ({each.where})")
    if copies.away:
        many = "One back-up is" if len(copies.away) == 1 else f"{len(copies.away)} back-ups are"
        session.out.line(f"{many} not where it was written, and may still hold it:")
    for made in copies.away:
        session.out.line(f"  {made.at[:16].replace('T', ' ')}  {made.path}")


def _plain(copies: Round) -> dict[str, Any]:
    refused = [{"what": each.what, "where": each.where} for each in copies.refused]
    return {"cleaned": copies.cleaned, "away": [made.path for made in copies.away], "refused": refused}


def _tell_state(session: Session) -> None:
    made = session.desk.copies.known()
    if made:
        there = sum(each.is_there for each in made)
        session.out.line((f"{len(made):>7}  back-ups made here, {there} of them where they were written", BOLD))
        session.out.line(("         what is erased is taken out of those; deskmate backup --list names them", FAINT))
    session.out.text(COPIES)
    privacy = session.desk.privacy
    held, waiting, ending = privacy.hold_since, privacy.waiting(), privacy.ending()
    if held:
        session.out.line((f"A legal hold is on since {held:%Y-%m-%d}: nothing is erased.", BOLD))
    if ending:
        them = "One open promise loses" if ending == 1 else f"{ending} open promises lose"
        session.out.line((f"{them} the contact within a week: keep or close them (deskmate due --all).", BOLD))
    if waiting:
        session.out.line((f"{waiting} asked erasing waits for another desk to let go of a file.", BOLD))
