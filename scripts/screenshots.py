"""Pictures of the screens for the README: `python3 scripts/screenshots.py [FOLDER]`; one SVG a screen.

The demo week fills a throw-away home, the clock stands still, so that the same program gives the same pictures.
"""

import asyncio
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from environment import ROOT, become, ready

SCREENS = {
    "desk": ["guy yelling fine"],
    "guide": ["guy yelling fine", "enter", "1", "space"],
    "help": ["ctrl+g"],
    "wrap-up": ["wifi slow", "enter", "1", "e"],
    "promises": ["asterisk"],
    "shift": ["number_sign", "escape", "s"],
    "phone": ["printer jam", "enter", "1", "ctrl+r"],
}
"""What is pressed before each picture; several letters are typed one by one."""


def keys_of(step: str) -> list[str]:
    """The keys of one step: a named key, or the letters of what is typed."""
    named = len(step) > 1 and (" " not in step) and (step.replace("_", "").replace("+", "").isalpha())
    known = {"enter", "space", "escape", "asterisk", "number_sign"}
    return [step] if step in known or (named and "+" in step) else list(step)


async def take(name: str, size: tuple[int, int], folder: Path) -> Path:
    """One picture of one screen."""
    from deskmate.clock import FixedClock
    from deskmate.desk.sample import fill
    from deskmate.desk.service import Desk
    from deskmate.places import find_places
    from deskmate.screens.app import DeskMateApp

    now = datetime(2026, 11, 18, 14, 20, tzinfo=ZoneInfo("America/Detroit"))
    with tempfile.TemporaryDirectory() as home:
        places = find_places({"DESKMATE_STATE": f"{home}/state"}, home=f"{home}/home")
        fill(places, now)
        app = DeskMateApp(Desk(places, FixedClock(now), environment={}, durable=False))
        async with app.run_test(size=size) as pilot:
            for step in SCREENS[name]:
                await pilot.press(*keys_of(step))
            await app.workers.wait_for_complete()
            await pilot.pause()
            path = folder / f"{name}-{size[0]}x{size[1]}.svg"
            path.write_text(app.export_screenshot(title="DeskMate"), encoding="utf-8")
    return path


def main(arguments: list[str]) -> int:
    """Take every picture at two sizes."""
    folder = Path(arguments[0]) if arguments else Path(tempfile.mkdtemp(prefix="deskmate-pictures-"))
    folder.mkdir(parents=True, exist_ok=True)
    for size in ((80, 24), (120, 40)):
        for name in SCREENS:
            print(asyncio.run(take(name, size, folder)))
    return 0


if __name__ == "__main__":
    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(ROOT / "scripts" / "screenshots.py"), *sys.argv[1:]])
    raise SystemExit(main(sys.argv[1:]))
