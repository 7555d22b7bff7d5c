"""What a person would read on the screen."""

from typing import TypeVar

from textual.app import App

Shown = TypeVar("Shown")


def on(app: App[None], kind: type[Shown]) -> Shown:
    """The screen on top, which must be of this kind."""
    screen = app.screen
    assert isinstance(screen, kind), f"{type(screen).__name__} is on top, not {kind.__name__}"
    return screen


def screen_text(app: App[None]) -> str:
    """The screen's characters, line by line."""
    strips = app.screen._compositor.render_strips(app.screen.size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
