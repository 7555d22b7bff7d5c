"""The wheel: built as users build it, installed into an environment of its own, and run from another folder."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON = Path(sys.base_prefix) / ("python.exe" if os.name == "nt" else f"bin/python3.{sys.version_info.minor}")
"""The Python under this environment: the environment is made without pip."""


def call(*command: str | Path, cwd: Path, more: dict[str, str] | None = None) -> str:
    """Run a command; its standard output. What it said is in the failure."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("DESKMATE_", "COVERAGE_", "PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**plain, **(more or {})}, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree, with the build tools that pyproject.toml asks for."""
    folder = tmp_path_factory.mktemp("wheel")
    call(PYTHON, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    (path,) = folder.glob("*.whl")
    return path


def test_the_wheel_carries_the_data_and_nothing_of_the_tests(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*") if path.is_file()}
    assert {f"deskmate/{name}" for name in shipped} <= names
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "deskmate").rglob("*.py")}
    assert sources <= names
    extra = {name for name in names if not name.startswith("deskmate")}
    assert extra == set()
    assert not [name for name in names if name.endswith((".pyc", "~")) or "/." in name]


def test_the_installed_command_works_from_another_folder_with_the_data_it_brought(wheel: Path, tmp_path: Path) -> None:
    venv, elsewhere = tmp_path / "venv", tmp_path / "elsewhere"
    elsewhere.mkdir()
    call(PYTHON, "-m", "venv", "--without-pip", venv, cwd=elsewhere)
    scripts = venv / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    install = ("install", "--quiet", "--no-deps", wheel)
    call(PYTHON, "-m", "pip", "--python", python, *install, cwd=elsewhere)
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    own = Path(call(python, "-c", where, cwd=elsewhere).strip())
    # What DeskMate stands on comes from this environment, by path alone: its .pth files, and the source, do not.
    (own / "borrowed.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")

    places = {"DESKMATE_HOME": str(tmp_path / "home"), "DESKMATE_STATE": str(tmp_path / "state")}
    command = scripts / ("deskmate.exe" if os.name == "nt" else "deskmate")
    found = call(command, "find", "guy yelling about his fine", "--json", cwd=elsewhere, more=places)
    assert json.loads(found)[0]["id"] == "angry-patron"
    told = json.loads(call(command, "paths", "--json", cwd=elsewhere, more=places))
    assert Path(told["data"]) == own / "deskmate" / "data"
    version = call(command, "--version", cwd=elsewhere, more=places).split()[1]
    assert f"-{version}-" in wheel.name
    call(command, "tally", "directional", "3", cwd=elsewhere, more=places)
    assert json.loads(call(command, "export", "-", cwd=elsewhere, more=places))["count"] == 3
