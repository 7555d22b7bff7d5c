"""The summary of a long time: with the roll-ups warm, beside the same GROUP BY in SQLite."""

import sqlite3
import time
from contextlib import closing
from datetime import date
from typing import Final

from bench_common import Dose, Figure, middle, take_turns
from bench_homes import Home, Stock
from bench_store import make_sqlite, year_range

from deskmate.clock import SystemClock
from deskmate.desk.service import Desk

LONGEST: Final = {100_000: 150.0, 1_000_000: 1_000.0}
"""Records to the milliseconds a summary of all of them may take."""
GROUPS: Final = ("channel", "kind", "strain", "outcome", "entry", "strftime('%w', day), hour")


def measure(dose: Dose, stock: Stock) -> list[Figure]:
    """A year (100,000 records) and, in full, ten years (1,000,000)."""
    figures = []
    for records in [dose.year] + ([dose.decade] if dose.full else []):
        home = stock.home(records)
        path = stock.folder / f"summary-{records}.sqlite"
        with closing(make_sqlite(path, home)) as database:
            figures += _summaries(dose, home, database)
    return figures


def _summaries(dose: Dose, home: Home, database: sqlite3.Connection) -> list[Figure]:
    first, last = year_range(home)
    _ours(home, first, last)  # whatever a first summary leaves behind for the next is there
    rounds = dose.times(5, 7)
    found = take_turns(
        {"ours": lambda: _ours(home, first, last), "SQLite": lambda: _sqlite(database, first, last)}, rounds
    )
    years = "a year" if home.days < 400 else "ten years"
    what = f"summary of {years}, {home.records:,} records"
    ours = middle(found["ours"])
    return [
        Figure(part="summary", what=what, value=ours, unit="ms", n=rounds, most=LONGEST[home.records]),
        Figure(
            part="summary", what=what, value=ours, unit="ms", n=rounds, beside="GROUP BY in SQLite",
            base=middle(found["SQLite"]),
        ),
    ]  # fmt: skip


def _ours(home: Home, first: date, last: date) -> float:
    """What `deskmate summary --from --to` does, in a desk that was just opened."""
    desk = Desk(home.places, SystemClock(), environment={})
    _ = desk.library
    start = time.perf_counter()
    summary = desk.reporting.range_summary(first, last)
    took = (time.perf_counter() - start) * 1000
    assert summary.n >= home.records * 0.9
    desk.close()
    return took


def _sqlite(database: sqlite3.Connection, first: date, last: date) -> float:
    start = time.perf_counter()
    span = (first.isoformat(), last.isoformat())
    for columns in GROUPS:
        query = f"SELECT {columns}, sum(n) FROM records WHERE day BETWEEN ? AND ? GROUP BY {columns}"
        database.execute(query, span).fetchall()
    database.execute("SELECT seconds FROM records WHERE day BETWEEN ? AND ? ORDER BY seconds", span).fetchall()
    return (time.perf_counter() - start) * 1000
