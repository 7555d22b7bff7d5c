"""From a walk to the record: what happened fills the fields, so that nobody has to."""

from datetime import datetime
from typing import Final

from deskmate.model.interaction import READ_LEVELS, Interaction
from deskmate.playbooks.variables import fill
from deskmate.playbooks.walk_place import Books, outcome
from deskmate.playbooks.walk_state import Walk, higher_strain

_READ: Final = {str(level): level for level in READ_LEVELS}


def draft(walk: Walk, now: datetime, books: Books, base: Interaction) -> Interaction:
    """The record of a walk as it stands.

    The kind is the first playbook's unless an answer changes it; the strain is the highest that was reached; an
    incident or a sensitive matter in any playbook that was played marks the whole. Answers and offers are written with
    neutral words ("the person in charge"), so that no colleague's name gets into the record. A sensitive record still
    has its path, ticks and times: the store takes them out when their period is over.

    Args:
        walk: the walk, living or ended.
        now: the moment up to which a living walk is measured. One that was ended counts to its end, one at a closing
            step to its last event.
        books: every playbook, by id; one that is gone since adds nothing.
        base: a record with what the walk does not know: id, when it was added, desk, shift, note.

    Returns:
        `base` with the walk's fields in place.
    """
    until = walk.ended_at or (walk.last_at if walk.at_end else now)
    first = books[walk.first].record if walk.first in books else {}
    fields = {**first, **walk.settled}
    return base.with_(
        asked_at=walk.started,
        ended_at=until,
        seconds=walk.elapsed(until),
        uncertain=walk.uncertain(until),
        channel=walk.channel,
        kind=fields.get("kind", base.kind),
        strain=strain(walk, books) or base.strain,
        read=_READ.get(fields.get("read", ""), base.read),
        taught=base.taught or _flag("taught", walk, books),
        source_used=base.source_used or _flag("source_used", walk, books),
        outcome=outcome(walk, books),
        offered=tuple(dict.fromkeys((*base.offered, *walk.offers))),
        incident=base.incident or walk.helped == "yes" or _flag("incident", walk, books),
        playbook=walk.first,
        path=tuple((place, fill(answer, {})) for place, answer in walk.path),
        stopped="" if walk.at_end else walk.spot.place,
        ticks=tuple(walk.ticks),
        times=tuple((name, at.isoformat(timespec="seconds")) for name, at in walk.times),
        hold_seconds=walk.hold_total(until),
        entry="live",
        sensitive=base.sensitive or any(books[name].sensitive for name in walk.played if name in books),
    )


def strain(walk: Walk, books: Books) -> str:
    """The highest strain that the playbooks played and the answers given have reached, or empty."""
    reached = walk.settled.get("strain", "")
    for name in walk.played:
        if name in books:
            reached = higher_strain(reached, books[name].record.get("strain", ""))
    return reached


def _flag(name: str, walk: Walk, books: Books) -> bool:
    """A yes or no of the record: the last answer's word, else whether any playbook that was played says yes."""
    said = walk.settled.get(name)
    if said is not None:
        return said == "yes"
    return any(books[played].record.get(name) == "yes" for played in walk.played if played in books)
