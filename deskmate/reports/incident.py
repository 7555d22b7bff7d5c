"""An incident report as text for paper, and as JSON for another system."""

from collections.abc import Iterable
from typing import Any, Final

from deskmate.model.incident import FINAL, Incident, head_document

HEADINGS: Final = (
    ("kind", "What"),
    ("place", "Where"),
    ("seen", "Seen and heard"),
    ("injuries", "Injuries that showed"),
    ("belongings", "Property"),
    ("witnesses", "Also there"),
    ("actions", "What staff did"),
    ("told", "Told"),
    ("services", "Called"),
    ("follow_up", "Still to be done"),
)


def text(incident: Incident) -> str:
    """A report as plain text: its headings at the left, its facts indented."""
    state = "final" if incident.status == FINAL else "DRAFT"
    rows = [f"Incident report {incident.ref} ({state})", ""]
    rows += [f"When: {incident.happened_at:%a %d %B %Y %H:%M}"]
    for field, heading in HEADINGS:
        value = getattr(incident, field)
        if value:
            rows += _block(heading, value)
    if incident.times:
        rows += _block("Times noted", "\n".join(f"{at[11:16]} {name}" for name, at in incident.times))
    written = f"Written: {incident.written_at:%d %B %Y %H:%M}"
    rows += ["", written + (f" by {incident.staff} (initials, no signature)" if incident.staff else "")]
    if incident.finished_at is not None:
        rows.append(f"Final since: {incident.finished_at:%d %B %Y %H:%M}")
    for added in incident.addenda:
        by = f" by {added.staff}" if added.staff else ""
        rows += _block(f"Added {added.at:%d %B %Y %H:%M}{by}", added.text)
    return "\n".join(rows) + "\n"


def texts(incidents: Iterable[Incident]) -> str:
    """Several reports, one after the other."""
    return "\n\n".join(map(text, incidents))


def document(incident: Incident) -> dict[str, Any]:
    """A report as one JSON object, everything in it in plain text."""
    return {**head_document(incident.head), "ref": incident.ref, **incident.to_body()}


def _block(heading: str, value: str) -> list[str]:
    return [f"{heading}:" if "\n" in value else f"{heading}: {value}"] + (
        [f"  {line}" for line in value.split("\n")] if "\n" in value else []
    )
