"""The page opens in a window, or it is said that none can be opened; nothing is written into the terminal."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

OPEN = """
import sys
from pathlib import Path
from deskmate.screens.browser import open_page
print(open_page(Path(sys.argv[1])))
"""


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the only programs there are."""
    folder = tmp_path / "bin"
    folder.mkdir()
    return folder


def program(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o700)


def opened(programs: Path, page: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Ask for the page in a fresh process, on a machine that has only these programs."""
    plain = {name: value for name, value in os.environ.items() if name not in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")}
    environment = {**plain, "PATH": str(programs), "TERM": "xterm", **more}
    return subprocess.run(
        [sys.executable, "-P", "-c", OPEN, str(page)], capture_output=True, text=True, env=environment, timeout=300,
        check=True,
    )  # fmt: skip


def test_a_window_gets_the_page_and_the_terminal_none_of_its_noise(programs: Path, tmp_path: Path) -> None:
    page, seen = tmp_path / "a card.html", tmp_path / "seen"
    os.mkfifo(seen)
    program(programs, "wide-window", f'echo noise; echo noise >&2; echo "$1" > "{seen}"')
    done = opened(programs, page, BROWSER=str(programs / "wide-window"))
    assert seen.read_text(encoding="utf-8").strip() == page.as_uri()  # waits until the browser has written it
    assert (done.stdout, done.stderr) == ("True\n", "")


@pytest.mark.parametrize("name", ["lynx", "w3m", "links", "www-browser"])
def test_a_browser_for_the_terminal_is_never_started(programs: Path, tmp_path: Path, name: str) -> None:
    program(programs, name, f'echo started > "{tmp_path / "started"}"')
    assert opened(programs, tmp_path / "card.html").stdout == "False\n"
    assert not (tmp_path / "started").exists()


def test_a_machine_without_a_browser_says_so(programs: Path, tmp_path: Path) -> None:
    assert opened(programs, tmp_path / "card.html").stdout == "False\n"
