"""Which content files there are and when each changed: one pass over the folders, nothing opened."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from deskmate.places import Places

NOTES: Final = "notes"
"""The folder, inside the library's playbooks, of a manager's plain notes: `<id>.txt`."""

Stamps = Mapping[str, tuple[int, int]]
"""By path: (time of the last change in ns, size in bytes)."""
GONE: Final = (0, 0)
"""The stamp of a file that was taken away between being listed and being looked at."""


class Files(NamedTuple):  # not dataclasses, as in `faults`
    """The content files of a library."""

    shipped: Stamps
    """Everything in the shipped folder of playbooks."""
    local: Stamps
    """Everything in the library's folder of playbooks, without its notes."""
    notes: Stamps
    single: Stamps
    """Facts, directory, lexicon, notices, pledge, HELP page: see `single_files`."""
    closed: tuple[str, ...] = ()
    """Folders that are there and cannot be listed."""

    @property
    def manifest(self) -> Stamps:
        """All of them: while it stays equal, nothing has changed."""
        return {**self.shipped, **self.local, **self.notes, **self.single}


class SingleFiles(NamedTuple):
    """The files that are not playbooks; they need not be there."""

    facts: tuple[Path, Path]
    """The shipped one, then the library's own."""
    directory: tuple[Path, Path]
    lexicon: tuple[Path, Path]
    notices: tuple[Path, Path]
    pledge: tuple[Path, Path]
    help: Path

    @property
    def all(self) -> tuple[Path, ...]:
        """Every one of them."""
        return (*self.facts, *self.directory, *self.lexicon, *self.notices, *self.pledge, self.help)


def single_files(places: Places) -> SingleFiles:
    """Where the files are that are not playbooks."""
    return SingleFiles(
        facts=(places.data / "facts.yaml", places.facts),
        directory=(places.data / "directory.yaml", places.directory),
        lexicon=(places.data / "lexicon.txt", places.lexicon),
        notices=(places.data / "notices.yaml", places.notices),
        pledge=(places.data / "pledge.yaml", places.pledge),
        help=places.data / "help.yaml",
    )


def scan(places: Places) -> Files:
    """Look at every folder and file once."""
    single = single_files(places)
    closed: list[str] = []
    local = _stamps(str(places.playbooks), closed)
    notes = str(places.playbooks / NOTES) + os.sep
    return Files(
        shipped=_stamps(str(places.data / "playbooks"), closed),
        local={path: stamp for path, stamp in local.items() if not path.startswith(notes)},
        notes={path: stamp for path, stamp in local.items() if path.startswith(notes)},
        single={str(path): stamp for path in single.all if (stamp := _stamp(path)) != GONE},
        closed=tuple(closed),
    )


def stamps(path: Path) -> Stamps:
    """The stamp of a file, or of every file in a folder; none of what is not there."""
    if path.is_dir():
        return _stamps(str(path), [])
    stamp = _stamp(path)
    return {str(path): stamp} if stamp != GONE else {}


def _stamps(folder: str, closed: list[str]) -> dict[str, tuple[int, int]]:
    """Files of a folder and the folders in it, sorted; hidden ones and an editor's copies are left out."""
    found: dict[str, tuple[int, int]] = {}
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            entries = os.scandir(here)
        except FileNotFoundError:
            continue
        except OSError:
            closed.append(here)
            continue
        with entries:
            for entry in entries:
                if entry.name.startswith((".", "#")) or entry.name.endswith("~"):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.is_file():
                    found[entry.path] = _stamp(entry)
    return dict(sorted(found.items()))


def _stamp(file: Path | os.DirEntry[str]) -> tuple[int, int]:
    try:
        status = file.stat()
    except OSError:  # taken away meanwhile, or told when it is read
        return GONE
    return (status.st_mtime_ns, status.st_size)
