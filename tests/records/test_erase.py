"""Bytes go from the log's files and nothing else does: through kills, beside other writers, in any order."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskmate.clock import Clock, FixedClock, SystemClock
from deskmate.faults import NotSaved
from deskmate.model.interaction import Interaction
from deskmate.records import claim as claim_module
from deskmate.records.disk import Disk
from deskmate.records.doctor import examine
from deskmate.records.erase import Cut, Eraser, Outcome
from deskmate.records.erase_rules import without_fields
from deskmate.records.erase_sweep import Sweeper
from deskmate.records.log import Log
from deskmate.records.mend import mend
from deskmate.records.shard import Json
from tests.records.conftest import OpenLog, Record
from tests.records.sweeping import sweeper_of

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def run(script: str, *arguments: object) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(HERE / script), *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def every_byte(*roots: Path) -> Iterator[tuple[Path, bytes]]:
    for root in roots:
        yield from ((path, path.read_bytes()) for path in sorted(root.rglob("*")) if path.is_file())


def with_needle(needle: str, *roots: Path) -> list[Path]:
    return [path for path, data in every_byte(*roots) if needle.encode() in data]


def notes_off(record_ids: set[str]) -> Cut:
    def edit(record_id: str, document: Json, _: str) -> Json:
        return without_fields(document, ["note"]) if record_id in record_ids else document

    return Cut(edit, lambda line: any(each.encode() in line for each in record_ids))


class Erasing:
    """Reads a day's table and cuts it."""

    def __init__(self, log: Log, clock: Clock) -> None:
        self._eraser = Eraser(log.db.storage, log.root / ".privacy", clock)

    def erase(self, day: date, cut: Cut) -> Outcome:
        return self._eraser.erase(self._eraser.read(day.isoformat()), cut)

    def look(self, day: date, cut: Cut) -> Outcome:
        return self._eraser.look(self._eraser.read(day.isoformat()), cut)


@pytest.mark.skipif(sys.platform == "win32", reason="it kills")
def test_a_sweep_killed_at_any_call_to_the_disk_is_finished_by_the_next(
    tmp_path: Path, clock: FixedClock, log: Log, record: Record
) -> None:
    kept: list[Interaction] = []
    for age in (200, 100, 0):
        at = clock.now() - timedelta(days=age)
        for number in range(3):
            made = log.add(record(asked_at=at, added_at=at, note=f"needle{age} first", kind="account"))
            made = log.change(made.with_(note=f"needle{age} second", strain="tense"), say="needle says")
            if number == 2:
                log.remove(made)
            else:
                kept.append(made)
    log.save_phrase("needle200 words", "angry-patron", clock.now() - timedelta(days=200))
    log.rollups(at.date(), at.date(), lambda _: {"x": "y"}, "m")
    log.close()
    expected = {made.id: made.with_(note="" if made.day < clock.now().date() else made.note) for made in kept}
    calls = 0
    code = -9
    while code:
        calls += 1
        home, state = tmp_path / f"home-{calls}", tmp_path / f"state-{calls}"
        shutil.copytree(log.root, home)
        shutil.copytree(tmp_path / "desk", state)
        with run("sweeping.py", home, state, clock.now().isoformat(), calls) as killed:
            code = killed.wait(timeout=300)
        assert code in (0, -9)
        with Log(home, state, clock) as after:
            sweeper_of(after, state, clock).run()
        assert with_needle("needle200", home, state) == []
        assert with_needle("needle100", home, state) == []
        with Log(home, state, clock) as after:
            assert {made.id: made for day in after.days() for made in after.day(day)} == expected
            assert examine(after, clock) == []
    assert calls > 10


@pytest.mark.parametrize("durable", [True, False])
def test_another_machine_whose_file_was_replaced_goes_on_in_the_new_one(
    open_log: OpenLog, clock: FixedClock, record: Record, durable: bool
) -> None:
    theirs = open_log("theirs", durable=durable)
    first = theirs.add(record(note="needle"))
    theirs.flush()
    ours = open_log("ours")
    eraser = Erasing(ours, clock)
    assert eraser.erase(first.day, notes_off({first.id})).busy == tuple(theirs.root.glob("2*/*.jsonl"))
    assert with_needle("needle", theirs.root)
    clock.advance(10 * 365 * 24 * 3600)  # nobody wrote to their file for more than a day
    assert eraser.erase(first.day, notes_off({first.id})).busy == ()
    assert with_needle("needle", theirs.root) == []
    clock.advance(-10 * 365 * 24 * 3600)
    second = theirs.add(record(note="later"))
    theirs.flush()
    for log in (theirs, ours, open_log("third")):
        assert {each.note for each in log.day(first.day)} == {"", "later"}
        assert log.get(second.day, second.id) == second
        assert log.damage() == []


@pytest.mark.skipif(sys.platform == "win32", reason="a file that is open cannot be replaced there")
def test_no_record_is_lost_while_another_program_appends_to_the_file_that_is_rewritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(claim_module, "QUIET_SECONDS", -3600)
    confirmed: set[str] = set()
    rewrites = 0
    clock = SystemClock()
    writing = run("appending.py", tmp_path / "log", tmp_path / "theirs", 400)
    with writing as writer, Log(tmp_path / "log", tmp_path / "ours", clock) as log:
        assert writer.stdout is not None
        eraser = Erasing(log, clock)
        for line in writer.stdout:
            confirmed.add(line.strip())
            for day in log.days():
                rewrites += bool(eraser.erase(day, notes_off(set(confirmed))).documents)
        writer.wait(timeout=300)
        for day in log.days():
            eraser.erase(day, notes_off(set(confirmed)))
        found = {each.id: each.note for day in log.days() for each in log.day(day)}
        assert log.damage() == []
    assert len(confirmed) == 400
    assert rewrites > 10
    assert found == dict.fromkeys(confirmed, "")
    assert with_needle("needle", tmp_path / "log") == []


def test_a_document_that_goes_leaves_no_older_version_in_a_file_that_waits(
    open_log: OpenLog, clock: FixedClock, record: Record
) -> None:
    theirs = open_log("theirs")
    made = theirs.add(record(note="needle old"))
    ours = open_log("ours")
    ours.change(made.with_(note="needle new"))
    cut = Cut(lambda record_id, document, _: None if record_id == made.id else document, lambda _: False)
    outcome = Erasing(ours, clock).erase(made.day, cut)
    assert len(outcome.busy) == 1
    for log in (ours, theirs):
        assert log.get(made.day, made.id) is None


def test_a_damaged_line_with_the_words_goes_and_whole_operations_in_it_stay(
    log: Log, clock: FixedClock, record: Record, open_log: OpenLog
) -> None:
    first = log.add(record(note="needle"))
    second = log.add(record(note="stays"))
    log.close()
    (path,) = log.root.glob("2*/*.jsonl")
    one, two = path.read_bytes().splitlines()
    path.write_bytes(one[:-30] + b"\n" + one[:60] + one + two + b"\n" + one[:-9])
    log = open_log()
    assert len(log.day(first.day)) == 2
    Erasing(log, clock).erase(first.day, notes_off({first.id}))
    assert with_needle("needle", log.root) == []
    assert {each.note for each in log.day(first.day)} == {"", "stays"}
    assert log.get(second.day, second.id) == second
    assert log.damage() == []
    assert examine(log, clock) == []


def test_a_draft_that_a_crash_left_goes_too(log: Log, clock: FixedClock, record: Record) -> None:
    made = log.add(record(note="needle"))
    (path,) = log.root.glob("2*/*.jsonl")
    draft = path.with_name(f".{path.name}.99.tmp")
    draft.write_bytes(b"needle")
    Erasing(log, clock).erase(made.day, notes_off({made.id}))
    assert with_needle("needle", log.root) == []


def test_a_look_says_the_same_as_the_deed_and_changes_nothing(log: Log, clock: FixedClock, record: Record) -> None:
    made = log.add(record(note="needle"))
    cut = notes_off({made.id})
    eraser = Erasing(log, clock)
    before = dict(every_byte(log.root))
    told = eraser.look(made.day, cut)
    assert dict(every_byte(log.root)) == before
    assert eraser.erase(made.day, cut) == told
    assert eraser.look(made.day, cut).documents == frozenset()


class Crash(BaseException):
    """The program ends here."""


class Crashing(Disk):
    """A disk that ends the program at a certain sync or rename."""

    def __init__(self) -> None:
        self.left = 0

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise Crash

    def sync(self, handle: int) -> None:
        super().sync(handle)
        self._count()

    def sync_folder(self, folder: Path) -> None:
        super().sync_folder(folder)
        self._count()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(0, 9)),
        st.tuples(st.just("change"), st.integers(0, 9)),
        st.tuples(st.just("remove"), st.integers(0, 9)),
        st.tuples(st.just("erase"), st.integers(0, 9)),
        st.tuples(st.just("restart"), st.integers(0, 1)),
        st.tuples(st.just("crash"), st.integers(1, 6)),
    ),
    max_size=25,
)


class History:
    """Two machines on one log, what they did, and what must be left of it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.clock = FixedClock(datetime.fromisoformat("2026-11-22T12:00:00-05:00"))
        self.disk = Crashing()
        self.logs = {machine: Log(home / "log", home / machine, self.clock, disk=self.disk) for machine in "ab"}
        self.ids: list[str] = []
        self.model: dict[str, Interaction] = {}
        self.erased: set[str] = set()
        self._words = 0

    def step(self, machine: str, what: str, which: int) -> None:
        """Do one thing at one machine."""
        self.clock.advance(1)
        record_id = self.ids[which % len(self.ids)] if self.ids else ""
        if what == "add":
            self._add(self.logs[machine])
        elif what == "restart":
            self.restart()
        elif record_id:
            getattr(self, f"_{what}")(machine, record_id, which)

    def _word(self) -> str:
        self._words += 1
        return f"needle{self._words:03}x"

    def _add(self, log: Log) -> None:
        now = self.clock.now()
        made = log.add(Interaction(id=log.new_id(), asked_at=now, added_at=now, note=self._word()))
        self.ids.append(made.id)
        self.model[made.id] = made

    def _change(self, machine: str, record_id: str, _: int) -> None:
        if record_id in self.model:
            changed = self.model[record_id].with_(note=self._word(), strain="tense")
            self.model[record_id] = self.logs[machine].change(changed)

    def _remove(self, machine: str, record_id: str, _: int) -> None:
        if record_id in self.model:
            self.logs[machine].remove(self.model.pop(record_id))

    def _erase(self, machine: str, record_id: str, _: int) -> None:
        self._crash(machine, record_id, 0)

    def _crash(self, machine: str, record_id: str, after: int) -> None:
        """Erase, and let the program end after some calls to the disk."""
        words = {str(each.get("note")) for each in _all_versions(self.logs[machine], record_id)} - {"None", ""}
        wishes = self._wishes()
        self.disk.left = after
        try:
            self.sweeper(machine).ask(self.day, (record_id,), ("note",), soon=lambda: None)
        except Crash:
            self.restart()
        self.disk.left = 0
        if self._wishes() > wishes:  # it was asked, so it has to be done
            self.erased |= words
            if record_id in self.model:
                self.model[record_id] = self.model[record_id].with_(note="")

    @property
    def day(self) -> str:
        return "2026-11-22"

    def _wishes(self) -> int:
        return len(list(self.home.glob("log/.privacy/*.erase")))

    def sweeper(self, machine: str) -> Sweeper:
        return sweeper_of(self.logs[machine], self.home / machine, self.clock, self.disk)

    def restart(self) -> None:
        for log in self.logs.values():
            log.close()
        self.logs = {each: Log(self.home / "log", self.home / each, self.clock, disk=self.disk) for each in self.logs}


@settings(max_examples=80)
@given(STEPS)
def test_any_order_of_adding_changing_removing_erasing_and_crashing_keeps_the_rest(
    steps: list[tuple[str, int]],
) -> None:
    with TemporaryDirectory() as folder:
        history = History(Path(folder))
        for number, (what, which) in enumerate(steps):
            history.step("ab"[number % 2], what, which)
        history.restart()
        history.clock.advance(2 * 365 * 24 * 3600)  # the files of the other machine have been quiet
        for machine in "ab":
            history.sweeper(machine)._deal_with_asked()  # without the periods, which would take the rest as well
        for log in history.logs.values():
            found = {each.id: each for each in log.day(date.fromisoformat(history.day))}
            assert found == history.model
            assert log.damage() == []
            log.close()
        everything = b"".join(data for _, data in every_byte(history.home))
        assert [each for each in history.erased if each.encode() in everything] == []


def test_a_line_whose_sync_fails_is_not_lost_when_its_file_is_to_be_replaced(
    open_log: OpenLog, clock: FixedClock, record: Record
) -> None:
    disk = Refusing()
    log = open_log(durable=False, disk=disk)
    made = log.add(record(note="needle"))
    log.flush()
    later = log.add(record(note="stays"))
    disk.refuses = True
    with pytest.raises(NotSaved):
        Erasing(log, clock).erase(made.day, notes_off({made.id}))
    disk.refuses = False
    log.flush()
    assert open_log("other").get(later.day, later.id) == later


class Refusing(Disk):
    """A disk whose syncs fail while it refuses."""

    refuses = False

    def sync(self, handle: int) -> None:
        if self.refuses:
            raise OSError(5, "Input/output error")
        super().sync(handle)


def test_what_is_written_after_the_wish_stays(log: Log, clock: FixedClock, record: Record, tmp_path: Path) -> None:
    made = log.add(record(note="needle"))
    later = made.with_(note="a new note")
    sweeper = sweeper_of(log, tmp_path / "desk", clock)

    def change(wanted: Interaction) -> None:
        log.change(wanted)

    assert sweeper.ask(made.day.isoformat(), (made.id,), ("note",), soon=lambda: change(later))
    assert log.get(made.day, made.id) == later
    assert with_needle("needle", tmp_path) == []


def _all_versions(log: Log, record_id: str) -> list[dict[str, Any]]:
    found = []
    for day in log.days():
        versions = log.db.storage.fresh(day.isoformat()).versions(record_id)
        found += [version.document for version in versions if version.document is not None]
    return found


def _restarted(opened: dict[str, Log], home: Path, clock: FixedClock, disk: Disk) -> dict[str, Log]:
    for log in opened.values():
        log.close()
    return {machine: Log(home / "log", home / machine, clock, disk=disk) for machine in opened}


def test_a_damaged_line_that_was_put_aside_goes_too(
    log: Log, clock: FixedClock, record: Record, open_log: OpenLog
) -> None:
    made = log.add(record(note="needle"))
    log.close()
    (path,) = log.root.glob("2*/*.jsonl")
    path.write_bytes(path.read_bytes().replace(b'"calm"', b'"cold"'))
    log = open_log()
    mend(log, clock)
    assert with_needle("needle", log.root) == [path.with_name(f"{path.name}.damaged")]
    Erasing(log, clock).erase(made.day, notes_off({made.id}))
    assert with_needle("needle", log.root) == []
