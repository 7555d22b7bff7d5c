"""The parser: argparse with faults that are sentences, and help that lists the commands. Nothing else is loaded."""

import re
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import NoReturn

from deskmate.faults import BadUsage


class Parser(ArgumentParser):
    """An argument parser whose faults are sentences with a cure, and which takes options between words."""

    def __init__(self, name: str, does: str) -> None:
        super().__init__(
            prog=f"deskmate {name}".strip(), description=does, add_help=False, allow_abbrev=False,
            formatter_class=RawDescriptionHelpFormatter,
        )  # fmt: skip
        self.name = name

    def error(self, message: str) -> NoReturn:
        """Raise what argparse found as `BadUsage`, in plain words."""
        missing = re.match(r"the following arguments are required: (.*)", message)
        option = re.match(r"argument (\S+?)(?:/\S+)?: (.*)", message)
        if missing:
            what = f"{missing[1]} is missing."
        elif option and option[2].startswith("expected"):
            what = f"{option[1]} needs a value after it."
        elif option:
            what = f"{option[1]}: {option[2]}."
        else:
            what = f"{message[:1].upper()}{message[1:]}."
        raise BadUsage(what, f"See: {self.prog} --help")

    def read(self, words: Sequence[str]) -> Namespace:
        """Understand the words after the command.

        Raises:
            BadUsage: something is missing, unknown or too much.
        """
        if "--" in words:  # what follows is never an option; argparse keeps that promise only without intermixing
            args, extra = self.parse_known_args(words)
        else:
            args, extra = self.parse_known_intermixed_args(words)
        if not extra:
            args.command = self.name
            return args
        word = extra[0]
        if not word.startswith("-"):
            raise BadUsage(f'"{word}" is one word too many.', f"See: {self.prog} --help")
        from deskmate.text.suggest import sentence

        options = [option for action in self._actions for option in action.option_strings]
        near = sentence(word.partition("=")[0], options)
        raise BadUsage(f"{self.prog} has no option {word}.", near or f"See: {self.prog} --help")


def json_flag(parser: Parser) -> None:
    """The option of every command with an answer for programs."""
    parser.add_argument("--json", action="store_true", help="print one JSON value and nothing else")


def common(parser: Parser, *, screens: bool = False) -> None:
    """The options that every command takes, and those of the screens themselves."""
    group = parser.add_argument_group("options" if screens else "everywhere")
    if screens:
        group.add_argument("--plain", action="store_true", help="line by line: for a screen reader or a plain terminal")
        group.add_argument("--version", action="store_true", help="show the version and stop")
    group.add_argument("--home", metavar="DIR", default="", help="where the settings and the log live")
    group.add_argument("--demo", action="store_true", help="use a throw-away home with a sample week in it")
    group.add_argument("--no-color", action="store_true", help="no colours; NO_COLOR does the same")
    group.add_argument("--help", "-h", action="help", default=SUPPRESS, help="show this and stop")
