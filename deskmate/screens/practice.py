"""A practice: the guide as it is, and above it the patron, who is not there. It says PRACTICE all the time."""

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.getters import query_one
from textual.reactive import var

from deskmate.clock import left_of_second
from deskmate.faults import DeskMateError
from deskmate.playbooks.practice import SAID
from deskmate.playbooks.practice_state import PracticeView
from deskmate.playbooks.view import GuideView
from deskmate.screens.base import Place
from deskmate.screens.commands import bindings
from deskmate.screens.people import clock_text
from deskmate.screens.safe import line, lines, parts
from deskmate.screens.widgets.bars import Bar, Steady
from deskmate.screens.widgets.panel import Parts
from deskmate.screens.widgets.panels import CheckList, Choices, Memory, Nudges, Say, Then
from deskmate.screens.widgets.side import UNSEEN, SidePanel

PRACTICE: Final = "PRACTICE"


class Patron(Steady):
    """What they say or do: the newest line large, the one before it faint."""

    DEFAULT_CSS = """
    Patron { height: auto; max-width: 112; padding: 0 2; margin: 0 2; }
    Patron { border-left: outer $accent; background: $accent 10%; }
    Patron:ansi { background: ansi_default; border-left: outer ansi_magenta; }
    """

    seen: var[PracticeView | None] = var(None)

    def watch_seen(self, seen: PracticeView | None) -> None:
        """Paint again."""
        if seen is None:
            return
        rows = [line(f"{PRACTICE} · {seen.who}", "dim")]
        rows += [line(words, "dim") for words in seen.patron[-2:-1]]
        rows += [line(words, "bold") for words in seen.patron[-1:]]
        if seen.remark:
            rows.append(line(f"▲ {seen.remark}", "$text-warning"))
        self.update(lines(rows))


class Answers(Choices):
    """The answers, and at the last step how it ends: nothing is kept."""

    ENDING: ClassVar[str] = "End the practice"
    ENDS: ClassVar[str] = "practice-end"
    PROMISES: ClassVar[bool] = False


class PracticeScreen(Place):
    """The practice under way; leaving sets it aside, and its time stands still."""

    PLACE: ClassVar[str] = "practice"
    BINDINGS: ClassVar[list[Binding]] = bindings("practice")  # type: ignore[assignment]
    DEFAULT_CSS = """
    PracticeScreen {
        #patron { margin: 1 2; }
        #body { width: 100%; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
        #body > Static { width: 1fr; max-width: 112; height: auto; margin-bottom: 1; }
        #memory { margin-bottom: 0; }
        #body > #say { margin-bottom: 0; }
        #then { padding: 0 0 0 3; }
        #choices { margin-bottom: 0; }
        &.-short #patron, &.-low #patron, &.-compact #patron { margin: 0 2; }
        &.-short #say, &.-low #say, &.-compact #say { padding: 0 2; }
        &.-low #body > Static, &.-compact #body > Static { margin-bottom: 0; }
        &.-wide #body { padding: 1 4; }
        &.-wide #patron { margin: 1 4; }
    }
    """

    guide: var[GuideView | None] = var(None)
    seen: var[PracticeView | None] = var(None)
    """What is shown; every part of the screen is bound to one of the two."""

    head = query_one("#head", Bar)
    body = query_one("#body", Parts)
    side = query_one(SidePanel)

    def compose(self) -> ComposeResult:
        """The parts, from the top."""
        yield Bar(id="head", classes="-head")
        yield Patron(id="patron").data_bind(PracticeScreen.seen)
        with Parts(id="body"):
            yield Memory(id="memory").data_bind(PracticeScreen.guide)
            yield Nudges(id="nudges").data_bind(PracticeScreen.guide)
            yield Say(id="say").data_bind(PracticeScreen.guide)
            yield Then(id="then").data_bind(PracticeScreen.guide)
            yield CheckList(id="do").data_bind(PracticeScreen.guide)
            yield Answers(id="choices").data_bind(PracticeScreen.guide)
        yield SidePanel().data_bind(PracticeScreen.guide)
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show it."""
        self.desk.practices.resume()
        self.refresh_view()

    def on_screen_resume(self) -> None:
        """Nothing covers it any more: its time runs on."""
        if self.drawn:
            self.desk.practices.resume()
            self.refresh_view()

    def on_screen_suspend(self) -> None:
        """HELP in earnest, a live person, the blank screen: its time stands still. Rehearsed HELP is a part of it."""
        current = self.desk.practices.current
        if current is not None and not current.in_help:
            self.desk.practices.pause()

    def follow_clock(self) -> None:
        """The clock runs, and the patron with it."""
        self.refresh_view()

    def stays_right(self) -> float:
        """Its clock shows seconds."""
        return left_of_second(self.desk.now())

    def refresh_view(self) -> None:
        """Take a new view; the parts that changed paint themselves."""
        if self.desk.practices.current is None:
            return
        seen, before = self.desk.practices.view(), self.guide
        self.seen, self.guide = seen, seen.guide.still
        if self.guide != before:
            self.body.fit()
        pieces: list[tuple[str, str] | str] = [(PRACTICE, "bold $text-accent"), "   ", (seen.guide.name, "bold")]
        pieces += ["   ", clock_text(seen.elapsed)]
        if seen.left is not None:
            left = f"{clock_text(seen.left)} left" if seen.left else "time is up"
            pieces += ["   ", (left, "" if seen.left else "$text-warning")]
        if seen.guide.hold is not None:
            pieces += ["   ", (f"ON HOLD {clock_text(seen.guide.hold)}", "bold $text-warning")]
        self.head.update(parts(*pieces))

    # -- the practice -----------------------------------------------------------------------------------------------

    def act(self, kind: str, value: str = "") -> None:
        """Do one thing and show what follows."""
        step = (self.guide.playbook, self.guide.step) if self.guide else ("", "")
        try:
            practice = self.desk.practices.act(kind, value)
        except DeskMateError as fault:
            self.app.refuse(fault)
            return
        self.app.say("")
        self.refresh_view()
        if self.guide and (self.guide.playbook, self.guide.step) != step:
            self.side.close()
            self.body.scroll_home(animate=False)
        if practice.in_help:
            from deskmate.screens.rehearsed_help import RehearsedHelp

            self.app.push_screen(RehearsedHelp(), self.helped)
        elif practice.over:
            self._talk_over()

    def helped(self, opened: str | None) -> None:
        """The rehearsed HELP is left, by a digit or without."""
        if opened:
            self.act("door", opened)
        else:
            self.act("leave-help")

    def action_choose(self, number: int) -> None:
        """Give an answer; one that is not in sight is shown first."""
        if self.side.gives_way(self.query_one(Choices)):
            self.app.say(UNSEEN)
            return
        answer = self.guide.answering(number) if self.guide else None
        if answer:
            self.act(*answer)

    def action_tick(self, number: int = 0) -> None:
        """Tick the next thing to do, or a certain one."""
        guide = self.guide
        if guide is None:
            return
        tick = guide.ticking(number)
        if tick:
            self.act(*tick)
        elif guide.end:
            self.action_end()

    def action_said(self) -> None:
        """The sentence in front was said aloud."""
        self.act(SAID)

    def action_back_step(self) -> None:
        """Go a step back."""
        self.act("back")

    def action_wording(self) -> None:
        """Another sentence in front."""
        self.act("say")

    def action_hold(self) -> None:
        """Start or stop the hold clock."""
        self.act("unhold" if self.guide and self.guide.hold is not None else "hold")

    def action_rehearse_help(self) -> None:
        """HELP as it would be; Ctrl+G is the real one."""
        self.act("help")

    def action_end(self) -> None:
        """End it and talk it over."""
        self.act("end")

    def _talk_over(self) -> None:
        from deskmate.screens.debrief import DebriefScreen

        self.app.switch_screen(DebriefScreen())

    # -- panels -------------------------------------------------------------------------------------------------------

    def action_panel(self, name: str) -> None:
        """Open a panel, or close it when it is open."""
        self.side.toggle(name)

    def action_scroll_body(self, by: int) -> None:
        """Scroll on a small screen."""
        self.body.scroll_relative(y=by, animate=False)

    def action_back_layer(self) -> None:
        """Close the panel, or set the practice aside and go to the scenes."""
        if self.side.showing:
            self.side.close()
            return
        from deskmate.screens.scenes import ScenesScreen

        self.desk.practices.pause()
        self.app.switch_screen(ScenesScreen())
