"""What was logged, as rows of a list."""

from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.playbooks.view import code_of
from deskmate.screens.widgets.rows import Row


def record_row(desk: Desk, record: Interaction) -> Row:
    """One record: when, what, and how it went."""
    remarks = [record.strain] if record.strain != "calm" else []
    remarks += [record.entry] if record.entry != "live" else []
    remarks += [record.outcome]
    title = _title(desk, record)
    state = "alarm" if record.strain == "red" else ""
    what = desk.entries.describe(record) + (f" · {title}" if title else "")
    return Row(
        f"record:{record.day.isoformat()}/{record.id}", what, " · ".join(remarks), f"{record.asked_at:%H:%M}", state
    )


def _title(desk: Desk, record: Interaction) -> str:
    """The playbook's title; a discreet one stays a code here too."""
    if not record.playbook or record.playbook not in desk.library.playbooks:
        return ""
    book = desk.library.playbooks[record.playbook]
    return code_of(book) if book.discreet or book.urgency != "routine" else book.title
