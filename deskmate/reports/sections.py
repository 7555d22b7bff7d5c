"""A summary as sections of rows in the order people read them: the one view that text, Markdown and HTML share."""

from dataclasses import replace
from typing import Final

from deskmate.model.interaction import CHANNELS, ENTRIES, KINDS, OUTCOMES, STRAINS
from deskmate.reports import sections_care as care
from deskmate.reports import sections_time as times
from deskmate.reports.cases import case_key
from deskmate.reports.compare import compared, unfinished
from deskmate.reports.places import NOWHERE, spot_name
from deskmate.reports.rows import Row, Section, cell, named, ordered, plain, row, top
from deskmate.reports.summary import Summary
from deskmate.reports.words import (
    CHANNEL_WORDS,
    ENTRY_WORDS,
    KIND_WORDS,
    OUTCOME_WORDS,
    READ_WORDS,
    STRAIN_WORDS,
    period,
    word,
)

_ESTIMATES: Final = "Estimates are in none of the figures below but the reference counts, where they stand apart."
_ONE_PLACE: Final = (
    "Feedback and look-ups are the whole library's, and of a sensitive contact no desk is kept: not here."
)


def sections(summary: Summary) -> tuple[Section, ...]:
    """Everything there is to tell, empty sections left out; the totals and the entries are always there."""
    counted = summary.counted
    found = [
        _totals(summary),
        Section("What to watch", tuple(Row(line) for line in summary.watch), "lines"),
        _beside(summary),
        care.standards(summary),
        care.missed(summary),
        times.course(summary),
        _spots(summary),
        named(summary, "How they came", CHANNELS, counted.channels, CHANNEL_WORDS, "channel"),
        named(summary, "What it was about", KINDS, counted.kinds, KIND_WORDS, "kind"),
        times.hours(summary),
        times.week(summary),
        named(summary, "How hard it was on staff", STRAINS, counted.strains, STRAIN_WORDS, "strain"),
        times.tension(summary),
        named(summary, "How it ended", OUTCOMES, counted.outcomes, OUTCOME_WORDS, "outcome"),
        _reads(summary),
        times.timings(summary),
        times.bands(summary),
        _serious(summary),
        care.refusals(summary),
        Section("Exceptions made", top(summary, counted.exceptions, "exception"), "bars"),
        Section("Referred to", top(summary, counted.referrals, "referral"), "bars"),
        care.promises(summary),
        Section("Playbooks used", top(summary, counted.playbooks, "playbook", summary.names), "bars"),
        _stopped(summary),
        *care.feedback(summary),
        _reference(summary),
        _rules(summary),
    ]
    return tuple(section for section in found if section.rows or section.grid)


def _totals(summary: Summary) -> Section:
    counted, estimated = summary.counted, summary.estimated.n
    rows = [Row("Contacts", f"{counted.n:,}", counted.n, case_key("all"))]
    rows += [
        row(summary, f"  {word(entry, ENTRY_WORDS)}", counted.entries[entry], case_key("entry", entry))
        for entry in ordered(ENTRIES, counted.entries)
    ]
    if counted.sensitive:
        rows.append(row(summary, "Of these sensitive, kind only", counted.sensitive, case_key("sensitive")))
    if estimated:
        rows.append(row(summary, "Estimated, not counted", estimated))
    notes = ([_ESTIMATES] if estimated else []) + ([] if summary.where.everywhere else [_ONE_PLACE])
    return Section("Contacts", tuple(rows), note=" ".join(notes))


def _spots(summary: Summary) -> Section:
    """Each branch's desk, where there are several."""
    if len(summary.spots.keys() - {NOWHERE}) < 2:
        return Section("By branch and desk", ())
    ranked = sorted(summary.spots.items(), key=lambda item: (-item[1], item[0]))
    rows = [row(summary, spot_name(spot), number, case_key("spot", "\t".join(spot))) for spot, number in ranked]
    return Section("By branch and desk", tuple(rows), "bars")


def _stopped(summary: Summary) -> Section:
    rows = top(summary, summary.counted.stopped, "stopped", summary.names)
    note = "The step at which a guide was ended that had not come to a closing step." if rows else ""
    return Section("Where guides were ended early", rows, "bars", note)


def _reads(summary: Summary) -> Section:
    reads = summary.counted.reads
    rows = tuple(
        row(summary, READ_WORDS.get(level, str(level)), reads[level], case_key("read", level))
        for level in sorted(reads)
    )
    return Section(
        "Effort (READ level)", rows, "bars", "Levels after the READ Scale by Bella Karr Gerlich." if rows else ""
    )


def _serious(summary: Summary) -> Section:
    counted = summary.counted
    numbers = (("Escalated", counted.escalated), ("Incidents", counted.incidents))
    rows = tuple(row(summary, label, number, case_key(label.lower())) for label, number in numbers if number)
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


def _reference(summary: Summary) -> Section:
    rows = []
    for rule in summary.rules:
        number, estimated = summary.counted.rules.get(rule.name, 0), summary.estimated.rules.get(rule.name, 0)
        if number or estimated:
            told = row(summary, rule.title, number, case_key("rule", rule.name))
            also = f", and {plain(cell(summary, estimated))} estimated" if estimated else ""
            rows.append(replace(told, shown=told.shown + also))
    return Section("Reference transactions", tuple(rows))


def _rules(summary: Summary) -> Section:
    """What each of the reference counts counts."""
    told = [
        rule
        for rule in summary.rules
        if any(part.rules.get(rule.name) for part in (summary.counted, summary.estimated))
    ]
    return Section("What counts as one", tuple(Row(f"{rule.title}: {rule.text}") for rule in told), "lines")
