"""Whether a playbook has the parts it needs and no more than a screen and a head can hold."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from deskmate.faults import BadUsage
from deskmate.hours import DEFAULT
from deskmate.playbooks import wording
from deskmate.playbooks.model import Line, Playbook, Step
from deskmate.playbooks.sources import Problem, Source, Where
from deskmate.playbooks.texts import SAY, texts
from deskmate.playbooks.variables import fill

ROWS: Final = 20
"""Rows the guide has for a step on a screen of 80x24: the header, the path and the key line take the rest."""
LARGE: Final = 74
"""Columns of the large spoken line; it has an empty row below it."""
SMALL: Final = 72
"""Columns of the other lines, after their mark or box."""
FIRST_ITEMS: Final = 5
"""Things to do on the step that is seen first."""
_MORNING: Final = datetime(2026, 1, 5, 10, tzinfo=UTC)
"""An ordinary Monday, on which a due phrase is tried."""


def check_shape(book: Playbook, source: Source, today: date) -> Iterator[Problem]:
    """Whether a whole playbook has its parts, in numbers that help; nearly all of it warns."""
    yield from _lists(book, source)
    yield from _counts(book, source)
    yield from _review(book, source, today)
    yield from _questions(book, source)


def check_steps(book: Playbook, source: Source) -> Iterator[Problem]:
    """Whether each step is small enough; this holds for steps that are laid over a built-in playbook, too."""
    if len(book.memory) > wording.MEMORY_ITEMS:
        yield source.error(
            ("memory", wording.MEMORY_ITEMS), "More than three things to remember.", "Keep the three that save."
        )
    for step in book.steps.values():
        yield from _step(book, step, source)


def rows_needed(step: Step) -> int:
    """Rows a step takes on a screen of 80 columns, in the wording that needs most; an estimate by wrapped widths."""
    spoken = max((_spoken_rows(lines) for lines in (step.say, *step.channels.values())), default=0)
    items = sum(_wrapped(item.line.text, SMALL) for item in step.do)
    return spoken + bool(step.how) + items + bool(step.ask) + len(step.choices)


def _spoken_rows(lines: tuple[Line, ...]) -> int:
    if not lines:
        return 0
    return _wrapped(lines[0].text, LARGE) + 1 + sum(_wrapped(line.text, SMALL) for line in lines[1:])


def _wrapped(text: str, width: int) -> int:
    """Rows of a text, broken between words."""
    rows, used = 1, 0
    for word in fill(text, {}).split():
        if used and used + 1 + len(word) > width:
            rows, used = rows + 1, len(word)
        else:
            used += len(word) + bool(used)
    return rows


def _lists(book: Playbook, source: Source) -> Iterator[Problem]:
    if len(book.also) < wording.SYNONYMS:
        yield source.warning(
            ("also",),
            f"{len(book.also)} other words to find it by; {wording.SYNONYMS} find it far more often.",
            "Add what staff would type.",
        )
    if len(book.examples) not in wording.EXAMPLES:
        yield source.warning(
            ("examples",), f"{len(book.examples)} examples; 3 to 5 are wanted.", "Write what staff type in a hurry."
        )
    title = _content(book.title)
    for number, example in enumerate(book.examples):
        words = _content(example)
        if words and words <= title:
            yield source.warning(
                ("examples", number), "The example has only words of the title.", "Write it in other words."
            )
    if not book.sources:
        yield source.warning(("sources",), "No source is named.", "Add the tags of what it rests on.")
    if book.urgency != "routine" and not book.memory:
        yield source.warning(("memory",), "Nothing to remember in a hurry.", "Add up to three memory items.")


def _counts(book: Playbook, source: Source) -> Iterator[Problem]:
    if book.form != "full":
        return
    counts: tuple[tuple[str, int, range, str], ...] = (
        ("steps", len(book.steps), wording.STEPS, "steps"),
        ("escalate", len(book.escalate), wording.ESCALATIONS, "signs to escalate on"),
        ("steps", sum(len(step.avoid) for step in book.steps.values()), wording.AVOID_ITEMS, "things to avoid"),
    )
    for part, count, wanted, what in counts:
        if count not in wanted:
            yield source.warning(
                (part,), f"{count} {what}; {wanted.start} to {wanted.stop - 1} are wanted.", "Add some, or merge some."
            )


def _review(book: Playbook, source: Source, today: date) -> Iterator[Problem]:
    if not book.reviewed:
        if ("reviewed",) not in source.marks:  # one that is there and is no date is told already
            yield source.warning(("reviewed",), "It has no review date.", f"Add reviewed: {today.isoformat()}.")
        return
    reviewed = date.fromisoformat(book.reviewed)
    months = (today.year - reviewed.year) * 12 + today.month - reviewed.month - (today.day < reviewed.day)
    if reviewed > today:
        yield source.warning(("reviewed",), "The review date is in the future.", "Write the day it was reviewed.")
    elif months >= wording.REVIEW_MONTHS:
        yield source.warning(
            ("reviewed",), f"The last review is {months} months ago.", "Read it through and set the date again."
        )


def _step(book: Playbook, step: Step, source: Source) -> Iterator[Problem]:
    root: Where = ("steps", step.id)
    for where, lines in ((("say",), step.say), *((("channels", name), many) for name, many in step.channels.items())):
        if len(lines) > wording.SAY_LINES:
            yield source.error(
                (*root, *where), f"{len(lines)} lines to say; {wording.SAY_LINES} at most.", "Make it two steps."
            )
    most = wording.limits(book.urgency).items
    if len(step.do) > most:
        yield source.warning(
            (*root, "do"), f"{len(step.do)} things to do; {most} at most.", "Make it two steps, or drop some."
        )
    elif step.id == book.start and len(step.do) > FIRST_ITEMS:
        yield source.warning(
            (*root, "do"), f"{len(step.do)} things to do on the first screen; {FIRST_ITEMS} fit.", "Move some on."
        )
    always = sum(1 for choice in step.choices if not choice.when and not choice.unless)
    if always > wording.CHOICES or len(step.choices) > wording.CHOICE_KEYS:
        yield source.error(
            (*root, "choices"), f"{len(step.choices)} choices; {wording.CHOICES} at most.", "Ask in two steps."
        )
    if step.promise is not None:
        yield from _promise(step.promise.due, (*root, "promise", "due"), source)
    elif step.end == "promised":
        yield source.warning(
            (*root, "end"),
            "It ends with a promise that nobody is asked to write down.",
            'Add promise: {ask: "By when?", due: "in 60 min"}.',
        )
    rows = rows_needed(step)
    if rows > ROWS:
        yield source.warning(
            root, f"The step needs {rows} rows; a screen of 80x24 has {ROWS} for it.", "Shorten it, or make it two."
        )


def _promise(phrase: str, where: Where, source: Source) -> Iterator[Problem]:
    """A due phrase that the desk cannot read would stop a promise at the worst moment."""
    from deskmate.text.due import parse  # its grammar is only needed here

    try:
        parse(phrase, _MORNING, DEFAULT, shift_end=_MORNING + timedelta(hours=6))
    except BadUsage as fault:
        yield source.error(where, f'"{phrase}" is not understood as a time.', fault.cure)


def _questions(book: Playbook, source: Source) -> Iterator[Problem]:
    """A service playbook asks one open question, and asks at the end whether there is anything else."""
    if book.form != "full" or book.urgency != "routine":
        return
    spoken = [text.text for text in texts(book) if text.part == SAY]
    if not any(wording.is_open_question(line) for line in spoken):
        yield source.warning(
            ("steps",), "No line asks an open question.", 'Ask one that begins with "what", "how" or "which".'
        )
    if not any("anything else" in line.lower() for line in spoken):
        yield source.warning(
            ("steps",), "No line asks whether that was all.", 'Add "Is there anything else I can do?" where it closes.'
        )


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _words(text) if len(word) > 3)


def _words(text: str) -> Iterable[str]:
    return text.lower().replace(",", " ").replace("?", " ").split()
