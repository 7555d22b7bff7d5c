"""The palette: every command that applies where one is, by its name, with its key."""

from collections.abc import Iterator
from typing import Final

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from deskmate.screens.app import DeskMateApp
from deskmate.screens.commands import of
from deskmate.screens.registry.command import EVERYWHERE
from deskmate.screens.safe import parts

NOTHING: Final = "No command fits these words."


class DeskCommands(Provider):
    """The commands of the registry."""

    def _applying(self) -> Iterator[tuple[Content, IgnoreReturnCallbackType]]:
        """The words of each command that makes sense now, its name before the rest, and what it does."""
        app = self.app
        assert isinstance(app, DeskMateApp)
        place = app.place
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
