"""Our colours: calm, and an alarm colour only for an alarm; a word or a sign always stands beside it."""

from dataclasses import replace
from typing import Final

from textual.theme import BUILTIN_THEMES, Theme

THEMES: Final = (
    Theme(
        name="calm-dark",
        primary="#7aa2c8",
        secondary="#8fb8a8",
        accent="#c9b27c",
        foreground="#dfe4ea",
        background="#14181d",
        surface="#1a2027",
        panel="#212931",
        success="#8fc49a",
        warning="#e0b45c",
        error="#f08a7c",
        dark=True,
        variables={"chosen": "#324150", "scrollbar-background": "#1a2027", "scrollbar": "#4a5d70"},
    ),
    Theme(
        name="calm-light",
        primary="#275d8c",
        secondary="#2c6e5a",
        accent="#7a5c14",
        foreground="#1b2128",
        background="#f7f6f2",
        surface="#ffffff",
        panel="#e9e7e0",
        success="#1f6b34",
        warning="#8a5a00",
        error="#a5281b",
        dark=False,
        variables={"chosen": "#c5d3df", "scrollbar-background": "#e9e7e0", "scrollbar": "#9aa7b3"},
    ),
    Theme(
        name="high-contrast",
        primary="#ffd866",
        secondary="#8be9fd",
        accent="#ffd866",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        success="#7dff9b",
        warning="#ffd866",
        error="#ff9e9e",
        dark=True,
        variables={"chosen": "#5c4a00", "scrollbar-background": "#1c1c1c", "scrollbar": "#ffd866"},
    ),
    # Textual's own for 16 colours, whose warning is a bright red on light ground: that is kept for an alarm.
    replace(BUILTIN_THEMES["ansi-dark"], accent="ansi_cyan"),
    replace(BUILTIN_THEMES["ansi-light"], warning="ansi_magenta", accent="ansi_blue"),
)
"""The default first; the two last are for terminals with 16 colours."""

NAMES: Final = tuple(theme.name for theme in THEMES)
VARIABLES: Final = {"chosen": "ansi_default"}
"""Names that our styles use besides Textual's; `chosen` is behind the chosen row; 16 colours turn it round instead."""
