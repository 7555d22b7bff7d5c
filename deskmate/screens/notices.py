"""The page behind the strip: what is broken today, notices, the hand-over that waits, files to mend, the pledge."""

from collections.abc import Iterator
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from deskmate.desk.notices import until
from deskmate.model.notice import StaffNotice
from deskmate.playbooks.answers import Pledge
from deskmate.screens.app import DeskMateApp
from deskmate.screens.commands import bindings
from deskmate.screens.listed import ListedPlace
from deskmate.screens.safe import line, lines, parts, text
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.rows import HEADING, TOLD, Row, Rows

EMPTY: Final = ("Nothing is broken, and there are no notices.", "{key} tells every desk something.")


class NoticesScreen(ListedPlace):
    """What staff should know today; never a gate."""

    PLACE: ClassVar[str] = "notices"
    BINDINGS: ClassVar[list[Binding]] = bindings("notices")  # type: ignore[assignment]
    DEFAULT_CSS = """
    NoticesScreen {
        #list { padding: 1 1 0 1; }
        #whole { height: auto; min-height: 3; max-height: 5; padding: 0 2; border-top: hkey $panel; }
        &.-sheet #whole { display: none; }
    }
    """

    head = query_one("#head", Bar)
    whole = query_one("#whole", Static)

    def __init__(self) -> None:
        super().__init__()
        self._told: dict[str, Content] = {}
        self._today: dict[str, StaffNotice] = {}

    def compose(self) -> ComposeResult:
        """The list, what is chosen in full, and the two last lines."""
        yield Bar(id="head", classes="-head")
        yield Rows(id="list")
        yield Static(id="whole", markup=False)
        with VerticalScroll(id="sheet", can_focus=False):
            yield Static(id="words", markup=False)
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show the page."""
        self.show()

    def follow_clock(self) -> None:
        """Notices run out by themselves, and other desks post some."""
        self.desk.board.look()
        self.show()

    def show(self) -> None:
        """Fill the page, each part only when it has something."""
        now = self.desk.now()
        today = self.desk.board.today()
        self._today = {f"notice:{each.id}": each for each in today}
        self.head.update(parts(("Notices", "bold"), f"   {now:%a %d %b %H:%M}"))
        shown = [*notice_rows(self.app), *waiting_rows(self.app), *pledge_rows(self.app)]
        self._told = {row.id: told for row, told in shown if row.id}
        rows = [row for row, _ in shown]
        rows = (
            rows
            if today
            else [*(Row("", words.format(key=self.key("notice-add")), state=TOLD) for words in EMPTY), *rows]
        )
        if tuple(rows) != self.rows.rows:
            self.rows.fill(rows, keep=True)

    @on(Rows.Chosen)
    def chosen(self, event: Rows.Chosen) -> None:
        """Below the list stands what is chosen, whole."""
        event.stop()
        row = self.rows.row
        self.whole.update(self._told.get(row.id, Content("")) if row else Content(""))
        self.refresh_keys()

    def applies(self, command_id: str) -> bool:
        """Ending a notice, opening what opens, adopting a sample, printing a pledge that is there."""
        kind = self._chosen.partition(":")[0]
        notice = self._today.get(self._chosen)
        there = {
            "notice-open": kind in ("handover", "sample") or bool(notice and notice.guides),
            "notice-end": notice is not None,
            "notice-adopt": kind == "sample",
            "notice-print": self.desk.pledges.own is not None,
        }
        return there.get(command_id, True)

    @on(Rows.Picked)
    def picked(self, event: Rows.Picked) -> None:
        """A click opens; a notice without a guide is only chosen."""
        event.stop()
        notice = self._today.get(event.row.id)
        if notice is None or notice.guides:
            self.action_open()

    # -- actions --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the guide of a notice, the hand-over on the Shift screen, or a sample."""
        kind, _, name = self._chosen.partition(":")
        notice = self._today.get(self._chosen)
        if notice is not None and notice.guides:
            self.app.open_guide(notice.guides[0])
        elif kind == "notice":
            self.app.say(f"No guide goes with it: {self.key('notice-end')} when it is mended.")
        elif kind == "handover":
            self.app.action_go_shift()
        elif kind == "sample":
            self.words.update(sample_text(self.app, self.desk.pledges.sample(name)))
            self.add_class("-sheet")
            self.sheet.scroll_home(animate=False)

    def action_end(self) -> None:
        """The chosen notice is mended, or nobody needs it any more."""
        notice = self._today.get(self._chosen)
        if notice is None:
            self.app.say("Choose a notice first.")
            return
        if self.app.keep(lambda: self.desk.board.end(notice), "Ended at every desk. Undo brings it back."):
            self.app.look_at_notices()
            self.show()

    def action_adopt(self) -> None:
        """Make the chosen sample this library's pledge."""
        kind, _, name = self._chosen.partition(":")
        if kind != "sample":
            self.app.say("Choose a sample of a pledge first.")
            return
        path = self.app.keep(lambda: self.desk.pledges.adopt(name))
        if path is not None:
            self.app.say(f"Your pledge now. Change its words in {path}")
            self.remove_class("-sheet")
            self.show()

    def action_print(self) -> None:
        """Write the pledge as one sheet for the printer."""
        from deskmate.reports.pledge import html
        from deskmate.screens.printing import write_page

        own = self.desk.pledges.own
        if own is None:
            self.app.say(f"There is no pledge yet: choose a sample, and {self.key('notice-adopt')} makes it yours.")
            return
        write_page(self.app, "pledge.html", html(own.title, self.desk.settings.library.name, own.visitors, own.team))

    def action_back_layer(self) -> None:
        """Close the sample, then go to the Desk."""
        if self.has_class("-sheet"):
            self.remove_class("-sheet")
        else:
            self.app.action_go_desk()

    @property
    def _chosen(self) -> str:
        return self.rows.row.id if self.rows.row else ""


Told = tuple[Row, Content]
"""A row, and what stands below the list while it is chosen."""


def _heading(words: str) -> Told:
    return Row("", words, state=HEADING), Content("")


def notice_rows(app: DeskMateApp) -> Iterator[Told]:
    """What is broken today, then the other notices."""
    today = app.desk.board.today()
    for heading, kinds in (("Broken today", ("broken",)), ("Notices", ("news", "rule"))):
        found = [each for each in today if each.kind in kinds]
        if found:
            yield _heading(heading)
        for each in found:
            yield _notice(app, each)


def _notice(app: DeskMateApp, each: StaffNotice) -> Told:
    desk = app.desk
    end = until(each, desk.now())
    remarks = " · ".join(part for part in (each.where, end) if part)
    state = "warm" if each.kind == "broken" else ""
    row = Row(f"notice:{each.id}", each.text, remarks, each.kind.upper(), state)
    ended = f"{app.key('notice-end')}: {'it is mended' if each.kind == 'broken' else 'nobody needs it any more'}"
    title = next((head.title for head in desk.library.heads if head.id in each.guides[:1]), "")
    guide = f"{app.key('notice-open')} opens: {title} · " if title else ""
    return row, lines([line(each.text, "bold"), line(remarks, "dim"), line(f"{guide}{ended}", "dim")])


def waiting_rows(app: DeskMateApp) -> Iterator[Told]:
    """The hand-over that nobody has accepted, and the files that somebody should mend."""
    desk = app.desk
    waiting = desk.shifts.waiting()
    if waiting:
        opens = f"{app.key('notice-open')} opens it"
        left = desk.shifts.wall(waiting.ended_at or waiting.started_at)
        whose = f"From {waiting.staff or 'the desk'}, {left:%a %H:%M}"
        yield _heading("Hand-over")
        yield Row("handover:", whose, opens, "WAITS", "warm"), line(f"{opens} on the Shift screen.")
    faults = app.faults()
    if faults:
        yield _heading("To mend")
    for number, fault in enumerate(faults):
        below = [line(fault.what, "bold"), line(fault.cure), line(fault.where, "dim")]
        yield Row(f"mend:{number}", fault.what, fault.cure), lines(below)


def pledge_rows(app: DeskMateApp) -> Iterator[Told]:
    """The library's pledge; while it has none, the samples."""
    from deskmate.reports.pledge import parts as pledge_parts

    desk = app.desk
    own = desk.pledges.own
    if own is not None:
        for heading, sentences in pledge_parts(own.visitors, own.team):
            yield _heading(heading)
            for number, each in enumerate(sentences):
                yield Row(f"pledge:{heading}/{number}", each), line(each, "bold")
        return
    if desk.pledges.samples:
        yield _heading("A pledge to your visitors: samples to start from")
    for sample in desk.pledges.samples:
        below = [
            line(sample.title, "bold"),
            line(f"{app.key('notice-open')} reads it · {_adopts(app)}", "dim"),
        ]
        yield Row(f"sample:{sample.id}", sample.title, f"{len(sample.visitors)} sentences", "SAMPLE"), lines(below)


def _adopts(app: DeskMateApp) -> str:
    return f"{app.key('notice-adopt')} makes it yours, in a file whose words you change"


def sample_text(app: DeskMateApp, sample: Pledge) -> Content:
    """A sample, whole."""
    from deskmate.reports.pledge import text as pledge_text

    said = text(pledge_text(sample.title, sample.visitors, sample.team, 76)).highlight_regex(
        r"(?m)^\S.*$", style="bold"
    )
    return lines([said, line(f"{_adopts(app)} · {app.key('notice-back')} goes back", "dim")])
