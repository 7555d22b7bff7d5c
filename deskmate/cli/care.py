"""`deskmate doctor` and `paths`."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from deskmate.cli.output import ALARM, BOLD
from deskmate.cli.screens import SMALLEST
from deskmate.cli.session import Session
from deskmate.faults import DeskMateError, Notice, NotSaved
from deskmate.screens.keymap import look_over

OK: Final = "ok"
NOTE: Final = "note"
"""Worth knowing; nothing is damaged."""
FAULT: Final = "FAULT"
_MOST_NAMED: Final = 20
"""Files named one by one for their permissions; a copied folder has thousands."""
_STYLES: Final = {OK: "", NOTE: BOLD, FAULT: ALARM}
PATHS: Final = (
    "home", "state", "data", "settings", "playbooks", "facts", "directory", "lexicon", "cards", "practice", "notices",
    "pledge", "log", "live", "cache",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor."""

    check: str
    """What was looked at."""
    state: str
    """`ok`, `note` or `FAULT`."""
    what: str
    cure: str = ""
    where: str = ""


def doctor(session: Session) -> int:
    """Look at everything DeskMate stands on; 3 when something is damaged or wrong."""
    found = []
    for finding in _findings(session):
        found.append(finding)
        if not session.args.json:
            place = f"{finding.where}: " if finding.where else ""
            words = f"{place}{finding.what} {finding.cure}".rstrip()
            session.out.line((f"{finding.state:<6}", _STYLES[finding.state]), f"{finding.check:<12}{words}")
    if session.args.json:
        session.out.json([asdict(finding) for finding in found])
    return 3 if any(finding.state == FAULT for finding in found) else 0


def paths(session: Session) -> int:
    """Print where everything lives, whether or not it is there yet."""
    found = {name: str(getattr(session.places, name)) for name in PATHS}
    if session.args.json:
        session.out.json(found)
    else:
        for name, path in found.items():
            session.out.line(f"{name:<11}{path}")
    return 0


def _findings(session: Session) -> Iterator[Finding]:
    desk = session.desk
    yield _terminal(session)
    yield from _told("settings", desk.settings_notices, _where(session.places.settings))
    keymap = look_over(desk.settings.keys, str(session.places.settings))
    yield from _told("keys", keymap.notices, f"{len(keymap.changed)} changed.")
    yield _emergency(session)
    books = len(desk.library.heads)
    yield from _told("playbooks", desk.library.notices, f"{books} playbooks, {len(desk.library.facts)} facts.")
    yield from _told("lexicon", desk.answers.notices, f"{len(desk.library.lexicon)} lines.")
    yield from _notices(session)
    yield from _log(session)
    yield from _permissions(session)
    yield from _incidents(session)
    yield _journals(session)
    yield _privacy(session)
    yield _backups(session)


def _terminal(session: Session) -> Finding:
    if not session.out.is_terminal:
        return Finding("terminal", NOTE, "This is no terminal.", "The screens need one; every command works without.")
    columns, rows = shutil.get_terminal_size()
    size = f"{columns} columns, {rows} rows, {_colours(session)}"
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        least = f"Make the window at least {SMALLEST[0]} by {SMALLEST[1]}."
        return Finding("terminal", NOTE, f"{size}: too small for the screens.", least)
    return Finding("terminal", OK, f"{size}.")


def _colours(session: Session) -> str:
    environment = session.environment
    term = environment.get("TERM", "")
    if session.args.no_color or environment.get("NO_COLOR") or term == "dumb":
        return "no colours"
    if environment.get("COLORTERM", "") in ("truecolor", "24bit"):
        return "all colours"
    return "256 colours" if "256" in term else "16 colours"


def _told(check: str, notices: "tuple[Notice, ...] | list[Notice]", well: str) -> Iterator[Finding]:
    """One line for each notice, or one that says all is well."""
    if not notices:
        yield Finding(check, OK, well)
    for notice in notices:
        yield Finding(check, FAULT, notice.what, notice.cure, notice.where)


def _where(settings: Path) -> str:
    return f"{settings}." if settings.exists() else "There is no file yet: the defaults serve."


def _emergency(session: Session) -> Finding:
    if not session.desk.settings.emergency_is_empty:
        return Finding("emergency", OK, "The number and this building's address are there.")
    what = "HELP lacks the number to call or this building's address."
    cure = "Fill in the [emergency] block of the settings."
    return Finding("emergency", NOTE, what, cure, str(session.places.settings))


def _notices(session: Session) -> Iterator[Finding]:
    """What has run out in the library's own notices: it is shown no more, and only in the way."""
    from deskmate.playbooks.board import has_run_out

    desk = session.desk
    today = desk.now().date()
    over = [each for each in desk.library.posted if not each.example and has_run_out(each, today)]
    if not over:
        yield Finding("notices", OK, "Nothing in the file has run out.")
    for each in over:
        yield Finding("notices", NOTE, f'"{each.id}" ran out on {each.until[:10]}.', "Take it out.", each.origin)


def _log(session: Session) -> Iterator[Finding]:
    """The whole log: every line, the clock, drafts that were left; `--mend` repairs it first."""
    from deskmate.records.doctor import examine
    from deskmate.records.mend import mend

    log = session.desk.log
    try:
        for done in mend(log, session.clock) if session.args.mend else ():
            yield Finding("log", NOTE, done.what, done.cure, done.where)
    except NotSaved as fault:
        yield Finding("log", FAULT, fault.what, fault.cure)
    days = len(log.days())
    well = f"Every line of {days} day{'' if days == 1 else 's'} reads well, and the clock is not behind them."
    yield from _told("log", examine(log, session.clock), well)


def _permissions(session: Session) -> Iterator[Finding]:
    """Everything in the home and the state folder that others can open; `--mend` closes it."""
    from deskmate.records.permissions import close, open_to_others

    places = session.places
    loose = open_to_others((places.home, places.state))
    left = close(loose) if session.args.mend else loose
    if not loose:
        yield Finding("permissions", OK, "Nobody else on this machine can open the folders and files.")
    if len(loose) > len(left):
        yield Finding("permissions", OK, f"Closed to others: {_things(len(loose) - len(left))}.")
    if session.args.mend:
        cure = "It belongs to somebody else: ask them, or your IT, to close it."
    else:
        cure = "Run: deskmate doctor --mend, unless other desks share it on purpose."
    for path in left[:_MOST_NAMED]:
        yield Finding("permissions", NOTE, "Other users of this machine can open this.", cure, str(path))
    if len(left) > _MOST_NAMED:
        what = f"{_things(len(left) - _MOST_NAMED)} more can be opened by other users of this machine."
        yield Finding("permissions", NOTE, what, cure)


def _things(count: int) -> str:
    return "one file or folder" if count == 1 else f"{count} files and folders"


def _incidents(session: Session) -> Iterator[Finding]:
    """Whether the reports and their keys read well, a sealing was broken off, or a period is over."""
    from deskmate.records.keyring import ON, SEALING

    incidents = session.desk.incidents
    try:
        stored = incidents.tables.keyring
    except DeskMateError as fault:
        yield Finding("incidents", FAULT, fault.what, fault.cure, str(session.places.log))
        return
    over = len(incidents.over())
    incidents.heads()
    yield from (Finding("incidents", FAULT, each.what, each.cure, each.where)
                for each in incidents.tables.unreadable.values())  # fmt: skip
    if stored is not None and stored.state != ON:
        way = "protect" if stored.state == SEALING else "unprotect"
        what = "Setting or taking off the code of the incident reports was broken off."
        yield Finding("incidents", NOTE, what, f"Run: deskmate incident {way}")
    elif over:
        what = f"{over} incident report{'s are' if over > 1 else ' is'} past the library's period."
        yield Finding("incidents", NOTE, what, "Export, then run: deskmate incident erase --over")
    elif not incidents.tables.unreadable:
        yield Finding("incidents", OK, "Reports need the code to be read." if stored else "Reports have no code.")


def _privacy(session: Session) -> Finding:
    """Whether a legal hold is on, a contact ends unnoticed, or an erasing waits."""
    privacy = session.desk.privacy
    held, waiting, ending = privacy.hold_since, privacy.waiting(), privacy.ending()
    if held:
        what = f"A legal hold is on since {held:%Y-%m-%d}: nothing is erased."
        return Finding("privacy", NOTE, what, "End it when it may end: deskmate privacy hold off")
    if waiting:
        return Finding(
            "privacy", NOTE, f"{waiting} erasing waits for another desk to let go of a file.", "Close it there."
        )
    if ending:
        what = f"{ending} open promise{'s lose their' if ending > 1 else ' loses its'} contact within a week."
        return Finding("privacy", NOTE, what, "Keep or close it: deskmate due --all")
    return Finding("privacy", OK, "Words go when their period is over. See: deskmate privacy show")


def _backups(session: Session) -> Finding:
    """Whether what is erased here can be taken out of the back-ups that this machine made."""
    made = session.desk.copies.known()
    away = sum(not each.is_there for each in made)
    if away:
        them = "is not where it was" if away == 1 else "are not where they were"
        what = f"{away} of {len(made)} back-ups {them} written: what is erased here stays in there."
        return Finding("backups", NOTE, what, "Put it back or erase it: deskmate backup --list")
    if not made:
        return Finding("backups", OK, "None was made on this machine.")
    return Finding("backups", OK, f"{len(made)} made here, where they were written.")


def _journals(session: Session) -> Finding:
    live = session.places.live
    left = sum(name.endswith(".jsonl") for _, _, names in os.walk(live) for name in names)
    if not left:
        return Finding("live", OK, "No interaction waits to be finished.")
    them = "One interaction is" if left == 1 else f"{left} interactions are"
    return Finding("live", NOTE, f"{them} open, here or since a crash.", "Open the screens: it comes back at its step.")
