"""The people who are parked or on hold, and what is owed, as rows of a list."""

from collections.abc import Collection, Iterable

from deskmate.desk.live_person import Live
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
            state = "alarm" if held >= limit else "warm"
            rows.append(Row(f"live:{live.id}", name, word=f"ON HOLD {clock_text(held)}", state=state))
        elif live.walk.parked_since is not None:
            parked = (now - live.walk.parked_since).total_seconds()
            rows.append(Row(f"live:{live.id}", name, word=f"PARKED {clock_text(parked)}", state="warm"))
        else:
            rows.append(Row(f"live:{live.id}", name, word="LIVE", state="warm"))
    return rows


def promise_row(desk: Desk, record: Interaction, untaken: Collection[str] = ()) -> Row:
    """One promise: when, what, and who moves next; never the contact.

    Args:
        desk: the desk.
        record: the promise's.
        untaken: the ids of those that a hand-over named and nobody took over.
    """
    promise = record.promise
    assert promise is not None, "only records with a promise come here"
    late = desk.now().timestamp() - promise.due.timestamp()
    when = desk.promises.clock_of(promise.due)
    word = state = ""
    if promise.waiting_for:
        state = "dim"
    elif late >= 0:
        word, state = "DUE " if late < 60 else "OVERDUE ", "warm"
    remarks = " · ".join(desk.promises.remarks(record, untaken))
    return Row(f"promise:{record.day.isoformat()}/{record.id}", promise.what, remarks, f"{word}{when}", state)
