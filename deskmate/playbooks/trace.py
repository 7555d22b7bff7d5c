"""Which step or part of the program honours each statement of the five source documents, and what is wrong with that.

The list is `traceability.yaml` of the shipped data. It is true in both directions: a statement names steps that exist,
and a playbook's `sources` names a statement exactly when the statement names one of the playbook's steps.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from deskmate.playbooks import fields as read_as
from deskmate.playbooks.fields import Sheet, listed, mapped, named, record, words
from deskmate.playbooks.nodes import Node, compose
from deskmate.playbooks.reader import Reading
from deskmate.playbooks.sources import Problem, Source, Where

LONGEST: Final = 12
"""Words a paraphrase may have."""

_ID: Final = re.compile(r"S\d-\d{2}")
_CITED: Final = re.compile(r"S\d+-\d+")
"""A tag in a playbook's `sources` that means a statement, also a mistyped one."""
_STEP: Final = re.compile(rf"{read_as.ID.pattern}/{read_as.ID.pattern}")


@dataclass(frozen=True, slots=True)
class Document:
    """One of the source documents."""

    id: str
    """`S2`: its statements are S2-01 and on."""
    title: str
    statements: int
    """How many it has."""

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its statements."""
        return tuple(f"{self.id}-{number:02}" for number in range(1, self.statements + 1))


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a document asks for, and what honours it."""

    id: str
    says: str
    """Our own wording of it."""
    steps: tuple[str, ...] = ()
    """`playbook/step`, each with words that do what the statement asks."""
    features: tuple[str, ...] = ()
    """Parts of the program, by the words that `Trace.features` declares."""

    @property
    def playbooks(self) -> tuple[str, ...]:
        """The playbooks of its steps, each once."""
        return tuple(dict.fromkeys(step.partition("/")[0] for step in self.steps))


@dataclass(frozen=True, slots=True)
class NotYet:
    """A statement that nothing honours, and why."""

    id: str
    says: str
    reason: str


@dataclass(frozen=True, slots=True)
class Trace:
    """The whole list."""

    documents: tuple[Document, ...]
    features: Mapping[str, str]
    """By word: the file that holds this part of the program, as seen from the project's folder."""
    statements: tuple[Statement, ...]
    not_yet: tuple[NotYet, ...]
    source: Source
    """Where each value stands in the file."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Every statement there is, in the order of the documents."""
        return tuple(name for document in self.documents for name in document.ids)


def read_trace(text: str, file: str) -> tuple[Trace | None, list[Problem]]:
    """Read the list.

    Args:
        text: the file's text.
        file: how problems name it.

    Returns:
        The list, or None when the file has a fault; and everything that is wrong with its form.
    """
    root, problems = compose(text, file)
    if root is None:
        return None, problems or [Problem(file, 1, 1, "The file is empty.", "Write the documents and what they ask.")]
    sheet = Sheet(file, text)
    values = named(sheet, root, (), _TOP, ("documents", "features", "statements"))
    if values is None or sheet.problems:
        return None, sheet.problems
    return Trace(**{"not_yet": (), **values}, source=sheet.source()), []


def check_trace(trace: Trace, books: Iterable[Reading], root: Path) -> list[Problem]:
    """Walk the list: nothing is missing, doubled, unknown or orphaned.

    Args:
        trace: the list.
        books: the shipped playbook files, as read.
        root: the project's folder, which the features' paths start from.

    Returns:
        The problems, those of the list first, then those of the playbooks in their order.
    """
    read = {book.id: book for book in books}
    return [
        *_check_ids(trace),
        *_check_features(trace, root),
        *(problem for number, one in enumerate(trace.statements) for problem in _check_one(trace, read, number, one)),
        *(problem for book in read.values() for problem in _check_book(trace, book)),
    ]


def _check_ids(trace: Trace) -> Iterator[Problem]:
    """Each statement of the documents stands in the list once, in few words."""
    known, source = set(trace.ids), trace.source
    seen: set[str] = set()
    for where, one in _entries(trace):
        if one.id not in known:
            yield source.error((*where, "id"), f"No document has a statement {one.id}.", "Mend the id.")
        elif one.id in seen:
            yield source.error((*where, "id"), f"{one.id} stands here twice.", "Keep one of them.")
        seen.add(one.id)
        if len(one.says.split()) > LONGEST:
            message = f"{one.id} is told in more than {LONGEST} words."
            yield source.error((*where, "says"), message, "Say it shorter.")
    for missing in (name for name in trace.ids if name not in seen):
        cure = "Name a step that honours it, or why none does."
        yield source.error(("statements",), f"{missing} is missing.", cure)


def _entries(trace: Trace) -> Iterator[tuple[Where, Statement | NotYet]]:
    """Every statement of both lists, with the way to it."""
    for number, one in enumerate(trace.statements):
        yield ("statements", number), one
    for number, left in enumerate(trace.not_yet):
        yield ("not_yet", number), left


def _check_features(trace: Trace, root: Path) -> Iterator[Problem]:
    """Each feature is there, and some statement uses it."""
    used = {word for one in trace.statements for word in one.features}
    for word, path in trace.features.items():
        where = ("features", word)
        if not (root / path).is_file():
            yield trace.source.error(where, f'"{path}" is not there.', "Name the file that holds this part.")
        if word not in used:
            yield trace.source.error(where, f'No statement names "{word}".', "Take the line out.")


def _check_one(trace: Trace, books: Mapping[str, Reading], number: int, one: Statement) -> Iterator[Problem]:
    """One statement: what it names exists, and the playbooks know of it."""
    here, source = ("statements", number), trace.source
    if not one.steps and not one.features:
        yield source.error(here, f"{one.id} names no step and no feature.", "Name one, or move it to not_yet.")
    for place, word in enumerate(one.features):
        if word not in trace.features:
            cure = read_as.suggestion(word, tuple(trace.features))
            yield source.error((*here, "features", place), f'"{word}" is no feature.', cure)
    for place, step in enumerate(one.steps):
        where = (*here, "steps", place)
        book_id, _, step_id = step.partition("/")
        book = books.get(book_id)
        if step in one.steps[:place]:
            yield source.error(where, f"{step} stands here twice.", "Keep one of them.")
        elif book is None:
            yield source.error(where, f'There is no playbook "{book_id}".', read_as.suggestion(book_id, tuple(books)))
        elif step_id not in book.given.get("steps", {}):
            cure = read_as.suggestion(step_id, tuple(book.given.get("steps", {})))
            yield source.error(where, f'{book_id} has no step "{step_id}".', cure)
        elif one.id not in book.given.get("sources", ()):
            message = f"The sources of {book_id} lack {one.id}."
            yield source.error(where, message, "Add it there, or name a step of another playbook.")


def _check_book(trace: Trace, book: Reading) -> Iterator[Problem]:
    """One playbook: each statement that its sources name is real, and names a step of it."""
    of = {one.id: one.playbooks for one in trace.statements}
    known = set(trace.ids)
    for place, tag in enumerate(book.given.get("sources", ())):
        where = ("sources", place)
        if not _CITED.fullmatch(tag):
            continue
        if tag not in known:
            yield book.source.error(where, f"No document has a statement {tag}.", "Mend the tag.")
        elif book.id not in of.get(tag, ()):
            message = f"{tag} names no step of this playbook."
            yield book.source.error(where, message, "Name the step in the list of statements, or take the tag out.")


def _count(sheet: Sheet, node: Node, where: Where) -> int | None:
    """A number of statements."""
    value = read_as.matching(_NUMBER, "a number from 1 to 99", "57")(sheet, node, where)
    return None if value is None else int(value)


_NUMBER: Final = re.compile(r"[1-9]\d?")
_PATH: Final = read_as.matching(re.compile(r"[\w-]+(/[\w-]+)*\.[a-z]+"), "a path", "deskmate/settings.py")
_STATEMENT_ID: Final = read_as.matching(_ID, "a statement's id", "S2-07")
_TOP: Final[dict[str, read_as.Read[Any]]] = {
    "documents": listed(
        record(
            Document,
            {
                "id": read_as.matching(re.compile(r"S\d"), "a document's id", "S2"),
                "title": words,
                "statements": _count,
            },
            ("id", "title", "statements"),
        )
    ),
    "features": mapped(read_as.ident, _PATH),
    "statements": listed(
        record(
            Statement,
            {
                "id": _STATEMENT_ID,
                "says": words,
                "steps": listed(read_as.matching(_STEP, "a step", "angry-patron/open")),
                "features": listed(read_as.ident),
            },
            ("id", "says"),
        )
    ),
    "not_yet": listed(record(NotYet, {"id": _STATEMENT_ID, "says": words, "reason": words}, ("id", "says", "reason"))),
}
