"""The files of a library, read and laid over one another: what ships with DeskMate, then the library's own.

A broken local file never stops anything: the built-in version serves and a notice says what is wrong where.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from deskmate.faults import Notice
from deskmate.places import Places
from deskmate.playbooks.answers import Entry, Fact, HelpPage, LexiconLine, Pledge, Posted
from deskmate.playbooks.board import read_notices, read_pledges
from deskmate.playbooks.check_structure import broken_links
from deskmate.playbooks.files import Files, single_files
from deskmate.playbooks.lexicon_file import parse_lexicon
from deskmate.playbooks.model import Playbook
from deskmate.playbooks.nodes import decode
from deskmate.playbooks.reader import Reading, missing_names, parse, read_directory, read_facts, read_help
from deskmate.playbooks.sources import Problem
from deskmate.text.clean import clean, one_line


@dataclass(frozen=True, slots=True)
class Layers:
    """Everything the files say, laid over one another."""

    playbooks: Mapping[str, Playbook]
    readings: tuple[Reading, ...]
    """Every playbook file that could be opened, in the order of the layers."""
    facts: tuple[Fact, ...]
    directory: tuple[Entry, ...]
    lexicon: tuple[LexiconLine, ...]
    lexicon_notices: tuple[Notice, ...]
    """What is wrong with lines of the lexicon; such a line is left out."""
    help: HelpPage
    posted: tuple[Posted, ...]
    pledges: tuple[Pledge, ...]
    problems: tuple[Problem, ...]
    """Of files that are not playbooks or could not be opened, and of ids given twice."""
    notices: tuple[Notice, ...]


def build(places: Places, files: Files, extra: Iterable[Path] = ()) -> Layers:
    """Read every file and lay the layers over one another.

    Args:
        places: where the files that are not playbooks are.
        files: what `scan` found.
        extra: more playbook files that count as the library's own: a draft that is checked before it is put in place.
    """
    desk = _Reader()
    desk.closed(files.closed)
    single = single_files(places)
    shipped = desk.readings(map(Path, files.shipped))
    local = desk.readings([*map(Path, files.local), *extra])
    books = desk.shipped_books(shipped)
    desk.lay_over(local, books)
    desk.notes(map(Path, files.notes), books)
    lexicon = tuple(line for path in single.lexicon for line in desk.lines(path))
    _, unread = parse_lexicon((line.file, line.line, line.text) for line in lexicon)
    return Layers(
        playbooks=dict(sorted(books.items())),
        readings=(*shipped, *local),
        facts=desk.answers(read_facts, *single.facts),
        directory=desk.answers(read_directory, *single.directory),
        lexicon=lexicon,
        lexicon_notices=tuple(unread),
        help=desk.help_page(single.help),
        posted=desk.answers(read_notices, *single.notices),
        pledges=desk.answers(read_pledges, *single.pledge),
        problems=tuple(desk.problems),
        notices=tuple(desk.notices),
    )


class _Reader:
    """Reads the files of one build and gathers what is wrong with them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.notices: list[Notice] = []

    def closed(self, folders: Iterable[str]) -> None:
        """Tell the folders that cannot be listed."""
        for folder in folders:
            self._tell(Problem(folder, 1, 1, "The folder cannot be opened.", "Check who may read it."))

    def text(self, path: Path) -> str | None:
        """A file's text, or None after noting why there is none; a missing file is no fault."""
        try:
            text = decode(path.read_bytes(), str(path))
        except FileNotFoundError:
            return None
        except OSError as error:
            reason = error.strerror or "unknown reason"
            self._tell(Problem(str(path), 1, 1, f"The file cannot be opened: {reason}.", "Check who may read it."))
            return None
        if isinstance(text, Problem):
            self._tell(text)
            return None
        return text

    def readings(self, paths: Iterable[Path]) -> list[Reading]:
        """Playbook files, read; a name that is not `.yaml` is told, not skipped in silence."""
        found = []
        for path in paths:
            if path.suffix != ".yaml":
                self._tell(
                    Problem(str(path), 1, 1, "The file is not read.", "A playbook's file name ends in .yaml, small.")
                )
                continue
            text = self.text(path)
            if text is not None:
                found.append(parse(text, str(path)))
        return found

    def shipped_books(self, readings: Iterable[Reading]) -> dict[str, Playbook]:
        """The playbooks that came with DeskMate."""
        books: dict[str, Playbook] = {}
        for reading in readings:
            book = reading.playbook()
            if reading.id in books:
                self._doubled(reading, books[reading.id].origin)
            elif book is None or not reading.is_sound:
                self._refuse(reading, "This built-in playbook is left out.")
            else:
                books[reading.id] = book
        return books

    def lay_over(self, readings: Iterable[Reading], books: dict[str, Playbook]) -> None:
        """Lay the library's own playbooks over the shipped ones; what is broken or leads nowhere is taken out again."""
        laid: dict[str, tuple[Reading, Playbook | None]] = {}
        for reading in readings:
            base = books.get(reading.id)
            book = _laid_over(reading, base)
            if reading.id in laid:
                self._doubled(reading, books[reading.id].origin)
            elif book is None:
                self._refuse(reading, _serves(base))
            else:
                laid[reading.id] = (reading, base)
                books[reading.id] = book
        # Taking one out may leave another leading nowhere: again until all that is left holds.
        while broken := {name: faults[0] for name, one in laid.items() if (faults := _broken(*one, books))}:
            for name, problem in broken.items():
                base = laid.pop(name)[1]
                self.notices.append(problem.notice(f"{problem.cure} {_serves(base)}"))
                if base is None:
                    del books[name]
                else:
                    books[name] = base

    def notes(self, paths: Iterable[Path], books: dict[str, Playbook]) -> None:
        """Put a manager's notes on the playbooks they are named after."""
        for path in paths:
            if path.suffix != ".txt" or path.stem not in books:
                cure = "Name it after a playbook's id: noise.txt."
                self._tell(Problem(str(path), 1, 1, "This note belongs to no playbook.", cure))
                continue
            text = self.text(path)
            if text is not None:
                books[path.stem] = replace(books[path.stem], note=clean(text).strip())

    def answers(self, read: Callable[[str, str], tuple[tuple[Any, ...], list[Problem]]], *paths: Path) -> Any:
        """Facts, entries, notices or pledges of several files, a later one over an earlier by id."""
        found: dict[str, Any] = {}
        for path in paths:
            text = self.text(path)
            if text is None:
                continue
            answers, problems = read(text, str(path))
            found.update((answer.id, answer) for answer in answers)
            for problem in problems:
                self._tell(problem)
        return tuple(found.values())

    def lines(self, path: Path) -> list[LexiconLine]:
        """The lines of a lexicon file that say something."""
        found = []
        for number, line in enumerate((self.text(path) or "").splitlines(), 1):
            said = line.strip()
            if said and not said.startswith("#"):
                found.append(LexiconLine(str(path), number, said if said.isprintable() else one_line(said)))
        return found

    def help_page(self, path: Path) -> HelpPage:
        """The HELP page; without its file it still shows the number and the address."""
        text = self.text(path)
        page, problems = read_help(text, str(path)) if text is not None else (None, [])
        for problem in problems:
            self._tell(problem)
        return page or HelpPage()

    def _tell(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.notices.append(problem.notice())

    def _doubled(self, reading: Reading, first: str) -> None:
        self._tell(reading.source.error((), f"Another file has this id: {first}.", "Keep one of the two."))

    def _refuse(self, reading: Reading, instead: str) -> None:
        """One notice for a playbook file with faults: the first of them, and how many more there are."""
        errors = [problem for problem in reading.problems if problem.is_error]
        first, *others = errors or missing_names(reading)
        more = f" ({len(others)} more in this file.)" if others else ""
        self.notices.append(first.notice(f"{first.cure}{more} {instead}"))


def _broken(reading: Reading, base: Playbook | None, books: Mapping[str, Playbook]) -> list[Problem]:
    """Where a playbook of the library leads nowhere, among all that serve now."""
    return broken_links(books[reading.id], reading.source, books, base if reading.missing else None)


def _laid_over(reading: Reading, base: Playbook | None) -> Playbook | None:
    """The playbook that a local file makes, or None when it cannot be used."""
    if not reading.is_sound or not reading.given:
        return None
    if reading.missing:
        return reading.over(base) if base is not None else None
    return reading.playbook()


def _serves(base: Playbook | None) -> str:
    return "Until then the built-in version serves." if base is not None else "Until then it is left out."
