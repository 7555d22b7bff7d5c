"""Guides, as the whole app sees them: opened for somebody new, come back to, and led into by a phone or by HELP."""

from deskmate.desk.live_person import Live
from deskmate.faults import BadUsage, DeskMateError
from deskmate.model.interaction import Interaction
from deskmate.playbooks.hit import LAST_RESORT
from deskmate.screens.breath import BreathApp


class GuidingApp(BreathApp):
    """An app that opens guides."""

    def open_guide(self, playbook_id: str, channel: str = "in-person") -> Live | None:
        """Open a playbook for somebody new and show it; what was said about the one before does not stay in sight."""
        self.say("")
        try:
            live = self.desk.live.begin(playbook_id, channel)
        except DeskMateError as fault:
            self.refuse(fault)
            return None
        self.show_guide()
        self._tell_trouble()
        return live

    def _tell_trouble(self) -> None:
        """A guide that cannot be journaled goes on all the same, and says so."""
        trouble = self.desk.live.trouble
        if trouble is not None:
            self.say(f"Not written down while it lasts: {trouble.what} {trouble.cure}", "failed")

    def open_found(self, row: str, words: str) -> None:
        """Open what the look-up found for somebody new.

        Args:
            row: `playbook:ID`, or `none:` when nothing in the list was right.
            words: what was typed.
        """
        self.open_guide(self.found(row, words))

    def found(self, row: str, words: str) -> str:
        """The playbook that a row of the look-up opens; when nothing was right, the words are kept as a wish."""
        kind, _, playbook_id = row.partition(":")
        if kind == "playbook":
            self.desk.learning.typed(words, row)
            return playbook_id
        self.desk.learning.typed(words)
        self.keep(lambda: self.desk.learning.wish(words), "Kept as a wish for a guide.")
        return LAST_RESORT

    def show_guide(self) -> None:
        """Show whoever is in front; a guide that is already open follows."""
        from deskmate.screens.guide import GuideScreen

        if isinstance(self.screen, GuideScreen):
            self.screen.show()
            return
        self.to_desk()
        self.push_screen(GuideScreen())

    def action_phone_rings(self) -> None:
        """The phone rings."""
        from deskmate.screens.help import HelpScreen

        if isinstance(self.screen, HelpScreen):
            return
        self.say("")
        self._put_down()
        before = self.desk.live.current
        try:
            caller = self.desk.live.phone_rings()
        except DeskMateError as fault:
            self.refuse(fault)
            return
        self.show_guide()
        if caller is before:
            self.say("This is the guide of the call: nothing was done in it yet.")

    def action_other_person(self) -> None:
        """Go to the other person; with several waiting, choose."""
        others = self.desk.live.others
        if not others:
            self.say("Nobody is parked or on hold.")
        elif len(others) == 1:
            self.bring(others[0].id)
        else:
            from deskmate.screens.dialogs import Choose
            from deskmate.screens.people import people_rows

            self.open_window(
                Choose("Who?", people_rows(self.desk, others)), lambda live_id: self.bring(live_id) if live_id else None
            )

    def bring(self, live_id: str) -> None:
        """Bring somebody back to the front and show the guide at the exact step."""
        self._put_down()
        try:
            self.desk.live.bring(live_id)
        except BadUsage as fault:
            self.refuse(fault)
            return
        self.show_guide()

    def action_look_up(self) -> None:
        """Look something up; over a live guide the guide stays where it is."""
        from deskmate.screens.guide import GuideScreen

        if isinstance(self.screen, GuideScreen):
            from deskmate.screens.lookup import LookUpScreen

            self.push_screen(LookUpScreen(), self.screen.looked_up)
            return
        from deskmate.screens.wrapup import WrapUpScreen

        if isinstance(self.screen, WrapUpScreen):
            self.screen.action_done()
        if self.desk.live.current is None:
            self.action_go_desk()

    def action_help_now(self) -> None:
        """HELP, over anything."""
        from deskmate.screens.help import HelpScreen

        if not any(isinstance(screen, HelpScreen) for screen in self.screen_stack):
            self.push_screen(HelpScreen(), self._after_help)

    def _after_help(self, playbook_id: str | None) -> None:
        """Go on with the emergency's guide."""
        if playbook_id:
            self._put_down()
        if playbook_id and self.keep(lambda: self.desk.live.emergency(playbook_id)) is not None:
            self.show_guide()
            self._tell_trouble()

    def call_back(self, record: Interaction, guide: str) -> None:
        """Open the call-back guide for a promise; when it ends well, the promise is kept."""
        if self.keep(lambda: self.desk.live.call_back(record, guide)) is not None:
            self.show_guide()
            self._tell_trouble()

    def call_ended(self, live: Live) -> None:
        """A guide has ended: a call back has kept its promise. One that did not reach its end may have: it is asked."""
        record = self.desk.live.kept_by(live)
        if record is None:
            return

        def keep(answer: str | None) -> None:
            if answer == "y":
                self.keep(lambda: self.desk.promises.done(record), "The promise is kept.")
                self.look_at_the_clock()

        if live.walk.at_end:
            keep("y")
        else:
            from deskmate.screens.dialogs import Ask

            answers = {"y": "Yes, mark it done", "n": "No, it stays open"}
            self.push_screen(Ask("Is the promise kept?", answers, back="leaves it open"), keep)
