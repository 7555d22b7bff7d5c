"""The palette: every command that applies where one is, by its name, with its key."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType
from textual.worker import Worker

from deskmate.screens.app import DeskMateApp
from deskmate.screens.closing import ClosedOnce
from deskmate.screens.commands import of
from deskmate.screens.registry.command import EVERYWHERE
from deskmate.screens.safe import parts

NOTHING: Final = "No command fits these words."


class Palette(ClosedOnce, CommandPalette):
    """Textual's palette, for somebody who types on while it opens or closes."""

    def __init__(self) -> None:
        # Without the id that Textual gives it: one that closes still has it while the next one opens.
        super().__init__(placeholder="Any command, by its name")

    def run_worker(self, *arguments: Any, **named: Any) -> Worker[Any]:
        """Gather the commands: what is still being gathered for a palette that is closed finds no list to fill."""
        return super().run_worker(*arguments, **named | {"exit_on_error": False})

    def _action_command_list(self, action: str) -> None:
        """A key of the list: a page up or down from a row that is not laid out yet goes nowhere."""
        with suppress(KeyError):
            super()._action_command_list(action)


class DeskCommands(Provider):
    """The commands of the registry."""

    def _applying(self) -> Iterator[tuple[Content, IgnoreReturnCallbackType]]:
        """The words of each command that makes sense now, its name before the rest, and what it does."""
        app = self.app
        assert isinstance(app, DeskMateApp)
        place = app.place if app.place is self.screen else None  # under a window, the place's own commands wait
        for command in (*of(place.PLACE if place else ""), *of(EVERYWHERE)):
            if command.palette and command.label and app.applies(command):
                key = app.key_of(command)
                named = parts((command.label, "bold"), ("  ", ""), (command.help, "dim"))
                words = parts(named, ("  ", ""), (key, "$primary")) if key else named
                target = app if command.action.startswith("app.") else place

                async def run(action: str = command.action, node: object = target) -> None:
                    await app.run_action(action, node)  # type: ignore[arg-type]

                yield words, run

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for words, run in self._applying():
            yield DiscoveryHit(words, run, text=words.plain)

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        found = False
        for words, run in self._applying():
            score = matcher.match(words.plain)
            if score > 0:
                found = True
                yield Hit(score, words, run, text=words.plain)
        if not found:
            yield Hit(1.0, parts((NOTHING, "dim")), _nothing, text=NOTHING)


async def _nothing() -> None:
    """Nothing was found, and nothing is done."""
