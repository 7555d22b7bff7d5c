"""`deskmate find`: what fits some words, without the screens, the log, the settings or YAML while nothing changed."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from deskmate.cli.output import ALARM, BOLD, FAINT, Output, worked_around
from deskmate.clock import SystemClock
from deskmate.places import Places, find_places
from deskmate.playbooks.hit import Hit
from deskmate.playbooks.lookup import Lookup
from deskmate.playbooks.meaning import load as load_meanings
from deskmate.playbooks.prepared import mark, read

if TYPE_CHECKING:
    from deskmate.cli.session import Session

FIELDS: Final = ("id", "title", "category", "urgency", "score", "matched", "confident", "guess", "say")
"""What `--json` tells of each answer."""
LIMIT: Final = 8
"""Answers that are printed unless more are asked for."""
_MARKS: Final = {"emergency": ("EMERGENCY ", ALARM), "urgent": ("URGENT ", BOLD)}


def quickly(argv: Sequence[str], out: Output, environment: Mapping[str, str]) -> int | None:
    """Answer a plain `find WORDS... [--json]` from the cache; None when it holds nothing or other options are given.

    Without argparse, the table of commands and the session this takes 5 times an empty Python; with them, 8 times.
    """
    words = [word for word in argv[1:] if not word.startswith("-")]
    if argv[:1] != ["find"] or not words or not {"--json", "--no-color"}.issuperset(set(argv[1:]) - set(words)):
        return None
    found = _kept(find_places(environment), environment, " ".join(words), LIMIT)
    if found is None:
        return None
    hits, wrong = found
    _print(out, hits, as_json="--json" in argv)
    if wrong:
        out.note(worked_around(wrong))
    return 0


def find(session: "Session") -> int:
    """Print what fits the words, best first; 0 even when nothing fits, since the answer is then an empty list."""
    args = session.args
    words = " ".join(args.words)
    found = _kept(session.places, session.environment, words, args.limit)
    if found is None:
        hits: Sequence[Hit] = session.desk.answers.find(words, args.limit)
    else:
        hits, session.wrong = found
    _print(session.out, hits, as_json=args.json)
    return 0


def _kept(places: Places, environment: Mapping[str, str], words: str, limit: int) -> tuple[Sequence[Hit], int] | None:
    """The answers from the texts that an earlier run or a desk kept, while no file has changed since; what is wrong."""
    kept = read(places.cache, mark(places, environment))
    if kept is None:
        return None
    today = SystemClock().now().date().isoformat()
    return Lookup(kept, today, load_meanings(places.meanings)).search(words, limit), kept["wrong"]


def _print(out: Output, hits: Sequence[Hit], *, as_json: bool) -> None:
    if as_json:
        out.json([{name: getattr(each, name) for name in FIELDS} for each in hits])
        return
    if not hits:
        out.line("Nothing fits these words. Try others, or see: deskmate playbooks list")
    if hits and hits[0].guess:
        out.line(("Not sure. The nearest:", FAINT))
    for rank, each in enumerate(hits, 1):
        out.line(f"{rank:>2}  ", _MARKS.get(each.urgency, ""), (each.title, BOLD), "  ", (f"({each.id})", FAINT))
        if each.say:
            out.line("    say: ", each.say)
        if each.matched:
            out.line("    ", (f"why: {', '.join(each.matched)}", FAINT))
