"""What is one key away from a guide: what to avoid, why, and the times to read out."""

from collections.abc import Callable, Mapping
from typing import Final

from textual.content import Content
from textual.reactive import var
from textual.widget import Widget

from deskmate.playbooks.view import GuideView
from deskmate.screens.safe import line, lines
from deskmate.screens.widgets.bars import Steady
from deskmate.screens.widgets.panel import UNKNOWN
from deskmate.screens.widgets.panels import avoid_text, times_text, why_text

CONTACT: Final = "contact"
"""The panel with whom to call back; it closes by itself."""
_TOLD_BY_A_GUIDE: Final[Mapping[str, Callable[[GuideView, int], Content]]] = {"avoid": avoid_text, "why": why_text}

UNSEEN: Final = "The answers were out of sight: now choose."
"""Said when a digit was pressed for an answer that nobody saw."""


class SidePanel(Steady):
    """One panel under the guide: its key opens it, the same key or Esc closes it."""

    DEFAULT_CSS = """
    SidePanel {
        height: auto; max-height: 60%; padding: 0 2; display: none;
        background: $surface; border-top: hkey $primary;
    }
    SidePanel.-open { display: block; }
    """

    guide: var[GuideView | None] = var(None)
    times: var[str] = var("")
    """What was noted with its time."""
    showing: var[str] = var("")
    """`avoid`, `why`, `times`, `contact`, or empty while it is closed."""
    contact: var[str] = var("")
    """Whom to call back."""

    def __init__(self) -> None:
        super().__init__()

    def toggle(self, name: str) -> None:
        """Show one of them, or close it when it is shown."""
        self.showing = "" if self.showing == name else name

    def close(self) -> None:
        """Show nothing."""
        self.showing = ""

    def gives_way(self, part: Widget) -> bool:
        """Close when a part of the screen is not whole in sight beside it; True when it had to.

        A key that chooses from what nobody sees must only bring it into sight.
        """
        if not self.showing or not part.display:
            return False
        frame = part.parent if isinstance(part.parent, Widget) else self.screen
        if self.size.height and part.region and frame.region.contains_region(part.region):
            return False
        self.close()
        part.scroll_visible(animate=False)
        return True

    def watch_showing(self, showing: str) -> None:
        """Open or close."""
        self.set_class(bool(showing), "-open")
        self._paint()

    def watch_guide(self) -> None:
        """Another step may have other words."""
        self._paint()

    def watch_times(self) -> None:
        """One more time was noted."""
        self._paint()

    def on_resize(self) -> None:
        """What does not fit a line goes on under itself."""
        self._paint()

    def _paint(self) -> None:
        if self.guide is None or not self.showing:
            return
        if self.showing == CONTACT:
            self.update(lines([line("CALL", "dim"), line(self.contact, "bold")]))
            return
        told = _TOLD_BY_A_GUIDE.get(self.showing)
        self.update(told(self.guide, self.size.width or UNKNOWN) if told else times_text(self.times))
