"""How much work a thing is, counted: syncs, files, records, modules. Counts hold on a busy machine; seconds do not."""

import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.places import Places
from deskmate.records.disk import Disk
from deskmate.records.log import Log
from deskmate.screens.app import DeskMateApp
from tests.cli.running import process

SIZE = (80, 24)
A_DAY = 3
LONG = 130
"""Days: more than the 60 that are right at once, so that most of them may not be read."""
START_THE_SCREENS = """
import asyncio, json, os, sys
from datetime import datetime

root, now = sys.argv[1:]
opened = []

def look(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].startswith(root):
        opened.append(os.path.relpath(args[0], root))

sys.addaudithook(look)
from deskmate.clock import FixedClock
from deskmate.desk.service import Desk
from deskmate.places import find_places
from deskmate.screens.app import DeskMateApp

async def start():
    app = DeskMateApp(Desk(find_places(), FixedClock(datetime.fromisoformat(now)), environment={}, durable=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        print(json.dumps(opened))

asyncio.run(start())
"""


class Spy:
    """Counts what a disk is asked for, and in which thread; the disk does it all the same."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: Counter[str] = Counter()
        self.read: list[str] = []
        self.waited: list[str] = []
        """What the main thread, which paints the screens, had to wait for."""
        for name in ("sync", "sync_folder", "write", "read"):
            monkeypatch.setattr(Disk, name, self._counted(name, getattr(Disk, name)))

    def _counted(self, name: str, real: Any) -> Any:
        def call(disk: Disk, *args: Any, **options: Any) -> Any:
            self.calls[name] += 1
            if name == "read":
                self.read.append(str(args[0]))
            elif name.startswith("sync") and threading.current_thread() is threading.main_thread():
                self.waited.append(name)
            return real(disk, *args, **options)

        return call


@pytest.fixture
def spy(monkeypatch: pytest.MonkeyPatch) -> Spy:
    return Spy(monkeypatch)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the records that were made into objects."""
    ids: list[str] = []
    real = Interaction.from_document.__func__  # type: ignore[attr-defined]  # a class method holds its function

    def noted(kind: type[Interaction], document: Mapping[str, Any]) -> Interaction:
        ids.append(str(document["id"]))
        return real(kind, document)  # type: ignore[no-any-return]

    monkeypatch.setattr(Interaction, "from_document", classmethod(noted))
    return ids


def fill(places: Places, now: FixedClock, days: int) -> None:
    """Log some days up to today, each with one open promise, and let the log catch up with them."""
    with Log(places.log, places.state, now, durable=False) as log:
        for back in reversed(range(days)):
            asked = now.now() - timedelta(days=back)
            promise = Promise(what="call back", due=now.now() + timedelta(days=3), made_at=asked)
            for number in range(A_DAY):
                owed = promise if not number else None
                log.add(Interaction(id=log.new_id(), asked_at=asked, added_at=asked, promise=owed))
        while log.catch_up(1_000):
            pass


def test_a_save_syncs_its_file_once(desk: Desk, spy: Spy) -> None:
    desk.entries.log({"kind": "device"})
    spy.calls.clear()
    desk.entries.log({"kind": "policy"})
    assert spy.calls["sync"] == 1
    assert spy.calls["sync_folder"] == 0
    desk.close()


def test_the_first_save_of_a_day_syncs_the_new_name_too(desk: Desk, clock: FixedClock, spy: Spy) -> None:
    desk.entries.log({"kind": "device"})
    clock.advance(24 * 3600)
    spy.calls.clear()
    desk.entries.log({"kind": "device"})
    assert spy.calls["sync"] == 1
    assert spy.calls["sync_folder"] == 2
    desk.close()


@pytest.mark.parametrize("days", [2, 40])
def test_a_save_reads_and_writes_as_much_in_a_long_log_as_in_a_short_one(
    places: Places, clock: FixedClock, spy: Spy, days: int
) -> None:
    fill(places, clock, days)
    desk = Desk(places, clock, environment={})
    desk.entries.log({"kind": "device"})
    spy.calls.clear()
    desk.entries.log({"kind": "device"})
    # the record and the hint for undo
    assert spy.calls == {"sync": 1, "write": 2}
    desk.close()


async def test_typing_in_the_look_up_touches_no_disk(places: Places, clock: FixedClock, spy: Spy) -> None:
    app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        spy.calls.clear()
        await pilot.press(*"guy yelling fine")
        assert not spy.calls


async def test_no_key_waits_for_the_disk(places: Places, clock: FixedClock, spy: Spy) -> None:
    """But the very first record of a library, which makes the log itself."""
    fill(places, clock, 1)
    spy.waited.clear()
    app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"guy yelling fine", "enter", "1", "space", "ctrl+r", "1", "h", "ctrl+o", "e")
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert len(app.desk.log.day(clock.now().date())) == A_DAY + 1
        assert spy.calls["sync"]
        assert spy.waited == []


async def test_a_key_in_a_guide_is_one_line_and_at_most_one_sync(places: Places, clock: FixedClock, spy: Spy) -> None:
    app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press(*"guy yelling fine", "enter", "1")
        app.desk.journals.sync()
        spy.calls.clear()
        await pilot.press("space")
        app.desk.journals.sync()
        assert spy.calls["write"] == 1
        assert spy.calls["sync"] == 1


def test_opening_makes_objects_of_today_and_of_what_is_owed_only(
    places: Places, clock: FixedClock, decoded: list[str]
) -> None:
    fill(places, clock, LONG)
    decoded.clear()
    log = Log(places.log, places.state, clock)
    today = log.day(clock.now().date())
    owed = log.open_promises()
    assert (len(today), len(owed)) == (A_DAY, LONG)
    assert sorted(decoded) == sorted({record.id for record in (*today, *owed)})
    log.close()


def test_asking_again_makes_no_object_again(places: Places, clock: FixedClock, decoded: list[str]) -> None:
    fill(places, clock, 2)
    log = Log(places.log, places.state, clock)
    log.day(clock.now().date())
    log.open_promises()
    decoded.clear()
    log.day(clock.now().date())
    log.open_promises()
    assert decoded == []
    log.close()


def test_the_second_summary_of_a_range_reads_no_day(places: Places, clock: FixedClock, spy: Spy) -> None:
    fill(places, clock, 20)
    last = clock.now().date()
    first = last - timedelta(days=19)
    wanted = Desk(places, clock, environment={}).reporting.range_summary(first, last)
    spy.read.clear()
    desk = Desk(places, clock, environment={})
    assert desk.reporting.range_summary(first, last).counted == wanted.counted
    days_read = {Path(path).parent.name for path in spy.read if path.endswith(".jsonl")}
    assert days_read <= {last.isoformat()}  # today is read for its open promises
    desk.close()


def test_the_first_screen_opens_as_few_files_on_a_long_log_as_on_a_short_one(places: Places, clock: FixedClock) -> None:
    counts = []
    for days in (2, LONG):
        fill(places, clock, days)
        start_the_screens(places, clock)  # the first start leaves its caches behind
        opened = start_the_screens(places, clock)
        days_opened = {path.split("/")[2] for path in opened if path.startswith("home/log/20")}
        assert days_opened <= {clock.now().date().isoformat()}
        counts.append(len(opened))
    assert counts[0] == counts[1]
    assert counts[1] <= 12, opened


def start_the_screens(places: Places, clock: FixedClock) -> list[str]:
    """The files opened below the home and the state until the first screen was painted."""
    root = places.home.parent
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DESKMATE_", "COVERAGE_"))}
    done = subprocess.run(
        [sys.executable, "-P", "-c", START_THE_SCREENS, str(root), clock.now().isoformat()],
        capture_output=True,
        encoding="utf-8",
        env={**environment, "DESKMATE_HOME": str(places.home), "DESKMATE_STATE": str(places.state)},
        timeout=300,
        check=True,
    )
    opened: list[str] = json.loads(done.stdout.splitlines()[-1])
    return opened


def test_find_loads_few_modules_of_any_kind(places: Places) -> None:
    """All that an empty Python does not load by itself, once an earlier run has kept the look-up's texts."""
    assert process(places, "find", "fine").code == 0
    told = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    find = "from deskmate.cli.main import run; run(['find', 'guy yelling about his fine', '--json'])"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DESKMATE_", "COVERAGE_"))}
    environment |= {"DESKMATE_HOME": str(places.home), "DESKMATE_STATE": str(places.state)}
    loaded = []
    for code in (told, f"{find}\n{told}"):
        command = [sys.executable, "-P", "-c", code]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, timeout=300, check=True)
        loaded.append(set(json.loads(done.stderr.splitlines()[-1])))
    more = loaded[1] - loaded[0]
    assert not more & {"argparse", "dataclasses", "inspect", "platformdirs", "yaml", "textual"}
    assert len(more) <= 55, sorted(more)
