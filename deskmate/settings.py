"""The library's settings, declared here once with their meaning.

`deskmate.settingsfile` reads them from TOML and writes the commented file that a library starts from.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any, Final

from deskmate.hours import DEFAULT, Hours

KEEP: Final = "keep"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a setting means and which values it takes; kept in the metadata of its field."""

    doc: str
    variable: str = ""
    """Its name in a playbook, without the `$`."""
    least: int = 0
    most: int = 36_500
    allowed: tuple[str, ...] = ()
    shape: str = ""
    """A pattern that the whole text matches; empty allows any text."""
    hint: str = ""
    """What the shape is, in words."""
    keep: bool = False
    """Whether `"keep"` may stand instead of a number of days."""


def _setting(default: object, doc: str, variable: str = "", **rule: Any) -> Any:
    return field(default=default, metadata={"rule": Rule(doc, variable, **rule)})


@dataclass(frozen=True, slots=True)
class Library:
    """Where this desk is."""

    name: str = _setting("", "The library's name, as patrons know it.", "library")
    branch: str = _setting("", "This branch, when there are several.", "branch")
    desk: str = _setting("main", "This desk: service, children, reference.")
    formerly: tuple[str, ...] = _setting(
        (), 'Names this desk had before, so that what was kept under them still belongs to it: ["front"].'
    )
    phone: str = _setting("", "The number patrons call.", "phone")
    region: str = _setting(
        "US",
        "Country, or country and province or state: it chooses the law notes. US, US-NY, CA-ON, GB.",
        "region",
        shape=r"[A-Z]{2}(-[A-Z0-9]{1,3})?",
        hint='a region like "US" or "CA-ON"',
    )
    place: str = _setting("", "Where in the building contacts happen, unless someone says otherwise.")
    themes: tuple[str, ...] = _setting(
        ("rules", "fees", "service", "building", "collection", "technology", "programs", "hours", "access"),
        "What complaints, ideas and refusals are about: a short list of themes or places; nine have a digit.",
    )

    def is_here(self, desk: str) -> bool:
        """Whether a name is this desk's, now or formerly."""
        return desk == self.desk or desk in self.formerly


@dataclass(frozen=True, slots=True)
class Emergency:
    """What HELP shows and reads out. Fill this in first, and walk it with a colleague."""

    number: str = _setting(
        "", "The number to call from this phone, with the 9 for an outside line.", "emergency_number"
    )
    address: str = _setting("", "This building's address, as you would say it to a dispatcher.", "address")
    cross_street: str = _setting("", "The nearest cross street.", "cross_street")
    aed: str = _setting("", "Where the defibrillator (AED) hangs.", "aed")
    naloxone: str = _setting(
        "",
        'This library\'s rule: "staff may give", "call only", or empty while nobody has decided.',
        "naloxone",
        allowed=("", "staff may give", "call only"),
    )
    exits: str = _setting("", "The ways out, the nearest first.", "exits")
    meeting_point: str = _setting("", "Where everyone meets outside.", "meeting_point")
    code_word: str = _setting("", "The words that tell a colleague to come at once.", "code_word")


@dataclass(frozen=True, slots=True)
class Desk:
    """How this desk works."""

    hold_seconds: int = _setting(
        60, "Seconds on hold before the desk says to go back to the caller.", "hold_seconds", least=10, most=600
    )
    idle_minutes: int = _setting(
        5, "Minutes without a key before the screen goes private; never while anyone is live.", least=1, most=240
    )
    in_charge: str = _setting("the person in charge", "Who is in charge while nobody said so: a role.", "in_charge")
    extension: str = _setting("", "The extension of who is in charge.", "extension")
    initials: bool = _setting(default=False, doc="Keep staff initials with every contact. They are never in a report.")
    ask_forgotten: bool = _setting(
        default=True, doc="Once a shift, in a lull, ask about an hour with far fewer contacts than it usually has."
    )


COUNTABLE: Final = (
    "directional", "policy", "known-item", "reference", "readers-advisory", "device", "account", "accommodation",
    "conduct", "other",
)  # fmt: skip
"""The kinds of contact, which stand above the settings: see `deskmate.model.interaction`."""


@dataclass(frozen=True, slots=True)
class Standards:
    """What this library holds its service to, beside hold_seconds above, and what it counts. 0: no such standard."""

    callback_percent: int = _setting(100, "Of 100 promises, how many are kept by the promised time.", most=100)
    complaint_days: int = _setting(1, "Working days until a complaint is answered: days the library opens.", most=60)
    local_rule: tuple[str, ...] = _setting(
        COUNTABLE[1:],
        "The kinds of contact that your own rule counts as reference, beside those of the surveys.",
        allowed=COUNTABLE,
    )


@dataclass(frozen=True, slots=True)
class Screens:
    """What the screens look like."""

    theme: str = _setting(
        "",
        "A theme's name; empty is DeskMate's own.",
        shape=r"|calm-dark|calm-light|high-contrast|ansi-dark|ansi-light",
        hint="calm-dark, calm-light, high-contrast, ansi-dark or ansi-light",
    )
    compact: bool = _setting(default=False, doc="No empty lines in a guide: more of it fits a small window.")
    bell: bool = _setting(default=False, doc="Ring the terminal's bell when a promise is due. Never in an emergency.")
    terminal_notices: bool = _setting(
        default=True,
        doc='Let the terminal tell that a promise is due, where it is known to: "A promise is due.", no more.',
    )
    desktop_notices: bool = _setting(
        default=False, doc="Tell it on the desktop too: notify-send, osascript, PowerShell."
    )
    pinned: tuple[str, ...] = _setting((), 'Playbooks on the empty desk: ["printing-mobile-print", "phone-call"].')


FOR_GOOD: Final = 1_000_000
"""What a period of `"keep"` is read as: more days than any date has."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """How many days words are kept; 0: gone at the next sweep. "keep" is for good where a line says so."""

    contact_days: int = _setting(7, "A promise's name and phone, after the promise is closed.")
    contact_days_open: int = _setting(60, "The same when it is never closed, counted from when it was made.")
    text_days: int = _setting(
        90, 'Notes, words of closed promises, notices that ran out. Facts and counts stay. "keep" too.', keep=True
    )
    reason_days: int = _setting(
        366, 'What was offered, decided alone, and where people were sent: a year\'s report. "keep" too.', keep=True
    )
    sensitive_days: int = _setting(7, "Sensitive contacts (abuse, police ...): all but kind and day.")
    shift_days: int = _setting(365, 'Shifts with their hand-overs. "keep" too.', keep=True)
    feedback_days: int = _setting(365, 'The words of complaints, suggestions and refusals. "keep" too.', keep=True)
    phrase_days: int = _setting(90, 'Phrases the look-up learned. "keep" too.', keep=True)
    incidents: str = _setting(
        KEEP,
        'Final incident reports: "keep", or days after which they are due to be exported, then erased by hand: "2555".',
        shape=r"keep|[0-9]{1,5}",
        hint='"keep" or a number of days in quotes',
    )


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards that are turned to the patron."""

    languages: tuple[str, ...] = _setting(
        ("en", "fr", "es", "pt", "zh-hans", "ar", "vi", "ru"),
        "Which languages are offered, in this order: the names of the files in cards/.",
    )
    unreviewed: tuple[str, ...] = _setting(
        (), 'Languages that are on though no person has reviewed their cards: ["fr", "es"].'
    )


def _nothing() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one desk."""

    library: Library = field(default_factory=Library)
    emergency: Emergency = field(default_factory=Emergency)
    hours: Hours = DEFAULT
    desk: Desk = field(default_factory=Desk)
    values: Mapping[str, str] = field(default_factory=_nothing)
    """The library's own numbers and names for playbooks: `waive_limit` as `$waive_limit`."""
    standards: Standards = field(default_factory=Standards)
    screens: Screens = field(default_factory=Screens)
    cards: Cards = field(default_factory=Cards)
    privacy: Privacy = field(default_factory=Privacy)
    keys: Mapping[str, str] = field(default_factory=_nothing)
    """Command id to key, where the library changed one."""

    @property
    def emergency_is_empty(self) -> bool:
        """Whether HELP lacks what it needs most: the number to call or the address to say."""
        return not (self.emergency.number and self.emergency.address)

    def variables(self) -> dict[str, str]:
        """The names a playbook may use and their words here; a name that is not set is absent."""
        found = dict(self.values)
        for section in (self.library, self.emergency, self.desk):
            for each in fields(section):
                variable, value = each.metadata["rule"].variable, getattr(section, each.name)
                if variable and value != "":
                    found[variable] = str(value)
        return found


SECTIONS: Final[Mapping[str, type[Any]]] = {
    "library": Library,
    "emergency": Emergency,
    "desk": Desk,
    "standards": Standards,
    "screens": Screens,
    "cards": Cards,
    "privacy": Privacy,
}
"""The sections whose keys are declared above; `hours`, `values` and `keys` hold what the library names itself."""
