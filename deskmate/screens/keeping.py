"""What is kept of whoever is in front: a note, a promise, what was offered, and the record at the end."""

from textual.getters import query_one
from textual.reactive import var

from deskmate.desk.live_person import Live
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.playbooks.view import GuideView
from deskmate.screens.base import Place
from deskmate.screens.widgets.note_box import NoteBox
from deskmate.screens.widgets.rows import Row


class KeepingPlace(Place):
    """A screen on which a live guide is walked, and from which it is kept or left."""

    guide: var[GuideView | None] = var(None)
    """What is shown, with its clocks at 0; every part of the screen is bound to it."""

    note_box = query_one(NoteBox)

    @property
    def live(self) -> Live | None:
        """Whoever is in front."""
        return self.desk.live.current

    def act(self, kind: str, value: str = "") -> bool:
        """Do one thing in the walk and show what follows; False when it did not fit."""
        raise AssertionError(kind, value)

    def action_note(self) -> None:
        """Write a note, or close it; what was typed is kept either way."""
        live = self.live
        if live is None:
            return
        box = self.note_box
        if box.display:
            box.close()
        else:
            box.open(self.desk.cards.note(live.id, live.note))

    def _keep_note(self, text: str, keep_private: bool) -> None:  # noqa: FBT001 - the note box's own callback
        self.desk.live.note(text, keep_private=keep_private)

    def action_offered(self) -> None:
        """Note which alternative a refusal offered."""
        guide = self.guide
        if guide is None or not guide.offered:
            self.app.say("No step so far offers an alternative.")
            return
        from deskmate.screens.dialogs import Choose

        rows = [Row(text, text) for text in guide.offered]
        self.app.push_screen(Choose("What did you offer instead?", rows), self._offer)

    def _offer(self, text: str | None) -> None:
        if text:
            self.act("offer", text)

    def action_promise(self) -> None:
        """Promise something; it is kept with the record."""
        from deskmate.screens.due_forms import promise_to

        if self.live is not None:
            self.app.push_screen(promise_to(self.desk, self.live), self._promised)

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

        self.app.switch_screen(WrapUpScreen())
        self.app.call_ended(live)

    def _ask_whether_it_happened(self) -> None:
        """An emergency guide came from HELP and nothing was ticked: it may have been a look, or too much to do."""
        from deskmate.screens.dialogs import Ask

        def answered(answer: str | None) -> None:
            if answer == "y":
                self.act("helped", "yes")
                self.action_end()
            elif answer == "n":
                self.action_leave_unlogged()
            else:
                self.app.action_go_desk()
                self.app.say(f"The guide waits, nothing is lost: {self.app.key('other')} goes back to it.")

        answers = {"y": "Yes, keep a record", "n": "No, I only looked"}
        self.app.push_screen(Ask("Did this happen?", answers, back="goes to the Desk; the guide waits"), answered)

    def action_leave_unlogged(self) -> None:
        """Leave; what happened is not logged, and can be brought back: on a disk that takes nothing, Esc is the way."""
        live = self.live
        if live is None:
            return
        if not live.walk.ended:
            drop, words = self.desk.live.drop, f"Not logged. {self.key('undo')} brings it back."
            if self.app.keep(lambda: (drop(),), lambda dropped: words if dropped[0] else "") is None:
                return
        self.desk.live.leave()
        self.app.to_desk()
