"""Where a value stands in its file, and what is wrong there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from deskmate.faults import Notice

Where = tuple[str | int, ...]
"""The way to a value inside a file: (`steps`, `open`, `say`, 0)."""
Mark = tuple[int, int]
"""Line and column, both from 1."""

ERROR: Final = "error"
WARNING: Final = "warning"
NOTE: Final = "note"
"""Good to know; nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of a content file, where it is and how to mend it."""

    file: str
    line: int
    column: int
    message: str
    """One plain sentence: what is wrong."""
    cure: str
    """One plain sentence: what to write instead."""
    severity: str = ERROR

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message} {self.cure}".rstrip()

    @property
    def is_error(self) -> bool:
        """Whether the file cannot be used as it is."""
        return self.severity == ERROR

    def notice(self, cure: str = "") -> Notice:
        """The same for the desk, where another cure may fit better."""
        return Notice(self.message, cure or self.cure, f"{self.file}:{self.line}:{self.column}")


@dataclass(frozen=True, slots=True)
class Source:
    """The side table of a file: where each of its values begins."""

    file: str
    marks: Mapping[Where, Mark] = field(default_factory=dict)

    def at(self, where: Where) -> Mark:
        """Line and column of a value, or of the nearest thing around it that the file has."""
        while where and where not in self.marks:
            where = where[:-1]
        return self.marks.get(where, (1, 1))

    def error(self, where: Where, message: str, cure: str) -> Problem:
        """A fault that makes the file unusable."""
        return Problem(self.file, *self.at(where), message, cure)

    def warning(self, where: Where, message: str, cure: str) -> Problem:
        """Something to look at; the file works."""
        return Problem(self.file, *self.at(where), message, cure, WARNING)
