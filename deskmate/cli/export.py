"""`deskmate export`: the records out, as JSON Lines or CSV."""

from datetime import date
from pathlib import Path

from deskmate.cli.days import period
from deskmate.cli.session import Session
from deskmate.reports.export import csv_lines, jsonl_lines, write_file


def export(session: Session) -> int:
    """Write the records of a period, all of them when none is given, to a file or to standard output.

    Raises:
        BadUsage: a day is none.
        NotSaved: the file could not be written; what was there before is untouched.
    """
    args, log = session.args, session.desk.log
    given = period(args.first, args.last, session.desk.now().date())
    records = log.between(*(given or _all_days(log.days(), session.desk.now().date())))
    as_csv = args.format == "csv" or (args.format is None and args.file.lower().endswith(".csv"))
    lines = (csv_lines if as_csv else jsonl_lines)(records, with_staff=args.with_staff)
    if args.file == "-":
        session.out.raw(lines)
    else:
        write_file(Path(args.file), lines)
        session.out.note(f"Written: {args.file}")
    return 0


def _all_days(days: list[date], today: date) -> tuple[date, date]:
    return (days[0], days[-1]) if days else (today, today)
