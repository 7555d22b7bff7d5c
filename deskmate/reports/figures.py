"""A summary for other programs: one JSON value, or long-form CSV."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, READ_LEVELS, STRAINS
from deskmate.reports.rows import cell
from deskmate.reports.sections_care import missed_cases
from deskmate.reports.sections_time import band_numbers
from deskmate.reports.standards import HOLD, STATES, Standard
from deskmate.reports.summary import Summary
from deskmate.reports.tension import weather
from deskmate.reports.words import DAYS, NO_THEME, SILENT
from deskmate.text.clean import formula_safe, one_line

Figures = dict[str, Any]


def to_json(summary: Summary) -> Figures:
    """The summary as one JSON value.

    Every known value has its key, zeros too, so that two periods have the same shape. Hidden cells are the text `<3`.
    `hours` has the hours that were covered or have contacts; one that was covered and has no record is `nobody logged`.
    """
    return {
        "title": summary.title,
        "start": summary.start.isoformat(timespec="seconds"),
        "end": summary.end.isoformat(timespec="seconds"),
        "made_at": summary.now.isoformat(timespec="seconds"),
        **({} if summary.where.everywhere else {"where": {"branch": summary.where.branch, "desk": summary.where.desk}}),
        **_contacts(summary),
        **_hours(summary),
        **_timings(summary),
        **_decisions(summary),
        "promises": _promises(summary),
        "standards": {standard.name: _standard(summary, standard) for standard in summary.standards},
        "playbooks": _table(summary, summary.counted.playbooks),
        "stopped": _table(summary, summary.counted.stopped),
        "feedback": {**_table(summary, summary.feedback.kinds), "answered": cell(summary, summary.feedback.answered)},
        "told": [
            {"kind": said.kind, "text": said.text, "offered": said.offered, "answer": said.answer, "theme": said.theme}
            for said in summary.feedback.said
        ],
        "you_said": [
            {"kind": said.kind, "text": said.text, "we_did": said.answer, "theme": said.theme}
            for said in summary.feedback.done
        ],
        "themes": {
            theme or NO_THEME: {month: cell(summary, number) for month, number in sorted(months.items())}
            for theme, months in sorted(summary.feedback.themes.items())
        },
        "lacking": _table(summary, summary.feedback.lacking),
        "signs": [
            {"about": sign.about, "title": one_line(sign.title), "asked": sign.asked, "days": sign.days}
            for sign in summary.signs
        ],
        "reference": _reference(summary),
        "watch": list(summary.watch),
        **({"before": to_json(summary.before)} if summary.before else {}),
    }


def csv(summary: Summary) -> str:
    """The summary in long form: the columns `section`, `key` and `value`, one figure a line, formulas defused."""
    import csv as csv_files
    from io import StringIO

    stream = StringIO(newline="")
    writer = csv_files.writer(stream)
    writer.writerow(("section", "key", "value"))
    for section, value in to_json(summary).items():
        for key, figure in _flat(value):
            writer.writerow((section, formula_safe(key), formula_safe(figure) if isinstance(figure, str) else figure))
    return stream.getvalue()


def _contacts(summary: Summary) -> Figures:
    counted, estimated = summary.counted, summary.estimated
    entries = {**counted.entries, **estimated.entries}
    return {
        "contacts": {
            "total": counted.n,
            "sensitive": cell(summary, counted.sensitive),
            "estimated": cell(summary, estimated.n),
        },
        "entries": _table(summary, entries, ENTRIES),
        "channels": _table(summary, counted.channels, CHANNELS),
        "kinds": _table(summary, counted.kinds, KINDS),
        "strains": _table(summary, counted.strains, STRAINS),
        "outcomes": _table(summary, counted.outcomes, OUTCOMES),
        "read": _table(summary, counted.reads, READ_LEVELS),
        "serious": {"escalated": cell(summary, counted.escalated), "incidents": cell(summary, counted.incidents)},
    }


def _hours(summary: Summary) -> Figures:
    week = sorted(summary.counted.week.items())
    return {
        "hours": {
            f"{hour:02}": SILENT if number is None else cell(summary, number)
            for hour, number in summary.hour_cells.items()
        },
        "week": {f"{DAYS[day]} {hour:02}": cell(summary, number) for (day, hour), number in week},
        "trend": [
            {
                "unit": point.unit,
                "from": point.first.isoformat(),
                "to": point.last.isoformat(),
                "contacts": SILENT if point.n is None else cell(summary, point.n),
            }
            for point in summary.trend
        ],
        "desks": [
            {"branch": one_line(branch), "desk": one_line(desk), "contacts": cell(summary, number)}
            for (branch, desk), number in sorted(summary.spots.items())
        ],
        "tension": _tension(summary),
        "coverage": {
            "staffed_hours": sum(summary.coverage.watched.values()),
            "nobody_logged": sum(summary.coverage.silent.values()),
        },
    }


def _timings(summary: Summary) -> Figures:
    duration = summary.duration
    told: Figures = {"duration": {"withheld": summary.timings_withheld}, "hold": {"withheld": summary.timings_withheld}}
    if duration is not None:
        told["duration"] |= {
            "median_seconds": duration.median,
            "longest_seconds": duration.longest,
            "total_minutes": duration.total_minutes,
            "measured": cell(summary, duration.measured),
            "uncertain": cell(summary, duration.uncertain),
            "bands": {name: cell(summary, number) for name, number in band_numbers(summary).items()},
        }
    if not summary.timings_withheld:
        told["hold"] |= {
            "callers": cell(summary, sum(summary.counted.holds.values())),
            "longest_seconds": summary.longest_hold,
            "limit_seconds": summary.hold_limit,
            "over_limit": cell(summary, summary.long_holds),
        }
    return told


def _decisions(summary: Summary) -> Figures:
    counted = summary.counted
    return {
        "refusals": {
            "declined": cell(summary, counted.declined),
            "nothing_offered": cell(summary, counted.nothing_offered),
        },
        "offered": _table(summary, counted.offered),
        "exceptions": _table(summary, counted.exceptions),
        "referrals": _table(summary, counted.referrals),
    }


def _promises(summary: Summary) -> Figures:
    promises = summary.promises
    told = {name: cell(summary, getattr(promises, name)) for name in promises.__dataclass_fields__}
    if summary.small_cells:
        del told["reports_due"]  # private: for the desk that made it
    return told


def _standard(summary: Summary, standard: Standard) -> Figures:
    if standard.name == HOLD and summary.timings_withheld:
        return {"title": standard.title, "withheld": True}
    return {
        "title": standard.title,
        "percent": standard.percent,
        "verdict": standard.verdict,
        **{state: cell(summary, standard.number(state)) for state in STATES},
        "missed_cases": list(missed_cases(summary, standard)),
    }


def _tension(summary: Summary) -> Figures:
    """Hard contacts by hour and place, `4 (1)`: one of the four was red."""
    grid = weather(summary)
    if grid is None:
        return {}
    heads, table = grid
    return {
        f"{hour:02}": {place: told for place, told in zip(heads, cells, strict=True) if told}
        for hour, cells in table.items()
    }


def _reference(summary: Summary) -> Figures:
    return {
        rule.name: {
            "counted": cell(summary, summary.counted.rules.get(rule.name, 0)),
            "estimated": cell(summary, summary.estimated.rules.get(rule.name, 0)),
            "rule": rule.text,
        }
        for rule in summary.rules
    }


def _table(summary: Summary, table: Mapping[Any, int], values: Iterable[str | int] = ()) -> Figures:
    """A table with all usual values, then the others by number."""
    usual = {str(value): cell(summary, table.get(value, 0)) for value in values}
    others = sorted(
        ((key, number) for key, number in table.items() if str(key) not in usual), key=lambda item: (-item[1], item[0])
    )
    return usual | {one_line(str(key)): cell(summary, number) for key, number in others}


def _flat(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """Every figure in a JSON value with the way to it, `pls/counted`; places in a list count from 1."""
    if isinstance(value, Mapping):
        parts: Iterable[tuple[str, Any]] = value.items()
    elif isinstance(value, list):
        parts = ((str(place), item) for place, item in enumerate(value, 1))
    else:
        yield key, value
        return
    for name, part in parts:
        yield from _flat(part, f"{key}/{name}" if key else name)
