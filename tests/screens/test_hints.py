"""A sentence that names a key asks the key map: a library's own keys stand wherever the built-in ones did."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

import deskmate
from deskmate.places import Places
from deskmate.screens.app import DeskMateApp
from tests.screens.look import screen_text

HOME: Final = Path(deskmate.__file__).parent
ABOUT_KEYS: Final = ("screens/registry/", "screens/keymap.py")
"""Where the built-in keys are declared and looked over."""
TYPED: Final = {
    "pa x2 20m ago: letters (= on the Desk lists them), number, when",
    "About a colleague, y or n: y hides it in the list and tells no report",
}
"""Sentences with what looks like a key and is text that a line takes."""
NAMED: Final = (
    r"(?i:\b(esc|ctrl\+\w+)\b)|\b(Enter|Space|Bksp|Backspace|Tab|PgUp|PgDn|Shift\+\w+|F\d{1,2}|[Aa]rrows)\b"
    r"|\b(Up|Down|Left|Right)(, (Up|Down|Left|Right)\b|:)"
)
"""A key by its name."""
LETTER: Final = r"(?<![\w'’-])[a-z](:(?= |$)|  ?(?=[a-z]+s\b)|  (?=[A-Z]))|^ [a-z] $"
"""`a adds`, `d: ended`, `d  For you`, or a letter on its own ground."""
MARK: Final = r"(?<![^\s(])[-+*=#@!?<>~:/](?= [a-z])"
"""`- takes it back`, `* on the Desk`."""
MOVED: Final = {
    "open": "F10", "undo": ".", "voice-add": "q", "notice-add": "q", "shift-late": "q", "shift-turn": "z",
    "promise-new": "q", "pad-nobody": "F10", "pad-about": "&", "wrap-left": "h", "wrap-right": "l",
    "wrap-strain": "k", "wrap-after": "j", "reports-new": "q", "range-before": "h", "range-after": "l",
}  # fmt: skip
"""Keys of a library, by the command."""
SAID: Final = {
    "go_feedback": ("Nothing is here yet: q adds a complaint",),
    "go_notices": ("q tells every desk something.",),
    "go_shift": ("z begins one", "Nothing is logged yet: q adds something late."),
    "go_promises": ("Nothing is owed: q makes a promise.",),
    "go_incidents": ("No report yet: q writes one.",),
    "go_ranges": ("d w m y h l",),
    "pad": ("& before it: about so many.", "0 and F10: nobody came."),
}
"""What a screen says then, by the action that leads there."""


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a module with their lines, each whole; what is put into one is an X. Docstrings are none."""
    tree = ast.parse(source)
    inside = {
        id(each) for node in ast.walk(tree) if isinstance(node, (ast.JoinedStr, ast.Expr)) for each in ast.walk(node)
        if each is not node and (isinstance(node, ast.JoinedStr) or node.value is each)
    }  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield (
                node.lineno,
                "".join(str(each.value) if isinstance(each, ast.Constant) else "X" for each in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def found(part: str, key: str) -> list[str]:
    """The sentences in a part of the program that name a key."""
    return [
        f"{path.relative_to(HOME)}:{number}: {words!r}"
        for path in sorted((HOME / part).rglob("*.py"))
        if not str(path.relative_to(HOME)).startswith(ABOUT_KEYS)
        for number, words in sentences(path.read_text(encoding="utf-8"))
        if " " in words and words not in TYPED and re.search(key, words)
    ]


def test_no_sentence_of_a_screen_names_a_key_by_itself() -> None:
    assert found("screens", f"{NAMED}|{LETTER}|{MARK}") == [], "Ask key() of the app, the screen or the window"


def test_what_is_below_the_screens_knows_no_keys() -> None:
    parts = ("desk", "playbooks", "reports", "model")
    assert [each for part in parts for each in found(part, NAMED)] == []


@pytest.mark.parametrize(
    ("source", "caught"),
    [
        ('say("Nothing is owed: t makes a promise.")', True),
        ('say(f"Counted: {what}. - takes it back.")', True),
        ('say("Enter opens it")', True),
        ('say("d  For you, afterwards")', True),
        ('say(f"Nothing is owed: {key} makes a promise.")', False),
        ('say("Nothing needs a promise.")', False),
        ('"""Enter opens it."""', False),
    ],
)
def test_a_key_in_a_sentence_is_noticed(source: str, caught: bool) -> None:
    assert any(re.search(f"{NAMED}|{LETTER}|{MARK}", words) for _, words in sentences(source)) is caught


async def test_the_keys_of_a_library_stand_in_the_sentences(
    make_app: Callable[[], DeskMateApp], places: Places
) -> None:
    with places.settings.open("a", encoding="utf-8") as file:
        file.write("\n[keys]\n" + "".join(f'{command_id} = "{key}"\n' for command_id, key in MOVED.items()))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        assert app.keymap.notices == ()
        for action, said in SAID.items():
            await app.run_action(action)
            await pilot.pause()
            assert [words for words in said if words not in screen_text(app)] == [], action
        await pilot.press("escape", *"yelling")
        assert "F10 opens the guide" in screen_text(app)
        await pilot.press("f10", "1", "e")
        text = screen_text(app)
        assert "h, l change a field" in text
        assert "k changes it" in text
        assert "j  For you, afterwards" in text
        await pilot.press("j")
        assert app.desk.live.current is not None
        assert app.desk.live.current.walk.playbook == "staff-debrief"
