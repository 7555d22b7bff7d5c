"""The palette: every command that applies where one is, by its name, with its key."""

from collections.abc import Iterator

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from deskmate.screens.app import DeskMateApp
from deskmate.screens.commands import of
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.safe import line


class DeskCommands(Provider):
    """The commands of the registry."""

    def _applying(self) -> Iterator[tuple[Command, str, IgnoreReturnCallbackType]]:
        """Each command of this place with its words and what it does."""
        app = self.app
        assert isinstance(app, DeskMateApp)
        place = app.place
        for command in (*of(place.PLACE if place else ""), *of(EVERYWHERE)):
            if command.palette and command.label:
                key = app.key_of(command)
                words = f"{command.label}: {command.help}" + (f"  ({key})" if key else "")
                target = app if command.action.startswith("app.") else place

                async def run(action: str = command.action, node: object = target) -> None:
                    await app.run_action(action, node)  # type: ignore[arg-type]

                yield command, words, run

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for command, words, run in self._applying():
            yield DiscoveryHit(line(words), run, text=words, help=command.id)

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed."""
        matcher = self.matcher(query)
        for command, words, run in self._applying():
            score = matcher.match(words)
            if score > 0:
                yield Hit(score, line(words), run, text=words, help=command.id)
