"""Every theme can be read by everybody: contrast is what counts, for each kind of colour vision."""

from typing import Final

import pytest
from textual.color import Color
from textual.theme import Theme

from deskmate.screens.themes import NAMES, THEMES

TRUE: Final = [theme for theme in THEMES if not theme.ansi]
READABLE: Final = 4.5
"""The least contrast of text (WCAG 2.2, 1.4.3)."""
STRONG: Final = 7.0
"""The least contrast in the high-contrast theme (WCAG 2.2, 1.4.6)."""
DIM: Final = 0.66
"""What Textual leaves of a colour that is dim."""
VISION: Final = {
    "three cones": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "no red cone": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green cone": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue cone": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "no colour": ((0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722), (0.2126, 0.7152, 0.0722)),
}
"""What is seen of a linear colour: Machado, Oliveira and Fernandes 2009, full severity; the last is luminance alone."""


def linear(color: Color) -> tuple[float, float, float]:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in color.normalized
    )
    return red, green, blue


def luminance(color: Color, vision: str) -> float:
    seen = [
        min(max(sum(share * part for share, part in zip(row, linear(color), strict=True)), 0.0), 1.0)
        for row in VISION[vision]
    ]
    return 0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]


def contrast(text: Color, ground: Color, vision: str) -> float:
    darker, lighter = sorted((luminance(text, vision), luminance(ground, vision)))
    return (lighter + 0.05) / (darker + 0.05)


def colours(theme: Theme) -> dict[str, Color]:
    """All plain colours of a theme by the names that styles use."""
    named = theme.to_color_system().generate() | theme.variables
    return {name: Color.parse(value) for name, value in named.items() if value.startswith("#")}


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", TRUE, ids=lambda theme: theme.name)
def test_every_text_can_be_read_on_every_ground(theme: Theme, vision: str) -> None:
    named = colours(theme)
    least = STRONG if theme.name == "high-contrast" else READABLE
    texts = ("foreground", "text-success", "text-warning", "text-error", "text-accent")
    poor = {
        (text, ground): round(contrast(named[text], named[ground], vision), 1)
        for text in texts
        for ground in ("background", "surface", "panel", "chosen")
        if contrast(named[text], named[ground], vision) < (READABLE if ground == "chosen" else least)
    }
    assert poor == {}


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", TRUE, ids=lambda theme: theme.name)
def test_dim_text_and_the_digits_of_answers_can_be_read(theme: Theme, vision: str) -> None:
    named = colours(theme)
    for ground in ("background", "surface", "panel"):
        dim = named[ground].blend(named["foreground"], DIM)
        assert contrast(dim, named[ground], vision) >= READABLE, ground
    for behind in ("primary", "error", "accent"):
        assert contrast(named["background"], named[behind], vision) >= READABLE, behind


def test_there_are_a_dark_a_light_a_strong_one_and_two_of_16_colours() -> None:
    assert NAMES == ("calm-dark", "calm-light", "high-contrast", "ansi-dark", "ansi-light")
    sixteen = [theme for theme in THEMES if theme.ansi]
    assert len(sixteen) == 2
    for theme in sixteen:  # an alarm has a colour of its own
        assert "red" not in f"{theme.warning}{theme.accent}{theme.success}"
        assert theme.error == "ansi_red"
