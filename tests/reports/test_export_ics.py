"""The calendar of open promises, read back by the rules of RFC 5545."""

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.export_ics import ics_lines
from tests.reports.made_up import NOW, records

CONTENT = re.compile(
    r"(?P<name>[A-Z][A-Z-]*)(?P<parameters>(?:;[A-Z-]+=[^;:\"]*)*):(?P<value>[^\x00-\x08\x0a-\x1f\x7f]*)"
)
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "CLASS", "TRANSP"}


def content_lines(text: str) -> list[tuple[str, str]]:
    """Section 3.1: lines end in CRLF, none is longer than 75 octets, a blank at the start continues the line before."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    lines: list[str] = []
    for line in text.removesuffix("\r\n").split("\r\n"):
        assert 0 < len(line.encode()) <= 75
        if line[0] in " \t":
            lines[-1] += line[1:]
        else:
            lines.append(line)
    matches = [CONTENT.fullmatch(line) for line in lines]
    assert all(matches)
    return [(match["name"], match["value"]) for match in matches if match]


def events(text: str) -> list[dict[str, str]]:
    """The events of a calendar whose parts are nested as section 3.4 and 3.6 want them; alarms as `ALARM-...`."""
    lines = content_lines(text)
    assert lines[0] == ("BEGIN", "VCALENDAR")
    assert lines[-1] == ("END", "VCALENDAR")
    head = [name for name, _ in lines[: next((i for i, line in enumerate(lines[1:], 1) if line[0] == "BEGIN"), -1)]]
    assert head.count("VERSION") == head.count("PRODID") == 1
    found: list[dict[str, str]] = []
    open_parts: list[str] = []
    for name, value in lines:
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[1:]:
            key = f"ALARM-{name}" if open_parts[-1] == "VALARM" else name
            assert key not in found[-1]
            found[-1][key] = value
    assert not open_parts
    for event in found:
        assert set(event) >= ONCE
        assert {"ALARM-ACTION", "ALARM-TRIGGER", "ALARM-DESCRIPTION"} <= set(event)
    return found


def moment(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def owed(**facts: object) -> Interaction:
    promise = Promise(what="call J. Doe 313-555-0142", due=NOW + timedelta(hours=1), made_at=NOW)
    record = Interaction(id="0192aaaa-4f9c1d", asked_at=NOW, added_at=NOW, promise=promise, note="J. Doe")
    return record.with_(promise=promise.with_(**facts)) if facts else record


def test_an_event_says_when_and_which_and_nothing_more() -> None:
    text = "".join(ics_lines([owed()], NOW))
    (event,) = events(text)
    assert event["SUMMARY"] == event["ALARM-DESCRIPTION"] == "DeskMate promise 2026-11-22.4f9c1d"
    assert moment(event["DTSTART"]) == NOW + timedelta(hours=1)
    assert moment(event["DTEND"]) > moment(event["DTSTART"])
    assert event["UID"] == "0192aaaa-4f9c1d@deskmate.invalid"
    assert "Doe" not in text
    assert "0142" not in text


def test_a_snooze_moves_the_same_event() -> None:
    later = owed(due=NOW + timedelta(days=1), snoozed_from=("2026-11-22T13:00:00-05:00",))
    (before,), (after,) = events("".join(ics_lines([owed()], NOW))), events("".join(ics_lines([later], NOW)))
    assert before["UID"] == after["UID"]
    assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
    assert moment(after["DTSTART"]) > moment(before["DTSTART"])
    rounds = (("2026-11-22T13:00:00-05:00", "2026-11-22T12:00:00-05:00", True),)
    (again,) = events("".join(ics_lines([owed(every="1 week", rounds=rounds)], NOW)))
    assert int(again["SEQUENCE"]) > int(after["SEQUENCE"])  # a calendar takes the next round for a change too


def test_closed_dropped_and_private_promises_stay_here() -> None:
    log = [owed(state="done"), owed(state="dropped"), owed(private=True), owed().with_(promise=None)]
    assert events("".join(ics_lines(log, NOW))) == []


@given(st.lists(records, max_size=3), st.text(max_size=120))
def test_any_promises_make_a_calendar_that_can_be_read(log: list[Interaction], odd_id: str) -> None:
    plain = "".join(character for character in odd_id if character.isprintable())
    log = [record.with_(id=f"{record.id}{plain}") for record in log]
    wanted = [
        record for record in log if record.promise and record.promise.state == "open" and not record.promise.private
    ]
    found = events("".join(ics_lines(log, NOW)))
    assert [moment(event["DTSTART"]) for event in found] == [
        record.promise.due.astimezone(UTC) for record in wanted if record.promise
    ]
    unescaped = [re.sub(r"\\(.)", r"\1", event["UID"]).removesuffix("@deskmate.invalid") for event in found]
    assert unescaped == [record.id for record in wanted]
