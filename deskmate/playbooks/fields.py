"""From YAML nodes to values: small readers that note every fault with its place and go on.

A reader takes a sheet, a node and the way to it, and returns the value or None after noting what is wrong. Readers are
put together: `listed(record(Choice, {...}))`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from deskmate.playbooks.model import Conditions
from deskmate.playbooks.nodes import Node
from deskmate.playbooks.sources import Mark, Problem, Source, Where

T = TypeVar("T")

ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
REGION: Final = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
TAG: Final = re.compile(r"[A-Z0-9][A-Z0-9-]*")

_DURATION: Final = re.compile(r"(\d{1,4}) ?(s|sec|min|h)")
_SECONDS: Final = {"s": 1, "sec": 1, "min": 60, "h": 3600}
_CUT: Final = re.compile(r"[ \t]+#")
_CURLY: Final = "“”„‟«»"
_MANY: Final = 40
"""Names that nobody reads through in one line."""
_YES: Final = {"yes": True, "true": True, "no": False, "false": False}


class Sheet:
    """One file while it is read: its text, where its values stand, and the faults so far."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.marks: dict[Where, Mark] = {}
        self.problems: list[Problem] = []

    def fault(self, node: Node, message: str, cure: str) -> None:
        """Note an error at a node."""
        self.problems.append(Problem(self.file, node.line, node.column, message, cure))

    def source(self) -> Source:
        """The finished side table."""
        return Source(self.file, self.marks)


Read = Callable[[Sheet, Node, Where], T | None]


def words(sheet: Sheet, node: Node, where: Where) -> str | None:
    """Words for people: quoted or block text, one line, cleaned of what nobody can see."""
    sheet.marks[where] = (node.line, node.column)
    if node.kind != "words":
        _no_words(sheet, node)
        return None
    value = " ".join(node.words.split())
    if node.plain:
        _check_quotes(sheet, node, value)
    elif not value.isprintable():
        from deskmate.text.clean import one_line  # Only where something odd was written

        value = one_line(value)
    if not value:
        sheet.fault(node, "No words stand here.", 'Write them in "quotes", or take the line out.')
        return None
    return value


def short(limit: int, what: str) -> Read[str]:
    """Words that fit their place on the screen.

    Args:
        limit: the terminal cells of the place.
        what: what they are, as a fault calls them.
    """
    from deskmate.text.clean import cells

    def read(sheet: Sheet, node: Node, where: Where) -> str | None:
        text = words(sheet, node, where)
        if text is not None and cells(text) > limit:
            sheet.fault(node, f"The {what} is {cells(text)} cells wide.", f"Say it in {limit} or fewer.")
            return None
        return text

    return read


def paragraph(sheet: Sheet, node: Node, where: Where) -> str | None:
    """Words that may run over several lines: a note."""
    first = words(sheet, node, where)
    if first is None or "\n" not in node.words.strip():
        return first
    from deskmate.text.clean import clean

    return clean(node.words).strip()


def _no_words(sheet: Sheet, node: Node) -> None:
    if node.is_braced_name:
        name = node.pairs[0][0].words
        sheet.fault(node, f'"{{{name}}}" is not words.', f'Write the library\'s own word as ${name}, inside "quotes".')
        return
    found = "a list" if node.kind == "list" else "several names"
    sheet.fault(node, f"Words belong here, and {found} was found.", 'Write one text in "quotes".')


def _check_quotes(sheet: Sheet, node: Node, value: str) -> None:
    """Plain words split silently at a comma or a #: refuse them where words for people stand."""
    rest = sheet.text[node.end : _line_end(sheet.text, node.end)]
    if value and _CUT.match(rest):
        whole = sheet.text[node.start : _line_end(sheet.text, node.start)].strip()
        sheet.fault(node, f'The words end at the "#": only "{value}" is read.', f"Write {_quoted(whole)}.")
    elif value and value[0] in _CURLY:
        straight = _quoted(value.strip(_CURLY))
        sheet.fault(node, "Curly quotes do not count as quotes here.", f"Write {straight}, with straight ones.")
    elif value and (" " in value or node.flow):
        sheet.fault(node, "These words stand without quotes.", f"Write {_quoted(value)}.")


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def bare(sheet: Sheet, node: Node, where: Where) -> str | None:
    """A single word that needs no quotes: an id, a number, a name."""
    sheet.marks[where] = (node.line, node.column)
    if node.kind != "words" or not node.words.strip():
        sheet.fault(node, "One word belongs here.", "Write it, or take the line out.")
        return None
    return node.words.strip()


def ident(sheet: Sheet, node: Node, where: Where) -> str | None:
    """An id: small letters, digits and hyphens."""
    value = bare(sheet, node, where)
    if value is not None and not ID.fullmatch(value):
        sheet.fault(node, f'"{value}" is not an id.', "Use small letters, digits and hyphens: call-back.")
        return None
    return value


def matching(pattern: re.Pattern[str], what: str, example: str) -> Read[str]:
    """A word of a fixed form."""

    def read(sheet: Sheet, node: Node, where: Where) -> str | None:
        value = bare(sheet, node, where)
        if value is not None and not pattern.fullmatch(value):
            sheet.fault(node, f'"{value}" is not {what}.', f"Write it like {example}.")
            return None
        return value

    return read


def one_of(options: Iterable[str], what: str) -> Read[str]:
    """One word of a list."""
    known = tuple(options)

    def read(sheet: Sheet, node: Node, where: Where) -> str | None:
        value = bare(sheet, node, where)
        if value is not None and value not in known:
            sheet.fault(node, f'"{value}" is not {what}.', suggestion(value, known))
            return None
        return value

    return read


def yes_no(sheet: Sheet, node: Node, where: Where) -> bool | None:
    """Yes or no."""
    value = bare(sheet, node, where)
    if value is not None and value.lower() not in _YES:
        sheet.fault(node, f'"{value}" is neither yes nor no.', "Write yes or no.")
        return None
    return None if value is None else _YES[value.lower()]


def day(sheet: Sheet, node: Node, where: Where) -> str | None:
    """A date, kept as ISO text."""
    value = bare(sheet, node, where)
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        sheet.fault(node, f'"{value}" is not a date.', "Write year-month-day: 2026-11-22.")
        return None


def seconds(sheet: Sheet, node: Node, where: Where) -> int | None:
    """A duration in seconds: `60 s`, `2 min`, `1 h`."""
    value = bare(sheet, node, where)
    if value is None:
        return None
    match = _DURATION.fullmatch(value)
    if match is None or not int(match[1]):
        sheet.fault(node, f'"{value}" is not a length of time.', "Write it like 60 s, 2 min or 1 h.")
        return None
    return int(match[1]) * _SECONDS[match[2]]


def listed(read: Read[T]) -> Read[tuple[T, ...]]:
    """A list; parts that are wrong are left out after their fault is noted."""

    def read_list(sheet: Sheet, node: Node, where: Where) -> tuple[T, ...] | None:
        sheet.marks[where] = (node.line, node.column)
        if node.kind != "list":
            sheet.fault(node, "A list belongs here.", 'Put each part on a line of its own that begins with "- ".')
            return None
        values = (read(sheet, item, (*where, number)) for number, item in enumerate(node.items))
        return tuple(value for value in values if value is not None)

    return read_list


def one_or_list(read: Read[T]) -> Read[tuple[T, ...]]:
    """A list, or the only part of one without the list."""
    many = listed(read)

    def read_either(sheet: Sheet, node: Node, where: Where) -> tuple[T, ...] | None:
        if node.kind == "list":
            return many(sheet, node, where)
        value = read(sheet, node, where)
        return None if value is None else (value,)

    return read_either


def mapped(check: Read[str], read: Read[T]) -> Read[dict[str, T]]:
    """Names that the file chooses, each with a value: steps, regions, channels."""

    def read_mapping(sheet: Sheet, node: Node, where: Where) -> dict[str, T] | None:
        values: dict[str, T] = {}
        for key, value in _pairs(sheet, node, where) or ():
            name = check(sheet, key, (*where, key.words))
            if name is None:
                continue
            found = read(sheet, value, (*where, name))
            if found is not None:
                values[name] = found
            sheet.marks[(*where, name)] = (key.line, key.column)
        return values if node.kind == "names" else None

    return read_mapping


def named(
    sheet: Sheet, node: Node, where: Where, readers: Mapping[str, Read[Any]], required: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Names that the format chooses: unknown, doubled and missing ones are faults.

    Returns:
        The values that could be read, by name; None when the node holds no names or lacks a required one.
    """
    pairs = _pairs(sheet, node, where)
    if pairs is None:
        return None
    values: dict[str, Any] = {}
    present = set()
    for key, value in pairs:
        present.add(key.words)
        reader = readers.get(key.words)
        if reader is None:
            _unknown(sheet, key, value, tuple(readers), flow=node.flow)
            continue
        found = reader(sheet, value, (*where, key.words))
        if value.kind != "words":  # a fault of a whole list is looked for at its name
            sheet.marks[(*where, key.words)] = (key.line, key.column)
        if found is not None:
            values[key.words] = found
    for name in required:
        if name not in present:
            sheet.fault(node, f'"{name}" is missing here.', f"Add it: {name}: ...")
    return None if any(name not in values for name in required) else values


def record(make: Callable[..., T], readers: Mapping[str, Read[Any]], required: Sequence[str] = ()) -> Read[T]:
    """Names that the format chooses, made into a value of a dataclass."""

    def read(sheet: Sheet, node: Node, where: Where) -> T | None:
        values = named(sheet, node, where, readers, required)
        return None if values is None else make(**values)

    return read


def conditions(sheet: Sheet, node: Node, where: Where) -> Conditions | None:
    """`{region: [US, CA-ON], naloxone: "staff may give"}`: names with one value or several."""
    found = mapped(bare, one_or_list(bare))(sheet, node, where)
    return None if found is None else tuple(found.items())


def suggestion(word: str, known: Sequence[str]) -> str:
    """A did-you-mean, or everything that is known."""
    from deskmate.text.suggest import did_you_mean  # loads difflib: only after a fault

    near = did_you_mean(word, known, n=1)
    if near:
        return f'Did you mean "{near[0]}"?'
    if len(known) > _MANY:  # only the guides are so many
        return "Write one that is there; deskmate playbooks list names them."
    return f"Known here: {', '.join(known)}."


def _pairs(sheet: Sheet, node: Node, where: Where) -> list[tuple[Node, Node]] | None:
    """The names of a mapping in order, each once."""
    sheet.marks[where] = (node.line, node.column)
    if node.kind != "names":
        sheet.fault(node, "Names with a colon belong here.", 'Write them like answer: "words", one a line.')
        return None
    seen: dict[str, Node] = {}
    pairs = []
    for key, value in node.pairs:
        if key.kind != "words" or not key.words:
            sheet.fault(key, "A name before the colon is missing.", 'Write it like answer: "words".')
        elif key.words in seen:
            sheet.fault(
                key,
                f'"{key.words}" stands here twice, first in line {seen[key.words].line}.',
                "Keep one of them.",
            )
        else:
            seen[key.words] = key
            pairs.append((key, value))
    return pairs


def _unknown(sheet: Sheet, key: Node, value: Node, known: Sequence[str], *, flow: bool) -> None:
    if flow and value.is_nothing:
        sheet.fault(key, f'A comma split the words before "{key.words}".', 'Put all of the words in "quotes".')
    else:
        sheet.fault(key, f'"{key.words}" is not a name known here.', suggestion(key.words, known))
