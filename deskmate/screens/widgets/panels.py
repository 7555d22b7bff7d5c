"""The parts of a guide: each shows one thing of the view that is bound to it."""

from collections.abc import Sequence
from itertools import count
from typing import ClassVar, Final

from textual.content import Content
from textual.getters import app as get_app
from textual.reactive import var

from deskmate.desk.beside_guide import ELSEWHERE
from deskmate.playbooks.view import GuideView, Item
from deskmate.playbooks.walk_place import Due
from deskmate.screens.app import DeskMateApp
from deskmate.screens.people import clock_text, hold_word
from deskmate.screens.safe import flat, hang, line, lines, link, parts
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.panel import Panel
from deskmate.text.clean import clip

KEY: Final = "bold $background on $primary"
"""The style of a key that answers."""
TOO_LONG: Final = "bold $text-error"
"""The style of a hold that is too long; the words say so too."""
SHOWN: Final = 2
"""People in the head who wait; a number stands for the rest. Callers on hold come first."""
SHORTEST: Final = 12
"""Cells that are left of a guide's name however much waits."""


Clocks = tuple[int, int | None]
"""Seconds since a guide began, and seconds of the hold that is running."""


class GuideHead(Bar):
    """Where we are and what runs: a discreet guide shows its code, never its title."""

    app = get_app(DeskMateApp)

    guide: var[GuideView | None] = var(None)
    clocks: var[Clocks] = var((0, None))
    """How long it takes already, and how long they have been on hold."""
    others: var[tuple[tuple[str, bool], ...]] = var(())
    """The people set aside, in a few words each, and whether that is too long."""

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
            pieces += ["   ", (hold_word(hold, too_long=too_long), TOO_LONG if too_long else "bold $text-warning")]
        for place, (word, too_long) in enumerate(self.others[:SHOWN]):
            pieces += ["  " if place else "   ", (word, TOO_LONG if too_long else "$text-warning")]
        if len(self.others) > SHOWN:
            pieces += [(f" +{len(self.others) - SHOWN}", "$text-warning")]
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

    def paint_brief(self, guide: GuideView) -> Content:
        """Backspace goes back all the same."""
        del guide
        return Content("")


class Owed(Panel):
    """Of a call back: what was promised and when, and the key that shows whom to call; never the contact itself."""

    app = get_app(DeskMateApp)

    def paint(self, guide: GuideView) -> Content:
        """One line of what, one of when."""
        if not guide.owed:
            return Content("")
        what, when = guide.owed
        key = self.app.key("call-contact")
        contact = f"{key} shows the contact for ten seconds" if guide.contact else "no contact is kept"
        promised = "PROMISED  "
        rows = [hang(line(promised, "dim"), line(what, "bold"), self.room)]
        rows.append(hang(line(" " * len(promised)), line(f"{when} · {contact}", "dim"), self.room))
        return lines(rows)


class Say(Panel):
    """The one sentence to say now, with a bar beside it and air around it: the eye finds it first."""

    DEFAULT_CSS = """
    Say { border-left: outer $primary; background: $primary 12%; padding: 1 2; }
    Say:ansi { background: ansi_default; border-left: outer ansi_cyan; }
    """

    def paint(self, guide: GuideView) -> Content:
        """The sentence, under the word that says what it is."""
        return lines([line("SAY", "dim"), line(guide.say[0], "bold")]) if guide.say else Content("")

    def paint_brief(self, guide: GuideView) -> Content:
        """The sentence behind the word."""
        return hang(line("SAY  ", "dim"), line(guide.say[0], "bold"), self.room) if guide.say else Content("")


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

    def paint_brief(self, guide: GuideView) -> Content:
        """What only this library knows; where there is nothing of it, how to say it, else what to say next."""
        rows = [line(clip(f"▲ Today: {flat(told)}", self.room), "$text-warning") for told in guide.today[:1]]
        if guide.note:
            rows.append(line(f"Your library: {guide.note}", "$text-accent"))
        how = [line(clip(flat(guide.how), self.room), "dim")] if guide.how else []
        following = [parts(("then ", "dim"), clip(flat(said), self.room - 5)) for said in guide.say[1:2]]
        return lines(rows or how or following)


class Memory(Panel):
    """The items of an urgent playbook that are done from memory, before reading."""

    def paint(self, guide: GuideView) -> Content:
        """All of them, one after the other."""
        return line(" · ".join(guide.memory), "$text-accent")

    def paint_brief(self, guide: GuideView) -> Content:
        """As many as fit a line."""
        return line(clip(flat(" · ".join(guide.memory)), self.room), "$text-accent")


class Nudges(Panel):
    """Reminders that are due now."""

    app = get_app(DeskMateApp)

    def paint(self, guide: GuideView) -> Content:
        """One line each, the newest first, with a sign and a word."""
        rows = [line(f"▲ NOW  {nudge.text}{self._way(nudge)}", "bold $text-warning") for nudge in guide.nudges[:2]]
        if guide.notice:
            rows.insert(0, line(f"▲ {guide.notice}", "$text-warning"))
        return lines(rows)

    def _way(self, nudge: Due) -> str:
        """The key that leads to somebody else."""
        return f" ({self.app.key('other')})" if nudge.since == ELSEWHERE else ""


class CheckList(Panel):
    """What to do."""

    def paint(self, guide: GuideView) -> Content:
        """The list; READ-DO lights one item at a time. A click ticks."""
        return lines([line("DO", "dim"), *map(self._row, guide.items, count(1))]) if guide.items else Content("")

    def paint_brief(self, guide: GuideView) -> Content:
        """What is done is a number."""
        rows = [self._row(item, number) for number, item in enumerate(guide.items, 1) if not item.ticked]
        done = len(guide.items) - len(rows)
        head = [line(f"DO{f'   ✓ {done} done' if done else ''}", "dim")] if guide.items else []
        return lines([*head, *rows])

    def _row(self, item: Item, number: int) -> Content:
        sign = "✓" if item.ticked else ("▸" if item.lit else "□")
        style = "dim" if item.ticked else ("bold" if item.lit else "")
        when = f"  {item.ticked:%H:%M:%S}" if item.ticked and item.time else ""
        tick = f"screen.tick({number})"
        return hang(link(f" {sign} ", tick, style), link(f"{item.text}{when}", tick, style), self.room)


class Choices(Panel):
    """The question and its answers, one key each."""

    app = get_app(DeskMateApp)

    ENDING: ClassVar[str] = "Keep it and go on"
    """What the key of the end does."""
    ENDS: ClassVar[str] = "end"
    """The command that ends it."""
    PROMISES: ClassVar[bool] = True
    """Whether a promise can be written down here."""

    def paint(self, guide: GuideView) -> Content:
        """Each answer with its key and what it leads to."""
        if guide.end:
            ending = "Keep it and mark the promise done" if guide.keeps else self.ENDING
            key = parts((f" {self.app.key(self.ENDS)} ", KEY), " ")
            return lines([line("The end.", "dim"), key + link(ending, "screen.end"), *self._promise(guide)])
        if not guide.choices:
            return lines(self._promise(guide))
        rows = [line(guide.ask or "Then?", "dim")]
        for choice in guide.choices:
            key = parts((f" {choice.key} ", KEY), " ")
            leads = parts("  ", (f"→ {choice.leads_to}", "dim")) if choice.leads_to else Content("")
            rows.append(hang(key, link(choice.answer, f"screen.choose({choice.key})") + leads, self.room))
        return lines([*rows, *self._promise(guide)])

    def _promise(self, guide: GuideView) -> list[Content]:
        """Where something is promised: the key that writes it down, and then what was."""
        if not self.PROMISES or not guide.promise:
            return []
        if guide.promised:
            return [line(f"✓ Promised: {guide.promised}", "dim")]
        key = parts((f" {self.app.key('promise')} ", KEY), " ")
        return [hang(key, link(guide.promise.ask, "screen.promise") + parts("  ", ("write it down", "dim")), self.room)]


class Beside(Panel):
    """On a wide window, what is otherwise one key away; never of a discreet guide, which others may read."""

    DEFAULT_CSS = """
    Beside { display: none; width: 38%; height: 1fr; padding: 1 2; border-left: vkey $panel; }
    """

    def _show(self) -> None:
        """Paint, and open or close the column."""
        super()._show()
        self.styles.clear_rule("display")  # the screen's width decides
        self.set_class(self.guide is not None and not self.guide.discreet, "-open")

    def paint(self, guide: GuideView) -> Content:
        """What to avoid here, and why."""
        if guide.discreet:
            return Content("")
        return lines([avoid_text(guide, self.room), Content(""), why_text(guide, self.room)])


def avoid_text(guide: GuideView, width: int) -> Content:
    """What not to say or do, each with what to say or do instead."""
    if not guide.avoid:
        return line("Nothing special to avoid here.", "dim")
    rows: list[Content] = [line("AVOID", "dim")]
    for item in guide.avoid:
        rows.append(hang(Content("✗ "), line(item.wrong), width))
        rows.append(hang(parts(("  → ", "$text-success")), line(item.instead), width))
    return lines(rows)


def why_text(guide: GuideView, width: int) -> Content:
    """The reason, what staff may decide alone, when to call whom, the law, and where it comes from."""
    rows: list[Content] = []
    for name, words in (("WHY", guide.why), ("YOU MAY", guide.authority), ("LAW", guide.law)):
        if words:
            rows += [parts((f"{name}  ", "dim"), words)]
    if guide.escalate:
        rows.append(line("CALL WHEN", "dim"))
        signs = (parts(f"{sign.when}: ", (f"{sign.who}. ", "bold"), sign.how) for sign in guide.escalate)
        rows += [hang(Content("· "), sign, width) for sign in signs]
    rows.append(line(clip(f"Reviewed {guide.reviewed}. Sources: {', '.join(guide.sources)}", width), "dim"))
    return lines(rows)


def times_text(times: str) -> Content:
    """The times to read out to a crew."""
    rows: Sequence[str] = times.split(" · ") if times else ()
    if not rows:
        return line("No times noted yet: tick an item as it is done.", "dim")
    return lines([line("TIMES", "dim"), *(line(row, "bold") for row in rows)])
