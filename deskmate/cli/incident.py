"""`deskmate incident ...`: the reports of serious events. Their words and codes never stand on the command line."""

import json
from pathlib import Path
from typing import Final

from deskmate.cli.output import BOLD, FAINT
from deskmate.cli.privacy import cleaned, tell_copies
from deskmate.cli.session import Session
from deskmate.desk.incidents import QUESTIONS, WHEN, Incidents
from deskmate.faults import BadUsage, DeskMateError
from deskmate.model.incident import DRAFT, FINAL, Head, Incident
from deskmate.text.due import ago
from deskmate.text.guard import find
from deskmate.text.judgement import judgements

TRIES: Final = 3
"""How often a code is asked for at a terminal before the command gives up."""


def new(session: Session) -> int:
    """Write a report: question by question at a terminal, else what was seen and heard from standard input.

    Raises:
        BadUsage: a time is not understood, or nothing was told.
        NotSaved: it could not be written.
    """
    args, incidents = session.args, session.desk.incidents
    record = session.desk.log.find(args.about) if args.about else None
    incident = incidents.begin(record).with_(names_kept=args.keep_private)
    if args.at:
        incident = incident.with_(happened_at=ago(args.at, session.desk.now()))
    if session.stdin.isatty():
        incident = _asked(session, incident)
    else:
        incident = incidents.answer(incident, "seen", session.stdin.read())
    if not incident.seen:
        raise BadUsage("Nothing was told, so nothing was kept.", "Type it when asked, or pipe it in.")
    stored = incidents.finish(incident) if args.final else incidents.save(incident)
    _remarks(session, incident)
    more = "" if args.final else f" Make it final: deskmate incident add {stored.id[-6:]} --final"
    session.out.line(f"Kept, {stored.status}: {stored.ref}.{more}")
    return 0


def list_all(session: Session) -> int:
    """Print how many reports there are and of which days; a sealing that was broken off is ended first."""
    incidents = session.desk.incidents
    incidents.tables.go_on()
    heads = incidents.heads()
    if session.args.json:
        session.out.json([{"id": each.id, "ref": each.ref, "day": each.day.isoformat(), "status": each.status,
                           "exported": each.exported_at is not None} for each in heads])  # fmt: skip
        return 0
    many = f"{len(heads)} incident report{'' if len(heads) == 1 else 's'}"
    locked = " Their words need the code: deskmate incident show ID" if incidents.protected and heads else ""
    session.out.line((f"{many}.", BOLD), locked)
    for head in heads:
        exported = "  exported" if head.exported_at else ""
        session.out.line(f"  {head.day:%a %d %b %Y}  {head.status:<6}", exported, (f"  {head.ref}", FAINT))
    over = incidents.over()
    if over:
        session.out.line(f"{len(over)} past the library's period: export, then: deskmate incident erase --over")
    return 0


def show(session: Session) -> int:
    """Print one report.

    Raises:
        NotFound: there is none with this id.
        BadUsage: the code is wrong.
    """
    from deskmate.reports.incident import document, text

    incident = _read(session, session.args.id)
    if session.args.json:
        session.out.json(document(incident))
    else:
        session.out.text(text(incident))
    return 0


def add(session: Session) -> int:
    """Add to a report from standard input or a prompt; `--final` closes a draft.

    Raises:
        NotFound: there is none with this id.
        BadUsage: the code is wrong, or there is nothing to add.
        NotSaved: it could not be written.
    """
    args, incidents = session.args, session.desk.incidents
    incident = _read(session, args.id)
    if args.keep_private:
        incident = incident.with_(names_kept=True)
    words = session.typed("-", "More of what was seen and heard" if incident.status == DRAFT else "What is added")
    if words.strip() or not args.final:
        incident = incidents.add(incident, words, args.staff)
    if args.final:
        incident = incidents.finish(incident)
    session.out.line(f"Kept, {incident.status}: {incident.ref}.")
    return 0


def export(session: Session) -> int:
    """Write final reports to a file, as text or JSON, readable by its owner only; `-` is standard output.

    Raises:
        BadUsage: the code is wrong, or there is none to export.
        NotSaved: the file could not be written.
    """
    from deskmate.reports.export import write_file
    from deskmate.reports.incident import document, texts

    args, incidents = session.args, session.desk.incidents
    heads = [incidents.find(args.id)] if args.id else [head for head in incidents.heads() if head.status == FINAL]
    if not heads:
        raise BadUsage("There is no final report to export.", "See: deskmate incident list")
    _open(session)
    found = [incidents.read(head) for head in heads]
    as_json = args.format == "json" or (not args.format and args.file.endswith(".json"))
    whole = json.dumps([document(each) for each in found], ensure_ascii=True, indent=2) if as_json else texts(found)
    if args.file == "-":
        session.out.text(whole)
    else:
        write_file(Path(args.file), [whole if whole.endswith("\n") else f"{whole}\n"])
    incidents.handed_on(found)
    session.out.note(f"{len(found)} written. Keep the file as safe as the reports.")
    return 0


def erase(session: Session) -> int:
    """Erase one report, or all that are past the library's period, for good.

    Raises:
        BadUsage: neither or both were named, or it was not confirmed.
        DeskMateError: one was not exported.
        NotSaved: the disk refused.
    """
    args, incidents = session.args, session.desk.incidents
    if bool(args.id) == args.over:
        raise BadUsage("Say which report to erase.", "Use deskmate incident erase ID, or --over.")
    heads = incidents.over() if args.over else [incidents.find(args.id)]
    if not heads:
        session.out.line("No report is past the library's period.")
        return 0
    if not args.yes:
        session.out.note(f"Erased for good, in every version: {', '.join(head.ref for head in heads)}.")
        if session.typed("-", "Type erase to go on").strip().lower() != "erase":
            raise BadUsage("Nothing was erased.", "Type the word erase, or give --yes.")
    incidents.erase(heads, unexported=args.unexported)
    session.out.line(f"{len(heads)} erased. What was exported is not touched.")
    tell_copies(session, cleaned(session))
    return 0


def protect(session: Session) -> int:
    """Set a code, or another one; the recovery code is printed once and typed back before it is trusted.

    Raises:
        BadUsage: the code is too short, the two differ, or the recovery code was copied wrong.
        DeskMateError: the cryptography package is missing.
        NotSaved: the disk refused.
    """
    from deskmate.records.keyring import need_library

    need_library()
    incidents = session.desk.incidents
    if incidents.tables.go_on():
        session.out.line("A sealing that was broken off is complete now.")
    if incidents.protected:
        session.out.note("Reports are protected already: this sets another code and another recovery code.")
        _open(session)
    code = _secret(session, "New code, 8 characters or more")
    if _secret(session, "The same again") != code:
        raise BadUsage("The two codes differ; nothing was changed.", "Try it again.")
    pending = incidents.prepare(code)
    session.out.line("The recovery code. It is shown once; write it on paper and lock the paper away:")
    session.out.line("")
    session.out.line((f"    {pending.recovery}", BOLD))
    session.out.line("")
    session.out.flush()
    for tried in range(1, TRIES + 1):
        try:
            lost = incidents.trust(pending, _secret(session, "Type the recovery code from your paper", shown=True))
            break
        except BadUsage:
            if tried == TRIES or not session.stdin.isatty():
                raise
            session.out.note("That is not it. Look at your paper again.")
    session.out.line("Protected. Without one of the two codes nobody can read the reports, we neither.")
    if lost:
        session.out.note(f"{lost} damaged line{'s' if lost > 1 else ''} of the reports could not be sealed and went.")
    session.out.note("Close this window: the recovery code still stands in it.")
    tell_copies(session, cleaned(session), "with the reports sealed")
    session.out.note("Exports, back-ups that were moved, and parts of the disk not used again hold the old words.")
    return 0


def unprotect(session: Session) -> int:
    """Take the code off.

    Raises:
        BadUsage: there is none, or it is wrong.
        NotSaved: the disk refused.
    """
    incidents = session.desk.incidents
    _open(session)
    incidents.unprotect()
    session.out.line("The code is off: whoever may open the log's folder can read the reports.")
    return 0


def _asked(session: Session, incident: Incident) -> Incident:
    """A report from questions at a terminal; an empty line leaves a question out."""
    incidents = session.desk.incidents
    for each in QUESTIONS:
        if each.field == WHEN and session.args.at:
            continue
        session.out.note(each.hint)
        while True:
            words = session.typed("-", each.asks)
            try:
                incident = incidents.answer(incident, each.field, words) if words.strip() else incident
                break
            except BadUsage as fault:
                session.out.note(f"{fault.what} {fault.cure}")
        _judged(session, words)
    return incident


def _remarks(session: Session, incident: Incident) -> None:
    kinds = dict.fromkeys(finding.kind for finding in find(incident.seen) if finding.certain)
    if kinds and not incident.names_kept:
        session.out.note(f"Masked: {', '.join(kinds)}. Keep it with --keep-private where the library needs it.")
    if not session.stdin.isatty():
        _judged(session, incident.seen)


def _judged(session: Session, words: str) -> None:
    for each in judgements(words):
        session.out.note(f'"{each.word}" judges. Better: {each.instead}')


def _read(session: Session, typed: str) -> Incident:
    incidents = session.desk.incidents
    incidents.tables.go_on()
    head: Head = incidents.find(typed)
    _open(session)
    return incidents.read(head)


def _open(session: Session) -> None:
    """Ask for the code where there is one; three tries at a terminal, one from a pipe."""
    incidents: Incidents = session.desk.incidents
    if incidents.readable:
        return
    for tried in range(1, TRIES + 1):
        try:
            incidents.unlock(_secret(session, "Code, or recovery code"))
        except BadUsage as fault:
            if tried == TRIES or not session.stdin.isatty():
                raise
            session.out.note(f"{fault.what} {fault.cure}")
        else:
            return


def _secret(session: Session, question: str, *, shown: bool = False) -> str:
    """A code: typed unseen at a terminal, else one line of standard input."""
    if session.stdin.isatty():
        if not shown:
            from getpass import getpass

            return getpass(f"{question}: ")
        session.out.ask(f"{question}: ")
    line = session.stdin.readline()
    if not line:
        raise DeskMateError("The code was not given.", "Type it when asked, or give it as the first line of the input.")
    return line.rstrip("\r\n")
