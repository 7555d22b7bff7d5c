"""The card that is turned to the patron: chosen, pointed at, taken away; nothing of anyone's on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from deskmate.clock import FixedClock
from deskmate.places import Places
from deskmate.screens import card_chooser
from deskmate.screens.app import DeskMateApp
from deskmate.screens.card import CardScreen, ChoiceBox
from deskmate.screens.card_chooser import CardChooser
from deskmate.screens.desk import DeskScreen
from deskmate.screens.guide import GuideScreen
from deskmate.screens.help import HelpScreen
from tests.conftest import hold_texts
from tests.screens.hostile import HOSTILE
from tests.screens.look import on, screen_text

SIZE = (80, 24)
LANGUAGE_GUIDE = (*"no english", "enter")
NEED = (*"need today", "enter")


@pytest.fixture
def french(places: Places) -> None:
    """French and Arabic are switched on."""
    with places.settings.open("a", encoding="utf-8") as file:
        file.write('\n[cards]\nunreviewed = ["fr", "ar"]\n')
    hold_texts(places)


@pytest.fixture
def app(french: None, make_app: Callable[[], DeskMateApp]) -> DeskMateApp:
    """The app with those languages."""
    return make_app()


async def french_need(pilot: Pilot[None]) -> None:
    """From the Desk to the French card that asks what they need."""
    await pilot.press(*LANGUAGE_GUIDE, "c", "right", *NEED)


async def test_from_the_guide_to_the_card_and_back_with_what_they_pointed_to(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await french_need(pilot)
        on(app, CardScreen)
        text = screen_text(app)
        assert "De quoi avez-vous besoin aujourd'hui ?" in text
        assert "What do you need today?" in text
        assert all(words in text for words in ("Un livre ou un film", "A book or a film", "Autre chose"))
        assert "✓" not in text
        await pilot.press("down", "enter")
        assert "✓ Imprimer ou photocopier" in screen_text(app)
        await pilot.press("right", "space")
        assert "✓ Une carte de bibliothèque" in screen_text(app)
        assert screen_text(app).count("✓") == 1
        await pilot.press("ctrl+l")
        guide = on(app, GuideScreen)
        assert "They pointed to: A library card" in screen_text(app)
        await pilot.press("n")
        assert guide.note_box.area.text == "Card: What do you need today? They pointed to: A library card."
        live = app.desk.live.current
        assert live is not None
        assert live.note.endswith("A library card.")


async def test_a_card_alone_makes_no_record(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await french_need(pilot)
        await pilot.press("enter", "ctrl+l", "escape")
        on(app, DeskScreen)
        assert app.desk.log.day(clock.now().date()) == []


async def test_only_the_staffs_key_leaves_and_every_other_key_shows_nothing(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await french_need(pilot)
        before = screen_text(app)
        for key in ("escape", "ctrl+r", "ctrl+o", "ctrl+f", "ctrl+p", "ctrl+q", "ctrl+c", "f1", "question_mark", "tab",
                    "backspace", "e", "x", "n", "1", "c", "asterisk", "delete"):  # fmt: skip
            await pilot.press(key)
            on(app, CardScreen)
            assert screen_text(app) == before, key
        assert len(app.desk.live.others) == 0
        await pilot.press("ctrl+l")
        on(app, GuideScreen)
        assert "They pointed to nothing" in screen_text(app)


async def test_help_works_over_the_card_and_comes_back_to_it(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await french_need(pilot)
        await pilot.press("down", "enter", "ctrl+g")
        on(app, HelpScreen)
        assert "911" in screen_text(app)
        await pilot.press("escape", "n")
        on(app, CardScreen)
        assert "✓ Imprimer ou photocopier" in screen_text(app)
        await pilot.press("f9", "2")
        on(app, GuideScreen)
        assert not any(isinstance(screen, CardScreen) for screen in app.screen_stack)


async def test_nothing_of_the_person_or_the_staff_is_on_the_card(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        promise, _ = app.desk.promises.draft("call about the blue scarf", "in 1")
        app.desk.promises.make(promise)
        app.desk.shifts.start("MK", "Dana", "214")
        await pilot.press(*LANGUAGE_GUIDE, "n", *"grey coat", "escape")
        app.say("Saved: grey coat")
        await pilot.press("c", "right", *NEED)
        clock.advance(20 * 60)
        app.look_at_the_clock()
        await pilot.pause()
        on(app, CardScreen)
        text = screen_text(app)
        words = ("coat", "scarf", "Saved", "Dana", "MK", "due", "HELP", "language", "Example Library", "14:4")
        assert not [word for word in words if word in text]
        assert text.strip().splitlines()[-1].strip() == "staff: Ctrl+L"


async def test_an_idle_desk_leaves_the_card_in_front_of_a_slow_reader(app: DeskMateApp, clock: FixedClock) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.action_card()
        await pilot.pause()
        await pilot.press(*NEED)
        clock.advance(3600)
        app.look_at_the_clock()
        await pilot.pause()
        on(app, CardScreen)
        await pilot.press("enter", "ctrl+l")
        on(app, DeskScreen)
        assert "They pointed to: A book or a film" in screen_text(app)
        assert "note" not in app.said[0]


async def test_a_language_without_a_review_is_off_with_the_reason_and_the_setting(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c", "right", "right", *"need today")
        text = " ".join(screen_text(app).replace("│", " ").split())
        assert "Spanish · Español OFF" in text
        assert "no person has reviewed it" in text
        assert 'unreviewed = ["fr", "ar", "es"]' in text
        assert "necesita" not in text
        await pilot.press("enter", "ctrl+y")
        on(app, CardChooser)


async def test_the_list_is_filtered_by_the_words_of_a_card_and_of_its_answers(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c", *"ambulance")
        chooser = on(app, CardChooser)
        assert [row.id for row in chooser.cards.rows] == ["call"]
        await pilot.press(*"xyz")
        assert "No card has these words" in screen_text(app)
        await pilot.press(*["backspace"] * len("ambulancexyz"), "down", "down", "down", *"library")
        assert len(chooser.cards.rows) > 1
        assert chooser.cards.chosen == 0, "Enter takes the first that fits"
        await pilot.press(*"xyz", "enter", "escape")
        on(app, GuideScreen)


async def test_the_language_is_remembered_for_this_person_and_not_for_the_next(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await french_need(pilot)
        await pilot.press("ctrl+l", "c")
        assert on(app, CardChooser).code == "fr"
        await pilot.press("escape", "ctrl+r", "c")
        assert on(app, CardChooser).code == "en"


async def test_the_card_of_all_languages_sets_the_language(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c", "enter")
        assert "العربية" in screen_text(app)
        await pilot.press("right", "enter", "ctrl+l")
        assert "They pointed to: French" in screen_text(app)
        await pilot.press("c")
        assert on(app, CardChooser).code == "fr"


async def test_in_a_discreet_guide_the_answer_is_told_by_its_number(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"yelling", "enter", "c", *"are you hurt", "enter", "right", "enter", "ctrl+l")
        assert "They pointed to: answer 2" in screen_text(app)
        assert "I feel ill" not in screen_text(app)


async def test_the_mouse_points_too(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await french_need(pilot)
        box = list(on(app, CardScreen).query(ChoiceBox))[4]
        await pilot.click(box)
        assert "✓ J'ai une question" in screen_text(app)


async def test_the_arrows_reach_every_answer_and_stop_at_the_edges(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c", *"want to pay", "enter")
        card = on(app, CardScreen)
        seen = [card.here]
        for key in ("up", "left", "right", "right", "down", "down", "down", "up", "left"):
            await pilot.press(key)
            seen.append(card.here)
        assert seen == [0, 0, 0, 1, 1, 3, 4, 4, 2, 2]  # five answers: below the fourth is the last


@pytest.mark.parametrize("opens", [True, False])
async def test_the_browser_gets_the_page_and_the_staff_is_told(
    app: DeskMateApp, monkeypatch: pytest.MonkeyPatch, opens: bool
) -> None:
    asked: list[Path] = []

    def window(path: Path) -> bool:
        """No window opens in a test; the page is really written."""
        asked.append(path)
        return opens

    monkeypatch.setattr(card_chooser, "open_page", window)
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c", "right", *"need today", "ctrl+y")
        on(app, GuideScreen)
        await pilot.pause()
        assert "De quoi" in asked[0].read_text(encoding="utf-8")
        assert ("is in the browser" if opens else "No browser opens here") in app.said[0]


async def test_arabic_offers_the_browser(app: DeskMateApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c", "left", "left", "left", *"need today")
        assert "browser does (Ctrl+Y)" in " ".join(screen_text(app).replace("│", " ").split())
        await pilot.press("enter")
        assert "ما الذي تحتاجون إليه اليوم؟" in screen_text(app)


@pytest.mark.parametrize("text", [words for words in HOSTILE if len(words) <= 30])
async def test_a_local_card_is_text_whatever_it_says(app: DeskMateApp, places: Places, text: str) -> None:
    quoted = "".join(f"\\U{ord(letter):08x}" for letter in text)
    places.cards.mkdir()
    (places.cards / "en.yaml").write_text(
        f'cards:\n  odd:\n    sentence: "zebra {quoted}"\n    choices: {{a: "A", b: "B {quoted}"}}\n', encoding="utf-8"
    )
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c", *"zebra")
        assert "zebra" in screen_text(app)
        await pilot.press("enter")
        on(app, CardScreen)
        assert "\x1b" not in screen_text(app)
        await pilot.press("down", "enter", "ctrl+l", "n")
        assert "They pointed to: B" in on(app, GuideScreen).note_box.area.text
        assert app.is_running


async def test_a_broken_file_of_the_librarys_own_is_told_and_the_shipped_cards_serve(
    app: DeskMateApp, places: Places
) -> None:
    places.cards.mkdir()
    (places.cards / "en.yaml").write_text("cards: {need: [", encoding="utf-8")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*LANGUAGE_GUIDE, "c")
        assert "A card file has a fault" in screen_text(app)
        await pilot.press(*NEED)
        assert "A book or a film" in screen_text(app)


@pytest.mark.parametrize("size", [(20, 5), (40, 10), (60, 20), (120, 40), (240, 60)])
async def test_at_every_size(app: DeskMateApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.resize_terminal(*size)
        await french_need(pilot)
        await pilot.press("down", "down", "right", "enter")
        assert "✓" in screen_text(app)
        await pilot.resize_terminal(*SIZE)
        await pilot.press("ctrl+l", "c")
        await pilot.resize_terminal(*size)
        assert app.is_running


@pytest.mark.parametrize("code", ["fr", "ar"])
async def test_every_card_is_seen_whole_at_80x24(app: DeskMateApp, code: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        for each in app.desk.cards.english():
            card = app.desk.cards.card(each.id, code)
            app.push_screen(CardScreen(card, lambda _: None))
            await pilot.pause()
            text = screen_text(app)
            missing = [choice.words for choice in card.choices if choice.words not in text]
            assert not missing, (each.id, missing)
            assert all(word in text for word in card.sentence.split())
            on(app, CardScreen).leave()
