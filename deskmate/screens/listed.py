"""A full screen of lines over which a sheet opens: one of them whole, a report, a sample, the summary."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from deskmate.screens.base import Place
from deskmate.screens.widgets.bars import Bar
from deskmate.screens.widgets.rows import Rows


class ListedPlace(Place):
    """What such screens share; the class `-sheet` is set while the sheet is open."""

    DEFAULT_CSS = """
    ListedPlace {
        #list { padding: 1 1; }
        #sheet { display: none; height: 1fr; padding: 1 2; }
        &.-sheet #sheet { display: block; }
        &.-sheet #list { display: none; }
    }
    """

    rows = query_one("#list", Rows)
    sheet = query_one("#sheet", VerticalScroll)
    words = query_one("#words", Static)

    def compose(self) -> ComposeResult:
        """The list or the sheet, and the two last lines."""
        yield Bar(id="head", classes="-head")
        yield Rows(id="list")
        with VerticalScroll(id="sheet", can_focus=False):
            yield Static(id="words", markup=False)
        yield from self.bottom()

    def on_screen_resume(self) -> None:
        """Back from another screen or a dialog."""
        if self.drawn:
            self.show()

    def show(self) -> None:
        """Fill the list with what there is now."""
        raise AssertionError(self)

    def action_move(self, by: int) -> None:
        """Another line, or scroll what is open."""
        if self.has_class("-sheet"):
            self.sheet.scroll_relative(y=by * 3, animate=False)
        else:
            self.rows.move(by)
