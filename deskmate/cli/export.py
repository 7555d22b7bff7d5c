"""`deskmate export`: the records out, for a spreadsheet, another program or a calendar."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from deskmate.cli.days import period
from deskmate.cli.progress import Progress
from deskmate.cli.session import Session
from deskmate.reports.export import write_file

_BY_NAME: Final = {".csv": "csv", ".ics": "ics"}


def export(session: Session) -> int:
    """Write the records of a period, all of them when none is given, to a file or to standard output.

    Raises:
        BadUsage: a day is none.
        BadContent: a mapping file of the library is wrong.
        NotSaved: the file could not be written; what was there before is untouched.
    """
    args = session.args
    given = period(args.first, args.last, session.desk.now().date())
    format_name = args.format or _BY_NAME.get(Path(args.file).suffix.lower(), "jsonl")
    lines = session.desk.exchange.lines(format_name, given, with_staff=args.with_staff)
    if args.file == "-":
        session.out.raw(lines)
    else:
        progress = Progress(sys.stderr, what="lines")
        with progress.saying("written"):
            write_file(Path(args.file), _told(lines, progress))
        session.out.note(f"Written: {args.file}")
    return 0


def _told(lines: Iterable[str], progress: Progress) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        yield line
        progress(number)
