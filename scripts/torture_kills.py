"""Programs that are killed in mid-write: nothing acknowledged is lost, nothing is half there."""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from torture_common import TABLE, Dose, State, after, check, contents, scratch

from deskmate.clock import SystemClock
from deskmate.records.live import Journals
from deskmate.records.log import Log


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


def killed(
    child: Callable[[int], None],
    chance: random.Random,
    *,
    words: int = 1,
    meanwhile: Callable[[], None] | None = None,
) -> list[Any]:
    """Fork a child, kill it at a random moment after its first words, and return what it said."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        try:
            child(writing)
        finally:
            os._exit(1)
    os.close(writing)
    said = b""
    while said.count(b"\n") < words and (piece := os.read(reading, 1 << 16)):
        said += piece
    if meanwhile is not None:
        meanwhile()
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
            said = killed(partial(write_forever, home, turn, state), chance, words=chance.randint(1, 9))
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

    def child(folder: Path, pipe: int) -> None:
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
            said = killed(partial(child, place), chance)
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
