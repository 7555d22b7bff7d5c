"""The service pledge: what visitors can count on here, and samples to start from."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from deskmate.faults import BadUsage, NotFound
from deskmate.places import Places
from deskmate.playbooks.answers import Pledge
from deskmate.playbooks.library import Library
from deskmate.text.suggest import sentence


class Pledges:
    """This library's pledge and the shipped samples.

    Args:
        places: where the pledge's file lives.
        library: the pledges of the files.
    """

    def __init__(self, places: Places, library: Library) -> None:
        self._places = places
        self._library = library
        self._adopted: Pledge | None = None

    @property
    def own(self) -> Pledge | None:
        """This library's pledge; None while it has none."""
        own = (pledge for pledge in self._library.pledges if not pledge.example)
        return self._adopted or next(own, None)

    @property
    def samples(self) -> tuple[Pledge, ...]:
        """Pledges to start from."""
        return tuple(pledge for pledge in self._library.pledges if pledge.example)

    def sample(self, sample_id: str) -> Pledge:
        """One sample.

        Raises:
            NotFound: there is no such sample.
        """
        chosen = next((pledge for pledge in self.samples if pledge.id == sample_id), None)
        if chosen is None:
            names = [pledge.id for pledge in self.samples]
            cure = sentence(sample_id, names) or "See: deskmate pledge"
            raise NotFound(f'There is no sample pledge "{sample_id}".', cure)
        return chosen

    def adopt(self, sample_id: str) -> Path:
        """Make a sample this library's pledge: a file whose words the library changes.

        Returns:
            The file.

        Raises:
            NotFound: there is no such sample.
            BadUsage: the library has a file of its own already; it stays as it is.
            DeskMateError: the folder cannot be written.
        """
        from deskmate.tomlfile import write_new

        path = self._places.pledge
        there = BadUsage("This library has a pledge already.", f"Change the words in {path}.")
        if self.own is not None:
            raise there
        chosen = self.sample(sample_id)
        if not write_new(path, pledge_file(chosen)):
            raise there
        self._adopted = replace(chosen, example=False)
        return path


def pledge_file(pledge: Pledge) -> str:
    """The file that a library's own pledge starts from."""
    return "\n".join([*_file_lines(pledge), ""])


def _file_lines(pledge: Pledge) -> Iterator[str]:
    yield "# What visitors can count on here, and what the team expects of itself for that. Change the words, take"
    yield "# lines out, add some: promise what holds on a bad day too. `deskmate playbooks check` looks at this file."
    yield "pledges:"
    yield f"  - id: {pledge.id}"
    yield f"    title: {_quoted(pledge.title)}"
    for name, sentences in (("visitors", pledge.visitors), ("team", pledge.team)):
        if sentences:
            yield f"    {name}:"
            yield from (f"      - {_quoted(each)}" for each in sentences)


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)  # a JSON string is a YAML one
