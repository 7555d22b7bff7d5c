"""The palette: every command that applies where one is, by its name, with its key."""

from collections.abc import Iterator

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from deskmate.screens.app import DeskMateApp
from deskmate.screens.commands import of
from deskmate.screens.registry.command import EVERYWHERE
from deskmate.screens.safe import line


class DeskCommands(Provider):
    """The commands of the registry."""

    def _applying(self) -> Iterator[tuple[str, IgnoreReturnCallbackType]]:
        """The words of each command that makes sense now, and what it does."""
        app = self.app
        assert isinstance(app, DeskMateApp)
        place = app.place
        for command in (*of(place.PLACE if place else ""), *of(EVERYWHERE)):
            if command.palette and command.label and app.applies(command):
                key = app.key_of(command)
                words = f"{command.label}: {command.help}" + (f"  ({key})" if key else "")
                target = app if command.action.startswith("app.") else place

                async def run(action: str = command.action, node: object = target) -> None:
                    await app.run_action(action, node)  # type: ignore[arg-type]

                yield words, run

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for words, run in self._applying():
            yield DiscoveryHit(line(words), run, text=words)

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        for words, run in self._applying():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, line(words), run, text=words)
