"""What each module loads, seen in a fresh interpreter: the arrows between the folders as they are at run time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "deskmate"
SCREENS_ONLY = {"textual", "rich"}
HEAVY = {
    "textual",
    "rich",
    "yaml",
    "tinydb",
    "platformdirs",
    "difflib",
    "html",
    "csv",
    "tempfile",
    "subprocess",
    "cryptography",
}
"""What costs milliseconds and is loaded where it is used, or never."""
MAY_LOAD = {"playbooks": {"yaml"}, "records": {"tinydb"}, "reports": {"html"}}
"""What a folder stands on, with what comes along."""
FOUND = ["find", "guy yelling about his fine", "--json"]


def modules(folder: str) -> list[str]:
    """The modules of one folder of the package, or of its top."""
    paths = sorted((PACKAGE / folder).glob("*.py"))
    return [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in paths if not path.stem.startswith("__")]


DOMAIN = [
    name for folder in ("", "model", "text", "playbooks", "records", "reports", "desk") for name in modules(folder)
]


def loaded_by(code: str, home: Path) -> set[str]:
    """The names of all modules that a fresh interpreter has after some code."""
    told = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("DESKMATE_", "COVERAGE_"))}
    done = subprocess.run(
        [sys.executable, "-P", "-c", f"{code}\n{told}"],
        capture_output=True,
        encoding="utf-8",
        env={**plain, "DESKMATE_HOME": str(home / "home"), "DESKMATE_STATE": str(home / "state")},
        timeout=300,
        check=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def tops(names: Iterable[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def find_again(home: Path) -> set[str]:
    """What `find` loads when the playbooks are in the cache already."""
    code = f"from deskmate.cli.main import run; run({FOUND!r})"
    loaded_by(code, home)
    return loaded_by(code, home)


@pytest.mark.parametrize("name", DOMAIN)
def test_no_module_below_the_screens_loads_a_screen(name: str, tmp_path: Path) -> None:
    names = loaded_by(f"import {name}", tmp_path)
    assert not tops(names) & SCREENS_ONLY
    assert not any(each.startswith(("deskmate.screens", "deskmate.cli")) for each in names)


@pytest.mark.parametrize(
    ("folder", "never"),
    [
        ("", ("model", "text", "playbooks", "records", "reports", "desk")),
        ("model", ("playbooks", "records", "reports", "desk")),
        ("text", ("playbooks", "records", "reports", "desk")),
        ("playbooks", ("records", "reports", "desk")),
        ("records", ("playbooks", "reports", "desk")),
        ("reports", ("playbooks", "records", "desk")),
    ],
)
def test_the_arrows_go_one_way_at_run_time_too(folder: str, never: tuple[str, ...], tmp_path: Path) -> None:
    names = loaded_by("\n".join(f"import {name}" for name in modules(folder)), tmp_path)
    assert not [name for name in names if name.startswith(tuple(f"deskmate.{each}" for each in never))]


@pytest.mark.parametrize("folder", ["", "model", "text", "reports", "playbooks", "records"])
def test_a_folder_loads_nothing_heavy_that_is_not_its_own(folder: str, tmp_path: Path) -> None:
    lone = loaded_by("\n".join(f"import {each}" for each in MAY_LOAD.get(folder, ())), tmp_path)
    names = loaded_by("\n".join(f"import {name}" for name in modules(folder)), tmp_path)
    assert tops(names) & HEAVY <= tops(lone) & HEAVY


def test_find_from_a_warm_cache_loads_no_yaml_no_log_no_reports_and_no_screens(tmp_path: Path) -> None:
    names = find_again(tmp_path)
    assert not tops(names) & HEAVY
    parts = ("screens", "records", "reports", "playbooks.reader", "playbooks.layers", "playbooks.check")
    assert not [name for name in names if name.startswith(tuple(f"deskmate.{part}" for part in parts))]


def test_find_loads_few_modules(tmp_path: Path) -> None:
    """A count that grows is a start that slows: the guide, the walk and the record are not needed for an answer."""
    ours = {name for name in find_again(tmp_path) if name.startswith("deskmate.")}
    assert "deskmate.playbooks.walk_state" not in ours
    assert len(ours) <= 34, sorted(ours)


def test_the_desk_opens_nothing_before_it_is_asked(tmp_path: Path) -> None:
    code = (
        "from deskmate.desk.service import Desk\nfrom deskmate.clock import SystemClock\n"
        "from deskmate.places import find_places\nDesk(find_places(), SystemClock(), environment={})"
    )
    names = loaded_by(code, tmp_path)
    assert not tops(names) & HEAVY
    assert not [name for name in names if name.startswith(("deskmate.records", "deskmate.playbooks"))]
    assert not (tmp_path / "home").exists()


def test_the_screens_are_refused_before_textual_is_loaded(tmp_path: Path) -> None:
    """There is no terminal in a test."""
    assert not tops(loaded_by("from deskmate.cli.main import run; run([])", tmp_path)) & SCREENS_ONLY


@pytest.mark.parametrize("name", modules("cli"))
def test_no_command_loads_a_screen_before_it_runs(name: str, tmp_path: Path) -> None:
    assert not tops(loaded_by(f"import {name}", tmp_path)) & SCREENS_ONLY


@pytest.mark.parametrize("name", modules("plain"))
def test_the_lines_know_no_screen_but_the_sentences_of_its_commands(name: str, tmp_path: Path) -> None:
    names = loaded_by(f"import {name}", tmp_path)
    assert not tops(names) & SCREENS_ONLY
    assert {each for each in names if each.startswith("deskmate.screens.")} <= {
        "deskmate.screens.commands", "deskmate.screens.registry", *modules("screens/registry")
    }  # fmt: skip


def test_a_whole_path_by_lines_loads_no_textual(tmp_path: Path) -> None:
    typed = "guy yelling fine\\n1\\n1\\ne\\n\\n#\\ns\\n\\npractice\\nfire\\n1\\ne\\nquit\\n"
    code = f"import io, sys; sys.stdin = io.StringIO('{typed}')\nfrom deskmate.cli.main import run; run(['--plain'])"
    assert not tops(loaded_by(code, tmp_path)) & SCREENS_ONLY
