"""What the program costs while nobody touches it: `python3 scripts/idle.py [SECONDS]`, 60 without a number.

The real program runs in a pty, on an idle Desk and in a guide whose clock runs, and the processor time that it used is
read from the system afterwards. Beside it stands a guide with somebody on hold, whose clock is painted every second.
"""

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

SECONDS: Final = 60.0
STATES: Final = {
    "Desk": (),
    "guide": ("yelling", "\r", "1"),
    "phone on hold": ("\x12", "h"),
}
"""What is typed before the waiting."""


def used(pid: int) -> float:
    """Seconds of processor time a process has used, from its line in /proc."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(arguments: list[str]) -> int:
    """Measure each state."""
    from tests.terminal.real_terminal import Terminal

    seconds = float(arguments[0]) if arguments else SECONDS
    for name, typed in STATES.items():
        with (
            tempfile.TemporaryDirectory(prefix="deskmate-idle-") as folder,
            Terminal(Path(folder) / "home") as terminal,
        ):
            terminal.wait_for("HELP")
            for keys in typed:
                terminal.pause(0.5)
                terminal.keys(keys)
            terminal.pause(2.0) if not typed else terminal.wait_for("e End")
            before, end = used(terminal.pid), time.monotonic() + seconds
            while time.monotonic() < end:
                terminal.read_for(end - time.monotonic())
            print(f"{name:15} {(used(terminal.pid) - before) / seconds:7.2%} of one processor", flush=True)
    return 0


if __name__ == "__main__":
    from environment import become, ready

    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(ROOT / "scripts" / "idle.py"), *sys.argv[1:]])
    raise SystemExit(main(sys.argv[1:]))
