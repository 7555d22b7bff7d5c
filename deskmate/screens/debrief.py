"""What there is to talk over after a practice: what went well first, then what was missed, with the playbook's line."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from deskmate.desk.practice import Offer
from deskmate.playbooks.practice_state import Debrief, Point
from deskmate.screens.base import Place
from deskmate.screens.commands import bindings, footer
from deskmate.screens.people import clock_text
from deskmate.screens.practice import PRACTICE, PracticeScreen
from deskmate.screens.safe import hang, line, lines, parts
from deskmate.screens.widgets.bars import Bar, Keys

AROUND: Final = 7
"""Cells beside the text: the air at both sides, and the bar that scrolls."""
VERBS: Final = {"say": "Said", "do": "Done", "answer": "Seen"}
UNDONE: Final = {"say": "Not said", "do": "Not done", "answer": "Not seen at once"}


class DebriefScreen(Place):
    """The debrief of the practice that has just ended. Nothing of it is kept when it is left."""

    PLACE: ClassVar[str] = "debrief"
    BINDINGS: ClassVar[list[Binding]] = bindings("debrief")  # type: ignore[assignment]
    DEFAULT_CSS = """
    DebriefScreen {
        #body { height: 1fr; padding: 1 3; scrollbar-size-vertical: 1; }
        #body > Static { width: 1fr; height: auto; }
    }
    """

    def compose(self) -> ComposeResult:
        """What it was, what there is to talk over, the keys."""
        yield Bar(id="head", classes="-head")
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="text", markup=False)
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show it."""
        practices = self.desk.practices
        current = practices.current
        if current is None:
            return
        offer = practices.named(current.scene.name)
        debrief = practices.debrief()
        self.query_one("#head", Bar).update(
            parts((PRACTICE, "bold $text-accent"), "   ", (offer.title, "bold"), f"   {clock_text(debrief.elapsed)}")
        )
        self._write()

    def on_resize(self) -> None:
        """What does not fit a line goes on under itself."""
        self._write()

    def _write(self) -> None:
        practices = self.desk.practices
        current = practices.current
        if current is None:
            return
        key = self.key("practice-said")
        room = (self.size.width or self.app.size.width) - AROUND
        rows = debrief_rows(practices.debrief(), current.scene.who, key, room)
        self.query_one("#text", Static).update(lines(rows))

    def on_screen_resume(self) -> None:
        """What was played to its end cannot be gone on with: that key is not offered."""
        keys = footer(self.PLACE)
        self.query_one(Keys).show(tuple(each for each in keys if self.applies(each.id)))

    def applies(self, command_id: str) -> bool:
        """One can go on with what was left, not with what was played to its end."""
        current = self.desk.practices.current
        return command_id != "debrief-go-on" or (current is not None and not current.finished)

    def action_go_on(self) -> None:
        """On where it was left: an E comes easily."""
        if self.applies("debrief-go-on"):
            self.desk.practices.act("back")
            self.app.switch_screen(PracticeScreen())

    def _begin(self, offer: Offer | None) -> None:
        if offer is not None:
            self.desk.practices.begin(offer.scene)
            self.app.switch_screen(PracticeScreen())

    def action_again(self) -> None:
        """The same once more."""
        current = self.desk.practices.current
        self._begin(self.desk.practices.named(current.scene.name) if current else None)

    def action_following(self) -> None:
        """The next in the list."""
        self._begin(self.desk.practices.following())

    def action_surprise(self) -> None:
        """Any other."""
        self._begin(self.desk.practices.surprise())

    def action_scenes(self) -> None:
        """Choose another."""
        from deskmate.screens.scenes import ScenesScreen

        self.app.switch_screen(ScenesScreen())

    def action_scroll_body(self, by: int) -> None:
        """Scroll on a small screen."""
        self.query_one("#body", VerticalScroll).scroll_relative(y=by, animate=False)


def debrief_rows(debrief: Debrief, who: str, said_key: str, width: int) -> list[Content]:
    """The debrief, line by line.

    Args:
        debrief: what there is to talk over.
        who: who stood there.
        said_key: the key that says a sentence was said.
        width: cells of a line.
    """
    left = [] if debrief.finished else [line("It was left before its end.", "dim")]
    rows = [line(who, "dim"), *left, Content(""), line("WENT WELL", "bold $text-success")]
    first = debrief.first_sentence
    if first is not None:
        rows.append(line(f" ✓ First sentence after {clock_text(first)}."))
    rows += [_item(" ✓ ", f"{VERBS[point.kind]}: {point.text}", width) for point in debrief.kept]
    if debrief.finished and not debrief.astray:
        rows.append(line(" ✓ Every answer fitted what they did."))
    if debrief.helped:
        rows.append(line(" ✓ HELP was asked for. It is never wrong."))
    if len(rows) == 3 + len(left):
        rows.append(line(" ✓ You tried it here, and not on a patron."))
    if debrief.missed:
        rows += [Content(""), line("TO LOOK AT", "bold $text-warning")]
        for point in debrief.missed:
            rows += [_item(" ▲ ", _missed(point), width), _item("     ", point.why, width, "dim")]
    if debrief.astray:
        rows += [Content(""), line("ANSWERS THAT DID NOT FIT", "bold")]
        for did, answer in debrief.astray:
            rows += [_item(" · ", answer, width), _item("     ", f"They: {did}", width, "dim")]
    if first is None:
        rows += [Content(""), line(f"No first sentence was marked: {said_key} says you said it.", "dim")]
    return [*rows, Content(""), line("Nothing of this is kept.", "dim")]


def _item(sign: str, words: str, width: int, style: str = "") -> Content:
    return hang(Content(sign), line(words, style), width)


def _missed(point: Point) -> str:
    """`Done after 1:20, within 1:00: Call 911`, or `Not done: ...`."""
    if point.late is not None and point.within is not None:
        took = f"after {clock_text(point.late)}, not within {clock_text(point.within)}"
        return f"{VERBS[point.kind]} {took}: {point.text}"
    return f"{UNDONE[point.kind]}: {point.text}"
