"""Every form of a report: what people typed stays text, nobody is named, nothing runs."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.model.interaction import CHANNELS, KINDS, OUTCOMES, Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.reports import render
from deskmate.reports.counting import Rule
from deskmate.reports.signs import Sign
from deskmate.reports.summary import Material, Summary, summarise
from deskmate.text.clean import cells

START = datetime.fromisoformat("2026-11-22T09:00:00-05:00")
HOSTILE = [
    '=HYPERLINK("http://x")',
    "</td><script>alert(1)</script>",
    "[click](javascript:x) | **b** `c` <i> &lt; ~~s~~ ![i](x)",
    "\x1b[2J\x1b]0;title\x07 [/] [@click=app.quit]x[/]",
    "\u202eevil\u2066 \u200b\ud800",
    "line one\r\nline two\n- three\n# four",
    "1. list",
    "字" * 90,
    "",
]
texts = st.sampled_from(HOSTILE) | st.text(max_size=60)


def full(text: str, *, small_cells: bool = False, days: int = 1) -> Summary:
    """A summary with the text in every place that can hold one."""
    promise = Promise(what=text, due=START, made_at=START, who="QZX", contact="contact-77", waiting_for="")
    asked = START + timedelta(minutes=20)
    common: dict[str, Any] = {"asked_at": asked, "added_at": asked, "staff": "QZX", "authority": text, "note": "NOTE"}
    records = [
        Interaction(id="a", outcome="declined", offered=(text, "other"), referred_to=text, playbook="p", **common),
        Interaction(id="b", outcome="promised", promise=promise, seconds=240, read=2, strain="tense", **common),
        Interaction(id="c", kind=text, channel=text, count=4, entry="tally", **common),
        Interaction(id="d", kind="reference", count=9, entry="estimate", hold_seconds=70, **common),
    ]
    return summarise(
        Material(
            records,
            title=text,
            start=START,
            end=START + timedelta(days=days),
            now=START + timedelta(hours=6),
            shifts=[Shift(id="s", desk="main", started_at=START, ended_at=START + timedelta(hours=3), staff="QZX")],
            feedback=[{"kind": text, "text": text, "offered": text, "answer": text, "theme": text, "at": text}],
            answered=[{"kind": "complaint", "text": text, "answer": text}],
            signs=[Sign(text, text, 23, 30)],
            rules=[Rule("local", text, text, lambda record: True)],
            names={"p": text},
            small_cells=small_cells,
        )
    )


class Page(HTMLParser):
    """What a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.words = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not any(name.startswith("on") or name in ("href", "src") for name, _ in attrs)
        if tag not in ("meta", "rect"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data


@given(texts)
def test_what_was_typed_is_never_markup_in_the_page(text: str) -> None:
    page = Page(render.html(full(text, days=9)))
    assert page.open == []
    assert set(page.tags) <= set(Page(render.html(full("plain", days=9))).tags)


def test_the_page_says_the_text_itself() -> None:
    assert "</td><script>alert(1)</script>" in Page(render.html(full(HOSTILE[1]))).words


@given(texts, st.integers(40, 120), st.booleans())
def test_plain_text_fits_its_width_and_holds_no_control(text: str, width: int, few: bool) -> None:
    drawn = render.text(full(text, days=9), width, ascii=few)
    assert all(cells(line) <= width for line in drawn.splitlines())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", drawn)


@given(texts)
def test_read_aloud_each_figure_stands_behind_its_name_and_nothing_is_drawn(text: str) -> None:
    said = render.aloud(full(text, days=9))
    for line in ("How they came.", "In person: 2", "Time taken."):
        assert line in said.splitlines()
    assert "09-10: Sun 6" in said.splitlines()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", said)
    assert not re.search("[█▁-▇|]|##", render.aloud(full("waived", days=9)))


@given(texts)
def test_what_was_typed_is_never_markdown(text: str) -> None:
    bare = re.sub(r"\\[\\`*_{}\[\]<>#|~&!.)+-]", "x", render.markdown(full(text, days=9)))
    for line in bare.splitlines():
        body = line.removeprefix("# ").removeprefix("## ").removeprefix("- ")
        assert not re.search(r"[`*_\[\]<>~]", body)
        assert not re.match(r"[-+#]|\d+[.)]", body)
        if line.startswith("|") and "weekday" not in line:
            assert line.count("|") in (3, 4, 9)  # a value, two months, a week


@given(texts)
def test_csv_comes_back_cell_by_cell_and_no_cell_is_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(render.csv(full(text, days=9)), newline="")))
    assert rows[0] == ["section", "key", "value"]
    assert all(len(row) == 3 for row in rows)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert ["channels", "in-person", "2"] in rows


@given(texts, st.booleans())
def test_json_is_plain_and_has_every_usual_key(text: str, small: bool) -> None:
    document = render.to_json(full(text, small_cells=small))
    assert json.loads(json.dumps(document)) == document
    for key, values in (("channels", CHANNELS), ("kinds", KINDS), ("outcomes", OUTCOMES)):
        assert set(values) <= set(document[key])


@pytest.mark.parametrize(
    "form", [render.text, render.aloud, render.markdown, render.html, render.csv, lambda s: str(render.to_json(s))]
)
def test_no_form_tells_staff_contacts_or_notes(form: Any) -> None:
    told = form(full("waived", days=40))
    for secret in ("QZX", "contact-77", "NOTE"):
        assert secret not in told


def test_the_figures_are_those_of_the_log() -> None:
    document = render.to_json(full("x"))
    assert document["contacts"] == {"total": 6, "sensitive": 0, "estimated": 9}
    assert document["entries"] == {"live": 2, "late": 0, "tally": 4, "estimate": 9}
    assert document["hours"] == {"09": 6, "10": "nobody logged", "11": "nobody logged"}
    assert document["week"] == {"Sun 09": 6}
    assert document["coverage"] == {"staffed_hours": 3, "nobody_logged": 2}
    assert document["duration"]["median_seconds"] == 240
    assert document["refusals"] == {"declined": 1, "nothing_offered": 0}
    assert document["offered"] == {"other": 1, "x": 1}
    assert document["promises"]["overdue"] == 1
    assert document["reference"]["local"] == {"counted": 6, "estimated": 9, "rule": "x"}
    assert document["feedback"] == {"x": 1, "answered": 1}


def test_small_cells_are_hidden_in_every_form_and_draw_nothing() -> None:
    summary = full("x", small_cells=True, days=9)
    assert render.to_json(summary)["channels"]["in-person"] == "<3"
    assert render.to_json(summary)["channels"]["x"] == 4
    assert "reports_due" not in render.to_json(summary)["promises"]
    assert re.search(r"In person +<3$", render.text(summary), re.MULTILINE)
    assert "| In person | \\<3 |" in render.markdown(summary)
    assert re.search(r"In person</th><td class=\"bar\"></td><td class=\"number\">&lt;3</td>", render.html(summary))
    assert "channels,in-person,<3" in render.csv(summary)


def test_an_empty_period_tells_its_total_and_nothing_else() -> None:
    empty = summarise(Material([], title="Main desk", start=START, end=START + timedelta(hours=2), now=START))
    assert render.text(empty) == (
        "Main desk\nSunday 22 Nov 2026, 09:00 to 11:00\n\nContacts\n  Contacts  0\n\nMade Sun 22 Nov 09:00\n"
    )


def test_a_hidden_hour_is_not_told_as_an_hour_nobody_logged() -> None:
    asked = START + timedelta(minutes=5)
    records = [Interaction(id="a", asked_at=asked, added_at=asked)]
    summary = summarise(
        Material(records, title="x", start=START, end=START + timedelta(hours=2), now=START, small_cells=True)
    )
    assert "?" not in render.text(summary)
    assert re.search(r"^ +<3\n +09$", render.text(summary), re.MULTILINE)


def test_the_grid_tells_zero_nobody_logged_and_closed_apart() -> None:
    monday = START + timedelta(days=1)
    records = [
        Interaction(id="a", asked_at=START, added_at=START, count=5, entry="tally"),
        Interaction(id="b", asked_at=monday, added_at=monday, count=0, entry="tally"),
    ]
    days = [(START + timedelta(days=day), START + timedelta(days=day, hours=1)) for day in range(3)]
    end = START + timedelta(days=4)
    summary = summarise(Material(records, title="x", start=START, end=end, now=end, open_spans=days))
    assert (
        "  Hour   Mon  Tue  Wed  Thu  Fri  Sat  Sun\n  09-10    0    ?                        5\n  ? nobody logged.\n"
    ) in render.text(summary)


def test_a_grid_wider_than_the_screen_says_where_it_is() -> None:
    records = [Interaction(id="a", asked_at=START, added_at=START, count=1_000_000, entry="tally")]
    summary = summarise(Material(records, title="x", start=START, end=START + timedelta(days=9), now=START))
    assert "Hour   Mon " not in render.text(summary, 40)
    assert "the HTML page has" in render.text(summary, 40)
    assert "Hour   Mon  Tue" in render.text(summary, 78)


def test_hours_that_do_not_fit_upright_lie_down() -> None:
    records = []
    for hour in range(24):
        asked = START.replace(hour=hour)
        records.append(Interaction(id=f"{hour}", asked_at=asked, added_at=asked, count=1_000_000 + hour, entry="tally"))
    day = START.replace(hour=0)
    summary = summarise(Material(records, title="x", start=day, end=day + timedelta(days=1), now=day))
    assert re.search(r"^  23-00  1,000,023  █", render.text(summary), re.MULTILINE)


def test_a_long_ranking_says_how_many_more_there_are() -> None:
    records = [
        Interaction(id=f"{place}", asked_at=START, added_at=START, playbook=f"book-{place:02}", count=20 - place)
        for place in range(12)
    ]
    text = render.text(summarise(Material(records, title="x", start=START, end=START + timedelta(hours=1), now=START)))
    assert "book-09" in text
    assert "book-10" not in text
    assert re.search(r"2 more +19\n", text)


def test_the_lines_that_only_some_periods_have() -> None:
    facts: list[dict[str, Any]] = [
        {"sensitive": True, "kind": "conduct"},
        {"seconds": 30},
        {"seconds": 9000, "uncertain": True},
        {"outcome": "declined"},
        {"hold_seconds": 90},
    ]
    records = [Interaction(id=str(place), asked_at=START, added_at=START, **fact) for place, fact in enumerate(facts)]
    options: dict[str, Any] = {"title": "x", "start": START, "end": START + timedelta(hours=1), "now": START}
    text = render.text(summarise(Material(records, **options)))
    for line in ("Of these sensitive, kind only  1", "Left out, clock uncertain  1", "  Nothing offered  1"):
        assert line in text
    assert re.search(r"Longest hold +2 min\n  Holds over 60 s +1$", text, re.MULTILINE)
    held_back = render.text(summarise(Material(records, small_cells=True, **options)))
    assert "Timings are told over 30 contacts and 28 days or more." in held_back
    assert "30 s" not in held_back
    assert "hold" not in held_back
