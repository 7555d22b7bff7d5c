"""Notices to staff and the service pledge, read from their files: every fault at once, with its place and the mend."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from deskmate.model.notice import KINDS
from deskmate.playbooks import fields as read_as
from deskmate.playbooks.answers import Pledge, Posted
from deskmate.playbooks.fields import Sheet, ident, listed, one_or_list, record, words, yes_no
from deskmate.playbooks.nodes import Node
from deskmate.playbooks.reader import read_list
from deskmate.playbooks.sources import WARNING, Problem, Where

LONGEST: Final = 25
"""Words of a notice that are read in passing (GOV.UK's limit for a sentence, source GOVUK25)."""
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?")
_A_DAY: Final = 10
"""Characters of an ISO date."""


def read_notices(text: str, file: str) -> tuple[tuple[Posted, ...], list[Problem]]:
    """Read a file of notices: those that are right, and everything that is wrong."""
    return read_list(text, file, "notices", _notice)


def read_pledges(text: str, file: str) -> tuple[tuple[Pledge, ...], list[Problem]]:
    """Read a file of pledges: those that are right, and everything that is wrong."""
    return read_list(text, file, "pledges", _PLEDGE)


def has_run_out(notice: Posted, today: date) -> bool:
    """Whether a notice's last day is over."""
    return bool(notice.until) and notice.until[:_A_DAY] < today.isoformat()


def check_notices(posted: Iterable[Posted], known: Mapping[str, Any], today: date) -> Iterator[Problem]:
    """What a reviewer should look at in the notices: run out, too long, or for a guide that is not there.

    Args:
        posted: the notices.
        known: the playbooks, by id.
        today: the day that the last days are compared with.
    """
    for notice in posted:
        for guide in (each for each in notice.guides if each not in known):
            message = f'The notice "{notice.id}" is for the guide "{guide}", which is not there.'
            yield _warning(notice, message, read_as.suggestion(guide, tuple(known)))
        if has_run_out(notice, today) and not notice.example:
            yield _warning(notice, f'The notice "{notice.id}" ran out on {notice.until[:_A_DAY]}.', "Take it out.")
        if len(notice.text.split()) > LONGEST:
            message = f'The notice "{notice.id}" has more than {LONGEST} words.'
            yield _warning(notice, message, "Say it in one short sentence.")


def _warning(notice: Posted, message: str, cure: str) -> Problem:
    file, line, column = notice.origin.rsplit(":", 2)
    return Problem(file, int(line), int(column), message, cure, WARNING)


def moment(sheet: Sheet, node: Node, where: Where) -> str | None:
    """A date, or a date and a time, kept as ISO text."""
    value = read_as.bare(sheet, node, where)
    if value is None:
        return None
    try:
        found = datetime.fromisoformat(value) if _MOMENT.fullmatch(value) else None
    except ValueError:
        found = None
    if found is None:
        cure = "Write year-month-day, and a time if need be: 2026-11-22 15:00."
        sheet.fault(node, f'"{value}" is neither a date nor a date and a time.', cure)
        return None
    return found.date().isoformat() if len(value) == _A_DAY else found.isoformat(timespec="minutes")


def _notice(sheet: Sheet, node: Node, where: Where) -> Posted | None:
    found = _NOTICE(sheet, node, where)
    if found is None:
        return None
    if _ends_first(found.since, found.until):
        sheet.fault(node, "It ends before it begins.", "Mend from: or until:.")
    return replace(found, origin=f"{sheet.file}:{node.line}:{node.column}")


def _ends_first(since: str, until: str) -> bool:
    """Whether `until` lies before `since`; a last day counts in whole."""
    if not since or not until:
        return False
    to_the_minute = len(since) > _A_DAY and len(until) > _A_DAY
    return until <= since if to_the_minute else until[:_A_DAY] < since[:_A_DAY]


def _posted(**values: Any) -> Posted:
    """A notice; `from` in the file is no name that Python takes."""
    return Posted(since=values.pop("from", ""), **values)


_NOTICE: Final = record(
    _posted,
    {
        "id": ident,
        "text": words,
        "kind": read_as.one_of(KINDS, "a kind of notice"),
        "from": moment,
        "until": moment,
        "where": words,
        "guides": one_or_list(ident),
        "example": yes_no,
    },
    ("id", "text"),
)
_PLEDGE: Final = record(
    Pledge,
    {"id": ident, "title": words, "visitors": listed(words), "team": listed(words), "example": yes_no},
    ("id", "title", "visitors"),
)
