"""Rows and sections: what a report is put together from, and how its numbers may be told."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from deskmate.reports.cases import case_key
from deskmate.reports.summary import SMALL, Summary
from deskmate.reports.words import word
from deskmate.text.clean import one_line

TOP: Final = 10
"""Rows of a ranked table; the rest is one row that says how many."""
Shape = Literal["figures", "bars", "hours", "week", "lines"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    label: str
    shown: str = ""
    """The value as it is printed: `41`, `<3`, `4 min`."""
    number: int | None = None
    """For a bar; None when there is nothing to draw, or when it is hidden."""
    cases: str = ""
    """The key of the records behind it; empty when there are none to be shown."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table with a title."""

    title: str
    rows: tuple[Row, ...]
    shape: Shape = "figures"
    note: str = ""
    head: tuple[str, ...] = ()
    """Column heads of a `week`; the cells of its rows are in `grid`."""
    grid: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()
    """The key of the records behind each row of the `grid`."""
    on_paper: bool = True
    """Whether it is printed: a sheet has no room for what another section has too."""


def cell(summary: Summary, number: int) -> int | str:
    """A number as this summary may tell it: itself, or `<3`."""
    return f"<{SMALL}" if summary.small_cells and 0 < number < SMALL else number


def row(summary: Summary, label: str, number: int, cases: str = "") -> Row:
    """A number beside its name, hidden when it is small.

    Args:
        summary: tells whether small cells are hidden.
        label: the name.
        number: the number.
        cases: the key of the records behind it.
    """
    told = cell(summary, number)
    return Row(label, told, None, cases) if isinstance(told, str) else Row(label, f"{told:,}", told, cases)


def figures(summary: Summary, title: str, numbers: Iterable[tuple[str, int]]) -> Section:
    """A section of names and numbers, those of none left out."""
    return Section(title, tuple(row(summary, label, number) for label, number in numbers if number))


def ordered(values: Iterable[str], table: Mapping[str, int]) -> list[str]:
    """The keys that have a number, known values in their usual order, others after them."""
    known = [value for value in values if table.get(value)]
    return known + sorted(key for key in table if key not in known and table[key])


def named(
    summary: Summary, title: str, values: Iterable[str], table: Mapping[str, int], words: Mapping[str, str], figure: str
) -> Section:
    """A section of bars over a table of known values.

    Args:
        summary: what is told.
        title: the section's.
        values: the known values in their usual order.
        table: value to contacts.
        words: value to the name that people read.
        figure: what the key of the records behind a row begins with.
    """
    rows = tuple(
        row(summary, word(value, words), table[value], case_key(figure, value)) for value in ordered(values, table)
    )
    return Section(title, rows, "bars")


def plain(told: int | str) -> str:
    """A cell as text: `1,204` or `<3`."""
    return f"{told:,}" if isinstance(told, int) else told


def _labels(table: Mapping[str, int], names: Mapping[str, str]) -> dict[str, str]:
    """Each key of a table to its name, itself when it has none; two keys of one name stay apart."""
    titles = [names.get(key, key) for key in table]
    return {
        key: title if titles.count(title) == 1 else f"{title} ({key})" for key, title in zip(table, titles, strict=True)
    }


def top(
    summary: Summary, table: Mapping[str, int], figure: str, names: Mapping[str, str] | None = None
) -> tuple[Row, ...]:
    """The ten most frequent, most first, and a row that says how many more there are.

    Args:
        summary: what is told.
        table: value to contacts.
        figure: what the key of the records behind a row begins with; empty when there are none to be shown.
        names: value to the name that people read.
    """
    labels = _labels(table, names or {})
    ranked = sorted(table.items(), key=lambda item: (-item[1], labels[item[0]]))
    rows = [
        row(summary, one_line(labels[key]), number, case_key(figure, key) if figure else "")
        for key, number in ranked[:TOP]
    ]
    if len(ranked) > TOP:
        rest = row(summary, f"{len(ranked) - TOP} more", sum(number for _, number in ranked[TOP:]))
        rows.append(replace(rest, number=None))  # a bar of many together would dwarf the others
    return tuple(rows)
