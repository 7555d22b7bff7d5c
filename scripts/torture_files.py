"""Files that are cut, flipped or refused by the disk: what is whole serves, what is hurt is told."""

import errno
import os
from pathlib import Path
from typing import Any, Final

from torture_common import NOON, TABLE, Dose, State, check, contents, replayed, scratch

from deskmate.faults import NotSaved
from deskmate.records.disk import Disk, ShortWrite
from deskmate.records.live import Journals
from deskmate.records.log import Log


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


CALLS: Final = ("make_folder", "open_append", "write", "sync", "sync_folder", "replace", "move", "twin")
"""What a disk may refuse."""


class FailingDisk(Disk):
    """Fails once, at the call whose number is given."""

    def __init__(self, at: int, fault: str) -> None:
        self.at = at
        self.fault = fault
        self.calls = 0

    def __getattribute__(self, name: str) -> Any:
        if name in CALLS:
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
    count = told = keys = 0
    for fault in ("ENOSPC", "EIO", "short"):
        for durable in (True, False):
            at = 0
            while (failures := _fault_in_table(at, fault, durable)) is not None:
                told += failures
                count += 1
                at += 1
        while _fault_in_journal(keys, fault):
            keys += 1
        count, keys = count + keys, 0
    return f"{count} failing calls, {told} told as NOT SAVED and saved at the next try, no record and no key lost"


def _fault_in_table(at: int, fault: str, durable: bool) -> int | None:  # noqa: FBT001 - one of two ways of working
    """How often saving was refused; None when there is no such call any more."""
    with scratch() as name:
        folder = Path(name)
        disk = FailingDisk(at, fault)
        log = Log(folder / "log", folder / "state", NOON, durable=durable, disk=disk)
        expected, failures = save_all(log, durable)
        if disk.calls <= at:
            log.close()
            return None
        with Log(folder / "log", folder / "reader", NOON) as reader:
            check(contents(reader) == expected, f"{fault} at call {at}: {contents(reader)}")
        log.close()
        return failures


def _fault_in_journal(at: int, fault: str) -> bool:
    """Ten keys of a live person, one of whose calls fails; False when there is no such call any more."""
    with scratch() as name:
        disk = FailingDisk(at, fault)
        program = Journals(Path(name) / "live", NOON, disk=disk)
        journal = None
        kept: list[int] = []
        told_last = False
        for number in range(10):
            try:
                journal = journal or program.open("live-1")
                kept.append(number)
                journal.append({"n": number})
                told_last = False
            except NotSaved:
                told_last = True  # a key whose journal was there goes along with the next one
            program.sync()
        program.close()
        heir = Journals(Path(name) / "live", NOON)
        found = [event["n"] for orphan in heir.orphans() for event in orphan.events]
        heir.close()
        check(found in (kept, kept[:-1] if told_last else kept), f"{fault} at call {at} of a journal: {found}")
        return disk.calls > at
