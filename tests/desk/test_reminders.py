"""What is told outside the window: the right sequence or none, and never a word of a promise."""

import sys
from pathlib import Path

import pytest

from deskmate.clock import FixedClock
from deskmate.desk.reminders import desktop_command, run, terminal_sequence, words_for
from deskmate.desk.service import Desk
from deskmate.places import Places

WORDS = words_for(2)
KITTY = f"\x1b]99;i=deskmate:d=0;DeskMate\x1b\\\x1b]99;i=deskmate:d=1:p=body;{WORDS}\x1b\\"
NOTIFY = f"\x1b]777;notify;DeskMate;{WORDS}\x1b\\"
ITERM = f"\x1b]9;DeskMate: {WORDS}\x07"


def nobody(command: tuple[str, ...]) -> str | None:
    raise AssertionError(command)


@pytest.mark.parametrize(
    ("environment", "sequence"),
    [
        ({"TERM": "xterm-kitty"}, KITTY),
        ({"TERM": "foot"}, NOTIFY),
        ({"TERM": "foot-extra"}, NOTIFY),
        ({"TERM": "xterm-ghostty"}, NOTIFY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, NOTIFY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, NOTIFY),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, ITERM),
        ({"TERM": "xterm-256color", "LC_TERMINAL": "iTerm2"}, ITERM),
        ({"TERM": "xterm-256color"}, ""),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, ""),
        ({"TERM": "linux"}, ""),
        ({"TERM": "alacritty"}, ""),
        ({"TERM": "xterm-kitty", "STY": "4711.pts-0.desk"}, ""),
        ({}, ""),
    ],
)
def test_a_terminal_is_sent_only_what_it_is_known_to_take(environment: dict[str, str], sequence: str) -> None:
    assert terminal_sequence(environment, WORDS, nobody) == sequence


@pytest.mark.parametrize(
    ("told", "sequence"),
    [
        ("1\nWezTerm 20240203\nxterm-256color\n", NOTIFY),
        ("0\nWezTerm 20240203\nxterm-256color\n", ""),
        ("on\nWezTerm 20240203\nxterm-256color\n", NOTIFY),
        ("all\n\nxterm-kitty\n", KITTY),
        ("on\niTerm2 3.5.0\nxterm-256color\n", ITERM),
        ("off\nWezTerm 20240203\nxterm-256color\n", ""),
        ("on\n\nxterm-256color\n", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_through_tmux_it_is_wrapped_where_tmux_lets_it_through(told: str | None, sequence: str) -> None:
    asked: list[tuple[str, ...]] = []

    def tmux(command: tuple[str, ...]) -> str | None:
        asked.append(command)
        return told

    # tmux names itself and keeps the variables of whoever started it: only what it says of its client counts
    found = terminal_sequence({"TMUX": "/run/tmux,1,0", "TERM_PROGRAM": "tmux", "TERM": "foot"}, WORDS, tmux)
    assert found == (f"\x1bPtmux;{sequence.replace(chr(27), chr(27) * 2)}\x1b\\" if sequence else "")
    assert asked[0][:2] == ("tmux", "display-message")


def test_each_desktop_has_its_program_and_no_shell() -> None:
    session = {"WAYLAND_DISPLAY": "wayland-0"}
    assert desktop_command("linux", session, WORDS, lambda name: f"/bin/{name}") == (
        "/bin/notify-send", "--app-name=DeskMate", "--", "DeskMate", WORDS,
    )  # fmt: skip
    assert desktop_command("linux", {}, WORDS, lambda name: f"/bin/{name}") is None
    mac = desktop_command("darwin", {}, WORDS, lambda name: f"/bin/{name}")
    assert mac == ("/bin/osascript", "-e", f'display notification "{WORDS}" with title "DeskMate"')
    windows = desktop_command("win32", {}, WORDS, lambda name: f"C:/{name}.exe")
    assert windows is not None
    assert windows[:4] == ("C:/powershell.exe", "-NoProfile", "-NonInteractive", "-Command")
    assert f"ShowBalloonTip(10000, 'DeskMate', '{WORDS}', 'Info')" in windows[4]
    for system in ("linux", "darwin", "win32"):
        assert desktop_command(system, session, WORDS, lambda _: None) is None


def test_a_program_is_really_run_and_a_failing_one_is_nothing(tmp_path: Path) -> None:
    assert run((sys.executable, "-c", "print('told')")) == "told\n"
    assert run((sys.executable, "-c", "raise SystemExit(3)")) is None
    assert run((str(tmp_path / "not-here"),)) is None


def test_a_desktop_that_cannot_tell_is_said_when_it_was_asked_for(places: Places, clock: FixedClock) -> None:
    asked = {"DESKMATE_SCREENS_DESKTOP_NOTICES": "yes", "PATH": ""}
    (notice,) = Desk(places, clock, environment=asked).settings_notices
    assert "nothing here can tell on the desktop" in notice.what
    assert not Desk(places, clock, environment={}).settings_notices


def test_the_words_are_fixed_but_for_the_number() -> None:
    assert [words_for(number) for number in (1, 2)] == ["A promise is due.", "2 promises are due."]
