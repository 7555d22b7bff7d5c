"""Pages for the printer, written to the reports folder of the home."""

from pathlib import Path

from deskmate.faults import NotSaved
from deskmate.reports.places import Where
from deskmate.screens.app import DeskMateApp


def write_page(app: DeskMateApp, name: str, page: str, reader: str = "the printer") -> Path | None:
    """Write a page, readable by its owner only, and say where it is.

    Args:
        app: the app that says it.
        name: the file's name.
        page: the whole page, or another file's text.
        reader: what it is for.

    Returns:
        The file, or None when it could not be written; that is said too.
    """
    from deskmate.reports.export import write_file

    path = app.desk.places.home / "reports" / name
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(path, [page])
    except (OSError, NotSaved) as fault:
        app.say(f"NOT WRITTEN to {path.parent}: {fault}", "failed")
        return None
    app.say(f"Written for {reader}: {path}")
    return path


def for_a_file(where: Where) -> str:
    """A branch or desk as the end of a file's name: `-main-front-desk`."""
    words = "".join(letter if letter.isalnum() else " " for letter in where.words.casefold()).split()
    return "".join(f"-{word}" for word in words)[:60]
