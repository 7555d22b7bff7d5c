"""What is not a playbook: facts, the directory, the doors of the HELP page, the lines of a lexicon."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A question that is asked ten times a day, and its answer."""

    id: str
    question: str
    answer: str
    also: tuple[str, ...] = ()
    """Other words people ask it with."""
    kind: str = "directional"
    """The kind that is counted when it is answered."""
    example: bool = False
    """It came with DeskMate and is not this library's: shown with a mark until it is replaced."""
    until: str = ""
    """ISO date of the last day it is true, or empty."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A desk, an agency or a line that people are sent to."""

    id: str
    name: str
    what: str = ""
    """What it is for, in one sentence."""
    phone: str = ""
    hours: str = ""
    also: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    """Where it holds (`US`, `CA-ON`); empty: everywhere."""
    example: bool = False


@dataclass(frozen=True, slots=True)
class Door:
    """One digit of the HELP page."""

    key: str
    """`1` to `9`."""
    label: str
    open: str
    """The playbook it opens."""
    code: str
    """The neutral words that the header shows, since the person in front can read them."""


@dataclass(frozen=True, slots=True)
class HelpPage:
    """What the HELP page shows besides the number and the address."""

    memory: tuple[str, ...] = ()
    """The same three everywhere."""
    doors: tuple[Door, ...] = ()


@dataclass(frozen=True, slots=True)
class LexiconLine:
    """One line of a lexicon file that says something, with its place for a notice."""

    file: str
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice to staff in a file, as it stands there: its times have no zone yet."""

    id: str
    text: str
    kind: str = "news"
    since: str = ""
    """ISO date or date and time from which it holds; empty: already."""
    until: str = ""
    """ISO date of the last day it holds, or the date and time from which it holds no longer; empty: for good."""
    where: str = ""
    guides: tuple[str, ...] = ()
    """The playbooks that show it while they are open."""
    example: bool = False
    """It shows how one is written, and is never shown at a desk."""
    origin: str = ""
    """`file:line:column`."""


@dataclass(frozen=True, slots=True)
class Pledge:
    """What visitors can count on, and what the team expects of itself for that."""

    id: str
    title: str
    visitors: tuple[str, ...]
    team: tuple[str, ...] = ()
    example: bool = False
    """It came with DeskMate as a start: not a pledge of this library."""
