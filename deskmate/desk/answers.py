"""The one box: playbooks, cards, facts and directory lines, found by the same few words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Protocol

from deskmate.faults import NotFound, Notice
from deskmate.places import Places
from deskmate.playbooks.answers import Entry, Fact
from deskmate.playbooks.hit import Hit
from deskmate.playbooks.library import Head, Library
from deskmate.playbooks.model import Line
from deskmate.playbooks.variables import speak
from deskmate.text.clean import one_line

if TYPE_CHECKING:
    from deskmate.playbooks.lookup import Lookup
    from deskmate.playbooks.packing import Candidate

DIRECTORY_KIND: Final = "directional"
"""What telling somebody a number counts as."""
PINNED: Final = (
    "angry-patron",
    "fines-fees-dispute",
    "printing-mobile-print",
    "wifi-hotspot-help",
    "device-help",
    "card-pin-trouble",
    "complaint-in-person",
    "phone-call",
)
"""What an empty Desk offers until the library pins its own (`[screens] pinned`): what comes most often."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact or a directory line as it is told."""

    title: str
    text: str
    kind: str
    """What it is counted as."""
    example: bool


class Keeper(Protocol):
    """Keeps the look-up's texts between two starts, and knows what was learned here."""

    def read(self) -> Mapping[str, Any] | None:
        """The texts as they are now; None when they must be made."""
        ...

    def write(self, packed: Mapping[str, Any]) -> None:
        """Keep them."""
        ...

    def learned(self) -> Mapping[str, tuple[str, ...]]:
        """The phrases of each id (`fact:ID` and `directory:ID` for those)."""
        ...


class Answers:
    """Everything the look-up box answers. The look-up itself is made for the first words: see `make_ready`.

    Args:
        library: the playbooks, facts and directory.
        today: facts that have run out are left out.
        values: the library's own words by name; `region` (country, or country and part) chooses directory lines.
        places: where the files are of what staff typed, and of where words lie in meaning.
        keeper: keeps the look-up between two starts; without one it is made anew and nothing was learned.
    """

    def __init__(
        self, library: Library, today: date, values: Mapping[str, str], places: Places, keeper: Keeper | None = None
    ) -> None:
        self._library = library
        self._places = places
        self._today = today.isoformat()
        self._values = values
        self._keeper = keeper
        region = values.get("region", "")
        self._facts = {fact.id: fact for fact in library.facts if not fact.until or fact.until >= self._today}
        self._entries = {entry.id: entry for entry in library.directory if _holds_in(entry, region)}
        self._heads = {head.id: head for head in library.heads}

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is wrong with lines of the lexicon; such a line is left out."""
        return self._library.lexicon_notices

    def make_ready(self) -> None:
        """Make the look-up now, while nobody types: it takes longer than all else the first screen needs of this."""
        _ = self._lookup

    def learned_more(self) -> None:
        """Something was learned or forgotten: the next words are looked up with it."""
        self.__dict__.pop("_lookup", None)

    @cached_property
    def _lookup(self) -> "Lookup":
        from deskmate.playbooks.lookup import Lookup
        from deskmate.playbooks.meaning import load as load_meanings

        kept = self._keeper.read() if self._keeper else None
        if kept is None:
            kept = self._pack(self._keeper.learned() if self._keeper else {})
            if self._keeper:
                self._keeper.write(kept)
        return Lookup(kept, self._today, load_meanings(self._places.meanings))

    def _pack(self, learned: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
        from deskmate.playbooks.lexicon_file import parse_lexicon
        from deskmate.playbooks.meaning import load as load_meanings
        from deskmate.playbooks.packing import pack

        lexicon, _ = parse_lexicon((line.file, line.line, line.text) for line in self._library.lexicon)
        return pack(self._candidates(learned), lexicon, load_meanings(self._places.meanings))

    def _candidates(self, learned: Mapping[str, tuple[str, ...]]) -> "Iterator[Candidate]":
        from deskmate.playbooks.packing import Candidate
        from deskmate.playbooks.phrases import read_phrases

        typed = read_phrases(self._places.phrases)
        for head in self._heads.values():
            yield Candidate(
                id=head.id,
                kind=_kind(head),
                title=head.title,
                also=head.also,
                examples=head.examples,
                phrases=typed.get(head.id, ()),
                learned=learned.get(head.id, ()),
                urgency=head.urgency,
                form=head.form,
                category=head.category,
                say=first_say(head.say, self._values),
            )
        for fact in self._library.facts:
            name = f"fact:{fact.id}"
            yield Candidate(
                id=name,
                kind="fact",
                title=fact.question,
                also=fact.also,
                phrases=typed.get(name, ()),
                learned=learned.get(name, ()),
                category="fact",
                until=fact.until,
                say=one_line(_fact(fact).text),
            )
        for entry in self._entries.values():
            name = f"directory:{entry.id}"
            yield Candidate(
                id=name,
                kind="directory",
                title=entry.name,
                also=(entry.what, *entry.also),
                phrases=typed.get(name, ()),
                learned=learned.get(name, ()),
                category="directory",
                say=one_line(_entry(entry).text),
            )

    def find(self, words: str, limit: int) -> list[Hit]:
        """What fits the words, best first; never empty when something was typed."""
        return list(self._lookup.search(words, limit))

    def answer(self, row: str) -> Answer:
        """A fact or directory line, whole.

        Args:
            row: `fact:ID` or `directory:ID`.

        Raises:
            NotFound: there is no such one.
        """
        kind, _, name = row.partition(":")
        if kind == "fact" and name in self._facts:
            return _fact(self._facts[name])
        if kind == "directory" and name in self._entries:
            return _entry(self._entries[name])
        raise NotFound(f"There is no {kind} {name!r}.", "Look it up again: the files may have changed.")

    def directory(self, words: str = "") -> list[Entry]:
        """The directory lines of this place that hold the words."""
        wanted = words.lower()
        return [entry for entry in self._entries.values() if wanted in f"{entry.name} {entry.what}".lower()]

    def pinned(self, own: tuple[str, ...]) -> list[Hit]:
        """What an empty Desk offers: the library's own pins, else ours, those that exist."""
        chosen = [self._heads[name] for name in (own or PINNED) if name in self._heads]
        return [Hit(head.id, _kind(head), head.title, head.category, head.urgency) for head in chosen]


def first_say(lines: Iterable[Line], values: Mapping[str, str]) -> str:
    """The first of some lines that can be said now, or empty."""
    return next((text for line in lines if (text := speak(line, values))), "")


def _kind(head: Head) -> str:
    return "card" if head.form == "quick" else "playbook"


def _holds_in(entry: Entry, region: str) -> bool:
    """A line without a region holds everywhere; `US` holds in `US-MI` too."""
    return not entry.region or any(region == place or region.startswith(f"{place}-") for place in entry.region)


def _fact(fact: Fact) -> Answer:
    return Answer(fact.question, fact.answer, fact.kind, fact.example)


def _entry(entry: Entry) -> Answer:
    said: Mapping[str, str] = {"": entry.what, "Phone": entry.phone, "Hours": entry.hours}
    text = "\n".join(f"{name}: {value}" if name else value for name, value in said.items() if value)
    return Answer(entry.name, text, DIRECTORY_KIND, entry.example)
