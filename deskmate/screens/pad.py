"""The tally pad: it stays open, two keys count one contact, and what was counted last stays in sight."""

from datetime import datetime
from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.events import Key
from textual.getters import query_one

from deskmate.desk.tally import CHANNEL_KEYS, KIND_KEYS, Pad, Tally, told
from deskmate.faults import BadUsage
from deskmate.model.interaction import Interaction
from deskmate.reports.normal import Short
from deskmate.screens.base import Place
from deskmate.screens.commands import bindings
from deskmate.screens.safe import line, lines, link, parts
from deskmate.screens.widgets.bars import Bar, Steady
from deskmate.text.due import ago

COLUMN: Final = 24
"""Cells of the column of channels."""
SHOWN: Final = 4
"""Tallies that stay in sight, the newest first."""


class PadScreen(Place):
    """Channel and kind by one letter each, a number before them if there were several.

    Args:
        short: the hour that looks forgotten; what is counted goes there. None: it is now.
    """

    PLACE: ClassVar[str] = "pad"
    BINDINGS: ClassVar[list[Binding]] = bindings("pad")  # type: ignore[assignment]
    DEFAULT_CSS = """
    PadScreen #grid { padding: 1 3; height: 1fr; }
    """

    head = query_one("#head", Bar)
    grid = query_one("#grid", Steady)

    def __init__(self, short: Short | None = None) -> None:
        super().__init__()
        self._short = short
        self._at = short.middle if short else None
        self._pad = Pad()

    def compose(self) -> ComposeResult:
        """The letters, what was counted, and the two last lines."""
        yield Bar(id="head", classes="-head")
        yield Steady(id="grid")
        yield from self.bottom()

    def on_mount(self) -> None:
        """Show the letters."""
        self.watch(self.app, "said", self._show, init=False)
        self._show()

    # -- what is shown --------------------------------------------------------------------------------------------

    def follow_clock(self) -> None:
        """An undo changes the last lines."""
        self._show()

    def _show(self) -> None:
        if not self.query("#grid"):
            return  # a key that came before the letters were there: it counts all the same
        now = self.desk.now()
        when = "now" if self._at is None else _when(self._at, now)
        why = f"   {self.desk.lull.as_it_is(self._short).said}" if self._short else ""
        self.head.update(parts(("Tally", "bold"), "   for ", (when, "bold"), why))
        stands = self._pad.said
        asks = ("then the kind", "bold") if self._pad.channel else ("first the channel", "bold")
        rows = [parts(asks, "   ", (stands, "$text-accent")), Content("")]
        channels, kinds = list(CHANNEL_KEYS.items()), list(KIND_KEYS.items())
        for index in range(max(len(channels), len(kinds))):
            left = self._letter(channels[index], on=not self._pad.channel) if index < len(channels) else Content("")
            right = self._letter(kinds[index], on=bool(self._pad.channel))
            rows.append(left.pad_right(COLUMN - left.cell_length) + right)
        rows.append(Content(""))
        rows += [
            parts((f"{record.asked_at:%H:%M}  ", "dim"), self.desk.entries.describe(record)) for record in self._last()
        ]
        rows += [
            Content(""),
            line(f"A number first counts so many; {self.key('pad-about')} before it: about so many.", "dim"),
        ]
        rows.append(line(f"0 and {self.key('pad-nobody')}: nobody came.", "dim"))
        self.grid.update(lines(rows))

    @staticmethod
    def _letter(pair: tuple[str, str], *, on: bool) -> Content:
        key, word = pair
        sign = (key, "bold $primary" if on else "dim")
        return parts(sign, "  ") + (link(word, f"screen.press('{key}')") if on else line(word, "dim"))

    def _last(self) -> list[Interaction]:
        """What was written down last at this desk, the newest first."""
        return self.desk.entries.newest(SHOWN)

    # -- keys -----------------------------------------------------------------------------------------------------

    def first_key(self, event: Key) -> bool:
        """Letters and digits, in the app's own turn: two keys of a fast typist must not change places."""
        typed = (event.character or "").lower()
        if len(typed) != 1 or not typed.isascii() or not typed.isalnum():
            return False
        self.action_press(typed)
        return True

    def action_press(self, key: str) -> None:
        """A letter, a digit, or `~`; an empty text takes the last one back."""
        try:
            pressed = self._pad.press(key, self._at, self.desk.now())
        except BadUsage as fault:
            self._pad = Pad()
            self.app.refuse(fault)
        else:
            self._pad = Pad() if isinstance(pressed, Tally) else pressed
            if isinstance(pressed, Tally):
                self._count(pressed)
        self._show()

    def action_again(self) -> None:
        """The same again, so many as the number before it says."""
        channel, kind = self.desk.entries.again()
        number, about = self._pad.number, self._pad.about
        self._pad = Pad()
        if not kind or number == "0":
            self.app.say(
                "Nothing was tallied today yet."
                if not kind
                else f"0 and {self.key('pad-nobody')} say that nobody came."
            )
        else:
            self._count(told(channel, kind, int(number or 1), self._at, self.desk.now(), about=about))
        self._show()

    def action_nobody(self) -> None:
        """After a 0: nobody came."""
        if self._pad.number != "0" or self._pad.channel:
            self.app.say(f"Two letters count one. 0 and {self.key('pad-nobody')}: nobody came.")
            return
        self._pad = Pad()
        self._count(told("", "", 0, self._at, self.desk.now()))
        self._show()

    def action_when(self) -> None:
        """Say when what follows was."""
        from deskmate.screens.dialogs import Prompt

        def put(answer: str) -> bool:
            now = self.desk.now()
            at = self.app.look(lambda: ago(answer, now)) if answer else None
            if answer and at is None:
                return False
            self._at, self._short = at, None
            self._show()
            return True

        self.app.push_screen(Prompt("When was it?", hint="11:30 · 20m ago · yesterday 4pm · empty: now", take=put))

    def _count(self, tally: Tally) -> None:
        self.app.keep(
            lambda: self.desk.entries.count(tally), f"Counted: {tally.said}. {self.key('pad-undo')} takes it back."
        )


def _when(at: datetime, now: datetime) -> str:
    return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%a %d %b %H:%M}"
