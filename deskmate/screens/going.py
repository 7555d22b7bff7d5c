"""From one full screen to another: each stands above the Desk, and whoever is in front is set aside, not lost."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TypeVar

from deskmate.screens.saving import SavingApp

if TYPE_CHECKING:
    from deskmate.screens.base import Dialog, Place

Answer = TypeVar("Answer")

REHEARSED: Final = frozenset({"scenes", "practice", "debrief"})
"""The places of practice."""


class GoingApp(SavingApp):
    """An app that moves between its places; each is imported when it is first shown."""

    def to_desk(self) -> None:
        """Close every screen above the Desk; whoever was in front stays live, set aside."""
        while len(self.screen_stack) > 1:
            self.pop_screen()

    def _put_down(self) -> None:
        """What is begun on the screen in front is kept before somebody else, or another screen, takes its place."""
        from deskmate.screens.base import Place

        place = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, Place)), None)
        if place is not None:
            place.put_down()

    def open_window(self, window: "Dialog[Answer]", done: Callable[[Answer | None], None] | None = None) -> None:
        """Open a window over whatever is in front, once: the key that opens it works over it, too.

        Args:
            window: the window.
            done: told the answer.
        """
        asked = (type(window), vars(window).get("_question"))
        if asked not in [(type(each), vars(each).get("_question")) for each in self.screen_stack]:
            self.push_screen(window, done)

    def _go(self, screen: "Place") -> None:
        """Show a screen above the Desk; whoever is in front is set aside, not lost."""
        self.action_go_desk()
        if screen.PLACE in REHEARSED:
            self.say("")
        self.push_screen(screen)

    def action_go_desk(self) -> None:
        """Go to the Desk; from a practice it is told, since the same words open the real guide there."""
        self._put_down()
        practised = any(getattr(screen, "PLACE", "") in REHEARSED for screen in self.screen_stack)
        self.keep(self.desk.live.set_aside)
        self.to_desk()
        if practised:
            over = "is set aside" if self.desk.rehearsing else "has ended"
            self.say(f"Practice {over}. What you open now is real.", "hint")

    def action_go_promises(self) -> None:
        """Go to the promises."""
        self.show_promises()

    def show_promises(self, chosen: str = "") -> None:
        """Go to the promises, to a certain one of them.

        Args:
            chosen: the row's id, as the lists name it.
        """
        from deskmate.screens.promises import PromisesScreen

        self._go(PromisesScreen(chosen))

    def action_go_waiting(self) -> None:
        """Go to the promises, or to the notices when there are some and nothing is owed."""
        if self.desk.board.today() and not self.desk.log.open_promises():
            self.action_go_notices()
        else:
            self.show_promises()

    def action_go_notices(self) -> None:
        """Go to the page behind the strip: what is broken, the notices, the pledge."""
        from deskmate.screens.notices import NoticesScreen

        self._go(NoticesScreen())

    def action_go_shift(self) -> None:
        """Go to the shift."""
        from deskmate.screens.shift import ShiftScreen

        self._go(ShiftScreen())

    def action_go_ranges(self) -> None:
        """Go to the reports of any days."""
        from deskmate.screens.ranges import RangesScreen

        self._go(RangesScreen(self.desk.now().date()))

    def action_survey(self) -> None:
        """Show what a survey asks for once a year."""
        from deskmate.screens.survey import SurveyDialog

        self.open_window(SurveyDialog())

    def action_go_feedback(self) -> None:
        """Go to what patrons said."""
        from deskmate.screens.feedback import FeedbackScreen

        self._go(FeedbackScreen())

    def action_go_incidents(self) -> None:
        """Go to the incident reports."""
        from deskmate.screens.incident_list import IncidentsScreen

        self._go(IncidentsScreen())

    def action_go_practice(self) -> None:
        """Go to what is rehearsed: on with the practice that waits, or to the scenes."""
        from deskmate.screens.practice import PracticeScreen
        from deskmate.screens.scenes import ScenesScreen

        if not isinstance(self.screen, (PracticeScreen, ScenesScreen)):
            self._go(PracticeScreen() if self.desk.practices.under_way else ScenesScreen())

    def practise(self, name: str) -> None:
        """Begin a scene at once.

        Args:
            name: a playbook's id, or `playbook/scene`; empty goes to the list.
        """
        from deskmate.screens.practice import PracticeScreen

        if not name:
            self.action_go_practice()
            return
        self.desk.practices.begin(self.desk.practices.named(name).scene)
        self._go(PracticeScreen())
