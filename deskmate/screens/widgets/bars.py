"""The three lines every screen has: where we are, what was last saved, and which keys work."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static

from deskmate.screens.commands import command as _command
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.safe import link, parts
from deskmate.screens.widgets.letting_go import let_go
from deskmate.text.clean import cells

if TYPE_CHECKING:
    from deskmate.screens.app import DeskMateApp


class Steady(Static):
    """Words of ours, painted when they change: the same ones again cost nothing."""

    def __init__(self, *, id: str | None = None, classes: str = "") -> None:  # noqa: A002 - Textual's own name
        super().__init__("", id=id, classes=classes, markup=False)
        self._shown = ""

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show other words."""
        mark = content.markup if isinstance(content, Content) else str(content)
        if mark != self._shown:
            self._shown = mark
            super().update(content, layout=layout)


class Bar(Steady):
    """One line that is cut at its end, never wrapped."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; padding: 0 1; }
    Bar.-head { background: $panel; color: $text; }
    Bar.-keys { background: $panel; color: $text-muted; }
    """

    def __init__(self, *, id: str, classes: str = "") -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)

    def on_unmount(self) -> None:
        """The app holds on to no bar that is gone."""
        let_go(self)

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """Show other words; one line never changes the layout."""
        super().update(content, layout=layout and not self.size.height)


class Keys(Bar):
    """The keys of a screen, six at most beside HELP, each a link for the mouse.

    A line of text instead of Textual's Footer: that one is laid out again 50 ms after the first frame, and hides what
    does not fit 80 columns without a word.
    """

    def __init__(self, commands: tuple[Command, ...]) -> None:
        super().__init__(id="keys", classes="-keys")
        self._commands = commands

    def on_mount(self) -> None:
        """Write the line once the app's key map is known."""
        self.show(self._commands)

    def on_resize(self) -> None:
        """A narrow window shows fewer."""
        self.show(self._commands)

    def refresh_keys(self) -> None:
        """Something else applies now: a key that would do nothing is faint, and stays where the eye knows it."""
        self.show(self._commands)

    def _applies(self, command_id: str) -> bool:
        applies: Callable[[str], bool] | None = getattr(self.screen, "applies", None)  # a window has no such thing
        return applies is None or applies(command_id)

    def show(self, commands: tuple[Command, ...]) -> None:
        """Show other commands; where not all fit, as many as do and the key that tells of the rest."""
        self._commands = commands
        app: DeskMateApp = self.app  # type: ignore[assignment]
        room = self.size.width or app.size.width - 2
        words = [(f"{app.key_of(each)} {each.label}", each) for each in commands]
        if sum(len(each) for each, _ in words) + 2 * len(words) - 2 > room:
            more = _command("keys")
            words.append((f"{app.key_of(more)} more", more))
            while len(words) > 2 and sum(len(each) for each, _ in words) + 2 * len(words) - 2 > room:
                del words[-2]
        pieces: list[Content | str] = []
        for said, command in words:
            owner = "focused" if command.place == "note" else "screen"
            action = command.action if command.action.startswith(("app.", "screen.")) else f"{owner}.{command.action}"
            idle = "" if command.place == EVERYWHERE or self._applies(command.id) else "dim"
            pieces += [*(["  "] if pieces else []), link(said, action, idle)]
        self.update(parts(*pieces))


class SavedBar(Bar):
    """What was last saved, why it was not, or a hint after a slip, till the next thing happens; a due promise first."""

    DEFAULT_CSS = """
    SavedBar { color: $text-success; }
    SavedBar.-hint, SavedBar.-failed { text-wrap: wrap; height: auto; max-height: 3; }
    SavedBar.-hint { color: $text-warning; }
    SavedBar.-failed { color: $text-error; text-style: bold; }
    """

    def on_mount(self) -> None:
        """Follow what the app says."""
        self.watch(self.app, "said", self._show)
        self.watch(self.app, "reminder", self._show, init=False)

    def _show(self) -> None:
        app: DeskMateApp = self.app  # type: ignore[assignment]
        words, tone = app.said
        for each in ("hint", "failed"):
            self.set_class(tone == each, f"-{each}")
        told = "" if getattr(self.screen, "PLACE", "") == "desk" else app.reminder  # the Desk's own strip says it
        room = (self.size.width or app.size.width - 2) - cells(words) - 3
        shorter = (each for each in (told, told.partition(":")[0]) if cells(each) <= room or not words)
        told = next(shorter, "")  # what was saved, and how to take it back, comes first
        banner: list[tuple[str, str] | str] = [(told, "$text-warning"), "   "] if told else []
        self.update(parts(*banner, words))

    def on_resize(self) -> None:
        """More or less fits."""
        self._show()
