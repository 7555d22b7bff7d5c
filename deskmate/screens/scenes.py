"""What can be rehearsed: every scene, found by a few letters or by its family of guides."""

from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from deskmate.desk.practice import Offer
from deskmate.screens.base import Place
from deskmate.screens.commands import bindings
from deskmate.screens.people import clock_text
from deskmate.screens.practice import PRACTICE, PracticeScreen
from deskmate.screens.safe import line, lines, link, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.lookup_box import LookupBox
from deskmate.screens.widgets.rows import HEADING, Row, Rows

GO_ON: Final = "go-on:"
SURPRISE: Final = "surprise:"
WORDS: Final = {"emergency": "EMERGENCY", "urgent": "URGENT"}


class ScenesScreen(Place):
    """The scenes, the one under way first; left and right choose a family."""

    PLACE: ClassVar[str] = "scenes"
    BINDINGS: ClassVar[list[Binding]] = bindings("scenes")  # type: ignore[assignment]
    AUTO_FOCUS: ClassVar[str | None] = "#look-up"
    DEFAULT_CSS = """
    ScenesScreen {
        #look-up { height: 1; margin: 1 1 0 1; background: $background; border: none; padding: 0; }
        #family { margin: 0 0 1 0; }
        #list { width: 60%; padding: 0 0 0 1; }
        #preview { width: 40%; padding: 0 1 0 2; height: 1fr; border-left: vkey $panel; }
        &.-narrow #preview { display: none; }
        &.-narrow #list { width: 100%; }
    }
    """

    box = query_one("#look-up", LookupBox)
    rows = query_one("#list", Rows)
    side = query_one("#preview", Static)

    def __init__(self) -> None:
        super().__init__()
        self._family = ""

    def compose(self) -> ComposeResult:
        """What this is, the line to type in, the family, the list and what is chosen."""
        yield Bar(id="head", classes="-head")
        yield LookupBox("Which guide? Type a word: angry, fire, scam", self.typed)
        yield Bar(id="family")
        with Horizontal(id="middle"):
            yield Rows(id="list")
            yield Static(id="preview", markup=False)
        yield from self.bottom()

    def on_mount(self) -> None:
        """List everything."""
        self.query_one("#head", Bar).update(parts((PRACTICE, "bold"), "   nothing of it is logged"))
        self._show()

    def on_screen_resume(self) -> None:
        """Back from a scene."""
        if self.drawn:
            self._show()

    def typed(self, value: str) -> None:
        """List what fits the words and the family."""
        practices = self.desk.practices
        rows = []
        current = practices.current
        if current is not None and practices.under_way and not value:
            offer = practices.named(current.scene.name)
            rows.append(Row(GO_ON, f"Go on: {offer.title}", clock_text(practices.view().elapsed), "WAITS", "warm"))
        found = practices.find(value, self._family)
        if found and not value:
            rows.append(Row(SURPRISE, "Surprise me", f"{len(found)} scenes", state="dim"))
        title = ""
        for offer in found:
            if offer.title != title:
                title = offer.title
                rows.append(Row("", title, word=WORDS.get(offer.urgency, ""), state=HEADING))
            rows.append(Row(f"scene:{offer.scene.name}", offer.scene.who))
        self.rows.fill(rows)

    def _show(self) -> None:
        name = self._family.replace("-", " ") or "all families"
        before, after = link("‹", "screen.before", "bold $primary"), link("›", "screen.after", "bold $primary")
        self.query_one("#family", Bar).update(parts(before, f" {name} ", after))
        self.typed(self.box.value)

    def action_before(self) -> None:
        """The family before."""
        self._turn(-1)

    def action_after(self) -> None:
        """The next family."""
        self._turn(1)

    def _turn(self, by: int) -> None:
        """Another family of guides, or all."""
        families = ("", *self.desk.practices.families)
        self._family = families[(families.index(self._family) + by) % len(families)]
        self._show()

    @on(Rows.Chosen)
    def show_preview(self, event: Rows.Chosen) -> None:
        """Beside the list: what the chosen one is about, and how it goes; never what is right."""
        event.stop()
        self.side.update(self._preview(event.row))

    def _preview(self, row: Row | None) -> Content:
        if row is None:
            return line(f"No scene has these words. {self.key('scene-back')} empties the line.", "dim")
        kind, _, name = row.id.partition(":")
        rows: list[Content] = []
        if kind == "scene":
            offer = self.desk.practices.named(name)
            rows = [line(offer.title, "bold"), line(_about(offer), "dim"), Content(""), line(offer.scene.who)]
        elif kind == "go-on":
            rows = [line("On where you set it aside; its time stood still.")]
        else:
            rows = [line("Any scene of this family.")]
        said, tick = map(self.key, ("practice-said", "practice-tick"))
        how = (
            "Say the sentence aloud.",
            f"{said}: you said it.",
            f"{tick}: you did it.",
            "1-9: what they do.",
            "",
            "Not where patrons can read along.",
        )
        return lines([*rows, Content(""), *(line(words, "dim") for words in how)])

    def action_move(self, by: int) -> None:
        """Another row."""
        self.rows.move(by)

    @on(LookupBox.Submitted)
    @on(Rows.Picked)
    def picked(self, event: LookupBox.Submitted | Rows.Picked) -> None:
        """Enter begins, and so does a click."""
        event.stop()
        self.action_start()

    def action_start(self) -> None:
        """Begin the chosen scene, or go on with the one that waits."""
        row, practices = self.rows.row, self.desk.practices
        if row is None:
            return
        kind, _, name = row.id.partition(":")
        offer = practices.named(name) if kind == "scene" else practices.surprise(self._family)
        if kind != "go-on" and offer is not None:
            practices.begin(offer.scene)
        self.app.switch_screen(PracticeScreen())

    def action_back_layer(self) -> None:
        """Empty the line, or go to the Desk."""
        if self.box.value:
            self.box.value = ""
        else:
            self.app.action_go_desk()


def _about(offer: Offer) -> str:
    """`emergency · by phone · 5 steps`."""
    parts_of = [offer.urgency if offer.urgency != "routine" else offer.family.replace("-", " ")]
    parts_of += [f"by {offer.scene.channel}"] if offer.scene.channel != "in-person" else []
    steps = len(offer.scene.turns)
    return " · ".join([*parts_of, f"{steps} step{'' if steps == 1 else 's'}"])
