"""Rows of text where what does not fit a line stands below the row's first word, not below its sign."""

from typing import Final

from textual.content import Content
from textual.widgets import Static

from deskmate.screens.safe import lines

SIGNS: Final = " ✓▲·"
"""What a row may begin with before its first word."""
NARROWEST: Final = 12
"""Cells for words below which a row is not hung: nearly every word would break."""


class Hung(Static):
    """Rows that are wrapped again when the window changes."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__("", id=id, markup=False)
        self._rows: list[Content] = []

    def show(self, rows: list[Content]) -> None:
        """Show other rows."""
        self._rows = rows
        self._write()

    def on_resize(self) -> None:
        """More or less fits on a line."""
        self._write()

    def _write(self) -> None:
        self.update(lines([hung(row, self.size.width) for row in self._rows]))


def hung(row: Content, width: int) -> Content:
    """A row, wrapped.

    Args:
        row: the row, with the spaces, and perhaps the sign, that it begins with.
        width: terminal cells there are; none when that is not known yet.
    """
    lead = len(row.plain) - len(row.plain.lstrip(SIGNS))
    if row.cell_length <= width or width < NARROWEST + lead:
        return row
    first, *rest = row[lead:].wrap(width - lead)
    return lines([row[:lead] + first, *(Content(" " * lead) + each for each in rest)])
