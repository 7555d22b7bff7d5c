"""The project's own Python environment: made once, then only started.

`run.py` and `test.py` share this. It needs nothing but Python 3.11 or newer: the environment is made without pip, and
the packages are put into it by the pip of the Python that runs this script (or, where that has none, by ensurepip).
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / ".venv"
OLDEST = (3, 11)


def python() -> Path:
    """The interpreter inside the environment."""
    if os.name == "nt":
        return ENVIRONMENT / "Scripts" / "python.exe"
    return ENVIRONMENT / "bin" / "python"


def stop(what: str, cure: str) -> None:
    """Say in two lines what is missing and what to do, and leave with 1."""
    print(f"{what}\n{cure}", file=sys.stderr)
    raise SystemExit(1)


def _quiet(command: list[str | Path]) -> bool:
    """Run a command without showing it; True when it worked."""
    return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode == 0


def _make() -> None:
    """Make the environment, empty."""
    if not _quiet([sys.executable, "-m", "venv", "--clear", "--without-pip", ENVIRONMENT]):
        stop(
            "This Python cannot make a virtual environment.",
            "Install its venv package (on Debian and Ubuntu: apt install python3-venv) and run this again.",
        )


def pip() -> list[str | Path]:
    """The command that installs into the environment."""
    if _quiet([sys.executable, "-m", "pip", "--python", python(), "--version"]):
        return [sys.executable, "-m", "pip", "--python", python()]
    if _quiet([python(), "-m", "ensurepip"]):
        return [python(), "-m", "pip"]
    stop(
        "Neither pip nor ensurepip is there, so the packages cannot be installed.",
        "Install pip (on Debian and Ubuntu: apt install python3-pip) and run this again.",
    )
    raise AssertionError


def _install(requirements: Path) -> None:
    """Install exactly what the lock file names, each file checked against its hash."""
    arguments = ["install", "--quiet", "--disable-pip-version-check", "--no-deps", "--require-hashes"]
    result = subprocess.run([*pip(), *arguments, "-r", requirements], check=False)
    if result.returncode:
        stop(
            f"The packages in {requirements.name} could not be installed (pip's own words are above).",
            "Check that this machine reaches its package index, then run this again: nothing is half done.",
        )


def _reach_the_source() -> None:
    """Let the environment find `deskmate` in this folder: an editable install would leave a stale copy of data/."""
    query = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python(), "-c", query], capture_output=True, text=True, check=True).stdout.strip()
    (Path(site) / "deskmate-source.pth").write_text(f"{ROOT}\n", encoding="utf-8")


def ready(lock: str) -> Path:
    """The environment's Python, with what the lock file names installed.

    Args:
        lock: the lock file's name in the project's root. What was installed is remembered by the file's hash, so a
            second start reads two small files and runs no installer.

    Returns:
        The path of the environment's interpreter.
    """
    if sys.version_info < OLDEST:
        stop(
            f"DeskMate needs Python 3.11 or newer; this is {sys.version.split()[0]}.",
            "Install a newer Python and start this script with it.",
        )
    requirements = ROOT / lock
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    mark = ENVIRONMENT / f".{lock}.installed"
    if python().exists() and mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return python()
    print(f"Setting up {ENVIRONMENT.name} once from {lock} ...", file=sys.stderr)
    version = ENVIRONMENT / ".python"
    if not python().exists() or not version.exists() or version.read_text(encoding="utf-8") != sys.version:
        _make()
        version.write_text(sys.version, encoding="utf-8")
    _install(requirements)
    _reach_the_source()
    mark.write_text(wanted, encoding="utf-8")
    return python()


def become(command: list[str]) -> None:
    """Turn into another program, so that signals and the terminal are its own; it never returns."""
    if os.name == "nt":  # Windows has no exec that keeps the console's foreground
        raise SystemExit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)
