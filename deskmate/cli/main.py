"""From the arguments to an exit code: 0 done, 1 it failed, 2 usage, 3 bad content or data found by a check."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import TYPE_CHECKING, Final

from deskmate.cli.output import Output, make_output
from deskmate.faults import DeskMateError
from deskmate.places import NOT_SETTINGS, PACKAGE, Places, find_places

if TYPE_CHECKING:
    from argparse import Namespace

INTERRUPTED: Final = 130
"""What a shell expects of a program that Ctrl-C ended: 128 and the signal's number."""


def run(argv: Sequence[str]) -> int:
    """Run one command, or the screens when there is none.

    Args:
        argv: the arguments without the program's name.

    Returns:
        The exit code. Nothing is raised: a fault ends as one line saying what and one saying what to do, on standard
        error; `DESKMATE_DEBUG=1` shows the steps to it before them, without what people typed.
    """
    out = make_output(os.environ, no_color="--no-color" in argv)
    try:
        code = _run(argv, out)
        out.flush()
    except DeskMateError as fault:
        _trace(fault)
        out.fault(fault.what, fault.cure)
        return fault.exit_code
    except SystemExit as leaving:  # argparse's --help
        return int(leaving.code or 0)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_standard_output()
        return 1
    except OSError as error:
        _trace(error)
        _forget_standard_output()
        out.fault(
            f"The system refused: {error.strerror or error}.", "Check the disk and who may use it, and try again."
        )
        return 1
    except Exception as error:  # noqa: BLE001 - the last line of defence: nobody at a desk can use a traceback
        from deskmate.crash import place_of

        _trace(error)
        what = f"Something went wrong that DeskMate did not foresee ({type(error).__name__} in {place_of(error)})."
        out.fault(what, "Run it again with DESKMATE_DEBUG=1 and send what it shows to whoever looks after DeskMate.")
        return 1
    return code


def _run(argv: Sequence[str], out: Output) -> int:
    if argv[:1] == ["find"]:
        from deskmate.cli.find import quickly

        code = quickly(argv, out, os.environ)
        if code is not None:
            return code
    from deskmate.cli.commands import COMMANDS, OPEN_SCREENS, SCREENS
    from deskmate.cli.routes import parser_for, split
    from deskmate.cli.session import Session

    name, words = split(argv)
    args = parser_for(name).read(words)
    if name == SCREENS and args.version:
        out.line(f"deskmate {_version()}")
        return 0
    command = COMMANDS.get(name, OPEN_SCREENS)
    with _places(args) as places:
        environment = {name: value for name, value in os.environ.items() if name not in NOT_SETTINGS}
        session = Session(args, out, places, environment)
        try:
            if command.writes:
                session.first_start()
            call = getattr(import_module(f"deskmate.cli.{command.family}"), command.call)
            return int(call(session))
        finally:
            session.close()


@contextmanager
def _places(args: "Namespace") -> Iterator[Places]:
    """Where this run reads and writes: the library's home, or one that is thrown away afterwards."""
    if not args.demo:
        yield find_places(os.environ, home=args.home or None)
        return
    from deskmate.cli.demo import throw_away

    with throw_away() as places:
        yield places


def _version() -> str:
    """The version: what the source tree says, or what was installed."""
    source = PACKAGE.parent / "pyproject.toml"
    if source.is_file():
        import tomllib

        return str(tomllib.loads(source.read_text(encoding="utf-8"))["project"]["version"])
    from importlib.metadata import version

    return version("deskmate")


def _trace(error: BaseException) -> None:
    """Show the steps to an error to somebody who asked for it; its message may quote a note and is left out."""
    if os.environ.get("DESKMATE_DEBUG", "") not in ("", "0"):
        from deskmate.crash import trace

        sys.stderr.write(trace(error))


def _forget_standard_output() -> None:
    """Nobody reads any more: what is still buffered goes nowhere, so that ending does not complain about it."""
    with suppress(OSError):  # a stream without a file has nothing to forget
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
