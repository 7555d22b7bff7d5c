"""A simulated month of three desks in two branches, summed up in every format and recounted from the exported CSV."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


def month(*arguments: str) -> str:
    run = subprocess.run(
        [sys.executable, str(SCRIPTS / "month.py"), *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_every_figure_of_a_month_in_every_format_is_recounted_from_the_csv() -> None:
    assert "all agree" in month()


@pytest.mark.slow
def test_every_figure_of_a_busy_month() -> None:
    assert "all agree" in month("--full")


def test_the_recount_uses_nothing_of_deskmate() -> None:
    assert "deskmate" not in (SCRIPTS / "month_recount.py").read_text(encoding="utf-8")
