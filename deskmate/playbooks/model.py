"""What a playbook is: frozen values, read from YAML by `reader`, walked by `walk`, shown by `view`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

FORMS: Final = ("full", "quick", "habit")
URGENCIES: Final = ("emergency", "urgent", "routine")
MODES: Final = ("do-confirm", "read-do")
SINCES: Final = ("step", "start", "hold")
"""What a nudge counts from; besides these, `tick:<item id>`."""
HELP: Final = "help"
"""The step that every playbook has without writing it."""

Conditions = tuple[tuple[str, tuple[str, ...]], ...]
"""`when: {region: [US, CA-ON]}` as ((`region`, (`US`, `CA-ON`)),): all names must hold, any one value of each."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a playbook, with `$name` places for the library's own words."""

    text: str
    without: str = ""
    """What is said instead while one of its names is unset."""
    when: Conditions = ()
    unless: Conditions = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to do."""

    line: Line
    id: str = ""
    """A name that a nudge can count from (`tick:<id>`)."""
    time: str = ""
    """The name under which its moment is read out: `dose 1`."""


@dataclass(frozen=True, slots=True)
class Avoid:
    """What not to say or do, and what to say or do instead."""

    wrong: str
    instead: str


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reminder after some time."""

    after: int
    """Seconds."""
    since: str
    """`step`, `start`, `hold` or `tick:<item id>`."""
    text: str
    quiet: bool = True
    """A line on the screen only, without a bell."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer to the step's question and where it leads."""

    answer: str
    go: str = ""
    """A step of this playbook, `help`, or another playbook's id (it does not return)."""
    visit: str = ""
    """Another playbook's id; its end returns here."""
    when: Conditions = ()
    unless: Conditions = ()
    record: Mapping[str, str] = field(default_factory=dict)
    """Fields of the record that this answer settles: kind, strain, outcome, channel, read."""


@dataclass(frozen=True, slots=True)
class Escalation:
    """A sign that can be seen or heard, who is called then, and how."""

    when: str
    who: str
    how: str


@dataclass(frozen=True, slots=True)
class PromisePrompt:
    """The question whether something was promised, with the due phrase it starts from."""

    ask: str
    due: str


@dataclass(frozen=True, slots=True)
class Step:
    """One place in the conversation."""

    id: str
    say: tuple[Line, ...] = ()
    channels: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    """The lines for a channel where the wording differs."""
    how: str = ""
    """How to stand and sound: `low voice, hands open`."""
    do: tuple[Item, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    nudges: tuple[Nudge, ...] = ()
    ask: str = ""
    choices: tuple[Choice, ...] = ()
    promise: PromisePrompt | None = None
    offered: tuple[str, ...] = ()
    end: str = ""
    """The outcome with which this step ends the interaction, or empty."""
    line: int = 0
    """Where the file has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Playbook:
    """A situation at the desk: what to say, what to do, where it may go."""

    id: str
    title: str
    category: str
    form: str = "full"
    urgency: str = "routine"
    mode: str = "do-confirm"
    discreet: bool = False
    sensitive: bool = False
    code: str = ""
    """The neutral code a discreet playbook shows instead of its title."""
    also: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    memory: tuple[str, ...] = ()
    why: str = ""
    authority: str = ""
    escalate: tuple[Escalation, ...] = ()
    law: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    owner: str = ""
    reviewed: str = ""
    """ISO date of the last review."""
    record: Mapping[str, str] = field(default_factory=dict)
    start: str = "open"
    steps: Mapping[str, Step] = field(default_factory=dict)
    after: str = ""
    """The playbook that is offered when this one has ended."""
    note: str = ""
    """The library's own note, shown under SAY."""
    origin: str = ""
    """The file it was read from."""
