"""Who else on this machine can open our files: found everywhere in the home and the state folder, and closed.

Folders are 0700, files 0600, drafts and locks too. Links are not followed: what they point to is not ours.
"""

import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

_OTHERS: Final = 0o077


def open_to_others(roots: Iterable[Path]) -> list[Path]:
    """The folders and files below some roots, and the roots, that other users of this machine may open.

    A folder that cannot be listed is left out: then nobody but its owner can do more. Windows has no such modes.
    """
    if sys.platform == "win32":
        return []
    return sorted(path for root in roots for path, mode in _below(root) if mode & _OTHERS)


def close(paths: Iterable[Path]) -> list[Path]:
    """Take every right of others away.

    Returns:
        Those that could not be closed: they belong to somebody else.
    """
    failed = []
    for path in paths:
        try:
            path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS)
        except FileNotFoundError:
            continue  # a draft that was just put in its place
        except OSError:
            failed.append(path)
    return failed


def _below(root: Path) -> Iterator[tuple[Path, int]]:
    try:
        found = root.lstat()
    except OSError:
        return
    if stat.S_ISLNK(found.st_mode):
        return
    yield root, found.st_mode
    if stat.S_ISDIR(found.st_mode):
        try:
            inside = list(root.iterdir())
        except OSError:
            return
        for path in inside:
            yield from _below(path)
