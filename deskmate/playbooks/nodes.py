"""YAML as a tree with a line and a column on every value, and its faults in plain words.

The tree is built here from the parser's events, not by `yaml.compose`: the C composer calls itself for every level and
ends the process at some 50,000 nested brackets (seen with PyYAML 6.0.3), and it swaps an alias for the thing it names,
so that neither could be refused with a line number. All values stay the text that was written, so `no`, `12:30` and
`0123` mean themselves.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from deskmate.playbooks.sources import Problem

if TYPE_CHECKING:
    import yaml

LIMIT: Final = 256 * 1024
"""Bytes a content file may have; the longest shipped playbook is a twentieth of it."""
DEPTH: Final = 12
"""Levels a file may nest; a playbook needs 7 (steps, step, choices, choice, when, region, value)."""

_CONTROL: Final = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAB: Final = re.compile(r"^ *\t+(?=\S)", re.MULTILINE)


@dataclass(slots=True, eq=False)
class Node:
    """One value of a file: `words`, a `list` or `names` (a mapping)."""

    kind: str
    line: int
    column: int
    start: int
    """Where it begins in the text, in characters."""
    end: int
    words: str = ""
    plain: bool = False
    """Words without quotes that are not block text."""
    flow: bool = False
    """A list in `[]` or names in `{}`; for words: they stand in a list in `[]`."""
    items: list["Node"] = field(default_factory=list)
    pairs: list[tuple["Node", "Node"]] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        """A name with nothing after its colon."""
        return self.kind == "words" and self.plain and not self.words

    @property
    def is_braced_name(self) -> bool:
        """`{name}`, which people write for a word to fill in and which YAML takes for names without values."""
        return (
            self.kind == "names" and self.flow and bool(self.pairs) and all(value.is_nothing for _, value in self.pairs)
        )


class _RefusedError(Exception):
    """YAML that could be read but is not taken."""

    def __init__(self, mark: Any, message: str, cure: str) -> None:
        super().__init__(message)
        self.mark = mark
        self.message = message
        self.cure = cure


def decode(raw: bytes, file: str) -> str | Problem:
    """The text of a content file, or the reason why there is none: too long, or not UTF-8."""
    if len(raw) > LIMIT:
        return _too_long(file)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Problem(file, 1, 1, "The file is saved as UTF-16.", "Save it again with the encoding UTF-8.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        column = error.start - (before.rfind(b"\n") + 1) + 1
        return Problem(
            file,
            before.count(b"\n") + 1,
            column,
            "The file is not UTF-8: a letter with an accent or a curly quote cannot be read here.",
            "Save it again with the encoding UTF-8.",
        )


def compose(text: str, file: str) -> tuple[Node | None, list[Problem]]:
    """Read YAML into a tree.

    Args:
        text: the whole file.
        file: how problems name it.

    Returns:
        The tree and no problem, or no tree and every problem that can be told before the text is understood.
    """
    problems = _unreadable(text, file)
    if problems:
        return None, problems
    import yaml  # 10 ms that a desk with a warm cache never spends

    mark: Any
    try:
        return _build(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))), []
    except _RefusedError as refused:
        mark, message, cure = refused.mark, refused.message, refused.cure
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "quoted scalar" in (error.context or "") and "end of stream" in (error.problem or ""):
            mark = error.context_mark or mark
        message, cure = _plain_words(error, text, mark.index if mark else 0)
    except yaml.YAMLError as error:
        mark, message, cure = None, f"The file cannot be read: {error}.", "Write it again in a plain text editor."
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return None, [Problem(file, line, column, message, cure)]


def _unreadable(text: str, file: str) -> list[Problem]:
    """Faults that stop YAML before it begins; told all at once."""
    if len(text) > LIMIT:
        return [_too_long(file)]
    problems = []
    for match in _CONTROL.finditer(text):
        line, column = place(text, match.start())
        problems.append(
            Problem(file, line, column, "A control character that nobody can see stands here.", "Delete it.")
        )
        if len(problems) == 20:  # a picture or a spreadsheet with a wrong ending: enough said
            break
    for match in _TAB.finditer(text):
        line, column = place(text, match.end() - 1)
        problems.append(Problem(file, line, column, "The line is indented with a tab.", "Use two blanks instead."))
    return problems


def _too_long(file: str) -> Problem:
    message = f"The file has more than {LIMIT // 1024} KB and is not read."
    return Problem(file, 1, 1, message, "Split it into several files.")


def place(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a character."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _build(events: Iterator[Any]) -> Node | None:
    """Put the parser's events together, without calling itself however deep they nest."""
    root: Node | None = None
    open_nodes: list[Node] = []
    keys: list[Node | None] = []
    for event in events:
        kind = type(event).__name__
        if kind in _ENDS:
            open_nodes.pop().end = event.end_mark.index
            keys.pop()
            continue
        if kind not in _BEGINS:
            continue
        _refuse(event, kind, second=root is not None and not open_nodes)
        node = _node(event, _BEGINS[kind], inside=open_nodes[-1] if open_nodes else None)
        if not open_nodes:
            root = node
        elif open_nodes[-1].kind == "list":
            open_nodes[-1].items.append(node)
        elif keys[-1] is None:
            keys[-1] = node
        else:
            open_nodes[-1].pairs.append((keys[-1], node))
            keys[-1] = None
        if node.kind != "words":
            open_nodes.append(node)
            keys.append(None)
            if len(open_nodes) > DEPTH:
                raise _RefusedError(
                    event.start_mark, "Lists stand inside lists deeper than any playbook.", "Close the brackets."
                )
    return root


_BEGINS: Final = {
    "ScalarEvent": "words",
    "SequenceStartEvent": "list",
    "MappingStartEvent": "names",
    "AliasEvent": "alias",
}
_ENDS: Final = frozenset(("SequenceEndEvent", "MappingEndEvent"))


def _node(event: Any, kind: str, inside: Node | None) -> Node:
    start, end = event.start_mark, event.end_mark
    node = Node(kind, start.line + 1, start.column + 1, start.index, end.index)
    if kind == "words":
        node.words = event.value
        node.plain = not event.style
        node.flow = inside is not None and inside.kind == "list" and inside.flow
    else:
        node.flow = bool(event.flow_style)
    return node


def _refuse(event: Any, kind: str, *, second: bool) -> None:
    """Raise for what YAML allows and a content file does not need."""
    if kind == "AliasEvent":
        raise _RefusedError(event.start_mark, f'"*{event.anchor}" repeats another part.', "Write the words out here.")
    if event.tag:
        raise _RefusedError(event.start_mark, "A YAML tag that begins with ! stands here.", "Put the words in quotes.")
    if second:
        raise _RefusedError(
            event.start_mark, 'A second part begins after "---".', "Put it into a file of its own, or delete it."
        )


_CAUSES: Final = (
    ("mapping values are not allowed", "A colon stands inside words without quotes.", 'Put the words in "quotes".'),
    ("end of stream", "A quote is opened here and never closed.", 'Write the closing ".'),
    (
        "block sequence entries are not allowed",
        "A list begins on the line of its name.",
        'Put each "- " on a line of its own below the name.',
    ),
    (
        "expected '-' indicator",
        "The line stands at the wrong indent.",
        'Line it up with the "-" of the list, or with the name above.',
    ),
    (
        "expected ',' or ']'",
        'A "[" is never closed, or a comma is missing.',
        'Write the "]" or the comma, and each part in "quotes".',
    ),
    (
        "expected ',' or '}'",
        'A "{" is never closed, or a comma is missing.',
        'Write the "}" or the comma, and the words in "quotes".',
    ),
    ("escape character", "A backslash stands in front of a letter that needs none.", "Delete the backslash."),
    ("could not find expected ':'", "A name without a colon stands here.", 'Write it as name: "words".'),
    ("expected key", "The line stands at the wrong indent.", "Line it up with the name above."),
    ("block end", "The line stands at the wrong indent.", "Line it up with the name above."),
    ("document start", "The line stands outside the file's names.", "Line the top names up at the left edge."),
)


def _plain_words(error: "yaml.MarkedYAMLError", text: str, index: int) -> tuple[str, str]:
    """What a YAML message means for somebody who has never read its definition."""
    problem = error.problem or ""
    if "cannot start any token" in problem:
        character = text[index : index + 1]
        shown = character if character.isprintable() else "this character"
        return f'Words without quotes cannot begin with "{shown}".', 'Put the words in "quotes".'
    if "expected key" in problem and text[text.rfind("\n", 0, index) + 1 : index].strip():
        return "Words follow a closing quote or bracket.", 'Put all the words inside one pair of "quotes".'
    for sign, message, cure in _CAUSES:
        if sign in problem:
            return message, cure
    return f"The line cannot be read: {problem or error}.", "Compare it with a playbook that works."
