"""What a library may change about the keys, and that each key which a terminal keeps for itself has a second way."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import pytest

from deskmate.screens.commands import COMMANDS, command, of
from deskmate.screens.jump import LETTERS, letters
from deskmate.screens.keymap import look_over
from deskmate.screens.registry.command import EVERYWHERE, Command
from deskmate.screens.registry.key_names import named, prints, shown

F_KEYS: Final = frozenset(f"f{number}" for number in range(1, 13))
SWALLOWED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        # ChristianLempa/cheat-sheets windows/windows-terminal.md
        "Windows Terminal": frozenset({"f11", "alt+f4", "alt+enter", "ctrl+tab", "ctrl+v", "ctrl+c"}),
        # microsoft/vscode, DEFAULT_COMMANDS_TO_SKIP_SHELL in its terminal.ts (workbench contrib): quick open,
        # find, the palette, the next part, the debugger; and Ctrl+K, with which its chords begin.
        "VS Code": frozenset({"ctrl+p", "ctrl+e", "ctrl+f", "ctrl+g", "ctrl+k", "f1", "f5", "f6", "f10", "f11"}),
        # No page was at hand; F1, F10 and F11 are taken as lost all the same: its help, its menu, the whole screen.
        "GNOME Terminal": frozenset({"f1", "f10", "f11"}),
        # support.quark.com 19000056499: without Fn the top row is no row of function keys. The rest is caution.
        "macOS": F_KEYS | {"pageup", "pagedown", "home", "end", "ctrl+up", "ctrl+down", "ctrl+left", "ctrl+right"},
        # blogger.seanabrady.net 2010/12: there are no function keys.
        "ChromeOS": F_KEYS,
        "tmux": frozenset({"ctrl+b"}),  # tmux(1): its prefix
        "screen": frozenset({"ctrl+a"}),  # screen(1): its command character
        # dustinkirkland/byobu usr/share/byobu/keybindings/f-keys.tmux
        "byobu": F_KEYS - {"f10", "f11"} | {"ctrl+a"},
        # devhints.io/zellij and zellij.dev/documentation/keybindings: the keys of its modes
        "zellij": frozenset({f"ctrl+{letter}" for letter in "gptnhosqb"}),
        # What a tab keeps for itself (new, new tab, close), and F-keys of the window: caution, no page was at hand.
        "a browser": frozenset({"ctrl+n", "ctrl+t", "ctrl+w", "f1", "f3", "f5", "f6", "f7", "f11", "f12"}),
        # stty(1), where a line is not in raw mode
        "a serial line": frozenset({"ctrl+s", "ctrl+q", "ctrl+z", "ctrl+c", "ctrl+o", "ctrl+r"}),
    }
)
"""The keys that may never reach a program, by where it runs; rather one too many."""


def ways(of_command: Command, swallowed: frozenset[str]) -> set[str]:
    """The ways to a command where some keys do not arrive: keys, the palette, the line at the bottom."""
    together = (of_command.place, EVERYWHERE)
    same = [each for each in COMMANDS if each.action == of_command.action and each.place in together]
    found = {key for each in same for key in each.keys if key not in swallowed}
    if any(each.palette and each.label for each in same) and set(command("palette").keys) - swallowed:
        found.add("palette")
    if any(each.footer for each in same) and {*command("jump").keys, "semicolon"} - swallowed:
        found.add("jump")
    return found


@pytest.mark.parametrize("terminal", SWALLOWED)
def test_no_command_is_out_of_reach_where_a_terminal_keeps_its_keys(terminal: str) -> None:
    lost = [each.id for each in COMMANDS if each.keys and not ways(each, SWALLOWED[terminal])]
    # where Page Up and Page Down do not come, Up and Down still lead everywhere
    assert [each for each in lost if "page-" not in each] == []


def test_help_and_private_arrive_everywhere_by_a_key_of_their_own() -> None:
    for terminal, swallowed in SWALLOWED.items():
        for name in ("help-now", "private", "phone", "other"):
            assert set(command(name).keys) - swallowed, (terminal, name)


def test_nothing_hangs_on_a_function_key_alone() -> None:
    assert [each.id for each in COMMANDS if each.keys and not ways(each, F_KEYS)] == []


@pytest.mark.parametrize(
    ("written", "key"),
    [("Ctrl+K", "ctrl+k"), ("ctrl-k", "ctrl+k"), ("?", "question_mark"), ("F7", "f7"), ("q", "q"), ("Up", "up")],
)
def test_a_key_is_read_as_it_is_shown(written: str, key: str) -> None:
    assert named(written) == key
    assert named(shown(key)) == key


def test_every_key_of_the_registry_is_one_that_can_be_written_in_the_settings() -> None:
    keys = {key for each in COMMANDS for key in each.keys} - {"shift+tab"}
    assert {key for key in keys if named(shown(key)) not in (key, "escape", "backspace", "pageup", "pagedown")} <= {
        "escape", "backspace", "pageup", "pagedown",
    }  # fmt: skip
    assert {key for key in keys if named(key) != key} == set()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"ned": "q"}, 'names no command "ned"'),
        ({"end": "ctrl+shift+alt+q"}, "is no key"),
        ({"end": "w"}, "w in [keys] is wording already, so it cannot be end."),
        ({"phone": "ctrl+g"}, "is help-now already"),
        ({"phone": "p"}, "needs a key with Ctrl"),
        ({"phone": "ctrl+m"}, "is Enter for a terminal"),
        ({"phone": "ctrl+w"}, "edits a line of text"),
        ({"count": "c"}, "is typed as text on that screen"),
        ({"choose-1": "a"}, "the answers keep their digits"),
        ({"end": "exclamation_mark"}, "is mark-help already"),
        ({"card-show": "s"}, "is typed as text on that screen"),
        ({"window-close": "q"}, "is typed as text on that screen"),
        ({"end": "ctrl+k"}, "is note-private already"),
        ({"survey-quarters": "escape"}, "is window-close already"),
        ({"take-choose-2": "b"}, "the answers keep their digits"),
    ],
)
def test_a_change_that_cannot_work_is_told_and_the_built_in_keys_serve(changes: dict[str, str], told: str) -> None:
    keymap = look_over(changes, "settings.toml")
    (notice,) = keymap.notices
    assert told in str(notice)
    assert str(notice).startswith("settings.toml: ")
    assert keymap.changed == {}


def test_two_commands_can_change_places_and_several_keys_can_be_given() -> None:
    keymap = look_over({"end": "w", "wording": "e", "phone": "Ctrl+T, F7", "count": "."})
    assert keymap.notices == ()
    assert keymap.changed == {"end": ("w",), "wording": ("e",), "phone": ("ctrl+t", "f7"), "count": ("full_stop",)}
    assert keymap.key_of(command("phone")) == "Ctrl+T"
    assert "full_stop" in keymap.marks("desk")
    assert "plus" not in keymap.marks("desk")


def test_two_changes_to_one_key_lose_no_command() -> None:
    keymap = look_over({"end": "q", "note": "q"})
    assert len(keymap.notices) == 1
    taken = [key for each in of("guide") for key in keymap.keys_of(each)]
    assert len(taken) == len(set(taken))


def test_help_stays_where_it_always_is() -> None:
    assert look_over({"help-now": "f12"}).keys_of(command("help-now")) == ("f12", "ctrl+g", "f9")


def test_marks_that_work_everywhere_print_and_the_rest_does_not() -> None:
    for each in of(EVERYWHERE):
        assert all(prints(key) != each.priority for key in each.keys), each.id


def test_jump_letters_are_short_and_none_begins_another() -> None:
    assert len(set(LETTERS)) == 26
    for number in (1, 26, 27, 200):
        made = letters(number)
        assert len(set(made)) == number
        assert len({len(word) for word in made}) == 1
