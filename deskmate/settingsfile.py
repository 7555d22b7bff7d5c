"""The settings as a file: read from TOML into frozen values, and written out as the commented file to start from.

A wrong value never stops the desk: it is named with its line, and the default serves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from deskmate import tomlfile
from deskmate.faults import BadUsage, Notice
from deskmate.hours import CLOSED, DEFAULT, WEEKDAYS, parse_span
from deskmate.settings import FOR_GOOD, KEEP, SECTIONS, Rule, Settings

_LONGEST: Final = 200
"""Characters of one setting."""
_PREFIX: Final = "DESKMATE_"
_YES: Final = ("1", "true", "yes", "on")
_NO: Final = ("0", "false", "no", "off")
_FREE: Final = ("hours", "values", "keys")
VALUE_EXAMPLES: Final = {
    "waive_limit": "$10",
    "lost_item_limit": "$50",
    "print_price": "10 cents",
    "colour_price": "50 cents",
    "wifi_name": "Library-Guest",
    "session_minutes": 60,
    "unattended_age": 10,
    "child_wait_minutes": 15,
}
"""Examples in the file, as comments: no number is ours to invent."""


def load(path: Path, environment: Mapping[str, str]) -> tuple[Settings, list[Notice]]:
    """Read the settings of a desk.

    Args:
        path: the settings file; a missing one means the defaults.
        environment: the process's variables; `DESKMATE_LIBRARY_NAME` overrides `name` in `[library]`. An empty one
            counts as not set.

    Returns:
        The settings, and a notice for everything that was wrong, with `file:line` or the variable's name.
    """
    notices: list[Notice] = []
    given = [*_from_file(path, notices), *_from_environment(environment, notices)]
    plain: dict[str, dict[str, Any]] = {name: {} for name in (*SECTIONS, *_FREE)}
    for entry in given:
        try:
            plain[entry.section][entry.key] = _checked(entry)
        except BadUsage as problem:
            notices.append(Notice(problem.what, problem.cure, entry.where))
    settings = Settings(
        **{name: section(**plain[name]) for name, section in SECTIONS.items()},
        hours=DEFAULT.with_days(plain["hours"]),
        values=MappingProxyType(plain["values"]),
        keys=MappingProxyType(plain["keys"]),
    )
    return settings, notices


@dataclass(frozen=True, slots=True)
class _Entry:
    """One setting as it was given."""

    section: str
    key: str
    value: Any
    where: str


def _from_file(path: Path, notices: list[Notice]) -> Iterator[_Entry]:
    read = tomlfile.read(path)
    notices += read.notices
    for section, table in read.document.items():
        where = read.where(section)
        if section not in (*SECTIONS, *_FREE):
            problem = _unknown(f"There is no section [{section}].", section, (*SECTIONS, *_FREE))
            notices.append(Notice(problem.what, problem.cure, where))
        elif not isinstance(table, dict):
            notices.append(Notice(f"{section} is a section, not a value.", f"Write [{section}] on a line.", where))
        else:
            yield from (_Entry(section, key, value, read.where(section, key)) for key, value in table.items())


def _from_environment(environment: Mapping[str, str], notices: list[Notice]) -> Iterator[_Entry]:
    known = {f"{section}_{key}".upper(): (section, key) for section in SECTIONS for key in _rules(section)}
    known |= {f"HOURS_{day}".upper(): ("hours", day) for day in WEEKDAYS}
    for name, text in environment.items():
        given = name.removeprefix(_PREFIX)
        if not text or given == name:
            continue
        free = re.match(r"(VALUES|KEYS)_(.+)", given)
        if free:
            yield _Entry(free[1].lower(), free[2].lower(), text, name)
        elif given in known:
            section, key = known[given]
            default = text if section == "hours" else getattr(SECTIONS[section](), key)
            yield _Entry(section, key, _typed(text, default), name)
        elif given.startswith(tuple(f"{section.upper()}_" for section in (*SECTIONS, "hours"))) or _near(given, known):
            problem = _unknown(f"There is no setting {name}.", given, known)
            notices.append(Notice(problem.what, problem.cure, name))


def _typed(text: str, default: object) -> object:
    """A variable's text in the type of its setting; text that does not fit stays text, and the check names it."""
    if isinstance(default, bool):
        word = text.strip().lower()
        return word in _YES if word in (*_YES, *_NO) else text
    if isinstance(default, int):
        return int(text) if re.fullmatch(r"\s*[0-9]{1,9}\s*", text) else text
    if isinstance(default, tuple):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _checked(entry: _Entry) -> object:
    """The value of a setting.

    Raises:
        BadUsage: there is no such setting, or the value is not one it takes.
    """
    section, key, value = entry.section, entry.key, entry.value
    if section == "hours":
        if key not in WEEKDAYS:
            raise _unknown(f'There is no day "{key}" in [hours].', key, WEEKDAYS)
        return parse_span(value)
    if section in ("values", "keys"):
        return _free(section, key, value)
    if key not in _rules(section):
        raise _unknown(f'There is no setting "{key}" in [{section}].', key, _rules(section))
    rule, default = _rules(section)[key], getattr(SECTIONS[section](), key)
    wanted, good = "text on one line", _is_text(value)
    if isinstance(default, bool):
        wanted, good = "true or false", isinstance(value, bool)
    elif isinstance(default, int):
        wanted = f"a whole number from {rule.least} to {rule.most}" + (' or "keep"' if rule.keep else "")
        good = isinstance(value, int) and not isinstance(value, bool) and rule.least <= value <= rule.most
        if rule.keep and value == KEEP:
            value, good = FOR_GOOD, True
    elif isinstance(default, tuple):
        wanted, good = _listed(rule, value)
        value = tuple(value) if good else value
    elif rule.allowed:
        wanted, good = " or ".join(f'"{each}"' for each in rule.allowed), value in rule.allowed
    elif rule.shape and good:
        wanted, good = rule.hint, re.fullmatch(rule.shape, value) is not None
    if not good:
        raise BadUsage(f"{key} in [{section}] is not {wanted}.", _cure(key, default, value))
    return value


def _cure(key: str, default: object, value: object) -> str:
    """How a value is written: a number that is a text, such as one to call, only lacks its quotes."""
    if isinstance(default, str) and isinstance(value, int | float) and not isinstance(value, bool):
        return f'Write it in quotes: {key} = "{value}".'
    return f"Write it like {key} = {_toml(default)}, which serves until then."


def _listed(rule: Rule, value: object) -> tuple[str, bool]:
    """What a list is to be, and whether it is that."""
    texts = value if isinstance(value, list) else [None]
    if rule.allowed:
        return f"a list of some of: {', '.join(rule.allowed)}", all(text in rule.allowed for text in texts)
    return "a list of texts", all(map(_is_text, texts))


def _free(section: str, key: str, value: object) -> str:
    """A value the library names itself.

    Raises:
        BadUsage: the name or the value cannot be used.
    """
    if section == "values":
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            raise BadUsage(f'"{key}" in [values] is no name.', "Use small letters, digits and _.")
        owners = {rule.variable: name for name in SECTIONS for rule in _rules(name).values() if rule.variable}
        if key in owners:
            raise BadUsage(f'"{key}" in [values] has its own setting.', f"Set it in [{owners[key]}].")
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
    if not isinstance(value, str) or not value or not _is_text(value):
        raise BadUsage(f'"{key}" in [{section}] is not text on one line.', f'Write {key} = "..." with quotes.')
    return value


def _is_text(value: object) -> bool:
    """Whether a value is short text on one line, without control or invisible characters."""
    return isinstance(value, str) and len(value) <= _LONGEST and value.replace("\xa0", " ").isprintable()


def _rules(section: str) -> dict[str, Rule]:
    return {each.name: each.metadata["rule"] for each in fields(SECTIONS[section])}


def _near(word: str, options: Iterable[str]) -> str:
    from difflib import get_close_matches  # only after a slip

    return next(iter(get_close_matches(word, options, n=1, cutoff=0.7)), "")


def _unknown(what: str, word: str, options: Iterable[str]) -> BadUsage:
    near = _near(word, options)
    return BadUsage(what, f'Did you mean "{near}"?' if near else "Take it out.")


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _template() -> str:
    lines = ["# The settings of this DeskMate. Change what is right of =, save, and start DeskMate again."]
    lines.append("# Text stands in quotes. A wrong value is named when DeskMate starts, and the default serves.")
    for section, declared in SECTIONS.items():
        default = declared()
        lines += ["", f"# {declared.__doc__}", f"[{section}]"]
        for key, rule in _rules(section).items():
            lines += [f"# {rule.doc}", f"{key} = {_toml(getattr(default, key))}"]
    lines += ["", f'# An ordinary week: opening and closing, or "{CLOSED}". `before closing` means these.', "[hours]"]
    for day, span in zip(WEEKDAYS, DEFAULT.week, strict=True):
        lines.append(f"{day} = {_toml(tuple(f'{at:%H:%M}' for at in span) if span else CLOSED)}")
    lines += ["", "# This library's own numbers and names; a playbook writes waive_limit as $waive_limit.", "[values]"]
    lines += [f"# {name} = {_toml(value)}" for name, value in VALUE_EXAMPLES.items()]
    lines += ["", '# Another key for a command, or several: "ctrl+t, f7". `deskmate keys` lists their names.', "[keys]"]
    lines += ['# command-id = "ctrl+k"', ""]
    return "\n".join(lines)


TEMPLATE: Final = _template()
"""The commented file a library starts from; made from the declarations above, so that the two cannot differ."""


def write_template(path: Path) -> bool:
    """Write the first settings file, readable by its owner only; one that is there stays as it is.

    Returns:
        Whether a file was written.

    Raises:
        DeskMateError: the folder cannot be written.
    """
    return tomlfile.write_new(path, TEMPLATE)
