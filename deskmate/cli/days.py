"""Days as they are typed on the command line."""

from datetime import date

from deskmate.desk.ranges import day
from deskmate.faults import BadUsage

__all__ = ["day", "period"]


def period(first: str | None, last: str | None, today: date) -> tuple[date, date] | None:
    """The days of `--from` and `--to`, both counted in; None when neither was given.

    Raises:
        BadUsage: a day is none, only the end was given, or the end lies before the start.
    """
    if first is None and last is None:
        return None
    if first is None:
        raise BadUsage("--to needs a --from.", "Give both, or --from alone for everything since then.")
    start = day(first, today)
    end = day(last, today) if last is not None else max(start, today)
    if end < start:
        raise BadUsage("The period ends before it starts.", "Give the earlier day to --from.")
    return start, end
