"""Hours of use in minutes: `python3 scripts/soak.py [INTERACTIONS]`, 10,000 without a number.

One interaction is somebody at the desk from the look-up to the end, with what happens around it: the phone, a note, a
promise, HELP, the blank screen, every other place, a window that changes its size. The clock of the desk moves with
each, so that days go by too. Every tenth part it counts what is alive in the program. It ends with 1 when the second
half left more behind than the first: screens, widgets, timers, tasks, threads, open files or people.

The log itself grows, as it must, and stays on the disk; the resident memory is printed for a person to judge.
"""

import asyncio
import gc
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import astuple, dataclass, fields
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from deskmate.clock import FixedClock
    from deskmate.screens.app import DeskMateApp

INTERACTIONS: Final = 10_000
MINUTES: Final = 3
"""How long one interaction takes on the clock of the desk."""
MORNING: Final = datetime(2026, 11, 18, 9, 0, tzinfo=ZoneInfo("America/Detroit"))
SIZES: Final = ((80, 24), (120, 40), (60, 20), (240, 60))
TURNS: Final = 50
"""How often it is looked again whether something that was closed is gone."""
CHARACTERS: Final = {"space": " ", "plus": "+", "minus": "-", "equals_sign": "=", "asterisk": "*", "number_sign": "#"}
"""What a named key types."""
HOME: Final = ("escape", "escape", "escape")
"""From wherever one is back to the Desk: dialogs close, a wrap-up is kept."""

INTERACTION: Final[tuple[tuple[str, ...], ...]] = (
    (*"yelling", "enter", "1", "space", "w", "v", "v", "e", "enter"),
    (*"wifi", "enter", "i", "escape", "1", "e", *"printer", "escape"),
    (*"fine", "enter", "1", "n", *"loud", "escape", "ctrl+r", "1", "h", "ctrl+o", "e", "enter", "ctrl+o", "x"),
    (*"lost kid", "enter", "space", "ctrl+g", "escape", "n", "e", "enter"),
    ("ctrl+g", "2", "escape", "n"),
    ("plus", "plus", "minus", "equals_sign", *"pa x7", "enter"),
    (*"card", "enter", "1", "t", "enter", "enter", "enter", "e", "enter"),
    ("asterisk", "down", "s", "escape", "d", "escape"),
    ("number_sign", "escape", "s", "escape", "e", "escape", "escape"),
    ("ctrl+p", *"report", "escape", "f1", "escape", "ctrl+l", "f8"),
    (*"angry", "enter", "1", "c", "down", "enter", "ctrl+l", "x"),
    (*"sleeping", "enter", "ctrl+f", *"colour copy", "escape", "1", "o", "escape", "m", "e", "right", "x"),
)
"""What is pressed; each begins on the Desk, and HOME ends it."""


@dataclass(frozen=True, slots=True)
class Alive:
    """What is alive in the program.

    Attributes:
        screens: screens of any sort.
        widgets: widgets, the screens included.
        timers: timers that would still fire.
        tasks: tasks of the event loop.
        threads: threads of the program.
        files: open files, without the log's (one for each day that was written to, 64 at most); 0 where the system does
            not tell.
        people: live people at the desk.
    """

    screens: int
    widgets: int
    timers: int
    tasks: int
    threads: int
    files: int
    people: int


def alive(app: "DeskMateApp") -> Alive:
    """Count, after the collector has taken what nobody holds."""
    from textual.screen import Screen
    from textual.timer import Timer
    from textual.widget import Widget

    app.say("")
    app.say("Counting.")  # a changed line lets go of the bars that followed it and are gone
    gc.collect()
    kept = gc.get_objects()
    descriptors = Path("/proc/self/fd")
    return Alive(
        screens=sum(isinstance(each, Screen) for each in kept),
        widgets=sum(isinstance(each, Widget) for each in kept),
        timers=sum(isinstance(each, Timer) for each in kept),
        tasks=len(asyncio.all_tasks()),
        threads=threading.active_count(),
        files=sum(not is_log(each) for each in descriptors.iterdir()) if descriptors.is_dir() else 0,
        people=len(app.desk.live.others),
    )


def is_log(descriptor: Path) -> bool:
    """Whether an open file is a day's log; not when it was closed meanwhile."""
    try:
        return "log" in descriptor.readlink().parts
    except OSError:
        return False


def resident() -> int:
    """MB of memory that the system has given to the program; 0 where it does not tell."""
    told = Path("/proc/self/statm")
    return int(told.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1_000_000 if told.exists() else 0


def interactions() -> Iterator[tuple[int, tuple[str, ...]]]:
    """Without an end, in turn."""
    for number in count():
        yield number, INTERACTION[number % len(INTERACTION)]


async def pause(pilot: "Pilot[None]", seconds: float | None = None) -> None:
    """Let the pilot wait, in a task of its own.

    It paints, and painting leaves the screens in front in the context of whoever does it, where each later wait of 30
    seconds, given up early, would hold them for as long.
    """
    await asyncio.create_task(pilot.pause(seconds))


async def press(app: "DeskMateApp", pilot: "Pilot[None]", *keys: str) -> None:
    """Press all keys in one breath, as a fast typist does, and go on as soon as each has had its turn.

    The pilot's own `press` waits after each key until the processor is idle: 1.4 s an interaction, four hours in all.
    """
    from textual.events import Key

    for key in keys:
        app.post_message(Key("space" if key == " " else key, CHARACTERS.get(key, key if len(key) == 1 else None)))
    await pause(pilot, 0)
    while not app.idle:
        await pause(pilot, 0)


async def work(app: "DeskMateApp", pilot: "Pilot[None]", clock: "FixedClock", begin: int, end: int) -> None:
    """Live through some interactions and wait until everything that they began is done.

    Raises:
        RuntimeError: the Desk is not in front after one of them.
    """
    from deskmate.screens.desk import DeskScreen

    for number, keys in islice(interactions(), begin, end):
        if number % 50 == 0:
            await asyncio.create_task(pilot.resize_terminal(*SIZES[number // 50 % len(SIZES)]))
        await press(app, pilot, *keys, *HOME)
        clock.advance(MINUTES * 60)
        app.look_at_the_clock()
        for live in app.desk.live.others:
            app.bring(live.id)
            await press(app, pilot, "x")
        while not isinstance(app.screen, DeskScreen):
            await press(app, pilot, "escape")
    await app.workers.wait_for_complete()
    await pause(pilot)


async def settled(app: "DeskMateApp", pilot: "Pilot[None]", before: Alive | None = None) -> Alive:
    """What is alive when what was closed is gone: on a busy machine that takes a few turns.

    Args:
        app: the program.
        pilot: what drives it.
        before: what was alive earlier; it is waited until no more is. What never goes is still there at the end.
    """
    now = alive(app)
    for _ in range(TURNS):
        await pause(pilot)
        was, now = now, alive(app)
        if (now == was) if before is None else not grown(before, now):
            break
    return now


def grown(middle: Alive, last: Alive) -> list[str]:
    """What the second half left behind, each as a few words."""
    return [
        f"{field.name} {getattr(middle, field.name)} → {getattr(last, field.name)}"
        for field in fields(Alive)
        if getattr(last, field.name) > getattr(middle, field.name)
    ]


async def soak(total: int) -> list[str]:
    """Live through all of them, print what is alive ten times, and name what has grown."""
    from deskmate.clock import FixedClock
    from deskmate.desk.sample import fill
    from deskmate.desk.service import Desk
    from deskmate.places import find_places
    from deskmate.screens.app import DeskMateApp

    clock = FixedClock(MORNING)
    with tempfile.TemporaryDirectory(prefix="deskmate-soak-") as home:
        places = find_places({"DESKMATE_STATE": f"{home}/state"}, home=f"{home}/home")
        fill(places, MORNING)
        app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
        async with app.run_test(size=SIZES[0]) as pilot:
            print("interactions    MB  " + "  ".join(f"{field.name:>8}" for field in fields(Alive)), flush=True)
            seen: list[Alive] = []
            for part in range(10):
                await work(app, pilot, clock, total * part // 10, total * (part + 1) // 10)
                seen.append(await settled(app, pilot, seen[4] if part == 9 else None))
                counted = "  ".join(f"{number:8}" for number in astuple(seen[-1]))
                print(f"{total * (part + 1) // 10:12}  {resident():4}  {counted}", flush=True)
    return grown(seen[4], seen[9])


def main(arguments: list[str]) -> int:
    """Soak and say whether it stayed flat."""
    left = asyncio.run(soak(int(arguments[0]) if arguments else INTERACTIONS))
    print("flat" if not left else f"GROWN: {', '.join(left)}")
    return 1 if left else 0


if __name__ == "__main__":
    from environment import become, ready

    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(ROOT / "scripts" / "soak.py"), *sys.argv[1:]])
    raise SystemExit(main(sys.argv[1:]))
