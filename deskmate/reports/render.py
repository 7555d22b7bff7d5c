"""A summary in every form people ask for: plain text and Markdown here, the page, JSON and CSV beside it."""

import re
from collections.abc import Iterable
from typing import Final

from deskmate.reports.charts import NOBODY, bars, columns
from deskmate.reports.figures import csv, to_json
from deskmate.reports.page import html
from deskmate.reports.rows import Row, Section
from deskmate.reports.sections import sections
from deskmate.reports.summary import Summary
from deskmate.reports.words import SILENT, moment, period, wrapped
from deskmate.text.clean import cells, clip, one_line

__all__ = ["aloud", "csv", "html", "markdown", "text", "to_json"]

HEIGHT: Final = 5
"""Lines the hours' columns take in plain text."""
VALUE: Final = 12
"""Cells that are kept for a figure beside a long label."""
_ACTIVE: Final = re.compile(r"([\\`*_{}\[\]<>#|~&!])")
_OPENING: Final = re.compile(r"^([-+]|\d+(?=[.)]))")


def text(summary: Summary, width: int = 78, *, ascii: bool = False) -> str:  # noqa: A002  as in charts
    """The summary in plain text, no line wider than `width` terminal cells.

    Args:
        summary: what to print.
        width: terminal cells per line, 40 or more.
        ascii: draw the charts with `#` for terminals without block characters.
    """
    lines = [*wrapped(summary.title, width), *wrapped(period(summary.start, summary.end), width)]
    for section in sections(summary):
        lines += ["", section.title, *_text_body(section, width, ascii=ascii)]
        if section.note:
            lines += wrapped(section.note, width, first="  ", rest="  ")
    return "\n".join([*lines, "", f"Made {moment(summary.now)}"]) + "\n"


def addressed(section: Section, width: int) -> list[tuple[str, str]]:
    """The lines of a section, each with the key of the records behind it, or none.

    Args:
        section: one section of a summary.
        width: terminal cells per line, 40 or more.
    """
    if section.shape == "lines":
        lines = [(line, "") for line in _text_body(section, width, ascii=False)]
    elif section.shape == "week":
        grid = _text_grid(section, width)
        keys = ("", *section.keys) if len(grid) == 1 + len(section.keys) else ("",) * len(grid)
        lines = list(zip(grid, keys, strict=True))
    elif section.shape == "figures":
        lines = [(line, row.cases) for row, line in _text_figures(section, width)]
    else:
        lines = [
            (line, row.cases) for row, line in zip(section.rows, _text_bars(section, width, ascii=False), strict=True)
        ]
    notes = wrapped(section.note, width, first="  ", rest="  ") if section.note else []
    return [*lines, *((line, "") for line in notes)]


def markdown(summary: Summary) -> str:
    """The summary in Markdown: a heading and a table for each section. What people typed is never markup."""
    lines = [f"# {_plain(summary.title)}", "", _plain(period(summary.start, summary.end))]
    for section in sections(summary):
        lines += ["", f"## {_plain(section.title)}", ""]
        if section.shape == "lines":
            lines += [f"- {_plain(row.label)}" for row in section.rows]
        elif section.shape == "week":
            lines += _markdown_table(section.head, section.grid)
        else:
            head = ("", "Value" if section.shape == "figures" else "Contacts")
            lines += _markdown_table(head, ((row.label.strip(), row.shown) for row in section.rows))
        if section.note:
            lines += ["", _plain(section.note)]
    return "\n".join([*lines, "", f"Made {moment(summary.now)}"]) + "\n"


def aloud(summary: Summary) -> str:
    """The summary as it is heard line by line: no chart and no table, each figure behind its name."""
    lines = [summary.title, period(summary.start, summary.end)]
    for section in sections(summary):
        lines += ["", f"{section.title}."]
        if section.shape == "week":
            lines += [_heard(section.head, row) for row in section.grid]
        else:
            told = (row for row in section.rows if row.shown != SILENT)  # the note tells of the silent hours at once
            lines += [row.label if section.shape == "lines" else f"{row.label.strip()}: {row.shown}" for row in told]
        lines += [section.note] if section.note else []
    return "\n".join([*map(one_line, lines), "", f"Made {moment(summary.now)}"]) + "\n"


def _heard(head: Iterable[str], row: Iterable[str]) -> str:
    """A row of a grid: its name, then the name and value of each column that has one."""
    (_, name), *values = zip(head, row, strict=True)
    told = (f"{column} {SILENT if value == NOBODY else value}" for column, value in values if value.strip())
    return f"{name}: {', '.join(told)}"


def _text_body(section: Section, width: int, *, ascii: bool) -> list[str]:  # noqa: A002  as in charts
    """The rows of a section, indented by two."""
    if section.shape == "lines":
        return [line for row in section.rows for line in wrapped(row.label, width, first="  - ", rest="    ")]
    if section.shape == "week":
        return _text_grid(section, width)
    if section.shape == "hours":
        standing = _text_hours(section, ascii=ascii)
        if max(map(cells, standing)) <= width:
            return standing
    if section.shape == "figures":
        return [line for _, line in _text_figures(section, width)]
    return _text_bars(section, width, ascii=ascii)


def _text_bars(section: Section, width: int, *, ascii: bool) -> list[str]:  # noqa: A002  as in charts
    pairs = [(row.label, row.shown if row.number is None else row.number) for row in section.rows]
    return [f"  {line}" for line in bars(pairs, width - 2, ascii=ascii)]


def _text_figures(section: Section, width: int) -> list[tuple[Row, str]]:
    """Every line with its row: a long value takes several."""
    label_width = min(max(cells(row.label) for row in section.rows), max(width - VALUE - 4, 30))
    return [(row, line) for row in section.rows for line in _text_figure(row.label, row.shown, label_width, width)]


def _text_figure(label: str, shown: str, label_width: int, width: int) -> list[str]:
    indent = len(label) - len(label.lstrip())
    name = " " * indent + clip(one_line(label), label_width - indent)
    first = f"  {name}{' ' * (label_width - cells(name))}  "
    return wrapped(shown, width, first=first, rest=" " * cells(first))


def _text_hours(section: Section, *, ascii: bool) -> list[str]:  # noqa: A002  as in charts
    values = [None if row.shown == SILENT else row.shown if row.number is None else row.number for row in section.rows]
    labels = [row.label[:2] for row in section.rows]
    lines = [f"  {line}" for line in columns(values, HEIGHT, labels=labels, ascii=ascii)]
    return [*lines, f"  {NOBODY} {SILENT}"] if None in values else lines


def _text_grid(section: Section, width: int) -> list[str]:
    """The grid with two spaces between its columns, or one, or a sentence when even that does not fit."""
    rows = (section.head, *section.grid)
    rooms = [max(cells(row[column]) for row in rows) for column in range(len(section.head))]
    for between in ("  ", " "):
        if 2 + sum(rooms) + len(between) * (len(rooms) - 1) <= width:
            return [
                f"  {row[0]}{' ' * (rooms[0] - cells(row[0]))}"
                + "".join(between + value.rjust(room) for value, room in zip(row[1:], rooms[1:], strict=True)).rstrip()
                for row in rows
            ]
    return wrapped("This table is wider than the screen; the HTML page has it.", width, first="  ", rest="  ")


def _markdown_table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> list[str]:
    titles = tuple(head)
    lines = [_markdown_row(titles), _markdown_row(("---", *("---:" for _ in titles[1:])), ready=True)]
    return [*lines, *(_markdown_row(row) for row in rows)]


def _markdown_row(values: Iterable[str], *, ready: bool = False) -> str:
    return f"| {' | '.join(value if ready else _plain(value) for value in values)} |"


def _plain(line: str) -> str:
    """A line in which nothing is Markdown: marks are escaped, and it cannot start a list, a heading or a block."""
    escaped = _ACTIVE.sub(r"\\\1", one_line(line))
    return _OPENING.sub(lambda found: f"\\{found[0]}" if found[0] in "+-" else f"{found[0]}\\", escaped)
