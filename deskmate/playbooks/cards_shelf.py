"""All card files of a library, each read when somebody first asks for its language.

They stay out of the start and out of the playbooks' cache: most days nobody opens a card, and two languages take a few
milliseconds to read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from deskmate.faults import NotFound
from deskmate.places import Places
from deskmate.playbooks.cards import STAFF, Card, CardFile, Language, in_step, read_cards
from deskmate.playbooks.nodes import decode
from deskmate.playbooks.sources import NOTE, Problem

CODE: Final = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
"""A language as BCP 47 writes it, in small letters."""


class CardShelf:
    """The languages there are, the library's own files laid over the shipped ones card by card.

    A broken file of the library never takes a card away: the shipped one serves, and `problems` says what is wrong.

    Args:
        places: where the files are.
    """

    def __init__(self, places: Places) -> None:
        self._shipped = places.data / "cards"
        self._own = places.cards
        self._languages: dict[str, Language | None] = {}
        self.problems: list[Problem] = []
        """What is wrong with the files read so far."""

    def codes(self) -> tuple[str, ...]:
        """The code of every language that has a file, English first."""
        names = {path.stem for folder in (self._shipped, self._own) for path in _yaml_files(folder)}
        good = sorted(name for name in names if CODE.fullmatch(name))
        return tuple(sorted(good, key=lambda name: name != STAFF))

    def find(self, code: str) -> Language | None:
        """The cards of a language, or None when it has no file that serves."""
        if code not in self._languages:
            self._languages[code] = self._read(code)
        return self._languages[code]

    def english(self) -> Language:
        """The cards in the language of the staff."""
        return self.find(STAFF) or Language(STAFF, "English", "English")

    def card(self, card_id: str) -> Card:
        """A card in English.

        Raises:
            NotFound: there is none; the cure names the nearest.
        """
        cards = self.english().cards
        if card_id in cards:
            return cards[card_id]
        from deskmate.text.suggest import sentence

        cure = sentence(card_id, cards) or "See `deskmate card --list`."
        raise NotFound(f'There is no card "{card_id}".', cure)

    def _read(self, code: str) -> Language | None:
        """One language from its files."""
        layers = [self._file(self._shipped / f"{code}.yaml"), self._file(self._own / f"{code}.yaml", own=True)]
        files = [each for each in layers if each is not None]
        given: dict[str, str] = {}
        cards: dict[str, Card] = {}
        for each in files:
            self.problems += each.problems
            given |= each.given
            served = dict(each.cards) if code == STAFF else dict(self._beside_english(each))
            cards |= served
        if not cards:
            return None
        lacking = [name for name in ("name", "english") if name not in given]
        if lacking:
            cure = f"Add it at the left edge: {lacking[0]}: ..."
            self.problems.append(files[-1].source.error((), f'"{lacking[0]}" is missing.', cure))
            return None
        if code == STAFF:
            return Language(code, cards=cards, **given)
        self._tell_untranslated(files[-1], cards)
        ordered = {name: cards[name] for name in self.english().cards if name in cards}
        return Language(code, cards=ordered, **given)

    def _beside_english(self, file: CardFile) -> Iterator[tuple[str, Card]]:
        """The cards of a file that say what the English says."""
        english = self.english().cards
        for name, card in file.cards.items():
            source = english.get(name)
            if source is None:
                message = f'The card "{name}" has no English one.'
                self.problems.append(file.error(name, message, f"Add it to {STAFF}.yaml, or take it out."))
                continue
            if source.own and not card.own:
                continue  # told once, with all cards that lack a translation
            same = in_step(card, source)
            if same is None:
                message = f'The choices of "{name}" are not those of the English card.'
                self.problems.append(file.error(name, message, f"Give it these: {', '.join(source.choices)}."))
            else:
                yield name, same

    def _tell_untranslated(self, file: CardFile, cards: Mapping[str, Card]) -> None:
        """Cards without a translation: a fault of what ships, and a thing to know of what a library writes."""
        ships = Path(file.source.file).parent == self._shipped
        for name, source in self.english().cards.items():
            if name in cards or (name in file.cards and not source.own):
                continue
            problem = file.source.error(("cards",), f'The card "{name}" is in English only.', "Translate it.")
            self.problems.append(problem if ships and not source.own else replace(problem, severity=NOTE))

    def _file(self, path: Path, *, own: bool = False) -> CardFile | None:
        """A file, read; None when it is not there or cannot be opened, which is then told."""
        try:
            text = decode(path.read_bytes(), str(path))
        except FileNotFoundError:
            return None
        except OSError as error:
            message = f"The file cannot be opened: {error.strerror or 'unknown reason'}."
            text = Problem(str(path), 1, 1, message, "Check who may read it.")
        if isinstance(text, Problem):
            self.problems.append(text)
            return None
        return read_cards(text, str(path), own=own)


def _yaml_files(folder: Path) -> list[Path]:
    """The content files of a folder; hidden ones are an editor's."""
    try:
        return [path for path in folder.iterdir() if path.suffix == ".yaml" and not path.name.startswith(".")]
    except OSError:  # not there: a library without cards of its own
        return []


def card_files(places: Places) -> Iterator[Path]:
    """Every file in the two folders of cards."""
    for folder in (places.data / "cards", places.cards):
        if folder.is_dir():
            yield from sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))


def check_cards(places: Places) -> list[Problem]:
    """Every fault of the card files, and as a note how many cards of a language no person has reviewed."""
    shelf = CardShelf(places)
    found: list[Problem] = []
    for path in card_files(places):
        if path.suffix != ".yaml" or not CODE.fullmatch(path.stem):
            cure = "Name it by its language: fr.yaml, pt-br.yaml."
            found.append(Problem(str(path), 1, 1, "The file is not read.", cure))
    for code in shelf.codes():
        language = shelf.find(code)
        if language is None or not language.unreviewed:
            continue
        own = places.cards / f"{code}.yaml"
        file = own if own.exists() else places.data / "cards" / f"{code}.yaml"
        number = language.unreviewed
        message = f"{number} card{' is' if number == 1 else 's are'} read by no person, and off: {language.english}."
        cure = f'Have them read and write "reviewed: yes", or name "{code}" in unreviewed of [cards].'
        found.append(Problem(str(file), 1, 1, message, cure, NOTE))
    return [*shelf.problems, *found]
