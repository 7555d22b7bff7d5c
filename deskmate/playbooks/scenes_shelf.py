"""All scene files of a library: read when somebody wants to practise, and checked against their playbooks."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from deskmate.places import Places
from deskmate.playbooks.answers import Door
from deskmate.playbooks.fields import suggestion
from deskmate.playbooks.model import HELP, Playbook, Step
from deskmate.playbooks.nodes import decode
from deskmate.playbooks.scenes import ANY, Must, Scene, SceneFile, Turn, fits, read_scenes
from deskmate.playbooks.sources import WARNING, Problem, Source, Where
from deskmate.playbooks.variables import VARIABLES, names_in

Books = Mapping[str, Playbook]
FOLDER: Final = "practice"


def scene_files(places: Places) -> Iterator[Path]:
    """Every file in the two folders of scenes, what ships first."""
    for folder in (places.data / FOLDER, places.practice):
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def scenes_of(places: Places) -> tuple[Scene, ...]:
    """All scenes, by playbook; one of the library's own replaces the shipped one with its id."""
    found: dict[str, Scene] = {}
    for file in _read(places):
        if isinstance(file, SceneFile):
            found |= {scene.name: scene for scene in file.scenes.values()}
    return tuple(found[name] for name in sorted(found, key=lambda name: name.partition("/")[0]))


def check_scenes(places: Places, books: Books, doors: Iterable[Door]) -> list[Problem]:
    """Every fault of the scene files.

    A shipped scene that no longer fits a playbook which the library has changed is a warning: it is left out.

    Args:
        places: where the files are.
        books: the playbooks as they are served.
        doors: the digits of the HELP page.
    """
    opens = {door.open for door in doors}
    found: list[Problem] = []
    for file in _read(places):
        if isinstance(file, Problem):
            found.append(file)
            continue
        found += file.problems
        book = books.get(file.playbook)
        if book is None:
            found.append(_nameless(file, books))
            continue
        for scene in file.scenes.values():
            problems = _Check(scene, book, books, opens, file.source).problems()
            changed = not scene.own and any(_is_own(places, books, place) for place in scene.turns)
            found += [replace(each, severity=WARNING) for each in problems] if changed else problems
    return found


def _read(places: Places) -> Iterator[SceneFile | Problem]:
    """Every file, read, or what keeps it from being read."""
    for path in scene_files(places):
        if path.suffix != ".yaml":
            yield Problem(str(path), 1, 1, "The file is not read.", "Name it by its playbook: angry-patron.yaml.")
            continue
        try:
            text = decode(path.read_bytes(), str(path))
        except OSError as error:
            message = f"The file cannot be opened: {error.strerror or 'unknown reason'}."
            text = Problem(str(path), 1, 1, message, "Check who may read it.")
        if isinstance(text, Problem):
            yield text
        else:
            yield read_scenes(text, str(path), own=path.parent == places.practice)


def _nameless(file: SceneFile, books: Books) -> Problem:
    message = f'There is no playbook "{file.playbook}" to practise.'
    return Problem(file.source.file, 1, 1, message, suggestion(file.playbook, tuple(books)))


def _is_own(places: Places, books: Books, place: str) -> bool:
    """Whether the library has changed the playbook of a place."""
    book = books.get(place.partition("/")[0])
    return book is not None and Path(book.origin).is_relative_to(places.playbooks)


class _Check:
    """The faults of one scene against the playbooks it plays in."""

    def __init__(self, scene: Scene, book: Playbook, books: Books, opens: set[str], source: Source) -> None:
        self._scene = scene
        self._start = f"{book.id}/{book.start}"
        self._books = books
        self._opens = opens
        self._source = source

    def problems(self) -> list[Problem]:
        """All of them."""
        found = [problem for place, turn in self._scene.turns.items() for problem in self._turn(place, turn)]
        if self._start not in self._scene.turns:
            cure = f"Add a turn for {self._start.partition('/')[2]}: it is where the playbook starts."
            found.append(self._fault((), f'The scene "{self._scene.id}" has no beginning.', cure))
        elif not found:
            found += self._way()
        return found

    def _fault(self, where: Where, message: str, cure: str) -> Problem:
        return self._source.error(("scenes", self._scene.id, *where), message, cure)

    def _at(self, place: str, *more: str | int) -> Where:
        """Where the file has a turn: by its step, or by its whole place."""
        book, _, step = place.partition("/")
        return ("turns", step if book == self._scene.playbook else place, *more)

    def _step(self, place: str) -> Step | None:
        book, _, step = place.partition("/")
        return self._books[book].steps.get(step) if book in self._books else None

    def _turn(self, place: str, turn: Turn) -> Iterator[Problem]:
        step = self._step(place)
        if step is None:
            yield self._unknown(place)
            return
        for number, answer in enumerate(turn.answer):
            if not any(answer in (choice.answer, choice.go, choice.visit) for choice in step.choices):
                options = [name for c in step.choices for name in (c.go or c.visit, c.answer)]
                message = f'The step has no answer "{answer}", and none leads there.'
                yield self._fault(self._at(place, "answer", number), message, suggestion(answer, options))
        for number, must in enumerate(turn.must):
            yield from self._must(self._at(place, "must", number), must, step)
        if turn.door and turn.door not in self._opens:
            cure = suggestion(turn.door, sorted(self._opens))
            yield self._fault(self._at(place, "door"), f'No digit of HELP opens "{turn.door}".', cure)
        if not turn.answer and not step.end:
            message = "The scene stops in the middle: this step does not end the playbook."
            yield self._fault(self._at(place), message, "Add answer:.")
        for number, line in enumerate(turn.patron):
            for name in names_in(line):
                if name not in VARIABLES:
                    yield self._fault(self._at(place, "patron", number), f"${name} is not a known word.", "Mend it.")

    def _unknown(self, place: str) -> Problem:
        book, _, step = place.partition("/")
        if book not in self._books:
            return self._fault(self._at(place), f'There is no playbook "{book}".', suggestion(book, list(self._books)))
        return self._fault(
            self._at(place), f'{book} has no step "{step}".', suggestion(step, [*self._books[book].steps])
        )

    def _must(self, where: Where, must: Must, step: Step) -> Iterator[Problem]:
        if must.tick:
            texts: list[str] = [item.line.text for item in step.do]
            what = "item"
        else:
            texts = [line.text for lines in (step.say, *step.channels.values()) for line in lines]
            what = "sentence"
        if must.text not in (*texts, *((ANY,) if must.say else ())):
            message = f'The step has no {what} "{must.text}".'
            yield self._fault((*where, "tick" if must.tick else "say"), message, suggestion(must.text, texts))

    def _way(self) -> Iterator[Problem]:
        """Turns that are missing on the way, never come to, or come to again and again."""
        turns = self._scene.turns
        seen: set[str] = set()
        waiting: list[tuple[str, tuple[str, ...]]] = [(self._start, ())]
        while waiting:
            place, before = waiting.pop()
            if place in before:
                message = f'The scene comes back to "{place}" and would go round for ever.'
                yield self._fault(self._at(before[-1], "answer"), message, "Let the answer lead on.")
                return
            seen.add(place)
            for target in self._targets(place):
                if target in turns:
                    waiting.append((target, (*before, place)))
                elif target.partition("/")[0] == place.partition("/")[0]:
                    message = f'An answer leads to "{target}", and the scene has no turn for it.'
                    yield self._fault(self._at(place, "answer"), message, "Add the turn, or take the answer out.")
        for place in turns.keys() - seen:
            yield self._fault(self._at(place), "No answer of the scene leads to this turn.", "Take it out.")

    def _targets(self, place: str) -> Iterator[str]:
        """The places that the answers of a turn lead to."""
        turn, step = self._scene.turns[place], self._step(place)
        book = place.partition("/")[0]
        for choice in step.choices if step else ():
            leads = choice.go or choice.visit
            if not fits(turn, answer=choice.answer, leads=leads):
                continue
            if leads in self._books[book].steps:
                yield f"{book}/{leads}"
            else:
                opened: Any = self._books.get(turn.door if leads == HELP else leads)
                if opened is not None:
                    yield f"{opened.id}/{opened.start}"
