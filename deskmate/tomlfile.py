"""A TOML file that people edit: read with the line of every key, and first written whole or not at all."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from deskmate.faults import DeskMateError, Notice


@dataclass(frozen=True, slots=True)
class TomlFile:
    """What a file says and where it says it."""

    path: Path
    document: Mapping[str, Any] = field(default_factory=dict)
    """What TOML makes of the text; empty when the file is missing or broken."""
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    """The line of each (section, key); a section's own line has an empty key."""
    notices: tuple[Notice, ...] = ()
    """Why a file that is there could not be read."""

    def where(self, section: str, key: str = "") -> str:
        """`file:line` of a key, or of its section when the key stands in an unusual place."""
        line = self.lines.get((section, key)) or self.lines.get((section, "")) or self.lines.get(("", section), 1)
        return f"{self.path}:{line}"


def read(path: Path) -> TomlFile:
    """Read a TOML file; a missing one is empty, a broken one is empty and says so in `notices`."""
    text, cure = "", "Mend the file; until then the defaults serve."
    try:
        text = path.read_bytes().decode("utf-8-sig")
        import tomllib  # only a desk that has such a file needs it

        return TomlFile(path, tomllib.loads(text), _lines(text))
    except FileNotFoundError:
        return TomlFile(path)
    except OSError as problem:
        what, where = f"The file cannot be read: {problem.strerror or problem}.", str(path)
    except UnicodeDecodeError:
        what, where = "The file is not UTF-8 text.", str(path)
    except (ValueError, RecursionError) as problem:  # TOMLDecodeError is a ValueError; so is a number without end
        line = re.search(r"at line (\d+)", str(problem))
        what = f"This is not valid TOML: {str(problem).partition(' (at ')[0].rstrip('.')}."
        where = f"{path}:{line[1] if line else max(1, len(text.splitlines()))}"
        cure = 'Mend that line, with every text in "quotes"; until then the defaults serve.'
    return TomlFile(path, notices=(Notice(what, cure, where),))


def write_new(path: Path, text: str) -> bool:
    """Write a file that is not there yet, readable by its owner only: whole or not at all.

    Returns:
        Whether it was written; a file that is there stays as it is.

    Raises:
        DeskMateError: the folder cannot be written.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        if path.exists():
            return False
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as problem:
        what = f"{path.name} cannot be written: {problem.strerror or problem}."
        raise DeskMateError(what, f"Make {path.parent} a folder you may write in.") from problem
    return True


def _lines(text: str) -> dict[tuple[str, str], int]:
    """Where each section and key stands: tomllib does not say. Lines inside a long text are passed over."""
    found: dict[tuple[str, str], int] = {}
    section, fence = "", ""
    for number, line in enumerate(text.split("\n"), 1):
        inside = bool(fence)
        for mark in re.findall(r'"""|\'\'\'', line):
            fence = "" if fence == mark else fence or mark
        if inside:
            continue
        header = re.match(r"\s*\[\s*([\w-]+)\s*\]", line)
        pair = re.match(r"\s*(?:([\w-]+)\s*\.\s*)?[\"']?([\w-]+)[\"']?\s*=", line)
        if header:
            section = header[1]
            found.setdefault((section, ""), number)
        elif pair:
            found.setdefault((pair[1] or section, pair[2]), number)
    return found
