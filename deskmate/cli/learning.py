"""`deskmate playbooks learn`, `forget`, `phrases` and `wishes`: what the look-up learned here, and what it lacks."""

from deskmate.cli.output import FAINT
from deskmate.cli.session import Session
from deskmate.faults import NotFound


def learn(session: Session) -> int:
    """Remember that words mean a playbook, a fact or a directory line.

    Raises:
        NotFound: nothing has this id.
        BadUsage: the words say too little.
    """
    args, desk = session.args, session.desk
    row = args.id if args.id.startswith(("fact:", "directory:")) else f"playbook:{args.id}"
    if row.startswith("playbook:"):
        desk.library.playbook(args.id)
    else:
        desk.answers.answer(row)
    words = desk.learning.remember(" ".join(args.words), row)
    session.out.line(f'Remembered: "{words}" finds {args.id}.')
    return 0


def forget(session: Session) -> int:
    """Let words mean nothing of their own again.

    Raises:
        BadUsage: they were not remembered.
    """
    words = session.desk.learning.forget(" ".join(session.args.words))
    session.out.line(f'Forgotten: "{words}". The log keeps the older version until it is erased.')
    return 0


def phrases(session: Session) -> int:
    """Print what was remembered, by what it finds."""
    found = session.desk.learning.phrases()
    if session.args.json:
        session.out.json({meant: list(texts) for meant, texts in sorted(found.items())})
        return 0
    for meant, texts in sorted(found.items()):
        session.out.line((meant, FAINT))
        for text in texts:
            session.out.line(f"  {text}")
    if not found:
        session.out.line("Nothing was remembered yet. In a guide, m remembers the words that were typed for it.")
    return 0


def wishes(session: Session) -> int:
    """Print the words for which no guide fitted, or close one that was met.

    Raises:
        NotFound: no open wish has these words.
    """
    learning = session.desk.learning
    if session.args.met:
        words = session.args.met
        if not learning.meet(words):
            raise NotFound(f'No open wish has the words "{words}".', "See: deskmate playbooks wishes")
        session.out.line(f'Met: "{words}".')
        return 0
    found = learning.wishes()
    if session.args.json:
        session.out.json([{"at": at.isoformat(timespec="seconds"), "words": words} for at, words in found])
        return 0
    for at, words in found:
        session.out.line((f"{at:%Y-%m-%d}  ", FAINT), words)
    if not found:
        session.out.line("No wishes are open.")
    return 0
