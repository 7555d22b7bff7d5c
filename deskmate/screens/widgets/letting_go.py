"""What a widget that is gone leaves in the app.

Textual forgets who watched a value only when that value changes: a bar that watched a number which stays, or a note
that watched the colours, would be kept in memory for good, with its words.
"""

from textual.widget import Widget


def let_go(widget: Widget) -> None:
    """Take a widget out of everything that it watched on the app; called when it is unmounted."""
    for watchers in vars(widget.app).get("__watchers", {}).values():
        watchers[:] = [(who, callback) for who, callback in watchers if who is not widget]
