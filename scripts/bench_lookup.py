"""The look-up: each keystroke of the staff queries, and `deskmate find` as a process."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Final

from bench_common import Dose, Figure, middle, percentile, take_turns
from bench_homes import Home, Stock
from bench_terminal import deskmate

from deskmate.clock import SystemClock
from deskmate.desk.answers import Answers
from deskmate.desk.service import Desk
from deskmate.playbooks.library import Library

QUERIES: Final = Path(__file__).resolve().parent.parent / "tests" / "playbooks" / "queries.psv"
LIMIT: Final = 9
"""Hits that the Desk lists."""
MANY: Final = 1_000
P99: Final = 2
P99_MANY: Final = 5
FIND: Final = 6


def staff_queries() -> list[str]:
    """The queries of the test set, without what they should find."""
    lines = QUERIES.read_text(encoding="utf-8").splitlines()
    return [line.split("|")[1] for line in lines if line and not line.startswith("#")]


def lookup(dose: Dose, stock: Stock) -> list[Figure]:
    """Milliseconds a keystroke: every beginning of every query, with the shipped playbooks and with a thousand."""
    queries = staff_queries()[:: dose.times(20, 1)]
    return [
        *_keystrokes(stock.home(0), queries, P99),
        *_keystrokes(stock.with_playbooks(MANY), queries, P99_MANY),
    ]


def _keystrokes(home: Home, queries: list[str], most: float) -> list[Figure]:
    desk = Desk(home.places, SystemClock(), environment={})
    library = desk.library
    start = time.perf_counter()
    answers = Answers(library, SystemClock().now().date(), {"region": "US"}, home.places)
    answers.find("book", LIMIT)
    ready = (time.perf_counter() - start) * 1000
    fts = _full_text(library)
    ours: list[float] = []
    theirs: list[float] = []
    for beginning in _beginnings(queries):
        ours.append(_took(partial(answers.find, beginning, LIMIT)))
        theirs.append(_took(partial(fts, beginning)))
    name = f"{len(library.heads):,} playbooks"
    n = len(ours)
    return [
        Figure(part="lookup", what=f"a keystroke, p50, {name}", value=middle(ours), unit="ms", n=n),
        Figure(part="lookup", what=f"a keystroke, p99, {name}", value=percentile(ours, 99), unit="ms", n=n, most=most),
        Figure(
            part="lookup", what=f"a keystroke, p99, {name}", value=percentile(ours, 99), unit="ms", n=n,
            beside="SQLite FTS5", base=percentile(theirs, 99), note="FTS5 repairs no slips and knows no lexicon",
        ),
        Figure(part="lookup", what=f"first answer of a process, {name}", value=ready, unit="ms", n=1),
    ]  # fmt: skip


def _beginnings(queries: list[str]) -> Iterator[str]:
    for query in queries:
        for end in range(1, len(query) + 1):
            yield query[:end]


def _took(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def _full_text(library: Library) -> Callable[[str], list[tuple[str, str]]]:
    """The same titles, synonyms and examples in SQLite's full-text index, ranked by its BM25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE books USING fts5 (id UNINDEXED, title, also, examples)")
    rows = ((head.id, head.title, " . ".join(head.also), " . ".join(head.examples)) for head in library.heads)
    database.executemany("INSERT INTO books VALUES (?, ?, ?, ?)", rows)

    def find(typed: str) -> list[tuple[str, str]]:
        words = ["".join(filter(str.isalnum, word)) for word in typed.split()]
        query = " OR ".join(f'"{word}"*' for word in words if word)
        if not query:
            return []
        ranked = "SELECT id, title FROM books WHERE books MATCH ? ORDER BY bm25(books, 0, 1.2, 1, 0.8) LIMIT ?"
        return database.execute(ranked, (query, LIMIT)).fetchall()

    return find


def find(dose: Dose, stock: Stock) -> list[Figure]:
    """`deskmate find` as a process, from start to end, beside an empty Python."""
    commands = {
        "pass": [sys.executable, "-P", "-c", "pass"],
        "argparse": [sys.executable, "-P", "-c", "import argparse"],
        "find": deskmate("find", "fine", "dispute", "--json"),
    }
    sides = {name: partial(_process, command, stock.home(0)) for name, command in commands.items()}
    rounds = dose.times(25, 101)
    found = {name: middle(times) for name, times in take_turns(sides, rounds, warm_up=2).items()}
    what = "deskmate find, as a process"
    return [
        Figure(
            part="find", what=what, value=found["find"], unit="ms", n=rounds, beside="python -c pass",
            base=found["pass"], most=FIND,
        ),
        Figure(
            part="find", what=what, value=found["find"], unit="ms", n=rounds, beside="python, argparse alone",
            base=found["argparse"],
        ),
    ]  # fmt: skip


def _process(command: list[str], home: Home) -> float:
    environment = home.environment
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=environment)
    return (time.perf_counter() - start) * 1000
