"""`deskmate` alone: the screens, when there is a terminal that can show them."""

import gc
import os
import shutil
import sys
from typing import Final

from deskmate.cli.session import Session
from deskmate.faults import DeskMateError

SMALLEST: Final = (60, 20)
"""Columns and rows below which a guide would hide what is to be said."""
INSTEAD: Final = "Work line by line: deskmate --plain. Or look one thing up: deskmate find fine dispute"


def open_screens(session: Session, practise: str | None = None) -> int:
    """Open the screens and stay until they are left.

    Args:
        session: this run.
        practise: a playbook's id or `playbook/scene` to be rehearsed at once, empty for the list; None opens the Desk.

    Raises:
        DeskMateError: there is no terminal, or it is too plain or too small.
    """
    if practise is None and session.args.plain:
        from deskmate.cli.plain import open_plain

        return open_plain(session)
    _look_at_the_terminal(session)
    session.first_start()
    if session.args.no_color:
        os.environ["NO_COLOR"] = "1"  # Textual reads it when an app is made
    gc.disable()  # what a start makes stays: looking through it for rubbish is a seventh of the work of a start
    from deskmate.desk.service import Desk
    from deskmate.screens.app import DeskMateApp

    desk = Desk(session.places, session.clock, environment=session.environment, durable=False)
    app = DeskMateApp(desk, practise, painted=_collect_from_here)
    app.run()
    return app.return_code or 0


def _collect_from_here() -> None:
    """Look for rubbish again, but not among what the start made: that would be a pause between two keys."""
    gc.freeze()
    gc.enable()


def _look_at_the_terminal(session: Session) -> None:
    """Refuse what the screens cannot be shown on.

    Raises:
        DeskMateError: says what is in the way.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DeskMateError("The screens need a terminal, and this is none.", INSTEAD)
    if session.environment.get("TERM", "") in ("dumb", "unknown"):
        raise DeskMateError("This terminal cannot move its cursor (TERM=dumb), so the screens cannot open.", INSTEAD)
    columns, rows = shutil.get_terminal_size()
    if columns < SMALLEST[0] or rows < SMALLEST[1]:
        what = f"This terminal has {columns} columns and {rows} rows; the screens need {SMALLEST[0]} and {SMALLEST[1]}."
        raise DeskMateError(what, f"Make the window larger. {INSTEAD}")
