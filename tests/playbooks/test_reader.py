"""Playbook files: what is read, and every fault with its line, its column and its mend."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from deskmate.places import shipped_data
from deskmate.playbooks.answers import Door, Entry, Fact
from deskmate.playbooks.model import Avoid, Choice, Escalation, Item, Line, Nudge, PromisePrompt
from deskmate.playbooks.nodes import DEPTH, LIMIT, decode
from deskmate.playbooks.reader import parse, read, read_directory, read_facts, read_help
from deskmate.playbooks.sources import Problem

FILE = "call-back.yaml"
EXAMPLES = ("angry-patron", "medical-emergency", "phone-vs-in-person")
SMALL = """\
title: "Call back"
category: foundations
steps:
  open:
    say:
      - "I'll call you by two."
    do:
      - "Write down the time"
    choices:
      - {answer: "Agreed", go: close}
  close:
    say: ["Is there anything else I can do?"]
    end: promised
"""


def example(name: str) -> tuple[str, Path]:
    path = next((shipped_data() / "playbooks").rglob(f"{name}.yaml"))
    return path.read_text(encoding="utf-8"), path


def faults(text: str) -> list[str]:
    """Each problem as `line:column message cure`."""
    _, problems = read(text, FILE)
    return [str(problem).removeprefix(f"{FILE}:") for problem in problems]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_example_is_read_without_a_problem(name: str) -> None:
    text, path = example(name)
    book, problems = read(text, str(path))
    assert problems == []
    assert book is not None
    assert book.id == name
    assert book.origin == str(path)
    assert book.category == path.parent.name


def test_everything_of_the_medical_example_arrives() -> None:
    text, path = example("medical-emergency")
    book, _ = read(text, str(path))
    assert book is not None
    start = book.steps["open"]
    assert start.line == text[: text.index("  open:")].count("\n") + 1
    assert start.do[0] == Item(Line("Look: awake? breathing?"), id="looked", time="found")
    assert start.do[2].line == Line("Say: $address", without="Say the address, the floor and the door")
    assert start.nudges == (Nudge(60, "start", "Has anyone called $emergency_number?"),)
    assert book.steps["cpr"].nudges[0].since == "tick:cpr-began"
    assert start.avoid[1] == Avoid("Moving a person who is hurt", "Keep them still and warm.")
    assert start.choices[3] == Choice("Blue lips, pinpoint eyes, drugs near", go="overdose-naloxone")
    assert book.record == {"kind": "conduct", "strain": "red", "incident": "yes", "outcome": "escalated"}
    assert book.escalate[1].when.startswith("A seizure of five minutes")
    assert isinstance(book.escalate[0], Escalation)
    assert book.steps["after-crew"].promise == PromisePrompt("Incident report by when?", "end of shift")
    assert book.discreet


def test_an_urgent_playbook_is_discreet_unless_it_says_no() -> None:
    urgent = SMALL + "urgency: urgent\n"
    book, _ = read(urgent, FILE)
    assert book is not None
    assert book.discreet
    book, _ = read(urgent + "discreet: no\n", FILE)
    assert book is not None
    assert not book.discreet


def test_words_that_yaml_would_turn_into_something_else_stay_words() -> None:
    text = SMALL.replace("I'll call you by two.", "12:30").replace('"Agreed"', '"no"').replace("Agreed", "no")
    book, problems = read(text.replace('"Call back"', '"0123"'), FILE)
    assert problems == []
    assert book is not None
    assert book.title == "0123"
    assert book.steps["open"].say == (Line("12:30"),)
    assert book.steps["open"].choices[0].answer == "no"


def test_block_text_becomes_one_line_and_a_note_keeps_its_lines() -> None:
    text = SMALL.replace('title: "Call back"', "title: >\n  Call\n  back") + "note: |\n  First.\n  Second.\n"
    book, problems = read(text, FILE)
    assert problems == []
    assert book is not None
    assert book.title == "Call back"
    assert book.note == "First.\nSecond."


def test_what_nobody_can_see_is_taken_out_of_the_words() -> None:
    book, problems = read(SMALL.replace("Call back", "Call\\e[31m\\u202e back"), FILE)
    assert problems == []
    assert book is not None
    assert book.title == "Call back"


LINE = '      - "I\'ll call you by two."'
CHOICE = '      - {answer: "Agreed", go: close}'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            LINE,
            "      - I will call you",
            ['6:9: These words stand without quotes. Write "I will call you".'],
        ),
        (
            LINE,
            "      - Press # to go back",
            ['6:9: The words end at the "#": only "Press" is read. Write "Press # to go back".'],
        ),
        (
            LINE,
            "      - {patron}",
            ['6:9: "{patron}" is not words. Write the library\'s own word as $patron, inside "quotes".'],
        ),
        (
            'say: ["Is there anything else I can do?"]',
            "say: [Thanks, goodbye]",
            [
                '12:11: These words stand without quotes. Write "Thanks".',
                '12:19: These words stand without quotes. Write "goodbye".',
            ],
        ),
        (
            CHOICE,
            "      - {answer: Yes, please, go: close}",
            ['10:23: A comma split the words before "please". Put all of the words in "quotes".'],
        ),
        ("    say:\n      -", "    sya:\n      -", ['5:5: "sya" is not a name known here. Did you mean "say"?']),
        (
            "    end: promised",
            "    end: promissed",
            ['13:10: "promissed" is not an outcome. Did you mean "promised"?'],
        ),
        (
            "    do:\n",
            "    do: []\n    do:\n",
            ['8:5: "do" stands here twice, first in line 7. Keep one of them.'],
        ),
        ("category: foundations\n", "", ['1:1: "category" is missing. Add it at the left edge: category: ...']),
        (
            CHOICE,
            '      - {answer: "Agreed"}',
            ["10:9: The choice leads nowhere. Add go: and a step's id."],
        ),
        (
            CHOICE,
            '      - {answer: "Agreed", go: close, visit: fight}',
            ["10:9: The choice has both go and visit. Keep go to hand over, or visit to come back."],
        ),
        (
            '    say: ["Is there',
            '    nudge: {after: 2 minutes, text: "x"}\n    say: ["Is there',
            ['12:20: "2 minutes" is not a length of time. Write it like 60 s, 2 min or 1 h.'],
        ),
        (
            '    say: ["Is there',
            '    nudge: {after: 2 min, since: tick, text: "x"}\n    say: ["Is there',
            ['12:34: A nudge cannot count from "tick". Write step, start, hold, or tick: and an item\'s id.'],
        ),
        (
            "  close:\n",
            "  help:\n",
            ['11:3: A step cannot be called "help": HELP is on every step. Give the step another name.'],
        ),
        ("  close:\n", "  Close it:\n", ['11:3: "Close it" is not an id. Use small letters, digits and hyphens']),
        (
            '    say: ["Is there anything else I can do?"]',
            '    say: "Is there anything else I can do?"',
            ['12:10: A list belongs here. Put each part on a line of its own that begins with "- ".'],
        ),
        ('title: "Call back"', "title:", ['1:7: No words stand here. Write them in "quotes", or take the line out.']),
        (
            'title: "Call back"',
            'title: ["Call", "back"]',
            ['1:8: Words belong here, and a list was found. Write one text in "quotes".'],
        ),
        ("steps:\n", "reviewed: 22.11.2026\nsteps:\n", ['3:11: "22.11.2026" is not a date. Write year-month-day']),
        ("steps:\n", 'law: {Ohio: "x"}\nsteps:\n', ['3:7: "Ohio" is not a region. Write it like US or CA-ON.']),
        ("steps:\n", "record: [calm]\nsteps:\n", ["3:9: Names with a colon belong here."]),
        ("steps:\n", "form: [full]\nsteps:\n", ["3:7: One word belongs here. Write it, or take the line out."]),
        (
            "steps:\n",
            "sources: [beta]\nsteps:\n",
            ['3:11: "beta" is not a source\'s tag. Write it like BETA or S0-22.'],
        ),
        ("steps:\n", "? [a]\n: b\nsteps:\n", ["3:3: A name before the colon is missing."]),
        ('{answer: "Agreed"', '{answer: "Agreed", when: {region: {US: x}}', ["10:43: One word belongs here."]),
        ("steps:\n", "note: []\nsteps:\n", ["3:7: Words belong here, and a list was found."]),
        (SMALL[SMALL.index("steps:") :], "steps: {}\n", ["3:8: No step stands here."]),
        ("steps:\n", "discreet: maybe\nsteps:\n", ['3:11: "maybe" is neither yes nor no. Write yes or no.']),
        (
            "steps:\n",
            "record: {strain: 3, mood: bad}\nsteps:\n",
            ['3:18: "3" is not a strain. Known here: calm, tense, red.', '3:21: "mood" is not a name known here.'],
        ),
    ],
)
def test_a_fault_is_told_with_its_place_and_its_mend(old: str, new: str, expected: list[str]) -> None:
    assert old in SMALL
    found = faults(SMALL.replace(old, new, 1))
    assert len(found) == len(expected)
    for told, begins in zip(found, expected, strict=True):
        assert told.startswith(begins)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: Look: awake?\n", '1:12: A colon stands inside words without quotes. Put the words in "quotes".'),
        ('title: "Call back\nsteps: 1\n', '1:8: A quote is opened here and never closed. Write the closing ".'),
        ("title: @desk\n", '1:8: Words without quotes cannot begin with "@". Put the words in "quotes".'),
        ("also: [a, b\n", '2:1: A "[" is never closed, or a comma is missing.'),
        ("record: {a: b\n", '2:1: A "{" is never closed, or a comma is missing.'),
        ("title: 'it's'\n", "1:12: Words follow a closing quote or bracket"),
        ("also: - a\n", "1:7: A list begins on the line of its name."),
        ("say:\n  - a\n b: c\n", "3:2: The line stands at the wrong indent."),
        ('title: "\\q"\n', "1:9: A backslash stands in front of a letter that needs none."),
        ("title\nsteps\n: x\n", "3:1: "),
        ("a: b\n---\nc: d\n", '3:1: A second part begins after "---".'),
        ("title: !!python/object:os.system x\n", "1:8: A YAML tag that begins with ! stands here."),
        ("title: !mine x\n", "1:8: A YAML tag that begins with ! stands here."),
        ("", "1:1: The file is empty."),
        ("# nothing yet\n", "1:1: The file is empty."),
        ("- a\n- b\n", "1:1: Names with a colon belong here."),
        ("just words\n", "1:1: Names with a colon belong here."),
        ("title:\n\t- a\n", "2:1: The line is indented with a tab. Use two blanks instead."),
        ("title: a\x07b\n", "1:9: A control character that nobody can see stands here. Delete it."),
        ("title: \ud800\n", "1:8: A control character that nobody can see stands here. Delete it."),
    ],
)
def test_yaml_that_cannot_be_read_is_told_in_plain_words(text: str, expected: str) -> None:
    found = faults(text)
    assert found[0].startswith(expected)


@pytest.mark.parametrize("name", EXAMPLES)
def test_without_the_c_library_the_same_is_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text, path = example(name)
    with_it = read(text, str(path))
    monkeypatch.delattr(yaml, "CBaseLoader")
    assert read(text, str(path)) == with_it
    assert faults(SMALL.replace(LINE, "      - Press # to go back"))[0].startswith('6:9: The words end at the "#"')
    assert faults("title: Look: awake?\n")[0].startswith("1:12: A colon stands inside words without quotes.")
    assert faults("say:\n  - a\n b: c\n")[0].startswith("3:2: The line stands at the wrong indent.")
    assert faults("[" * 5000)[0].startswith(f"1:{DEPTH + 1}: Lists stand inside lists deeper")


def test_all_faults_of_a_file_come_back_in_one_pass() -> None:
    text = (
        SMALL.replace("title", "titel")
        .replace("end: promised", "end: done")
        .replace('"Write down the time"', "Write down the time")
        .replace("go: close", "goto: close")
    )
    lines = sorted({int(told.split(":")[0]) for told in faults(text)})
    assert lines == [1, 8, 10, 13]


def test_a_choice_that_is_wrong_is_left_out_and_the_others_stay() -> None:
    text = SMALL.replace(CHOICE, f'{CHOICE}\n      - {{anser: "No", go: close}}')
    reading = parse(text, FILE)
    book = reading.playbook()
    assert not reading.is_sound
    assert book is not None
    assert [choice.answer for choice in book.steps["open"].choices] == ["Agreed"]


def test_a_file_that_names_only_steps_can_be_laid_over_another() -> None:
    base, _ = read(SMALL, FILE)
    assert base is not None
    over = parse('steps:\n  close:\n    say: ["Until two, then."]\n    end: answered\n', FILE)
    assert over.is_sound
    assert over.missing == ("title", "category")
    laid = over.over(base)
    assert laid.title == "Call back"
    assert laid.steps["open"] == base.steps["open"]
    assert laid.steps["close"].end == "answered"


@pytest.mark.parametrize("file", ["Call Back.yaml", "call_back.yaml", "help.yaml"])
def test_the_file_name_must_do_as_an_id(file: str) -> None:
    book, problems = read(SMALL, file)
    assert book is None
    assert "cannot be an id" in str(problems[0])


def test_an_alias_is_refused_where_it_stands() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{before}, *{before}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert faults(bomb) == ['2:8: "*a" repeats another part. Write the words out here.']


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_a_quarter_of_a_megabyte_of_brackets_is_refused_and_ends_nothing(opening: str) -> None:
    found = faults((opening * LIMIT)[:LIMIT])
    assert found == [
        f"1:{DEPTH * len(opening) + 1}: Lists stand inside lists deeper than any playbook. Close the brackets."
    ]


def test_a_file_that_is_too_long_or_not_utf_8_is_told_and_not_read() -> None:
    assert "more than 256 KB" in str(decode(b"a" * (LIMIT + 1), FILE))
    assert "more than 256 KB" in faults("a" * (LIMIT + 1))[0]
    assert str(decode(b"title: 1\nalso: caf\xe9\n", FILE)).startswith(f"{FILE}:2:10: The file is not UTF-8")
    assert "UTF-16" in str(decode('title: "x"'.encode("utf-16"), FILE))
    assert decode("\ufefftitle: café".encode(), FILE) == "title: café"


@given(text=st.text(max_size=300))
def test_any_text_gives_a_playbook_or_problems_and_never_an_exception(text: str) -> None:
    book, problems = read(text, FILE)
    assert (book is None) == any(problem.is_error for problem in problems)
    facts, more = read_facts(text, "facts.yaml")
    assert not facts
    read_directory(text, "directory.yaml")
    read_help(text, "help.yaml")
    for problem in [*problems, *more]:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message
        assert problem.cure


@given(raw=st.binary(max_size=200))
def test_any_bytes_are_text_or_a_problem(raw: bytes) -> None:
    assert isinstance(decode(raw, FILE), str | Problem)


@given(
    at=st.integers(min_value=0),
    cut=st.integers(min_value=0, max_value=12),
    put=st.text(st.sampled_from(list("abz \"'\n\t:-[]{},#&*!|>$%@`")), max_size=6),
)
def test_any_slip_of_the_fingers_in_an_example_is_told_or_harmless(at: int, cut: int, put: str) -> None:
    text, path = example("phone-vs-in-person")
    at %= len(text)
    book, problems = read(text[:at] + put + text[at + cut :], str(path))
    assert (book is None) == any(problem.is_error for problem in problems)
    last = text.count("\n") + put.count("\n") + 2
    assert all(1 <= problem.line <= last for problem in problems)


def keys_of(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every key of every mapping."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*way, key)
            yield from keys_of(inner, (*way, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from keys_of(inner, (*way, number))


def without(value: Any, way: tuple[Any, ...]) -> Any:
    """A copy without the key at the end of a way."""
    if len(way) == 1:
        return {key: inner for key, inner in value.items() if key != way[0]}
    if isinstance(value, dict):
        return {key: without(inner, way[1:]) if key == way[0] else inner for key, inner in value.items()}
    return [without(inner, way[1:]) if number == way[0] else inner for number, inner in enumerate(value)]


@pytest.mark.parametrize("name", EXAMPLES)
def test_without_any_one_of_its_names_an_example_is_a_playbook_or_has_a_located_problem(name: str) -> None:
    text, path = example(name)
    whole = yaml.load(text, Loader=yaml.CBaseLoader)
    ways = list(keys_of(whole))
    assert len(ways) > 140
    for way in ways:
        cut = yaml.dump(without(whole, way), Dumper=yaml.CSafeDumper, default_style='"', sort_keys=False, width=1000)
        book, problems = read(cut, str(path))
        assert (book is None) == bool(problems), way
        assert all(1 <= problem.line <= cut.count("\n") + 1 for problem in problems), way


def test_facts_are_read_and_one_with_a_fault_is_left_out() -> None:
    text = """\
facts:
  - {id: colour-copy, question: "What is a colour copy?", answer: "A colour page.", also: ["color copy"], example: yes}
  - {id: hours, question: "When do you open?", answer: Nine, sharp}
  - {id: wifi, question: "Wi-Fi?", answer: "Elm-Guest", kind: device, until: 2026-12-31}
  - {id: wifi, question: "Wi-Fi?", answer: "Elm-2"}
"""
    facts, problems = read_facts(text, "facts.yaml")
    assert facts == (
        Fact("colour-copy", "What is a colour copy?", "A colour page.", ("color copy",), example=True),
        Fact("wifi", "Wi-Fi?", "Elm-Guest", kind="device", until="2026-12-31"),
    )
    assert [problem.line for problem in problems] == [3, 5]


def test_the_directory_is_read() -> None:
    text = """\
entries:
  - id: crisis-line
    name: "988 Suicide and Crisis Lifeline"
    phone: "988"
    region: [US, CA]
"""
    entries, problems = read_directory(text, "directory.yaml")
    assert problems == []
    assert entries == (Entry("crisis-line", "988 Suicide and Crisis Lifeline", phone="988", region=("US", "CA")),)


def test_the_shipped_help_page_has_nine_doors_and_three_things_to_remember() -> None:
    file = shipped_data() / "help.yaml"
    page, problems = read_help(file.read_text(encoding="utf-8"), str(file))
    assert problems == []
    assert page is not None
    assert len(page.memory) == 3
    assert [door.key for door in page.doors] == list("123456789")
    assert page.doors[1] == Door("2", "Someone has collapsed", "medical-emergency", "Medical")


def test_two_doors_on_one_digit_are_a_fault() -> None:
    door = '  - {key: 1, label: "Unsafe", open: fight, code: "Safety"}\n'
    page, problems = read_help(f'memory: ["Go"]\ndoors:\n{door}{door}', "help.yaml")
    assert page is None
    assert str(problems[0]) == "help.yaml:4:5: The key 1 opens two doors. Give each its own digit."
