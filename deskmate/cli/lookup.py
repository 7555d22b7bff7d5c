"""`deskmate show`: a playbook, a fact or a directory line as text, without the screens, the log or YAML."""

from collections.abc import Mapping
from typing import Any

from deskmate.cli.output import BOLD
from deskmate.cli.session import Session
from deskmate.playbooks.model import Line, Playbook, Step


def show(session: Session) -> int:
    """Print a playbook, a fact or a directory line.

    Raises:
        NotFound: nothing has this id, or the playbook has no such step.
    """
    args, desk = session.args, session.desk
    if args.id.startswith(("fact:", "directory:")):
        answer = desk.answers.answer(args.id)
        if args.json:
            value = {"id": args.id, "title": answer.title, "text": answer.text, "kind": answer.kind}
            session.out.json({**value, "example": answer.example})
        else:
            session.out.line((answer.title, BOLD))
            session.out.text(answer.text)
            if answer.example:
                session.out.line("(An example: put your own into the home's files.)")
        return 0
    from deskmate.playbooks.view import compose_text

    values = desk.settings.variables()
    text = compose_text(desk.library.playbook(args.id), values, args.step)
    if args.json:
        session.out.json(playbook_json(desk.library.playbook(args.id), values, args.step))
    else:
        session.out.text(text)
    return 0


def playbook_json(book: Playbook, values: Mapping[str, str], step: str | None = None) -> dict[str, Any]:
    """A playbook as one JSON object, with the library's own words in its lines.

    Args:
        book: the playbook.
        values: the words by name; `region` chooses the law note.
        step: the id of the one step wanted; it must be there.
    """
    from deskmate.playbooks.variables import fill
    from deskmate.playbooks.view import escalations, law_for

    plain = ("id", "title", "category", "form", "urgency", "mode", "discreet", "sensitive", "owner", "reviewed")
    filled = ("why", "authority", "note")
    signs = ({"when": sign.when, "who": sign.who, "how": sign.how} for sign in escalations(book, values))
    steps = [book.steps[step]] if step else book.steps.values()
    return {
        **{name: getattr(book, name) for name in plain},
        **{name: fill(getattr(book, name), values) for name in filled},
        "memory": [fill(text, values) for text in book.memory],
        "law": fill(law_for(book, values.get("region", "")), values),
        "escalate": list(signs),
        "sources": list(book.sources),
        "start": book.start,
        "after": book.after,
        "steps": [_step(each, values) for each in steps],
    }


def _step(step: Step, values: Mapping[str, str]) -> dict[str, Any]:
    from deskmate.playbooks.variables import fill, holds, speak, wait_of

    def spoken(lines: tuple[Line, ...]) -> list[str]:
        return [text for line in lines if (text := speak(line, values))]

    choices = (choice for choice in step.choices if holds(choice.when, choice.unless, values))
    promise = step.promise
    return {
        "id": step.id,
        "say": spoken(step.say),
        "channels": {channel: spoken(lines) for channel, lines in step.channels.items()},
        "how": fill(step.how, values),
        "do": spoken(tuple(item.line for item in step.do)),
        "avoid": [{"not": fill(one.wrong, values), "instead": fill(one.instead, values)} for one in step.avoid],
        "nudges": [
            {"after_seconds": wait_of(nudge, values), "since": nudge.since, "text": fill(nudge.text, values)}
            for nudge in step.nudges
        ],
        "ask": fill(step.ask, values),
        "choices": [
            {"answer": fill(choice.answer, values), "go": choice.go, "visit": choice.visit} for choice in choices
        ],
        "promise": {"ask": fill(promise.ask, values), "due": promise.due} if promise else None,
        "offered": [fill(text, values) for text in step.offered],
        "end": step.end,
    }
