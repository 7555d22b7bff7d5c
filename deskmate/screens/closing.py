"""Screens that may be closed at any moment: before they are composed, while HELP is over them, twice."""

from typing import TYPE_CHECKING

from textual.await_complete import AwaitComplete
from textual.await_remove import AwaitRemove
from textual.events import Callback, Event, ScreenSuspend, Unmount

if TYPE_CHECKING:
    from textual.widget import Widget
else:
    Widget = object  # a widget as its base would take the place of the one whose styles a screen inherits


class Leaving(Widget):
    """A screen that does nothing more from the moment it is taken away; it stands before the screen's own base.

    Somebody who types fast is elsewhere before a screen is composed. Textual tells it all the same that it is mounted
    and in front, and runs its actions: it would look for parts that are not there yet, or no more.
    """

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether an action works: none before everything is composed, and none afterwards."""
        return self.is_mounted and not self._pruning and super().check_action(action, parameters)

    async def on_event(self, event: Event) -> None:
        """What still comes: that it is covered or ends, when drafts are kept, and what others wait for behind a key."""
        if not self._pruning or isinstance(event, (Callback, ScreenSuspend, Unmount)):
            await super().on_event(event)

    def remove(self) -> AwaitRemove:
        """Be taken away: no timer rings while the parts go."""
        for timer in tuple(self._timers):
            timer.stop()
        return super().remove()


class ClosedOnce(Leaving):
    """A window whose answer closes it and nothing else.

    Textual takes off whatever is in front: a second answer, or one that comes when HELP is over the window already,
    would close another screen, and on the Desk end the program.
    """

    def dismiss(self, result: object = None) -> AwaitComplete:
        """Answer, when this window is still the one in front."""
        if not self.is_active:  # type: ignore[attr-defined]
            return AwaitComplete()
        closed: AwaitComplete = super().dismiss(result)  # type: ignore[misc]
        return closed
