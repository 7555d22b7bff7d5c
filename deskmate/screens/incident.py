"""Writing an incident report: one question at a time, facts instead of judgements, kept as it is typed."""

from datetime import datetime
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.events import Key
from textual.getters import query_one
from textual.widgets import Static, TextArea

from deskmate.desk.incidents import QUESTIONS, WHEN, Question, as_kept
from deskmate.faults import BadUsage
from deskmate.model.incident import FINAL, Head, Incident
from deskmate.model.interaction import Interaction
from deskmate.reports.incident import text as report_text
from deskmate.screens.app import DeskMateApp
from deskmate.screens.base import Place
from deskmate.screens.commands import bindings, footer
from deskmate.screens.safe import line, lines, parts, text
from deskmate.screens.widgets.bars import Bar, Keys
from deskmate.screens.widgets.free_text import FreeText
from deskmate.text.guard import find
from deskmate.text.guarded import sentence
from deskmate.text.judgement import judgements

KEEP_EVERY: Final = 3.0
"""Seconds of typing that a kill can cost at most."""
JUDGED: Final = 2
"""Judging words told at once, the last ones: more would be a wall of reproach."""


def open_report(app: DeskMateApp, record: Interaction) -> None:
    """Write the report about a contact, go on with its draft, or read it when it is final."""
    reports = app.look(lambda: app.desk.incidents.about(record))
    if reports is None:
        return
    draft = next((head for head in reports if head.status != FINAL), None)
    if draft is not None:
        go_on(app, draft)
    elif reports:
        from deskmate.screens.incident_list import IncidentsScreen

        app.push_screen(IncidentsScreen(reports[0].id))
    else:
        app.push_screen(IncidentScreen(app.desk.incidents.begin(record)))


def go_on(app: DeskMateApp, head: Head) -> None:
    """Go on with a draft; where the library has a code it is asked for first."""

    def read(given: bool | None) -> None:  # noqa: FBT001 - a dialog's answer
        incident = app.look(lambda: app.desk.incidents.read(head)) if given else None
        if incident is not None:
            app.push_screen(IncidentScreen(incident, stored=True))

    if app.desk.incidents.readable:
        read(given=True)
        return
    from deskmate.screens.incident_code import CodeDialog

    app.push_screen(CodeDialog(), read)


class Facts(FreeText):
    """The answer that is being typed; where one line is enough, Enter goes on."""

    DEFAULT_CSS = """
    Facts { height: 1fr; min-height: 3; border: none; padding: 0 1; background: $surface; }
    Facts.-short { height: 1; min-height: 1; }
    """

    short = False

    async def on_key(self, event: Key) -> None:
        """Enter on a short answer."""
        if self.short and event.key == "enter":
            event.stop()
            event.prevent_default()
            await self.screen.run_action("next_question")


class IncidentScreen(Place):
    """The questions, then the whole report on one page, where `f` makes it final.

    Args:
        incident: a new report, or a draft as it was stored.
        stored: it was read, with the code where there is one: it is closed when the code is forgotten.
    """

    PLACE: ClassVar[str] = "report"
    BINDINGS: ClassVar[list[Binding]] = bindings("report")  # type: ignore[assignment]
    DEFAULT_CSS = """
    IncidentScreen {
        #form { height: 1fr; padding: 1 2; }
        #asks { margin-bottom: 1; height: auto; }
        #judged { height: auto; max-height: 4; color: $text-warning; padding: 0 1; }
        #guard.-found { color: $text-warning; }
        #page { display: none; height: 1fr; padding: 1 2; }
        &.-page #page { display: block; }
        &.-page #form { display: none; }
    }
    """

    facts = query_one(Facts)
    page = query_one("#page", VerticalScroll)
    guard = query_one("#guard", Bar)

    def __init__(self, incident: Incident, *, stored: bool = False) -> None:
        super().__init__()
        self._incident = incident
        self._at = 0
        self._changed = False
        self._kept_at: datetime | None = None
        self._trouble = ""
        self._was_stored = stored

    def compose(self) -> ComposeResult:
        """The question and its answer, or the page, and the two last lines."""
        yield Bar(id="head", classes="-head")
        with Vertical(id="form"):
            yield Static(id="asks", markup=False)
            yield Facts(soft_wrap=True, show_line_numbers=False, compact=True)
            yield Static(id="judged", markup=False)
            yield Bar(id="guard")
        with VerticalScroll(id="page", can_focus=False):
            yield Static(id="words", markup=False)
        yield from self.bottom()

    def on_mount(self) -> None:
        """Ask the first question."""
        self.facts.cursor_blink = False
        self._ask()

    def on_screen_suspend(self) -> None:
        """Something covers this: what was typed is kept first."""
        self._keep()

    def on_screen_resume(self) -> None:
        """Back; a draft that only the code had opened is closed when the code is forgotten."""
        if self.drawn and self._was_stored and not self.desk.incidents.readable:
            self.app.pop_screen()

    def on_unmount(self) -> None:
        """Closed by whatever came: what was typed is kept, and the code forgotten."""
        self._keep()
        from deskmate.screens.incident_list import IncidentsScreen

        if not any(isinstance(screen, IncidentsScreen) for screen in self.app.screen_stack):
            self.desk.forget_code()

    def follow_clock(self) -> None:
        """Keep what is being typed every few seconds."""
        now = self.desk.now()
        if self._kept_at is None or (now - self._kept_at).total_seconds() >= KEEP_EVERY:
            self._keep()

    def stays_right(self) -> float:
        """Not longer than what is typed may stay unkept."""
        return min(KEEP_EVERY, super().stays_right())

    # -- asking ---------------------------------------------------------------------------------------------------

    @property
    def question(self) -> Question | None:
        """What is asked now; None on the last page."""
        return QUESTIONS[self._at] if self._at < len(QUESTIONS) else None

    def _ask(self) -> None:
        question = self.question
        self.set_class(question is None, "-page")
        hidden = "report-final" if question else "report-next"
        self.query_one(Keys).show(tuple(each for each in footer(self.PLACE) if each.id != hidden))
        number = f"{self._at + 1} of {len(QUESTIONS)}" if question else "the whole of it"
        self.query_one("#head", Bar).update(parts(("Written report", "bold"), f"   {number}"))
        if question is None:
            self.set_focus(None)
            self.query_one("#words", Static).update(text(report_text(as_kept(self._incident))))
            self.page.scroll_home(animate=False)
            return
        rows = [line(question.asks, "bold"), line(question.hint, "dim")]
        if question.field in ("seen", "told", "services") and self._incident.times:
            noted = " · ".join(f"{at[11:16]} {name}" for name, at in self._incident.times)
            rows.append(parts(("noted while it lasted: ", "dim"), noted))
        self.query_one("#asks", Static).update(lines(rows))
        self.facts.short = question.short
        self.facts.set_class(question.short, "-short")
        self.facts.load_text(self._answer(question))
        self.facts.move_cursor(self.facts.document.end)
        self.facts.focus()
        self._tell()

    def _answer(self, question: Question) -> str:
        if question.field == WHEN:
            return f"{self._incident.happened_at:%Y-%m-%d %H:%M}"
        return str(getattr(self._incident, question.field))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Take the answer in as it is typed."""
        event.stop()
        question = self.question
        if question is None:
            return
        if self.facts.text == self._answer(question):
            self._trouble = ""
            self._tell()
            return
        try:
            self._incident = self.desk.incidents.answer(self._incident, question.field, self.facts.text)
        except BadUsage as fault:
            self._trouble = f"{fault.what} {fault.cure}"
        else:
            self._trouble = ""
            self._changed = True
        self._tell()

    def _tell(self) -> None:
        """Under the answer: what judges, what would be masked."""
        typed = self.facts.text
        rows = [line(self._trouble)] if self._trouble else []
        rows += [parts(f"▲ “{each.word}” judges. Better: {each.instead}") for each in judgements(typed)[-JUDGED:]]
        self.query_one("#judged", Static).update(lines(rows))
        found = find(typed)
        self.guard.set_class(bool(found), "-found")
        if self._incident.names_kept:
            kinds = ", ".join(dict.fromkeys(finding.kind for finding in found))
            self.guard.update(parts(f"▲ Names and numbers are KEPT in this report{f': {kinds}' if kinds else ''}."))
        elif found:
            self.guard.update(parts(sentence(found, key=self.key("report-names"))))
        else:
            self.guard.update(parts(("Facts, roles, times. No motives, illness or names.", "dim")))

    # -- actions --------------------------------------------------------------------------------------------------

    def action_next_question(self) -> None:
        """The next question, or the whole report."""
        self._step(1)

    def action_question_before(self) -> None:
        """The question before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        """Go on once the answer is kept; a time that is not understood is asked again."""
        if not self._trouble and self._keep():
            self._at = min(max(self._at + by, 0), len(QUESTIONS))
            self._ask()

    def action_keep_names(self) -> None:
        """Names and numbers are kept in this report, or masked again."""
        self._incident = self._incident.with_(names_kept=not self._incident.names_kept)
        self._changed = True
        self._tell()

    def action_roll(self, by: int) -> None:
        """Scroll the page."""
        self.page.scroll_relative(y=by, animate=False)

    def action_finish(self) -> None:
        """Make it final, on the last page only: what is signed off was seen whole."""
        if self.question is not None:
            return
        from deskmate.screens.dialogs import Ask

        words = "Make it final? Its words cannot be changed then; more can be added."
        self.app.push_screen(Ask(words, {"y": "Final", "n": "Not yet"}), self._finish)

    def _finish(self, answer: str | None) -> None:
        if answer != "y":
            return
        if self.app.keep(lambda: self.desk.incidents.finish(self._incident), "Final. Things are only added now."):
            self._changed = False
            self.app.look_at_the_clock()
            self.app.pop_screen()

    def action_leave(self) -> None:
        """Leave it as a draft."""
        kept = self._changed or self._kept_at is not None
        if self._keep():
            self.app.say("Kept as a draft." if kept else "")
            self.app.pop_screen()

    def _keep(self) -> bool:
        """Store what was typed; False when it could not be, and the form stays."""
        if not self._changed:
            return True
        if self.app.keep(lambda: self.desk.incidents.save(self._incident)) is None:
            return False
        self._changed = False
        self._kept_at = self.desk.now()
        return True
