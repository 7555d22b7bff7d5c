"""`deskmate card`."""

from pathlib import Path

import pytest

from deskmate.places import Places
from tests.cli.running import Cli


@pytest.fixture
def french(places: Places) -> None:
    """French is switched on."""
    with places.settings.open("a", encoding="utf-8") as file:
        file.write('\n[cards]\nunreviewed = ["fr", "ar"]\n')


def test_a_card_as_text_has_both_languages(cli: Cli, french: None) -> None:
    lines = cli("card", "need", "--language", "fr").out.splitlines()
    assert lines[0] == "De quoi avez-vous besoin aujourd'hui ?  What do you need today?"
    assert lines[1] == "  1. Un livre ou un film  A book or a film"
    assert len(lines) == 7
    assert cli("card", "need").out.splitlines()[0] == "What do you need today?"


def test_a_card_as_json(cli: Cli, french: None) -> None:
    value = cli("card", "need", "--language", "ar", "--json").value
    assert list(value) == ["id", "language", "direction", "sentence", "staff", "choices"]
    assert (value["direction"], value["staff"]) == ("rtl", "What do you need today?")
    assert value["choices"][0] == {"id": "borrow", "words": "كتاب أو فيلم", "staff": "A book or a film"}


def test_a_card_as_a_page(cli: Cli, french: None, tmp_path: Path) -> None:
    path = tmp_path / "card.html"
    result = cli("card", "need", "--language", "ar", "--html", str(path))
    assert (result.code, result.out, result.err) == (0, "", f"Written: {path}\n")
    assert '<html lang="ar" dir="rtl">' in path.read_text(encoding="utf-8")


def test_the_list_has_every_card_and_says_which_languages_are_off(cli: Cli, french: None) -> None:
    text = cli("card", "--list").out
    value = cli("card", "--list", "--json").value
    assert len(value["cards"]) == 24
    assert all(f"  {card['id']} " in text for card in value["cards"])
    on = {language["code"]: language["on"] for language in value["languages"]}
    assert on == {"en": True, "fr": True, "es": False, "pt": False, "zh-hans": False, "ar": True, "vi": False,
                  "ru": False}  # fmt: skip
    assert "Español  off, no person has reviewed it" in text
    assert "unreviewed under [cards]" in text


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("card",), 2, "Give a card's id, or --list."),
        (("card", "need", "--list"), 2, "Give a card's id, or --list."),
        (("card", "neeed"), 2, 'Did you mean "need"?'),
        (("card", "need", "--language", "xx"), 2, 'There are no cards in "xx".'),
        (("card", "need", "--language", "es"), 1, "Spanish is off: no person has reviewed it."),
        (("card", "need", "--html", "/no/such/folder/card.html"), 1, "was not written"),
    ],
)
def test_what_cannot_be_done_is_said_with_a_cure(cli: Cli, words: tuple[str, ...], code: int, said: str) -> None:
    result = cli(*words)
    assert (result.code, result.out) == (code, "")
    assert said in result.err
    assert len(result.err.splitlines()) == 2


def test_the_check_counts_notes_apart_and_knows_the_librarys_own_cards(cli: Cli, places: Places) -> None:
    assert cli("playbooks", "check").out.endswith(" 7 notes.\n")
    places.cards.mkdir()
    own = places.cards / "fr.yaml"
    own.write_text('cards:\n  need: {sentence: "Quoi", choices: {a: "A", b: "B"}}\n', encoding="utf-8")
    result = cli("playbooks", "check", str(own))
    assert result.code == 3
    assert f"error {own}:2:3: The choices of" in result.out
