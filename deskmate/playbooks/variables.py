"""The library's own words inside a playbook's lines: plain substitution of `$name`, never code, never a raw `$name`."""

import re
from collections.abc import Mapping
from typing import Final

from deskmate.playbooks.model import Conditions, Line, Nudge

ALWAYS_SET: Final[Mapping[str, str]] = {
    "library": "the library",
    "emergency_number": "911",
    "hold_seconds": "60",
    "in_charge": "the person in charge",
    "region": "US",
    "naloxone": "call only",
}
"""Names that always have a value: a line may use them without a second wording. 60 seconds on hold: Bromfield."""

EMERGENCY_NUMBERS: Final[Mapping[str, str]] = {
    "US": "911",
    "CA": "911",
    "GB": "999",
    "UK": "999",
    "IE": "112",
    "AU": "000",
    "NZ": "111",
}
"""What is dialled in a country while the library has not set its own number, with its prefix for an outside line."""

VARIABLES: Final[Mapping[str, str]] = {
    "library": "the library",
    "branch": "this branch",
    "phone": "our phone number",
    "desk": "the desk",
    "emergency_number": "911",
    "address": "this building's address",
    "cross_street": "the nearest cross street",
    "aed": "where the AED hangs",
    "exits": "the nearest exit",
    "meeting_point": "the meeting point",
    "code_word": "the code word",
    "hold_seconds": "60",
    "region": "this region",
    "naloxone": "your naloxone rule",
    "in_charge": "the person in charge",
    "extension": "the person in charge's extension",
    "waive_limit": "your local limit",
    "lost_item_limit": "your local limit",
    "print_price": "the local price",
    "colour_price": "the local colour price",
    "wifi_name": "the library's Wi-Fi",
    "session_minutes": "the set number of",
    "print_hours": "the set number of",
    "unattended_age": "the age in your rules",
    "child_wait_minutes": "the set number of",
    "closing_wait_minutes": "the set number of",
    "opening_today": "opening time",
    "closing_today": "closing time",
}
"""Every name a playbook may use, with the neutral noun phrase that stands for it while it is unset."""

RULES: Final[Mapping[str, tuple[str, ...]]] = {"naloxone": ("staff may give", "call only")}
"""Names whose value is one of a few, as settings.toml has them: a condition on another value would never hold."""

_NAME: Final = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)")
_ARTICLES: Final = ("the ", "this ", "your ", "our ", "a ", "an ")


def names_in(text: str) -> tuple[str, ...]:
    """The `$names` of a text in their order, each once. `$5` is a price, not a name."""
    return tuple(dict.fromkeys(_NAME.findall(text)))


def is_set(name: str, values: Mapping[str, str]) -> bool:
    """Whether a name has a value: the library's own, or the one it always has."""
    return bool(values.get(name)) or name in ALWAYS_SET


def wait_of(nudge: Nudge, values: Mapping[str, str]) -> int:
    """Seconds until a nudge is due: as its file says, or as the library has set where its sentence names that time."""
    own = values.get("hold_seconds", "") if "hold_seconds" in names_in(nudge.text) else ""
    return int(own) if own.isdigit() else nudge.after


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put the library's words in; an unset or unknown name becomes a noun phrase, so that no `$name` is ever shown.

    An article at the beginning of the text gets its capital: `$in_charge knows` is "The person in charge knows".
    """
    if "$" not in text:
        return text

    def word(match: re.Match[str]) -> str:
        value = _value(match[1], values)
        if match.start() == 0 and value.startswith(_ARTICLES):
            return value[0].upper() + value[1:]
        return value

    return _NAME.sub(word, text)


def speak(line: Line, values: Mapping[str, str]) -> str | None:
    """One line as it is said now.

    Args:
        line: the line with its conditions.
        values: the library's words by name; an empty one counts as unset.

    Returns:
        The text with every name filled in; the `without` wording while one of its names is unset; None when its
        conditions do not hold here or no wording is left.
    """
    if not holds(line.when, line.unless, values):
        return None
    if all(is_set(name, values) for name in names_in(line.text)):
        return fill(line.text, values)
    return fill(line.without, values) or None


def holds(when: Conditions, unless: Conditions, values: Mapping[str, str]) -> bool:
    """Whether something applies: all of `when` is true, and `unless` is empty or not wholly true."""
    return _all_true(when, values) and not (unless and _all_true(unless, values))


def _all_true(conditions: Conditions, values: Mapping[str, str]) -> bool:
    return all(any(_is(name, wanted, values) for wanted in options) for name, options in conditions)


def _is(name: str, wanted: str, values: Mapping[str, str]) -> bool:
    value = (values.get(name) or ALWAYS_SET.get(name, "")).casefold()
    wanted = wanted.casefold()
    if name == "region":  # a country holds for each of its regions: US for US-MI
        return value == wanted or value.startswith(f"{wanted}-")
    return value == wanted


def _value(name: str, values: Mapping[str, str]) -> str:
    if name == "emergency_number" and not values.get(name):
        country = (values.get("region") or ALWAYS_SET["region"]).upper().partition("-")[0]
        return EMERGENCY_NUMBERS.get(country, "the emergency number")
    known = values.get(name) or ALWAYS_SET.get(name) or VARIABLES.get(name)
    return known or f"your {name.replace('_', ' ').strip()}".strip()
