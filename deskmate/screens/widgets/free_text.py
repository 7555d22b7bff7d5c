"""Several lines to type in, which nothing holds on to once they are gone."""

from dataclasses import replace
from typing import Final

from textual.events import Paste
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from deskmate.screens.widgets.letting_go import let_go
from deskmate.screens.widgets.room import fit
from deskmate.text.clean import clean

MOST: Final = 20_000
"""Characters of a box: ten pages, and what an incident report keeps of one answer."""


class FreeText(TextArea):
    """A text area without a blinking cursor: a repaint every half second while nobody types is for nothing."""

    def on_mount(self) -> None:
        """No blinking."""
        self.cursor_blink = False

    def on_unmount(self) -> None:
        """Nothing of the text stays in memory."""
        let_go(self)

    def load_text(self, text: str) -> None:
        """Another text, cleaned: Textual's own would send its escape codes to the terminal."""
        super().load_text(clean(text))

    def edit(self, edit: Edit) -> EditResult:
        """What is typed and pasted is cleaned too, and no more of it kept than there is room for."""
        others = len(self.text) - len(self.document.get_text_range(edit.top, edit.bottom))
        return super().edit(replace(edit, text=fit(self, clean(edit.text), MOST, others)))

    async def _on_paste(self, event: Paste) -> None:
        event.stop()  # Textual's own hands it on
