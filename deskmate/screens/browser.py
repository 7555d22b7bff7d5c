"""Opening a page of ours in a window of the system's browser, never inside this terminal."""

import subprocess
import sys
from pathlib import Path
from typing import Final

TERMINAL_ONLY: Final = frozenset({"www-browser", "links", "elinks", "lynx", "w3m"})
"""Browsers that Python's webbrowser module finds and that draw in the terminal."""


def open_page(path: Path) -> bool:
    """Open a file in a graphical browser.

    One for the terminal is none: it would fight with these screens. The browser is started by a process of its own,
    since some write their complaints to the terminal and some take seconds to come back.

    Returns:
        Whether there is a browser to open it.
    """
    import webbrowser  # looks for browsers along the whole path: only when one is wanted

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return False
    if Path(getattr(found, "name", "")).name in TERMINAL_ONLY:
        return False
    nowhere = subprocess.DEVNULL
    command = [sys.executable, "-m", "webbrowser", path.as_uri()]
    try:
        # This Python and a path of our own making: nothing that was typed.
        subprocess.Popen(command, stdin=nowhere, stdout=nowhere, stderr=nowhere, start_new_session=True)  # noqa: S603
    except OSError:
        return False
    return True
