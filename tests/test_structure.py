"""The house stays small: a screen that grows past a page or two is split before it becomes the place for everything."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

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


def may_be_a_key(name: str) -> bool:
    """Whether Textual may call a key so, with `_` for a `+`: it then calls `key_<name>` of whatever has one."""
    plain = re.sub(r"^((ctrl|shift|alt|meta|super|hyper)_)+", "", name)
    known = {key.value.replace("+", "_") for key in Keys} | set(KEY_NAME_REPLACEMENTS.values())
    try:
        unicodedata.lookup(plain.replace("_", " "))
    except KeyError:
        return name in known or plain in known or len(plain) == 1 or plain.startswith("upper_")
    return True


def attributes(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Every name that a class or its `self` gets, and whether it is a method."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, False
        elif isinstance(node, ast.ClassDef):
            for each in node.body:
                if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef):
                    called = {
                        word.id for deco in each.decorator_list for word in ast.walk(deco) if isinstance(word, ast.Name)
                    }
                    yield each.name, "property" not in called
                elif isinstance(each, ast.AnnAssign | ast.Assign):
                    targets = [each.target] if isinstance(each, ast.AnnAssign) else each.targets
                    yield from ((target.id, False) for target in targets if isinstance(target, ast.Name))


def test_no_name_of_ours_is_called_by_textual_by_accident() -> None:
    """`self.key_at` was a time of day, until somebody pressed `@`, the key "at": Textual called it and ended."""
    assert all(map(may_be_a_key, ("at", "a", "enter", "ctrl_g", "left", "upper_a", "question_mark", "space")))
    found = set()
    for path in (PACKAGE / "screens").rglob("*.py"):
        for name, method in attributes(ast.parse(path.read_text(encoding="utf-8"))):
            key = re.fullmatch("_?key_(.+)", name)
            handler = re.match("_?(on|watch|action|validate|compute)_", name) and not method
            if handler or (key and may_be_a_key(key[1])):
                found.add(f"{path.relative_to(ROOT).as_posix()}: {name}")
    assert found == set()
