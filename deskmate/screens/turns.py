"""One key after another: what a fast typist presses reaches the screen that the key before it opened.

Textual hands every key on at once, to whatever is in front at that moment: of `e` `w` `i` `f` `i` in one breath the
last four went to the guide that the first one closed, and were lost. Here the next input waits until the one before it
has been everywhere: from whoever had the focus up to the app, and into the screen that is in front then.
"""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Final

from textual.app import App, ScreenStackError
from textual.events import Callback, Event, InputEvent, Key, Paste
from textual.message_pump import MessagePump
from textual.screen import Screen

PATIENCE: Final = 5.0
"""Seconds after which the next input is taken all the same: a key must never wait for something that does not come."""


class _Call:
    """A call for a queue. `call_later` reads the signature of what it is given: 40 us, six times a key."""

    _param_count = 0

    def __init__(self, call: Callable[..., object], *arguments: object) -> None:
        self._call = call
        self._arguments = arguments

    def __call__(self) -> None:
        self._call(*self._arguments)


def _behind(call: Callable[..., object], *arguments: object) -> Callback:
    """What is done when a queue has done all that is before it."""
    return Callback(callback=_Call(call, *arguments))


class TurnsApp(App[None]):
    """An app whose inputs take turns; what is pressed before the first screen is there waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Event] = deque()
        self._turn = True
        self._turn_began: float | None = None
        self._last_input = 0.0

    @property
    def idle(self) -> bool:
        """Every input has had its turn."""
        return self._turn is False and not self._waiting

    def on_mount(self) -> None:
        """The first turn comes when the first screen is composed."""
        self._arrived()

    async def on_event(self, event: Event) -> None:
        """A fresh input waits for its turn; everything else passes."""
        typed = isinstance(event, (InputEvent, Paste))
        if typed and not self.screen_stack:
            return  # the program is ending
        if not typed or event.is_forwarded:
            await super().on_event(event)
            return
        self._last_input = event.time
        self._waiting.append(event)
        if not self._turn or event.time - (self._turn_began or event.time) > PATIENCE:
            await self.next_turn()

    async def next_turn(self) -> None:
        """Take what waits, up to the next key or paste; clicks need no turn of their own."""
        self._turn = False
        while self._waiting and not self._turn:
            event = self._waiting.popleft()
            try:
                node = self.focused or self.screen
            except ScreenStackError:
                return  # the program is ending
            self._turn, self._turn_began = isinstance(event, (Key, Paste)), self._last_input
            await self.take_input(event)
            if self._turn:
                # Twice: a binding acts when the key has come up to here, and what it posts (Enter: `Submitted`) sets
                # out from the focus again. Of Enter and the private key in one breath, the second came first.
                self._follow(node, partial(self._follow, node, self._arrived))

    async def take_input(self, event: Event) -> None:
        """Hand an input on, now that its turn has come."""
        await super().on_event(event)

    def _follow(self, node: MessagePump | None, then: Callable[[], object]) -> None:
        """Go behind the key, from one queue to the next up to here: a queue that is closed is passed over."""
        while node is not None and node is not self:
            if node.post_message(_behind(self._passed, node, then)):
                return
            node = node._parent  # noqa: SLF001 - the way that Textual's own bubbling takes
        self.post_message(_behind(then))

    def _passed(self, node: MessagePump, then: Callable[[], object]) -> None:
        self._follow(node._parent, then)  # noqa: SLF001 - as above

    def _arrived(self, settled: Screen[object] | None = None) -> None:
        """Everybody has seen the key: the screen it led to must be composed and have its focus before the next."""
        screen = self.screen
        if screen is settled or not screen.post_message(_behind(self.post_message, _behind(self._arrived, screen))):
            self.call_next(self.next_turn)
