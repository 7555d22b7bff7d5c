"""The store: what one saved record costs, and what opening costs, at every size of the log."""

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from bench_common import Dose, Figure, middle, take_turns
from bench_homes import A_DAY, DESK, WRITER, Home, Stock
from tinydb import TinyDB

from deskmate.clock import SystemClock
from deskmate.model.interaction import Interaction
from deskmate.records.disk import Disk
from deskmate.records.line import seal
from deskmate.records.log import Log

FLOOR: Final = "append+fdatasync"
SQLITE: Final = "SQLite WAL FULL"
TINYDB: Final = "plain TinyDB"
MOST: Final = 1.4
FLAT: Final = 1.25
"""The most that an insert into the biggest log may cost beside one into the smallest."""

Call = Callable[[], float]


def timed(call: Callable[[], object]) -> float:
    """Milliseconds of one call."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def a_record(log: Log) -> Interaction:
    """A record of usual size, asked now."""
    now = SystemClock().now()
    return Interaction(
        id=log.new_id(),
        asked_at=now,
        added_at=now,
        seconds=240,
        branch="Main",
        desk=DESK,
        channel="phone",
        kind="device",
        read=2,
        playbook="printing-mobile-print",
        path=(("printing-mobile-print/open", "It does not print"),),
        ticks=("printing-mobile-print/open/0",),
        note="the colour page was stuck; released it again",
    )


def append_side(path: Path) -> Call:
    """The floor: the same document made into a line, appended and synced, and nothing else."""
    disk = Disk()
    handle = disk.open_append(path)

    def write() -> float:
        start = time.perf_counter()
        disk.write(handle, seal({"rev": "0" * 16 + ".bench-1", "put": {_SAMPLE["id"]: _SAMPLE}}))
        disk.sync(handle)
        return (time.perf_counter() - start) * 1000

    return write


_NOW: Final = "2026-11-22T12:00:00-05:00"
_SAMPLE: Final[dict[str, Any]] = {
    "v": 1,
    "id": "01a20132-2a06-7f28-aad9-121a33d81b16",
    "seconds": 240,
    "branch": "Main",
    "desk": DESK,
    "channel": "phone",
    "kind": "device",
    "read": 2,
    "strain": "calm",
    "outcome": "answered",
    "playbook": "printing-mobile-print",
    "path": [["printing-mobile-print/open", "It does not print"]],
    "ticks": ["printing-mobile-print/open/0"],
    "count": 1,
    "entry": "live",
    "note": "the colour page was stuck; released it again",
    "asked_at": _NOW,
    "added_at": _NOW,
}


def open_sqlite(path: Path) -> sqlite3.Connection:
    """A database that is as durable as our log: write-ahead log, full sync, each insert its own transaction."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    return connection


def make_sqlite(path: Path, home: Home) -> sqlite3.Connection:
    """The log of a home as a table with an index by day, and one of the open promises."""
    connection = open_sqlite(path)
    connection.execute(
        "CREATE TABLE records (id TEXT PRIMARY KEY, day TEXT, hour INTEGER, channel TEXT, kind TEXT, strain TEXT,"
        " outcome TEXT, entry TEXT, n INTEGER, seconds INTEGER, open INTEGER, doc TEXT) WITHOUT ROWID"
    )
    connection.execute("CREATE INDEX by_day ON records (day)")
    connection.execute("CREATE INDEX open_promises ON records (open) WHERE open")
    connection.execute("BEGIN")
    with Log(home.places.log, home.places.state, SystemClock()) as log:
        for day in log.days():
            table = log.db.table(day.isoformat())
            connection.executemany(_INSERT, (_row(dict(document)) for document in table))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return connection


_INSERT: Final = "INSERT INTO records VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"


def _row(document: dict[str, Any]) -> tuple[Any, ...]:
    asked = document["asked_at"]
    is_open = int(document.get("promise", {}).get("state") == "open")
    return (
        *(document["id"], asked[:10], int(asked[11:13]), document["channel"], document["kind"], document["strain"]),
        *(document["outcome"], document["entry"], document["count"], document.get("seconds"), is_open),
        json.dumps(document),
    )


def sqlite_side(connection: sqlite3.Connection) -> Call:
    """One insert, committed and synced."""
    number = iter(range(1_000_000_000))

    def write() -> float:
        document = {**_SAMPLE, "id": f"b-{os.getpid()}-{next(number)}"}
        return timed(lambda: connection.execute(_INSERT, _row(document)))

    return write


def log_side(log: Log) -> Call:
    """One record saved, ready for undo, on the disk: what the command line and the screens call."""

    def write() -> float:
        record = a_record(log)
        return timed(lambda: log.add(record, say="Saved: phone · device · 4 min"))

    return write


def tinydb_side(path: Path, records: int) -> Call:
    """One insert into TinyDB as it comes: its own JSON storage writes the whole file anew, in place, and syncs it."""
    database = TinyDB(path)
    database.insert_multiple({**_SAMPLE, "n": number} for number in range(records))
    return lambda: timed(lambda: database.insert(dict(_SAMPLE)))


def measure(dose: Dose, stock: Stock) -> list[Figure]:
    """Every figure of the store."""
    sizes = [dose.small, dose.year] + ([dose.decade] if dose.full else [])
    homes = {size: stock.home(size) for size in sizes}
    with ExitStack() as stack:
        databases = {}
        for size, home in homes.items():
            databases[size] = make_sqlite(stock.folder / f"store-{size}.sqlite", home)
            stack.callback(databases[size].close)
        figures = _inserts(dose, stock.folder, homes, databases)
        for size in sizes[1:]:
            figures += _openings(dose, stock.folder, homes[size], databases[size])
        return figures


def _inserts(
    dose: Dose, folder: Path, homes: dict[int, Home], databases: dict[int, sqlite3.Connection]
) -> list[Figure]:
    sizes = list(homes)
    sides: dict[str, Call] = {FLOOR: append_side(folder / "floor.jsonl")}
    with ExitStack() as stack:
        for size in sizes:
            log = stack.enter_context(Log(homes[size].places.log, homes[size].places.state, SystemClock()))
            sides[f"log {size}"] = log_side(log)
            sides[f"{SQLITE} {size}"] = sqlite_side(databases[size])
        rounds = dose.times(250, 1_000)
        found = take_turns(sides, rounds, warm_up=5)
        slow = {}
        for size, few in ((dose.small, dose.times(30, 100)), (dose.year, dose.times(3, 9))):
            plain = tinydb_side(folder / f"plain-{size}.json", size)
            slow[size] = take_turns({"ours": sides[f"log {size}"], TINYDB: plain}, few)
    for home in homes.values():
        take_out_inserts(home)
    ours = {size: middle(found[f"log {size}"]) for size in sizes}
    figures = []
    for size in sizes:
        name = f"durable insert, {size:,} records"
        floor = middle(found[FLOOR])
        figures += [
            Figure(part="store", what=name, value=ours[size], unit="ms", n=rounds, beside=FLOOR, base=floor, most=MOST),
            Figure(
                part="store", what=name, value=ours[size], unit="ms", n=rounds, beside=SQLITE,
                base=middle(found[f"{SQLITE} {size}"]),
            ),
        ]  # fmt: skip
    figures += [
        Figure(
            part="store", what=f"durable insert, {size:,} records", value=middle(each["ours"]), unit="ms",
            n=len(each["ours"]), beside=TINYDB, base=middle(each[TINYDB]),
            note="plain TinyDB writes its whole file anew, in place",
        )
        for size, each in slow.items()
    ]  # fmt: skip
    figures.append(_without_disk(dose, folder))
    figures.append(
        Figure(
            part="store", what=f"flat: insert at {sizes[-1]:,}", value=ours[sizes[-1]], unit="ms", n=rounds,
            beside=f"at {sizes[0]:,}", base=ours[sizes[0]], most=FLAT,
        )
    )  # fmt: skip
    return figures


def take_out_inserts(home: Home) -> None:
    """Take the measured records out again: the parts that come later open a day of usual size."""
    for path in (home.places.log / SystemClock().now().date().isoformat()).glob("*.jsonl"):
        if not path.name.startswith(WRITER):
            path.unlink()


def _without_disk(dose: Dose, folder: Path) -> Figure:
    """What an insert costs apart from the disk: on a slow disk it vanishes, on a quick one it is what differs."""
    rounds = dose.times(500, 5_000)
    with Log(folder / "cpu" / "log", folder / "cpu" / "state", SystemClock(), durable=False) as log:
        found = take_turns({"ours": log_side(log)}, rounds, warm_up=50)
    return Figure(part="store", what="an insert without its sync", value=middle(found["ours"]), unit="ms", n=rounds)


def _openings(dose: Dose, folder: Path, home: Home, database: sqlite3.Connection) -> list[Figure]:
    """A fresh log object each time: today's records, then the open promises."""
    path = Path(database.execute("PRAGMA database_list").fetchone()[2])
    today = SystemClock().now().date()
    clean = folder / "state-without-caches"
    shutil.copytree(home.places.state, clean, ignore=shutil.ignore_patterns("promises.json"))

    def ours(state: Path) -> Call:
        def read() -> float:
            start = time.perf_counter()
            log = Log(home.places.log, state, SystemClock())
            assert len(log.day(today)) >= A_DAY // 2
            log.open_promises()
            return (time.perf_counter() - start) * 1000

        return read

    def sqlite() -> float:
        start = time.perf_counter()
        connection = open_sqlite(path)
        for query, value in (("day = ?", today.isoformat()), ("open = ?", 1)):
            for (text,) in connection.execute(f"SELECT doc FROM records WHERE {query}", (value,)):
                Interaction.from_document(json.loads(text))
        took = (time.perf_counter() - start) * 1000
        connection.close()
        return took

    rounds = dose.times(9, 25)
    found = take_turns({"ours": ours(home.places.state), "first": ours(clean), SQLITE: sqlite}, rounds)
    shutil.rmtree(clean)
    what = f"open + today + open promises, {home.records:,} records"
    base = middle(found[SQLITE])
    return [
        Figure(part="store", what=what, value=middle(found["ours"]), unit="ms", n=rounds, beside=SQLITE, base=base),
        Figure(
            part="store", what=f"{what}, no snapshot", value=middle(found["first"]), unit="ms", n=rounds,
            beside=SQLITE, base=base, note="60 recent days are read",
        ),
    ]  # fmt: skip


def year_range(home: Home) -> tuple[Any, Any]:
    """The first and last day of a home's log."""
    today = SystemClock().now().date()
    return today - timedelta(days=home.days - 1), today
