"""Tension weather: tense and red contacts by hour and place, of no staff and no patron."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from deskmate.reports.summary import ONE_DAY, SMALL, Summary
from deskmate.text.clean import one_line

PLACES: Final = 5
"""Places with a column of their own; the others share one."""
NOWHERE: Final = "Not noted"
ELSEWHERE: Final = "Others"
Grid = tuple[tuple[str, ...], dict[int, tuple[str, ...]]]
"""The column heads, and for each hour that has any the cells below them."""


def weather(summary: Summary) -> Grid | None:
    """The hard contacts of a period over a day, by hour and place; None when there are none, or for a shorter period.

    A cell is a number, in brackets how many of them were red: `4 (1)`.
    """
    tension = summary.counted.tension
    if not tension or summary.span <= ONE_DAY:
        return None
    columns = _columns(tension)
    numbers: dict[int, dict[str, Counter[str]]] = {}
    for (strain, hour, place), number in tension.items():
        column = _name(place) if _name(place) in columns else ELSEWHERE
        numbers.setdefault(hour, {}).setdefault(column, Counter())[strain] += number
    table = {
        hour: tuple(_cell(numbers[hour].get(place, Counter()), hidden=summary.small_cells) for place in columns)
        for hour in sorted(numbers)
    }
    return columns, table


def _name(place: str) -> str:
    return one_line(place) or NOWHERE


def _columns(tension: Mapping[tuple[str, int, str], int]) -> tuple[str, ...]:
    """The places with the most hard contacts, and one column for the others when there are more."""
    totals: Counter[str] = Counter()
    for (_, _, place), number in tension.items():
        totals[_name(place)] += number
    ranked = sorted(totals, key=lambda place: (-totals[place], place))
    own = tuple(ranked[:PLACES])
    return own if len(ranked) <= PLACES or ELSEWHERE in own else (*own, ELSEWHERE)


def _cell(strains: Counter[str], *, hidden: bool) -> str:
    total, red = strains.total(), strains["red"]
    if not total:
        return ""
    if hidden and total < SMALL:
        return f"<{SMALL}"
    inside = f"<{SMALL}" if hidden and 0 < red < SMALL else str(red)
    return f"{total:,} ({inside})" if red else f"{total:,}"
