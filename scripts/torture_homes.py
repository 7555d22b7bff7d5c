"""Several programs, clocks and copies of one log: whatever was confirmed anywhere is found in the end."""

import json
import os
import random
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from torture_common import NOON, TABLE, Dose, State, check, contents, scratch

from deskmate.clock import FixedClock, SystemClock
from deskmate.faults import NotSaved
from deskmate.records.doctor import examine
from deskmate.records.log import Log

JUMPS: Final = (0, 0, 1, 60, -60, -3600, 3600, -86_400 * 3, 86_400 * 400, -86_400 * 365)
"""Seconds a clock may jump between two writes."""


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


def operations(folder: Path) -> Iterator[dict[str, Any]]:
    """Every line of a table's files, read the simplest way."""
    for path in sorted(folder.glob("*.jsonl")):
        yield from map(json.loads, path.read_bytes().splitlines())


def joined(folder: Path) -> State:
    """What a table's files add up to: the highest revision of each id."""
    best: dict[str, tuple[str, int | None]] = {}
    for body in operations(folder):
        changes = {key: document["n"] for key, document in body.get("put", {}).items()}
        for key, number in {**changes, **dict.fromkeys(body.get("del", ()))}.items():
            best[key] = max(best.get(key, ("", None)), (body["rev"], number))
    return {key: number for key, (_, number) in best.items() if number is not None}


def change(log: Log, state: State, number: int, chance: random.Random) -> None:
    """One change through the storage, and in the plain state beside it."""
    storage = log.db.storage
    shard = storage.fresh(TABLE)
    check({key: document["n"] for key, document in shard.docs.items()} == state, f"before change {number}")
    kind = chance.random()
    if kind < 0.2 and state:
        key = chance.choice(sorted(state))
        storage.commit(shard, {}, [key])
        del state[key]
    elif kind < 0.3:
        storage.commit(shard, {f"r{number}": {"n": number}}, drop=True)
        state.clear()
        state[f"r{number}"] = number
    else:
        key = chance.choice([*sorted(state), f"r{number}"])
        storage.commit(shard, {key: {"n": number}})
        state[key] = number


def clocks(dose: Dose) -> str:
    """Three machines, each with a clock that jumps: the change that was made last always holds, for every reader."""
    chance = random.Random(6)
    writes = 0
    for turn in range(dose.histories):
        with scratch() as name:
            folder = Path(name)
            state: State = {}
            own = [FixedClock(NOON.now()) for _ in range(3)]
            for number in range(40):
                machine = chance.randrange(3)
                own[machine].advance(chance.choice(JUMPS))
                with Log(folder / "log", folder / f"machine-{machine}", own[machine], durable=False) as log:
                    for more in range(chance.randint(1, 3)):
                        change(log, state, number * 3 + more, chance)
                        writes += 1
            given = [body["rev"] for body in operations(folder / "log" / TABLE)]
            check(len(given) == len(set(given)), f"history {turn}: a revision was given twice")
            with Log(folder / "log", folder / "reader", NOON) as log:
                check(contents(log) == state, f"history {turn}: another reader sees something else")
    return f"{dose.histories} histories, {writes} changes under clocks that jump by years, the last one always holds"


def restored(dose: Dose) -> str:
    """An older copy comes back in mid-history, the clock stands anywhere: no revision twice, and all can be joined."""
    chance = random.Random(7)
    copies = 0
    for turn in range(dose.histories):
        with scratch() as name:
            folder = Path(name)
            home, clock, state = folder / "home", FixedClock(NOON.now()), State()
            seen: dict[str, Any] = {}
            lives: list[Path] = []
            for life in range(4):
                clock.advance(chance.choice(JUMPS))
                with Log(home / "log", home / "state", clock, durable=False) as log:
                    for number in range(chance.randint(1, 8)):
                        change(log, state, life * 100 + number, chance)
                for body in operations(home / "log" / TABLE):
                    check(seen.setdefault(body["rev"], body) == body, f"history {turn}: one revision, two meanings")
                lives.append(folder / f"copy-{life}")
                shutil.copytree(home, lives[-1])
                if chance.random() < 0.6:
                    copies += 1
                    back = chance.choice(lives)
                    shutil.rmtree(home)
                    shutil.copytree(back, home)
                    with Log(home / "log", home / "reader", clock) as log:
                        state = contents(log)
            _join(folder, home, lives, turn)
    return f"{dose.histories} histories, {copies} older copies came back, no revision given twice, all joined again"


def _join(folder: Path, home: Path, lives: list[Path], turn: int) -> None:
    """The files of every copy beside those of the home, under other names: all readers agree."""
    for number, life in enumerate(lives):
        for path in (life / "log" / TABLE).glob("*.jsonl"):
            shutil.copy(path, home / "log" / TABLE / f"copy{number}-{path.name}")
    expected = joined(home / "log" / TABLE)
    drops = [body for body in operations(home / "log" / TABLE) if body.get("drop")]
    with Log(home / "log", folder / "reader", NOON) as log:
        found = contents(log)
    last = max((body["rev"] for body in drops), default="")
    kept = {body["rev"]: body for body in operations(home / "log" / TABLE)}
    emptied = {key for key in expected if max(rev for rev in kept if key in kept[rev].get("put", {})) < last}
    check(found == {key: expected[key] for key in expected.keys() - emptied}, f"history {turn}: joining the copies")


def merged(dose: Dose) -> str:
    """Two libraries' homes, one a copy of the other once: files copied both ways make the two the same."""
    chance = random.Random(8)
    for turn in range(dose.histories):
        with scratch() as name:
            folder = Path(name)
            here, there = folder / "here", folder / "there"
            states: dict[Path, State] = {here: {}, there: {}}
            _work(here, states[here], chance, 0)
            shutil.copytree(here / "log", there / "log")
            states[there] = dict(states[here])
            _work(here, states[here], chance, 100)
            _work(there, states[there], chance, 200)
            for start, end in ((here, there), (there, here)):
                for path in (start / "log" / TABLE).glob("*.jsonl"):
                    target = end / "log" / TABLE / path.name
                    if not target.exists() or target.stat().st_size < path.stat().st_size:
                        shutil.copy(path, target)
            found = []
            for home in (here, there):
                with Log(home / "log", home / "reader", NOON) as log:
                    found.append(contents(log))
                    check(not log.damage(), f"history {turn}: damage")
            check(found[0] == found[1] == joined(here / "log" / TABLE), f"history {turn}: the two homes differ")
            own = {key for key, number in found[0].items() if number >= 100}
            new = {
                key
                for state in states.values()
                for key, number in state.items()
                if key == f"r{number}" and number >= 100
            }
            check(new <= own, f"history {turn}: a record of one home is missing in both")
    return f"{dose.histories} pairs of homes joined by copying files, both ways, each pair the same in the end"


def _work(home: Path, state: State, chance: random.Random, first: int) -> None:
    clock = FixedClock(NOON.now() + timedelta(seconds=chance.randrange(-7200, 7200)))
    with Log(home / "log", home / "state", clock, durable=False) as log:
        storage = log.db.storage
        for number in range(first, first + chance.randint(1, 12)):
            key = chance.choice([*sorted(state), f"r{number}", f"r{number}"])
            storage.commit(storage.fresh(TABLE), {key: {"n": number}})
            state[key] = number


def whole(folder: Path) -> dict[str, bytes | None]:
    """Every name and byte below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def newer(dose: Dose) -> str:  # noqa: ARG001 - every part takes the dose
    """A log that a newer DeskMate wrote is read, says so, and not one byte of it changes."""
    with scratch() as name:
        folder = Path(name)
        state: State = {}
        _work(folder, state, random.Random(9), 0)
        (folder / "log" / "FORMAT").write_text('{"format":"deskmate-log","v":2,"more":[1]}', encoding="utf-8")
        before = whole(folder / "log")
        with Log(folder / "log", folder / "state", NOON) as log:
            check(contents(log) == state, "it cannot be read")
            check(_refused(log) == 4, "something was written to it")
            check("newer DeskMate" in str(examine(log, NOON)), "the doctor does not say so")
        check(whole(folder / "log") == before, "bytes of it changed")
    return "read, and every change refused in words; not one byte differs"


def _refused(log: Log) -> int:
    """How many of four changes are refused."""
    table = log.db.table(TABLE)
    refused = 0
    for change_it in (
        lambda: table.insert({"n": 1}),
        lambda: table.update({"n": 2}),
        table.truncate,
        lambda: log.save_feedback({"text": "x"}),
    ):
        try:
            change_it()
        except NotSaved as fault:
            refused += fault.what.startswith("NOT SAVED")
    return refused


def readonly(dose: Dose) -> str:  # noqa: ARG001 - every part takes the dose
    """Folders that take nothing: everything is read, every save is refused in words, and the doctor says it first."""
    with scratch() as name:
        folder = Path(name)
        state: State = {}
        _work(folder, state, random.Random(10), 0)
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        before = whole(folder)
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                if os.geteuid() == 0:  # for the superuser no folder is closed
                    os.setgid(65534)
                    os.setuid(65534)
                code = _look(folder, state)
            finally:
                os._exit(code)
        check(os.waitpid(pid, 0)[1] == 0, "reading failed, a save went through, or nobody was told")
        check(whole(folder) == before, "something changed")
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)
    return "read, and every change refused in words; the doctor names both folders"


def _look(folder: Path, state: State) -> int:
    with Log(folder / "log", folder / "state", NOON) as log:
        told = [notice.where for notice in examine(log, NOON)]
        places = {str(folder / "log"), str(folder / "state")}
        fine = contents(log) == state and places <= set(told) and _refused(log) == 4
    return 0 if fine else 2
