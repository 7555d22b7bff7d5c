"""`deskmate backup` and `restore`: a home as one file, and back."""

import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from deskmate.cli.progress import Progress
from deskmate.cli.session import Session
from deskmate.faults import BadUsage
from deskmate.records.backup import alone_with_backups, back_up, known, note


def backup(session: Session) -> int:
    """Write the home as one file and remember where.

    Raises:
        BadUsage: no file was named, or one inside the home.
        NotSaved: the disk refused; a file that was there before is untouched.
    """
    args, out, places = session.args, session.out, session.places
    if args.list:
        return _list(session)
    if not args.file:
        raise BadUsage("FILE is missing.", "See: deskmate backup --help")
    _ = session.desk.log  # an import that a crash cut off is finished first
    progress = Progress(sys.stderr)
    with progress.saying("packed"), alone_with_backups(places.state):
        made = back_up(
            places.home,
            Path(args.file),
            session.desk.now(),
            private=not args.without_contacts,
            progress=progress,
        )
    note(places.state, made)
    if args.json:
        out.json(asdict(made))
    else:
        out.line(f"Backed up: {made.files:,} files to {args.file}.")
        if made.contacts:
            out.note("Contacts and incidents are in it: keep it where only you can read it.")
        out.note("Leave it there, or erase it yourself: what is erased here is taken out of it as long as it is found.")
    return 0


def restore(session: Session) -> int:
    """Check a back-up to the last byte, then bring it back.

    Raises:
        BadContent: it is damaged, cut, or no back-up of DeskMate.
        BadUsage: there is a log already, or no such file.
        NotSaved: the disk refused.
    """
    from deskmate.records import restore as restoring

    args, out = session.args, session.out
    home = Path(args.into).expanduser().absolute() if args.into else session.places.home
    progress = Progress(sys.stderr)
    with progress.saying("checked"):
        contents = restoring.check(Path(args.file), _room(home))
    done = restoring.Restored()
    if not args.check:
        done = restoring.restore(Path(args.file), home, contents, merge=args.merge)
    if args.json:
        out.json(
            {"at": contents.at, "files": len(contents.sizes), "days": contents.days, "home": str(home), **asdict(done)}
        )
        return 0
    out.line(f"Whole: {len(contents.sizes):,} files, {contents.days:,} days of log, made {contents.at}.")
    if not args.check:
        out.line(f"Brought back into {home}: {done.written:,} files; {done.same:,} were there already.")
    for name in done.kept:
        out.note(f"Your own was kept: {name}")
    if done.left_out:
        out.note(f"Contacts and incidents stay as they are here ({done.left_out:,} left out).")
    if args.merge and not args.check:
        out.note("What was erased here since that back-up may be back: erase it again.")
    return 0


def _list(session: Session) -> int:
    made = known(session.places.state)
    if session.args.json:
        session.out.json([{**asdict(each), "is_there": each.is_there} for each in made])
        return 0
    for each in made:
        there = "" if each.is_there else "  (gone, or its disk is not connected)"
        session.out.line(f"{each.at}  {'with' if each.contacts else 'without'} contacts  {each.path}{there}")
    if not made:
        session.out.line("No back-up was made on this machine.")
    return 0


def _room(home: Path) -> int:
    """Bytes that the disk of a home has free."""
    folder = home
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free
