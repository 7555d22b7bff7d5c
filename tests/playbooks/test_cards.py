"""The cards' files: what ships is complete, every fault is told with its place, the library's own lie over it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.places import Places, find_places
from deskmate.playbooks.cards import CHOICE_CELLS, SENTENCE_CELLS, STAFF, CardFile, Language, read_cards, two_way
from deskmate.playbooks.cards_page import compose_card
from deskmate.playbooks.cards_shelf import CardShelf, check_cards
from deskmate.playbooks.sources import NOTE
from deskmate.text.clean import cells

LANGUAGES = ["en", "ar", "es", "fr", "pt", "ru", "vi", "zh-hans"]
HEAD = 'name: "Polski"\nenglish: "Polish"\ncards:\n'
NEED = """\
  need:
    sentence: "Czego Panstwo potrzebuja?"
    choices: {borrow: "Ksiazka", computer: "Komputer", print: "Druk", card: "Karta", question: "Pytanie", other: "Inne"}
"""


@pytest.fixture(scope="module")
def shelf(shipped_places: Places) -> CardShelf:
    return CardShelf(shipped_places)


@pytest.fixture(scope="module")
def shipped_places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    folder = tmp_path_factory.mktemp("home")
    return find_places({"DESKMATE_STATE": str(folder / "state")}, home=str(folder / "home"))


def put(places: Places, name: str, text: str) -> Path:
    """A file of the library's own."""
    path = places.cards / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(file: CardFile) -> list[str]:
    assert all(problem.cure for problem in file.problems)
    return [f"{problem.line}:{problem.column} {problem.message}" for problem in file.problems]


# -- what ships --------------------------------------------------------------------------------------------------------


def test_eight_languages_with_24_cards_each_and_the_same_choices(shelf: CardShelf) -> None:
    assert sorted(shelf.codes()) == sorted(LANGUAGES)
    english = shelf.english()
    assert len(english.cards) == 24
    for code in LANGUAGES:
        language = shelf.find(code)
        assert language is not None
        assert list(language.cards) == list(english.cards)
        for name, card in language.cards.items():
            assert list(card.choices) == list(english.cards[name].choices), (code, name)
    assert shelf.problems == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_fits_its_place_and_no_two_choices_of_a_card_look_alike(shelf: CardShelf, code: str) -> None:
    language = shelf.find(code)
    assert language is not None
    for name, card in language.cards.items():
        assert cells(card.sentence) <= SENTENCE_CELLS
        assert all(cells(words) <= CHOICE_CELLS for words in card.choices.values())
        assert len(set(card.choices.values())) == len(card.choices), (code, name)


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != STAFF])
def test_a_translation_is_in_its_own_script_and_says_that_nobody_reviewed_it(shelf: CardShelf, code: str) -> None:
    scripts = {"ar": ("\u0600", "\u06ff"), "ru": ("\u0400", "\u04ff"), "zh-hans": ("\u4e00", "\u9fff")}
    language = shelf.find(code)
    assert language is not None
    assert language.unreviewed == 24
    assert language.right_to_left == (code == "ar")
    english = shelf.english().cards
    for name, card in language.cards.items():
        assert card.sentence != english[name].sentence
        if code in scripts:
            first, last = scripts[code]
            for words in (card.sentence, *card.choices.values()):
                assert any(first <= letter <= last for letter in words), (code, name, words)
                assert not any(letter.isascii() and letter.isalpha() for letter in words.replace("Wi-Fi", ""))


def test_the_check_tells_unreviewed_cards_as_notes_and_finds_no_fault_in_what_ships(shipped_places: Places) -> None:
    found = check_cards(shipped_places)
    assert [Path(problem.file).stem for problem in found] == [code for code in shelf_order() if code != STAFF]
    assert {problem.severity for problem in found} == {NOTE}
    assert all("24 cards" in problem.message and "unreviewed" in problem.cure for problem in found)


def shelf_order() -> list[str]:
    return sorted(LANGUAGES, key=lambda code: (code != STAFF, code))


# -- faults ------------------------------------------------------------------------------------------------------------


def test_all_faults_of_a_file_come_at_once_with_their_place() -> None:
    long = "w" * (CHOICE_CELLS + 1)
    text = f"""\
name: "Polski"
englsh: "Polish"
direction: up
reviewed: perhaps
cards:
  need:
    sentence: What do you need
    choices: {{a: "A", b: "{long}"}}
  wait:
    sentence: "Please wait."
    choices: {{a: "A"}}
  Point:
    sentence: "Please point."
    choices: {{a: "A", b: "B"}}
  next:
    choices: {{a: "A", b: "B"}}
  good:
    sentence: "Good."
    choices: {{a: "A", b: "B"}}
"""
    file = read_cards(text, "pl.yaml")
    assert told(file) == [
        '2:1 "englsh" is not a name known here.',
        '3:12 "up" is not a direction.',
        '4:11 "perhaps" is neither yes nor no.',
        "7:15 These words stand without quotes.",
        f"8:26 The choice is {CHOICE_CELLS + 1} cells wide.",
        "11:14 The card has 1 choices.",
        '12:3 "Point" is not an id.',
        '16:5 "sentence" is missing here.',
    ]
    assert list(file.cards) == ["good"]
    assert file.code == "pl"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty."),
        ('name: "Polski', "A quote is opened here and never closed."),
        ("name: &a 1\ncards: *a", "repeats another part"),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_has_no_cards(text: str, message: str) -> None:
    file = read_cards(text, "pl.yaml")
    assert len(file.problems) == 1
    assert message in file.problems[0].message
    assert not file.cards


def test_wide_letters_count_double() -> None:
    half = CHOICE_CELLS // 2
    fits, too_wide = "字" * half, "字" * (half + 1)
    text = f'cards:\n  a: {{sentence: "S", choices: {{x: "{fits}", y: "{too_wide}"}}}}\n'
    assert [message.split(" ", 1)[1] for message in told(read_cards(text, "zh.yaml"))] == [
        f"The choice is {2 * half + 2} cells wide."
    ]


def test_a_card_may_say_for_itself_that_it_was_reviewed() -> None:
    one = '  {}:\n    sentence: "S"\n    reviewed: {}\n    choices: {{a: "A", b: "B"}}\n'
    text = "reviewed: no\ncards:\n" + one.format("x", "yes") + one.format("y", "no")
    cards = read_cards(text, "fr.yaml").cards
    assert (cards["x"].reviewed, cards["y"].reviewed) == (True, False)


# -- layers ------------------------------------------------------------------------------------------------------------


def test_the_librarys_own_card_replaces_one_card_of_one_language(places: Places) -> None:
    put(places, "fr.yaml", 'cards:\n  yes-no:\n    sentence: "Oui ou non ?"\n    reviewed: yes\n'
        '    choices: {no: "Non", yes: "Oui", not-sure: "Peut-être", not-understood: "Pardon ?"}\n')  # fmt: skip
    shelf = CardShelf(places)
    french = shelf.find("fr")
    assert french is not None
    assert french.cards["yes-no"].sentence == "Oui ou non ?"
    assert list(french.cards["yes-no"].choices) == ["yes", "no", "not-sure", "not-understood"]
    assert french.unreviewed == 23
    assert len(french.cards) == 24
    assert shelf.problems == []


def test_english_of_the_librarys_own_takes_away_the_translations_of_another_text(places: Places) -> None:
    put(places, "en.yaml", 'cards:\n  wait:\n    sentence: "Please sit down. I will call your name."\n'
        '    reviewed: yes\n    choices: {fine: "Fine", hurry: "I am in a hurry", later: "Later"}\n')  # fmt: skip
    shelf = CardShelf(places)
    assert shelf.card("wait").sentence == "Please sit down. I will call your name."
    french = shelf.find("fr")
    assert french is not None
    assert "wait" not in french.cards
    assert [(problem.severity, problem.message) for problem in shelf.problems] == [
        (NOTE, 'The card "wait" is in English only.')
    ]


def test_a_new_language_and_a_new_card(places: Places) -> None:
    put(places, "en.yaml", 'cards:\n  seat: {sentence: "Would you like a seat?", choices: {yes: "Yes", no: "No"}}\n')
    put(places, "pl.yaml", HEAD + NEED + '  seat: {sentence: "Usiasc?", choices: {no: "Nie", yes: "Tak"}}\n')
    shelf = CardShelf(places)
    assert "pl" in shelf.codes()
    polish = shelf.find("pl")
    assert polish is not None
    assert list(polish.cards) == ["need", "seat"]
    card = two_way(polish.cards["seat"], polish, shelf.card("seat"))
    assert [(choice.words, choice.staff) for choice in card.choices] == [("Tak", "Yes"), ("Nie", "No")]
    assert {problem.severity for problem in shelf.problems} == {NOTE}
    assert not [problem for problem in check_cards(places) if problem.is_error]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('cards:\n  need: {sentence: "Quoi ?", choices: {a: "A", b: "B"}}\n', 'The choices of "need" are not those'),
        ('cards:\n  nothing: {sentence: "Quoi ?", choices: {a: "A", b: "B"}}\n', 'The card "nothing" has no English'),
        ('cards:\n  need: {sentence: Quoi donc, choices: {a: "A", b: "B"}}\n', "These words stand without quotes."),
        ("\x00", "A control character that nobody can see"),
    ],
)
def test_a_wrong_file_of_the_librarys_own_leaves_the_shipped_card(places: Places, text: str, message: str) -> None:
    path = put(places, "fr.yaml", text)
    shelf = CardShelf(places)
    french = shelf.find("fr")
    assert french is not None
    assert french.cards["need"].sentence.startswith("De quoi")
    assert len(french.cards) == 24
    assert [problem.file for problem in shelf.problems] == [str(path)]
    assert shelf.problems[0].message.startswith(message)
    assert str(path) in {problem.file for problem in check_cards(places) if problem.is_error}


def test_a_new_language_without_its_name_is_told_and_not_served(places: Places) -> None:
    put(places, "pl.yaml", "cards:\n" + NEED)
    shelf = CardShelf(places)
    assert shelf.find("pl") is None
    assert '"name" is missing.' in [problem.message for problem in shelf.problems]


def test_a_file_with_another_name_or_that_nobody_may_open_is_told(places: Places) -> None:
    put(places, "French.yaml", "")
    put(places, "fr.yml", "")
    (places.cards / "es.yaml").mkdir()
    found = {Path(problem.file).name: problem.message for problem in check_cards(places) if problem.is_error}
    assert found["French.yaml"] == found["fr.yml"] == "The file is not read."
    assert found["es.yaml"].startswith("The file cannot be opened")


def test_only_the_languages_that_are_asked_for_are_opened(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    read_bytes = Path.read_bytes

    def spy(path: Path) -> bytes:
        opened.append(os.path.relpath(path, places.data))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", spy)
    shelf = CardShelf(places)
    assert shelf.codes()
    assert opened == []
    shelf.find("vi")
    shelf.find("vi")
    assert sorted(name for name in opened if not name.startswith("..")) == ["cards/en.yaml", "cards/vi.yaml"]


# -- the page ----------------------------------------------------------------------------------------------------------


def test_the_page_says_its_language_and_direction_and_has_both_languages(shelf: CardShelf) -> None:
    arabic = shelf.find("ar")
    assert arabic is not None
    page = compose_card(two_way(arabic.cards["need"], arabic, shelf.card("need")))
    assert '<html lang="ar" dir="rtl">' in page
    assert '<small lang="en" dir="ltr">What do you need today?</small>' in page
    assert page.count('type="radio"') == 6
    assert "<script" not in page
    assert "http:" not in page
    assert "https:" not in page
    assert "default-src 'none'" in page


@given(st.text(min_size=1, max_size=40))
def test_whatever_a_card_says_is_text_on_the_page(words: str) -> None:
    english = read_cards('cards:\n  a: {sentence: "S", choices: {x: "X", y: "Y"}}\n', "en.yaml").cards["a"]
    hostile = f"</title><script>alert(1)</script>\"'&{words}"

    def tags(said: str) -> int:
        card = replace(english, sentence=said, choices={"x": said, "y": "Y"})
        page = compose_card(two_way(card, Language("fr", "F", "F"), english))
        assert "<script" not in page
        return page.count("<")

    assert tags(hostile) == tags("plain")
