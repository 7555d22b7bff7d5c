"""Writing down what somebody said, and the answer to it."""

from collections.abc import Sequence
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from deskmate.desk.feedback import pick_kind
from deskmate.faults import BadUsage
from deskmate.model.feedback import Feedback
from deskmate.screens.app import DeskMateApp
from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings
from deskmate.screens.dialogs import Ask
from deskmate.screens.safe import line, lines, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.lookup_box import OneLine
from deskmate.text.clean import one_line
from deskmate.text.guard import Watch
from deskmate.text.guarded import sentence

if TYPE_CHECKING:
    from deskmate.model.interaction import Interaction

KINDS: Final = {
    "c": "Complaint",
    "s": "Suggestion, an idea",
    "r": "Refusal: we had to say no",
    "k": "Kudos: thanks to a colleague",
}
"""What can be written down, by its key."""
ASKED: Final = {
    "complaint": "What went wrong, in a sentence or two",
    "suggestion": "The idea, in a sentence",
    "refusal": "What they asked for and did not get",
    "kudos": "Who did what well",
}
WIDTH: Final = 70
"""Cells of a line in a dialog."""
FACTS: Final = "The issue, not the person: no patron's name."


class FeedbackForm(Dialog[Feedback]):
    """What was said, its theme, what was offered, and whether it is about a colleague; Enter goes down and keeps it.

    Args:
        kind: complaint, suggestion, refusal or kudos.
        about: the shown id of the contact it came up in, or empty.
        offered: what that contact was offered instead.
    """

    PLACE: ClassVar[str] = "form"
    BINDINGS: ClassVar[list[Binding]] = bindings("form")
    AUTO_FOCUS: ClassVar[str | None] = "#said"
    DEFAULT_CSS = """
    FeedbackForm .label { color: $text-muted; }
    FeedbackForm #guard { padding: 0; margin-bottom: 1; }
    FeedbackForm #said { margin-bottom: 0; }
    """

    said = query_one("#said", OneLine)
    theme = query_one("#theme", OneLine)
    colleague = query_one("#colleague", OneLine)
    guard = query_one("#guard", Bar)

    def __init__(self, kind: str, about: str = "", offered: str = "") -> None:
        super().__init__()
        self._kind = kind
        self._about = about
        self._offered = offered
        self._watch = Watch()

    def compose(self) -> ComposeResult:
        """The lines and what the guard finds."""
        with Vertical(id="box"):
            linked = ", kept with this contact" if self._about else ""
            yield Static(line(f"{self._kind.capitalize()}{linked}", "bold"), markup=False)
            yield Static(line(ASKED[self._kind]), classes="label", markup=False)
            yield OneLine(id="said")
            yield Bar(id="guard")
            if self._kind == "refusal":
                yield Static(line("What you offered instead"), classes="label", markup=False)
                # what the guide noted is no suggestion: one writes on
                yield OneLine(self._offered, id="offered")
            label = [
                line("Theme by number or name, may stay empty"),
                *theme_lines(self.desk.voice.themes, min(WIDTH, self.app.size.width - 6)),
            ]
            yield Static(lines(label), classes="label", markup=False)
            yield OneLine(id="theme")
            yield Static(
                line("About a colleague, y or n: y hides it in the list and tells no report"),
                classes="label",
                markup=False,
            )
            yield OneLine(offered="y" if self._kind == "kudos" else "n", id="colleague")
            yield self.ways(f"{self.key('line-enter')} goes on and keeps it at the end")

    def on_mount(self) -> None:
        """Say what belongs here."""
        self.guard.update(parts((FACTS, "dim")))

    @on(Input.Changed, "#said")
    def changed(self, event: Input.Changed) -> None:
        """Tell what looks private, and guess whether it is about a colleague."""
        event.stop()
        told(self._watch, event.value, self.guard)
        if self.colleague.is_untouched:
            self.colleague.offer("y" if self.desk.voice.is_about_a_colleague(self._kind, event.value) else "n")

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter: the next line, and after the last it is kept."""
        event.stop()
        if event.input.id != "colleague":
            self.focus_next()
            return
        offered = self.query_one("#offered", OneLine).value if self._kind == "refusal" else ""
        made = self.app.keep(
            lambda: self.desk.voice.add(
                self._kind,
                self.said.value,
                theme=self.theme.value,
                offered=offered,
                colleague=yes(self.colleague.value),
                about=self._about,
            ),
            f"Written down: {self._kind}. Undo takes it back.",
        )
        if made is not None:
            self.dismiss(made)
        else:
            self.guard.update(parts((self.app.said[0], "$text-warning")))


class AnswerForm(Dialog[Feedback]):
    """What was done about it.

    Args:
        feedback: what is answered.
        answer: what was answered before.
        offered: an answer that is suggested where there is none.
    """

    AUTO_FOCUS: ClassVar[str | None] = "#answer"
    DEFAULT_CSS = """
    AnswerForm #answer { margin-bottom: 0; }
    AnswerForm #guard { padding: 0; }
    """

    guard = query_one("#guard", Bar)

    def __init__(self, feedback: Feedback, answer: str, offered: str) -> None:
        super().__init__()
        self._feedback = feedback
        self._answer = answer
        self._offered = offered
        self._watch = Watch()

    def compose(self) -> ComposeResult:
        """What was said, unless it is about a colleague, and the line for what was done."""
        each = self._feedback
        with Vertical(id="box"):
            yield Static(line("What was done about it?", "bold"), markup=False)
            if not each.restricted:
                yield Static(line(f"They said: {each.text}", "dim", limit=300), markup=False)
            yield OneLine(self._answer, offered=self._offered, id="answer")
            yield Bar(id="guard")
            where = "Only who asks for it reads it" if each.restricted else "It stands in reports: you said, we did"
            yield self.ways(f"{where} · {self.key('line-enter')} keeps it")

    @on(Input.Changed)
    def changed(self, event: Input.Changed) -> None:
        """Tell what looks private."""
        event.stop()
        told(self._watch, event.value, self.guard)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Enter keeps it."""
        event.stop()
        done = self.app.keep(
            lambda: self.desk.voice.answer(self._feedback, event.value), "Answered. Undo takes it back."
        )
        if done is not None:
            self.dismiss(done)
        else:
            self.guard.update(parts((self.app.said[0], "$text-warning")))


def open_form(app: DeskMateApp) -> None:
    """Ask for the kind, then for the words; the contact in front, if there is one, is remembered with them."""
    record = contact(app)
    about = record.ref if record and not record.sensitive else ""
    offered = ", ".join(record.offered) if record else ""

    def chosen(key: str | None) -> None:
        if key:
            app.push_screen(FeedbackForm(pick_kind(key), about, offered))

    app.push_screen(Ask("What was it?", KINDS), chosen)


def contact(app: DeskMateApp) -> "Interaction | None":
    """The contact that what is said belongs to: of the guide or the Wrap-up in front."""
    from deskmate.screens.wrapup import WrapUpScreen

    place = app.place
    if isinstance(place, WrapUpScreen):
        return place.record
    return app.desk.live.so_far


def told(watch: Watch, text: str, guard: Bar) -> None:
    """Say what of a line will be masked."""
    said = sentence(watch.find(text))
    guard.update(parts((said, "$text-warning") if said else (FACTS, "dim")))


def theme_lines(themes: Sequence[str], width: int) -> list[Content]:
    """The themes with their numbers, a number and its theme on one line."""
    parted = (f"{number}\u00a0{one_line(theme)}".replace(" ", "\u00a0") for number, theme in enumerate(themes, 1))
    return [line(row.replace("\u00a0", " "), "dim") for row in wrap("  ".join(parted), width)]


def yes(typed: str) -> bool:
    """What was typed as yes or no.

    Raises:
        BadUsage: it is neither.
    """
    word = typed.strip().lower()
    if word not in ("y", "yes", "n", "no"):
        raise BadUsage("Is it about a colleague?", "Type y or n.")
    return word.startswith("y")
