"""The commands of the small windows, and of a line or a note wherever one stands."""

from typing import Final

from deskmate.screens.registry.command import Command, digits

TOGETHER: Final = (
    ("desk", "line"), ("scenes", "line"), ("guide", "note"), ("wrap-up", "note"),
    ("cards", "line", "window"), ("look-up", "line", "window"), ("due", "line", "window"), ("form", "line", "window"),
    ("choice", "window"), ("take-over", "window"), ("survey", "window"), ("keys", "window"),
)  # fmt: skip
"""Places whose keys work at the same time."""

WINDOWS: Final[tuple[Command, ...]] = (
    # -- every window
    Command("window-close", "close", ("escape",), "Back", "Close this window; what was saved stays.",
            "window", palette=False),
    Command("window-keys", "app.keys", ("question_mark",), "", "Every key of this window, where nothing is typed.",
            "window", palette=False),
    # -- a line, wherever it stands
    Command("line-enter", "submit", ("enter",), "Keep", "Take what stands in the line, or what is chosen by it.",
            "line", palette=False),
    # -- a note, wherever it is written
    Command("note-close", "screen.note", ("escape",), "Close", "Keep the note as it is typed, and close it.", "note",
            footer=True, palette=False),
    Command("note-private", "keep_private", ("ctrl+k",), "Keep private",
            "Keep what looks private in this note, or mask it again.", "note", footer=True, palette=False),
    # -- lines below one another
    Command("form-up", "app.focus_previous", ("up",), "", "The line above.", "form", palette=False),
    Command("form-down", "app.focus_next", ("down",), "", "The line below.", "form", palette=False),
    # -- a due time
    Command("due-before", "offer(1)", ("up",), "", "Another time that is offered.", "due", palette=False),
    Command("due-after", "offer(-1)", ("down",), "", "The one before it.", "due", palette=False),
    # -- one row of several
    Command("choice-take", "take", ("enter",), "Take", "Take the chosen row.", "choice", palette=False),
    Command("choice-up", "move(-1)", ("up",), "", "The row above.", "choice", palette=False),
    Command("choice-down", "move(1)", ("down",), "", "The row below.", "choice", palette=False),
    *digits("choice", "choice-", "Take that row."),
    # -- the look-up over a guide
    Command("over-up", "move(-1)", ("up",), "", "The row above.", "look-up", palette=False),
    Command("over-down", "move(1)", ("down",), "", "The row below.", "look-up", palette=False),
    # -- the promises of a hand-over
    Command("take-accept", "take", ("enter",), "Accept", "Accept the hand-over, with what is ticked.", "take-over",
            palette=False),
    Command("take-tick", "tick", ("space",), "Tick", "Tick the chosen promise, or take the tick away.", "take-over",
            palette=False),
    Command("take-all", "all", ("a",), "All", "Tick all of them.", "take-over", palette=False),
    Command("take-up", "move(-1)", ("up",), "", "The promise above.", "take-over", palette=False),
    Command("take-down", "move(1)", ("down",), "", "The promise below.", "take-over", palette=False),
    *digits("take-over", "take-", "Tick that promise."),
    # -- what a survey asks for
    Command("survey-before", "turn(-1)", ("left",), "Before", "The year before.", "survey", palette=False),
    Command("survey-after", "turn(1)", ("right",), "After", "The year after.", "survey", palette=False),
    Command("survey-quarters", "quarters", ("q",), "Quarters", "One week in each quarter, or one in the year.",
            "survey", palette=False),
    Command("survey-up", "roll(-6)", ("up", "pageup"), "", "Scroll up.", "survey", palette=False),
    Command("survey-down", "roll(6)", ("down", "pagedown"), "", "Scroll down.", "survey", palette=False),
    Command("survey-close", "close", ("enter",), "Close", "Close it.", "survey", palette=False),
    # -- the key help
    Command("keys-up", "roll(-6)", ("up", "pageup"), "", "Scroll up.", "keys", palette=False),
    Command("keys-down", "roll(6)", ("down", "pagedown"), "", "Scroll down.", "keys", palette=False),
    Command("keys-close", "close", ("enter", "question_mark"), "Close", "Close it.", "keys", palette=False),
)  # fmt: skip
