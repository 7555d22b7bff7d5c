"""What a survey asks for once a year, in a window: the figures, their rules, and how they came about."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from deskmate.reports.sampler import DayCount
from deskmate.reports.survey_words import survey_text
from deskmate.screens.base import Dialog
from deskmate.screens.commands import bindings
from deskmate.screens.safe import line, text

AT_ONCE: Final = 10
"""Days that are counted between two frames, where they were not counted before."""
WIDTH: Final = 70


class SurveyDialog(Dialog[None]):
    """The year that surveys ask for now; left and right choose another, `q` one week a quarter."""

    PLACE: ClassVar[str] = "survey"
    BINDINGS: ClassVar[list[Binding]] = bindings("survey")
    DEFAULT_CSS = """
    SurveyDialog #box { height: 90%; }
    SurveyDialog #all { height: 1fr; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._year = 0
        self._quarters = False
        self._counting = False
        self._coming: Iterator[tuple[date, DayCount]] = iter(())
        self._days: dict[date, DayCount] = {}

    def compose(self) -> ComposeResult:
        """The figures and the keys."""
        with Vertical(id="box"):
            with VerticalScroll(id="all", can_focus=False):
                yield Static(id="words", markup=False)
            keys = ("survey-before", "survey-after", "survey-quarters", "survey-up", "survey-down", "window-close")
            before, after, quarters, up, down, close = map(self.key, keys)
            told = f"{before}, {after} another year · {quarters} one week a quarter · {up}, {down} · {close} closes"
            yield Static(line(told, "dim"), markup=False)

    def on_mount(self) -> None:
        """Begin with the year that is asked for."""
        self._begin(self.desk.surveys.usual_year())

    def on_resize(self) -> None:
        """The lines are broken anew for another width."""
        if self._year and not self._counting:
            self._show()

    def action_turn(self, by: int) -> None:
        """Another year, not later than this one."""
        year = self._year + by
        if 1 <= year <= self.desk.now().year:
            self._begin(year)

    def action_quarters(self) -> None:
        """One week in each quarter, or one in the year."""
        self._quarters = not self._quarters
        if not self._counting:
            self._show()

    def action_roll(self, by: int) -> None:
        """Scroll."""
        self.query_one("#all", VerticalScroll).scroll_relative(y=by, animate=False)

    def _begin(self, year: int) -> None:
        self._year, self._days = year, {}
        self._coming = self.desk.surveys.days(year)
        self._counting = True
        self._count_on(year)

    def _count_on(self, year: int) -> None:
        """Count some days, then let the screen take its keys; another year meanwhile ends it."""
        if year != self._year or not self.is_attached:
            return
        for _ in range(AT_ONCE):
            found = next(self._coming, None)
            if found is None:
                self._counting = False
                self._show()
                return
            self._days[found[0]] = found[1]
        self._say(f"Counting {year}: {len(self._days)} days")
        self.set_timer(0.01, lambda: self._count_on(year))

    def _show(self) -> None:
        made = self.desk.surveys.survey(self._year, self._days, quarters=self._quarters)
        self._say(survey_text(made, min(WIDTH, self.size.width - 6)))

    def _say(self, words: str) -> None:
        self.query_one("#words", Static).update(text(words).highlight_regex(r"(?m)^\S.*$", style="bold"))
