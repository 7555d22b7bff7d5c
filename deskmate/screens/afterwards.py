"""For the person at the desk, when a hard contact is over: somebody else for a while, and a guide to get over it."""

from typing import Final

from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction

DEBRIEF: Final = "staff-debrief"
"""What is offered after a second red contact when its own guide offers nothing."""


def swap(desk: Desk, record: Interaction, strain: str) -> bool:
    """Whether this is the second red contact of the shift, or one more: then somebody else should take the desk."""
    return strain == "red" and desk.reporting.red_before(desk.shifts.current(), record)


def afterwards(desk: Desk, record: Interaction, strain: str) -> tuple[str, str] | None:
    """The playbook that is offered after a contact: its id and title."""
    live = desk.live.current
    after = desk.live.view(live).after if live else ""
    after = after or (DEBRIEF if swap(desk, record, strain) else "")
    return (after, desk.library.playbooks[after].title) if after in desk.library.playbooks else None
