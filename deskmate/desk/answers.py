"""The one box: playbooks, cards, facts and directory lines, found by the same few words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from deskmate.faults import NotFound, Notice
from deskmate.playbooks.answers import Entry, Fact
from deskmate.playbooks.library import Library

if TYPE_CHECKING:
    from deskmate.playbooks.lookup import Candidate, Hit, Lookup

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
class Found:
    """One result of a look-up."""

    id: str
    row: str
    """What is opened: `playbook:ID`, `fact:ID` or `directory:ID`."""
    title: str
    category: str
    urgency: str
    score: float
    matched: tuple[str, ...]
    """The words that matched, as `kid = child` or `priner ~ printer` where they were read otherwise."""
    confident: bool
    """The first by far, and it explains most of what was typed."""
    guess: bool = False
    """Little of what was typed is explained by it: the nearest there is, and perhaps nothing fits."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact or a directory line as it is told."""

    title: str
    text: str
    kind: str
    """What it is counted as."""
    example: bool


class Answers:
    """Everything the look-up box answers. The look-up itself is made for the first words: see `make_ready`.

    Args:
        library: the playbooks, facts and directory.
        region: country or country and part; directory lines of other places are left out.
        today: facts that have run out are left out.
        learned: what was learned here: the phrases of each id (`fact:ID` and `directory:ID` for those).
    """

    def __init__(
        self, library: Library, region: str, today: date, learned: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    ) -> None:
        self._library = library
        self._learned = learned
        self._facts = {fact.id: fact for fact in library.facts if not fact.until or fact.until >= today.isoformat()}
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
        from deskmate.playbooks.lexicon import parse_lexicon
        from deskmate.playbooks.lookup import Lookup

        lexicon, _ = parse_lexicon((line.file, line.line, line.text) for line in self._library.lexicon)
        return Lookup(self._candidates(), lexicon)

    def _candidates(self) -> "Iterator[Candidate]":
        from deskmate.playbooks.lookup import Candidate

        learned = self._learned()
        for head in self._heads.values():
            yield Candidate(
                id=head.id, kind="card" if head.form == "quick" else "playbook", title=head.title, also=head.also,
                examples=head.examples, learned=learned.get(head.id, ()), urgency=head.urgency, form=head.form,
            )  # fmt: skip
        for fact in self._facts.values():
            name = f"fact:{fact.id}"
            yield Candidate(id=name, kind="fact", title=fact.question, also=fact.also, learned=learned.get(name, ()))
        for entry in self._entries.values():
            name, also = f"directory:{entry.id}", (entry.what, *entry.also)
            yield Candidate(id=name, kind="directory", title=entry.name, also=also, learned=learned.get(name, ()))

    def find(self, words: str, limit: int) -> list[Found]:
        """What fits the words, best first; never empty when something was typed."""
        return [self._found(hit) for hit in self._lookup.search(words, limit)]

    def _found(self, hit: "Hit") -> Found:
        head = self._heads.get(hit.id)
        return Found(
            id=hit.id,
            row=f"playbook:{hit.id}" if head else hit.id,
            title=hit.title,
            category=head.category if head else hit.kind,
            urgency=head.urgency if head else "routine",
            score=round(hit.score, 4),
            matched=hit.matched,
            confident=hit.confident,
            guess=hit.guess,
        )

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

    def pinned(self, own: tuple[str, ...]) -> list[Found]:
        """What an empty Desk offers: the library's own pins, else ours, those that exist."""
        chosen = [self._heads[name] for name in (own or PINNED) if name in self._heads]
        return [
            Found(head.id, f"playbook:{head.id}", head.title, head.category, head.urgency, 0.0, (), confident=False)
            for head in chosen
        ]


def _holds_in(entry: Entry, region: str) -> bool:
    """A line without a region holds everywhere; `US` holds in `US-MI` too."""
    return not entry.region or any(region == place or region.startswith(f"{place}-") for place in entry.region)


def _fact(fact: Fact) -> Answer:
    return Answer(fact.question, fact.answer, fact.kind, fact.example)


def _entry(entry: Entry) -> Answer:
    said: Mapping[str, str] = {"": entry.what, "Phone": entry.phone, "Hours": entry.hours}
    text = "\n".join(f"{name}: {value}" if name else value for name, value in said.items() if value)
    return Answer(entry.name, text, DIRECTORY_KIND, entry.example)
