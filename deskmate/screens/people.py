"""The people who are parked or on hold, and what is owed, as rows of a list."""

from collections.abc import Iterable

from deskmate.desk.live import Live
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.screens.widgets.rows import Row


def clock_text(seconds: float) -> str:
    """A duration as a clock: `1:40`, `12:03`, `1:02:03`."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def people_rows(desk: Desk, people: Iterable[Live]) -> list[Row]:
    """One row for each live person, with how long they have been set aside."""
    now = desk.now()
    limit = desk.settings.desk.hold_seconds
    rows = []
    for live in people:
        name = desk.live.view(live).name
        if live.walk.hold_since is not None:
            held = (now - live.walk.hold_since).total_seconds()
            rows.append(
                Row(
                    f"live:{live.id}",
                    name,
                    f"on hold {clock_text(held)}",
                    "ON HOLD",
                    "alarm" if held >= limit else "warm",
                )
            )
        elif live.walk.parked_since is not None:
            parked = (now - live.walk.parked_since).total_seconds()
            rows.append(Row(f"live:{live.id}", name, f"parked {clock_text(parked)}", "PARKED", "warm"))
        else:
            rows.append(Row(f"live:{live.id}", name, "", "LIVE", "warm"))
    return rows  # fmt: skip


def promise_row(desk: Desk, record: Interaction) -> Row:
    """One promise: when, what, and who moves next; never the contact."""
    promise = record.promise
    assert promise is not None, "only records with a promise come here"
    now = desk.now()
    today = promise.due.astimezone(now.tzinfo).date() == now.date()
    when = f"{promise.due:%H:%M}" if today else f"{promise.due:%a %d %b %H:%M}"
    remarks = []
    word = state = ""
    if promise.waiting_for:
        since = f" since {promise.waiting_since:%a %H:%M}" if promise.waiting_since else ""
        remarks.append(f"waiting for {promise.waiting_for}{since}")
        state = "dim"
    elif promise.due <= now:
        word, state = "DUE " if (now - promise.due).total_seconds() < 60 else "OVERDUE ", "alarm"
    if promise.handed_at and not promise.accepted_at:
        remarks.append(f"handed to {promise.who}, not accepted")
    elif promise.who:
        remarks.append(promise.who)
    if promise.contact:
        remarks.append("contact kept")
    return Row(
        f"promise:{record.day.isoformat()}/{record.id}", promise.what, " · ".join(remarks), f"{word}{when}", state
    )
