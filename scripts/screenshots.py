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
PARKED: Final = ("printer jam", "enter", "1", "ctrl+r", "1", "h", 75)
"""Somebody at the printer waits, and a caller is on hold for longer than they should be."""
SHIFT: Final = ("number_sign", "escape")
Step = str | int
SCREENS: Final[dict[str, tuple[Step, ...]]] = {
    # -- the Desk
    "desk-first": ("right",),
    "desk-empty": ("right",),
    "desk": ("guy yelling fine",),
    "desk-parked": (*PARKED, "escape"),
    "desk-fact": ("colour copy",),
    "desk-nothing": ("zzqx",),
    "desk-grid": ("equals_sign", "pa x7 20m ago"),
    "desk-wrong": ("equals_sign", "zz", "enter"),
    "desk-directory": ("at",),
    "desk-counted": ("plus",),
    "pad": ("greater_than_sign", "12pa", "3i"),
    "jump": ("printer", "f4"),
    "palette": ("ctrl+p",),
    "keys-desk": ("question_mark",),
    # -- a guide
    "guide": (*ANGRY, "1", "space"),
    "guide-avoid": (*ANGRY, "1", "v"),
    "guide-why": (*ANGRY, "i"),
    "guide-note": (*ANGRY, "1", "n", "call 313-555-0142"),
    "guide-promise": (*ANGRY, "1", "t"),
    "guide-nudge": (*ANGRY, "1", "space", 150),
    "guide-meant": (*ANGRY, "m"),
    "guide-end": ("printer jam", "enter", "1", "1", "1"),
    "guide-card": (*ANGRY, "c"),
    "look-up": (*ANGRY, "1", "ctrl+f", "colour copy"),
    "phone": ("printer jam", "enter", "1", "ctrl+r"),
    "phone-hold": PARKED,
    "people": (*PARKED, "ctrl+o", "ctrl+r", "ctrl+o"),
    "wrap-up": ("wifi slow", "enter", "1", "e"),
    "wrap-up-care": (*ANGRY, "2", "e", "plus"),
    "keys": (*ANGRY, "f1"),
    "quit": (*ANGRY, "1", "ctrl+q"),
    # -- HELP
    "help": ("ctrl+g",),
    "help-ask": ("ctrl+g", "escape"),
    "collapsed": ("ctrl+g", "2", "space", "space"),
    "times": ("ctrl+g", "2", "space", "space", "r"),
    # -- what is owed
    "promises": ("asterisk",),
    "promises-none": ("asterisk", "asterisk"),
    "snooze": ("asterisk", "s"),
    "hand-over": ("asterisk", "h"),
    "call-back": ("asterisk", "enter"),
    "notices": ("asterisk", "n"),
    "notice-form": ("asterisk", "n", "a", "printer 2 is out until 4pm"),
    "pledge": ("asterisk", "n", "down", "down", "down", "enter"),
    # -- the shift
    "shift": SHIFT,
    "shift-first": ("number_sign",),
    "shift-late": (*SHIFT, "a"),
    "shift-edit": (*SHIFT, "e"),
    "shift-end": (*SHIFT, "b"),
    "summary": (*SHIFT, "s"),
    "handover": ("number_sign",),
    "take-over": ("number_sign", "h", "jo", "enter", "down"),
    # -- looking back
    "reports": (*SHIFT, "r"),
    "reports-compare": (*SHIFT, "r", "m", "c"),
    "reports-days": (*SHIFT, "r", "t"),
    "reports-charts": (*SHIFT, "r", "pagedown", "pagedown"),
    "reports-cases": (*SHIFT, "r", "pagedown", "pagedown", "enter"),
    "survey": ("ctrl+p", "survey", "enter"),
    "voice": (*SHIFT, "f"),
    "voice-whole": (*SHIFT, "f", "enter"),
    "voice-kind": (*SHIFT, "f", "a"),
    "voice-form": (*SHIFT, "f", "a", "r"),
    "voice-answer": (*SHIFT, "f", "y"),
    "incidents": ("ctrl+p", "incident reports", "enter"),
    "incident": ("ctrl+p", "incident reports", "enter", "n"),
    "incident-facts": ("ctrl+p", "incident reports", "enter", "n", "tab", "tab", "tab", "He was drunk, 313-555-0142"),
    # -- what the patron sees
    "cards": (*ANGRY, "c"),
    "card": (*ANGRY, "c", "enter"),
    "card-two-ways": (*ANGRY, "c", "right", "down", "enter", "down", "enter"),
    "private": ("ctrl+l",),
    # -- practice
    "scenes": PRACTISE,
    "practice": (*PRACTISE, "enter", "enter", "space"),
    "practice-late": (*PRACTISE, "down", "enter", 65, "2"),
    "practice-help": (*PRACTISE, "down", "enter", "p"),
    "debrief": (*PRACTISE, "enter", "enter", "1", "e"),
}
"""What is pressed before each picture; several letters are typed one by one, a number lets so many seconds pass."""
FRESH: Final = ("desk-first", "promises-none", "shift-first")
"""Pictures of a desk that has just been opened for the first time; all others are of the sample week."""
THEMES: Final = ("calm-light", "high-contrast", "ansi-dark")
THEMED: Final = ("desk", "guide", "help", "wrap-up")
"""The screens that are shown in other colours, too."""
SIZES: Final = ((60, 20), (80, 24), (120, 40), (240, 60))
OWN: Final = ROOT / ".pictures"
"""The folder of the pictures that the README shows or leads to: every screen at the smallest usual size."""
OWN_SIZE: Final = (80, 24)
OWN_PAGE: Final = "# Every screen of DeskMate\n\nMade by `python3 scripts/screenshots.py`, on the sample week.\n"
KEYS: Final = {
    "enter", "space", "escape", "tab", "up", "down", "left", "right", "pagedown", "f1", "f4", "asterisk", "number_sign",
    "plus", "equals_sign", "at", "greater_than_sign", "question_mark",
}  # fmt: skip
PAGE: Final = """<!doctype html><meta charset="utf-8"><title>DeskMate: every screen</title>
<style>body {{ font-family: sans-serif; background: #ddd }} img {{ height: 22em; margin: .3em }}</style>
{rows}
"""


def keys_of(step: str) -> list[str]:
    """The keys of one step: a named key, or the letters of what is typed."""
    return [step] if step in KEYS or step.startswith("ctrl+") else list(step)


async def take(name: str, sizes: tuple[tuple[int, int], ...], folder: Path, theme: str = "") -> list[Path]:
    """One screen at several sizes, in the usual colours or in those of a theme."""
    from deskmate.clock import FixedClock
    from deskmate.desk.sample import fill
    from deskmate.desk.service import Desk
    from deskmate.places import find_places
    from deskmate.screens.app import DeskMateApp

    now = datetime(2026, 11, 18, 14, 20, tzinfo=ZoneInfo("America/Detroit"))
    paths = []
    with tempfile.TemporaryDirectory() as home:
        places = find_places({"DESKMATE_STATE": f"{home}/state"}, home=f"{home}/home")
        if name not in FRESH:
            fill(places, now)
        clock = FixedClock(now)
        app = DeskMateApp(Desk(places, clock, environment={}, durable=False))
        app.theme = theme or app.theme
        async with app.run_test(size=sizes[0]) as pilot:
            await pilot.pause()
            for step in SCREENS[name]:
                if isinstance(step, str):
                    await pilot.press(*keys_of(step))
                    continue
                clock.advance(step)
                app.look_at_the_clock()
                if app.place is not None:
                    app.place.follow_clock()
            for size in sizes:
                await pilot.resize_terminal(*size)
                await app.workers.wait_for_complete()
                await pilot.pause()
                stem = "-".join(part for part in (name, theme, f"{size[0]}x{size[1]}") if part)
                paths.append(folder / f"{stem}.svg")
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
        wanted = [(name, "") for name in SCREENS] + [(name, theme) for theme in THEMES for name in THEMED]
        for name, theme in wanted:
            (path,) = asyncio.run(take(name, (OWN_SIZE,), OWN, theme))
            title = f"{name}, {theme}" if theme else name
            own += f"\n## {title.replace('-', ' ').capitalize()}\n\n![{title}]({path.name})\n"
            print(title, flush=True)
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
