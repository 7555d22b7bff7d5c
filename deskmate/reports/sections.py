"""A summary as sections of rows in the order people read them: the one view that text, Markdown and HTML share."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, Literal

from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, STRAINS
from deskmate.reports.cases import STANDARD, case_key
from deskmate.reports.charts import NOBODY
from deskmate.reports.compare import compared, unfinished
from deskmate.reports.signs import Sign
from deskmate.reports.standards import HOLD, MISSED, UNKNOWN, Standard
from deskmate.reports.summary import POOLED_DAYS, POOLED_EVENTS, SMALL, Said, Summary
from deskmate.reports.tension import weather
from deskmate.reports.words import (
    CHANNEL_WORDS,
    DAYS,
    ENTRY_WORDS,
    FEEDBACK_WORDS,
    KIND_WORDS,
    NO_THEME,
    OUTCOME_WORDS,
    READ_WORDS,
    SILENT,
    STRAIN_WORDS,
    hour_name,
    length,
    month_names,
    number_of,
    period,
    sentence_case,
    word,
)
from deskmate.text.clean import clip, one_line

TOP: Final = 10
"""Rows of a ranked table; the rest is one row that says how many."""
NAMED: Final = 6
"""Cases that are named in a line; the JSON and the Reports screen have all."""
WIDEST: Final = 12
"""Cells of a place's name above its column."""
LABEL: Final = 20
"""Cells of a theme beside its months."""
Shape = Literal["figures", "bars", "hours", "week", "lines"]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    label: str
    shown: str = ""
    """The value as it is printed: `41`, `<3`, `4 min`."""
    number: int | None = None
    """For a bar; None when there is nothing to draw, or when it is hidden."""
    cases: str = ""
    """The key of the records behind it; empty when there are none to be shown."""


@dataclass(frozen=True, slots=True)
class Section:
    """A table with a title."""

    title: str
    rows: tuple[Row, ...]
    shape: Shape = "figures"
    note: str = ""
    head: tuple[str, ...] = ()
    """Column heads of a `week`; the cells of its rows are in `grid`."""
    grid: tuple[tuple[str, ...], ...] = ()
    keys: tuple[str, ...] = ()
    """The key of the records behind each row of the `grid`."""


def cell(summary: Summary, number: int) -> int | str:
    """A number as this summary may tell it: itself, or `<3`."""
    return f"<{SMALL}" if summary.small_cells and 0 < number < SMALL else number


def sections(summary: Summary) -> tuple[Section, ...]:
    """Everything there is to tell, empty sections left out; the totals and the entries are always there."""
    counted = summary.counted
    found = [
        _totals(summary),
        Section("What to watch", tuple(Row(line) for line in summary.watch), "lines"),
        _beside(summary),
        _standards(summary),
        _missed(summary),
        _named(summary, "How they came", CHANNELS, counted.channels, CHANNEL_WORDS, "channel"),
        _named(summary, "What it was about", KINDS, counted.kinds, KIND_WORDS, "kind"),
        _hours(summary),
        _week(summary),
        _named(summary, "How hard it was on staff", STRAINS, counted.strains, STRAIN_WORDS, "strain"),
        _weather(summary),
        _named(summary, "How it ended", OUTCOMES, counted.outcomes, OUTCOME_WORDS, "outcome"),
        _reads(summary),
        _timings(summary),
        _serious(summary),
        _refusals(summary),
        Section("Exceptions made", _top(summary, counted.exceptions, "exception"), "bars"),
        Section("Referred to", _top(summary, counted.referrals, "referral"), "bars"),
        _promises(summary),
        Section("Playbooks used", _top(summary, counted.playbooks, "playbook", summary.names), "bars"),
        *_feedback(summary),
        Section("Signs", tuple(Row(_sign(sign)) for sign in summary.signs), "lines"),
        _reference(summary),
    ]
    return tuple(section for section in found if section.rows or section.grid)


def _row(summary: Summary, label: str, number: int, cases: str = "") -> Row:
    told = cell(summary, number)
    return Row(label, told, None, cases) if isinstance(told, str) else Row(label, f"{told:,}", told, cases)


def _figures(summary: Summary, title: str, numbers: Iterable[tuple[str, int]]) -> Section:
    return Section(title, tuple(_row(summary, label, number) for label, number in numbers if number))


def _totals(summary: Summary) -> Section:
    counted, estimated = summary.counted, summary.estimated.n
    rows = [Row("Contacts", f"{counted.n:,}", counted.n, case_key("all"))]
    rows += [
        _row(summary, f"  {word(entry, ENTRY_WORDS)}", counted.entries[entry], case_key("entry", entry))
        for entry in _ordered(ENTRIES, counted.entries)
    ]
    if counted.sensitive:
        rows.append(_row(summary, "Of these sensitive, kind only", counted.sensitive, case_key("sensitive")))
    if estimated:
        rows.append(_row(summary, "Estimated, not counted", estimated))
    note = (
        "Estimates are in none of the figures below but the reference counts, where they stand apart."
        if estimated
        else ""
    )
    return Section("Contacts", tuple(rows), note=note)


def _ordered(values: Iterable[str], table: Mapping[str, int]) -> list[str]:
    """The keys that have a number, known values in their usual order, others after them."""
    known = [value for value in values if table.get(value)]
    return known + sorted(key for key in table if key not in known and table[key])


def _named(
    summary: Summary, title: str, values: Iterable[str], table: Mapping[str, int], words: Mapping[str, str], figure: str
) -> Section:
    rows = tuple(
        _row(summary, word(value, words), table[value], case_key(figure, value)) for value in _ordered(values, table)
    )
    return Section(title, rows, "bars")


def _hours(summary: Summary) -> Section:
    rows = tuple(
        Row(hour_name(hour), SILENT)
        if number is None
        else _row(summary, hour_name(hour), number, case_key("hour", hour) if number else "")
        for hour, number in summary.hour_cells.items()
    )
    silent, watched = summary.coverage.silent, summary.coverage.watched
    total = sum(silent.values())
    # Over several days an hour can have contacts and still have been silent on some of them.
    note = f"Nobody logged in {total:,} of {number_of(sum(watched.values()), 'staffed hour')}." if total else ""
    return Section("By hour", rows, "hours", note)


def _week(summary: Summary) -> Section:
    week = summary.counted.week
    if summary.end - summary.start <= timedelta(days=1):
        return Section("By weekday and hour", ())
    hours = sorted({hour for _, hour in (*week, *summary.coverage.watched)})
    grid = tuple((hour_name(hour), *(_week_cell(summary, day, hour) for day in range(7))) for hour in hours)
    note = f"{NOBODY} {SILENT}." if any(NOBODY in row for row in grid) else ""
    logged = {hour for _, hour in week}
    keys = tuple(case_key("hour", hour) if hour in logged else "" for hour in hours)
    return Section("By weekday and hour", (), "week", note, ("Hour", *DAYS), grid, keys)


def _weather(summary: Summary) -> Section:
    title = "Tension by hour and place"
    grid = weather(summary)
    if grid is None:
        return Section(title, ())
    heads, table = grid
    rows = tuple((hour_name(hour), *cells) for hour, cells in table.items())
    keys = tuple(case_key("tension", hour) for hour in table)
    return Section(
        title,
        (),
        "week",
        "Tense and red contacts together; the red ones in brackets.",
        ("Hour", *(clip(head, WIDEST) for head in heads)),
        rows,
        keys,
    )


def _week_cell(summary: Summary, day: int, hour: int) -> str:
    """Contacts; `?` when nobody logged; empty when nobody was to be there and nobody came."""
    number = summary.counted.week.get((day, hour), 0)
    if number:
        return _plain(cell(summary, number))
    if summary.coverage.silent.get((day, hour)):
        return NOBODY
    return "0" if summary.coverage.watched.get((day, hour)) else ""


def _plain(told: int | str) -> str:
    return f"{told:,}" if isinstance(told, int) else told


def _reads(summary: Summary) -> Section:
    reads = summary.counted.reads
    rows = tuple(
        _row(summary, READ_WORDS.get(level, str(level)), reads[level], case_key("read", level))
        for level in sorted(reads)
    )
    return Section(
        "Effort (READ level)", rows, "bars", "Levels after the READ Scale by Bella Karr Gerlich." if rows else ""
    )


def _timings(summary: Summary) -> Section:
    rows: list[Row] = []
    note = ""
    duration = summary.duration
    if duration:
        rows += [
            Row("Half were done within", length(duration.median)),
            Row("Longest", length(duration.longest)),
            Row("All together", length(duration.total)),
            _row(summary, "Contacts measured", duration.measured),
        ]
        if duration.uncertain:
            rows.append(_row(summary, "Left out, clock uncertain", duration.uncertain))
    elif summary.timings_withheld and summary.counted.lengths:
        note = f"Timings are told over {POOLED_EVENTS} contacts and {POOLED_DAYS} days or more."
        rows.append(Row("Kept back", "too few contacts"))
    if summary.longest_hold and not summary.timings_withheld:
        limit = summary.hold_limit
        rows += [
            _row(summary, "Callers on hold", sum(summary.counted.holds.values())),
            Row("Longest hold", length(summary.longest_hold)),
            _row(summary, f"Holds over {limit} s", summary.long_holds),
        ]
    return Section("Time taken", tuple(rows), note=note)


def _serious(summary: Summary) -> Section:
    counted = summary.counted
    numbers = (("Escalated", counted.escalated), ("Incidents", counted.incidents))
    rows = tuple(_row(summary, label, number, case_key(label.lower())) for label, number in numbers if number)
    return Section("Serious", rows)


def _beside(summary: Summary) -> Section:
    title, before = "Beside the period before", summary.before
    if before is None:
        return Section(title, ())
    when = f"Before: {period(before.start, before.end)}."
    if not before.n:
        return Section(title, (Row("Contacts before", "nothing was logged"),), note=when)
    note = f"{when} This period is not over yet." if unfinished(summary) else when
    return Section(title, tuple(Row(label, told) for label, told in compared(summary, before)), note=note)


_STATE_WORDS: Final = {"met": "In time", "missed": "Missed", "unknown": "Not known", "open": "Time not come yet"}


def _standards(summary: Summary) -> Section:
    rows: list[Row] = []
    for standard in summary.standards:
        if standard.name == HOLD and summary.timings_withheld:
            rows.append(Row(standard.title, "kept back, too few contacts"))
            continue
        rows.append(Row(standard.title, "not known" if standard.verdict == UNKNOWN else standard.verdict))
        for state, told in _STATE_WORDS.items():
            if standard.number(state):
                key = case_key(STANDARD, f"{standard.name}/{state}")
                rows.append(_row(summary, f"  {told}", standard.number(state), key))
    note = "Calls whose hold clock never ran, and sensitive contacts, are in none of these." if rows else ""
    return Section("Service standards", tuple(rows), note=note)


def _missed(summary: Summary) -> Section:
    """The cases that missed a standard, by their refs, where their number may be told."""
    rows = []
    for standard in summary.standards:
        refs = missed_cases(summary, standard)
        if refs:
            more = f" and {len(refs) - NAMED} more" if len(refs) > NAMED else ""
            rows.append(Row(f"{standard.title}: {', '.join(refs[:NAMED])}{more}"))
    return Section("Cases that missed a standard", tuple(rows), "lines")


def missed_cases(summary: Summary, standard: Standard) -> tuple[str, ...]:
    """The refs of the cases that missed a standard; none where they would tell a number that is kept back."""
    kept_back = standard.name == HOLD and summary.timings_withheld
    hidden = isinstance(cell(summary, standard.number(MISSED)), str)
    return () if kept_back or hidden else standard.cases.get(MISSED, ())


def _refusals(summary: Summary) -> Section:
    counted = summary.counted
    if not counted.declined:
        return Section("Said no", ())
    rows = [_row(summary, "Declined", counted.declined, case_key("declined"))]
    rows += [replace(row, label=f"  Offered: {row.label}") for row in _top(summary, counted.offered, "offered")]
    if counted.nothing_offered:
        rows.append(_row(summary, "  Nothing offered", counted.nothing_offered, case_key("nothing-offered")))
    return Section("Said no", tuple(rows))


def _promises(summary: Summary) -> Section:
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
    return _figures(summary, "Promises", numbers)


def _feedback(summary: Summary) -> Iterator[Section]:
    """How much was said, about what and when, what was answered, and what else was said."""
    feedback = summary.feedback
    kinds = feedback.kinds
    numbers = [(word(kind, FEEDBACK_WORDS), kinds[kind]) for kind in _ordered(FEEDBACK_WORDS, kinds)]
    yield _figures(summary, "Feedback", [*numbers, ("Answered", feedback.answered)])
    yield _themes(summary)
    rows = (Row(f"You said: {item.text} / We did: {item.answer}") for item in feedback.done)
    yield Section("You said, we did", tuple(rows), "lines")
    yield _said(item for item in feedback.said if item not in feedback.done)


def _themes(summary: Summary) -> Section:
    """Themes by month, the most frequent first; of several days only, as a day or a shift has too few."""
    themes = summary.feedback.themes
    if not any(themes) or summary.end - summary.start <= timedelta(days=1):
        return Section("Themes by month", ())
    last = (summary.end - timedelta(microseconds=1)).strftime("%Y-%m")
    months = _months(summary.start.strftime("%Y-%m"), last)
    ranked = sorted(themes, key=lambda theme: (-sum(themes[theme].values()), theme))
    grid = tuple(
        (
            clip(sentence_case(theme or NO_THEME), LABEL),
            *(_plain(cell(summary, themes[theme].get(month, 0))) for month in months),
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
    rows = []
    for item in said:
        if item.text:
            parts = [f"{sentence_case(item.kind)}: {item.text}"]
            parts += [f"Offered: {item.offered}"] if item.offered else []
            parts += [f"We answered: {item.answer}"] if item.answer else []
            rows.append(Row(" / ".join(parts)))
    return Section("What people told us", tuple(rows), "lines")


def _reference(summary: Summary) -> Section:
    rows = []
    for rule in summary.rules:
        number, estimated = summary.counted.rules.get(rule.name, 0), summary.estimated.rules.get(rule.name, 0)
        if number or estimated:
            row = _row(summary, rule.title, number, case_key("rule", rule.name))
            also = f", and {_plain(cell(summary, estimated))} estimated" if estimated else ""
            rows.append(replace(row, shown=row.shown + also))
    return Section("Reference transactions", tuple(rows))


def _labels(table: Mapping[str, int], names: Mapping[str, str]) -> dict[str, str]:
    """Each key of a table to its name, itself when it has none; two keys of one name stay apart."""
    titles = [names.get(key, key) for key in table]
    return {
        key: title if titles.count(title) == 1 else f"{title} ({key})" for key, title in zip(table, titles, strict=True)
    }


def _top(
    summary: Summary, table: Mapping[str, int], figure: str, names: Mapping[str, str] | None = None
) -> tuple[Row, ...]:
    """The ten most frequent, most first, and a row that says how many more there are."""
    labels = _labels(table, names or {})
    ranked = sorted(table.items(), key=lambda item: (-item[1], labels[item[0]]))
    rows = [_row(summary, one_line(labels[key]), number, case_key(figure, key)) for key, number in ranked[:TOP]]
    if len(ranked) > TOP:
        rows.append(_row(summary, f"{len(ranked) - TOP} more", sum(number for _, number in ranked[TOP:])))
    return tuple(rows)
