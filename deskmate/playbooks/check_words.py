"""Whether a playbook's words are short, plain and kind enough: caps are errors, judgements are warnings."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from deskmate.playbooks import wording
from deskmate.playbooks.fields import REGION, suggestion
from deskmate.playbooks.model import Conditions, Playbook
from deskmate.playbooks.sources import Problem, Source, Where
from deskmate.playbooks.texts import DO, SAY, Text, texts
from deskmate.playbooks.variables import ALWAYS_SET, RULES, VARIABLES, fill, names_in

_BUT: Final = re.compile(r"\bbut\b", re.IGNORECASE)
_CHAIN: Final = re.compile(r"\b(?:which|that)\b", re.IGNORECASE)
_CAPS: Final = {
    DO: (wording.DO_WORDS, "a thing to do", "Make it two items, or say it shorter."),
    "how": (wording.HOW_WORDS, "how", "Keep what the body and the voice do."),
    "answer": (wording.CHOICE_WORDS, "an answer", "Keep what can be seen or heard."),
    "why": (wording.WHY_WORDS, "why", "Give one reason in plain words."),
    "memory": (wording.MEMORY_WORDS, "a thing to remember", "Keep the words that are remembered."),
}


def check_words(book: Playbook, source: Source, extra_names: Collection[str] = ()) -> Iterator[Problem]:
    """Every fault of a playbook's wording.

    Args:
        book: the playbook.
        source: where its texts stand.
        extra_names: variables that the library's settings add.
    """
    known = {*VARIABLES, *extra_names}
    found = list(texts(book))
    limits = wording.limits(book.urgency)
    for text in found:
        yield from _names(text, source, known)
        yield from _length(text, source)
        if text.part == SAY:
            yield from _spoken(text, source, limits)
        elif text.part == "instead":
            yield from _replacement(text, source)
    yield from _condition_faults(book, source, known)
    yield from _grade([text.text for text in found if text.part == SAY], source, limits)
    yield from _law(book, source)
    yield from _signs(book, source)


def _names(text: Text, source: Source, known: Collection[str]) -> Iterator[Problem]:
    for name in names_in(text.text):
        if name not in known:
            yield source.error(text.where, f"${name} is not a known word.", suggestion(name, sorted(known)))
    line = text.line
    if line is None or line.without:
        return
    unset = [name for name in names_in(line.text) if name in known and name not in ALWAYS_SET]
    if unset:
        yield source.error(
            text.where,
            f"${unset[0]} may not be filled in, and then nothing is said.",
            'Add the wording without it: {line: "...", without: "..."}.'
            if text.part == SAY
            else 'Add the wording without it: {do: "...", without: "..."}.',
        )


def _length(text: Text, source: Source) -> Iterator[Problem]:
    cap = _CAPS.get(text.part)
    if cap is None:
        return
    most, what, cure = cap
    words = wording.count_words(text.text)
    if words > most:
        yield source.error(text.where, f"{words} words; {what} has {most} at most.", cure)


def _spoken(text: Text, source: Source, limits: wording.Limits) -> Iterator[Problem]:
    where, said = text.where, text.text
    words = wording.count_words(said)
    if words > limits.say_words:
        yield source.error(
            where,
            f"{words} words; a spoken line has {limits.say_words} at most.",
            f"Aim at {limits.target}, or make it two lines.",
        )
    if wording.count_sentences(said) > 1:
        yield source.error(where, "Two sentences stand in one spoken line.", "Put each on a line of its own.")
    for phrase, cure in wording.banned_in(said):
        yield source.error(where, f'"{phrase}" is not said here.', cure)
    if _BUT.search(said):
        yield source.warning(where, '"But" takes back what came before it.', 'Say "and".')
    if len(_CHAIN.findall(said)) > 1:
        yield source.warning(where, 'Two "which" or "that" stand in one line.', "Say one thing at a time.")
    long = wording.long_words(fill(said, {}))
    if len(long) > wording.LONG_WORDS:
        yield source.warning(
            where, f"Words of four syllables or more: {', '.join(long)}.", "Keep one at most; find shorter words."
        )


def _replacement(text: Text, source: Source) -> Iterator[Problem]:
    for phrase, cure in wording.banned_in(text.text):
        yield source.warning(text.where, f'"{phrase}" is no better.', cure)


def _condition_faults(book: Playbook, source: Source, known: Collection[str]) -> Iterator[Problem]:
    """Conditions that can never hold, and so would hide a line without a word."""
    for where, conditions in _conditions(book):
        for name, values in conditions:
            if name not in known:
                yield source.error(where, f'"{name}" is not a known word.', suggestion(name, sorted(known)))
            for value in values:
                if name == "region" and not REGION.fullmatch(value):
                    yield source.error(where, f'"{value}" is not a region.', "Write it like US or CA-ON.")
                elif name in RULES and value not in RULES[name]:
                    yield source.error(where, f'"{name}" is never "{value}".', suggestion(value, RULES[name]))


def _conditions(book: Playbook) -> Iterator[tuple[Where, Conditions]]:
    for step in book.steps.values():
        root: Where = ("steps", step.id)
        for part, lines in (("say", step.say), ("do", tuple(item.line for item in step.do))):
            for number, line in enumerate(lines):
                yield (*root, part, number, "when"), line.when
                yield (*root, part, number, "unless"), line.unless
        for channel, spoken in step.channels.items():
            for number, line in enumerate(spoken):
                yield (*root, "channels", channel, number, "when"), line.when
                yield (*root, "channels", channel, number, "unless"), line.unless
        for number, choice in enumerate(step.choices):
            yield (*root, "choices", number, "when"), choice.when
            yield (*root, "choices", number, "unless"), choice.unless


def _grade(spoken: Iterable[str], source: Source, limits: wording.Limits) -> Iterator[Problem]:
    lines = [fill(line, {}) for line in spoken]
    grade = wording.grade(lines)
    if grade > limits.grade and sum(map(wording.count_words, lines)) >= wording.GRADE_WORDS:
        yield source.warning(
            ("steps",),
            f"The spoken lines read at school grade {grade:.1f}; {limits.grade:.0f} is the limit.",
            "Use shorter words and shorter lines.",
        )


def _law(book: Playbook, source: Source) -> Iterator[Problem]:
    for region, text in book.law.items():
        where: Where = ("law", region)
        if wording.count_sentences(text) > wording.LAW_SENTENCES:
            yield source.error(
                where, f"A law note has {wording.LAW_SENTENCES} sentences at most.", "Keep what the desk must know."
            )
        if not text.rstrip(". ").lower().endswith(wording.LAW_ENDING):
            yield source.error(
                where, "A law note sends people to the library's own rules.", f'End it "; {wording.LAW_ENDING}."'
            )


def _signs(book: Playbook, source: Source) -> Iterator[Problem]:
    for number, sign in enumerate(book.escalate):
        vague = wording.unseen_in(sign.when)
        if vague:
            yield source.warning(
                ("escalate", number, "when"),
                f'"{vague}" cannot be seen or heard.',
                "Name what happens: a second refusal, a hand laid on someone.",
            )
