"""Hurt the log and see whether it keeps its word: `python3 scripts/torture.py [--full] [PART ...]`.

Parts, by what is done to it:
    kills, journals, walks    kill -9 in mid-write: the tables, the journals, live people with all their keys
    cuts, flips, faults       every file length with three tails, every single bit, every call failing in three ways
    power, livepower, ends    a power cut at every moment; what was not synced is dropped, torn or reordered
    together, clocks          several programs at once; clocks that are set back and far ahead
    restored, merged          older copies that come back; two homes joined by copying files
    newer, readonly           a log of a newer DeskMate; folders that take nothing

Without `--full` it takes a minute or two; with it, 10,000 kills. Run it with the environment's Python, on Linux or
macOS. It ends with 1 when something confirmed was lost, something half was seen, damage went unreported, or a control
that must fail (a disk that does not sync) did not.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from torture_common import Broken, Dose  # noqa: E402 - the tree must be found first
from torture_ends import ends  # noqa: E402
from torture_files import cuts, faults, flips  # noqa: E402
from torture_homes import clocks, merged, newer, readonly, restored, together  # noqa: E402
from torture_kills import journals, kills  # noqa: E402
from torture_power import livepower, power  # noqa: E402
from torture_walks import walks  # noqa: E402

SMALL: Final = Dose(kills=200, journals=60, walks=25, lines=5, programs=4, writes=60, histories=20, cuts=1)
FULL: Final = Dose(kills=10_000, journals=1_000, walks=500, lines=20, programs=8, writes=400, histories=100, cuts=2)
PARTS: Final[dict[str, Callable[[Dose], str]]] = {
    part.__name__: part
    for part in (
        *(kills, journals, walks, cuts, flips, faults, power, livepower, ends),
        *(together, clocks, restored, merged, newer, readonly),
    )
}


def main(arguments: list[str]) -> int:
    """Run the parts that were named, or all."""
    parser = argparse.ArgumentParser(description="Hurt the log and see whether it keeps its word.")
    parser.add_argument("--full", action="store_true", help="10,000 kills and larger files")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    chosen = parser.parse_args(arguments)
    unknown = [part for part in chosen.parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}")
    failed = False
    for part in chosen.parts or PARTS:
        started = time.monotonic()
        try:
            line = PARTS[part](FULL if chosen.full else SMALL)
        except Broken as error:
            failed = True
            line = f"BROKEN: {error}"
        print(f"{part:9} {line} ({time.monotonic() - started:.1f} s)", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
