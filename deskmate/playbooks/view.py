"""What the guide shows: one frozen value made from a walk, with every word filled in; and a playbook as plain text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from deskmate.faults import NotFound
from deskmate.playbooks.model import HELP, Avoid, Escalation, Nudge, Playbook, PromisePrompt, Step
from deskmate.playbooks.model import Choice as Answer
from deskmate.playbooks.variables import fill, holds, speak, wait_of
from deskmate.playbooks.walk_place import (
    BACK_CHOICE,
    Books,
    Due,
    Values,
    book_and_step,
    candidates,
    due_nudges,
    shown_choices,
    shown_items,
    spoken_lines,
)
from deskmate.playbooks.walk_state import Walk
from deskmate.text.suggest import sentence


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the checklist."""

    text: str
    ticked: datetime | None = None
    """When it was ticked, or None."""
    lit: bool = False
    """The one to do now, when they are done one by one."""
    time: str = ""
    """The name under which its moment is read out, or empty."""
    value: str = ""
    """What a `tick` or `untick` event of it carries."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer, with its key."""

    key: str
    """`1` and on."""
    answer: str
    leads_to: str = ""
    """The title of the playbook or the word HELP it leads to (a discreet playbook's code); empty within this one."""
    value: str = ""
    """What a `choose` event of it carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideView:
    """Everything the guide can show at one moment."""

    playbook: str
    step: str
    title: str
    code: str
    """The neutral code that a discreet guide shows in place of its title."""
    urgency: str
    mode: str
    discreet: bool
    sensitive: bool
    channel: str
    memory: tuple[str, ...]
    say: tuple[str, ...]
    """The sentences for this channel, the current one first."""
    how: str
    items: tuple[Item, ...]
    completed: bool
    """The list was confirmed as a whole."""
    avoid: tuple[Avoid, ...]
    ask: str
    choices: tuple[Choice, ...]
    nudges: tuple[Due, ...]
    elapsed: int
    """Seconds since it began."""
    uncertain: bool
    hold: int | None
    """Seconds of the hold that is running."""
    parked: int | None
    """Seconds of the parking that is running."""
    path: tuple[tuple[str, str], ...]
    """The steps left by an answer, and the answers."""
    can_go_back: bool
    why: str
    authority: str
    law: str
    """The law note for this region, or empty."""
    escalate: tuple[Escalation, ...]
    sources: tuple[str, ...]
    reviewed: str
    note: str
    """The library's own note."""
    promise: PromisePrompt | None
    offered: tuple[str, ...]
    """What the steps so far offer in place of a refusal: what an `offer` event may carry."""
    end: str
    """The outcome that this step closes the conversation with, or empty."""
    after: str
    """The playbook to offer when it is over, or empty."""
    help_wanted: bool
    notice: str
    today: tuple[str, ...] = ()
    """Notices of today that name this playbook: what is broken, and until when."""
    owed: tuple[str, ...] = ()
    """Of a call back: what was promised, then when; never the contact."""
    contact: bool = False
    """Of a call back: a contact is kept that can be shown."""
    keeps: bool = False
    """Of a call back: when it ends here, the promise is kept."""
    promised: str = ""
    """What was promised here so far, with its time, or empty."""

    @property
    def still(self) -> "GuideView":
        """The same with its clocks at 0: equal for as long as nothing but the time changes."""
        hold, parked = (None if running is None else 0 for running in (self.hold, self.parked))
        return replace(self, elapsed=0, hold=hold, parked=parked)

    def answering(self, number: int) -> tuple[str, str] | None:
        """The act of the walk that gives an answer, counted from 1; None when there is no such answer."""
        return ("choose", self.choices[number - 1].value) if number <= len(self.choices) else None

    def ticking(self, number: int = 0) -> tuple[str, str] | None:
        """The act that ticks the next thing to do, or turns the tick of a certain one, counted from 1; None: none."""
        left = [item for item in self.items if not item.ticked] if not number else self.items[number - 1 : number]
        return ("untick" if left[0].ticked else "tick", left[0].value) if left else None

    @property
    def name(self) -> str:
        """What may stand in the header in sight of the public: the title, or the code of a discreet guide."""
        return self.code if self.discreet else self.title


def view(walk: Walk, books: Books, values: Values, now: datetime, *, region: str) -> GuideView:
    """The guide at this moment.

    Args:
        walk: where it stands.
        books: every playbook, by id.
        values: the library's own words and switches, by variable name.
        now: the present moment, for the clocks and the nudges.
        region: country, or country and part (`US`, `CA-ON`), for the law note.

    Raises:
        NotFound: the playbook or the step is gone since.
    """
    book, step = book_and_step(walk, books)
    spoken = spoken_lines(step, walk.channel, values)
    turn = walk.spot.wording % len(spoken) if spoken else 0
    over = bool(walk.ended) or walk.at_end
    return GuideView(
        playbook=walk.playbook,
        step=walk.step,
        title=book.title,
        code=code_of(book),
        urgency=book.urgency,
        mode=book.mode,
        discreet=book.discreet,
        sensitive=book.sensitive,
        channel=walk.channel,
        memory=tuple(fill(text, values) for text in book.memory),
        say=spoken[turn:] + spoken[:turn],
        how=fill(step.how, values),
        items=_items(walk, book, step, values),
        completed=walk.spot.place in walk.completed,
        avoid=tuple(Avoid(fill(one.wrong, values), fill(one.instead, values)) for one in step.avoid),
        ask=fill(step.ask, values),
        choices=_choices(walk, books, values),
        nudges=due_nudges(walk, now, books, values),
        elapsed=walk.elapsed(now),
        uncertain=walk.uncertain(now),
        hold=walk.hold_for(now),
        parked=walk.parked_for(now),
        path=tuple((place, fill(answer, values)) for place, answer in walk.path),
        can_go_back=bool(walk.trail),
        why=fill(book.why, values),
        authority=fill(book.authority, values),
        law=fill(law_for(book, region), values),
        escalate=escalations(book, values),
        sources=book.sources,
        reviewed=book.reviewed,
        note=fill(book.note, values),
        promise=PromisePrompt(fill(step.promise.ask, values), step.promise.due) if step.promise else None,
        offered=candidates(walk, books),
        end=step.end if walk.at_end else "",
        after=_after(walk, books) if over else "",
        help_wanted=walk.help_wanted,
        notice=walk.notice,
    )


def times_read_out(walk: Walk) -> str:
    """The named moments in their order, to be read to a crew: `10:02 called · 10:04 dose 1`."""
    named = sorted(walk.times, key=lambda pair: pair[1].timestamp())
    return " · ".join(f"{at:%H:%M} {name}" for name, at in named)


def code_of(book: Playbook) -> str:
    """The neutral code of a playbook: its own, or the initials of its id (`angry-patron`: AP)."""
    return book.code or "".join(part[:1] for part in book.id.split("-")).upper()


def law_for(book: Playbook, region: str) -> str:
    """The law note of a region: its own, else its country's, else none."""
    return book.law.get(region) or book.law.get(region.partition("-")[0], "")


def escalations(book: Playbook, values: Values) -> tuple[Escalation, ...]:
    """The signs to act on, with the library's words filled in."""
    return tuple(
        Escalation(fill(sign.when, values), fill(sign.who, values), fill(sign.how, values)) for sign in book.escalate
    )


def first_say(playbook: Playbook, values: Values, channel: str) -> str:
    """The first sentence of a playbook for a channel, or empty when its first step has none."""
    step = playbook.steps.get(playbook.start)
    return next(iter(spoken_lines(step, channel, values)), "") if step else ""


def compose_text(playbook: Playbook, values: Values, step: str | None = None) -> str:
    """A playbook, or one step of it, as plain lines for a terminal or a printer.

    Args:
        playbook: the playbook.
        values: the library's own words and switches; `region` chooses the law note, without it all are given.
        step: the id of the one step wanted.

    Raises:
        NotFound: it has no such step.
    """
    if step is not None and step not in playbook.steps:
        known = ", ".join(playbook.steps)
        near = sentence(step, playbook.steps)
        raise NotFound(f"{playbook.id} has no step {step!r}.", f"{near} It has: {known}.".strip())
    lines = [f"{playbook.title} ({playbook.id})"]
    if step is not None:
        return "\n".join([*lines, "", *_step_text(playbook.steps[step], values)]) + "\n"
    lines.append(f"{playbook.category}, {playbook.urgency}, {playbook.mode}")
    lines += [f"- {fill(text, values)}" for text in playbook.memory]
    lines += _labelled("why", [fill(playbook.why, values)])
    lines += _labelled("alone", [fill(playbook.authority, values)])
    lines += _labelled("note", [fill(playbook.note, values)])
    # The first step leads, wherever the file has it.
    for name in dict.fromkeys((playbook.start, *playbook.steps)):
        if name in playbook.steps:
            lines += ["", *_step_text(playbook.steps[name], values)]
    lines.append("")
    lines += _labelled("escalate", [f"{sign.when}: {sign.who}. {sign.how}" for sign in escalations(playbook, values)])
    lines += _labelled("law", _law_text(playbook, values))
    lines += _labelled("sources", [", ".join(playbook.sources)])
    lines += _labelled("reviewed", [", ".join(text for text in (playbook.reviewed, playbook.owner) if text)])
    return "\n".join(lines).rstrip() + "\n"


def _step_text(step: Step, values: Values) -> Iterator[str]:
    """One step: its id, then each part with its label."""
    yield f"[{step.id}]"
    yield from _labelled("say", (text for line in step.say if (text := speak(line, values))))
    for channel, spoken in step.channels.items():
        yield from _labelled(channel, (text for line in spoken if (text := speak(line, values))))
    yield from _labelled("how", [fill(step.how, values)])
    yield from _labelled("do", (speak(item.line, values) or "" for _, item in shown_items(step, values)))
    yield from _labelled("avoid", (f"{fill(a.wrong, values)} | instead: {fill(a.instead, values)}" for a in step.avoid))
    yield from _labelled(
        "nudge", (f"{fill(nudge.text, values)} ({_after_text(nudge, values)})" for nudge in step.nudges)
    )
    yield from _labelled("ask", [fill(step.ask, values)])
    choices = [choice for choice in step.choices if holds(choice.when, choice.unless, values)]
    numbered = enumerate(choices, 1)
    yield from _labelled("answers", (f"{n} {fill(c.answer, values)} -> {c.go or c.visit}" for n, c in numbered))
    yield from _labelled("offer", (fill(text, values) for text in step.offered))
    if step.promise:
        yield from _labelled("promise", [f"{fill(step.promise.ask, values)} ({step.promise.due})"])
    yield from _labelled("end", [step.end])


def _after_text(nudge: Nudge, values: Values) -> str:
    """`after 2 min since step`, `after 90 s since tick:dose`."""
    wait = wait_of(nudge, values)
    minutes, seconds = divmod(wait, 60)
    return f"after {wait} s since {nudge.since}" if seconds else f"after {minutes} min since {nudge.since}"


def _law_text(book: Playbook, values: Values) -> list[str]:
    region = values.get("region", "")
    if region:
        return [fill(law_for(book, region), values)]
    return [f"{place}: {fill(text, values)}" for place, text in book.law.items()]


def _labelled(label: str, texts: Iterable[str]) -> Iterator[str]:
    """Each text on a line of its own, the label before the first; nothing for no text."""
    for text in texts:
        if text:
            yield f"{label.upper():<9}{text}"
            label = ""


def _items(walk: Walk, book: Playbook, step: Step, values: Values) -> tuple[Item, ...]:
    items: list[Item] = []
    lit = book.mode == "read-do"
    for shown, (number, item) in enumerate(shown_items(step, values), 1):
        ticked = walk.ticks.get(f"{walk.spot.place}/{number}")
        now = lit and ticked is None
        lit = lit and not now
        text = speak(item.line, values) or ""
        items.append(Item(text, ticked, lit=now, time=item.time, value=f"{shown}|{item.line.text}"))
    return tuple(items)


def _choices(walk: Walk, books: Books, values: Values) -> tuple[Choice, ...]:
    return tuple(
        Choice(str(key), fill(answer.answer, values), _leads_to(answer, walk, books), f"{key}|{answer.answer}")
        for key, answer in enumerate(shown_choices(walk, books, values), 1)
    )


def _leads_to(answer: Answer, walk: Walk, books: Books) -> str:
    if answer is BACK_CHOICE:
        return _name(books.get(walk.stack[-1].playbook))
    target = answer.go or answer.visit
    if target == HELP:
        return "HELP"
    if answer.go in books[walk.playbook].steps:
        return ""
    return _name(books.get(target))


def _name(book: Playbook | None) -> str:
    """What may be shown of a playbook beside an answer; nothing of one that is not there."""
    if book is None:
        return ""
    return code_of(book) if book.discreet else book.title


def _after(walk: Walk, books: Books) -> str:
    """What to offer when it is over: the wish of the last playbook played that has one."""
    played = (books[name] for name in reversed(walk.played) if name in books)
    return next((book.after for book in played if book.after in books), "")
