"""The private promise of an incident report."""

from datetime import datetime, time, timedelta
from typing import Final

from deskmate.hours import Hours
from deskmate.model.promise import Promise
from deskmate.text.spoken import place

INCIDENT_REPORT: Final = "incident report due"


def report_due(hours: Hours, now: datetime) -> Promise:
    """The promise that an incident is reported before closing today, or at the next opening."""
    from deskmate.desk.promises import closing_today  # the first screen needs none of it

    due = closing_today(hours, now)
    if due is None:
        tomorrow = now.date() + timedelta(days=1)
        day = hours.next_open(tomorrow) or tomorrow
        due = place(datetime.combine(day, hours.opening(day) or time(12)), now)
    return Promise(what=INCIDENT_REPORT, due=due, made_at=now, private=True)
