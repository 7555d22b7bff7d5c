"""The figures for a survey in plain words: each with its rule, whether it is a count, and how it came about."""

from collections.abc import Iterator
from typing import Any

from deskmate.reports.sampler import FEW, HOLIDAYS, QUARTER_WEEKS, YEAR_WEEKS, Figure, Survey, Week
from deskmate.reports.words import DAYS, number_of, wrapped

_METHODS = {"CT": "counted (CT)", "ES": "estimated (ES)"}


def survey_text(made: Survey, width: int = 78) -> str:
    """The survey as plain lines, none wider than `width` terminal cells."""
    lines = [f"Reference transactions of {made.year}, for a survey"]
    for figure in made.figures:
        lines += ["", *wrapped(_figure(figure), width), *wrapped(figure.rule.text, width, first="  ", rest="  ")]
    lines += ["", "How"]
    return "\n".join([*lines, *(row for said in _how(made) for row in _item(said, width))]) + "\n"


def survey_json(made: Survey) -> dict[str, Any]:
    """The survey as one JSON value."""
    return {
        "year": made.year,
        "figures": {
            figure.rule.name: {
                "number": figure.number,
                "low": figure.low,
                "high": figure.high,
                "method": figure.method,
                "rule": figure.rule.text,
            }
            for figure in made.figures
        },
        "weeks": [
            {"start": week.start.isoformat(), "contacts": week.contacts, "reference": dict(week.reference)}
            for week in made.sample
        ],
        "times": YEAR_WEEKS // len(made.sample) if made.sample else 1,
        "usable_weeks": len(made.usable),
        "weeks_left_out": made.left_out,
        "open_days_without_a_record": made.missing,
    }


def _figure(figure: Figure) -> str:
    between = f", between {figure.low:,} and {figure.high:,}" if figure.low < figure.high else ""
    return f"{figure.rule.title}: {figure.number:,} {_METHODS[figure.method]}{between}"


def _how(made: Survey) -> Iterator[str]:
    """How the figures came about, one sentence or two each."""
    if not made.figures:
        yield (
            "A quarter has no week with a record on every open day: there is nothing to multiply."
            if made.usable
            else "No week has a record on every open day: there is nothing to multiply."
        )
    elif made.counted:
        yield "Every contact of the year was counted up; what was entered as an estimate makes a figure an estimate."
    else:
        times = YEAR_WEEKS if len(made.sample) == 1 else QUARTER_WEEKS
        for week in made.sample:
            yield f"{_name(week)}: {number_of(week.contacts, 'contact')}, taken {times} times. {_hours(week)}"
        yield from _typical(made)
        yield (
            "Tell the survey that it is an estimate. "
            f"Once a year is over and {HOLIDAYS} open days of it or fewer lack a record, it is counted instead."
        )
    if made.left_out:
        yield f"Left out: {number_of(made.left_out, 'week')} with an open day that has no record."
    if made.missing:
        days = number_of(made.missing, "open day has no record", "open days have no record")
        yield f"{days}: the library was closed, or nobody logged."


def _typical(made: Survey) -> Iterator[str]:
    number = len(made.usable)
    if number < FEW:
        yield f"Only {number_of(number, 'week')} could be used: that says little of what is typical."
        return
    low, high = made.middle_half
    yield f"Of {number} usable weeks the middle half had {low} to {high} contacts; the range comes from them."


def _name(week: Week) -> str:
    return f"The week of {DAYS[week.start.weekday()]} {week.start.day} {week.start:%b %Y}"


def _hours(week: Week) -> str:
    if not week.silent_hours:
        return "No open hour of it is without a record."
    return f"In {week.silent_hours} of its {week.open_hours} open hours nobody logged."


def _item(said: str, width: int) -> list[str]:
    return wrapped(said, width, first="  - ", rest="    ")
