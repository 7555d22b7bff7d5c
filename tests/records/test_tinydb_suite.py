"""TinyDB's own tests, fetched and run on our storage by the script that does it."""

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "tinydb_suite.py"


@pytest.mark.machine
def test_tinydbs_own_tests_pass_on_our_storage_but_those_that_name_its_own() -> None:
    run = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("of its own tests pass") == 2
