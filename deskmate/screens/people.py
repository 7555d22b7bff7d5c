"""The people who are parked or on hold, and what is owed, as rows of a list."""

from collections.abc import Collection, Iterable

from deskmate.desk.live_person import Live
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.screens.app import DeskMateApp
from deskmate.screens.widgets.rows import Row


def clock_text(seconds: float) -> str:
    """A duration as a clock: `1:40`, `12:03`, `1:02:03`."""
    whole = max(int(seconds), 0)
    hours, rest = divmod(whole, 3600)
    minutes, second = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{second:02}" if hours else f"{minutes}:{second:02}"


def waiting_word(desk: Desk, live: Live) -> str:
    """How somebody waits, with the clock: `ON HOLD 1:18 TOO LONG`, `PARKED 2:10`; `LIVE` for anybody else."""
    now = desk.now()
    held, parked = live.walk.hold_for(now), live.walk.parked_for(now)
    if held is not None:
        return hold_word(held, too_long=desk.too_long(live))
    return f"PARKED {clock_text(parked)}" if parked is not None else "LIVE"


def hold_word(seconds: float, *, too_long: bool) -> str:
    """A time on hold; too long a one says so in words too."""
    return f"ON HOLD {clock_text(seconds)}{' TOO LONG' if too_long else ''}"


def people_rows(desk: Desk, people: Iterable[Live]) -> list[Row]:
    """One row for each live person, with how long they have been set aside."""
    return [
        Row(
            f"live:{live.id}",
            desk.live.view(live).name,
            word=waiting_word(desk, live),
            state="alarm" if desk.too_long(live) else "warm",
        )
        for live in people
    ]


def owed_words(app: DeskMateApp, promise: Promise | None, outcome: str) -> tuple[str | tuple[str, str], ...]:
    """What a record owes; where it came out as promised and nothing is written down, that nothing will remind of it."""
    if promise is not None:
        return (f"{promise.what}, {promise.due:%a %d %b %H:%M}",)
    missing = f"nothing will remind you; {app.key('wrap-promise')} writes it down"
    return ("none: ", (missing, "$text-warning")) if outcome == "promised" else ("none",)


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
