"""Which cards are on, in which language, and what is remembered of a person."""

import stat
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.cards import ANYBODY, WHICH_LANGUAGE, Cards
from deskmate.faults import DeskMateError, NotFound
from deskmate.places import Places
from deskmate.settings import Cards as CardSettings

PERSON = "20261118-1"


def cards(places: Places, clock: FixedClock, **settings: tuple[str, ...]) -> Cards:
    return Cards(places, CardSettings(**settings), clock)


def test_a_language_that_nobody_reviewed_is_off_until_the_library_switches_it_on(
    places: Places, clock: FixedClock
) -> None:
    closed = cards(places, clock)
    with pytest.raises(DeskMateError, match="French is off: no person has reviewed it") as fault:
        closed.card("need", "fr")
    assert 'unreviewed = ["fr"] under [cards]' in fault.value.cure
    opened = cards(places, clock, unreviewed=("fr",))
    assert opened.card("need", "fr").sentence.startswith("De quoi")
    assert 'unreviewed = ["fr", "es"]' in opened.why_off(opened.language("es"))


def test_a_reviewed_card_is_on_in_a_language_that_is_off(places: Places, clock: FixedClock) -> None:
    places.cards.mkdir()
    (places.cards / "fr.yaml").write_text(
        'cards:\n  wait:\n    sentence: "Attendez, s\'il vous plaît."\n    reviewed: yes\n'
        '    choices: {fine: "Oui", hurry: "Vite", later: "Non"}\n',
        encoding="utf-8",
    )
    desk = cards(places, clock)
    assert desk.card("wait", "fr").sentence == "Attendez, s'il vous plaît."
    with pytest.raises(DeskMateError, match="is off"):
        desk.card("need", "fr")


def test_a_card_without_a_translation_is_shown_in_english(places: Places, clock: FixedClock) -> None:
    places.cards.mkdir()
    (places.cards / "en.yaml").write_text(
        'cards:\n  seat: {sentence: "Would you like a seat?", choices: {yes: "Yes", no: "No"}}\n', encoding="utf-8"
    )
    card = cards(places, clock, unreviewed=("fr",)).card("seat", "fr")
    assert (card.language.code, card.sentence) == ("en", "Would you like a seat?")
    assert not card.two_languages


def test_the_settings_choose_the_languages_and_their_order(places: Places, clock: FixedClock) -> None:
    desk = cards(places, clock, languages=("es", "en", "xx", "es"))
    assert desk.codes == ("es", "en")
    with pytest.raises(NotFound, match="no cards in"):
        desk.language("fr")
    assert cards(places, clock, languages=("xx",)).codes == ("en",)
    assert 'names "xx", which has no file' in desk.trouble
    assert cards(places, clock).trouble == ""


def test_the_beginning_of_a_code_is_enough_when_it_fits_one(places: Places, clock: FixedClock) -> None:
    assert cards(places, clock).language("zh").code == "zh-hans"
    with pytest.raises(NotFound):
        cards(places, clock).language("e")  # en and es


def test_an_unknown_card_gets_a_suggestion(places: Places, clock: FixedClock) -> None:
    with pytest.raises(NotFound) as fault:
        cards(places, clock).card("toilett")
    assert fault.value.cure == 'Did you mean "toilet"?'


def test_a_program_without_card_files_says_so_and_goes_on(places: Places, clock: FixedClock, tmp_path: Path) -> None:
    desk = Cards(places._replace(data=tmp_path), CardSettings(), clock)
    assert (desk.codes, desk.english()) == (("en",), ())
    with pytest.raises(NotFound):
        desk.card("need")
    with pytest.raises(NotFound):
        desk.language("en")


def test_the_language_card_has_the_name_of_every_language_and_is_remembered(places: Places, clock: FixedClock) -> None:
    desk = cards(places, clock)
    card = desk.card(WHICH_LANGUAGE, "en")
    assert [choice.words for choice in card.choices][1:3] == ["Français", "Español"]
    assert len(card.choices) == 9
    desk.pointed(PERSON, card, card.choices[2])
    assert desk.remembered(PERSON) == "es"
    desk.pointed(PERSON, card, card.choices[-1])  # none of these
    assert desk.remembered(PERSON) == "es"


def test_a_person_keeps_their_language_while_they_are_live_and_anybody_for_ten_minutes(
    places: Places, clock: FixedClock
) -> None:
    desk = cards(places, clock)
    desk.remember(PERSON, "vi")
    desk.remember(ANYBODY, "ru")
    clock.advance(9 * 60)
    assert (desk.remembered(PERSON), desk.remembered(ANYBODY)) == ("vi", "ru")
    clock.advance(2 * 60)
    assert (desk.remembered(PERSON), desk.remembered(ANYBODY)) == ("vi", "en")
    desk.forget([PERSON])
    assert desk.remembered(PERSON) == "vi"
    desk.forget([])
    assert desk.remembered(PERSON) == "en"


def test_what_was_pointed_to_goes_into_the_note_once(places: Places, clock: FixedClock) -> None:
    desk = cards(places, clock, unreviewed=("fr",))
    card = desk.card("need", "fr")
    pointed = desk.pointed(PERSON, card, card.choices[2])
    assert (pointed.words, pointed.number) == ("To print or copy", 3)
    assert desk.note("another", "old") == "old"
    assert desk.note(PERSON, "old ") == "old\nCard: What do you need today? They pointed to: To print or copy."
    assert desk.note(PERSON, "old") == "old"


def test_an_edited_file_is_read_when_the_cards_are_next_opened(places: Places, clock: FixedClock) -> None:
    desk = cards(places, clock)
    assert len(desk.english()) == 24
    places.cards.mkdir()
    (places.cards / "en.yaml").write_text(
        'cards:\n  seat: {sentence: "A seat?", choices: {yes: "Yes", no: "No"}}\n', encoding="utf-8"
    )
    desk.look_again()
    assert len(desk.english()) == 25


def test_the_page_is_for_its_owner_only_and_the_next_takes_its_place(places: Places, clock: FixedClock) -> None:
    desk = cards(places, clock)
    first = desk.write_page(desk.card("need"))
    second = desk.write_page(desk.card("wait"))
    assert first == second == places.state / "card.html"
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert "Please wait here." in first.read_text(encoding="utf-8")
