"""Bars and columns of block characters: the label and the number are always there, colour never is."""

from collections.abc import Sequence
from typing import Final

from deskmate.text.clean import cells, clip, one_line

NOBODY: Final = "?"
"""Stands where nobody logged: not a zero."""
LONGEST: Final = 40
"""Cells a bar takes at most: a longer one says no more and shouts."""
_ACROSS: Final = " ▏▎▍▌▋▊▉█"
_UP: Final = " ▁▂▃▄▅▆▇█"
_ASCII: Final = " #"


def bars(pairs: Sequence[tuple[str, int | str]], width: int, *, ascii: bool = False) -> list[str]:  # noqa: A002  the name callers know from str.isascii and json.dumps
    """One horizontal bar per pair: label, bar, number.

    Args:
        pairs: a label and its number. A text in the number's place (`<3`) is printed without a bar.
        width: cells a line may take; the bar gets what label and number leave, and none when that is too little.
        ascii: draw with `#` for terminals without block characters.

    Returns:
        One line per pair, none wider than `width`. A number above zero always shows at least the smallest piece of bar.
    """
    if not pairs:
        return []
    numbers = [_shown(value) for _, value in pairs]
    number_width = max(map(cells, numbers))
    labels = [one_line(label) for label, _ in pairs]
    longest = max(map(cells, labels))
    label_width = max(1, min(longest, max(width // 2, width - number_width - 24), width - number_width - 2))
    room = min(LONGEST, width - label_width - number_width - 4)
    top = max((value for _, value in pairs if isinstance(value, int)), default=0)
    lines = []
    for label, number, (_, value) in zip(labels, numbers, pairs, strict=True):
        line = f"{_padded(label, label_width)}  {' ' * (number_width - cells(number))}{number}"
        if room > 0 and isinstance(value, int) and value > 0:
            line += f"  {_stroke(value, top, room, _ASCII if ascii else _ACROSS)}"
        lines.append(line.rstrip())
    return lines


def columns(
    values: Sequence[int | str | None],
    height: int,
    *,
    labels: Sequence[str] = (),
    ascii: bool = False,  # noqa: A002  as in bars
) -> list[str]:
    """Vertical columns with the number above each and the label below.

    Args:
        values: one number per column; None where nobody logged, shown as `?`; a text (`<3`) stands without a column.
        height: lines the tallest column takes.
        labels: what stands below each column; none leaves that line out.
        ascii: draw with `#`.

    Returns:
        `height` lines of columns under a line of room for the tallest number, then the labels. As wide as the numbers
        and labels ask for; the caller looks whether it fits.
    """
    if not values:
        return []
    heights = [value if isinstance(value, int) else 0 for value in values]
    numbers = [NOBODY if value is None else _shown(value) for value in values]
    names = [one_line(label) for label in labels]
    cell = max(map(cells, (*numbers, *names))) + 1
    top = max(heights)
    marks = _ASCII if ascii else _UP
    stacks = [_stroke(value, top, height, marks).ljust(height) for value in heights]
    # The number sits on its column: that is where the stroke ends.
    ends = [len(stack.rstrip()) for stack in stacks]
    lines = []
    for level in range(height, -1, -1):
        row = ""
        for stack, end, number in zip(stacks, ends, numbers, strict=True):
            here = number if level == end else stack[level] * (cell - 1) if level < end else ""
            row += here.rjust(cell)
        lines.append(row.rstrip())
    if names:
        lines.append("".join(_right(name, cell) for name in names).rstrip())
    return lines


def _stroke(value: int, top: int, room: int, marks: str) -> str:
    """A stroke of `room` cells for `top`, to the nearest piece of a cell; never empty for a number above zero."""
    if value <= 0 or top <= 0:
        return ""
    pieces = len(marks) - 1
    length = max(1, round(value / top * room * pieces))
    whole, rest = divmod(length, pieces)
    return marks[-1] * whole + (marks[rest] if rest else "")


def _shown(value: int | str) -> str:
    return f"{value:,}" if isinstance(value, int) else one_line(value)


def _padded(text: str, width: int) -> str:
    text = clip(text, width)
    return text + " " * (width - cells(text))


def _right(text: str, width: int) -> str:
    return " " * (width - cells(text)) + text
