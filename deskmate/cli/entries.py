"""`deskmate log`, `tally` and `undo`."""

from argparse import Namespace
from typing import Any, Final

from deskmate.cli.session import Session
from deskmate.faults import BadUsage, DeskMateError
from deskmate.model.interaction import Interaction
from deskmate.text.clean import clean, one_line
from deskmate.text.due import ago
from deskmate.text.guard import find

NOBODY: Final = "nobody"
"""What is tallied for an hour in which nobody came."""
_VALUES: Final = ("channel", "kind", "read", "strain", "outcome", "count", "place", "authority", "referred_to")
_FLAGS: Final = ("taught", "source_used", "incident")


def log(session: Session) -> int:
    """Write one contact, what was given and the rest as an answered one in person; or every record of a file.

    Raises:
        BadUsage: a value is not one of its list, or there is no such playbook.
        NotSaved: it could not be written.
    """
    args, desk = session.args, session.desk
    if args.source is not None or args.format or args.mapping or args.dry_run:
        from deskmate.cli.importing import import_file

        return import_file(session)
    given = _given(args)
    if args.minutes is not None:
        given["seconds"] = args.minutes * 60
    if args.playbook:
        given["playbook"] = desk.library.playbook(args.playbook).id
    if args.staff:
        if not desk.settings.desk.initials:
            cure = "Leave --staff out, or set initials = true in [desk] of the settings."
            raise BadUsage("This library keeps no initials with contacts.", cure)
        given["staff"] = one_line(args.staff, 8)
    if args.note is not None:
        given["note"] = session.typed(args.note, "Note, without names")
        _tell_what_is_masked(session, given["note"])
    at = ago(args.at, desk.now()) if args.at else None
    _tell(session, desk.entries.log(given, at=at, keep_private=args.keep_private), "Logged")
    return 0


def tally(session: Session) -> int:
    """Count contacts of a kind, or say that an hour had nobody.

    Raises:
        BadUsage: an unknown kind or channel, or a number that is none.
        NotSaved: it could not be written.
    """
    args, entries = session.args, session.desk.entries
    at = ago(args.at, session.desk.now()) if args.at else None
    if args.kind.strip().lower() == NOBODY:
        _tell(session, entries.nobody_came(at), "Noted")
    else:
        _tell(session, entries.tally(args.kind, args.count, args.channel, at, about=args.about), "Counted")
    return 0


def undo(session: Session) -> int:
    """Take back the last thing that was done on this machine.

    Raises:
        DeskMateError: there is nothing to take back.
        BadUsage: somebody changed it since.
        NotSaved: it could not be written.
    """
    action = session.desk.entries.undo()
    if action is None:
        cure = "Only what this machine did today or yesterday can be taken back."
        raise DeskMateError("There is nothing to undo.", cure)
    if session.args.json:
        done = {"undone": action.say, "ref": action.ref, "at": action.at.isoformat(timespec="seconds")}
        session.out.json(done)
    else:
        session.out.line(f"Undone: {action.say or 'a change'} ({action.ref})")
    return 0


def record_json(record: Interaction) -> dict[str, Any]:
    """The document as it is stored, with the shown id and the day."""
    return {**record.to_document(), "ref": record.ref, "day": record.day.isoformat()}


def _given(args: Namespace) -> dict[str, Any]:
    """The fields that were given."""
    options = vars(args)
    given = {name: options[name] for name in _VALUES if options[name] is not None}
    given |= {name: True for name in _FLAGS if options[name]}
    if args.offered:
        given["offered"] = tuple(args.offered)
    if args.tag:
        given["tags"] = tuple(one_line(tag, 40) for tag in args.tag)
    return given


def _tell_what_is_masked(session: Session, note: str) -> None:
    kinds = dict.fromkeys(finding.kind for finding in find(clean(note)) if finding.certain)
    if kinds and not session.args.keep_private:
        session.out.note(f"Masked in the note: {', '.join(kinds)}. Keep it with --keep-private.")


def _tell(session: Session, record: Interaction, word: str) -> None:
    if session.args.json:
        session.out.json(record_json(record))
    else:
        session.out.line(f"{word}: {session.desk.entries.describe(record)} ({record.ref}). Undo: deskmate undo")
