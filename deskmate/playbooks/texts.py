"""Every text of a playbook with its part in it and its place in the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from deskmate.playbooks.model import Line, Playbook, Step
from deskmate.playbooks.sources import Where

SAY = "say"
DO = "do"


@dataclass(frozen=True, slots=True)
class Text:
    """One text: `part` is `say`, `do`, `how`, `answer`, `instead` and so on, as the file calls it."""

    part: str
    where: Where
    text: str
    line: Line | None = None
    """The line it belongs to, when it is spoken or done."""


def texts(book: Playbook) -> Iterator[Text]:
    """All texts of a playbook, in the file's order of parts."""
    for part in ("title", "code", "why", "authority", "owner", "note"):
        yield from _plain(part, (part,), getattr(book, part))
    for part in ("also", "examples", "memory"):
        yield from _listed(part, (part,), getattr(book, part))
    for number, sign in enumerate(book.escalate):
        for part in ("when", "who", "how"):
            yield Text(f"escalate {part}", ("escalate", number, part), getattr(sign, part))
    for region, text in book.law.items():
        yield Text("law", ("law", region), text)
    for step in book.steps.values():
        yield from step_texts(step)


def step_texts(step: Step) -> Iterator[Text]:
    """All texts of one step."""
    root: Where = ("steps", step.id)
    yield from _lines(SAY, (*root, "say"), step.say)
    for channel, lines in step.channels.items():
        yield from _lines(SAY, (*root, "channels", channel), lines)
    yield from _plain("how", (*root, "how"), step.how)
    yield from _lines(DO, (*root, "do"), (item.line for item in step.do))
    for number, avoid in enumerate(step.avoid):
        yield Text("not", (*root, "avoid", number, "not"), avoid.wrong)
        yield Text("instead", (*root, "avoid", number, "instead"), avoid.instead)
    for number, nudge in enumerate(step.nudges):
        yield Text("nudge", (*root, "nudge", number, "text"), nudge.text)
    yield from _plain("ask", (*root, "ask"), step.ask)
    for number, choice in enumerate(step.choices):
        yield Text("answer", (*root, "choices", number, "answer"), choice.answer)
    if step.promise is not None:
        yield Text("promise", (*root, "promise", "ask"), step.promise.ask)
    yield from _listed("offered", (*root, "offered"), step.offered)


def _plain(part: str, where: Where, text: str) -> Iterator[Text]:
    if text:
        yield Text(part, where, text)


def _listed(part: str, where: Where, items: Iterable[str]) -> Iterator[Text]:
    for number, text in enumerate(items):
        yield Text(part, (*where, number), text)


def _lines(part: str, where: Where, lines: Iterable[Line]) -> Iterator[Text]:
    """The wording of each line, and the one without the library's own words."""
    for number, line in enumerate(lines):
        yield Text(part, (*where, number), line.text, line)
        if line.without:
            yield Text(part, (*where, number, "without"), line.without)
