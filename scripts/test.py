"""The whole check: `python3 scripts/test.py [PYTEST ARGS]`: lint, types, import contracts, playbooks, tests.

With arguments only pytest runs, with those arguments.
"""

import os
import subprocess
import sys
import time

from environment import ROOT, ready

CHECKS = {
    "format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "lint": ["-m", "ruff", "check", "--quiet", "."],
    "types": ["-m", "mypy"],
    "import contracts": ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    "playbooks": ["-m", "deskmate", "playbooks", "check"],
    # Two for each core: the tests of screens sleep between keys. Three on two cores used 58 % of them in 349 s.
    "tests": ["-m", "pytest", "-n", str(2 * (os.cpu_count() or 1))],
}


def main(arguments: list[str]) -> int:
    """Run every check, the tests last so that pytest's closing line is the run's; 0 when all are green."""
    interpreter = str(ready("requirements-dev.txt"))
    settings = {"TEXTUAL_ANIMATIONS": "none", "PYTHONDONTWRITEBYTECODE": "1"}
    environment = {**os.environ, **settings}
    if arguments:
        command = [interpreter, "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    failed = []
    for name, command in CHECKS.items():
        started = time.monotonic()
        code = subprocess.run([interpreter, *command], cwd=ROOT, env=environment, check=False).returncode
        print(f"{'ok' if code == 0 else 'FAILED':6} {name} ({time.monotonic() - started:.0f} s)", flush=True)
        if code:
            failed.append(name)
    if failed:
        print(f"Not green: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
