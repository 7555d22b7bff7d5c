"""How much a line or a box takes of what is typed and pasted: nothing more is kept, and that is told."""

from textual.message import Message
from textual.widget import Widget


class Full(Message):
    """More came than there is room for.

    Attributes:
        most: the characters that the line or box holds.
    """

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


def fit(widget: Widget, text: str, most: int, others: int) -> str:
    """The beginning of a text, as much of it as there is room for; when it is cut, the app is told.

    Args:
        widget: the line or box.
        text: what is to be put into it.
        most: the characters it holds.
        others: the characters it holds besides.
    """
    kept = text[: max(most - others, 0)]
    if len(kept) < len(text):
        widget.post_message(Full(most))
    return kept
