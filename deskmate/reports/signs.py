"""Where a sign may help: the same way is asked for again and again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

OFTEN: Final = 10
"""Times in a window from which a sign is worth a thought: once every three days."""
WINDOW: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Sign:
    """A question that a sign may answer."""

    about: str
    """What was told: `fact:ID` or `directory:ID`."""
    title: str
    asked: int
    """How often in its busiest days."""
    days: int
    """How many days that was: 30, or fewer in a shorter period."""


def suggest_signs(
    days: Iterable[tuple[date, Mapping[str, int]]], titles: Mapping[str, str], length: int
) -> tuple[Sign, ...]:
    """The questions for the way that recur, the most asked first.

    Args:
        days: each day in order, with what was told to directional contacts and how often.
        titles: what can be told, by the same ids; another id is somebody's own tag and is left out.
        length: days of the whole period.
    """
    told: dict[str, list[tuple[date, int]]] = {}
    for day, table in days:
        for about, number in table.items():
            if about in titles:
                told.setdefault(about, []).append((day, number))
    window = min(length, WINDOW.days)
    found = (Sign(about, titles[about], _most(numbers), window) for about, numbers in told.items())
    often = (sign for sign in found if sign.asked >= OFTEN)
    return tuple(sorted(often, key=lambda sign: (-sign.asked, sign.about)))


def _most(numbers: list[tuple[date, int]]) -> int:
    """The most within any window of days."""
    most = asked = first = 0
    for day, number in numbers:
        asked += number
        while day - numbers[first][0] >= WINDOW:
            asked -= numbers[first][1]
            first += 1
        most = max(most, asked)
    return most
