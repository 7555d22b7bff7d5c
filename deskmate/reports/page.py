"""A summary as one HTML page that needs nothing else: it opens anywhere, prints on one sheet, follows dark mode."""

from collections.abc import Iterable
from typing import Final

from deskmate.reports.rows import Row, Section
from deskmate.reports.sections import sections
from deskmate.reports.summary import Summary
from deskmate.reports.words import moment, period
from deskmate.text.html_page import page, shown

_BAR: Final = 120
"""Units of the longest bar; the page scales them."""
_ROOM: Final = 235
"""Lines that fit a sheet in three columns; a longer report gets four and smaller letters (seen on Letter and A4)."""
_DARKEST: Final = 45
"""Per cent of the bars' colour behind the highest number of a grid: the ink on it stays easy to read."""

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1b1b1b; --paper: #fff; --soft: #5a5a5a; --line: #d4d4d4; --bar: #2f6f9f; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececec; --paper: #161616; --soft: #b0b0b0; --line: #444; --bar: #78b4dd; }
}
@page { size: auto; margin: 8mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.2rem; max-width: 60rem; background: var(--paper); color: var(--ink);
  font: 15px/1.4 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 0 0 .3rem; font-size: 1rem; }
header p, footer { margin: .1rem 0 1rem; color: var(--soft); }
main { columns: 20rem 2; column-gap: 2rem; }
section { break-inside: avoid; margin: 0 0 1.1rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .1rem .3rem .1rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  overflow-wrap: anywhere; font-weight: inherit; }
td.number, .week td, .week thead th + th { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.bar { width: 38%; vertical-align: middle; }
tr.part th { padding-left: 1rem; }
svg { display: block; width: 100%; height: .7rem; }
rect { fill: var(--bar); }
.week td[style] { background: color-mix(in srgb, var(--bar) calc(var(--level) * 1%), transparent); }
ul { margin: 0; padding-left: 1.1rem; overflow-wrap: anywhere; }
.note { margin: .2rem 0 0; color: var(--soft); font-size: .85em; }
@media print {
  :root { --ink: #000; --paper: #fff; --soft: #333; --line: #bbb; --bar: #555; }
  .screen { display: none; }
  body { padding: 0; max-width: none; font-size: 6.8pt; line-height: 1.12; }
  h1 { font-size: 14pt; }
  h2 { margin-bottom: 0; font-size: 8pt; }
  th, td { padding: 0 .3rem 0 0; }
  header p { margin-bottom: 2mm; }
  main { columns: 3; column-gap: 6mm; }
  section { margin-bottom: 1.6mm; }
  ul { padding-left: .8rem; }
  svg { height: .4rem; }
  .week th, .week td { font-size: 6.5pt; }
  body.long { font-size: 6.4pt; line-height: 1.08; }
  .long td.number { white-space: normal; }
  .long main { columns: 4; column-gap: 4mm; }
  .long h2 { font-size: 7pt; }
  .long .week th, .long .week td { font-size: 5.8pt; padding-right: .15rem; }
  .long td.bar { width: 25%; }
  .long section { margin-bottom: 1.2mm; }
  rect, .week td[style] { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""


def html(summary: Summary) -> str:
    """The summary as a whole page. It loads nothing and runs nothing; what people typed is never markup."""
    when = period(summary.start, summary.end)
    told = sections(summary)
    body = "\n".join(map(_section, told))
    whole = f"""<header>
<h1 dir="auto">{shown(summary.title)}</h1>
<p>{shown(when)}</p>
</header>
<main>
{body}
</main>
<footer>Made {moment(summary.now)}</footer>"""
    return page(f"{summary.title}, {when}", _STYLE, whole, size="long" if _lines(told) > _ROOM else "")


def _lines(told: Iterable[Section]) -> int:
    """About how many lines a sheet needs for these: headings, rows, and notes and sentences of two lines each."""
    printed = [section for section in told if section.on_paper]
    rows = sum((2 if section.shape == "lines" else 1) * len(section.rows) + len(section.grid) for section in printed)
    return rows + sum(2 + 2 * bool(section.note) for section in printed)


def _section(section: Section) -> str:
    if section.shape == "lines":
        items = "\n".join(f'<li dir="auto">{shown(row.label)}</li>' for row in section.rows)
        body = f"<ul>\n{items}\n</ul>"
    elif section.shape == "week":
        body = _week(section)
    else:
        top = max((row.number for row in section.rows if row.number), default=0)
        drawn = section.shape != "figures"
        body = "<table>\n" + "\n".join(_row(row, top, drawn=drawn) for row in section.rows) + "\n</table>"
    note = f'\n<p class="note">{shown(section.note)}</p>' if section.note else ""
    kept = "" if section.on_paper else ' class="screen"'
    return f"<section{kept}>\n<h2>{shown(section.title)}</h2>\n{body}{note}\n</section>"


def _row(row: Row, top: int, *, drawn: bool) -> str:
    part = ' class="part"' if row.label.startswith(" ") else ""
    bar = f'<td class="bar">{_bar(row.number or 0, top)}</td>' if drawn else ""
    return (
        f'<tr{part}><th scope="row" dir="auto">{shown(row.label)}</th>{bar}'
        f'<td class="number">{shown(row.shown)}</td></tr>'
    )


def _bar(number: int, top: int) -> str:
    """A bar whose number stands beside it, so a screen reader need not hear of it."""
    if not number:
        return ""
    length = max(1.0, number / top * _BAR)
    return (
        f'<svg viewBox="0 0 {_BAR} 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{length:.1f}" height="8"/></svg>'
    )


def _week(section: Section) -> str:
    head = "".join(f'<th scope="col">{shown(name)}</th>' for name in section.head)
    top = max((_level(value) for _, *values in section.grid for value in values), default=0)
    rows = "\n".join(
        f'<tr><th scope="row">{shown(name)}</th>' + "".join(_shaded(value, top) for value in values) + "</tr>"
        for name, *values in section.grid
    )
    return f'<table class="week">\n<thead><tr>{head}</tr></thead>\n{rows}\n</table>'


def _shaded(value: str, top: int) -> str:
    """A cell whose ground is the darker the more it holds; its number stands in it, so colour tells nothing alone."""
    level = round(_level(value) / top * _DARKEST) if top else 0
    shade = f' style="--level: {level}"' if level else ""
    return f"<td{shade}>{shown(value)}</td>"


def _level(value: str) -> int:
    """The number a cell begins with; 0 when it begins with none."""
    digits = value.replace(",", "").split(" ")[0]
    return int(digits) if digits.isdecimal() else 0
