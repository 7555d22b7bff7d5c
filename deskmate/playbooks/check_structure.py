"""Where a playbook leads: unknown targets, dead ends, steps nobody reaches, loops without a way out."""

from collections.abc import Collection, Iterable, Iterator

from deskmate.playbooks.model import HELP, Choice, Playbook, Step
from deskmate.playbooks.sources import Problem, Source
from deskmate.text.suggest import sentence


def broken_links(
    book: Playbook, source: Source, known: Collection[str], under: Playbook | None = None
) -> list[Problem]:
    """What would leave somebody standing at the desk without a next step.

    Args:
        book: the playbook, laid over whatever is below it.
        source: the file whose faults are told.
        known: the ids of all playbooks.
        under: the playbook below a file that has only some of its steps.
    """
    return [
        *_start(book, source),
        *_targets(book, source, known),
        *_dead_ends(book, source, under),
        *_nudges(book, source),
        *_after(book, source, known),
    ]


def check_structure(
    book: Playbook, source: Source, known: Collection[str], under: Playbook | None = None
) -> list[Problem]:
    """Every fault of where a playbook leads, the broken links included; the arguments are those of `broken_links`."""
    problems = broken_links(book, source, known, under)
    is_cut = any(_is_cut(step, under) or _slip(step, under) for step in book.steps.values())
    if book.start in book.steps and not is_cut:  # what follows from a step that lost its answers is no fault of its own
        problems += _unreached(book, source)
        problems += _endless(book, source)
    problems += _hidden_choices(book, source)
    problems += [
        source.warning(
            ("steps", step), f'The step "{step}" has the name of a playbook.', "Rename it, so that go: is plain."
        )
        for step in book.steps
        if step in known
    ]
    return problems


def reached(book: Playbook) -> set[str]:
    """The steps that some way from the start comes to."""
    found: set[str] = set()
    waiting = [book.start]
    while waiting:
        step = waiting.pop()
        if step in book.steps and step not in found:
            found.add(step)
            waiting.extend(choice.go for choice in book.steps[step].choices)
    return found


def _start(book: Playbook, source: Source) -> Iterator[Problem]:
    if book.start not in book.steps:
        yield source.error(
            ("start",),
            f'The playbook starts at "{book.start}", and no step has that name.',
            _near(book.start, book.steps),
        )


def _targets(book: Playbook, source: Source, known: Collection[str]) -> Iterator[Problem]:
    for step, number, choice in _choices(book):
        where = ("steps", step.id, "choices", number)
        if choice.go == book.id:
            yield source.error((*where, "go"), "The choice hands over to its own playbook.", f"Write go: {book.start}.")
        elif choice.go and choice.go not in book.steps and choice.go != HELP and choice.go not in known:
            cure = _near(choice.go, [*book.steps, HELP], known)
            yield source.error((*where, "go"), f'"{choice.go}" is neither a step here nor a playbook.', cure)
        if choice.visit in book.steps or choice.visit == HELP:
            yield source.error(
                (*where, "visit"), f'"{choice.visit}" is not another playbook.', f"Write go: {choice.visit}."
            )
        elif choice.visit and choice.visit not in known:
            yield source.error((*where, "visit"), f'There is no playbook "{choice.visit}".', _near(choice.visit, known))


def _is_cut(step: Step, under: Playbook | None) -> bool:
    """Whether a step lost its answers, because a library wrote only the words it wanted to change."""
    whole = under.steps.get(step.id) if under else None
    return whole is not None and not step.choices and not step.end and bool(whole.choices or whole.end)


def _slip(step: Step, under: Playbook | None) -> str:
    """A did-you-mean for a step that leads nowhere and has nearly the name of one below it, or nothing."""
    if under is None or step.id in under.steps or step.choices or step.end:
        return ""
    return sentence(step.id, under.steps)


def _dead_ends(book: Playbook, source: Source, under: Playbook | None) -> Iterator[Problem]:
    for step in book.steps.values():
        if under is not None and _is_cut(step, under):
            yield source.error(
                ("steps", step.id),
                f'The step "{step.id}" takes the place of the whole built-in step, and its answers are gone.',
                f"Copy that step whole from {under.origin}, then change its words.",
            )
        elif slip := _slip(step, under):
            yield source.error(("steps", step.id), f'The built-in playbook has no step "{step.id}".', slip)
        elif not step.choices and not step.end:
            yield source.error(
                ("steps", step.id), f'The step "{step.id}" is a dead end.', "Add choices:, or end: with an outcome."
            )
        elif step.choices and step.end:
            yield source.error(
                ("steps", step.id, "end"),
                f'The step "{step.id}" ends the playbook and also goes on.',
                "Keep end: or choices:.",
            )


def _nudges(book: Playbook, source: Source) -> Iterator[Problem]:
    items = [item.id for step in book.steps.values() for item in step.do if item.id]
    for step in book.steps.values():
        for number, nudge in enumerate(step.nudges):
            item = nudge.since.removeprefix("tick:")
            if item != nudge.since and item not in items:
                yield source.error(
                    ("steps", step.id, "nudge", number, "since"), f'No item has the id "{item}".', _near(item, items)
                )
    for step in book.steps.values():
        for number, item_ in enumerate(step.do):
            if item_.id and items.count(item_.id) > 1:
                yield source.error(
                    ("steps", step.id, "do", number, "id"),
                    f'Two items have the id "{item_.id}".',
                    "Give each its own: a nudge counts from one.",
                )


def _after(book: Playbook, source: Source, known: Collection[str]) -> Iterator[Problem]:
    if book.after and book.after not in known:
        yield source.error(("after",), f'There is no playbook "{book.after}".', _near(book.after, known))


def _unreached(book: Playbook, source: Source) -> Iterator[Problem]:
    found = reached(book)
    for step in book.steps:
        if step not in found:
            yield source.error(
                ("steps", step), f'No choice leads to the step "{step}".', "Add a choice that goes there, or delete it."
            )


def _endless(book: Playbook, source: Source) -> Iterator[Problem]:
    """Steps from which no way comes to an end, HELP or another playbook; and a playbook that never closes."""
    out = {step.id for step in book.steps.values() if step.end or any(_leaves(book, choice) for choice in step.choices)}
    grown = True
    while grown:
        more = {
            step.id
            for step in book.steps.values()
            if step.id not in out and any(choice.go in out for choice in step.choices)
        }
        grown = bool(more)
        out |= more
    found = reached(book)
    for step in book.steps.values():
        if step.id in found and step.choices and step.id not in out:
            yield source.error(
                ("steps", step.id),
                f'From the step "{step.id}" no choice ever comes to an end.',
                "Add a choice that leads to a step with end:.",
            )
    closes = any(book.steps[step].end for step in found)
    hands_over = any(choice.go and choice.go not in book.steps and choice.go != HELP for _, _, choice in _choices(book))
    if not closes and not hands_over:
        yield source.error(
            ("steps",), "No step closes the playbook.", "Add end: with an outcome to the step where it is over."
        )


def _leaves(book: Playbook, choice: Choice) -> bool:
    return bool(choice.go) and choice.go not in book.steps


def _hidden_choices(book: Playbook, source: Source) -> Iterator[Problem]:
    for step in book.steps.values():
        if step.choices and all(choice.when or choice.unless for choice in step.choices):
            yield source.warning(
                ("steps", step.id, "choices"),
                "Every choice here has a condition: somewhere none is shown.",
                "Leave one without when: and unless:.",
            )


def _choices(book: Playbook) -> Iterator[tuple[Step, int, Choice]]:
    for step in book.steps.values():
        for number, choice in enumerate(step.choices):
            yield step, number, choice


def _near(word: str, *options: Iterable[str]) -> str:
    """What was meant: an option of the first kind before one of the next."""
    near = (sentence(word, kind) for kind in options)
    return next(filter(None, near), "Write the id of one that is there.")
