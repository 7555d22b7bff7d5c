"""The small dose of scripts/torture.py; the full one, 10,000 kills, runs by `pytest -m slow` or the script."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "torture.py"

PARTS = (
    *("kills", "journals", "walks", "cuts", "flips", "faults", "power", "livepower", "ends"),
    *("together", "clocks", "restored", "merged", "newer", "readonly"),
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="it forks and kills")


def torture(*arguments: str) -> None:
    run = subprocess.run([sys.executable, str(SCRIPT), *arguments], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("part", PARTS)
def test_nothing_confirmed_is_lost(part: str) -> None:
    torture(part)


@pytest.mark.slow
def test_nothing_confirmed_is_lost_in_the_full_dose() -> None:
    torture("--full")


def test_an_unknown_part_is_refused() -> None:
    run = subprocess.run([sys.executable, str(SCRIPT), "nonsense"], capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "no such part" in run.stderr
