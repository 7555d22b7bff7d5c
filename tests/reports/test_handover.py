"""The hand-over: five parts, every open promise, no contact and no private words."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.model.shift import Shift
from deskmate.reports.handover import Handover, fitted, handover
from deskmate.reports.summary import Material, summarise
from deskmate.text.clean import cells

START = datetime.fromisoformat("2026-11-22T09:00:00-05:00")
END = START + timedelta(hours=4)


def contact(name: str, **facts: Any) -> Interaction:
    return Interaction(**{"id": name, "asked_at": START, "added_at": START, "staff": "QZX", **facts})


def owing(name: str, what: str, **facts: Any) -> Interaction:
    due = END + timedelta(minutes=30)
    promise = Promise(**{"what": what, "due": due, "made_at": START, "contact": "contact-77", **facts})
    return contact(name, outcome="promised", promise=promise)


def handed(records: list[Interaction], **options: Any) -> Handover:
    shift = Shift(id="s", desk="main", started_at=START, ended_at=END, staff="QZX")
    summary = summarise(Material(records, title="Main desk", start=START, end=END, now=END, shifts=[shift]))
    return handover(summary, records, **options)


def test_the_five_parts_in_their_order() -> None:
    records = [
        owing("aaaaaa000001", "call back about the printer", who="AB"),
        owing("aaaaaa000002", "met J. Doe at the door", private=True, due=END - timedelta(hours=1)),
        owing("aaaaaa000003", "find the form", waiting_for="the county"),
        contact("d", kind="conduct", strain="red", outcome="escalated", incident=True, authority="waived 5.00"),
    ]
    text = handed(records, notes=["The lift is out\nFacilities come at 2"], notices=["New card prices"]).text()
    assert text == (
        "Hand-over: Main desk\n"
        "Sunday 22 Nov 2026, 09:00 to 13:00\n"
        "\n"
        "How it was\n"
        "  - 4 contacts.\n"
        "  - Hard ones: 1 red.\n"
        "  - Busiest hour: 09-10, 4 contacts.\n"
        "  - Nobody logged: 10-11, 11-12, 12-13.\n"
        "\n"
        "What happened\n"
        "  - Mostly: other 3, conduct 1.\n"
        "  - 1 incident, 1 escalation.\n"
        "  - Exception made: waived 5.00 (1).\n"
        "\n"
        "What is owed\n"
        "  - Incident report due: overdue since Sun 22 Nov 12:00. (2026-11-22.000002)\n"
        "  - Call back about the printer: due Sun 22 Nov 13:30, owed by AB.\n"
        "    (2026-11-22.000001)\n"
        "  - Find the form: due Sun 22 Nov 13:30, waiting for the county.\n"
        "    (2026-11-22.000003)\n"
        "\n"
        "What to expect\n"
        "  - The lift is out\n"
        "  - Facilities come at 2\n"
        "  - Notice: New card prices\n"
        "\n"
        "Read back\n"
        "  - I take over 3 promises, the next one due Sun 22 Nov 13:30.\n"
        "  - 1 of them is overdue.\n"
        "  - I know about 3 things to expect.\n"
        "  - Say it back in your own words. Initials say who took over; they are not a\n"
        "    signature.\n"
    )


def test_a_quiet_shift_still_has_its_five_parts() -> None:
    found = handed([])
    assert found.what == ("Nothing was logged.",)
    assert found.read_back[0] == "Nothing is owed."
    assert found.text().count("\n\n") == 5


def test_promises_that_are_closed_are_not_handed_over() -> None:
    assert handed([owing("a", "x", state="done", kept=True), owing("b", "y", state="dropped")]).owed == ()


@given(st.text(max_size=80), st.text(max_size=80), st.integers(40, 100))
def test_lines_fit_whatever_was_typed(what: str, note: str, width: int) -> None:
    text = handed([owing("a", what, waiting_for=note)], notes=[note]).text(width)
    assert all(cells(line) <= width for line in text.splitlines())
    assert "contact-77" not in text
    assert "QZX" not in text


def test_estimates_and_long_holds_are_told_apart() -> None:
    found = handed([contact("a", entry="estimate", count=40), contact("b", hold_seconds=90)])
    assert found.how[:2] == ("1 contact.", "And 40 more by estimate.")
    assert "1 long hold, the longest 2 min." in found.how


def test_a_stored_hand_over_is_broken_anew_and_hangs_in_every_width() -> None:
    owed = [owing("aaaaaa000001", "call back about the large printer on the second floor that jams after lunch")]
    made = handed(
        owed, notes=["The lift is out until the people from facilities come, which is not before two o'clock"]
    )
    stored = made.text()
    assert fitted(stored, 78) == stored
    for width in (44, 54, 74):
        assert fitted(stored, width) == made.text(width)
