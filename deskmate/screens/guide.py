"""The guide: the live interaction."""

from datetime import datetime
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive
from textual.widgets import Static, TextArea

from deskmate.desk.live import Live
from deskmate.faults import DeskMateError
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.playbooks.view import GuideView, times_read_out
from deskmate.screens.base import Place
from deskmate.screens.commands import bindings
from deskmate.screens.people import clock_text
from deskmate.screens.widgets.note_box import NoteBox
from deskmate.screens.widgets.panels import (
    Beside,
    CheckList,
    Choices,
    GuideHead,
    Memory,
    Nudges,
    Path,
    Say,
    Then,
    avoid_text,
    times_text,
    why_text,
)
from deskmate.screens.widgets.rows import Row

CALM: Final = "routine"


class GuideScreen(Place):
    """Say, do, and the choices of the step in front; everything else is one key away."""

    PLACE: ClassVar[str] = "guide"
    BINDINGS: ClassVar[list[Binding]] = bindings("guide")  # type: ignore[assignment]
    DEFAULT_CSS = """
    GuideScreen {
        #middle { height: 1fr; }
        #body { width: 1fr; height: 1fr; padding: 0 2; scrollbar-size-vertical: 1; }
        #body > Static { width: 1fr; height: auto; margin-bottom: 1; }
        #memory { margin-bottom: 0; }
        #path { margin-bottom: 0; }
        #say { margin-bottom: 0; }
        #then { padding: 0 0 0 3; }
        #choices { margin-bottom: 0; }
        &.-short #say { padding: 0 2; }
        #panel {
            height: auto; max-height: 60%; padding: 0 2; display: none;
            background: $surface; border-top: hkey $primary;
        }
        NoteBox { display: none; }
        &.-wide #body { padding: 1 4; }
        &.-wide #beside.-open { display: block; }
    }
    """

    guide: reactive[GuideView | None] = reactive(None)
    """What is shown; every part of the screen is bound to it."""
    others: reactive[str] = reactive("")

    body = query_one("#body", VerticalScroll)
    side = query_one("#panel", Static)
    note_box = query_one(NoteBox)

    def __init__(self) -> None:
        super().__init__()
        self._panel = ""
        self._rung: set[tuple[str, datetime]] = set()

    @property
    def live(self) -> Live | None:
        """Whoever is in front."""
        return self.desk.live.current

    @property
    def quiet(self) -> bool:
        """No bell over an urgent guide."""
        return self.guide is not None and self.guide.urgency != CALM

    def compose(self) -> ComposeResult:
        """The parts, from the top."""
        yield GuideHead(id="head", classes="-head").data_bind(GuideScreen.guide, GuideScreen.others)
        with Horizontal(id="middle"):
            with VerticalScroll(id="body", can_focus=False):
                yield Path(id="path").data_bind(GuideScreen.guide)
                yield Memory(id="memory").data_bind(GuideScreen.guide)
                yield Nudges(id="nudges").data_bind(GuideScreen.guide)
                yield Say(id="say").data_bind(GuideScreen.guide)
                yield Then(id="then").data_bind(GuideScreen.guide)
                yield CheckList(id="do").data_bind(GuideScreen.guide)
                yield Choices(id="choices").data_bind(GuideScreen.guide)
            yield Beside(id="beside").data_bind(GuideScreen.guide)
        yield Static(id="panel", markup=False)
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
        self._close_panel()
        self.note_box.display = False
        self.refresh_view()
        self.body.scroll_home(animate=False)

    def refresh_view(self) -> None:
        """Take a new view of the walk; the parts that changed paint themselves."""
        live = self.live
        if live is None:
            return
        self.guide = self.desk.guide_view(live)
        waiting = [self._aside(other) for other in self.desk.live.others if other.aside]
        self.others = "  ".join(waiting[:2]) + (f" +{len(waiting) - 2}" if len(waiting) > 2 else "")
        if self._panel:
            self._fill_panel()

    def _aside(self, live: Live) -> str:
        """Somebody who waits: `parked 2:10`, `ON HOLD 1:05`."""
        now = self.desk.now()
        since = live.walk.hold_since or live.walk.parked_since or now
        word = "ON HOLD" if live.walk.hold_since else "parked"
        return f"{word} {clock_text((now - since).total_seconds())}"

    def follow_clock(self) -> None:
        """The clocks run, and nudges come due; a loud one rings once, never in an urgent guide."""
        self.refresh_view()
        loud = {(nudge.text, nudge.at) for nudge in (self.guide.nudges if self.guide else ()) if not nudge.quiet}
        if loud - self._rung and not self.quiet and self.desk.settings.screens.bell:
            self.app.bell()
        self._rung |= loud

    # -- the walk -------------------------------------------------------------------------------------------------

    def act(self, kind: str, value: str = "") -> bool:
        """Do one thing in the walk and show what follows; False when it did not fit."""
        step = (self.guide.playbook, self.guide.step) if self.guide else ("", "")
        try:
            walk = self.desk.live.act(kind, value)
        except DeskMateError as fault:
            self.app.say(f"{fault.what} {fault.cure}", failed=True)
            return False
        self.refresh_view()
        if self.guide and (self.guide.playbook, self.guide.step) != step:
            self._close_panel()
            self.body.scroll_home(animate=False)
        if walk.help_wanted:
            self.app.action_help_now()
        elif walk.at_end and kind in ("choose", "back"):
            self._save()
        return True

    def action_choose(self, number: int) -> None:
        """Give an answer."""
        choices = self.guide.choices if self.guide else ()
        if number <= len(choices):
            self.act("choose", choices[number - 1].value)

    def action_tick(self, number: int = 0) -> None:
        """Tick the next thing to do, or a certain one; at the end of a guide, go on."""
        guide = self.guide
        if guide is None:
            return
        if number:
            item = guide.items[number - 1]
            self.act("untick" if item.ticked else "tick", item.value)
            return
        following = next((item for item in guide.items if not item.ticked), None)
        if following:
            self.act("tick", following.value)
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

    def offer(self, text: str | None) -> None:
        """Note an alternative that was offered."""
        if text:
            self.act("offer", text)

    def looked_up(self, found: tuple[str, str] | None) -> None:
        """Something was looked up over this guide: go there."""
        if found:
            self.act("goto", self.app.found(*found))

    def action_meant(self) -> None:
        """Remember the words that were typed as meaning this guide; the same again forgets them."""
        live = self.live
        if live is None or self.guide is None:
            return
        row = f"playbook:{live.walk.playbook}"
        words = self.desk.learning.meant_by(row)
        if not words:
            self.app.say("Nothing was typed that could be remembered for this guide.")
        elif len(words) == 1 or self.guide.discreet:  # a list of what was typed is not for the person in front
            self._remember(words[0])
        else:
            from deskmate.screens.dialogs import Choose

            rows = [Row(f"words:{text}", text) for text in words]
            self.app.push_screen(Choose("Which words meant this guide?", rows), self._remember)

    def _remember(self, words: str | None) -> None:
        live, guide = self.live, self.guide
        if not words or live is None or guide is None:
            return
        known = words in self.desk.learning.phrases().get(live.walk.playbook, ())
        if known:
            kept = self.app.keep(lambda: self.desk.learning.forget(words), "Forgotten again.")
        else:
            said = "Remembered." if guide.discreet else f'Remembered: "{words}" finds this guide. m forgets it.'
            kept = self.app.keep(lambda: self.desk.learning.remember(words, f"playbook:{live.walk.playbook}"), said)
        if kept is not None:
            self.desk.answers.learned_more()

    # -- panels ---------------------------------------------------------------------------------------------------

    def action_panel(self, name: str) -> None:
        """Open a panel, or close it when it is open."""
        if self._panel == name:
            self._close_panel()
        else:
            self._panel = name
            self._fill_panel()
            self.side.display = True

    def _fill_panel(self) -> None:
        guide, live = self.guide, self.live
        if guide is None or live is None:
            return
        content: Content
        if self._panel == "avoid":
            content = avoid_text(guide)
        elif self._panel == "why":
            content = why_text(guide)
        else:
            content = times_text(times_read_out(live.walk))
        self.side.update(content)

    def _close_panel(self) -> None:
        self._panel = ""
        self.side.display = False

    def action_scroll_body(self, by: int) -> None:
        """Scroll the guide on a small screen."""
        self.body.scroll_relative(y=by, animate=False)

    def action_back_layer(self) -> None:
        """Close what is open; else leave the person parked, or, when nothing happened yet, just leave."""
        live = self.live
        if self.note_box.display:
            self.action_note()
        elif self._panel:
            self._close_panel()
        elif live is not None and (live.walk.ended or not (live.walk.touched or live.note or live.promise)):
            if live.walk.help_opened and not live.walk.helped:
                self._ask_whether_it_happened()
            else:
                self.action_leave_unlogged()
        else:
            self.app.action_go_desk()

    # -- note and promise -----------------------------------------------------------------------------------------

    def action_note(self) -> None:
        """Write a note, or close it; what was typed is kept either way."""
        live = self.live
        if live is None:
            return
        box = self.note_box
        if box.display:
            box.display = False
            self.set_focus(None)
        else:
            box.open(self.desk.cards.note(live.id, live.note))

    def _keep_note(self, text: str, keep_private: bool) -> None:  # noqa: FBT001 - the note box's own callback
        self.desk.live.note(text, keep_private=keep_private)

    @on(TextArea.Changed)
    def note_changed(self, event: TextArea.Changed) -> None:
        """The note box keeps its own text."""
        event.stop()

    def action_offered(self) -> None:
        """Note which alternative a refusal offered."""
        guide = self.guide
        if guide is None or not guide.offered:
            self.app.say("No step so far offers an alternative.")
            return
        from deskmate.screens.dialogs import Choose

        rows = [Row(text, text) for text in guide.offered]
        self.app.push_screen(Choose("What did you offer instead?", rows), self.offer)

    def action_promise(self) -> None:
        """Promise something; it is kept with the record."""
        live, guide = self.live, self.guide
        if live is None or guide is None:
            return
        from deskmate.screens.dialogs import PromiseForm

        what = "call back" if live.on_phone else "get back to them"
        form = PromiseForm(
            what if guide.discreet else f"{what}: {guide.title}",
            guide.promise.due if guide.promise else "tomorrow 10:00",
        )
        self.app.push_screen(form, self._promised)

    def _promised(self, promise: Promise | None) -> None:
        """Keep a promise: with the journal, and with the record once there is one."""
        live = self.live
        if promise is None or live is None:
            return
        self.desk.live.promise(promise)
        said = f"Promised for {promise.due:%a %d %b %H:%M}."
        if live.saved is not None:
            self.app.keep(self.desk.live.save, said)
        else:
            self.app.say(said)

    # -- the end --------------------------------------------------------------------------------------------------

    def _save(self) -> None:
        """A closing step was reached: what happened is saved at once."""
        self.app.keep(self.desk.live.save, self._saved_words)

    def _saved_words(self, saved: Interaction | None) -> str:
        return f"Saved: {self.desk.entries.describe(saved)}" if saved else ""

    def action_end(self) -> None:
        """End and save, then show what was saved."""
        live = self.live
        if live is None:
            return
        record = self.app.keep(self.desk.live.end, self._saved_words)
        if record is None:
            if not self.app.said[1]:
                self.app.say("Nothing happened: not logged.")
                self.action_leave_unlogged()
            return
        from deskmate.screens.wrapup import WrapUpScreen

        self.app.call_ended(live)
        self.app.switch_screen(WrapUpScreen())

    def _ask_whether_it_happened(self) -> None:
        """An emergency guide came from HELP and nothing was ticked: it may have been a look, or too much to do."""
        from deskmate.screens.dialogs import Ask

        def answered(answer: str | None) -> None:
            if answer == "y":
                self.act("helped", "yes")
                self.action_end()
            elif answer == "n":
                self.action_leave_unlogged()

        self.app.push_screen(Ask("Did this happen?", {"y": "Yes, keep a record", "n": "No, I only looked"}), answered)

    def action_leave_unlogged(self) -> None:
        """Leave; what was not saved is not logged."""
        live = self.live
        if live is None:
            return
        if live.saved is not None and not live.walk.ended:
            self.app.keep(self.desk.live.drop, "Not logged. Undo brings it back.")
        self.desk.live.leave()
        self.app.to_desk()
