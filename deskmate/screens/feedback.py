"""The voice of patrons: what waits for an answer, then what was answered, and staff's wishes for guides."""

from collections.abc import Sequence
from typing import ClassVar, Final

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.getters import query_one

from deskmate.desk.feedback import count
from deskmate.desk.learning import MET
from deskmate.model.feedback import KINDS, WISH, Feedback
from deskmate.reports.words import FEEDBACK_WORDS
from deskmate.screens.commands import bindings
from deskmate.screens.listed import ListedPlace
from deskmate.screens.safe import line, lines, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.rows import HEADING, TOLD, Row, Rows

EMPTY: Final = "Nothing is here yet: {key} adds a complaint, an idea, a refusal, thanks."
HIDDEN: Final = "about a colleague: {key} shows it"
GONE: Final = "(erased)"
ORDER: Final = ("", *KINDS, WISH)
"""What K lists, one after the other: everything, then each kind."""


class FeedbackScreen(ListedPlace):
    """A list, open ones first, or one of them whole."""

    PLACE: ClassVar[str] = "voice"
    BINDINGS: ClassVar[list[Binding]] = bindings("voice")  # type: ignore[assignment]
    head = query_one("#head", Bar)

    def __init__(self) -> None:
        super().__init__()
        self._shown: dict[str, Feedback] = {}
        self._kind = ""
        """The only kind that is listed; empty: all."""
        self._colleagues = False

    def on_mount(self) -> None:
        """Show the list."""
        self.show()

    def on_screen_suspend(self) -> None:
        """Another screen is in front: what is about a colleague is hidden when this one comes back."""
        if self.drawn:
            self._colleagues = False
            self._close()

    def follow_clock(self) -> None:
        """Other desks write down what they heard, too."""
        self.show()

    def show(self) -> None:
        """Fill the list; what is open closes when its line is gone, or an answer would be given to the next one."""
        before = self.feedback
        found = self.desk.voice.all(self._kind)
        self._shown = {each.id: each for each in found}
        wishes = [each for each in found if each.kind == WISH and not each.answered]
        told = [each for each in found if each not in wishes]
        open_ones = [each for each in told if not each.answered]
        rows = [
            *self._part("Open", open_ones),
            *self._part("Wishes for a guide, from staff", wishes),
            *self._part("Answered", [each for each in told if each.answered]),
        ]
        nothing = EMPTY.format(key=self.key("voice-add"))
        if self._kind:
            of_it = FEEDBACK_WORDS[self._kind].lower()
            nothing = f"None of this kind: {of_it}. {self.key('voice-kind')} shows the next."
        self.rows.fill(rows or [Row("", nothing, state=TOLD)], keep=True)
        if before is not None and (self.feedback is None or self.feedback.id != before.id):
            self._close()
        shown = "   colleagues shown" if self._colleagues else ""
        title = FEEDBACK_WORDS[self._kind] if self._kind else "Voice of patrons"
        self.head.update(parts((title, "bold"), f"   {count(found)}", (shown, "$text-warning")))

    def _part(self, heading: str, found: Sequence[Feedback]) -> list[Row]:
        return [Row("", heading, state=HEADING), *map(self._row, found)] if found else []

    def _row(self, each: Feedback) -> Row:
        hidden = self._is_hidden(each)
        words = HIDDEN.format(key=self.key("voice-hidden")) if hidden else each.text or GONE
        word = f"{each.at:%d %b}  {each.kind:<10}"
        return Row(each.id, words, each.theme, word, "dim" if hidden or each.answered else "")

    def _is_hidden(self, each: Feedback) -> bool:
        return each.restricted and not self._colleagues

    @property
    def feedback(self) -> Feedback | None:
        """The chosen one."""
        return self._shown.get(self.rows.row.id) if self.rows.row else None

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click reads it."""
        event.stop()
        self.action_open()

    # -- actions --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Read the chosen one whole, or close it."""
        each = self.feedback
        if each is None or self.has_class("-sheet"):
            self._close()
        elif self._is_hidden(each):
            self.app.say(f"It is {HIDDEN.format(key=self.key('voice-hidden'))}. Look who can read this screen.")
        else:
            self.words.update(whole(each, self.key("voice-answer")))
            self.add_class("-sheet")
            self.sheet.scroll_home(animate=False)

    def action_next_kind(self) -> None:
        """List the next kind only; after the last one all."""
        self._kind = ORDER[(ORDER.index(self._kind) + 1) % len(ORDER)]
        self._close()
        self.show()

    def action_show_hidden(self) -> None:
        """Show what is about a colleague, or hide it again."""
        self._colleagues = not self._colleagues
        if not self._colleagues:
            self._close()
        self.show()

    def action_answer(self) -> None:
        """Say what was done about the chosen one."""
        each = self.feedback
        if each is None:
            self.app.say("Choose one first.")
            return
        from deskmate.screens.feedback_form import AnswerForm

        # An answer to what is hidden may name the colleague too.
        before = "" if self._is_hidden(each) else each.answer
        self.app.push_screen(AnswerForm(each, before, MET if each.kind == WISH else ""))

    def action_take_back(self) -> None:
        """Take back the last thing that was saved here."""
        self.app.action_undo()
        self._close()
        self.show()

    def action_back_layer(self) -> None:
        """Close what is open, then go to the Desk."""
        if self.has_class("-sheet"):
            self._close()
        else:
            self.app.action_go_desk()

    def _close(self) -> None:
        self.remove_class("-sheet")
        self.words.update("")


def whole(each: Feedback, key: str) -> Content:
    """Everything there is of one.

    Args:
        each: what was said.
        key: the key that answers it.
    """
    told = [each.kind.capitalize(), f"{each.at:%a %d %b %Y %H:%M}", each.theme]
    rows = [line(" · ".join(part for part in told if part), "dim"), Content("")]
    rows.append(line(each.text or GONE, "bold"))
    if each.offered:
        rows += [Content(""), line("Offered instead", "dim"), line(each.offered)]
    if each.answered:
        when = f", {each.answered_at:%a %d %b %Y}" if each.answered_at else ""
        rows += [Content(""), line(f"We did{when}", "dim"), line(each.answer or GONE)]
    else:
        rows += [Content(""), line(f"No answer yet: {key} writes it.", "dim")]
    if each.about:
        rows += [Content(""), line(f"Came up in the contact {each.about}", "dim")]
    return lines(rows)
