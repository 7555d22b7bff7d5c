"""`deskmate find`: what fits some words, without the screens, the log, the settings or YAML while nothing changed."""

from collections.abc import Sequence
from typing import Final

from deskmate.cli.output import ALARM, BOLD, FAINT
from deskmate.cli.session import Session
from deskmate.playbooks.answers import Hit
from deskmate.playbooks.lookup import Lookup
from deskmate.playbooks.prepared import mark, read

FIELDS: Final = ("id", "title", "category", "urgency", "score", "matched", "confident", "guess", "say")
"""What `--json` tells of each answer."""
_MARKS: Final = {"emergency": ("EMERGENCY ", ALARM), "urgent": ("URGENT ", BOLD)}


def find(session: Session) -> int:
    """Print what fits the words, best first; 0 even when nothing fits, since the answer is then an empty list."""
    args, out = session.args, session.out
    found = _found(session, " ".join(args.words), args.limit)
    if args.json:
        out.json([{name: getattr(each, name) for name in FIELDS} for each in found])
        return 0
    if not found:
        out.line("Nothing fits these words. Try others, or see: deskmate playbooks list")
    if found and found[0].guess:
        out.line(("Not sure. The nearest:", FAINT))
    for rank, each in enumerate(found, 1):
        out.line(f"{rank:>2}  ", _MARKS.get(each.urgency, ""), (each.title, BOLD), "  ", (f"({each.id})", FAINT))
        if each.say:
            out.line("    say: ", each.say)
        if each.matched:
            out.line("    ", (f"why: {', '.join(each.matched)}", FAINT))
    return 0


def _found(session: Session, words: str, limit: int) -> Sequence[Hit]:
    """The answers, from the texts that an earlier run or a desk kept while no file has changed since."""
    places = session.places
    kept = read(places.cache, mark(places, session.environment))
    if kept is None:
        return session.desk.answers.find(words, limit)
    session.wrong = kept["wrong"]
    return Lookup(kept, session.clock.now().date().isoformat()).search(words, limit)
