"""Pictures of every screen: `python3 scripts/screenshots.py [FOLDER] [NAME ...]`; one SVG for a screen and a size.

The demo week fills a throw-away home, the clock stands still, so that the same program gives the same pictures. With
them comes a page, `pictures.html`, that shows them all, one screen a row: for looking at after a change. Without a
folder the project's own pictures and their page, `.pictures/README.md`, are taken anew.
"""

import asyncio
import sys
import tempfile
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from environment import ROOT, become, ready

ANGRY: Final = ("guy yelling fine", "enter")
PRACTISE: Final = ("ctrl+p", "rehearse a guide", "enter")
SCREENS: Final[dict[str, tuple[str, ...]]] = {
    "desk-empty": ("right",),
    "desk": ("guy yelling fine",),
    "desk-grid": ("equals_sign", "pa x7 20m ago"),
    "desk-directory": ("at", "kids"),
    "guide": (*ANGRY, "1", "space"),
    "guide-avoid": (*ANGRY, "1", "v"),
    "guide-why": (*ANGRY, "i"),
    "guide-note": (*ANGRY, "1", "n", "call 313-555-0142"),
    "guide-promise": (*ANGRY, "1", "t"),
    "look-up": (*ANGRY, "1", "ctrl+f", "colour copy"),
    "phone": ("printer jam", "enter", "1", "ctrl+r"),
    "wrap-up": ("wifi slow", "enter", "1", "e"),
    "help": ("ctrl+g",),
    "help-ask": ("ctrl+g", "escape"),
    "collapsed": ("ctrl+g", "2", "space", "space"),
    "promises": ("asterisk",),
    "notices": ("asterisk", "n"),
    "notice-form": ("asterisk", "n", "a", "printer 2 is out until 4pm"),
    "shift": ("number_sign", "escape"),
    "summary": ("number_sign", "escape", "s"),
    "reports": ("number_sign", "escape", "r"),
    "voice": ("number_sign", "escape", "f"),
    "voice-form": ("number_sign", "escape", "f", "a", "r"),
    "incidents": ("ctrl+p", "incident reports", "enter"),
    "incident": ("ctrl+p", "incident reports", "enter", "n"),
    "cards": (*ANGRY, "c"),
    "card": (*ANGRY, "c", "enter"),
    "private": ("ctrl+l",),
    "scenes": PRACTISE,
    "practice": (*PRACTISE, "enter", "enter", "space"),
    "debrief": (*PRACTISE, "enter", "enter", "1", "e"),
    "keys": (*ANGRY, "f1"),
    "palette": ("ctrl+p",),
}
"""What is pressed before each picture; several letters are typed one by one."""
SIZES: Final = ((60, 20), (80, 24), (120, 40), (240, 60))
OWN: Final = ROOT / ".pictures"
"""The folder of the pictures that the README shows or leads to: every screen at the smallest usual size."""
OWN_SIZE: Final = (80, 24)
OWN_PAGE: Final = "# Every screen of DeskMate\n\nMade by `python3 scripts/screenshots.py`, on the sample week.\n"
KEYS: Final = {"enter", "space", "escape", "asterisk", "number_sign", "equals_sign", "at", "right", "f1"}
PAGE: Final = """<!doctype html><meta charset="utf-8"><title>DeskMate: every screen</title>
<style>body {{ font-family: sans-serif; background: #ddd }} img {{ height: 22em; margin: .3em }}</style>
{rows}
"""


def keys_of(step: str) -> list[str]:
    """The keys of one step: a named key, or the letters of what is typed."""
    return [step] if step in KEYS or step.startswith("ctrl+") else list(step)


async def take(name: str, sizes: tuple[tuple[int, int], ...], folder: Path) -> list[Path]:
    """One screen at several sizes."""
    from deskmate.clock import FixedClock
    from deskmate.desk.sample import fill
    from deskmate.desk.service import Desk
    from deskmate.places import find_places
    from deskmate.screens.app import DeskMateApp

    now = datetime(2026, 11, 18, 14, 20, tzinfo=ZoneInfo("America/Detroit"))
    paths = []
    with tempfile.TemporaryDirectory() as home:
        places = find_places({"DESKMATE_STATE": f"{home}/state"}, home=f"{home}/home")
        fill(places, now)
        app = DeskMateApp(Desk(places, FixedClock(now), environment={}, durable=False))
        async with app.run_test(size=sizes[0]) as pilot:
            await pilot.pause()
            for step in SCREENS[name]:
                await pilot.press(*keys_of(step))
            for size in sizes:
                await pilot.resize_terminal(*size)
                await app.workers.wait_for_complete()
                await pilot.pause()
                paths.append(folder / f"{name}-{size[0]}x{size[1]}.svg")
                paths[-1].write_text(app.export_screenshot(title="DeskMate"), encoding="utf-8")
    return paths


def page(taken: dict[str, list[Path]]) -> str:
    """A page of all pictures, one screen a row."""
    rows = (
        f"<h2>{escape(name)}</h2>" + "".join(f'<img src="{path.name}" alt="{path.stem}">' for path in paths)
        for name, paths in taken.items()
    )
    return PAGE.format(rows="\n".join(rows))


def main(arguments: list[str]) -> int:
    """Take the README's pictures, or all of them with their page."""
    if not arguments:
        own = OWN_PAGE
        for name in SCREENS:
            (path,) = asyncio.run(take(name, (OWN_SIZE,), OWN))
            own += f"\n## {name.replace('-', ' ').capitalize()}\n\n![{name}]({path.name})\n"
            print(name, flush=True)
        (OWN / "README.md").write_text(own, encoding="utf-8")
        return 0
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    taken = {}
    for name in arguments[1:] or SCREENS:
        taken[name] = asyncio.run(take(name, SIZES, folder))
        print(name, flush=True)
    folder.joinpath("pictures.html").write_text(page(taken), encoding="utf-8")
    return 0


if __name__ == "__main__":
    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(ROOT / "scripts" / "screenshots.py"), *sys.argv[1:]])
    raise SystemExit(main(sys.argv[1:]))
