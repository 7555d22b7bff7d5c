"""The parts of a guide: each shows one thing of the view that is bound to it."""

from collections.abc import Sequence
from typing import Final

from textual.content import Content
from textual.getters import app as get_app
from textual.reactive import var
from textual.widgets import Static

from deskmate.playbooks.view import GuideView
from deskmate.screens.app import DeskMateApp
from deskmate.screens.people import clock_text
from deskmate.screens.safe import flat, line, lines, link, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.text.clean import clip

SHORTEST: Final = 12
"""Cells that are left of a guide's name however much waits."""


Clocks = tuple[int, int | None]
"""Seconds since a guide began, and seconds of the hold that is running."""


class Panel(Static):
    """A part of the guide. The screen binds its `guide` down; the panel only paints it, and only when it changed."""

    guide: var[GuideView | None] = var(None)

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", id=id, markup=False)
        self._painted = ""

    def watch_guide(self, guide: GuideView | None) -> None:
        """Paint again when the words or their styles are others."""
        content = self.paint(guide) if guide else Content("")
        mark = content.markup
        self.display = bool(content.plain)
        if mark != self._painted:
            self._painted = mark
            self.update(content)

    def paint(self, guide: GuideView) -> Content:
        """The panel's content for a view; empty hides the panel."""
        raise AssertionError(guide)


class GuideHead(Bar):
    """Where we are and what runs: a discreet guide shows its code, never its title."""

    app = get_app(DeskMateApp)

    guide: var[GuideView | None] = var(None)
    clocks: var[Clocks] = var((0, None))
    """How long it takes already, and how long they have been on hold."""
    others: var[str] = var("")
    """The people set aside, in a few words."""

    def on_mount(self) -> None:
        """Follow how many promises are due."""
        self.watch(self.app, "due", self._write, init=False)

    def watch_guide(self) -> None:
        """Write the line."""
        self._write()

    def watch_clocks(self) -> None:
        """Write the line."""
        self._write()

    def watch_others(self) -> None:
        """Write the line."""
        self._write()

    def _write(self) -> None:
        guide = self.guide
        if guide is None:
            return
        elapsed, hold = self.clocks
        pieces: list[tuple[str, str] | str] = ["   ", clock_text(elapsed)]
        if hold is not None:
            too_long = hold >= self.app.desk.settings.desk.hold_seconds
            style = "bold $text-error" if too_long else "bold $text-warning"
            pieces += ["   ", (f"ON HOLD {clock_text(hold)}{' TOO LONG' if too_long else ''}", style)]
        if self.others:
            pieces += ["   ", (self.others, "$text-warning")]
        if self.app.due:
            pieces += ["   ", (f"{self.app.due} due", "dim" if guide.urgency != "routine" else "$text-warning")]
        told = parts(*pieces)
        room = max((self.size.width or self.app.size.width - 2) - told.cell_length, SHORTEST)
        self.update(parts((clip(flat(guide.name), room), "bold"), told))  # the clocks and who waits are never cut off

    def on_resize(self) -> None:
        """More or less of the name fits."""
        self._write()


class Path(Panel):
    """The way that was taken, one key back."""

    def paint(self, guide: GuideView) -> Content:
        """The last answers, the newest at the right; nothing on a discreet screen."""
        if not guide.path or guide.discreet:
            return Content("")
        return line("‹ " + " › ".join(answer for _, answer in guide.path[-3:]), "dim")


class Say(Panel):
    """The one sentence to say now, with a bar beside it and air around it: the eye finds it first."""

    DEFAULT_CSS = """
    Say { border-left: outer $primary; background: $primary 12%; padding: 0 2 1 2; }
    Say:ansi { background: ansi_default; border-left: outer ansi_cyan; }
    """

    def paint(self, guide: GuideView) -> Content:
        """The sentence, under the word that says what it is."""
        return lines([line("SAY", "dim"), line(guide.say[0], "bold")]) if guide.say else Content("")


class Then(Panel):
    """How to say it, what to say next, what is broken today, and the library's own note."""

    def paint(self, guide: GuideView) -> Content:
        """One line each."""
        rows = [line(guide.how, "dim")] if guide.how else []
        rows += [parts(("then ", "dim"), said) for said in guide.say[1:]]
        rows += [line(f"▲ Today: {told}", "$text-warning") for told in guide.today]
        if guide.note:
            rows.append(line(f"Your library: {guide.note}", "$text-accent"))
        return lines(rows)


class Memory(Panel):
    """The items of an urgent playbook that are done from memory, before reading."""

    def paint(self, guide: GuideView) -> Content:
        """All of them on one line."""
        if not guide.memory:
            return Content("")
        return line(" · ".join(guide.memory), "$text-accent")


class Nudges(Panel):
    """Reminders that are due now."""

    def paint(self, guide: GuideView) -> Content:
        """One line each, the newest first, with a sign and a word."""
        rows = [line(f"▲ NOW  {nudge.text}", "bold $text-warning") for nudge in guide.nudges[:2]]
        if guide.notice:
            rows.insert(0, line(f"▲ {guide.notice}", "$text-warning"))
        return lines(rows)


class CheckList(Panel):
    """What to do."""

    def paint(self, guide: GuideView) -> Content:
        """The list; READ-DO lights one item at a time. A click ticks."""
        if not guide.items:
            return Content("")
        rows = [line("DO", "dim")]
        for number, item in enumerate(guide.items, start=1):
            sign = "✓" if item.ticked else ("▸" if item.lit else "□")
            style = "dim" if item.ticked else ("bold" if item.lit else "")
            when = f"  {item.ticked:%H:%M:%S}" if item.ticked and item.time else ""
            rows.append(link(f" {sign} {item.text}{when}", f"screen.tick({number})", style))
        return lines(rows)


class Choices(Panel):
    """The question and its answers, one key each."""

    def paint(self, guide: GuideView) -> Content:
        """Each answer with its key and what it leads to."""
        if guide.end:
            return lines([Content(""), line("This is the end. E keeps it and goes on.", "dim")])
        if not guide.choices:
            return Content("")
        rows = [line(guide.ask or "Then?", "dim")]
        for choice in guide.choices:
            key = parts((f" {choice.key} ", "bold $background on $primary"), " ")
            leads = parts("  ", (f"→ {choice.leads_to}", "dim")) if choice.leads_to else Content("")
            rows.append(key + link(choice.answer, f"screen.choose({choice.key})") + leads)
        return lines(rows)


class Beside(Panel):
    """On a wide window, what is otherwise one key away; never of a discreet guide, which others may read."""

    DEFAULT_CSS = """
    Beside { display: none; width: 38%; height: 1fr; padding: 1 2; border-left: vkey $panel; }
    """

    def watch_guide(self, guide: GuideView | None) -> None:
        """Paint, and open or close the column."""
        super().watch_guide(guide)
        self.styles.clear_rule("display")  # the screen's width decides
        self.set_class(guide is not None and not guide.discreet, "-open")

    def paint(self, guide: GuideView) -> Content:
        """What to avoid here, and why."""
        if guide.discreet:
            return Content("")
        return lines([avoid_text(guide), Content(""), why_text(guide)])


def avoid_text(guide: GuideView) -> Content:
    """What not to say or do, each with what to say or do instead."""
    if not guide.avoid:
        return line("Nothing special to avoid here.", "dim")
    rows: list[Content] = [line("AVOID", "dim")]
    for item in guide.avoid:
        rows += [parts("✗ ", item.wrong), parts(("  → ", "$text-success"), item.instead)]
    return lines(rows)


def why_text(guide: GuideView) -> Content:
    """The reason, what staff may decide alone, when to call whom, the law, and where it comes from."""
    rows: list[Content] = []
    for name, words in (("WHY", guide.why), ("YOU MAY", guide.authority), ("LAW", guide.law)):
        if words:
            rows += [parts((f"{name}  ", "dim"), words)]
    if guide.escalate:
        rows.append(line("CALL WHEN", "dim"))
        rows += [parts(f"{sign.when}: ", (f"{sign.who}. ", "bold"), sign.how) for sign in guide.escalate]
    rows.append(line(f"Reviewed {guide.reviewed}. Sources: {', '.join(guide.sources)}", "dim"))
    return lines(rows)


def times_text(times: str) -> Content:
    """The times to read out to a crew."""
    rows: Sequence[str] = times.split(" · ") if times else ()
    if not rows:
        return line("No times noted yet: tick an item as it is done.", "dim")
    return lines([line("TIMES", "dim"), *(line(row, "bold") for row in rows)])
