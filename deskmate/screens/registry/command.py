"""What a command is. Nothing of Textual is loaded here: `deskmate.plain` takes its sentences from the registry too."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deskmate.screens.registry.key_names import shown

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


def digits(place: str, prefix: str = "", help_: str = "Give that answer.") -> Iterable[Command]:
    """The nine digits, where each chooses something.

    Args:
        place: where.
        prefix: what their ids begin with.
        help_: what a digit does.
    """
    for digit in range(1, 10):
        yield Command(f"{prefix}choose-{digit}", f"choose({digit})", (str(digit),), "", help_, place, palette=False)
