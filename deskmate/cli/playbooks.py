"""`deskmate playbooks list`, `check` and `print`."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from deskmate.cli.output import ALARM, FAINT
from deskmate.cli.session import Session
from deskmate.desk.answers import Answers
from deskmate.playbooks.check import TOP, Rank, check_library
from deskmate.playbooks.library import Library
from deskmate.playbooks.sources import WARNING, Problem
from deskmate.text.clean import clip


def list_all(session: Session) -> int:
    """Print every playbook, by category and id."""
    heads = sorted(session.desk.library.heads, key=lambda head: (head.category, head.id))
    if session.args.json:
        names = ("id", "title", "category", "urgency", "form")
        session.out.json([{name: getattr(head, name) for name in names} for head in heads])
        return 0
    category = ""
    for head in heads:
        if head.category != category:
            category = head.category
            session.out.line((category, FAINT))
        mark = "" if head.urgency == "routine" else f" [{head.urgency}]"
        session.out.line(f"  {head.id:<32} {clip(head.title, 60)}{mark}")
    session.out.line(f"{len(heads)} playbooks")
    return 0


def check(session: Session) -> int:
    """Print every fault of the content files; 3 when one of them is an error.

    Raises:
        NotFound: the path is not there, or holds no playbook.
    """
    args, desk = session.args, session.desk
    today = desk.now().date()
    values = desk.settings.variables()

    def rank_for(library: Library) -> Rank:
        answers = Answers(library, today, values, session.places)

        def rank(words: str) -> Sequence[str]:
            return [found.id for found in answers.find(words, TOP)]

        return rank

    only = Path(args.path) if args.path else None
    problems = check_library(session.places, rank_for, only, today, tuple(desk.settings.values))
    errors = sum(problem.is_error for problem in problems)
    if args.json:
        session.out.json([_as_json(problem) for problem in problems])
    else:
        for problem in problems:
            session.out.line((problem.severity, ALARM if problem.is_error else FAINT), f" {problem}")
        warnings = sum(problem.severity == WARNING for problem in problems)
        counts = [_number(errors, "error"), _number(warnings, "warning")]
        notes = len(problems) - errors - warnings
        session.out.line(", ".join([*counts, *([_number(notes, "note")] if notes else [])]) + ".")
    return 3 if errors else 0


def print_all(session: Session) -> int:
    """Write the playbooks as one HTML page for a printer, to standard output or to a file.

    Raises:
        NotSaved: the file could not be written; what was there before is untouched.
    """
    from deskmate.playbooks.binder import compose_binder  # `list` and `check` need neither of the two
    from deskmate.reports.export import write_file

    args, desk = session.args, session.desk
    # The settings and not the shift: paper outlives who is in charge today.
    values, library = desk.settings.variables(), desk.library
    made = desk.now().date()
    page = compose_binder(library.playbooks, values, made=made, help_page=library.help, urgent=args.urgent)
    if args.output == "-":
        session.out.raw([page])
    else:
        write_file(Path(args.output), [page])
        session.out.note(f"Written: {args.output}")
    return 0


def _as_json(problem: Problem) -> dict[str, Any]:
    names = ("file", "line", "column", "severity", "message", "cure")
    return {name: getattr(problem, name) for name in names}


def _number(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
