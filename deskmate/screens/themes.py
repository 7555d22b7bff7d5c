"""Our colours: calm, and an alarm colour only for an alarm; a word or a sign always stands beside it."""

from typing import Final

from textual.theme import Theme

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
    ),
)
"""Our own."""

NAMES: Final = (*(theme.name for theme in THEMES), "ansi-dark", "ansi-light")
"""All that can be chosen, the default first; the two last are Textual's for terminals with 16 colours."""
