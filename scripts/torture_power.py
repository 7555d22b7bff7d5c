"""The power is cut at every moment: what was acknowledged is there, and a disk that does not sync is found out."""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from torture_common import NOON, TABLE, Broken, Dose, check, scratch
from torture_disk import MARK, Change, PowerDisk, survivor

from deskmate.records.live import Journals
from deskmate.records.log import Log

OTHER: Final = "2026-11-23"
OPERATIONS: Final = 12
Tables = dict[str, dict[str, int]]
Doing = tuple[str, dict[str, int]]
"""A table, and what is put into it at once."""


def read(folder: Path) -> tuple[Tables, list[str]]:
    """Both tables as they are, and what is wrong besides cut-off saves."""
    with Log(folder / "log", folder / "reader", NOON) as log:
        found = {
            name: {key: document["n"] for key, document in log.db.storage.fresh(name).docs.items()}
            for name in (TABLE, OTHER)
        }
        return found, [each.what for each in log.damage() if "cut off" not in each.what]


def write(folder: Path, disk: PowerDisk, chance: random.Random, *, durable: bool) -> list[Doing]:
    """Save some times; a mark says how many are acknowledged. Returns what was done."""
    log = Log(folder / "log", folder / "state", NOON, durable=durable, disk=disk)
    storage = log.db.storage
    done: list[Doing] = []
    for number in range(OPERATIONS):
        table = chance.choice((TABLE, OTHER))
        put = {f"r{number}-{each}": number for each in range(chance.randint(1, 3))}
        if durable and done and chance.random() < 0.3:
            put = dict.fromkeys(chance.choice([what for _, what in done]), number)
            table = next(where for where, what in done if what.keys() == put.keys())
        storage.commit(storage.fresh(table), {key: {"n": value, "pad": "x" * 90} for key, value in put.items()})
        done.append((table, put))
        if durable:
            disk.mark(number + 1)
        elif chance.random() < 0.3:
            log.flush()
            disk.mark(number + 1)
    if "sync" in disk.deaf:
        disk.mark(OPERATIONS)  # it says so, and it is not true
    log.close()
    return done


def state(done: Sequence[Doing]) -> Tables:
    """The tables after some operations."""
    tables: Tables = {TABLE: {}, OTHER: {}}
    for table, put in done:
        tables[table] |= put
    return tables


def power(dose: Dose) -> str:
    """Every acknowledged record is there; of the others each is whole or absent; the next save works."""
    chance = random.Random(3)
    count = 0
    for turn in range(max(dose.histories // 5, 4)):
        count += _cut_everywhere(dose, chance, durable=bool(turn % 2))
    seen = []
    for deaf in ("sync", "sync_folder"):
        try:
            for turn in range(10):
                _cut_everywhere(dose, chance, durable=bool(turn % 2), deaf=[deaf])
        except Broken:
            seen.append(deaf)
    check(seen == ["sync", "sync_folder"], f"a disk that does not sync was not found out: only {seen}")
    return f"{count} power cuts, nothing acknowledged lost; without sync, and without the folder's, the loss is seen"


def _cut_everywhere(dose: Dose, chance: random.Random, *, durable: bool, deaf: Sequence[str] = ()) -> int:
    count = 0
    with scratch() as name:
        folder, disk = Path(name) / "here", PowerDisk(deaf)
        folder.mkdir()
        done = write(folder, disk, chance, durable=durable)
        for after, sure in power_cuts(disk, folder, dose, chance):
            count += 1
            _judge(after, sure, done, durable=durable, save=count % 7 == 0)
    return count


def power_cuts(disk: PowerDisk, folder: Path, dose: Dose, chance: random.Random) -> Iterator[tuple[Path, int]]:
    """Cut the power between any two changes, several times each: what is left then, beside the folder, and the mark."""
    for moment in range(len(disk.changes) + 1):
        for cut in range(dose.cuts):
            after = folder.with_name(f"{folder.name}-after-{moment}-{cut}")
            after.mkdir()
            survivor(disk.changes[:moment], folder, after, chance)
            yield after, marked(disk.changes[:moment])


def marked(changes: Sequence[Change]) -> int:
    """The last mark."""
    return max((change.number for change in changes if change.kind == MARK), default=0)


def _judge(folder: Path, sure: int, done: list[Doing], *, durable: bool, save: bool) -> None:
    found, wrong = read(folder)
    check(not wrong, f"after a power cut: {wrong}")
    if durable:
        check(found in (state(done[:sure]), state(done[: sure + 1])), f"{sure} were acknowledged, found {found}")
    else:
        for number, (table, put) in enumerate(done):
            there = [key for key in put if found[table].get(key) == put[key]]
            check(len(there) in ((len(put),) if number < sure else (0, len(put))), f"operation {number} of {sure}")
    if save:
        with Log(folder / "log", folder / "state", NOON) as log:
            storage = log.db.storage
            storage.commit(storage.fresh(TABLE), {"new": {"n": -1}})
        again, _ = read(folder)
        check(again == {**found, TABLE: found[TABLE] | {"new": -1}}, "the first save after a power cut")


def livepower(dose: Dose) -> str:
    """Every key older than the last sync is there, in order, also when the program that took over is cut off too."""
    chance = random.Random(4)
    count = sum(_cut_live(dose, chance) for _ in range(max(dose.histories // 2, 5)))
    try:
        for _ in range(10):
            _cut_live(dose, chance, deaf=["sync"])
    except Broken:
        return f"{count} power cuts, no key lost that was older than the last sync; without sync, the loss is seen"
    raise Broken("journals that are not synced were not found out")


def _cut_live(dose: Dose, chance: random.Random, *, deaf: Sequence[str] = ()) -> int:
    count = 0
    with scratch() as name:
        folder, disk = Path(name) / "here", PowerDisk(deaf)
        folder.mkdir()
        keys, safe = _live_keys(folder, disk, chance)
        for after, sure in power_cuts(disk, folder, dose, chance):
            count += 1
            _judge_live(after, keys, safe[sure])
    return count


def _live_keys(
    folder: Path, disk: PowerDisk, chance: random.Random
) -> tuple[Mapping[str, list[int]], list[dict[str, int]]]:
    """Two people helped by three programs, each killed; their keys, and how many were safe at each mark."""
    keys: dict[str, list[int]] = {"anna": [], "ben": []}
    safe = [dict.fromkeys(keys, 0)]
    for _ in range(3):
        program = Journals(folder / "state" / "live", NOON, disk=disk)
        program.orphans()
        people = {who: program.open(who) for who in keys}
        for _ in range(6):
            who = chance.choice(list(keys))
            people[who].append({"n": len(keys[who]), "pad": "x" * 30})
            keys[who].append(len(keys[who]))
            if chance.random() < 0.4:
                program.sync()
                safe.append({each: len(numbers) for each, numbers in keys.items()})
                disk.mark(len(safe) - 1)
        program._lock.release()  # type: ignore[union-attr]  # noqa: SLF001 - what the system does when it is killed
    return keys, safe


def _judge_live(folder: Path, keys: Mapping[str, list[int]], safe: Mapping[str, int]) -> None:
    heir = Journals(folder / "state" / "live", NOON)
    found = {orphan.live_id: [event["n"] for event in orphan.events] for orphan in heir.orphans()}
    heir.close()
    for who, numbers in keys.items():
        there = found.get(who, [])
        check(there == numbers[: len(there)], f"{who}: keys out of order: {there}")
        check(len(there) >= safe[who], f"{who}: {len(there)} keys, {safe[who]} were synced")
