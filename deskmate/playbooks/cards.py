"""The cards that are turned to the patron: one file a language, the library's own laid over those that ship.

English is the source. A translation is served only beside the English it was made from, choice by choice, so that staff
and patron always read the same thing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Any, Final

from deskmate.playbooks import fields as read_as
from deskmate.playbooks.fields import Read, Sheet, mapped, named, one_of, short, words, yes_no
from deskmate.playbooks.nodes import Node, compose
from deskmate.playbooks.sources import Problem, Source, Where

STAFF: Final = "en"
"""The language of the staff, and the source of all translations."""
DIRECTIONS: Final = ("ltr", "rtl")
SENTENCE_CELLS: Final = 90
"""Terminal cells of a sentence: two lines on a card at 80 columns."""
CHOICE_CELLS: Final = 33
"""Terminal cells of a choice: one line in half a card at 80 columns."""
CHOICES: Final = (2, 6)
"""The fewest and the most choices; six are seen together at 80x24."""


@dataclass(frozen=True, slots=True)
class Card:
    """One sentence for the patron, and what they can point to."""

    id: str
    sentence: str
    choices: Mapping[str, str]
    """By id, in the order they are shown."""
    reviewed: bool
    """Whether a person who speaks the language has read it."""
    own: bool = False
    """It is the library's and not one that shipped."""


@dataclass(frozen=True, slots=True)
class Language:
    """The cards of one language."""

    code: str
    """The file's name: `fr`, `zh-hans`. HTML takes it as it is (BCP 47)."""
    name: str
    """As its speakers write it."""
    english: str
    direction: str = "ltr"
    cards: Mapping[str, Card] = field(default_factory=dict)

    @property
    def right_to_left(self) -> bool:
        """Whether it is written from the right."""
        return self.direction == "rtl"

    @property
    def unreviewed(self) -> int:
        """How many of its cards no person has reviewed."""
        return sum(not card.reviewed for card in self.cards.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the patron can point to."""

    id: str
    words: str
    staff: str
    """The same in the language of the staff."""


@dataclass(frozen=True, slots=True)
class TwoWayCard:
    """A card as it is shown: the patron's language large, the staff's beneath it."""

    id: str
    language: Language
    sentence: str
    staff: str
    choices: tuple[Choice, ...]

    @property
    def two_languages(self) -> bool:
        """Whether the staff's words are others than the patron's."""
        return self.language.code != STAFF


@dataclass(frozen=True, slots=True)
class CardFile:
    """What one file says, as far as it could be read."""

    code: str
    given: Mapping[str, str]
    """`name`, `english` and `direction`, those that the file has."""
    cards: Mapping[str, Card]
    """The cards without a fault."""
    problems: tuple[Problem, ...]
    source: Source

    def error(self, card_id: str, message: str, cure: str) -> Problem:
        """A fault of a card, or of the whole file when it has no such card."""
        return self.source.error(("cards", card_id), message, cure)


def read_cards(text: str, file: str, *, own: bool = False) -> CardFile:
    """Read the cards of one language.

    Args:
        text: the file's text.
        file: its path; the name without `.yaml` is the language's code.
        own: it is the library's.
    """
    root, problems = compose(text, file)
    sheet = Sheet(file, text)
    sheet.problems.extend(problems)
    values: dict[str, Any] = {}
    if root is not None:
        values = named(sheet, root, (), _TOP, ("cards",)) or {}
    elif not problems:
        sheet.problems.append(Problem(file, 1, 1, "The file is empty.", "Delete it, or write what belongs here."))
    reviewed = bool(values.pop("reviewed", False))
    found: dict[str, dict[str, Any]] = values.pop("cards", {})
    cards = {name: Card(name, **{"reviewed": reviewed, "own": own, **card}) for name, card in found.items()}
    return CardFile(PurePath(file).stem, values, cards, tuple(sheet.problems), sheet.source())


def two_way(card: Card, language: Language, english: Card) -> TwoWayCard:
    """A card with the English it was made from; both have the same choices."""
    choices = tuple(Choice(name, card.choices[name], staff) for name, staff in english.choices.items())
    return TwoWayCard(card.id, language, card.sentence, english.sentence, choices)


def in_step(card: Card, english: Card) -> Card | None:
    """A translation in the order of its English, or None when the two do not say the same.

    A library's own English is another text than the one the shipped translations were made from.
    """
    if set(card.choices) != set(english.choices) or (english.own and not card.own):
        return None
    return replace(card, choices={name: card.choices[name] for name in english.choices})


def _card(sheet: Sheet, node: Node, where: Where) -> dict[str, Any] | None:
    """One card; a fault leaves it out, since half a question is worse than none."""
    before = len(sheet.problems)
    values = named(sheet, node, where, _CARD, ("sentence", "choices"))
    return values if len(sheet.problems) == before else None


def _choices(sheet: Sheet, node: Node, where: Where) -> dict[str, str] | None:
    found = mapped(read_as.ident, short(CHOICE_CELLS, "choice"))(sheet, node, where)
    least, most = CHOICES
    if found is not None and not least <= len(node.pairs) <= most:
        sheet.fault(node, f"The card has {len(node.pairs)} choices.", f"Give it {least} to {most}.")
    return found


_CARD: Final[dict[str, Read[Any]]] = {
    "sentence": short(SENTENCE_CELLS, "sentence"),
    "choices": _choices,
    "reviewed": yes_no,
}
_TOP: Final[dict[str, Read[Any]]] = {
    "name": words,
    "english": words,
    "direction": one_of(DIRECTIONS, "a direction"),
    "reviewed": yes_no,
    "cards": mapped(read_as.ident, _card),
}
