"""The commands of what is shown to the patron."""

from typing import Final

from deskmate.screens.registry.command import Command

SHOWING: Final[tuple[Command, ...]] = (
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
)  # fmt: skip
