"""Private data is found in notes, and the desk's own numbers are left alone.

`guard_notes.tsv` holds 120 invented notes with the kinds they should show; the rules were tuned on them.
`guard_unseen.tsv` holds 101 more. They were committed before they were measured: then 74 of their 87 private stretches
were found, with two found as another kind. Rules for health, passport and driving licence numbers came after that
measurement and brought it to 80; nothing else was tuned on them. All are by one hand: read the figures as floors that
must not sink, not as what any library will see.
"""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.text.guard import Finding, Watch, _patterns, find, mask

NOTES = Path(__file__).with_name("guard_notes.tsv")
UNSEEN = Path(__file__).with_name("guard_unseen.tsv")


def labelled(path: Path = NOTES) -> list[tuple[Counter[str], str]]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return [(Counter() if kinds == "-" else Counter(kinds.split(",")), note) for kinds, note in rows]


def kinds(text: str) -> list[str]:
    return [finding.kind for finding in find(text)]


def test_nine_in_ten_are_found_with_at_most_three_false_alarms() -> None:
    notes = labelled()
    wanted = found = alarms = 0
    for expected, note in notes:
        seen = Counter(kinds(note))
        wanted += expected.total()
        found += (expected & seen).total()
        alarms += (seen - expected).total()
    assert len(notes) == 120
    assert wanted >= 90
    assert found / wanted >= 0.9
    assert alarms <= 3


def test_every_kind_is_found_at_least_four_times_in_five() -> None:
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for expected, note in labelled():
        wanted += expected
        found += expected & Counter(kinds(note))
    assert len(wanted) == 10
    assert {kind: found[kind] / count for kind, count in wanted.items() if found[kind] / count < 0.8} == {}


def test_nine_in_ten_of_the_notes_no_rule_was_tuned_on_are_found_without_a_false_alarm() -> None:
    notes = labelled(UNSEEN)
    wanted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    alarms: Counter[str] = Counter()
    for expected, note in notes:
        seen = Counter(kinds(note))
        wanted += expected
        found += expected & seen
        alarms += seen - expected
    assert len(notes) == 101
    assert wanted.total() == 87
    assert found.total() >= 80
    assert alarms.total() == 0
    least = {"name": 7, "e-mail": 9, "birth date": 7, "address": 11, "plate": 5}
    assert {kind: found[kind] for kind in wanted if found[kind] < least.get(kind, wanted[kind])} == {}


@pytest.mark.parametrize(
    ("note", "masked"),
    [
        ("card 25260181590838 waived", "card [card number] waived"),
        ("card 2 5260 18159 0838 waived", "card [card number] waived"),
        ("pay 4111 1111 1111 1111 now", "pay [payment card] now"),
        ("call (416) 555-0132 x12 at 4", "call [phone] at 4"),
        ("mail sam at example dot com today", "mail [e-mail] today"),
        ("mail a.b@example.org, today", "mail [e-mail], today"),
        ("dob: 1987-03-14", "dob: [birth date]"),
        ("ssn 219-09-9999 seen", "ssn [national number] seen"),
        ("at 12 Old Mill Road apt 6, new card", "at [address], new card"),
        ("Mrs. Alvarez is upset", "[name] is upset"),
        ("plate ABCD 123 blocks the ramp", "plate [plate] blocks the ramp"),
        ("NHS number 943 476 5919 seen", "NHS number [national number] seen"),
        ("passport no. K1234567 left", "passport no. [national number] left"),
        ("driver's license S530-4606-0123 shown", "driver's license [national number] shown"),
    ],
)
def test_a_mask_takes_the_private_part_and_leaves_the_rest(note: str, masked: str) -> None:
    assert mask(note) == masked


@pytest.mark.parametrize(
    "note",
    [
        "item 35755131373530 damaged",
        "3 5755 13137 3530 missing disc",
        "isbn 9780000000040 passes the card check too",
        "978-0-306-40615-7",
        "ISBN 0-306-40615-2",
        "641.59440971 and 305.8009",
        "author born 1947",
        "3 usb drives, 20 minutes in line",
        "Dr Seuss and Mr Men",
        "due 2026-11-30, $14.50, pc 14, room 204",
    ],
)
def test_the_desks_own_numbers_stay(note: str) -> None:
    assert find(note) == ()
    assert mask(note) == note


def test_a_mistyped_card_is_pointed_out_but_not_masked() -> None:
    note = "card 29624595711776 not found"
    assert find(note) == (Finding(5, 19, "card number?"),)
    assert not find(note)[0].certain
    assert mask(note) == note


def test_two_that_touch_the_same_letters_become_one() -> None:
    note = "write 416-555-0132@example.org"
    assert kinds(note) == ["e-mail"]
    assert mask(note) == "write [e-mail]"


def test_a_card_and_a_phone_side_by_side_are_two() -> None:
    assert kinds("25260181590838 647 555 0147") == ["card number", "phone"]


PIECES = st.sampled_from(
    [
        *"0123456789 -.@'",
        " at ",
        " dot ",
        "com",
        "mr ",
        "dob ",
        "call ",
        "plate ",
        "St",
        "25260181590838",
        "555-0147",
        "é",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_findings_are_in_order_apart_and_inside_the_note(note: str) -> None:
    findings = find(note)
    edges = [edge for finding in findings for edge in (finding.start, finding.end)]
    assert edges == sorted(edges)
    assert all(0 <= finding.start < finding.end <= len(note) for finding in findings)


@given(st.lists(st.one_of(PIECES, st.just("\n")), max_size=40).map("".join), st.integers(0, 60), PIECES)
def test_looking_again_at_every_key_finds_what_looking_at_the_whole_finds(note: str, place: int, typed: str) -> None:
    watch = Watch()
    assert watch.find(note) == find(note)
    note = note[:place] + typed + note[place:]
    assert watch.find(note) == find(note)


@pytest.mark.parametrize("path", [NOTES, UNSEEN])
def test_no_pattern_matches_where_none_of_its_signs_is(path: Path) -> None:
    for _, note in labelled(path):
        for _, pattern, signs in _patterns():
            for text in (note, note.upper(), note.title()):
                matched = pattern.search(text)
                assert not (matched and signs) or any(sign in matched[0].casefold() for sign in signs), (text, signs)


@given(st.text(alphabet=st.characters(categories=("Lu", "Ll", "Zs", "Po")), max_size=80))
def test_every_certain_finding_is_gone_after_the_mask(note: str) -> None:
    text = f"{note} 25260181590838 {note} sam@example.org"
    masked = mask(text)
    assert "25260181590838" not in masked
    assert "sam@example.org" not in masked


def test_a_note_of_a_megabyte_is_read_to_its_end() -> None:
    line = "renewed 35755131373530, paid $4.50, waited 20 minutes\n"
    note = line * (1_000_000 // len(line)) + "call 416-555-0132"
    assert kinds(note) == ["phone"]


@pytest.mark.parametrize(
    "piece",
    [
        "a.",
        "a-",
        "1 ",
        "1-",
        "12 aa aa aa ",
        "mr. a. ",
        "born on ",
        "a dot ",
        "a at ",
        "a@",
        "plate a ",
        "sin ::::",
        " ",
    ],
)
def test_nothing_makes_it_slow(piece: str) -> None:
    # Backtracking that grows with the square would not end here.
    find(piece * (300_000 // len(piece)))
