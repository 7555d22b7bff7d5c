"""A period beside the one before: both numbers and the direction in words, never a grade."""

from collections.abc import Iterator, Mapping
from typing import Final

from deskmate.model.interaction import CHANNELS, KINDS
from deskmate.reports.summary import SMALL, Summary
from deskmate.reports.words import CHANNEL_WORDS, FEEDBACK_WORDS, KIND_WORDS, word

SAME: Final = "the same"
NO_WORD: Final = "too few to compare"


def compared(summary: Summary, before: Summary) -> list[tuple[str, str]]:
    """What can be told side by side: a label, and `41, before 38: 3 more`.

    Rows of which both periods have none are left out.
    """
    return [
        (label, _told(now, then, hidden=hidden and summary.small_cells))
        for label, now, then, hidden in _pairs(summary, before)
        if now or then
    ]


def unfinished(summary: Summary) -> bool:
    """Whether the period runs on, so that the whole one before it has had more time."""
    return summary.now < summary.end


def _pairs(summary: Summary, before: Summary) -> Iterator[tuple[str, int, int, bool]]:
    """A label, the number now and the one before, and whether a small number is hidden: all but the total."""
    now, then = summary.counted, before.counted
    yield "Contacts", now.n, then.n, False
    yield from _table(now.channels, then.channels, CHANNELS, {**CHANNEL_WORDS, "other": "Came another way"})
    yield from _table(now.kinds, then.kinds, KINDS, {**KIND_WORDS, "other": "About something else"})
    yield "Tense", now.strains.get("tense", 0), then.strains.get("tense", 0), True
    yield "Red", now.strains.get("red", 0), then.strains.get("red", 0), True
    yield "Declined", now.declined, then.declined, True
    yield "Escalated", now.escalated, then.escalated, True
    yield "Incidents", now.incidents, then.incidents, True
    yield "Promises kept in time", summary.promises.kept, before.promises.kept, True
    yield "Promises kept late", summary.promises.late, before.promises.late, True
    yield from _table(summary.feedback.kinds, before.feedback.kinds, tuple(FEEDBACK_WORDS), FEEDBACK_WORDS)


def _table(
    now: Mapping[str, int], then: Mapping[str, int], values: tuple[str, ...], words: Mapping[str, str]
) -> Iterator[tuple[str, int, int, bool]]:
    for value in values:
        yield word(value, words), now.get(value, 0), then.get(value, 0), True


def _told(now: int, then: int, *, hidden: bool) -> str:
    """Both numbers and the direction. Where one is hidden the distance would tell it, so the direction stands alone."""
    small = [hidden and 0 < number < SMALL for number in (now, then)]
    shown = [f"<{SMALL}" if few else f"{number:,}" for number, few in zip((now, then), small, strict=True)]
    if all(small):
        way = NO_WORD
    elif now == then:
        way = SAME
    elif any(small):
        way = "more" if now > then else "fewer"
    else:
        way = f"{abs(now - then):,} {'more' if now > then else 'fewer'}"
    return f"{shown[0]}, before {shown[1]}: {way}"
