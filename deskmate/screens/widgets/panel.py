"""A part of a guide, and the column of its parts: when the window is too low for all, the less important say less."""

from typing import Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import var

from deskmate.playbooks.view import GuideView
from deskmate.screens.widgets.bars import Steady

UNKNOWN: Final = 200
"""Cells of a line before the layout says how many there are."""


class Panel(Steady):
    """A part of the guide. The screen binds its `guide` down; the panel only paints it, and only when it changed."""

    guide: var[GuideView | None] = var(None)
    brief: var[bool] = var(False)
    """It says only what cannot wait: the choices below would not fit otherwise."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._whole = Content("")

    @property
    def room(self) -> int:
        """Cells of a line."""
        return self.size.width or UNKNOWN

    @property
    def need(self) -> int:
        """Lines that it takes when it says everything, with the air around it."""
        if not self._whole.plain:
            return 0
        return self._whole.get_height({}, self.room) + self.gutter.height + self.styles.margin.height

    def watch_guide(self) -> None:
        """Paint again when the words or their styles are others."""
        self._show()

    def watch_brief(self) -> None:
        """Say less, or everything."""
        self._show()

    def on_resize(self) -> None:
        """What does not fit a line goes on under itself."""
        self._show()

    def _show(self) -> None:
        guide = self.guide
        self._whole = self.paint(guide) if guide else Content("")
        content = self.paint_brief(guide) if guide and self.brief else self._whole
        self.display = bool(content.plain)
        self.update(content)

    def paint(self, guide: GuideView) -> Content:
        """The panel's content for a view; empty hides the panel."""
        raise AssertionError(guide)

    def paint_brief(self, guide: GuideView) -> Content:
        """The same where there is little room."""
        return self.paint(guide)


class Parts(VerticalScroll, can_focus=False):
    """The parts of a guide below one another."""

    def on_resize(self) -> None:
        """Another height has room for more or for less."""
        self.fit()

    def fit(self) -> None:
        """Let the parts say everything where it fits, and else only what cannot wait."""
        panels = self.query(Panel)
        brief = bool(self.size.height) and sum(panel.need for panel in panels) > self.size.height
        for panel in panels:
            panel.brief = brief
