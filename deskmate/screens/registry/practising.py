"""The commands of practice."""

from typing import Final

from deskmate.screens.registry.command import Command, digits

PRACTISING: Final[tuple[Command, ...]] = (
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
    *digits("practice", "practice-"),
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
    Command("practice-leave", "back_layer", ("escape",), "", "Close the panel, or set this aside.", "practice",
            palette=False),
    # -- HELP, rehearsed
    *digits("rehearsed-help", "rehearsed-", "Give that digit."),
    Command("rehearsed-keys", "app.keys", ("question_mark",), "", "Every key of the rehearsed HELP.", "rehearsed-help",
            palette=False),
    Command("rehearsed-leave", "leave", ("escape",), "Back to the practice", "Leave the rehearsed HELP.",
            "rehearsed-help", footer=True, palette=False),
    # -- what there is to talk over
    Command("debrief-go-on", "go_on", ("backspace",), "Go on", "Go on where you left it.", "debrief", footer=True),
    Command("debrief-again", "again", ("a",), "Again", "The same scene once more.", "debrief", footer=True),
    Command("debrief-next", "following", ("n",), "Next", "The next scene in the list.", "debrief", footer=True),
    Command("debrief-surprise", "surprise", ("s",), "Surprise me", "Any other scene.", "debrief", footer=True),
    Command("debrief-up", "scroll_body(-3)", ("up", "pageup"), "", "Scroll up.", "debrief", palette=False),
    Command("debrief-down", "scroll_body(3)", ("down", "pagedown"), "", "Scroll down.", "debrief", palette=False),
    Command("debrief-back", "scenes", ("escape", "enter"), "Scenes", "Choose another.", "debrief", footer=True,
            palette=False),
)  # fmt: skip
