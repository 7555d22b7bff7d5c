"""Simulate two months at three desks of two branches, sum one up in every format, and recount it from the CSV.

`python3 scripts/month.py [--full] [--keep FOLDER]`: every figure of the report is counted a second time, from the
exported CSV, by `month_recount.py`, which uses nothing of DeskMate; JSON and CSV must say the same, and text, Markdown
and the HTML page too. Run it with the environment's Python. It ends with 1 when one figure differs. With `--keep` the
reports and the CSV stay in a folder, to be looked at.
"""

import argparse
import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import month_lived  # noqa: E402 - the tree must be found first
from month_recount import Asked, Lived, Month, Row, read  # noqa: E402

from deskmate.clock import FixedClock  # noqa: E402
from deskmate.desk.feedback import as_json  # noqa: E402
from deskmate.desk.ranges import period_before  # noqa: E402
from deskmate.desk.service import Desk  # noqa: E402
from deskmate.places import Places, shipped_data  # noqa: E402
from deskmate.reports import render  # noqa: E402
from deskmate.reports.export import write_file  # noqa: E402
from deskmate.reports.places import Where  # noqa: E402
from deskmate.reports.summary import Summary  # noqa: E402

FIRST: Final = date(2026, 11, 1)
LAST: Final = date(2026, 11, 30)
PARTS: Final = (
    ("", ""), ("Main", ""), ("East", ""), ("", "Front desk"),
    ("Main", "Front desk"), ("Main", "Children's desk"), ("East", "Front desk"),
)  # fmt: skip
"""The whole library, each branch, a desk's name in both branches, each desk."""
UNCOUNTED: Final = ("title", "start", "end", "made_at", "where", "before")
Tables = dict[str, list[list[str]]]
"""The heading of a section to its rows of cells, the first cell a label."""


class Wrong(AssertionError):
    """A figure that differs."""


def main() -> int:
    """Run it; 1 when a figure differs."""
    parser = argparse.ArgumentParser(description="A simulated month, recounted.")
    parser.add_argument("--full", action="store_true", help="a busy library: some 30,000 records")
    parser.add_argument("--keep", metavar="FOLDER", type=Path, help="leave the reports here")
    args = parser.parse_args()
    with TemporaryDirectory(prefix="deskmate-month-") as folder:
        try:
            print(check(Path(folder), busy=40 if args.full else 2, keep=args.keep))
        except Wrong as fault:
            print(f"WRONG: {fault}", file=sys.stderr)
            return 1
    return 0


def check(folder: Path, *, busy: int, keep: Path | None = None) -> str:
    """Live the months, sum them up and recount.

    Args:
        folder: an empty one.
        busy: contacts in an hour at a desk, at most.
        keep: where the reports stay; None: nowhere.

    Returns:
        What was done, in a sentence.

    Raises:
        Wrong: a figure differs.
    """
    places = Places(home=folder / "home", state=folder / "state", data=shipped_data())
    places.home.mkdir(parents=True)
    places.settings.write_text(month_lived.SETTINGS, encoding="utf-8")
    desk = Desk(places, FixedClock(month_lived.NOW), environment={}, durable=False)
    months = month_lived.Months(desk, busy)
    months.live()
    table = (keep or folder) / "records.csv"
    table.parent.mkdir(parents=True, exist_ok=True)
    write_file(table, desk.exchange.lines("csv", None, with_staff=False))
    rows, lived = read(table), _lived(desk, months)
    compared = 0
    for branch, name in PARTS:
        asked = Asked(FIRST, LAST, branch, name)
        summary = desk.reporting.range_summary(FIRST, LAST, where=Where(branch, name), compare=True)
        compared += _compare(summary, asked, rows, lived)
        if keep:
            _keep(summary, keep, "-".join(filter(None, ("november", branch, name))).replace(" ", "-").lower())
    desk.close()
    return f"{len(rows):,} records, {len(PARTS)} reports, {compared:,} figures recounted: all agree."


def _lived(desk: Desk, months: month_lived.Months) -> Lived:
    """What the recount needs beside the CSV."""
    titles = {f"fact:{fact.id}": fact.question for fact in desk.library.facts}
    return Lived(
        zone=month_lived.ZONE,
        now=month_lived.NOW,
        begun=month_lived.FIRST,
        hours=month_lived.HOURS,
        shifts=[(each.branch, each.desk, each.started_at, each.ended_at or month_lived.NOW) for each in months.shifts],
        feedback=[as_json(each, hidden=False) for each in desk.voice.all()],
        titles=titles,
    )


def _compare(summary: Summary, asked: Asked, rows: list[Row], lived: Lived) -> int:
    """Every format beside the recount; how many figures there were."""
    name = ", ".join(filter(None, (asked.branch, asked.desk))) or "the whole library"
    ours = json.loads(json.dumps(render.to_json(summary)))
    again = json.loads(json.dumps(Month(rows, lived, asked).figures()))
    earlier = Month(rows, lived, Asked(*period_before(FIRST, LAST), asked.branch, asked.desk))
    _same(_bare(ours), again, f"JSON, {name}")
    _same(_bare(ours["before"]), json.loads(json.dumps(earlier.figures())), f"JSON, the month before, {name}")
    flat = [[section, key, str(value)] for section, part in ours.items() for key, value in _flat(part)]
    _same(list(csv.reader(io.StringIO(render.csv(summary))))[1:], flat, f"CSV, {name}")
    page, marked = _page(render.html(summary)), _marked(render.markdown(summary))
    plain = _plain(render.text(summary, 100))
    _same(page, marked, f"the page beside the Markdown, {name}")
    for title, cells in marked.items():
        if title in plain:  # lines of words and the hours' columns are drawn in another way
            _same(plain[title], [[label[:20], *values] for label, *values in cells], f"text, {title}, {name}")
    for title, figures in _rows(again).items():
        shown = [cells[-1] for cells in marked.get(title, [])]
        _same(shown, [_told(figure) for figure in figures], f"Markdown, {title}, {name}")
    return sum(1 for part in again.values() for _ in _flat(part))


def _rows(again: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The figures that each section shows, in its order."""
    usual = {
        "How they came": "channels", "What it was about": "kinds", "How hard it was on staff": "strains",
        "How it ended": "outcomes", "Effort (READ level)": "read",
    }  # fmt: skip
    found = {title: [value for value in again[name].values() if value] for title, name in usual.items()}
    found["Week by week"] = [point["contacts"] for point in again["trend"]]
    found["How long they took"] = [value for value in again["duration"]["bands"].values() if value]
    found["Promises"] = [value for value in again["promises"].values() if value]
    found["By hour"] = list(again["hours"].values())
    ranked = {"Playbooks used": "playbooks", "Referred to": "referrals", "Exceptions made": "exceptions"}
    for title, name in ranked.items():
        found[title] = sorted(again[name].values(), key=lambda value: -_number(value))
    return found


def _told(figure: int | str) -> str:
    return f"{figure:,}" if isinstance(figure, int) else figure


def _number(value: int | str) -> int:
    return value if isinstance(value, int) else 1


def _bare(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What is recounted: without title and times, and without the words of rules and standards."""
    found = {name: value for name, value in figures.items() if name not in UNCOUNTED}
    for part in ("reference", "standards"):
        found[part] = {
            name: {key: value for key, value in each.items() if key not in ("rule", "title")}
            for name, each in found[part].items()
        }
    return found


def _same(found: Any, expected: Any, where: str) -> None:
    """Stop at the first difference, with the way to it.

    Raises:
        Wrong: they differ.
    """
    if found == expected:
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in (*expected, *found):
            if found.get(key) != expected.get(key):
                _same(found.get(key), expected.get(key), f"{where}, {key}")
    if isinstance(found, list) and isinstance(expected, list):
        for number, (one, other) in enumerate(zip(found, expected, strict=False)):
            _same(one, other, f"{where}, {number}")
    raise Wrong(f"{where}: {found!r}, recounted {expected!r}")


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict | list):
        parts = value.items() if isinstance(value, dict) else enumerate(value, 1)
        for name, part in parts:
            yield from _flat(part, f"{key}/{name}" if key else str(name))
    else:
        yield key, value


# -- the forms people read, taken apart again -------------------------------------------------------------------------


def _marked(text: str) -> Tables:
    """The tables of a Markdown text."""
    found: Tables = {}
    title = ""
    for line in text.splitlines():
        if line.startswith("## "):
            title = _unmarked(line[3:])
        elif line.startswith("| ") and not line.startswith("| ---"):
            found.setdefault(title, []).append([_unmarked(cell.strip()) for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    return {title: cells[1:] for title, cells in found.items()}


def _unmarked(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


class _Page(HTMLParser):
    """Takes the tables of the page out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Tables = {}
        self._title = self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  the parser's own
        """A cell begins empty; a row begins."""
        self._text = ""
        if tag == "tr" and self._title:
            self.found.setdefault(self._title, []).append([])

    def handle_data(self, data: str) -> None:
        """Words."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """A heading or a cell is whole."""
        if tag == "h2":
            self._title = self._text
        elif tag in ("th", "td"):
            self.found[self._title][-1].append(self._text.strip())
        self._text = ""


def _page(html: str) -> Tables:
    """The tables of the page: bars have a cell of their own, heads are left out."""
    parser = _Page()
    parser.feed(html)
    found: Tables = {}
    for title, rows in parser.found.items():
        grid = rows[0][0] in ("Hour", "Theme")
        found[title] = rows[1:] if grid else [[row[0], row[-1]] for row in rows]
    return found


def _plain(text: str) -> Tables:
    """The tables of the plain text that have one label and one number a line."""
    found: Tables = {}
    title = ""
    for line in text.splitlines()[2:]:
        if line and not line.startswith(" "):
            title = line
        match = re.fullmatch(r" {2,4}(\S.*?) {2,}(<3|[\d,]+|nobody logged)(?: {2}[\u2588-\u258f]+)?", line)
        if match and title in _PLAIN_TITLES:
            found.setdefault(title, []).append([match[1][:20], match[2]])
    return found


_PLAIN_TITLES: Final = (
    "How they came", "What it was about", "How it ended", "Promises", "Week by week", "By branch and desk",
    "Effort (READ level)", "How long they took", "Said no", "Referred to", "Feedback",
)  # fmt: skip


def _keep(summary: Summary, folder: Path, name: str) -> None:
    """Leave a report in every form."""
    forms = {
        "txt": render.text(summary), "md": render.markdown(summary), "html": render.html(summary),
        "csv": render.csv(summary), "json": json.dumps(render.to_json(summary), indent=2) + "\n",
    }  # fmt: skip
    for ending, text in forms.items():
        (folder / f"{name}.{ending}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
