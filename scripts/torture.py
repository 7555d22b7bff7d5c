"""Hurt the log and see whether it keeps its word: `python3 scripts/torture.py [--full] [PART ...]`.

Parts: kills (kill -9 in mid-write), journals (the same for live interactions), cuts (every file length, three kinds of
tail), flips (every single bit), faults (disk full, broken or short at every call), together (several programs at once).
Without `--full` the dose takes half a minute; with it, 10,000 kills. Run it with the environment's Python, on Linux or
macOS. It ends with 1 when something confirmed was lost, something half was seen or damage went unreported.
"""

import argparse
import errno
import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from deskmate.clock import FixedClock, SystemClock  # noqa: E402 - the tree must be found first
from deskmate.faults import NotSaved  # noqa: E402
from deskmate.records.disk import Disk, ShortWrite  # noqa: E402
from deskmate.records.live import Journals  # noqa: E402
from deskmate.records.log import Log  # noqa: E402

NOON: Final = FixedClock(datetime.fromisoformat("2026-11-22T12:00:00-05:00"))
TABLE: Final = "2026-11-22"
State = dict[str, int]
"""What a table should hold: id to the number in its document."""


class Dose(NamedTuple):
    """How much of each part."""

    kills: int
    journals: int
    lines: int
    """Lines of the file that is cut and flipped."""
    programs: int
    writes: int
    """Records each of the programs saves."""


SMALL: Final = Dose(kills=200, journals=60, lines=5, programs=4, writes=60)
FULL: Final = Dose(kills=10_000, journals=1_000, lines=20, programs=8, writes=400)


class Broken(AssertionError):
    """The log did not keep its word."""


def check(holds: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence: check(this, "or say that")
    """Stop with a sentence unless something holds."""
    if not holds:
        raise Broken(what)


def scratch() -> "TemporaryDirectory[str]":
    """An empty folder, removed afterwards."""
    return TemporaryDirectory(prefix="deskmate-torture-")


def contents(log: Log, table: str = TABLE) -> State:
    """What a table holds."""
    return {str(document.doc_id): document["n"] for document in log.db.table(table)}


def next_operation(chance: random.Random, state: State, serial: int) -> tuple[State, list[str]]:
    """Make up an operation: documents to put and ids to remove."""
    kind = chance.random()
    known = sorted(state)
    if kind < 0.5 or not known:
        return {f"r{serial}": serial}, []
    if kind < 0.75:
        return dict.fromkeys(chance.sample(known, min(3, len(known))), serial), []
    if kind < 0.9:
        return {}, chance.sample(known, 1)
    return {f"r{serial}-{each}": serial for each in range(30)}, []


def after(state: State, put: State, removed: list[str]) -> State:
    """A state with an operation applied."""
    return {key: value for key, value in (state | put).items() if key not in removed}


def write_forever(home: Path, seed: int, first: State, pipe: int) -> None:
    """The child: say what is tried, do it through TinyDB, say that it was acknowledged; until killed."""
    chance = random.Random(seed)
    log = Log(home / "log", home / "state", SystemClock())
    table = log.db.table(TABLE)
    from tinydb.table import Document

    state, serial = first, seed * 100_000
    while True:
        serial += 1
        put, removed = next_operation(chance, state, serial)
        os.write(pipe, json.dumps(["try", put, removed]).encode() + b"\n")
        fresh = {key: value for key, value in put.items() if key not in state}
        if fresh:
            table.insert_multiple(Document({"n": value, "pad": "x" * 200}, key) for key, value in fresh.items())  # type: ignore[arg-type]  # ids of ours are text
        elif put:
            table.update({"n": serial}, doc_ids=list(put))  # type: ignore[arg-type]  # ids of ours are text
        else:
            table.remove(doc_ids=removed)  # type: ignore[arg-type]  # ids of ours are text
        os.write(pipe, b'["ack"]\n')
        state = after(state, put, removed)


def killed(child: Callable[[int], None], chance: random.Random) -> list[Any]:
    """Fork a child, kill it at a random moment after its first word, and return what it said."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            child(writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = os.read(reading, 1 << 16)
    time.sleep(chance.random() * 0.02)
    os.kill(pid, signal.SIGKILL)
    while piece := os.read(reading, 1 << 16):
        said += piece
    os.close(reading)
    _, status = os.waitpid(pid, 0)
    check(os.WIFSIGNALED(status), "the child ended by itself: look at its error above")
    return [json.loads(line) for line in said.split(b"\n") if line.endswith(b"]")]


def kills(dose: Dose) -> str:
    """Every acknowledged operation is there; of the one in flight, all or nothing."""
    chance = random.Random(1)
    acknowledged = extra = 0
    home = Path()
    state: State = {}
    with scratch() as name:
        folder = Path(name)
        for turn in range(dose.kills):
            if turn % 50 == 0:
                home, state = folder / str(turn), {}
            said = killed(lambda pipe, h=home, t=turn, s=state: write_forever(h, t, s, pipe), chance)  # type: ignore[misc]  # bound now
            pending: tuple[State, list[str]] = ({}, [])
            for word in said:
                if word[0] == "try":
                    pending = (word[1], word[2])
                else:
                    state, pending = after(state, *pending), ({}, [])
                    acknowledged += 1
            with Log(home / "log", home / "reader", SystemClock()) as log:
                found = contents(log)
                check(found in (state, after(state, *pending)), f"kill {turn}: {len(found)} records, not {len(state)}")
                check(not [each for each in log.damage() if "damaged" in each.what], f"kill {turn}: damage")
            extra += found != state
            state = found
            files = len(list((home / "log" / TABLE).glob("*.jsonl")))
            check(files <= 1, f"kill {turn}: {files} files, so the slot was not used again")
    return f"{dose.kills} kills, {acknowledged} acknowledged operations, none lost, none half; {extra} whole ones extra"


def journals(dose: Dose) -> str:
    """Every event that `append` came back from is found by the next program, in order."""
    chance = random.Random(2)
    events = 0

    def child(pipe: int, folder: Path) -> None:
        mine = Journals(folder, SystemClock())
        mine.start_syncing()
        journal = mine.open("live-1")
        number = 0
        while True:
            number += 1
            journal.append({"n": number, "key": "x" * 40})
            os.write(pipe, b"[%d]\n" % number)

    with scratch() as name:
        folder = Path(name)
        for turn in range(dose.journals):
            place = folder / str(turn)
            said = killed(lambda pipe, p=place: child(pipe, p), chance)  # type: ignore[misc]  # bound now
            heir = Journals(place, SystemClock())
            found = heir.orphans()
            check(len(found) == 1, f"kill {turn}: {len(found)} orphans")
            numbers = [event["n"] for event in found[0].events]
            check(numbers == list(range(1, len(numbers) + 1)), f"kill {turn}: events out of order")
            check(len(numbers) - len(said) in (0, 1), f"kill {turn}: {len(numbers)} events, {len(said)} acknowledged")
            check(not Journals(place, SystemClock()).orphans(), "a second program took them too")
            heir.open("live-1").close(remove=True)
            heir.close()
            check(not list(place.iterdir()), "the journal left something behind")
            events += len(said)
    return f"{dose.journals} kills, {events} events, none lost, each adopted once"


def small_file(folder: Path, lines: int) -> tuple[Path, list[bytes], list[State]]:
    """A table of some lines: its file, the lines, and the state after each number of lines."""
    with Log(folder / "log", folder / "state", NOON) as log:
        table = log.db.table(TABLE)
        made = []
        for number in range(1, lines + 1):
            if number % 4:
                made.append(table.insert({"n": number}))
            else:
                table.remove(doc_ids=[made.pop(0)])
    path = next((folder / "log" / TABLE).glob("*.jsonl"))
    written = path.read_bytes().splitlines(keepends=True)
    return path, written, [replayed(written[:number]) for number in range(lines + 1)]


def replayed(lines: list[bytes]) -> State:
    """The state that some lines give, read the simplest way."""
    state: State = {}
    for body in map(json.loads, lines):
        state |= {key: document["n"] for key, document in body.get("put", {}).items()}
        state = {key: value for key, value in state.items() if key not in body.get("del", ())}
    return state


def cuts(dose: Dose) -> str:
    """A file cut at any byte, with nothing, zeros or ones after the cut, serves what is whole and takes new records."""
    count = 0
    with scratch() as name:
        folder = Path(name)
        path, lines, states = small_file(folder, dose.lines)
        whole = b"".join(lines)
        ends = [len(b"".join(lines[:number])) - 1 for number in range(len(lines) + 1)]
        for length in range(len(whole) + 1):
            expected = states[sum(1 for end in ends[1:] if end <= length)]
            for tail in (b"", b"\0" * 7, b"\xff" * 7):
                path.write_bytes(whole[:length] + tail)
                with Log(folder / "log", folder / "state", NOON, durable=False) as log:
                    check(contents(log) == expected, f"cut at {length} with {tail!r}: not what was whole")
                    new = str(log.db.table(TABLE).insert({"n": 99}))
                with Log(folder / "log", folder / "reader", NOON) as log:
                    check(contents(log) == expected | {new: 99}, f"cut at {length} with {tail!r}: the next save")
                count += 1
    return f"{count} cut files, all read, all written to again"


def flips(dose: Dose) -> str:
    """A flipped bit costs the line it is in at most, changes no other, and is reported."""
    count = rescued = 0
    with scratch() as name:
        folder = Path(name)
        path, lines, states = small_file(folder, dose.lines)
        whole = b"".join(lines)
        place = -1
        for hurt_line, line in enumerate(lines):
            without = replayed(lines[:hurt_line] + lines[hurt_line + 1 :])
            for _ in line:
                place += 1
                for bit in range(8):
                    hurt = bytearray(whole)
                    hurt[place] ^= 1 << bit
                    path.write_bytes(hurt)
                    log = Log(folder / "log", folder / "reader", NOON)
                    found = contents(log)
                    check(found in (without, states[-1]), f"flip {place}.{bit}: {found}")
                    shard = log.db.storage.fresh(TABLE)
                    check(bool(log.damage() or shard.unfinished()), f"flip {place}.{bit}: not reported")
                    count += 1
                    rescued += found == states[-1]
    return f"{count} flipped bits: no other line lost ({rescued} times not even that one), all reported"


class FailingDisk(Disk):
    """Fails once, at the call whose number is given."""

    def __init__(self, at: int, fault: str) -> None:
        self.at = at
        self.fault = fault
        self.calls = 0

    def __getattribute__(self, name: str) -> Any:
        if name in ("make_folder", "open_append", "write", "sync", "sync_folder", "replace", "twin"):
            self.calls += 1
            if self.calls == self.at + 1:
                if name == "write" and self.fault == "short":
                    return write_half
                code = errno.EIO if self.fault == "EIO" else errno.ENOSPC
                raise OSError(code, os.strerror(code))
        return super().__getattribute__(name)


def write_half(handle: int, data: bytes) -> None:
    """A disk that fills up in the middle of a line."""
    os.write(handle, data[: len(data) // 2])
    raise ShortWrite(errno.ENOSPC, "half of it was written")


def save_all(log: Log, durable: bool) -> tuple[State, int]:  # noqa: FBT001 - one of two ways of working
    """Save five records, each tried again after a failure, as the person at the desk would; count the failures."""
    table = log.db.storage
    failures = 0
    for number in range(5):
        for attempt in range(3):
            try:
                table.commit(table.fresh(TABLE), {f"r{number}": {"n": number}})
                if not durable:
                    log.flush()
                break
            except NotSaved:
                failures += 1
                check(attempt < 2, "one failure was not over at the next try")
    return {f"r{number}": number for number in range(5)}, failures


def faults(dose: Dose) -> str:  # noqa: ARG001 - every part takes the dose; this one is always whole
    """Whatever call fails, the person is told, the next try works, and nothing confirmed is lost."""
    count = told = 0
    for durable in (True, False):
        for fault in ("ENOSPC", "EIO", "short"):
            at = 0
            while True:
                with scratch() as name:
                    folder = Path(name)
                    disk = FailingDisk(at, fault)
                    log = Log(folder / "log", folder / "state", NOON, durable=durable, disk=disk)
                    expected, failures = save_all(log, durable)
                    if disk.calls <= at:
                        break
                    told += failures
                    with Log(folder / "log", folder / "reader", NOON) as reader:
                        check(contents(reader) == expected, f"{fault} at call {at}: {contents(reader)}")
                    log.close()
                    count += 1
                at += 1
    return f"{count} failing calls, {told} told as NOT SAVED and saved at the next try, none lost"


def together(dose: Dose) -> str:
    """Programs that write and read one table at once lose nothing and never share a file."""
    with scratch() as name:
        folder = Path(name)
        children = []
        for number in range(dose.programs):
            pid = os.fork()
            if pid == 0:
                code = 1
                try:
                    code = write_beside_others(folder, number, dose.writes)
                finally:
                    os._exit(code)
            children.append(pid)
        codes = [os.waitpid(pid, 0)[1] for pid in children]
        check(not any(codes), f"a program failed or saw records vanish: {codes}")
        with Log(folder / "log", folder / "reader", SystemClock()) as log:
            expected = {f"p{program}-{number}" for program in range(dose.programs) for number in range(dose.writes)}
            check(set(contents(log)) == expected, "records are missing")
            check(not log.damage(), "damage")
        files = len(list((folder / "log" / TABLE).glob("*.jsonl")))
    return f"{dose.programs} programs, {dose.programs * dose.writes} records in {files} files, all there"


def write_beside_others(folder: Path, number: int, writes: int) -> int:
    """One of the programs: 0 when all went well."""
    with Log(folder / "log", folder / "state", SystemClock()) as log:
        seen = 0
        for each in range(writes):
            storage = log.db.storage
            storage.commit(storage.fresh(TABLE), {f"p{number}-{each}": {"n": each}})
            now = len(contents(log))
            if now <= seen:
                return 2
            seen = now
    return 0


PARTS: Final = {part.__name__: part for part in (kills, journals, cuts, flips, faults, together)}


def main(arguments: list[str]) -> int:
    """Run the parts that were named, or all."""
    parser = argparse.ArgumentParser(description="Hurt the log and see whether it keeps its word.")
    parser.add_argument("--full", action="store_true", help="10,000 kills and larger files")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    chosen = parser.parse_args(arguments)
    unknown = [part for part in chosen.parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    failed = False
    for part in chosen.parts or PARTS:
        started = time.monotonic()
        try:
            line = PARTS[part](FULL if chosen.full else SMALL)
        except Broken as error:
            failed = True
            line = f"BROKEN: {error}"
        print(f"{part:9} {line} ({time.monotonic() - started:.1f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
