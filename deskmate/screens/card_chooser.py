"""Which card is turned to the patron, in which language."""

from dataclasses import dataclass
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from deskmate.desk.cards import ANYBODY, WHICH_LANGUAGE, Pointed
from deskmate.faults import DeskMateError
from deskmate.playbooks.cards import Choice, Language, TwoWayCard
from deskmate.screens.app import DeskMateApp
from deskmate.screens.base import Dialog
from deskmate.screens.browser import open_page
from deskmate.screens.card import CardScreen
from deskmate.screens.commands import bindings, footer
from deskmate.screens.guide import GuideScreen
from deskmate.screens.safe import line, lines, link, parts
from deskmate.screens.widgets.bars import Keys
from deskmate.screens.widgets.lookup_box import LookupBox
from deskmate.screens.widgets.rows import Row, Rows

ARABIC: Final = "This terminal may not join or turn these letters: the browser does ({key})."

NO_BROWSER: Final = "No browser opens here: the page is card.html in the state folder."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was chosen.

    Attributes:
        card: the card, in the language of the patron.
        browser: it is shown in the browser and not here.
    """

    card: TwoWayCard
    browser: bool = False


class CardChooser(Dialog[Wanted]):
    """Every card in the staff's English, found by a few letters; left and right choose the patron's language.

    Args:
        live_id: for whom; their language is remembered while they are live.
    """

    PLACE: ClassVar[str] = "cards"
    BINDINGS: ClassVar[list[Binding]] = bindings("cards")
    AUTO_FOCUS: ClassVar[str | None] = "#look-up"
    DEFAULT_CSS = """
    CardChooser #language { margin-bottom: 1; }
    CardChooser #cards { height: 8; }
    CardChooser #preview { height: 5; margin-top: 1; }
    CardChooser #remark { height: 3; color: $text-warning; }
    CardChooser #look-up { border: none; }
    CardChooser.-low #language { margin-bottom: 0; }
    CardChooser.-low #cards { height: 5; }
    CardChooser.-low #preview { height: 4; }
    """

    cards = query_one("#cards", Rows)
    bar = query_one("#language", Static)
    side = query_one("#preview", Static)
    remark = query_one("#remark", Static)

    def __init__(self, live_id: str) -> None:
        super().__init__()
        self._live_id = live_id
        self._words = ""

    @property
    def code(self) -> str:
        """The language that is chosen."""
        return self.desk.cards.remembered(self._live_id)

    def compose(self) -> ComposeResult:
        """The language, the line to type in, the list, what is chosen, what to know, the keys."""
        with Vertical(id="box"):
            yield Static(id="language", markup=False)
            yield LookupBox("A card to turn to the patron: type a word", self.typed)
            yield Rows(id="cards")
            yield Static(id="preview", markup=False)
            yield Static(id="remark", markup=False)
            yield Keys(footer("cards"))

    def on_mount(self) -> None:
        """List every card."""
        self._show_language()
        self.typed("")

    def typed(self, value: str) -> None:
        """List the cards that have every word."""
        self._words = value
        wanted = value.casefold().split()
        rows = [Row(WHICH_LANGUAGE, "Which language is best for you?", "the names of all languages")]
        found = {WHICH_LANGUAGE: "which language is best for you"}
        lacking = self._lacking()
        for card in self.desk.cards.english():
            rows.append(Row(card.id, card.sentence, "in English only" if card.id in lacking else ""))
            found[card.id] = " ".join((card.id, card.sentence, *card.choices.values())).casefold()
        fitting = [row for row in rows if all(word in found[row.id] for word in wanted)]
        chosen = self.cards.row
        self.cards.fill(fitting, keep=chosen is not None and chosen.id in {row.id for row in fitting})

    def _lacking(self) -> set[str]:
        """The cards that the chosen language does not have."""
        language = self._language()
        return {card.id for card in self.desk.cards.english()} - set(language.cards if language else ())

    def _language(self) -> Language | None:
        """The chosen language; None when its file cannot be used."""
        try:
            return self.desk.cards.language(self.code)
        except DeskMateError:
            return None

    def _show_language(self) -> None:
        """The line with the language, its name as its speakers write it, and whether it is off."""
        language = self._language()
        name = f"{language.english} · {language.name}" if language else self.code
        if language and language.english == language.name:
            name = language.name
        off = language is None or self.desk.cards.why_off(language)
        state = (" OFF", "bold $text-warning") if off else ""
        shown = [parts("Patron's language  "), link("‹", "screen.before", "bold $primary"), parts(f" {name}", state)]
        self.bar.update(parts(*shown, " ", link("›", "screen.after", "bold $primary")))

    @on(Rows.Chosen)
    def show_preview(self, event: Rows.Chosen) -> None:
        """What the card would say."""
        event.stop()
        self._preview(event.row)

    def _preview(self, row: Row | None) -> None:
        """The words of a card, and under them what is to be known about the language."""
        card: TwoWayCard | None = None
        remark = ""
        if row is not None:
            try:
                card = self.desk.cards.card(row.id, self.code)
            except DeskMateError as fault:
                remark = f"{fault.what} {fault.cure}"
        if card is None:
            self.side.update(
                line("" if row else f"No card has these words. {self.key('card-close')} goes back.", "dim")
            )
        else:
            answers = " · ".join(choice.words for choice in card.choices)
            self.side.update(lines([line(card.sentence, "bold"), Content(""), line(answers)]))
        language = self._language()
        if language is not None and not remark:
            remark = self.desk.cards.why_off(language)
            if language.right_to_left and not remark:
                remark = ARABIC.format(key=self.app.key("card-browser"))
        self.remark.update(line(remark or self.desk.cards.trouble))

    def action_before(self) -> None:
        """The language before."""
        self._turn(-1)

    def action_after(self) -> None:
        """The next language."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        codes = self.desk.cards.codes
        self.desk.cards.remember(self._live_id, codes[(codes.index(self.code) + by) % len(codes)])
        self._show_language()
        self.typed(self._words)

    def action_move(self, by: int) -> None:
        """Another card."""
        self.cards.move(by)

    @on(LookupBox.Submitted)
    @on(Rows.Picked)
    def picked(self, event: LookupBox.Submitted | Rows.Picked) -> None:
        """Enter shows the card, and so does a click."""
        event.stop()
        self.action_show()

    def action_show(self) -> None:
        """Turn the card to the patron."""
        self._answer(browser=False)

    def action_browser(self) -> None:
        """Show it in the browser."""
        self._answer(browser=True)

    def _answer(self, *, browser: bool) -> None:
        """What is chosen; a card that is off stays here, with the reason in sight."""
        row = self.cards.row
        if row is None:
            return
        try:
            card = self.desk.cards.card(row.id, self.code)
        except DeskMateError:
            return
        self.dismiss(Wanted(card, browser))


def open_chooser(app: DeskMateApp) -> None:
    """Choose a card and turn it to the patron; back on the guide the staff reads what they pointed to."""
    board, cards = app.desk.live, app.desk.cards
    live_id = board.current.id if board.current else ANYBODY
    cards.look_again()
    cards.forget([live_id, *(live.id for live in board.others)])

    def chosen(wanted: Wanted | None) -> None:
        if wanted is None:
            return
        if wanted.browser:
            _in_browser(app, wanted.card)
        else:
            app.push_screen(CardScreen(wanted.card, lambda choice: back(wanted.card, choice)))

    def back(card: TwoWayCard, choice: Choice | None) -> None:
        if choice is None:
            app.say("They pointed to nothing on the card.")
        else:
            app.say(_told(app, cards.pointed(live_id, card, choice), noted=live_id != ANYBODY))

    app.push_screen(CardChooser(live_id), chosen)


def _told(app: DeskMateApp, pointed: Pointed, *, noted: bool) -> str:
    """What was pointed to, without the words where somebody who is feared may read along."""
    guide = app.screen.guide if isinstance(app.screen, GuideScreen) else None
    words = f"answer {pointed.number}" if guide and guide.discreet else pointed.words
    key = app.key("note")
    return f"They pointed to: {words}" + (f"   {key} puts it into the note" if noted else "")


def _in_browser(app: DeskMateApp, card: TwoWayCard) -> None:
    """Write the page and open it outside; where no window can be opened, say where the page is."""

    def write() -> None:
        opened = open_page(app.desk.cards.write_page(card))
        app.say("The card is in the browser." if opened else NO_BROWSER)

    app.keep(write, "")
