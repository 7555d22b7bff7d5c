"""Words on the screen: whatever a person typed, a file said or a program measured is shown as it is, never as markup.

On Textual 8.2.8 a note holding `[/` ends the app when it reaches a widget as a string, and `[@click=...]` becomes a
live link. So text travels only as `Content`, made here.
"""

from textual.content import Content
from textual.style import Style

from deskmate.text.clean import clean

Part = tuple[str, str]
"""A piece of text and its style: theme variables such as `$primary`, or `bold`, `dim`."""


def text(value: str, style: str = "") -> Content:
    """Any text, cleaned of control characters, in one style."""
    return Content.styled(clean(value), style) if style else Content(clean(value))


def line(value: str, style: str = "", *, limit: int | None = None) -> Content:
    """The same on one line."""
    short = flat(value)[:limit]
    return Content.styled(short, style) if style else Content(short)


def parts(*pieces: Part | str | Content) -> Content:
    """Several pieces, each in its style, on one line."""
    made: list[Content | str | tuple[str, str]] = []
    for piece in pieces:
        if isinstance(piece, Content):
            made.append(piece)
        elif isinstance(piece, str):
            made.append(Content(flat(piece)))
        else:
            made.append((flat(piece[0]), piece[1]))
    return Content.assemble(*made)


def flat(value: str) -> str:
    """Cleaned text without line breaks; the spaces around it stay."""
    return clean(value).replace("\n", " ").replace("\t", " ")


def link(value: str, action: str, style: str = "") -> Content:
    """Text that does something when it is clicked.

    Args:
        value: any text; it stays text.
        action: an action written in our own code, never one that was typed or read.
        style: its style.
    """
    clickable = Style.from_meta({"@click": action})  # as markup, `[@click=move(-1)]` would end the app
    marked = Content.styled(flat(value), clickable)
    return marked.stylize(style) if style else marked


def hang(sign: Content, words: Content, width: int) -> Content:
    """Words behind a sign; what does not fit the line goes on under the words, not under the sign.

    Args:
        sign: what stands in front.
        words: the words, on one line.
        width: cells of a line; 0 while the layout has not said it.
    """
    if not width:
        return sign + words
    first, *rest = words.wrap(max(width - sign.cell_length, 1))
    return lines([sign + first, *(row.pad_left(sign.cell_length) for row in rest)])


def lines(rows: list[Content]) -> Content:
    """Rows below one another."""
    return Content("\n").join(rows)
