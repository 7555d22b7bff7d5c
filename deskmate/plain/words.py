"""What can be typed where. The sentences are those of the command registry, so that both faces say the same."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deskmate.screens.commands import command


@dataclass(frozen=True, slots=True)
class Word:
    """Something that can be typed.

    Attributes:
        typed: what is typed, shown as it is.
        help: what it does, in one sentence.
    """

    typed: str
    help: str


def _as(typed: str, command_id: str) -> Word:
    """A word with the sentence of a command."""
    return Word(typed, command(command_id).help)


ANYWHERE: Final = (
    _as("!", "help-now"),
    Word("help", "The same, at every question."),
    _as("phone", "phone"),
    _as("other", "other"),
    Word("?", "Say this list."),
    Word("quit", "Leave DeskMate; whoever is live stays and comes back at their step."),
)
DESK: Final = (
    Word("words", "Look up what you see or hear: guy yelling fine."),
    Word("1 or 2", "Open that line of the last list; a fact or a number is told and counted."),
    Word("Enter", "Say who waits and what is owed."),
    Word("+", "Count one directional question; again for more."),
    Word("=pa x7", "Tally: channel, kind, number and time, like =pa x7 20m ago; = alone says the letters."),
    Word("=x7", "The same again, seven; =~7 about seven, an estimate; =0 11:30 nobody came."),
    Word("<", "Never ask about forgotten hours here, or ask again."),
    _as("-", "undo-last"),
    _as("*", "promises"),
    _as("#", "shift"),
    Word("@words", "Desks, agencies and lines that have the words; @ alone says all."),
    _as("practice", "practise"),
    Word("charge", command("in-charge").help),
)
GUIDE: Final = (
    Word("1 or 2", "Give that answer."),
    Word("Enter", "Say this step again."),
    Word("d", "Tick the next thing to do; d2 the second, d2 again takes it back; d all confirms the list."),
    _as("w", "wording"),
    _as("v", "avoid"),
    _as("i", "why"),
    _as("b", "back-step"),
    Word("n", "Write a note; what looks private is told and masked."),
    _as("t", "promise"),
    Word("k", "Of a call back: say whom to call."),
    _as("o", "offered"),
    _as("h", "hold"),
    _as("r", "times"),
    Word("/words", "Look something up and come back to this step."),
    Word("p", "Park this person, or put the caller on hold, and go to the Desk."),
    _as("e", "end"),
    _as("x", "unlogged"),
)
SAVED: Final = (
    _as("n", "wrap-note"),
    _as("t", "wrap-promise"),
    Word("r3", "Say that the READ effort was 3, of 1 to 6; one is proposed."),
    _as("+", "wrap-strain"),
    _as("x", "wrap-drop"),
    _as("u", "wrap-undo"),
    Word("words", "The next look-up."),
    Word("Enter", "Keep it and go to the Desk."),
)
PROMISES: Final = (
    _as("d1", "promise-done"),
    _as("s1", "promise-snooze"),
    _as("h1", "promise-hand"),
    _as("w1", "promise-wait"),
    Word("v1", "Show the contact; on a line it stays where it was said."),
    _as("y1", "promise-accept"),
    _as("x1", "promise-drop"),
    _as("t", "promise-new"),
    _as("k", "promise-rate"),
    _as("1", "promise-open"),
    Word("Enter", "Go to the Desk."),
)
SHIFT: Final = (
    Word("s", "The summary of this shift."),
    _as("h", "shift-handover"),
    _as("b", "shift-turn"),
    Word("a", "Add late, like pa x2 20m ago."),
    Word("Enter", "Go to the Desk."),
)
PRACTICE: Final = (
    Word("1 or 2", "Give that answer."),
    Word("Enter", "Hear the patron and the step again."),
    Word("s", "You said the sentence aloud."),
    Word("d", "Tick the next thing to do; d2 the second."),
    _as("w", "practice-wording"),
    _as("v", "practice-avoid"),
    _as("i", "practice-why"),
    _as("b", "practice-back"),
    Word("p", "Rehearse HELP; ! is always the real one."),
    _as("e", "practice-end"),
    Word("q", "Set it aside and go to the Desk."),
)


def listed(*groups: Iterable[Word]) -> list[str]:
    """Each word on a line of its own."""
    return [f"{word.typed}: {word.help}" for group in groups for word in group]
