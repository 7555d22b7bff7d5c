"""`deskmate playbooks check`: every fault of the content files, as file:line:column with the mend.

Errors are what would fail somebody at the desk; warnings are what a reviewer should look at.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from deskmate.faults import NotFound
from deskmate.places import Places
from deskmate.playbooks.board import check_notices
from deskmate.playbooks.cards_shelf import card_files, check_cards
from deskmate.playbooks.check_shape import check_shape, check_steps
from deskmate.playbooks.check_structure import check_structure
from deskmate.playbooks.check_words import check_words
from deskmate.playbooks.files import scan, single_files
from deskmate.playbooks.layers import Layers, build
from deskmate.playbooks.lexicon_file import parse_lexicon
from deskmate.playbooks.library import Library, assemble
from deskmate.playbooks.model import Playbook
from deskmate.playbooks.reader import Reading, missing_names
from deskmate.playbooks.scenes_shelf import check_scenes, scene_files
from deskmate.playbooks.sources import Problem, Source, Where
from deskmate.playbooks.variables import VARIABLES, names_in

Rank = Callable[[str], Sequence[str]]
"""The look-up: the ids for a query, best first."""
TOP = 3
"""Places among which an example must come."""


@dataclass(frozen=True, slots=True)
class _Page:
    """One playbook file with the playbook it makes."""

    reading: Reading
    book: Playbook
    """With the built-in playbook under it when the file has only some names."""
    under: Playbook | None
    """That built-in playbook, or what serves in its place; None for a whole file."""

    @property
    def source(self) -> Source:
        """Where its values stand."""
        return self.reading.source

    @property
    def is_whole(self) -> bool:
        """Whether the file needs nothing under it."""
        return not self.reading.missing

    @property
    def own(self) -> Playbook:
        """What the file itself says; the rest of the playbook is not its fault."""
        if self.is_whole:
            return self.book
        book = self.book
        needed = {"title": "", "category": book.category, "urgency": book.urgency, "form": book.form}
        return Playbook(id=book.id, **{**needed, "start": book.start, **self.reading.given})


def check_library(
    places: Places,
    rank_for: Callable[[Library], Rank],
    only: Path | None,
    today: date,
    extra_names: Collection[str] = (),
) -> list[Problem]:
    """Check every content file, shipped and local.

    Args:
        places: where they are.
        rank_for: makes the look-up of a library, so that each example can be tried.
        only: tell the faults of this file, or of the files below this folder, only. A playbook file from elsewhere is
            checked as if it were one of the library's own. The rules that compare files still see all of them.
        today: the day that review dates are compared with.
        extra_names: variables that the library's settings add.

    Returns:
        The problems, in the order of files and lines.

    Raises:
        NotFound: `only` is not there, or is no content file.
    """
    files = scan(places)
    beside = map(str, (*card_files(places), *scene_files(places)))
    layers = build(places, files, _drafts(only, [*files.manifest, *beside]))
    problems = list(layers.problems)
    pages = []
    for reading in layers.readings:
        problems += reading.problems
        book = _book(reading, layers)
        if book is None:
            problems += missing_names(reading)
        else:
            pages.append(_Page(reading, book, layers.playbooks.get(reading.id) if reading.missing else None))
    known = {page.book.id for page in pages}
    for page in pages:
        problems += _one(page, known, today, extra_names)
    problems += _claims(pages)
    problems += _examples(pages, rank_for(assemble(layers, files)), layers.playbooks)
    problems += _lexicon(layers)
    problems += check_notices(layers.posted, layers.playbooks, today)
    problems += _doors(layers, single_files(places).help)
    problems += check_cards(places)
    problems += check_scenes(places, layers.playbooks, layers.help.doors)
    chosen = (problem for problem in set(problems) if only is None or _is_below(problem.file, only))
    return sorted(chosen, key=lambda problem: (problem.file, problem.line, problem.column, problem.message))


def _drafts(only: Path | None, present: Collection[str]) -> list[Path]:
    """Playbook files to be checked that are in no folder of playbooks yet."""
    if only is None:
        return []
    if not only.exists():
        raise NotFound(f'"{only}" is not there.', "Give a playbook's file, or a folder of them.")
    inside = {Path(path).resolve() for path in present}
    found = sorted(only.rglob("*.yaml")) if only.is_dir() else [only]
    drafts = [path for path in found if path.resolve() not in inside]
    if not found or any(path.suffix != ".yaml" for path in drafts):
        raise NotFound(f'"{only}" holds no playbook.', "Give a file whose name ends in .yaml, or a folder of them.")
    return drafts


def _is_below(file: str, only: Path) -> bool:
    path, root = Path(file).resolve(), only.resolve()
    return path == root or root in path.parents


def _book(reading: Reading, layers: Layers) -> Playbook | None:
    """The playbook a file makes: whole, or over the built-in one."""
    if not reading.missing:
        return reading.playbook()
    base = layers.playbooks.get(reading.id)
    if base is None or not reading.given or base.origin == reading.source.file:
        return base
    return reading.over(base)


def _one(page: _Page, known: Collection[str], today: date, extra_names: Collection[str]) -> Iterator[Problem]:
    """The faults of one playbook; of a file that is laid over another, those of its own parts only."""
    own, source = page.own, page.source
    yield from check_words(own, source, extra_names)
    yield from check_steps(own, source)
    if page.is_whole:
        yield from check_shape(own, source, today)
    if page.reading.is_sound:  # a choice that could not be read would look like a dead end
        yield from check_structure(page.book, source, known, page.under)


def _claims(pages: Iterable[_Page]) -> Iterator[Problem]:
    """Words by which two playbooks want to be found."""
    owners: dict[str, str] = {}
    for page in pages:
        own = page.own
        phrases: list[tuple[Where, str]] = [(("title",), own.title)] if own.title else []
        phrases += [(("also", number), phrase) for number, phrase in enumerate(own.also)]
        phrases += [(("examples", number), phrase) for number, phrase in enumerate(own.examples)]
        seen: set[str] = set()
        for where, phrase in phrases:
            plain = " ".join(phrase.lower().replace("-", " ").split())
            owner = owners.setdefault(plain, own.id)
            if owner != own.id:
                yield page.source.warning(where, f'"{owner}" has these words too.', "Leave them where they fit better.")
            elif plain in seen:
                yield page.source.warning(where, "These words stand here twice.", "Delete one of them.")
            seen.add(plain)


def _examples(pages: Iterable[_Page], rank: Rank, served: Mapping[str, Playbook]) -> Iterator[Problem]:
    """Examples that the look-up does not find among the first."""
    for page in pages:
        playbook_id = page.book.id
        if playbook_id not in served or served[playbook_id].origin != page.source.file:
            continue  # another file serves, or the playbook is left out for a fault that is told
        for number, example in enumerate(page.own.examples):
            found = list(rank(example))[:TOP]
            if playbook_id not in found:
                message = f"It does not find this playbook: {', '.join(found) or 'nothing'} came first."
                yield page.source.error(("examples", number), message, "Add its words to also:.")


def _lexicon(layers: Layers) -> Iterator[Problem]:
    """Lines of the lexicon that say nothing the look-up understands."""
    _, notices = parse_lexicon((line.file, line.line, line.text) for line in layers.lexicon)
    for notice in notices:
        file, _, number = notice.where.rpartition(":")
        yield Problem(file, int(number), 1, notice.what, notice.cure)


def _doors(layers: Layers, file: Path) -> Iterator[Problem]:
    """The HELP page opens playbooks that are there, with words that are known."""
    source = Source(str(file))
    for door in layers.help.doors:
        if door.open not in layers.playbooks:
            message = f'Door {door.key} opens "{door.open}", which is not there.'
            yield source.error((), message, "Write a playbook's id.")
    for text in layers.help.memory:
        for name in names_in(text):
            if name not in VARIABLES:
                yield source.error((), f"${name} is not a known word.", "Write one that is.")
