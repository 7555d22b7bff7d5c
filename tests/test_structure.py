"""The house stays small: a screen that grows past a page or two is split before it becomes the place for everything."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent
PACKAGE: Final = ROOT / "deskmate"
SCREEN: Final = 300
MODULE: Final = 400
FUNCTION: Final = 60
"""Lines at most: of a module of the screens, of any other module, of a function with its docstring."""


def longest() -> Iterator[tuple[str, int, int]]:
    """Every module, its lines and how many it may have."""
    for path in PACKAGE.rglob("*.py"):
        name = path.relative_to(ROOT).as_posix()
        yield name, len(path.read_text(encoding="utf-8").splitlines()), SCREEN if "screens" in path.parts else MODULE


def functions() -> Iterator[tuple[str, int]]:
    """Every function and its lines."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                name = f"{path.relative_to(ROOT).as_posix()}:{node.name}"
                yield name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_screen_has_over_300_lines_and_no_module_over_400() -> None:
    assert {name: lines for name, lines, most in longest() if lines > most} == {}


def test_nothing_is_told_by_a_way_round_the_screen() -> None:
    """A notification stays on the desktop, a log file on the disk, a copied text in the clipboard."""
    found = set()
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else ""
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if called in ("notify", "copy_to_clipboard") or {"logging", "syslog"}.intersection(names):
                found.add(f"{path.relative_to(ROOT).as_posix()}: {called or names}")
    assert found == set()


def test_no_function_has_over_60_lines() -> None:
    assert {name: lines for name, lines in functions() if lines > FUNCTION} == {}
