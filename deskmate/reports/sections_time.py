"""When and how long: the sections about hours, weekdays, the course of a period, tension and time taken."""

from typing import Final

from deskmate.reports.cases import case_key
from deskmate.reports.charts import NOBODY
from deskmate.reports.rows import Row, Section, cell, plain, row
from deskmate.reports.summary import ONE_DAY, POOLED_DAYS, POOLED_EVENTS, Summary
from deskmate.reports.tension import weather
from deskmate.reports.words import DAYS, SILENT, hour_name, length, number_of
from deskmate.text.clean import clip

WIDEST: Final = 12
"""Cells of a place's name above its column."""
BANDS: Final = (("Under a minute", 60), ("1 to 5 min", 300), ("5 to 15 min", 900), ("15 to 30 min", 1800))
"""Lengths of contacts: a name, and the seconds that are no longer in it."""
LONGEST: Final = "30 min or more"
_COURSE: Final = {"day": "Day by day", "week": "Week by week", "month": "Month by month", "year": "Year by year"}


def course(summary: Summary) -> Section:
    """How the contacts ran over the period."""
    points = summary.trend
    if not points:
        return Section("Over time", ())
    rows = tuple(Row(point.name, SILENT) if point.n is None else row(summary, point.name, point.n) for point in points)
    cut = "Not a whole one: " + ", ".join(point.name for point in points if not point.whole) + "."
    note = "" if all(point.whole for point in points) or points[0].unit == "week" else cut
    return Section(_COURSE[points[0].unit], rows, "bars", note)


def hours(summary: Summary) -> Section:
    """Contacts by the hour of the day."""
    rows = tuple(
        Row(hour_name(hour), SILENT)
        if number is None
        else row(summary, hour_name(hour), number, case_key("hour", hour) if number else "")
        for hour, number in summary.hour_cells.items()
    )
    silent, watched = summary.coverage.silent, summary.coverage.watched
    total = sum(silent.values())
    # Over several days an hour can have contacts and still have been silent on some of them.
    note = f"Nobody logged in {total:,} of {number_of(sum(watched.values()), 'staffed hour')}." if total else ""
    return Section("By hour", rows, "hours", note, on_paper=summary.span <= ONE_DAY)


def week(summary: Summary) -> Section:
    """Contacts by weekday and hour, of a period of several days."""
    week = summary.counted.week
    if summary.span <= ONE_DAY:
        return Section("By weekday and hour", ())
    hours = sorted({hour for _, hour in (*week, *summary.coverage.watched)})
    grid = tuple((hour_name(hour), *(_week_cell(summary, day, hour) for day in range(7))) for hour in hours)
    note = f"{NOBODY} {SILENT}." if any(NOBODY in row for row in grid) else ""
    logged = {hour for _, hour in week}
    keys = tuple(case_key("hour", hour) if hour in logged else "" for hour in hours)
    return Section("By weekday and hour", (), "week", note, ("Hour", *DAYS), grid, keys)


def tension(summary: Summary) -> Section:
    """Tense and red contacts by hour and place."""
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
        return plain(cell(summary, number))
    if summary.coverage.silent.get((day, hour)):
        return NOBODY
    return "0" if summary.coverage.watched.get((day, hour)) else ""


def timings(summary: Summary) -> Section:
    """How long contacts and holds took."""
    rows: list[Row] = []
    note = ""
    duration = summary.duration
    if duration:
        rows += [
            Row("Half were done within", length(duration.median)),
            Row("Longest", length(duration.longest)),
            Row("All together", length(duration.total)),
            row(summary, "Contacts measured", duration.measured),
        ]
        if duration.uncertain:
            rows.append(row(summary, "Left out, clock uncertain", duration.uncertain))
    elif summary.timings_withheld and summary.counted.lengths:
        note = f"Timings are told over {POOLED_EVENTS} contacts and {POOLED_DAYS} days or more."
        rows.append(Row("Kept back", "too few contacts"))
    if summary.longest_hold and not summary.timings_withheld:
        limit = summary.hold_limit
        rows += [
            row(summary, "Callers on hold", sum(summary.counted.holds.values())),
            Row("Longest hold", length(summary.longest_hold)),
            row(summary, f"Holds over {limit} s", summary.long_holds),
        ]
    return Section("Time taken", tuple(rows), note=note)


def bands(summary: Summary) -> Section:
    """How many contacts were short and long, where their lengths may be told."""
    table = band_numbers(summary)
    return Section(
        "How long they took", tuple(row(summary, name, number) for name, number in table.items() if number), "bars"
    )


def band_numbers(summary: Summary) -> dict[str, int]:
    """Each of `BANDS`, and `LONGEST`, to its contacts; empty where lengths are kept back or nobody measured."""
    if summary.duration is None:
        return {}
    numbers = dict.fromkeys((*(name for name, _ in BANDS), LONGEST), 0)
    for seconds, number in summary.counted.lengths.items():
        numbers[next((name for name, below in BANDS if seconds < below), LONGEST)] += number
    return numbers
