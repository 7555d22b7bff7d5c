"""All playbooks, facts and words of a library in one value, read from a JSON cache while no file has changed.

A desk and a `find` share the cache, so that neither imports YAML before a file is edited. The playbooks stay JSON text
until somebody opens one: measured with 101, a load takes 3 ms so, and 40 with all of them made.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from deskmate.faults import NotFound, Notice
from deskmate.places import Places
from deskmate.playbooks import model
from deskmate.playbooks.answers import Door, Entry, Fact, HelpPage, LexiconLine, Pledge, Posted
from deskmate.playbooks.codec import decoder, encode, shape
from deskmate.playbooks.files import Files, Stamps, scan
from deskmate.playbooks.model import Playbook

if TYPE_CHECKING:
    from deskmate.playbooks.layers import Layers

AT_THE_DESK: Final = "in-person"
"""The channel whose wording the look-up shows: it is typed at a desk."""
CACHE: Final = 1
"""Raise it when the reader understands the same file differently; new fields are noticed without it."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the look-up needs to know of a playbook: all of them are there without opening one."""

    id: str
    title: str
    category: str
    form: str
    urgency: str
    also: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    say: tuple[model.Line, ...] = ()
    """What its first step says to somebody at the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """Everything of a library that the cache holds ready-made."""

    heads: tuple[Head, ...] = ()
    facts: tuple[Fact, ...] = ()
    directory: tuple[Entry, ...] = ()
    lexicon: tuple[LexiconLine, ...] = ()
    lexicon_notices: tuple[Notice, ...] = ()
    """Kept with the lexicon, so that the first screen can tell of a wrong line without reading hundreds."""
    help: HelpPage = field(default_factory=HelpPage)
    posted: tuple[Posted, ...] = ()
    """Notices to staff, of every time; examples too."""
    pledges: tuple[Pledge, ...] = ()
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Library(_Answers):
    """What a desk can answer, with the library's own files laid over the shipped ones."""

    playbooks: Mapping[str, Playbook]
    """By id, in the order of the ids."""
    manifest: Stamps
    """The files it was made from: for `changed`."""

    def playbook(self, playbook_id: str) -> Playbook:
        """One playbook.

        Raises:
            NotFound: nothing has this id; the cure names the nearest.
        """
        try:
            return self.playbooks[playbook_id]
        except KeyError:
            from deskmate.text.suggest import did_you_mean  # loads difflib: only for a wrong id

            near = did_you_mean(playbook_id, tuple(self.playbooks), n=1)
            cure = f'Did you mean "{near[0]}"?' if near else "See `deskmate playbooks list`."
            raise NotFound(f'There is no playbook "{playbook_id}".', cure) from None


class _Shelf(Mapping[str, Playbook]):
    """Playbooks that stay JSON text until one is opened."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        self._texts = texts
        self._open: dict[str, Playbook] = {}

    def __getitem__(self, playbook_id: str) -> Playbook:
        if playbook_id not in self._open:
            self._open[playbook_id] = decoder(Playbook)(json.loads(self._texts[playbook_id]))
        return self._open[playbook_id]

    def __contains__(self, playbook_id: object) -> bool:
        return playbook_id in self._texts

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def load(places: Places) -> Library:
    """The library as its files are now, from the cache when none has changed.

    A cache that is missing, damaged or from another version is made again; one that cannot be written is no fault.
    """
    files = scan(places)
    cache = places.cache / "library.jsonl"
    found = _read(cache, files)
    if found is None:
        from deskmate.playbooks.layers import build  # the readers and YAML: only after a change

        found = assemble(build(places, files), files)
        _write(cache, found)
    return found


def changed(places: Places, manifest: Stamps) -> bool:
    """Whether a file was added, taken away or edited since a library was loaded."""
    return scan(places).manifest != manifest


def assemble(layers: "Layers", files: Files) -> Library:
    """A library from its files, read and laid over one another."""
    return Library(
        heads=tuple(
            Head(book.id, book.title, book.category, book.form, book.urgency, book.also, book.examples, _first(book))
            for book in layers.playbooks.values()
        ),
        facts=layers.facts,
        directory=layers.directory,
        lexicon=layers.lexicon,
        lexicon_notices=layers.lexicon_notices,
        help=layers.help,
        posted=layers.posted,
        pledges=layers.pledges,
        notices=layers.notices,
        playbooks=layers.playbooks,
        manifest=files.manifest,
    )


def _first(book: Playbook) -> tuple[model.Line, ...]:
    step = book.steps.get(book.start)
    return (*step.channels.get(AT_THE_DESK, ()), *step.say) if step else ()


def _version() -> str:
    kinds = (_Answers, Head, Fact, Entry, Door, HelpPage, LexiconLine, Notice, Playbook, model.Step, model.Line)
    more = (model.Item, model.Avoid, model.Nudge, model.Choice, model.Escalation, model.PromisePrompt, Posted, Pledge)
    return f"{CACHE}:{shape(*kinds, *more)}"


def _read(cache: Path, files: Files) -> Library | None:
    """The library in the cache, or None when it is not that of these files."""
    try:
        first, _, rest = cache.read_bytes().partition(b"\n")
        stored: dict[str, Any] = json.loads(first)
        if (stored["version"], stored["size"]) != (_version(), len(rest)) or stored["manifest"] != _plain(files):
            return None
        answers: _Answers = decoder(_Answers)(stored["answers"])
        texts = dict(zip((head.id for head in answers.heads), rest.split(b"\n"), strict=True))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    ready = {name: getattr(answers, name) for name in _Answers.__dataclass_fields__}
    return Library(**ready, playbooks=_Shelf(texts), manifest=files.manifest)


def _write(cache: Path, library: Library) -> None:
    """Put the library into the cache, whole or not at all: a first line with all but the playbooks, then one each."""
    books = b"\n".join(_json(encode(book)) for book in library.playbooks.values())
    first = {
        "version": _version(),
        "size": len(books),
        "manifest": {path: list(stamp) for path, stamp in library.manifest.items()},
        "answers": {name: encode(getattr(library, name)) for name in _Answers.__dataclass_fields__},
    }
    draft = cache.with_name(f"{cache.name}.{os.getpid()}")
    try:
        cache.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(_json(first) + b"\n" + books)
        draft.replace(cache)
    except OSError:  # a full disk or a locked folder: the next start reads the files again
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _plain(files: Files) -> dict[str, list[int]]:
    return {path: list(stamp) for path, stamp in files.manifest.items()}
