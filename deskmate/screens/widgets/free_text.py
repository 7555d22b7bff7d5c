"""Several lines to type in, which nothing holds on to once they are gone."""

from dataclasses import replace

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from deskmate.screens.widgets.letting_go import let_go
from deskmate.text.clean import clean


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
        """What is typed and pasted is cleaned too."""
        return super().edit(replace(edit, text=clean(edit.text)))
