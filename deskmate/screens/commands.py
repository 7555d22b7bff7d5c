"""Every command, declared once: the footer line, the palette, the key help and the key map are all made from here.

`deskmate.plain` takes its sentences from here too: nothing of Textual is loaded before a screen asks for its bindings.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.binding import Binding

EVERYWHERE: Final = "everywhere"


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can ask for.

    Attributes:
        id: its name in the key map of the settings.
        action: the Textual action that does it.
        keys: the keys, the shown one first; the settings may replace them.
        label: one or two words for the footer.
        help: one plain sentence for the key help and the palette.
        place: the screen it belongs to, or `everywhere`.
        footer: True when the footer line of its screen shows it.
        priority: True when it fires even while text is being typed.
        palette: False when choosing it from a list makes no sense (moving a cursor, ticking).
    """

    id: str
    action: str
    keys: tuple[str, ...]
    label: str
    help: str
    place: str
    footer: bool = False
    priority: bool = False
    palette: bool = True

    @property
    def shown_key(self) -> str:
        """The first key as a person reads it: `Ctrl+G`, `Enter`, `+`."""
        return shown(self.keys[0]) if self.keys else ""


_NAMES: Final = {
    "plus": "+", "minus": "-", "equals_sign": "=", "exclamation_mark": "!", "asterisk": "*", "at": "@",
    "question_mark": "?", "slash": "/", "number_sign": "#", "escape": "Esc", "enter": "Enter", "space": "Space",
    "backspace": "Bksp", "tab": "Tab", "up": "Up", "down": "Down", "left": "Left", "right": "Right", "pageup": "PgUp",
    "pagedown": "PgDn",
}  # fmt: skip


def shown(key: str) -> str:
    """A Textual key name as a person reads it."""
    modifiers, _, last = key.rpartition("+")
    name = _NAMES.get(last, last.upper() if modifiers or (last[:1] == "f" and last[1:].isdigit()) else last)
    return "+".join([*(part.capitalize() for part in modifiers.split("+") if part), name])


def _digits(place: str, prefix: str = "") -> Iterable[Command]:
    """The nine answers of a guide's question."""
    for digit in range(1, 10):
        yield Command(
            f"{prefix}choose-{digit}", f"choose({digit})", (str(digit),), "", f"Answer {digit}.", place, palette=False
        )


COMMANDS: Final[tuple[Command, ...]] = (
    # -- everywhere
    Command("help-now", "app.help_now", ("ctrl+g", "f9"), "HELP", "Emergency: the number, this address, what to do.",
            EVERYWHERE, footer=True, priority=True),
    Command("phone", "app.phone_rings", ("ctrl+r",), "Phone",
            "The phone rings: park this person, open the phone guide.", EVERYWHERE, priority=True),
    Command("other", "app.other_person", ("ctrl+o",), "Other", "Go to the other person who is parked or on hold.",
            EVERYWHERE, priority=True),
    Command("look-up", "app.look_up", ("ctrl+f",), "Look up", "Look something up, also over a live guide.",
            EVERYWHERE, priority=True),
    Command("private", "app.private", ("ctrl+l", "f8"), "Private",
            "Blank the screen; again to come back. Nothing is lost.", EVERYWHERE, priority=True),
    Command("keys", "app.keys", ("f1",), "Keys", "Show every key that works here.", EVERYWHERE, priority=True),
    Command("palette", "app.command_palette", ("ctrl+p",), "All", "Find any command by its name.", EVERYWHERE,
            priority=True, palette=False),
    Command("quit", "app.leave", ("ctrl+q",), "Quit", "Leave DeskMate; asks if anybody is live.", EVERYWHERE,
            priority=True),
    Command("desk", "app.go_desk", (), "Desk", "Go to the Desk.", EVERYWHERE),
    Command("promises", "app.go_promises", (), "Promises", "See what is owed, overdue first.", EVERYWHERE),
    Command("notices", "app.go_notices", (), "Notices", "See what is broken today, the notices, the pledge.",
            EVERYWHERE),
    Command("post", "app.post_notice", (), "Post", "Post a notice: tell every desk something, until a time.",
            EVERYWHERE),
    Command("shift", "app.go_shift", (), "Shift", "See this shift: its log, summary and hand-over.", EVERYWHERE),
    Command("ranges", "app.go_ranges", (), "Reports",
            "See any days: what came, when, how hard.", EVERYWHERE),
    Command("voice", "app.go_feedback", (), "Voice of patrons",
            "See what patrons said, and the answers.", EVERYWHERE),
    Command("add-feedback", "app.add_feedback", (), "Feedback",
            "Write down a complaint, an idea, a refusal or thanks.", EVERYWHERE),
    Command("in-charge", "app.in_charge", (), "In charge", "Say who is in charge from now on.", EVERYWHERE),
    Command("cards", "app.card", (), "Card", "Turn a card to the patron: plain words, their language.", EVERYWHERE),
    Command("incidents", "app.go_incidents", (), "Incident reports",
            "See the incident reports; their words with the code.", EVERYWHERE),
    Command("practise", "app.go_practice", (), "Practice", "Rehearse a guide with a patron; nothing is logged.",
            EVERYWHERE),
    Command("theme", "app.next_theme", (), "Theme", "Change the colours, also to 16.",
            EVERYWHERE),
    Command("undo-last", "app.undo", (), "Undo", "Take back the last thing that was saved here.", EVERYWHERE),
    # -- desk
    Command("open", "open", ("enter",), "Open", "Open what is chosen in the list.", "desk", footer=True,
            palette=False),
    Command("count", "count", ("plus",), "+1", "On an empty line: count one directional question.", "desk",
            footer=True, priority=True),
    Command("undo", "app.undo", ("minus",), "Undo", "On an empty line: take back the last thing.", "desk",
            footer=True, palette=False, priority=True),
    Command("grid", "grid", ("equals_sign",), "Tally", "On an empty line: tally by letters, like =pa x7 20m ago.",
            "desk", footer=True, priority=True),
    Command("help-mark", "app.help_now", ("exclamation_mark",), "HELP", "On an empty line: HELP.", "desk",
            palette=False, priority=True),
    Command("promises-mark", "app.go_waiting", ("asterisk",), "Promises",
            "On an empty line: promises; notices when nothing is owed.", "desk",
            footer=True, palette=False, priority=True),
    Command("shift-mark", "app.go_shift", ("number_sign",), "Shift", "On an empty line: this shift.", "desk",
            footer=True, palette=False, priority=True),
    Command("directory", "directory", ("at",), "Directory", "On an empty line: desks, agencies and lines.", "desk",
            priority=True),
    Command("keys-mark", "app.keys", ("question_mark",), "Keys", "On an empty line: every key.", "desk",
            palette=False, priority=True),
    Command("up", "move(-1)", ("up",), "", "The line above.", "desk", palette=False),
    Command("down", "move(1)", ("down",), "", "The line below.", "desk", palette=False),
    Command("page-up", "move(-8)", ("pageup",), "", "Eight lines up.", "desk", palette=False),
    Command("page-down", "move(8)", ("pagedown",), "", "Eight lines down.", "desk", palette=False),
    Command("clear", "clear", ("escape",), "Clear", "Empty the look-up line.", "desk", palette=False),
    # -- guide
    *_digits("guide"),
    Command("tick", "tick", ("space", "enter"), "Tick", "Tick the next thing to do.", "guide", footer=True,
            palette=False),
    Command("back-step", "back_step", ("backspace",), "Back", "Go a step back.", "guide", footer=True),
    Command("wording", "wording", ("w",), "Words", "Another sentence to say.", "guide", footer=True),
    Command("avoid", "panel('avoid')", ("v",), "Avoid", "What not to say, and what to say instead.", "guide",
            footer=True),
    Command("why", "panel('why')", ("i",), "Why", "The reason, what you may decide alone, the law.", "guide"),
    Command("note", "note", ("n",), "Note", "Write a note; private data is marked while you type.", "guide"),
    Command("promise", "promise", ("t",), "Promise", "Promise something by a time.", "guide", footer=True),
    Command("offered", "offered", ("o",), "Offered", "Note which alternative you offered.", "guide"),
    Command("hold", "hold", ("h",), "Hold", "Start or stop the hold clock.", "guide"),
    Command("meant", "meant", ("m",), "I meant this", "Remember the typed words for this guide; again forgets.",
            "guide"),
    Command("card", "app.card", ("c",), "Card", "Turn a card to the patron: plain words, their language.", "guide",
            palette=False),
    Command("times", "panel('times')", ("r",), "Times", "Read out the times for the crew.", "guide"),
    Command("end", "end", ("e",), "End", "End and save.", "guide", footer=True),
    Command("unlogged", "leave_unlogged", ("x",), "Leave", "Leave without logging anything.", "guide"),
    Command("guide-up", "scroll_body(-3)", ("up", "pageup"), "", "Scroll up.", "guide", palette=False),
    Command("guide-down", "scroll_body(3)", ("down", "pagedown"), "", "Scroll down.", "guide", palette=False),
    Command("guide-look-up", "app.look_up", ("slash",), "Look up", "Look something up.", "guide", palette=False),
    Command("guide-keys", "app.keys", ("question_mark",), "Keys", "Every key.", "guide", palette=False),
    Command("guide-help", "app.help_now", ("exclamation_mark",), "HELP", "HELP.", "guide", palette=False),
    Command("guide-back", "back_layer", ("escape",), "Desk",
            "Close the panel, or park this person and go to the Desk.", "guide", palette=False),
    # -- wrap-up
    Command("wrap-note", "note", ("n",), "Note", "Write a note on what was saved.", "wrap-up", footer=True),
    Command("wrap-promise", "promise", ("t",), "Promise", "Promise something by a time.", "wrap-up", footer=True),
    Command("wrap-drop", "drop", ("x",), "Do not log", "Take this record out of the log.", "wrap-up", footer=True),
    Command("wrap-undo", "take_back", ("u",), "Undo", "Take the saving back and return to the guide.", "wrap-up",
            footer=True),
    Command("wrap-incident", "incident", (), "Incident report", "Write the report about this contact.", "wrap-up"),
    Command("wrap-up-key", "move(-1)", ("up",), "", "The field above.", "wrap-up", palette=False),
    Command("wrap-down", "move(1)", ("down",), "", "The field below.", "wrap-up", palette=False),
    Command("wrap-left", "turn(-1)", ("left",), "", "The value before.", "wrap-up", palette=False),
    Command("wrap-right", "turn(1)", ("right",), "Change", "The next value.", "wrap-up", palette=False),
    Command("wrap-done", "done", ("enter", "escape"), "Desk", "Keep it and go to the Desk.", "wrap-up", footer=True,
            palette=False),
    # -- promises
    Command("promise-open", "script", ("enter",), "Script", "Open the call-back guide for this promise.",
            "promises", footer=True),
    Command("promise-done", "done", ("d",), "Done", "The promise is kept.", "promises", footer=True),
    Command("promise-snooze", "snooze", ("s",), "Snooze", "Give it a later time.", "promises", footer=True),
    Command("promise-hand", "hand_over", ("h",), "Hand over", "Give it to somebody.", "promises", footer=True),
    Command("promise-wait", "wait_for", ("w",), "Waiting", "Somebody else moves next.", "promises"),
    Command("promise-contact", "contact", ("v",), "Contact", "Show the contact for ten seconds.", "promises",
            footer=True),
    Command("promise-mine", "mine", ("a",), "Mine or all", "Only mine, or everybody's.", "promises"),
    Command("promise-accept", "accept", ("y",), "Accept", "Accept a promise that was handed to you.", "promises"),
    Command("promise-drop", "drop", ("x",), "Drop", "Nobody needs it any more.", "promises"),
    Command("promise-new", "new", ("t",), "New", "Promise something without a guide.", "promises"),
    Command("promise-notices", "app.go_notices", ("n",), "Notices", "What is broken today, the notices, the pledge.",
            "promises", footer=True, palette=False),
    Command("promise-up", "move(-1)", ("up",), "", "The line above.", "promises", palette=False),
    Command("promise-down", "move(1)", ("down",), "", "The line below.", "promises", palette=False),
    Command("promise-back", "app.go_desk", ("escape",), "Desk", "Go to the Desk.", "promises", palette=False),
    # -- notices
    Command("notice-open", "open", ("enter",), "Open", "Open the guide, the hand-over or the sample that is chosen.",
            "notices", footer=True),
    Command("notice-add", "app.post_notice", ("a",), "Add", "Tell every desk something, until a time.", "notices",
            footer=True, palette=False),
    Command("notice-end", "end", ("d",), "Mended", "It is mended, or nobody needs it any more.", "notices",
            footer=True),
    Command("notice-print", "print", ("p",), "Print pledge", "Write the pledge to a file for the printer.", "notices",
            footer=True),
    Command("notice-adopt", "adopt", ("y",), "Adopt", "Make the chosen sample this library's pledge.", "notices"),
    Command("notice-promises", "app.go_promises", ("asterisk",), "Promises", "What is owed.", "notices",
            footer=True, palette=False),
    Command("notice-up", "move(-1)", ("up",), "", "The line above.", "notices", palette=False),
    Command("notice-down", "move(1)", ("down",), "", "The line below.", "notices", palette=False),
    Command("notice-page-up", "move(-8)", ("pageup",), "", "Eight lines up.", "notices", palette=False),
    Command("notice-page-down", "move(8)", ("pagedown",), "", "Eight lines down.", "notices", palette=False),
    Command("notice-undo", "app.undo", ("minus",), "Undo", "Take back the last thing.", "notices", palette=False),
    Command("notice-keys", "app.keys", ("question_mark",), "Keys", "Every key.", "notices", palette=False),
    Command("notice-back", "back_layer", ("escape",), "Desk", "Close the sample, then go to the Desk.", "notices",
            footer=True, palette=False),
    # -- shift
    Command("shift-edit", "edit", ("e",), "Edit", "Change what was saved.", "shift", footer=True),
    Command("shift-late", "late", ("a",), "Add late", "Add something that was not logged when it happened.", "shift",
            footer=True),
    Command("shift-summary", "summary", ("s",), "Summary", "The summary of this shift.", "shift", footer=True),
    Command("shift-handover", "handover", ("h",), "Hand over", "Write or accept the hand-over.", "shift",
            footer=True),
    Command("shift-print", "print", ("p",), "Print", "Write the summary to a file for the printer.", "shift",
            footer=True),
    Command("shift-erase", "erase", ("x",), "Erase", "Erase the text for good, in every version; asks first.", "shift"),
    Command("shift-turn", "turn", ("b",), "Begin/end", "Begin a shift at this desk, or end it.", "shift",
            footer=True),
    Command("shift-feedback", "app.go_feedback", ("f",), "Voice", "What patrons said, and the answers.", "shift",
            palette=False),
    Command("shift-incident", "incident", (), "Incident report", "Write the report about the chosen contact.",
            "shift"),
    Command("shift-reports", "app.go_ranges", ("r",), "Reports", "Any days: a week, a month, a year.", "shift",
            palette=False),
    Command("shift-up", "move(-1)", ("up",), "", "Up.", "shift", palette=False),
    Command("shift-down", "move(1)", ("down",), "", "Down.", "shift", palette=False),
    Command("shift-back", "back_layer", ("escape",), "Desk", "Go to the Desk.", "shift", palette=False),
    # -- reports of any days
    Command("range-cases", "open", ("enter",), "Cases", "Show the records behind the chosen line.", "ranges",
            footer=True, palette=False),
    Command("range-before", "range_before", ("left",), "Before", "The day, week, month or year before.", "ranges"),
    Command("range-after", "range_after", ("right",), "After", "The one after.", "ranges"),
    Command("range-day", "unit('day')", ("d",), "Day", "One day.", "ranges"),
    Command("range-week", "unit('week')", ("w",), "Week", "A week, from Monday.", "ranges"),
    Command("range-month", "unit('month')", ("m",), "Month", "A month.", "ranges"),
    Command("range-year", "unit('year')", ("y",), "Year", "A year.", "ranges"),
    Command("range-type", "type_days", ("t",), "Days", "Type the days: last month, 2026-10, one day.", "ranges",
            footer=True),
    Command("range-where", "choose_where", ("b",), "Where", "One branch or desk, or the whole library.", "ranges",
            footer=True),
    Command("range-compare", "compare", ("c",), "Compare", "Put the period before beside it, or take it away.",
            "ranges", footer=True),
    Command("range-print", "print", ("p",), "Print", "Write a page for the printer, and open it if you like.",
            "ranges", footer=True),
    Command("range-up", "move(-1)", ("up",), "", "Up.", "ranges", palette=False),
    Command("range-down", "move(1)", ("down",), "", "Down.", "ranges", palette=False),
    Command("range-page-up", "move(-12)", ("pageup",), "", "Twelve lines up.", "ranges", palette=False),
    Command("range-page-down", "move(12)", ("pagedown",), "", "Twelve lines down.", "ranges", palette=False),
    Command("range-back", "back_layer", ("escape",), "Back", "Back to the report, then to the Desk.", "ranges",
            footer=True, palette=False),
    # -- the voice of patrons
    Command("voice-open", "open", ("enter",), "Read", "Read the chosen one whole.", "voice", footer=True),
    Command("voice-add", "app.add_feedback", ("a",), "Add", "Write down what somebody said.", "voice", footer=True,
            palette=False),
    Command("voice-answer", "answer", ("y",), "We did", "Say what was done about it: you said, we did.", "voice",
            footer=True),
    Command("voice-hidden", "show_hidden", ("v",), "Hidden", "Show what is about a colleague, or hide it again.",
            "voice", footer=True),
    Command("voice-kind", "next_kind", ("k",), "Kind", "Only complaints, then ideas, refusals, thanks, wishes, all.",
            "voice", footer=True),
    Command("voice-up", "move(-1)", ("up",), "", "The line above.", "voice", palette=False),
    Command("voice-down", "move(1)", ("down",), "", "The line below.", "voice", palette=False),
    Command("voice-page-up", "move(-8)", ("pageup",), "", "Eight lines up.", "voice", palette=False),
    Command("voice-page-down", "move(8)", ("pagedown",), "", "Eight lines down.", "voice", palette=False),
    Command("voice-undo", "take_back", ("minus",), "Undo", "Take back the last thing.", "voice", palette=False),
    Command("voice-keys", "app.keys", ("question_mark",), "Keys", "Every key.", "voice", palette=False),
    Command("voice-back", "back_layer", ("escape",), "Back", "Close what is open, then go to the Desk.", "voice",
            footer=True, palette=False),
    # -- the incident reports
    Command("reports-open", "open", ("enter",), "Open", "Read a report, or go on with a draft.", "reports",
            footer=True),
    Command("reports-new", "new", ("n",), "New", "Write a report about something no record tells of.", "reports",
            footer=True),
    Command("reports-add", "add", ("a",), "Add", "Add to the final report that is open.", "reports", footer=True),
    Command("reports-code", "code", ("c",), "Code", "Give the code that reads them, or forget it at once.",
            "reports", footer=True),
    Command("reports-up", "move(-1)", ("up",), "", "Up.", "reports", palette=False),
    Command("reports-down", "move(1)", ("down",), "", "Down.", "reports", palette=False),
    Command("reports-back", "back_layer", ("escape",), "Back", "Close the report, then go to the Desk.", "reports",
            footer=True, palette=False),
    # -- writing an incident report
    Command("report-next", "next_question", ("tab",), "Next", "Keep this answer and go to the next question.", "report",
            footer=True, priority=True, palette=False),
    Command("report-before", "question_before", ("shift+tab",), "Before", "Keep this answer and go a question back.",
            "report", footer=True, priority=True, palette=False),
    Command("report-names", "keep_names", ("ctrl+k",), "Keep names",
            "Keep what looks private in this report, or mask it again.", "report", footer=True, priority=True),
    Command("report-final", "finish", ("f",), "Final", "On the last page: make the report final.", "report",
            footer=True, palette=False),
    Command("report-up", "roll(-3)", ("up",), "", "On the last page: up.", "report", palette=False),
    Command("report-down", "roll(3)", ("down",), "", "On the last page: down.", "report", palette=False),
    Command("report-leave", "leave", ("escape",), "Leave", "Leave it as a draft; it is kept as it is.", "report",
            footer=True, palette=False),
    # -- the chooser of cards
    Command("card-show", "show", ("enter",), "Show", "Turn this card to the patron.", "cards", footer=True,
            palette=False),
    Command("card-before", "before", ("left",), "", "The language before.", "cards", priority=True, palette=False),
    Command("card-after", "after", ("right",), "Language", "The next language.", "cards", footer=True,
            priority=True, palette=False),
    Command("card-browser", "browser", ("ctrl+y",), "Browser", "Show it in the browser: larger, in every script.",
            "cards", footer=True, priority=True, palette=False),
    Command("card-list-up", "move(-1)", ("up",), "", "The card above.", "cards", palette=False),
    Command("card-list-down", "move(1)", ("down",), "", "The card below.", "cards", palette=False),
    Command("card-close", "close", ("escape",), "Back", "No card.", "cards", footer=True, palette=False),
    # -- the card itself; only the private key leaves it
    Command("card-up", "move(0, -1)", ("up",), "", "The answer above.", "card", palette=False),
    Command("card-down", "move(0, 1)", ("down",), "", "The answer below.", "card", palette=False),
    Command("card-left", "move(-1, 0)", ("left",), "", "The answer at the left.", "card", palette=False),
    Command("card-right", "move(1, 0)", ("right",), "", "The answer at the right.", "card", palette=False),
    Command("card-point", "point", ("enter", "space"), "", "Point to this answer.", "card", palette=False),
    # -- the scenes to practise
    Command("scene-start", "start", ("enter",), "Practise", "Begin this scene.", "scenes", footer=True, palette=False),
    Command("scene-before", "before", ("left",), "", "The family before.", "scenes", priority=True, palette=False),
    Command("scene-family", "after", ("right",), "Family", "The next family.", "scenes", footer=True, priority=True,
            palette=False),
    Command("scene-up", "move(-1)", ("up",), "", "The scene above.", "scenes", palette=False),
    Command("scene-down", "move(1)", ("down",), "", "The scene below.", "scenes", palette=False),
    Command("scene-page-up", "move(-8)", ("pageup",), "", "Eight lines up.", "scenes", palette=False),
    Command("scene-page-down", "move(8)", ("pagedown",), "", "Eight lines down.", "scenes", palette=False),
    Command("scene-back", "back_layer", ("escape",), "Desk", "Empty the line, then go to the Desk.", "scenes",
            footer=True, palette=False),
    # -- a practice
    *_digits("practice", "practice-"),
    Command("practice-said", "said", ("enter",), "Said", "You said it aloud.", "practice", footer=True, palette=False),
    Command("practice-tick", "tick", ("space",), "Tick", "Tick the next item.", "practice", footer=True, palette=False),
    Command("practice-back", "back_step", ("backspace",), "Back", "Go a step back.", "practice"),
    Command("practice-wording", "wording", ("w",), "Words", "Another sentence to say.", "practice", footer=True),
    Command("practice-avoid", "panel('avoid')", ("v",), "Avoid", "What not to say, and what instead.", "practice",
            footer=True),
    Command("practice-why", "panel('why')", ("i",), "Why", "The reason, and what you may decide.", "practice"),
    Command("practice-hold", "hold", ("h",), "Hold", "Start or stop the hold clock.", "practice"),
    Command("practice-help", "rehearse_help", ("p",), "HELP rehearsed", "Rehearse HELP; Ctrl+G is always the real one.",
            "practice", footer=True),
    Command("practice-end", "end", ("e",), "End", "End the practice and talk it over.", "practice", footer=True),
    Command("practice-up", "scroll_body(-3)", ("up", "pageup"), "", "Scroll up.", "practice", palette=False),
    Command("practice-down", "scroll_body(3)", ("down", "pagedown"), "", "Scroll down.", "practice", palette=False),
    Command("practice-keys", "app.keys", ("question_mark",), "Keys", "Every key.", "practice", palette=False),
    Command("practice-look-up", "app.look_up", ("slash",), "", "Look something up; this waits.", "practice",
            palette=False),
    Command("practice-real", "app.help_now", ("exclamation_mark",), "", "The real HELP.", "practice", palette=False),
    Command("practice-leave", "back_layer", ("escape",), "", "Close the panel, or set this aside.", "practice",
            palette=False),
    # -- HELP, rehearsed
    Command("rehearsed-leave", "leave", ("escape",), "Back to the practice", "Leave the rehearsed HELP.",
            "rehearsed-help", footer=True, palette=False),
    # -- what there is to talk over
    Command("debrief-again", "again", ("a",), "Again", "The same scene once more.", "debrief", footer=True),
    Command("debrief-next", "following", ("n",), "Next", "The next scene in the list.", "debrief", footer=True),
    Command("debrief-surprise", "surprise", ("s",), "Surprise me", "Any other scene.", "debrief", footer=True),
    Command("debrief-up", "scroll_body(-3)", ("up", "pageup"), "", "Scroll up.", "debrief", palette=False),
    Command("debrief-down", "scroll_body(3)", ("down", "pagedown"), "", "Scroll down.", "debrief", palette=False),
    Command("debrief-keys", "app.keys", ("question_mark",), "Keys", "Every key.", "debrief", palette=False),
    Command("debrief-back", "scenes", ("escape", "enter"), "Scenes", "Choose another.", "debrief", footer=True,
            palette=False),
    # -- help
    Command("help-times", "times", ("r",), "Times", "Read out the times.", "help", footer=True, palette=False),
    Command("help-call", "called", ("space", "enter"), "Called", "Note that the call was made, now.", "help",
            footer=True, palette=False),
    Command("help-leave", "leave", ("escape", "ctrl+g", "f9"), "Leave", "Leave HELP.", "help", footer=True,
            palette=False),
)  # fmt: skip


def of(place: str) -> tuple[Command, ...]:
    """The commands of a screen, without those that work everywhere."""
    return tuple(command for command in COMMANDS if command.place == place)


def command(command_id: str) -> Command:
    """The command with an id, for words that name its key."""
    return next(each for each in COMMANDS if each.id == command_id)


def bindings(place: str) -> "list[Binding]":
    """The Textual bindings of a screen (or of the app, for `everywhere`); each key carries its command's id."""
    from textual.binding import Binding

    return [
        Binding(
            ",".join(command.keys),
            command.action,
            command.label or command.help,
            show=False,
            priority=command.priority,
            id=command.id,
            tooltip=command.help,
        )
        for command in of(place)
        if command.keys
    ]


def footer(place: str) -> tuple[Command, ...]:
    """What the footer line of a screen shows: HELP, which a narrow window must not cut, then its own commands."""
    own = tuple(command for command in of(place) if command.footer)
    return own if place == "help" else (*(command for command in of(EVERYWHERE) if command.footer), *own)
