"""`deskmate log --import FILE`: every record of a file, or none."""

import io
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any, Final

from deskmate.cli.progress import Progress
from deskmate.cli.session import Session
from deskmate.desk.exchange import Incoming
from deskmate.faults import BadUsage
from deskmate.reports.intake_file import BadRow

SHOWN: Final = 50
"""Bad rows told one by one; `--json` tells all."""
_OF_ONE: Final = (
    "channel", "kind", "strain", "outcome", "read", "minutes", "count", "at", "place", "taught", "source_used",
    "offered", "authority", "referred_to", "incident", "playbook", "tag", "note", "staff",
)  # fmt: skip
"""The options of a single contact."""
_NAMES: Final = {"jsonl": "JSON Lines", "csv": "a CSV with DeskMate's columns"}


def import_file(session: Session) -> int:
    """Read and check a whole file, then take in what is new of it in one commit; 3 when a row is bad.

    Raises:
        BadUsage: there is no such file, or options that do not go together.
        BadContent: the file, or the mapping file, cannot be read at all.
        NotSaved: the disk refused, and nothing was taken in.
    """
    args = session.args
    _check_options(args)
    progress = Progress(sys.stderr)
    with progress.saying("checked"):
        incoming = session.desk.exchange.read(
            _bytes(args.source),
            args.format or "",
            args.mapping,
            keep_private=args.keep_private,
            progress=progress,
        )
    if not incoming.intake.bad and not args.dry_run:
        with progress.saying("written"):
            session.desk.exchange.take_in(incoming, progress)
    if args.json:
        session.out.json(_plain(incoming, dry=args.dry_run))
    else:
        _tell(session, incoming)
    return 3 if incoming.intake.bad else 0


def _check_options(args: Namespace) -> None:
    if args.source is None:
        raise BadUsage("--format, --mapping and --dry-run go with --import.", "Add --import FILE.")
    given = [name for name in _OF_ONE if getattr(args, name) not in (None, False)]
    if given:
        option = f"--{given[0].replace('_', '-')}"
        raise BadUsage(f"{option} is for one contact, and --import brings many.", f"Leave {option} out.")


def _bytes(source: str) -> bytes:
    if source == "-":
        if isinstance(sys.stdin, io.TextIOWrapper):
            data: bytes = sys.stdin.buffer.read()
            return data
        text: str = sys.stdin.read()
        return text.encode("utf-8", "surrogateescape")
    try:
        return Path(source).read_bytes()
    except OSError as fault:
        reason = (fault.strerror or "it cannot be read").lower()
        raise BadUsage(f"{source}: {reason}.", "Give a file that is there; - reads standard input.") from fault


def _tell(session: Session, incoming: Incoming) -> None:
    out, intake, compared = session.out, incoming.intake, incoming.compared
    name = _NAMES.get(intake.format, f"a table of {intake.format}")
    if intake.guessed:
        out.note(f"Taken for {name}. If it is not, say --format or --mapping.")
    if intake.encoding:
        out.note(f"Read as {intake.encoding} text.")
    if intake.ignored:
        out.note(f"Columns that nothing is taken from: {', '.join(intake.ignored)}.")
    if intake.bad:
        _tell_bad(session, intake.bad, intake.rows)
        return
    if incoming.masked:
        out.note(f"Private data is masked in {incoming.masked:,}. Keep it with --keep-private.")
    if incoming.unsigned:
        out.note(f"Initials are left out of {incoming.unsigned:,}: this library keeps none.")
    said = "Would take in" if session.args.dry_run else "Taken in"
    days = incoming.days
    span = f" of {days[0]} to {days[1]}" if days else ""
    out.line(f"{said}: {_records(compared.count)}{span}.")
    left = [
        (compared.known, "here already and left as they are"),
        (compared.removed, "taken out here before, and stay out"),
        (intake.repeated, "repeated in the file"),
        (intake.nobody, "of nobody: a count of 0"),
    ]
    for number, words in left:
        if number:
            out.line(f"  {number:,} {words}.")


def _tell_bad(session: Session, bad: list[BadRow], rows: int) -> None:
    lines = len({each.line for each in bad})
    session.out.note(f"Nothing was taken in: {lines:,} of {rows:,} rows cannot be read.")
    for each in bad[:SHOWN]:
        session.out.note(str(each))
    if len(bad) > SHOWN:
        session.out.note(f"And {len(bad) - SHOWN:,} more; --json tells all.")


def _records(number: int) -> str:
    return "1 record" if number == 1 else f"{number:,} records"


def _plain(incoming: Incoming, *, dry: bool) -> dict[str, Any]:
    intake, compared, days = incoming.intake, incoming.compared, incoming.days
    return {
        "format": intake.format,
        "guessed": intake.guessed,
        "encoding": intake.encoding or "UTF-8",
        "dry_run": dry,
        "rows": intake.rows,
        "new": compared.count,
        "known": compared.known,
        "removed": compared.removed,
        "repeated": intake.repeated,
        "nobody": intake.nobody,
        "masked": incoming.masked,
        "unsigned": incoming.unsigned,
        "first": days[0].isoformat() if days else None,
        "last": days[1].isoformat() if days else None,
        "ignored": list(intake.ignored),
        "bad": [
            {"line": each.line, "column": each.column, "name": each.name, "what": each.what, "cure": each.cure}
            for each in intake.bad
        ],
    }
