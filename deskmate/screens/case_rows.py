"""The records behind a figure as rows: no staff, no length of time, and of a sensitive one its kind and day."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from deskmate.model.interaction import Interaction
from deskmate.reports.cases import STANDARD
from deskmate.reports.summary import Summary
from deskmate.screens.widgets.rows import Row


def record_row(record: Interaction) -> Row:
    """A record in one line."""
    counted = f" · x{record.count}" if record.count > 1 else ""
    row_id, day = f"case:{record.ref}", f"{record.asked_at:%a %d %b %Y}"
    if record.sensitive:
        return Row(row_id, f"{record.kind}{counted}", "sensitive", f"{day}      ")
    remarks = [record.strain] if record.strain != "calm" else []
    what = f"{record.channel} · {record.kind}{counted}"
    return Row(row_id, what, " · ".join([*remarks, record.outcome, record.ref]), f"{day} {record.asked_at:%H:%M}")


def complaint_rows(refs: Iterable[str], complaints: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """Complaints, each in one line; one that names a colleague shows no words."""
    rows = []
    for ref in refs:
        document = complaints.get(ref)
        if document is not None:
            words = "restricted" if document.get("restricted") else str(document.get("text", ""))
            remark = "answered" if document.get("answer") else "no answer yet"
            came = datetime.fromisoformat(str(document["at"]))
            rows.append(Row(f"case:{ref}", words or "(erased)", f"{remark} · {ref}", f"{came:%a %d %b %Y}"))
    return rows


def title_of(row: Row, key: str, summary: Summary | None) -> str:
    """Whose records are listed: the standard or section, and the label of the line.

    Args:
        row: the line of the report.
        key: the key of the records behind it.
        summary: the report.
    """
    name = key.removeprefix(f"{STANDARD}:").partition("/")[0]
    standards = summary.standards if summary and key.startswith(STANDARD) else ()
    section = row.id.split("/", 2)[1]
    label = row.text.strip().partition("  ")[0]
    return f"{next((each.title for each in standards if each.name == name), section)}: {label}"
