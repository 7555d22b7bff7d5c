"""Branches and desks: which part of a log a report is about, and how many contacts each part had."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.text.clean import one_line
from deskmate.text.suggest import sentence

Spot = tuple[str, str]
"""A branch and a desk, each as it is stored."""
NOWHERE: Final[Spot] = ("", "")


@dataclass(frozen=True, slots=True)
class Where:
    """A branch, a desk, or a desk of a branch; empty names leave it open, and both empty mean the whole log."""

    branch: str = ""
    desk: str = ""

    @property
    def everywhere(self) -> bool:
        """Whether it is the whole log."""
        return not (self.branch or self.desk)

    def holds(self, branch: str, desk: str) -> bool:
        """Whether a branch's desk is in it; capital letters make no difference."""
        pairs = ((self.branch, branch), (self.desk, desk))
        return all(not wanted or _same(wanted) == _same(there) for wanted, there in pairs)

    @property
    def words(self) -> str:
        """How a title names it: `Main, Front desk`; empty for the whole log."""
        return ", ".join(filter(None, (one_line(self.branch), one_line(self.desk))))


EVERYWHERE: Final = Where()


def spot_of(record: Interaction) -> Spot:
    """Where a record counts. Of a sensitive one the desk is not told: after some days it is not known any more."""
    return NOWHERE if record.sensitive else (record.branch, record.desk)


def meant(branch: str, desk: str, spots: Iterable[Spot]) -> Where:
    """The part of the log that was meant, spelt as the log has it.

    Args:
        branch: as it was typed; empty for any.
        desk: the same.
        spots: the branches and desks there are.

    Raises:
        BadUsage: no contact is from there.
    """
    there = [spot for spot in spots if spot != NOWHERE]
    branches = [known for known, _ in there]
    found = _spelt(branch, branches, "branch")
    desks = [known for theirs, known in there if not found or theirs == found]
    return Where(found, _spelt(desk, desks, "desk"))


def spot_name(spot: Spot) -> str:
    """What people call a branch's desk: `Main, Front desk`."""
    return Where(*spot).words or "No desk noted"


def _spelt(typed: str, known: list[str], what: str) -> str:
    if not typed.strip():
        return ""
    names = sorted(set(filter(None, known)))
    for name in names:
        if _same(name) == _same(typed):
            return name
    cure = sentence(typed, names) or (f"There are: {', '.join(names)}." if names else f"No {what} was noted yet.")
    raise BadUsage(f'No contact of these days is from the {what} "{typed}".', cure)


def _same(name: str) -> str:
    return one_line(name).casefold()
