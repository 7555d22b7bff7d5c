"""What the Desk lists: people and promises that wait, what a look-up found, the directory, the letters of the tally."""

from collections.abc import Mapping
from typing import Final

from deskmate.desk.service import NO_ADDRESS, Desk
from deskmate.desk.tally import CHANNEL_KEYS, KIND_KEYS, parse
from deskmate.faults import BadUsage
from deskmate.playbooks.hit import Hit
from deskmate.screens.app import DeskMateApp
from deskmate.screens.people import people_rows, promise_row
from deskmate.screens.safe import flat
from deskmate.screens.widgets.rows import HEADING, TOLD, Row
from deskmate.text.clean import cells, clip

RESULTS: Final = 9
"""Rows of a search: what is not among nine is found by another word, not by reading on."""
NONE: Final = "none:"
"""The row for when nothing in the list is right."""
NOT_SURE: Final = "Not sure. The nearest:"
NOTHING: Final = "Nothing fits these words."
NOBODY: Final = "Nobody in the directory fits."


def strip_words(app: DeskMateApp) -> str:
    """What one should know, in one line; never a question that must be answered first."""
    desk = app.desk
    takes_nothing = desk.log.db.storage.takes_nothing
    said = ["NOTHING CAN BE SAVED (deskmate doctor)"] if takes_nothing else []
    said += app.privacy_said
    waiting = people_rows(desk, desk.live.others)
    if waiting:
        more = f" +{len(waiting) - 2}" if len(waiting) > 2 else ""
        said.append(f"{', '.join(row.word for row in waiting[:2])}{more} ({app.key('other')})")
    if app.due:
        said.append(f"{app.due} promise{'s' if app.due > 1 else ''} due: {app.key('promises-mark')} opens")
    said += app.noticed[:1]
    if desk.shifts.waiting():
        said.append(f"hand-over waiting: {app.key('shift-mark')} opens")
    if desk.rehearsing:
        said.append(f"practice waiting ({app.key('palette')} Practice)")
    if desk.settings.emergency_is_empty:
        said.append("this building's address is not set (deskmate doctor)")
    notices = len({fault.file for fault in app.faults() if fault.what != NO_ADDRESS}) - takes_nothing
    if notices > 0:
        said.append(f"{notices} file{'s' if notices > 1 else ''} to mend (deskmate doctor)")
    for broken in app.noticed[1:]:
        if len(" · ".join([*said, broken])) <= app.size.width - 2:
            said.append(broken)
    return " · ".join(said)


def in_charge(name: str, extension: str, room: int) -> str:
    """Who is in charge, in so many cells: the extension, which is what one dials, is never cut off."""
    role = "in charge" in name.casefold()  # nobody was named
    whole = "" if role and not extension else f"{'' if role else 'In charge: '}{name} {extension}".rstrip()
    if cells(whole) <= room:
        return whole
    return f"{clip(flat(name), max(room - cells(extension) - 1, 1))} {extension}".rstrip()


def waiting_rows(app: DeskMateApp) -> list[Row]:
    """What an empty line shows: people, promises, then the most used guides."""
    desk = app.desk
    rows = people_rows(desk, desk.live.others)
    soon = [promise_row(desk, record) for record in desk.promises.due_soon()] if app.awake else []
    if soon:
        rows += [Row("", "Promised", state=HEADING), *soon]
    pinned = desk.answers.pinned(desk.settings.screens.pinned)
    rows += [Row("", "At hand", state=HEADING)] if rows and pinned else []
    return rows + [hit_row(book) for book in pinned]


def directory_rows(desk: Desk, words: str) -> list[Row]:
    """The directory, or what of it fits the words."""
    found = [Row(f"directory:{entry.id}", entry.name, entry.phone) for entry in desk.answers.directory(words)]
    return found or [Row("", NOBODY, state=TOLD)]


def grid_rows(app: DeskMateApp, value: str) -> list[Row]:
    """The letters of the tally and what the line means so far."""
    desk = app.desk
    try:
        meant, remark = parse(value, desk.now(), desk.entries.again()).said, f"{app.key('open')} counts it"
    except BadUsage as fault:
        meant, remark = fault.what, ""  # the letters stand below
    rows = [
        Row("grid", meant, remark, "TALLY"),
        Row("", "channel, kind, x7 or ~7 (about), time", state=HEADING),
    ]
    pairs = zip(_letters(CHANNEL_KEYS, 10), _letters(KIND_KEYS, 10), strict=False)
    return rows + [Row("", f"{left:22}{right}", state="dim") for left, right in pairs]


def found_rows(desk: Desk, words: str) -> list[Row]:
    """What fits the words, told as a guess where it is one, and the way out when it is none of these."""
    found = desk.answers.find(words, RESULTS)
    hits = [hit_row(hit) for hit in found if hit.score or not hit.guess]
    rows = [Row("", NOT_SURE if hits else NOTHING, state=HEADING)] if not hits or found[0].guess else []
    return [*rows, *hits, Row(NONE, "None of these", "find out, and wish for one", state="dim")]


def hit_row(hit: Hit) -> Row:
    """One result: its title, the word it matched by most, and its urgency in a word."""
    return Row(hit.row, hit.title, ", ".join(hit.matched[:1]), _word(hit.urgency), _state(hit.urgency))


def _word(urgency: str) -> str:
    return {"emergency": "EMERGENCY", "urgent": "URGENT"}.get(urgency, "")


def _state(urgency: str) -> str:
    return {"emergency": "alarm", "urgent": "warm"}.get(urgency, "")


def _letters(keys: Mapping[str, str], rows: int) -> list[str]:
    lines = [f"{key}  {value}" for key, value in keys.items()]
    return lines + [""] * (rows - len(lines))
