"""What was promised, refused and said: the sections about standards, promises, and the voice of patrons and staff."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Final

from deskmate.model.feedback import WISH
from deskmate.reports.cases import STANDARD, case_key
from deskmate.reports.rows import Row, Section, cell, figures, ordered, plain, row, top
from deskmate.reports.signs import Sign
from deskmate.reports.standards import HOLD, MISSED, UNKNOWN, Standard
from deskmate.reports.summary import ONE_DAY, Summary
from deskmate.reports.voice import Said
from deskmate.reports.words import FEEDBACK_WORDS, NO_THEME, month_names, number_of, sentence_case, word
from deskmate.text.clean import clip, one_line

NAMED: Final = 6
"""Cases that are named in a line; the JSON and the Reports screen have all."""
MOST_SAID: Final = 12
"""What was said, in full, in a report; the Voice page has everything."""
LABEL: Final = 20
"""Cells of a theme beside its months."""
_STATE_WORDS: Final = {"met": "In time", "missed": "Missed", "unknown": "Not known", "open": "Time not come yet"}


def standards(summary: Summary) -> Section:
    """How the library's own standards fared."""
    rows: list[Row] = []
    for standard in summary.standards:
        if standard.name == HOLD and summary.timings_withheld:
            rows.append(Row(standard.title, "kept back, too few contacts"))
            continue
        rows.append(Row(standard.title, "not known" if standard.verdict == UNKNOWN else standard.verdict))
        for state, told in _STATE_WORDS.items():
            if standard.number(state):
                key = case_key(STANDARD, f"{standard.name}/{state}")
                rows.append(row(summary, f"  {told}", standard.number(state), key))
    note = "Calls whose hold clock never ran, and sensitive contacts, are in none of these." if rows else ""
    return Section("Service standards", tuple(rows), note=note)


def missed(summary: Summary) -> Section:
    """The cases that missed a standard, by their refs, where their number may be told."""
    rows = []
    for standard in summary.standards:
        refs = missed_cases(summary, standard)
        if refs:
            more = f" and {len(refs) - NAMED} more" if len(refs) > NAMED else ""
            rows.append(Row(f"{standard.title}: {', '.join(refs[:NAMED])}{more}"))
    return Section("Cases that missed a standard", tuple(rows), "lines", on_paper=False)


def missed_cases(summary: Summary, standard: Standard) -> tuple[str, ...]:
    """The refs of the cases that missed a standard; none where they would tell a number that is kept back."""
    kept_back = standard.name == HOLD and summary.timings_withheld
    hidden = isinstance(cell(summary, standard.number(MISSED)), str)
    return () if kept_back or hidden else standard.cases.get(MISSED, ())


def refusals(summary: Summary) -> Section:
    """What was declined, and what was offered instead."""
    counted = summary.counted
    if not counted.declined:
        return Section("Said no", ())
    rows = [row(summary, "Declined", counted.declined, case_key("declined"))]
    rows += [replace(row, label=f"  Offered: {row.label}") for row in top(summary, counted.offered, "offered")]
    if counted.nothing_offered:
        rows.append(row(summary, "  Nothing offered", counted.nothing_offered, case_key("nothing-offered")))
    return Section("Said no", tuple(rows))


def promises(summary: Summary) -> Section:
    """Promises made, kept and open."""
    made = summary.promises
    numbers = (
        ("Made", made.made),
        ("Kept in time", made.kept),
        ("Kept late", made.late),
        ("Closed, time not known", made.untimed),
        ("Dropped", made.dropped),
        ("Open now", made.open),
        ("  Waiting for someone", made.waiting),
        ("  Overdue", made.overdue),
        ("Incident reports due", 0 if summary.small_cells else made.reports_due),
    )
    return figures(summary, "Promises", numbers)


def feedback(summary: Summary) -> Iterator[Section]:
    """How much was said, about what and when, what was answered, what else was said, and what is lacking."""
    feedback = summary.feedback
    kinds = feedback.kinds
    numbers = [(word(kind, FEEDBACK_WORDS), kinds[kind]) for kind in ordered(FEEDBACK_WORDS, kinds)]
    yield figures(summary, "Feedback", [*numbers, ("Answered", feedback.answered)])
    yield _themes(summary)
    told = [f"You said: {item.text} / We did: {item.answer}" for item in feedback.done]
    yield Section("You said, we did", _newest(told), "lines")
    yield _said(item for item in feedback.said if item not in feedback.done and item.kind != WISH)
    lacking = top(summary, feedback.lacking, "")
    yield Section(
        "Look-ups that found nothing", lacking, "bars", "What staff typed and no guide fitted." if lacking else ""
    )
    yield Section("Signs", tuple(Row(_sign(sign)) for sign in summary.signs), "lines")


def _themes(summary: Summary) -> Section:
    """Themes by month, the most frequent first; of several days only, as a day or a shift has too few."""
    themes = summary.feedback.themes
    if not any(themes) or summary.span <= ONE_DAY:
        return Section("Themes by month", ())
    last = (summary.end - timedelta(microseconds=1)).strftime("%Y-%m")
    months = _months(summary.start.strftime("%Y-%m"), last)
    ranked = sorted(themes, key=lambda theme: (-sum(themes[theme].values()), theme))
    grid = tuple(
        (
            clip(sentence_case(theme or NO_THEME), LABEL),
            *(plain(cell(summary, themes[theme].get(month, 0))) for month in months),
        )
        for theme in ranked
    )
    return Section("Themes by month", (), "week", head=("Theme", *month_names(months)), grid=grid)


def _months(first: str, last: str) -> list[str]:
    """The months from one to another, both included: `2026-11`, `2026-12`, `2027-01`."""
    numbers = range(*(int(month[:4]) * 12 + int(month[5:]) - 1 + after for month, after in ((first, 0), (last, 1))))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in numbers]


def _sign(sign: Sign) -> str:
    return f"A sign may help: {one_line(sign.title)} ({sign.asked} asked in {number_of(sign.days, 'day')})"


def _said(said: Iterable[Said]) -> Section:
    told = []
    for item in said:
        if item.text:
            parts = [f"{sentence_case(item.kind)}: {item.text}"]
            parts += [f"Offered: {item.offered}"] if item.offered else []
            parts += [f"We answered: {item.answer}"] if item.answer else []
            told.append(" / ".join(parts))
    return Section("What people told us", _newest(told), "lines")


def _newest(told: list[str]) -> tuple[Row, ...]:
    """The last lines in their order, and one that says where the others are."""
    more = len(told) - MOST_SAID
    last = [f"{number_of(more, 'earlier one')}: deskmate feedback"] if more > 0 else []
    return tuple(map(Row, [*told[-MOST_SAID:], *last]))
