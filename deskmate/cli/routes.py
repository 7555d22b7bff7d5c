"""From the words typed after `deskmate` to the command that is meant, and to its parser and help."""

from collections.abc import Sequence

from deskmate.cli.commands import COMMANDS, OPEN_SCREENS, SCREENS, Command
from deskmate.cli.parser import Parser, common
from deskmate.faults import BadUsage


def split(argv: Sequence[str]) -> tuple[str, list[str]]:
    """Tell the command from the rest.

    Args:
        argv: the arguments; options that every command takes may stand before the command.

    Returns:
        The command's name (empty: the screens), and all other arguments.

    Raises:
        BadUsage: there is no such command.
    """
    rest = list(argv)
    place = _first_word(rest)
    if place is None:
        return SCREENS, rest
    word = rest.pop(place)
    following = rest[place] if place < len(rest) else ""
    if word in COMMANDS and f"{word} {following}" not in COMMANDS:
        return word, rest
    seconds = [name.partition(" ")[2] for name in COMMANDS if name.startswith(f"{word} ")]
    if not seconds:
        raise _unknown(word)
    if place < len(rest) and not rest[place].startswith("-"):
        second = rest.pop(place)
        if second in seconds:
            return f"{word} {second}", rest
        from deskmate.text.suggest import sentence

        raise BadUsage(f'"{word}" has no "{second}".', sentence(second, seconds) or f"Use {' or '.join(seconds)}.")
    if "--help" in rest or "-h" in rest:
        return word, ["--help"]
    raise BadUsage(f'"{word}" alone says too little.', f"Use deskmate {word} {' or '.join(seconds)}.")


def parser_for(name: str) -> Parser:
    """The parser of one command; the one of the screens, or of a first word, has its commands in its help."""
    if name not in COMMANDS:
        return _overview(name)
    parser = Parser(name, f"{COMMANDS[name].does[:1].upper()}{COMMANDS[name].does[1:]}.")
    COMMANDS[name].declare(parser)
    common(parser)
    return parser


def _overview(first: str) -> Parser:
    """The help that lists commands: all of them, those of one first word on one line, or those of a first word."""
    chosen = {SCREENS: OPEN_SCREENS, **COMMANDS} if first == SCREENS else _group(first)
    rows = []
    for name, each in chosen.items():
        word, _, second = name.partition(" ")
        if second and first == SCREENS:
            if second == next(iter(_group(word))).partition(" ")[2]:
                rows.append((f"{word} ...", ", ".join(one.partition(" ")[2] for one in _group(word))))
        else:
            rows.append((f"{name} {each.usage}", each.does))
    parser = Parser(first, "The words to say, the checklist, the record and the promise, at a library's desk.")
    parser.usage = "deskmate [COMMAND] [OPTIONS]"
    width = max(len(name) for name, _ in rows) + 2
    lines = [f"  deskmate {name:<{width}}{does}" for name, does in rows]
    parser.epilog = "\n".join(["commands:", *lines, "", "deskmate COMMAND --help tells its options."])
    common(parser, screens=first == SCREENS)
    return parser


def _group(word: str) -> dict[str, Command]:
    """The commands that share a first word."""
    return {name: each for name, each in COMMANDS.items() if name.startswith(f"{word} ")}


def _first_word(argv: Sequence[str]) -> int | None:
    """Where the command stands: the first argument that is no option and no option's value."""
    skip = False
    for place, word in enumerate(argv):
        if skip or word.startswith("-"):
            skip = word == "--home"
        else:
            return place
    return None


def _unknown(word: str) -> BadUsage:
    from deskmate.text.suggest import sentence

    names = list(dict.fromkeys(name.partition(" ")[0] for name in COMMANDS))
    cure = sentence(word, names) or f"See deskmate --help, or look it up: deskmate find {word}"
    return BadUsage(f'There is no command "{word}".', cure)
