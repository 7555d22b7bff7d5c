"""A whole shift on a real terminal: `python3 scripts/shift.py [keys | mouse] [--tmux] [--size 80x24] [--show]`.

The program runs in a pty, and what it paints is read from a terminal in memory; with `--tmux` it runs in a window of
tmux, which is asked what is on it and sends the keys and the clicks. Every decision is made from that screen, as a
person would: which answers stand there, whether the guide is at its end, whether something is due. One run is 40
contacts: guides, tallies, six phone calls in the middle of something else, one emergency, three promises that come due,
the summary and the hand-over, which a second start of the program accepts. With `mouse` no key is pressed. At the end
it tells how long the words that show it took to come after a key or a click.

It ends with 1 when something was not on the screen, or when the log afterwards does not hold what was done.
"""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

CONTACTS: Final = 40
CALLS: Final = 6
PROMISES: Final = 3
LOOKED_UP: Final = ("guy yelling fine", "wifi", "printer jam", "lost card", "sleeping", "complaint", "noise", "fine")
"""What is typed."""
AT_HAND: Final = ("Angry or abusive", "Wi-Fi or a loaned", "Printing and mobile", "Sleeping patron", "Noise and phone")
"""What is clicked: the pinned guides on the empty Desk."""
AT_DESK: Final = "+ Count"
IN_GUIDE: Final = "Space Tick"
"""Words that stand in the last line there in a window of any width."""
EMERGENCY_NUMBER: Final = "911"
SETTINGS: Final = """
[library]
name = "Example Library"
desk = "Front desk"
region = "US-MI"

[emergency]
number = "911"
address = "12 Main Street"

[desk]
in_charge = "Dana"
extension = "214"

[screens]
bell = false
pinned = ["angry-patron", "wifi-hotspot-help", "printing-mobile-print", "card-pin-trouble", "sleeping-patron", "noise"]
"""
ENTER, ESC = "\r", "\x1b"
COMMANDS: Final = {
    "help": ("\x07", "Ctrl+G HELP"), "phone": ("\x12", "Phone:"), "other": ("\x0f", "Other:"), "end": ("e", "e End"),
    "to desk": (ENTER, "Enter Desk"), "desk": (ESC, "Desk:"), "promises": ("*", "* Promises"),
    "shift": ("#", "# Shift"),
    "count": ("+", "+ Count"), "promise": ("t", "t Promise"), "done": ("d", "d Done"), "hold": ("h", "Hold:"),
    "times": ("r", "Times:"), "begin": ("b", "b Begin/end"), "summary": ("s", "s Summary"),
    "hand over": ("h", "h Hand over"), "quit": ("\x11", "Quit:"), "snooze": ("s", "s Snooze"),
    "keep": (ENTER, "Enter keeps it"), "keep promise": (ENTER * 3, "keeps it at the end"),
    "close": (ESC, "Esc goes back"),
    "private": ("\x0c", "Private:"), "back": (ESC, "Desk:"),
}  # fmt: skip
"""What a person can ask for: the key, and the words to click; those that end with a colon are in the palette."""


@dataclass
class Desk:
    """Somebody at the desk, with one hand: on the keys, or on the mouse.

    Attributes:
        terminal: the real terminal.
        mouse: True when no key is pressed.
        show: called with a name and the screen at moments worth looking at.
        logged: contacts that were saved so far.
    """

    terminal: "Terminal"
    mouse: bool
    show: Callable[[str, str], None]
    logged: int = 0
    acts: int = field(default=0, init=False)
    waited: list[tuple[float, str]] = field(default_factory=list, init=False)
    """Seconds from each key or click until the words came that show it, and what was asked for."""

    @property
    def text(self) -> str:
        """What stands on the screen once it is still."""
        return self.terminal.pause()

    def do(self, name: str, then: str = "") -> str:
        """Ask for something, and wait for the words that show it came."""
        key, label = COMMANDS[name]
        self.acts += 1
        fresh = bool(then) and then not in self.terminal.text
        begun = time.perf_counter()
        if not self.mouse:
            self.terminal.keys(key)
        elif label.endswith(":"):
            self._from_the_palette(label)
        else:
            self.terminal.wait_for(label)
            self.terminal.click(label)
        if not then:
            return self.text
        told = self.terminal.wait_for(then)
        if fresh and not (self.mouse and label.endswith(":")):  # the palette takes several clicks
            self.waited.append((time.perf_counter() - begun, name))
        return told

    def _from_the_palette(self, label: str) -> None:
        """The right button opens the palette; the wheel goes down in it."""
        self.terminal.click(self.text.splitlines()[0].split()[0], button=2)
        self.terminal.wait_for("Any command, by its name")
        entry = label.replace(":", "  ")
        for _ in range(40):
            if entry in self.text:
                break
            self.terminal.keys("\x1b[<65;40;12M")
        self.terminal.click(entry)

    def pick(self, number: int) -> None:
        """Give the answer with a number."""
        self.acts += 1
        if not self.mouse:
            self.terminal.keys(str(number))
            return
        for row, line in enumerate(self.terminal.text.splitlines()):
            found = re.match(rf"\s+{number}\s{{2}}(\S.{{4,12}})", line)
            if found:
                self.terminal.click(found.group(1), row=row)

    def tick(self) -> None:
        """Tick the next item, when there is one."""
        for row, line in enumerate(self.text.splitlines()):
            open_item = re.search(r"[▸□] (\S+ \S+)", line)
            if open_item:
                self.acts += 1
                self.terminal.click(open_item.group(1), row=row) if self.mouse else self.terminal.keys(" ")
                return

    # -- contacts -------------------------------------------------------------------------------------------------

    def open(self, number: int) -> None:
        """Look something up and open its guide: by words, or what the Desk has at hand."""
        if not self.mouse:
            self.terminal.keys(LOOKED_UP[number % len(LOOKED_UP)])
            self.terminal.wait_for("›")
            self.terminal.keys(ENTER)
        else:
            at_hand = [title for title in AT_HAND if title in self.text]
            self.terminal.click(at_hand[number % len(at_hand)])
        self.acts += 2
        self.terminal.wait_for(IN_GUIDE)

    def answers(self) -> list[int]:
        """The answers that stand on the screen."""
        return [int(found) for found in re.findall(r"(?m)^\s+([1-9])\s{2}\S", self.text)]

    def walk(self, number: int, steps: int) -> None:
        """Follow the guide for some steps: tick, then the answer that fits this person."""
        for step in range(steps):
            if "This is the end" in self.text:
                return
            if step % 2 == 0:
                self.tick()
            given = self.answers()
            if not given:
                return
            self.pick(given[(number + step) % len(given)])
            if "you call: DeskMate alerts nobody" in self.text:
                self.leave_help()

    def leave_help(self) -> None:
        """The guide led to HELP, and it was only a look."""
        if self.mouse:
            self.terminal.click("Esc")
        else:
            self.terminal.keys(ESC)
        self.terminal.wait_for("Did this happen?")
        self.answer("No, I only looked", "n")
        self.terminal.wait_for(IN_GUIDE)

    def answer(self, words: str, key: str) -> None:
        """Answer a dialog."""
        self.acts += 1
        if self.mouse:
            self.terminal.wait_for(words)
            self.terminal.click(words)
        else:
            self.terminal.keys(key)

    def finish(self) -> None:
        """End what is in front, keep it, and go to the Desk."""
        self.do("end")
        told = self.terminal.wait_for_one("Did this happen?", "x Do not log", AT_DESK)
        if "Did this happen?" in told:
            self.answer("Yes, keep a record", "y")
            told = self.terminal.wait_for_one("x Do not log", AT_DESK)
        if "x Do not log" in told:
            self.logged += 1
            self.do("to desk", AT_DESK)

    def contact(self, number: int, *, call: bool, promise: bool) -> None:
        """One person, perhaps with a phone call in the middle, perhaps with a promise."""
        self.open(number)
        self.walk(number, 1)
        if promise:
            self.promise(number)
        if call:
            self.phone_call(number)
        self.walk(number, 2)
        self.finish()
        if call:
            self.do("other", "Back")
            self.finish()

    def promise(self, number: int) -> None:
        """Promise something within the shift."""
        self.do("promise", "By when")
        if not self.mouse:
            self.terminal.keys("\x15" + "in 1" if number else "")
        self.do("keep promise")
        self.terminal.wait_for(IN_GUIDE)

    def phone_call(self, number: int) -> None:
        """The phone rings: the caller is answered, held, and the person at the desk is served on."""
        self.do("phone", "PARKED")
        if number < 10:
            self.show("the phone rings", self.text)
        self.walk(0, 1)
        self.do("hold", "ON HOLD")
        self.do("other")
        self.terminal.wait_for("ON HOLD")

    def emergency(self) -> None:
        """Somebody has collapsed: HELP, the digit, the list, the times, the end."""
        self.do("help", EMERGENCY_NUMBER)
        self.show("HELP", self.text)
        self.answer("has collapsed", "2")
        self.terminal.wait_for(IN_GUIDE)
        self.show("collapsed", self.text)
        for _ in range(3):
            self.tick()
        self.do("times")
        self.show("times", self.text)
        self.walk(0, 2)
        self.finish()

    def keep_promises(self) -> int:
        """Everything that is due is done; how many there were."""
        due = re.search(r"(\d+) due", self.text)
        number = int(due.group(1)) if due else 0
        if number:
            self.show("promises due", self.text)
            self.do("promises", "d Done")
            self.show("the promises", self.text)
            for _ in range(number):
                self.do("done", "Done.")
            self.do("back", AT_DESK)
        return number


def shift(
    home: Path,
    *,
    mouse: bool,
    contacts: int,
    show: Callable[[str, str], None],
    opened: "Callable[[Path], Terminal] | None" = None,
) -> Desk:
    """Live through one shift; the desk as it was left.

    Args:
        home: where the library's settings are.
        mouse: no key is pressed.
        contacts: how many come.
        show: called with a name and the screen at moments worth looking at.
        opened: starts the program; in a pty of 80 by 24 when it is not given.

    Raises:
        AssertionError: something was not on the screen.
    """
    calls, emergency = _spread(contacts, CALLS), contacts // 2
    promised = () if mouse else _spread(contacts // 3, PROMISES)
    start = opened or Terminal
    with start(home) as terminal:
        desk = Desk(terminal, mouse, show)
        terminal.wait_for(AT_DESK)
        terminal.pause()  # nobody clicks in the frame in which the screen comes
        desk.do("shift", "No shift is running")
        desk.do("begin", "Your initials")
        desk.do("keep", "Shift since")
        desk.do("back", AT_DESK)
        kept = 0
        for number in range(contacts):
            if number == emergency:
                desk.emergency()
            elif number % 5 == 4:
                desk.do("count", "Counted")
                desk.logged += 1
            else:
                desk.contact(number, call=number in calls, promise=number in promised)
            kept += desk.keep_promises()
        while kept < PROMISES and contacts >= CONTACTS:
            terminal.wait_for(" 1 due")
            kept += desk.keep_promises()
        desk.show("the Desk at the end", desk.text)
        desk.do("shift", "logged")
        desk.show("the shift", desk.text)
        desk.do("summary", "Contacts")
        desk.show("the summary", desk.text)
        desk.do("hand over", "What should the next person expect?")
        desk.do("keep", "End this shift?")
        desk.answer("End it", "y")
        terminal.wait_for("shift has ended")
        desk.show("the hand-over", desk.text)
        desk.do("quit")
        assert terminal.wait_for_end() == 0, "it did not leave by itself"
    with start(home) as terminal:
        following = Desk(terminal, mouse, show)
        terminal.wait_for("hand-over waiting")
        following.show("the next person's Desk", following.text)
        following.do("shift", "Hand-over from")
        following.do("hand over", "Read it back")
        following.do("keep")
        if "Which promises" in terminal.wait_for_one("Hand-over accepted", "Which promises"):
            following.answer("a all", "a")
            following.answer("Enter accepts", ENTER)
            terminal.wait_for("Hand-over accepted")
        following.do("quit")
        terminal.wait_for_end()
    return desk


def _spread(total: int, parts: int) -> tuple[int, ...]:
    """Some numbers below the total, evenly, that are no tally and not the emergency."""
    wanted = (round((part + 0.5) * total / parts) for part in range(min(parts, total // 3)))
    return tuple(number - (number % 5 == 4) for number in wanted)


def records(home: Path) -> list[dict[str, object]]:
    """What the log holds afterwards."""
    command = [sys.executable, "-P", "-m", "deskmate", "--home", str(home), "export", "--format", "jsonl", "-"]
    environment = {**os.environ, "DESKMATE_STATE": str(home.parent / "state")}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=ROOT).stdout
    return [json.loads(line) for line in told.splitlines()]


def owe(home: Path) -> None:
    """Three promises that come due in a minute, for a hand that cannot type."""
    environment = {**os.environ, "DESKMATE_STATE": str(home.parent / "state")}
    for what in ("call back about the hold", "say when the lift works", "send the form"):
        command = [sys.executable, "-P", "-m", "deskmate", "--home", str(home), "promise", what, "--due", "in 1"]
        subprocess.run(command, check=True, env=environment, cwd=ROOT, capture_output=True)


def told_waits(waited: Sequence[tuple[float, str]]) -> str:
    """`median 31 ms, worst 210 ms (summary), of 84`."""
    worst, name = max(waited)
    middle = statistics.median(seconds for seconds, _ in waited)
    return f"median {middle * 1000:.0f} ms, worst {worst * 1000:.0f} ms ({name}), of {len(waited)}"


def main(arguments: Sequence[str]) -> int:
    """One shift by each hand that was named, or by both."""
    import argparse

    parser = argparse.ArgumentParser(description="A whole shift on a real terminal.")
    parser.add_argument("hands", nargs="*", help="keys, mouse; both without a name")
    parser.add_argument("--contacts", type=int, default=CONTACTS)
    parser.add_argument("--show", action="store_true", help="print the screen at moments worth looking at")
    parser.add_argument("--tmux", action="store_true", help="in a window of tmux")
    parser.add_argument("--size", default="80x24", help="columns and rows: 80x24")
    chosen = parser.parse_args(arguments)

    def show(name: str, screen: str) -> None:
        if chosen.show:
            print(f"== {name}\n{screen}\n", flush=True)

    columns, rows = map(int, chosen.size.split("x"))
    kind = Terminal
    if chosen.tmux:
        from shift_tmux import Tmux

        kind = Tmux
    opened = partial(kind, columns=columns, rows=rows)
    for hand in chosen.hands or ("keys", "mouse"):
        with tempfile.TemporaryDirectory(prefix="deskmate-shift-") as folder:
            home = Path(folder) / "home"
            home.mkdir()
            (home / "settings.toml").write_text(SETTINGS, encoding="utf-8")
            if hand == "mouse":
                owe(home)
            desk = shift(home, mouse=hand == "mouse", contacts=chosen.contacts, show=show, opened=opened)
            saved = records(home)
            told = f"{len(saved)} records, {desk.logged} of them seen saved"
            print(f"{hand}: {chosen.contacts} contacts by {desk.acts} acts, {told}")
            print(f"from {'click' if hand == 'mouse' else 'key'} to screen: {told_waits(desk.waited)}", flush=True)
    return 0


if __name__ == "__main__":
    from environment import become, ready

    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(ROOT / "scripts" / "shift.py"), *sys.argv[1:]])

from tests.terminal.real_terminal import Terminal  # noqa: E402 - the environment must be there first

if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
