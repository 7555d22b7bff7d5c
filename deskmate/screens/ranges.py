"""Reports: any range of days, its figures and charts, and the records behind a line."""

import asyncio
from datetime import date
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.getters import query_one
from textual.timer import Timer

from deskmate.desk.ranges import Range
from deskmate.desk.reporting import MOST_CASES
from deskmate.faults import DeskMateError
from deskmate.reports.cases import STANDARD
from deskmate.reports.places import EVERYWHERE, Where
from deskmate.reports.render import addressed
from deskmate.reports.sections import sections
from deskmate.reports.standards import COMPLAINT
from deskmate.reports.summary import Summary
from deskmate.screens.base import Place
from deskmate.screens.case_rows import complaint_rows, record_row, title_of
from deskmate.screens.commands import bindings
from deskmate.screens.safe import parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.rows import BAR, CHART, HEADING, TOLD, UNCHOSEN, Row, Rows

PATIENCE: Final = 0.5
"""Seconds after which the screen says how far it is, and again each time they have passed."""
PACE: Final = 0.02
"""Seconds between two looks at the keys while days are read: one for each day made ten years take ten times as long."""
SAYING: Final = "Reading "
COUNTING: Final = "Counting ..."
"""Stands in the report's place until it is there: other days' figures under these dates would mislead."""
OTHER_DAYS: Final = ("range-day", "range-week", "range-month", "range-year", "range-before", "range-after")
"""The commands whose keys stand in the head: they go to other days."""


class RangesScreen(Place):
    """The report of some days, or the records behind one of its lines.

    Args:
        today: its week is shown first.
    """

    PLACE: ClassVar[str] = "ranges"
    BINDINGS: ClassVar[list[Binding]] = bindings("ranges")  # type: ignore[assignment]
    DEFAULT_CSS = "RangesScreen #list { padding: 1 1; }"

    rows = query_one("#list", Rows)

    def __init__(self, today: date) -> None:
        super().__init__()
        self._days = Range.around("week", today)
        self._compare = False
        self._where = EVERYWHERE
        self._summary: Summary | None = None
        self._line = ""
        """The id of the line whose records are shown; empty while the report itself is."""
        self._chosen = ""
        """The id of the line that was chosen before the report was counted anew."""
        self._reached = ""
        self._keys_at = 0.0
        """The event loop's time from which keys are looked at again."""

    def compose(self) -> ComposeResult:
        """The report and the two last lines."""
        yield Bar(id="head", classes="-head")
        yield Rows(id="list")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Count this week."""
        self._count()

    def on_resize(self) -> None:
        """The charts are drawn anew for another width."""
        if self._summary is not None and not self._line:
            self._show(self._summary)

    @property
    def _today(self) -> date:
        return self.desk.now().date()

    # -- the report -----------------------------------------------------------------------------------------------

    @work(exclusive=True, group="range")
    async def _count(self) -> None:
        """Count day by day, so that keys work meanwhile; then show the report."""
        days, compare, where, reporting = self._days, self._compare, self._where, self.desk.reporting
        if self.rows.row:
            self._chosen = self._line or self.rows.row.id
        self._summary, self._line = None, ""
        self._head()
        self._keys_at = asyncio.get_running_loop().time() + PACE
        telling = self._tell_progress()
        try:
            for day in reporting.warm(days.first, days.last, compare=compare):
                self._reached = f"{day:%a %d %b %Y}"
                await self._let_keys_in()
                if not self.drawn:
                    return  # the screen was left meanwhile: Textual ends its workers after it took its parts away
            self._summary = reporting.range_summary(days.first, days.last, where=where, compare=compare)
        except DeskMateError as fault:
            self.rows.fill([])
            self.app.refuse(fault)
        else:
            self._show(self._summary)
            self.rows.choose(self._chosen)
        finally:
            self._told(telling)

    async def _let_keys_in(self) -> None:
        """Once in a while; what is counted at once is shown without a flicker."""
        loop = asyncio.get_running_loop()
        if loop.time() >= self._keys_at:
            self.rows.fill([Row("", COUNTING, state=TOLD)])
            await asyncio.sleep(0)
            self._keys_at = loop.time() + PACE

    def _tell_progress(self) -> Timer:
        self._reached = ""
        return self.set_interval(PATIENCE, lambda: self.app.say(f"{SAYING}{self._reached} ..."))

    def _told(self, telling: Timer) -> None:
        telling.stop()
        if self.app.said[0].startswith(SAYING):
            self.app.say("")

    def _head(self, remark: str = "") -> None:
        first, last = self._days.first, self._days.last
        told = f"{last:%a %d %b %Y}"
        if first != last:
            told = f"{first:%a %d %b} to {told}" if first.year == last.year else f"{first:%a %d %b %Y} to {told}"
        where = f" · {self._where.words}" if self._where.words else ""
        self.query_one("#head", Bar).update(parts(("Reports", "bold"), f"{where}   {told}", (f"   {remark}", "dim")))

    def _show(self, summary: Summary) -> None:
        """Fill the list with the report's lines; each knows the key of the records behind it."""
        width = max(self.size.width - 8, 40)
        found: list[Row] = []
        for section in sections(summary):
            found += [Row("", "", state=HEADING)] if found else []
            found.append(Row(section.title, section.title, state=HEADING))
            for number, (line, key) in enumerate(addressed(section, width)):
                state = CHART if BAR.search(line) else ""
                found.append(Row(f"{number}/{section.title}/{key}", line.removeprefix("  "), state=state))
        self.rows.fill(found, keep=True)
        self._head(" ".join(map(self.key, OTHER_DAYS)))
        self.refresh_keys()

    # -- the records behind a line --------------------------------------------------------------------------------

    @work(exclusive=True, group="range")
    async def _look_behind(self, row: Row, key: str) -> None:
        """Read the records behind a line day by day, then list them."""
        telling = self._tell_progress()
        try:
            found = await self._cases(key)
        except DeskMateError as fault:
            self.app.refuse(fault)
            return
        finally:
            self._told(telling)
        if not self.drawn:
            return
        self._line = row.id
        title = Row("", title_of(row, key, self._summary), state=HEADING)
        last = [Row("", f"The newest {MOST_CASES} are shown.", state=TOLD)] if len(found) >= MOST_CASES else []
        none = [Row("", "These records are not in the log any more.", state=TOLD)]
        self.rows.fill([title, *(found or none), *last])
        self._head(f"{self.key('range-back')}: back to the report")
        self.refresh_keys()

    async def _cases(self, key: str) -> list[Row]:
        reporting, days = self.desk.reporting, self._days
        figure, _, value = key.partition(":")
        if figure == STANDARD:
            name, _, state = value.partition("/")
            standards = self._summary.standards if self._summary else ()
            refs = next((each.cases.get(state, ()) for each in standards if each.name == name), ())
            if name == COMPLAINT:
                return complaint_rows(refs, reporting.complaints(days.first, days.last))
            return [record_row(record) for record in reporting.named(refs)]
        found: list[Row] = []
        for records in reporting.behind(days.first, days.last, key, self._where):
            found += map(record_row, records)
            self._reached = f"{len(found)} found"
            await asyncio.sleep(0)
            if not self.drawn:
                break
        return found

    def applies(self, command_id: str) -> bool:
        """Behind a record nothing more stands."""
        return not (self._line and command_id == "range-cases")

    # -- actions --------------------------------------------------------------------------------------------------

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click asks for the records."""
        event.stop()
        self.action_open()

    def action_move(self, by: int) -> None:
        """Another line."""
        self.rows.move(by)

    def action_open(self) -> None:
        """Show the records behind the chosen line."""
        row = self.rows.row
        if self._line or row is None or row.state in UNCHOSEN:
            return
        key = row.id.split("/", 2)[-1]
        if key:
            self._look_behind(row, key)
        else:
            self.app.say("Nothing more stands behind this line.")

    def _go(self, days: Range) -> None:
        self._days = days
        self._count()

    def action_range_before(self) -> None:
        """The range before."""
        self._go(self._days.moved(-1))

    def action_range_after(self) -> None:
        """The range after."""
        self._go(self._days.moved(1))

    def action_unit(self, unit: str) -> None:
        """A day, week, month or year: the one with today in it where today is in view, else with the first day."""
        here = self._days.first <= self._today <= self._days.last
        self._go(Range.around(unit, self._today if here else self._days.first))

    def action_type_days(self) -> None:
        """Type the first and the last day."""
        from deskmate.screens.dialogs import Prompt

        def typed(words: str) -> bool:
            days = self.app.look(lambda: Range.typed(words, self._today)) if words else None
            if days is not None:
                self._go(days)
            return days is not None or not words

        hint = "last month · 2026-10 · 2026-11-01 to 2026-11-22 · one day"
        self.app.push_screen(Prompt("Which days?", self._days.words, hint, typed))

    def action_choose_where(self) -> None:
        """One branch, one desk, or the whole library."""
        from deskmate.screens.dialogs import Choose

        spots = self.desk.reporting.spots(self._days.first, self._days.last)
        branches = sorted({branch for branch, _ in spots if branch})
        parts_of_it = [*(Where(branch) for branch in branches), *(Where(*spot) for spot in spots if spot[1])]
        choices = [EVERYWHERE, *dict.fromkeys(parts_of_it)]

        def chosen(number: str | None) -> None:
            if number is not None:
                self._where = choices[int(number)]
                self._count()

        rows = [Row(f"where:{number}", each.words or "The whole library") for number, each in enumerate(choices)]
        self.app.push_screen(Choose("Which branch or desk?", rows), chosen)

    def action_compare(self) -> None:
        """Put the period of the same length just before beside it, or take it away."""
        self._compare = not self._compare
        self._count()

    def action_print(self) -> None:
        """Write the report as a page, and open it in a browser if that is wanted."""
        if self._summary is None:
            return
        from deskmate.reports.page import html
        from deskmate.screens.browser import open_page
        from deskmate.screens.dialogs import Ask
        from deskmate.screens.printing import for_a_file, write_page

        path = write_page(self.app, f"{self._days.name}{for_a_file(self._where)}.html", html(self._summary))
        if path is None:
            return

        def answered(answer: str | None) -> None:
            if answer == "y" and not open_page(path):
                self.app.say(f"There is no browser here. The page: {path}", "hint")

        self.app.push_screen(Ask("The page is written. Open it in the browser?", {"y": "Open", "n": "No"}), answered)

    def action_back_layer(self) -> None:
        """From the records back to their line, then to the Desk."""
        if self._line and self._summary is not None:
            line, self._line = self._line, ""
            self._show(self._summary)
            self.rows.choose(line)
        else:
            self.app.action_go_desk()
