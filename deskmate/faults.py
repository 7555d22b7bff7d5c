"""What went wrong, in words for the person at the desk: what happened, and what to do about it."""

from typing import NamedTuple


class Notice(NamedTuple):  # importing `dataclasses` is a twelfth of the time of `deskmate find`
    """Something is wrong and the rest serves: a broken playbook, setting or log line."""

    what: str
    """One plain sentence: what was found."""
    cure: str
    """One plain sentence: what to do."""
    where: str = ""
    """`file:line:column`, a file, or empty."""

    @property
    def file(self) -> str:
        """The file that is to be mended, without the place in it; what is wrong when it is in no file."""
        parts = self.where.split(":")
        while len(parts) > 1 and parts[-1].strip().isdecimal():
            del parts[-1]
        return ":".join(parts) or self.what

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what} {self.cure}".strip()


class DeskMateError(Exception):
    """An error that ends as one plain sentence and one cure, never as a traceback at the desk.

    Attributes:
        what: what happened, one sentence.
        cure: what to do, one sentence; may be empty.
        exit_code: what the command line returns (1 it failed, 2 usage, 3 bad content or data).
    """

    exit_code = 1

    def __init__(self, what: str, cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.cure = cure


class BadUsage(DeskMateError):
    """What was asked cannot be understood: a wrong option, an unknown id, a date that is none."""

    exit_code = 2


class NotFound(BadUsage):
    """Nothing has the id that was given."""


class BadContent(DeskMateError):
    """A file that a check read is wrong."""

    exit_code = 3


class NotSaved(DeskMateError):
    """A write or its sync failed: nothing was acknowledged, and what was typed is still there."""
