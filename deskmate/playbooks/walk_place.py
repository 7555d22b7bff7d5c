"""What a walk finds where it stands: the step's answers, items and sentences, the nudges that are due, the outcome."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from deskmate.faults import NotFound
from deskmate.playbooks.model import Choice, Item, Nudge, Playbook, Step
from deskmate.playbooks.variables import fill, holds, speak, wait_of
from deskmate.playbooks.walk_state import Walk, seconds_between

Books = Mapping[str, Playbook]
"""Every playbook, by id."""
Values = Mapping[str, str]
"""The library's own words and switches, by variable name."""

BACK_CHOICE: Final = Choice(answer="Back to where I was", go="..")
"""The answer that leads back from the closing step of a visit; `..` cannot be the id of a step."""

ONLINE: Final = ("chat", "email", "sms", "social")
"""The channels that `online` stands for in a playbook's `channels`."""


@dataclass(frozen=True, slots=True)
class Due:
    """A nudge whose time has come."""

    text: str
    since: str
    """What it counts from, as the playbook has it: `step`, `start`, `hold` or `tick:<item id>`."""
    at: datetime
    """When it became due."""
    quiet: bool = True
    """A line on the screen only, without a bell."""


def book_of(playbook_id: str, books: Books) -> Playbook:
    """The playbook with this id.

    Raises:
        NotFound: there is none.
    """
    book = books.get(playbook_id)
    if book is None:
        raise NotFound(f"There is no playbook {playbook_id!r} here.", "Look up another one.")
    return book


def book_and_step(walk: Walk, books: Books) -> tuple[Playbook, Step]:
    """The playbook and the step a walk stands at.

    Raises:
        NotFound: one of them is gone since.
    """
    book = book_of(walk.playbook, books)
    step = book.steps.get(walk.step)
    if step is None:
        raise NotFound(f"The step {walk.step!r} of {book.title!r} is gone.", "Go back, or look the playbook up again.")
    return book, step


def shown_choices(walk: Walk, books: Books, values: Values) -> tuple[Choice, ...]:
    """The answers that can be given now, in the order of their keys."""
    _, step = book_and_step(walk, books)
    choices = tuple(choice for choice in step.choices if holds(choice.when, choice.unless, values))
    return (*choices, BACK_CHOICE) if step.end and walk.stack else choices


def shown_items(step: Step, values: Values) -> tuple[tuple[int, Item], ...]:
    """The items to do that apply here, each with its number in the file, from 1."""
    return tuple((number, item) for number, item in enumerate(step.do, 1) if speak(item.line, values) is not None)


def spoken_lines(step: Step, channel: str, values: Values) -> tuple[str, ...]:
    """The sentences for a channel, in the file's order; without wording of its own it has the plain one."""
    names = (channel, "online") if channel in ONLINE else (channel,)
    for lines in (*(step.channels.get(name, ()) for name in names), step.say):
        spoken = tuple(text for line in lines if (text := speak(line, values)))
        if spoken:
            return spoken
    return ()


def candidates(walk: Walk, books: Books) -> tuple[str, ...]:
    """The alternatives that the steps on the path offer, in their order, each once.

    Names are left neutral ("the person in charge"): they go into the record, which keeps nobody's name.
    """
    texts: dict[str, None] = {}
    for spot in (*(move.spot for move in walk.trail), walk.spot):
        book = books.get(spot.playbook)
        step = book.steps.get(spot.step) if book else None
        if step:
            texts.update(dict.fromkeys(fill(text, {}) for text in step.offered))
    return tuple(texts)


def outcome(walk: Walk, books: Books) -> str:
    """How it came out: as ended, else as an answer settled it, else as the closing step has it.

    Without any of these it is the playbook's default, else `answered` for a routine one and `unresolved` for the rest.
    """
    book = books.get(walk.playbook)
    closing = walk.spot.end if walk.at_end else ""
    known = walk.ended or walk.settled.get("outcome", "") or closing
    if known or book is None:
        return known or "unresolved"
    return book.record.get("outcome") or ("answered" if book.urgency == "routine" else "unresolved")


def due_nudges(walk: Walk, now: datetime, books: Books, values: Values) -> tuple[Due, ...]:
    """The nudges of the current step that are due, the newest first; they stay while the walk stays at the step."""
    if walk.ended:
        return ()
    book, step = book_and_step(walk, books)
    found = []
    for nudge in step.nudges:
        began = _began(walk, book, nudge)
        wait = wait_of(nudge, values)
        if began is not None and seconds_between(began, now) >= wait:
            at = began + timedelta(seconds=wait)
            found.append(Due(fill(nudge.text, values), nudge.since, at, quiet=nudge.quiet))
    return tuple(sorted(found, key=lambda due: due.at.timestamp(), reverse=True))


def _began(walk: Walk, book: Playbook, nudge: Nudge) -> datetime | None:
    """The moment a nudge counts from, or None while that did not happen.

    An item may be ticked at one step and count at the next ("2 min since the dose"), so all of the playbook's are
    looked through.
    """
    if nudge.since == "hold":
        return walk.hold_since
    if nudge.since == "start":
        return walk.spot.opened
    kind, _, wanted = nudge.since.partition(":")
    if kind != "tick":
        return walk.spot.since
    ticked = (
        walk.ticks.get(f"{walk.playbook}/{step.id}/{number}")
        for step in book.steps.values()
        for number, item in enumerate(step.do, 1)
        if item.id == wanted
    )
    return max((at for at in ticked if at is not None), key=datetime.timestamp, default=None)
