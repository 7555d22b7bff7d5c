"""The guide: the live interaction."""

from datetime import datetime
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.getters import query_one
from textual.reactive import var
from textual.timer import Timer

from deskmate.clock import left_of_second
from deskmate.faults import DeskMateError
from deskmate.playbooks.view import GuideView, times_read_out
from deskmate.screens.commands import bindings
from deskmate.screens.keeping import KeepingPlace
from deskmate.screens.people import waiting_word
from deskmate.screens.widgets.note_box import NoteBox
from deskmate.screens.widgets.panel import Parts
from deskmate.screens.widgets.panels import (
    Beside,
    CheckList,
    Choices,
    Clocks,
    GuideHead,
    Memory,
    Nudges,
    Owed,
    Path,
    Say,
    Then,
)
from deskmate.screens.widgets.side import CONTACT, UNSEEN, SidePanel

CALM: Final = "routine"


class GuideScreen(KeepingPlace):
    """Say, do, and the choices of the step in front; everything else is one key away."""

    PLACE: ClassVar[str] = "guide"
    BINDINGS: ClassVar[list[Binding]] = bindings("guide")  # type: ignore[assignment]
    DEFAULT_CSS = """
    GuideScreen {
        #middle { height: 1fr; }
        #body { width: 1fr; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
        #body > Static { width: 1fr; max-width: 112; height: auto; margin-bottom: 1; }
        #memory { margin-bottom: 0; }
        #path { margin-bottom: 0; }
        #owed { margin-bottom: 0; }
        #say { margin-bottom: 0; }
        #then { padding: 0 0 0 3; }
        #choices { margin-bottom: 0; }
        &.-short #say, &.-low #say, &.-compact #say { padding: 0 2; }
        &.-low #body > Static, &.-compact #body > Static { margin-bottom: 0; }
        &.-low #then, &.-low #do { margin-bottom: 0; }
        NoteBox { display: none; }
        &.-wide #body { padding: 1 4; }
        &.-wide #beside.-open { display: block; }
    }
    """

    guide: var[GuideView | None] = var(None)
    """What is shown, with its clocks at 0: a second that passes paints the head and nothing else."""
    clocks: var[Clocks] = var((0, None))
    """How long it takes already, and how long they have been on hold."""
    others: var[tuple[tuple[str, bool], ...]] = var(())
    """The people set aside, in a few words each, and whether that is too long."""
    times: var[str] = var("")
    """What was noted with its time, to be read out to a crew."""
    contact: var[str] = var("")
    """Whom to call back, for the seconds in which it is asked for."""

    body = query_one("#body", Parts)
    side = query_one(SidePanel)

    def __init__(self) -> None:
        super().__init__()
        self._rung: set[tuple[str, datetime]] = set()
        self._hiding: Timer | None = None

    @property
    def quiet(self) -> bool:
        """No bell over an urgent guide."""
        return self.guide is not None and self.guide.urgency != CALM

    def compose(self) -> ComposeResult:
        """The parts, from the top."""
        yield GuideHead(id="head", classes="-head").data_bind(GuideScreen.guide, GuideScreen.clocks, GuideScreen.others)
        with Horizontal(id="middle"):
            with Parts(id="body"):
                yield Path(id="path").data_bind(GuideScreen.guide)
                yield Memory(id="memory").data_bind(GuideScreen.guide)
                yield Nudges(id="nudges").data_bind(GuideScreen.guide)
                yield Owed(id="owed").data_bind(GuideScreen.guide)
                yield Say(id="say").data_bind(GuideScreen.guide)
                yield Then(id="then").data_bind(GuideScreen.guide)
                yield CheckList(id="do").data_bind(GuideScreen.guide)
                yield Choices(id="choices").data_bind(GuideScreen.guide)
            yield Beside(id="beside").data_bind(GuideScreen.guide)
        yield SidePanel().data_bind(GuideScreen.guide, GuideScreen.times, GuideScreen.contact)
        yield NoteBox(self._keep_note)
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show whoever is in front."""
        self.show()

    def on_screen_resume(self) -> None:
        """Back from a dialog."""
        if self.drawn and self.live is not None:
            self.refresh_view()

    def show(self) -> None:
        """Show whoever is in front from the top, with the panels closed."""
        self.side.close()
        self.note_box.close()
        self.refresh_view()
        self.body.scroll_home(animate=False)

    def refresh_view(self) -> None:
        """Take a new view of the walk; the parts that changed paint themselves."""
        live = self.live
        if live is None:
            return
        seen, before = self.desk.guide_view(live), self.guide
        self.guide, self.clocks, self.times = seen.still, (seen.elapsed, seen.hold), times_read_out(live.walk)
        waiting = [other for other in self.desk.live.others if other.aside]
        self.others = tuple((waiting_word(self.desk, other), self.desk.too_long(other)) for other in waiting)
        if self.guide != before:
            self.body.fit()
            self.refresh_keys()

    def watch_guide(self, before: GuideView | None, after: GuideView | None) -> None:
        """The moment something urgent is in front, no banner is."""
        if (before and before.urgency) != (after and after.urgency):
            self.app.remind()

    def follow_clock(self) -> None:
        """The clocks run, and nudges come due; a loud one rings once, never in an urgent guide."""
        self.refresh_view()
        loud = {(nudge.text, nudge.at) for nudge in (self.guide.nudges if self.guide else ()) if not nudge.quiet}
        if loud - self._rung and not self.quiet and self.desk.settings.screens.bell:
            self.app.bell()
        self._rung |= loud

    def stays_right(self) -> float:
        """Its clocks show seconds, and so do those of the people who wait."""
        return left_of_second(self.desk.now())

    def applies(self, command_id: str) -> bool:
        """An alternative, a phrase, a time, another wording: only where there is one."""
        guide, live = self.guide, self.live
        if guide is None or live is None:
            return False
        if command_id == "meant":
            return bool(self.desk.learning.meant_by(f"playbook:{live.walk.playbook}"))
        there: dict[str, object] = {"offered": guide.offered, "times": self.times, "wording": guide.say[1:]}
        there |= {
            "call-contact": guide.contact,
            "back-step": guide.path,
            "tick": guide.items or guide.end,
            "avoid": guide.avoid,
        }
        return bool(there.get(command_id, True))

    # -- the walk -------------------------------------------------------------------------------------------------

    def act(self, kind: str, value: str = "") -> bool:
        """Do one thing in the walk and show what follows; False when it did not fit."""
        step = (self.guide.playbook, self.guide.step) if self.guide else ("", "")
        try:
            walk = self.desk.live.act(kind, value)
        except DeskMateError as fault:
            self.app.refuse(fault)
            return False
        self.refresh_view()
        if self.guide and (self.guide.playbook, self.guide.step) != step:
            self.side.close()
            self.body.scroll_home(animate=False)
        if walk.help_wanted:
            self.app.action_help_now()
        elif walk.at_end and kind in ("choose", "back"):
            self._save()
        return True

    def action_choose(self, number: int) -> None:
        """Give an answer; one that is not in sight is shown first."""
        if self.side.gives_way(self.query_one(Choices)):
            self.app.say(UNSEEN)
            return
        answer = self.guide.answering(number) if self.guide else None
        if answer:
            self.act(*answer)

    def action_tick(self, number: int = 0) -> None:
        """Tick the next thing to do, or a certain one; at the end of a guide, go on."""
        guide = self.guide
        if guide is None:
            return
        tick = guide.ticking(number)
        if tick:
            self.act(*tick)
        elif guide.mode == "read-do" and guide.items and not guide.completed:
            if self.act("complete"):
                self.app.say("List complete.")
        elif guide.end:
            self.action_end()

    def action_back_step(self) -> None:
        """Go a step back."""
        self.act("back")

    def action_wording(self) -> None:
        """Another sentence in front."""
        self.act("say")

    def action_hold(self) -> None:
        """Start or stop the hold clock of a caller."""
        live = self.live
        if live is not None:
            self.act("unhold" if live.walk.hold_since else "hold")

    def looked_up(self, found: tuple[str, str] | None) -> None:
        """Something was looked up over this guide: go there."""
        if found:
            self.act("goto", self.app.found(*found))

    def action_meant(self) -> None:
        """Remember the words that were typed as meaning this guide; the same again forgets them."""
        from deskmate.screens.meaning import ask_what_was_meant

        if self.live is not None and self.guide is not None:
            ask_what_was_meant(self.app, self.live.walk.playbook, discreet=self.guide.discreet)

    # -- panels ---------------------------------------------------------------------------------------------------

    def action_panel(self, name: str) -> None:
        """Open a panel, or close it when it is open."""
        self.side.toggle(name)

    def action_contact(self) -> None:
        """Show whom to call back, for ten seconds; the same key closes it."""
        from deskmate.screens.promises import SHOW_CONTACT

        live = self.live
        if live is None or live.owed is None:
            self.app.say("This is no call back: there is no contact to show.")
            return
        owed = live.owed
        contact = self.app.look(lambda: self.desk.promises.contact_of(owed))
        if contact is None:
            return
        self.contact = contact or "There is no contact, or it was erased."
        self.side.toggle(CONTACT)
        if self._hiding is not None:
            self._hiding.stop()
        self._hiding = self.set_timer(SHOW_CONTACT, self._hide_contact)

    def _hide_contact(self) -> None:
        self.contact = ""
        if self.side.showing == CONTACT:
            self.side.close()

    def action_scroll_body(self, by: int) -> None:
        """Scroll the guide on a small screen."""
        self.body.scroll_relative(y=by, animate=False)

    def action_back_layer(self) -> None:
        """Close what is open; else leave the person parked, or, when nothing happened yet, just leave."""
        live = self.live
        if self.note_box.display:
            self.action_note()
        elif self.side.showing:
            self.side.close()
        elif live is not None and (live.walk.ended or not (live.walk.touched or live.note or live.promise)):
            if live.walk.help_opened and not live.walk.helped:
                self._ask_whether_it_happened()
            else:
                self.action_leave_unlogged()
        else:
            self.app.action_go_desk()
