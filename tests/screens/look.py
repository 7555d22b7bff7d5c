"""What a person would read on the screen."""

from textual.app import App


def screen_text(app: App[None]) -> str:
    """The screen's characters, line by line."""
    strips = app.screen._compositor.render_strips(app.screen.size)
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)
