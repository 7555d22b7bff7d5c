"""Keys that nobody thought of: `python3 scripts/monkey.py [SEEDS [FIRST]]`, 300 of them from 0 without a number.

Each seed is some 150 keys, clicks, pastes and sizes of the window, typed into the real app on a home with a sample
month: one by one, in bursts, and ahead of a window that is still opening. No key may ever end the program by a fault or
leave it deaf. A seed that does is told with what it was, and with as few of its keys as still do it.

A key map or a guide that changes changes what a seed does: a fault that was mended is kept as a test of its own.
"""

import asyncio
import logging
import random
import shutil
import sys
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

import soak

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from deskmate.clock import FixedClock
    from deskmate.places import Places
    from deskmate.screens.app import DeskMateApp

SEEDS: Final = 300
KEYS: Final = 150
WAIT: Final = "..."
"""Everything before it has had its turn; what stands between two of these is typed in one breath."""
BREATH: Final = "."
"""The program gets a moment, but not as long as it needs."""
DEAF: Final = 30.0
"""Seconds after which a program that has not dealt with its keys has stopped."""
SIZES: Final = ((80, 24), (80, 24), (120, 40), (60, 20), (40, 12), (20, 5), (160, 50), (1, 1))
TEXTS: Final = ("two\nlines", "call 555 0100", "[b]x[/b]", "\x1b[31m", "x" * 500, "")
OPENERS: Final = (
    *soak.INTERACTION,
    ("ctrl+g", "escape", "y"), ("ctrl+g", "1"), ("ctrl+l", "ctrl+l"), ("ctrl+p",), ("f4",), ("ctrl+o", "ctrl+o"),
    (*"jam", "enter", "1", "e"), ("asterisk",), ("number_sign",), ("escape", "escape", "escape"),
)  # fmt: skip
"""What leads somewhere: keys by chance alone stay on the Desk and its look-up."""
PLAIN: Final = (
    *"abcdefghijklmnopqrstuvwxyz", *"ABEXYZ", *"0123456789", "ä", "é", "日", "escape", "enter", "space", "backspace",
    "delete", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert",
    *(f"f{number}" for number in range(1, 13)), *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"),
    "ctrl+left", "ctrl+right", "shift+left", "shift+up", "ctrl+home", "ctrl+end", "alt+x", "ctrl+@",
)  # fmt: skip
OFTEN: Final = ("escape", "enter", "up", "down", "space", "ctrl+g", "ctrl+o", "ctrl+r", "ctrl+p", "ctrl+l")


@dataclass(frozen=True, slots=True)
class End:
    """How a program ended that should not have.

    Attributes:
        what: the fault and where it was; two of the same are the same fault.
        trace: its steps.
    """

    what: str
    trace: str


def keys_of(seed: int, most: int = KEYS) -> list[str]:
    """What a seed types: names of keys, `click:X,Y`, `size:W,H`, `paste:N`, `clock:MINUTES`, WAIT and BREATH."""
    chance = random.Random(seed)
    marks = _marks()
    registered = _registered()
    waits = chance.choice((0.0, 0.1, 0.5, 0.9))
    typed: list[str] = []
    while len(typed) < most:
        kind = chance.random()
        if kind < 0.06:
            typed += chance.choice(OPENERS)
        elif kind < 0.10:
            typed += [chance.choice((*registered, *OFTEN))] * chance.randint(2, 4)
        elif kind < 0.13:
            typed.append(f"click:{chance.randrange(80)},{chance.randrange(24)}")
        elif kind < 0.15:
            typed.append("size:{},{}".format(*chance.choice(SIZES)))
        elif kind < 0.16:
            typed.append(f"paste:{chance.randrange(len(TEXTS))}")
        elif kind < 0.17:
            typed.append(f"clock:{chance.choice((1, 7, 61, 1500))}")
        else:
            typed.append(chance.choice(chance.choice((PLAIN, registered, registered, marks, OFTEN))))
        if chance.random() < waits:
            typed.append(chance.choice((WAIT, WAIT, BREATH)))
    return typed


def _marks() -> tuple[str, ...]:
    from deskmate.screens.registry.key_names import MARKS

    return tuple(MARKS.values())


def _registered() -> tuple[str, ...]:
    from deskmate.screens.commands import COMMANDS

    return tuple(dict.fromkeys(key for command in COMMANDS for key in command.keys))


def _places(folder: Path) -> "Places":
    from deskmate.places import find_places

    return find_places({"DESKMATE_STATE": str(folder / "state")}, home=str(folder / "home"))


class Monkey:
    """What types, on a copy of one sample home for each seed.

    Args:
        folder: where the homes are made; nothing of them stays in memory.
    """

    def __init__(self, folder: Path) -> None:
        from deskmate.desk.sample import fill

        self._folder = folder
        fill(_places(folder / "sample"), soak.MORNING)
        asyncio.run(self._play(folder / "sample", [*"wifi", "escape", WAIT]))  # what is prepared once is copied

    def play(self, typed: Sequence[str]) -> End | None:
        """Type all of it from the beginning; how the program ended, or None when it still serves."""
        home = self._folder / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self._folder / "sample", home)
        return asyncio.run(self._play(home, typed))

    async def _play(self, home: Path, typed: Sequence[str]) -> End | None:
        from rich.console import Console

        from deskmate.clock import FixedClock
        from deskmate.desk.service import Desk
        from deskmate.screens.app import DeskMateApp

        clock, places = FixedClock(soak.MORNING), _places(home)
        left = list(typed)
        while left:  # Ctrl+Q is no fault: the next start finds what was left
            app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
            app.error_console = Console(file=StringIO())  # one that ends by a fault says so
            end = await play(app, clock, left)
            if end is not None:
                return end
        return None

    def shrink(self, typed: Sequence[str], end: End, tell: Callable[[int], None]) -> list[str]:
        """As few of the keys as still end the program in the same way."""
        kept, size = list(typed), max(len(typed) // 2, 1)
        while size:
            at = 0
            while at < len(kept):
                fewer = kept[:at] + kept[at + size :]
                again = self.play(fewer)
                if again is not None and again.what == end.what:
                    kept = fewer
                    tell(len(kept))
                else:
                    at += size
            size //= 2
        return kept


async def play(app: "DeskMateApp", clock: "FixedClock", left: list[str]) -> End | None:
    """Type into an app until all is typed or the app has ended; what was typed is taken from the list."""
    end = None
    try:
        async with asyncio.timeout(DEAF * 10), app.run_test(size=SIZES[0]) as pilot:
            while left and alive(app):
                await one(app, pilot, clock, left.pop(0))
            if alive(app) and not await heard(app):
                end = End(f"deaf on {app.screen!r}", "")
    except TimeoutError:
        end = End("stuck", "")
    except Exception as fault:  # noqa: BLE001 - whatever it is, it is what is looked for
        end = end_of(fault)
    return end


def end_of(fault: BaseException) -> End:
    """A fault, named by its kind and its place."""
    from deskmate.crash import place_of, trace

    return End(f"{type(fault).__name__} in {place_of(fault)}: {str(fault)[:200]}", trace(fault))


def alive(app: "DeskMateApp") -> bool:
    """The app has not ended, for whichever reason."""
    return app._exception is None and app.is_running and not app._exit  # noqa: SLF001 - as its pilot looks


async def heard(app: "DeskMateApp") -> bool:
    """Wait until each key has had its turn; False when one does not come."""
    try:
        async with asyncio.timeout(DEAF):
            while alive(app) and not app.idle:  # noqa: ASYNC110 - the app has no event for it
                await asyncio.sleep(0)
            await asyncio.sleep(0)
    except TimeoutError:
        return False
    return True


async def one(app: "DeskMateApp", pilot: "Pilot[None]", clock: "FixedClock", typed: str) -> None:
    """Do one thing of a seed."""
    from textual.events import Key, MouseDown, MouseUp, Paste, Resize
    from textual.geometry import Size

    kind, _, value = typed.partition(":")
    if typed == WAIT:
        if await heard(app) and alive(app):
            await soak.pause(pilot, 0)
    elif typed == BREATH:
        for _ in range(3):
            await asyncio.sleep(0)
    elif kind == "click":
        x, y = map(int, value.split(","))
        for event in (MouseDown, MouseUp):
            app.post_message(event(None, x, y, 0, 0, 1, False, False, False, x, y))
    elif kind == "size":
        size = Size(*map(int, value.split(",")))
        app._driver._size = size  # type: ignore[union-attr]  # noqa: SLF001 - as its pilot does
        app.post_message(Resize(size, size))
    elif kind == "paste":
        app.post_message(Paste(TEXTS[int(value)]))
    elif kind == "clock":
        clock.advance(int(value) * 60)
        app.call_later(app._look_around)  # noqa: SLF001 - as its own alarm does
    else:
        app.post_message(Key(typed, character(typed)))


def character(key: str) -> str | None:
    """What a key types; None for one that types nothing."""
    from deskmate.screens.registry.key_names import MARKS

    named = {"space": " ", "tab": "\t", "enter": "\r"} | {name: mark for mark, name in MARKS.items()}
    return named.get(key, key if len(key) == 1 else None)


def quiet() -> None:
    """No window of a browser opens, and nothing is said beside what is found."""
    webbrowser.register("none", None, webbrowser.GenericBrowser("lynx"), preferred=True)
    logging.disable()


def main(arguments: list[str]) -> int:
    """Play the seeds, tell of each that ended the program, and shrink the first of each fault."""
    total = int(arguments[0]) if arguments else SEEDS
    first = int(arguments[1]) if len(arguments) > 1 else 0
    quiet()
    told: dict[str, int] = {}
    with tempfile.TemporaryDirectory(prefix="deskmate-monkey-") as folder:
        monkey = Monkey(Path(folder))
        for seed in range(first, first + total):
            typed = keys_of(seed)
            end = monkey.play(typed)
            if end is None:
                print(f"\r{seed}", end="", flush=True)
                continue
            known = end.what in told
            told[end.what] = told.get(end.what, 0) + 1
            print(f"\rseed {seed}: {end.what}{' (again)' if known else ''}", flush=True)
            if not known:
                print(end.trace)
                shrunk = monkey.shrink(typed, end, lambda left: print(f"\r{left} keys ", end="", flush=True))
                print(f"\r  {' '.join(shrunk)}", flush=True)
    print(f"\r{total} seeds: {'no key ended the program' if not told else f'FAULTS: {told}'}")
    return 1 if told else 0


if __name__ == "__main__":
    from environment import become, ready

    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(soak.ROOT / "scripts" / "monkey.py"), *sys.argv[1:]])
    raise SystemExit(main(sys.argv[1:]))
