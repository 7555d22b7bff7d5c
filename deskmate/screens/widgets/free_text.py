"""Several lines to type in, which nothing holds on to once they are gone."""

from dataclasses import replace

from textual.dom import DOMNode
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from deskmate.text.clean import clean


class FreeText(TextArea):
    """A text area without a blinking cursor: a repaint every half second while nobody types is for nothing.

    Textual's own is kept alive for ever by the app, which tells it of new colours: every note that was ever written
    would stay in memory, private words and all.
    """

    def on_mount(self) -> None:
        """No blinking."""
        self.cursor_blink = False

    def watch(self, obj: DOMNode, attribute_name: str, callback: object, init: bool = True) -> None:  # noqa: FBT001, FBT002 - Textual's signature
        """Hear of new colours by a signal, which can be left again."""
        if obj is self.app and attribute_name == "theme":
            self.app.theme_changed_signal.subscribe(self, lambda _: callback())  # type: ignore[operator]
        else:
            super().watch(obj, attribute_name, callback, init)  # type: ignore[arg-type]

    def on_unmount(self) -> None:
        """Leave the signal: it holds whoever listens."""
        self.app.theme_changed_signal.unsubscribe(self)

    def load_text(self, text: str) -> None:
        """Another text, cleaned: Textual's own would send its escape codes to the terminal."""
        super().load_text(clean(text))

    def edit(self, edit: Edit) -> EditResult:
        """What is typed and pasted is cleaned too."""
        return super().edit(replace(edit, text=clean(edit.text)))
