"""`deskmate --plain`: the desk line by line, for a screen reader, a serial line or a pipe."""

import sys

from deskmate.cli.session import Session


def open_plain(session: Session) -> int:
    """Work the desk by lines until somebody quits or the line is closed."""
    session.first_start()
    from deskmate.plain.run import run

    return run(session.desk, sys.stdin, sys.stdout)
