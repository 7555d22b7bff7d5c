"""What the person in charge should look at, one sentence each, the most pressing first."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from deskmate.model.interaction import Interaction
from deskmate.reports.promises import PromiseCounts, is_overdue, open_promises
from deskmate.reports.tallies import Counts
from deskmate.reports.words import moment, number_of
from deskmate.text.clean import one_line

_NAMED: Final = 3


def watch(
    counted: Counts, made: PromiseCounts, records: Iterable[Interaction], now: datetime, *, one_shift: bool
) -> tuple[str, ...]:
    """The sentences.

    Args:
        counted: the contacts of the period.
        made: its promises.
        records: those with an open promise are looked at.
        now: what is overdue is so by now.
        one_shift: the period is no longer than a shift, so that a swap still helps.
    """
    lines: list[str] = []
    if made.reports_due:
        verb = "is" if made.reports_due == 1 else "are"
        lines.append(f"{number_of(made.reports_due, 'incident report')} {verb} due.")
    overdue = [promise for _, promise in open_promises(records) if is_overdue(promise, now) and not promise.private]
    lines += [f"Overdue since {moment(promise.due)}: {one_line(promise.what)}." for promise in overdue[:_NAMED]]
    if len(overdue) > _NAMED:
        lines.append(f"{number_of(len(overdue) - _NAMED, 'more promise')} overdue.")
    if counted.hard:
        found = ", ".join(
            f"{number} {strain}" for strain, number in sorted(counted.strains.items()) if strain != "calm"
        )
        hard = f"{number_of(counted.hard, 'hard contact')} ({found})"
        # The second red exit in a shift is when a colleague should take over: see the loggers' own staff-harm figures.
        advice = " Offer a swap and a debrief." if one_shift and counted.hard > 1 else ""
        lines.append(f"{hard}.{advice}")
    return tuple(lines)
