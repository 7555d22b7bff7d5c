"""The cards that are turned to the patron: which are on here, in which language, and what was pointed to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from deskmate.clock import Clock
from deskmate.faults import DeskMateError, NotFound
from deskmate.places import Places
from deskmate.playbooks.cards import STAFF, Card, Choice, Language, TwoWayCard, two_way
from deskmate.playbooks.cards_shelf import CardShelf
from deskmate.settings import Cards as CardSettings

WHICH_LANGUAGE: Final = "which-language"
"""A card that is made here: the own names of all languages, for a patron whose language nobody knows yet."""
ANYBODY: Final = ""
"""Whoever is at a desk where no guide is open."""
FORGET: Final = timedelta(minutes=10)
"""How long the language of such a person is remembered: about a visit to the desk."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """What a patron pointed to on a card."""

    sentence: str
    """In the language of the staff, as the next."""
    words: str
    number: int
    """Its place on the card, from 1: for a desk where somebody reads along."""

    @property
    def note(self) -> str:
        """The line for the record."""
        return f"Card: {self.sentence} They pointed to: {self.words}."


class Cards:
    """The cards of this desk.

    Args:
        places: where the card files are, and where the page for the browser is written.
        settings: which languages are offered, and which of them without a review.
        clock: the desk's time.
    """

    def __init__(self, places: Places, settings: CardSettings, clock: Clock) -> None:
        self._places = places
        self._settings = settings
        self._clock = clock
        self._shelf = CardShelf(places)
        self._remembered: dict[str, tuple[str, datetime]] = {}
        self._pointed: dict[str, Pointed] = {}

    def look_again(self) -> None:
        """Read the files again when they are next needed: somebody may have edited them."""
        self._shelf = CardShelf(self._places)

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages that are offered, as the settings order them; English when they name none that is there."""
        there = self._shelf.codes()
        return tuple(dict.fromkeys(code for code in self._settings.languages if code in there)) or (STAFF,)

    @property
    def trouble(self) -> str:
        """What is wrong with the files read so far or with the settings, in a sentence; empty when nothing is."""
        there = self._shelf.codes()
        unknown = next((code for code in self._settings.languages if code not in there), "")
        if any(problem.is_error for problem in self._shelf.problems):
            return "A card file has a fault and is worked around. See: deskmate playbooks check"
        return f'languages under [cards] in settings.toml names "{unknown}", which has no file.' if unknown else ""

    def english(self) -> tuple[Card, ...]:
        """Every card in the language of the staff."""
        return tuple(self._shelf.english().cards.values())

    def language(self, code: str) -> Language:
        """One of the languages that are offered.

        Args:
            code: its code, or the beginning of one that fits no other.

        Raises:
            NotFound: it is not offered, or its file cannot be used.
        """
        near = [offered for offered in self.codes if offered == code] or [
            offered for offered in self.codes if offered.startswith(code)
        ]
        found = self._shelf.find(near[0]) if len(near) == 1 else None
        if found is None:
            offered = f"Use {', '.join(self.codes)}."
            raise NotFound(f'There are no cards in "{code}".', f"{offered} More are switched on in [cards] languages.")
        return found

    def why_off(self, language: Language, card_id: str = "") -> str:
        """Why a language, or one of its cards, is off here and how it is switched on; empty when it is on."""
        if language.code == STAFF or language.code in self._settings.unreviewed:
            return ""
        cards = language.cards
        wanted = [cards[card_id]] if card_id in cards else cards.values()
        if any(card.reviewed for card in wanted):
            return ""
        listed = ", ".join(f'"{code}"' for code in (*self._settings.unreviewed, language.code))
        return (
            f"{language.english} is off: no person has reviewed it. "
            f"unreviewed = [{listed}] under [cards] in settings.toml switches it on."
        )

    def card(self, card_id: str, code: str = STAFF) -> TwoWayCard:
        """A card in a language; in English where the language has no such card.

        Raises:
            NotFound: there is no such card, or the language is not offered.
            DeskMateError: the language is off.
        """
        if card_id == WHICH_LANGUAGE:
            return self._which_language()
        english = self._shelf.card(card_id)
        language = self.language(code)
        why_off = self.why_off(language, card_id)
        if why_off:
            what, _, cure = why_off.partition(". ")
            raise DeskMateError(f"{what}.", cure)
        if card_id not in language.cards:
            language = self._shelf.english()
        return two_way(language.cards[card_id], language, english)

    def _which_language(self) -> TwoWayCard:
        """The card that asks for the language; the names of languages need no review."""
        found = [self._shelf.find(code) for code in self.codes]
        choices = tuple(Choice(each.code, each.name, each.english) for each in found if each is not None)
        english = self._shelf.english()
        none = Choice("none", "?", "None of these")
        sentence = "Which language is best for you?"
        return TwoWayCard(WHICH_LANGUAGE, english, sentence, sentence, (*choices, none))

    # -- the person at the desk -----------------------------------------------------------------------------------

    def remembered(self, live_id: str) -> str:
        """The language of a person's last card, while they are live; English for somebody new."""
        code, at = self._remembered.get(live_id, (STAFF, self._clock.now()))
        stale = live_id == ANYBODY and self._clock.now() - at > FORGET
        return STAFF if stale or code not in self.codes else code

    def remember(self, live_id: str, code: str) -> None:
        """Keep a person's language in memory, nowhere else."""
        self._remembered[live_id] = (code, self._clock.now())

    def pointed(self, live_id: str, card: TwoWayCard, choice: Choice) -> Pointed:
        """A patron pointed to something: it waits for the note, and an answer about the language is remembered."""
        if card.id == WHICH_LANGUAGE and choice.id in self.codes:
            self.remember(live_id, choice.id)
        number = card.choices.index(choice) + 1
        found = Pointed(card.staff, choice.staff, number)
        if live_id != ANYBODY:
            self._pointed[live_id] = found
        return found

    def note(self, live_id: str, note: str) -> str:
        """A person's note with what they last pointed to under it, once."""
        found = self._pointed.pop(live_id, None)
        return note if found is None else "\n".join(filter(None, (note.rstrip(), found.note)))

    def forget(self, present: Iterable[str]) -> None:
        """Forget everybody who is no longer live."""
        there = {*present, ANYBODY}
        self._remembered = {live_id: kept for live_id, kept in self._remembered.items() if live_id in there}
        self._pointed = {live_id: kept for live_id, kept in self._pointed.items() if live_id in there}

    # -- the browser ----------------------------------------------------------------------------------------------

    def write_page(self, card: TwoWayCard) -> Path:
        """Write a card as a page for the browser; the next card takes its place.

        Returns:
            The file, in this machine's state folder and readable by its owner only.

        Raises:
            NotSaved: it could not be written.
        """
        from deskmate.playbooks.cards_page import compose_card
        from deskmate.reports.export import write_file

        path = self._places.state / "card.html"
        self._places.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_file(path, [compose_card(card)])
        return path
