"""Telling that a promise is due outside the window: through the terminal, and on the desktop.

Both carry fixed words and a number, never what was promised or to whom: they show over other windows, on locked screens
and in histories that DeskMate cannot erase. A terminal is sent only the sequence it is known to take; one that does not
know it may print it.
"""

import shutil
import subprocess
from collections.abc import Callable, Mapping
from typing import Final

TITLE: Final = "DeskMate"
PATIENCE: Final = 12.0
"""Seconds after which a program that should tell is let go; the one of Windows stays as long as its balloon."""

_KITTY: Final = "99"
_NOTIFY: Final = "777"
_ITERM: Final = "9"
_TERMINALS: Final[Mapping[str, str]] = {"kitty": _KITTY, "wezterm": _NOTIFY, "ghostty": _NOTIFY, "foot": _NOTIFY,
                                        "iterm": _ITERM}  # fmt: skip
"""The beginning of a terminal's name to the sequence it takes: OSC 99 as in kitty's own documentation, OSC 777 `notify`
(WezTerm's list of sequences, ghostty's parser and its tests, foot-ctlseqs(7)), OSC 9 of iTerm2."""
_NAMED: Final = ("TERM_PROGRAM", "LC_TERMINAL", "TERM")
"""The variables that name a terminal, the surest first."""
_TMUX_SAYS: Final = "#{allow-passthrough}\n#{client_termtype}\n#{client_termname}"
"""What tmux is asked: whether a program may reach the terminal around it, and what that terminal calls itself."""
_BALLOON: Final = (
    "Add-Type -AssemblyName System.Windows.Forms;"
    "$n = New-Object System.Windows.Forms.NotifyIcon;"
    "$n.Icon = [System.Drawing.SystemIcons]::Information; $n.Visible = $true;"
    "$n.ShowBalloonTip(10000, '{title}', '{words}', 'Info'); Start-Sleep -Seconds 10; $n.Dispose()"
)

Runs = Callable[[tuple[str, ...]], str | None]
"""Runs a program and returns what it printed; None when it could not, or failed."""


def words_for(number: int) -> str:
    """What is told of so many promises: nothing but that they are due."""
    return "A promise is due." if number == 1 else f"{number} promises are due."


def terminal_sequence(environment: Mapping[str, str], words: str, runs: Runs) -> str:
    """What makes the terminal tell something; empty where it is not known to take anything.

    Args:
        environment: the process's variables, which name the terminal.
        words: fixed words, without control characters and without `;`.
        runs: how tmux is asked for the terminal around it.
    """
    if environment.get("TMUX"):
        return _through_tmux(words, runs)
    if environment.get("STY"):  # screen has no way through that is on by itself
        return ""
    named = (environment.get(name, "") for name in _NAMED)
    return next(filter(None, (_sequence(name, words) for name in named)), "")


def desktop_command(
    system: str, environment: Mapping[str, str], words: str, which: Callable[[str], str | None] = shutil.which
) -> tuple[str, ...] | None:
    """The program that tells something on the desktop with its arguments; no shell reads them.

    Tried on Linux only.

    Args:
        system: `sys.platform`.
        environment: the process's variables: without a desktop session there is nobody to tell.
        words: fixed words, without quotes.
        which: finds a program.

    Returns:
        None where there is no such program, or no desktop.
    """
    if system == "darwin":
        program = which("osascript")
        script = f'display notification "{words}" with title "{TITLE}"'
        return (program, "-e", script) if program else None
    if system == "win32":
        program = which("powershell")
        script = _BALLOON.format(title=TITLE, words=words)
        return (program, "-NoProfile", "-NonInteractive", "-Command", script) if program else None
    has_desktop = any(environment.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS"))
    program = which("notify-send") if has_desktop else None
    return (program, f"--app-name={TITLE}", "--", TITLE, words) if program else None


def run(command: tuple[str, ...]) -> str | None:
    """Run a program that tells or is asked something; it gets no input and cannot write on the screen."""
    try:
        done = subprocess.run(  # noqa: S603 - a list of arguments, fixed but for a number; no shell reads it
            command,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode(errors="replace")


def _sequence(name: str, words: str) -> str:
    """The sequence that a terminal of this name takes; empty for one that is not known."""
    plain = name.casefold().removeprefix("xterm-")
    kind = next((kind for known, kind in _TERMINALS.items() if plain.startswith(known)), "")
    return {
        _KITTY: f"\x1b]99;i=deskmate:d=0;{TITLE}\x1b\\\x1b]99;i=deskmate:d=1:p=body;{words}\x1b\\",
        _NOTIFY: f"\x1b]777;notify;{TITLE};{words}\x1b\\",
        _ITERM: f"\x1b]9;{TITLE}: {words}\x07",
    }.get(kind, "")


def _through_tmux(words: str, runs: Runs) -> str:
    """The sequence for the terminal around tmux, wrapped as tmux(1) says; empty where tmux lets nothing through."""
    allowed, *names = (runs(("tmux", "display-message", "-p", _TMUX_SAYS)) or "").split("\n")
    if allowed not in ("1", "on", "all"):  # 1 is how tmux 3.3 tells an option that is on
        return ""
    sequence = next(filter(None, (_sequence(name, words) for name in names)), "")
    doubled = sequence.replace("\x1b", "\x1b\x1b")
    return f"\x1bPtmux;{doubled}\x1b\\" if sequence else ""
