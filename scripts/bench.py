"""The figures: `python3 scripts/bench.py [PART ...] [--full] [--json FILE]`, from any folder.

Parts: start, keys, lookup, find, store, summary, memory, or all (the same as none). Every comparison is measured side
by side in one run, in turns, and told as a ratio of medians: on a busy machine the ratio holds where milliseconds do
not. Without `--full` it takes about a minute and a half and stops at 100,000 records; with it, a million. It ends with
0 also when a target is missed: it tells, it does not judge.
"""

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from environment import ROOT, become, ready, stop

if TYPE_CHECKING:
    from bench_common import Dose, Figure
    from bench_homes import Stock

PARTS = ("start", "keys", "lookup", "find", "store", "summary", "memory")


def measures() -> "Mapping[str, Callable[[Dose, Stock], list[Figure]]]":
    """What measures each part; imported here, since it needs the environment's packages."""
    import bench_lookup
    import bench_screens
    import bench_store
    import bench_summary

    return {
        "start": bench_screens.start,
        "keys": bench_screens.keys,
        "lookup": bench_lookup.lookup,
        "find": bench_lookup.find,
        "store": bench_store.measure,
        "summary": bench_summary.measure,
        "memory": bench_screens.memory,
    }


def table(figures: "list[Figure]") -> str:
    """The figures as lines that fit 120 columns."""
    lines = []
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:6.2f}x {figure.beside} ({figure.base:.2f})"
        verdict = {True: "ok", False: "MISS", None: ""}[figure.met]
        lines.append(
            f"{figure.what:56} {figure.value:9.2f} {figure.unit:2} n={figure.n:<5} {ratio:42}"
            f" {figure.target:10} {verdict}".rstrip()
        )
        if figure.note:
            lines.append(f"    {figure.note}")
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="bench.py", description="Measure DeskMate beside what it is compared with.")
    parser.add_argument("parts", nargs="*", choices=[*PARTS, "all", []], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--full", action="store_true", help="1,000,000 records; takes several minutes")
    parser.add_argument("--json", metavar="FILE", help="write the figures here too (- for standard output only)")
    options = parser.parse_args(arguments)
    chosen = PARTS if not options.parts or "all" in options.parts else tuple(dict.fromkeys(options.parts))

    from bench_common import Dose, scratch
    from bench_homes import Stock

    dose = Dose(full=options.full)
    calls = measures()
    figures = []
    quiet = options.json == "-"
    with scratch() as folder:
        stock = Stock(folder)
        for part in chosen:
            started = time.perf_counter()
            found = calls[part](dose, stock)
            figures += found
            if not quiet:
                print(f"{part} ({time.perf_counter() - started:.0f} s)\n{table(found)}\n", flush=True)
    if options.json:
        answer = {
            "python": platform.python_version(),
            "system": platform.platform(),
            "full": options.full,
            "figures": [figure.plain() for figure in figures],
        }
        text = json.dumps(answer, indent=2)
        if quiet:
            print(text)
        else:
            Path(options.json).write_text(text + "\n", encoding="utf-8")
    missed = sum(figure.met is False for figure in figures)
    if not quiet:
        print(f"{len(figures)} figures, {missed} missed.")
    return 0


if __name__ == "__main__":
    if sys.platform == "win32":
        stop("The bench needs a pseudo terminal, which Windows does not have.", "Run it on Linux or macOS.")
    inside = ready("requirements-dev.txt")
    if Path(sys.executable) != inside:
        become([str(inside), str(ROOT / "scripts" / "bench.py"), *sys.argv[1:]])
    raise SystemExit(main(sys.argv[1:]))
