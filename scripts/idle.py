"""What the program costs while nobody touches it: `python3 scripts/idle.py [SECONDS]`, 60 without a number.

The real program runs in several ptys at once: an idle Desk, a guide whose clock runs, a caller on hold, the Desk with
somebody parked, and beside them a bare Textual app, whose cursor blinks. The processor time each has used is read from
the system afterwards.
"""

import os
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final

from environment import ROOT, become, ready

if TYPE_CHECKING:
    from bench_terminal import Program

SECONDS: Final = 60.0
SETTLE: Final = 8.0
"""Seconds until what may wait after a start or a key is done: the first sweep begins when nobody typed for three."""
BARE: Final = "bare Textual app"
STATES: Final = {
    "Desk": (),
    "guide": ("yelling", "\r", "1"),
    "caller on hold": ("\x12", "h"),
    "somebody parked": ("yelling", "\r", "1", "\x1b"),
}
"""What is typed before the waiting."""


def used(pid: int) -> float:
    """Seconds of processor time a process has used, all its threads together, as the scheduler counts them."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((each / "schedstat").read_text().split()[0]) for each in threads) / 1e9


def watch(programs: "Sequence[Program]", seconds: float) -> None:
    """Read what they paint for some seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for program in programs:
            program.read(min(0.2, max(end - time.monotonic(), 0)))


def main(arguments: list[str]) -> int:
    """Measure all states at once."""
    from bench_terminal import Program, bare_app, deskmate

    seconds = float(arguments[0]) if arguments else SECONDS
    with tempfile.TemporaryDirectory(prefix="deskmate-idle-") as folder, ExitStack() as stack:
        programs: dict[str, Program] = {}
        for name, typed in {BARE: (), **STATES}.items():
            home = Path(folder) / name
            variables = {**os.environ, "DESKMATE_HOME": str(home), "DESKMATE_STATE": str(home / "state")}
            command = bare_app(Path(folder)) if name == BARE else deskmate()
            programs[name] = stack.enter_context(Program(command, variables))
            programs[name].wait_for("Next" if name == BARE else "HELP")
            for keys in typed:
                programs[name].press(keys)
        watch(list(programs.values()), SETTLE)
        before = {name: used(program.pid) for name, program in programs.items()}
        watch(list(programs.values()), seconds)
        spent = {name: (used(program.pid) - before[name]) / seconds for name, program in programs.items()}
        for name, share in spent.items():
            print(f"{name:17} {share:7.3%} of one processor {share / spent[BARE]:6.1f}x", flush=True)
    return 0


if __name__ == "__main__":
    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(ROOT / "scripts" / "idle.py"), *sys.argv[1:]])
    raise SystemExit(main(sys.argv[1:]))
