"""What a guide shows besides its playbook: what this person is owed, and that somebody else is on hold too long."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from deskmate.desk.live_person import Live
from deskmate.playbooks.view import GuideView
from deskmate.playbooks.walk_place import Due

if TYPE_CHECKING:
    from deskmate.desk.service import Desk

ELSEWHERE: Final = "other"
"""What a nudge counts from that is about somebody else: their time on hold."""
CALLER_WAITS: Final = "A caller is on hold too long: go back to them"


def beside(desk: "Desk", live: Live, seen: GuideView) -> GuideView:
    """The view with what the desk knows besides.

    Args:
        desk: the desk.
        live: who is in front.
        seen: what the playbook shows.
    """
    if live.owed is not None:
        clock = desk.promises.clock_of
        when = f"made {clock(live.owed.made_at)}, for {clock(live.owed.due)}"
        from deskmate.desk.promises import CALLED_BACK

        keeps = seen.end in CALLED_BACK
        seen = replace(seen, owed=(live.owed.what, when), contact=bool(live.owed.contact), keeps=keeps)
    if live.promise is not None:
        made = f"{live.promise.what}, {desk.promises.clock_of(live.promise.due)}"
        seen = replace(seen, promised=made)
    waits = _kept_waiting(desk) if seen.urgency == "routine" else ()  # an emergency is not interrupted
    return replace(seen, nudges=(*waits, *seen.nudges)) if waits else seen


def _kept_waiting(desk: "Desk") -> tuple[Due, ...]:
    """The nudge to go back to a caller, counted from whoever is on hold the longest."""
    since = next((other.walk.hold_since for other in desk.live.others if desk.too_long(other)), None)
    if since is None:
        return ()
    at = since + timedelta(seconds=desk.settings.desk.hold_seconds)
    return (Due(CALLER_WAITS, ELSEWHERE, at, quiet=False),)
