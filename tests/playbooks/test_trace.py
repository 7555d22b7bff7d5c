"""Every statement of the five source documents names what honours it, and what it names is really there."""

from pathlib import Path

import pytest

from deskmate.places import shipped_data
from deskmate.playbooks.reader import Reading, parse
from deskmate.playbooks.trace import NotYet, Trace, check_trace, read_trace

ROOT = Path(__file__).resolve().parents[2]
LIST = shipped_data() / "traceability.yaml"
SMALL = """\
documents:
  - {id: S2, title: "A policy", statements: 3}
features:
  look-up: deskmate/lookup.py
statements:
  - id: S2-01
    says: "Smile first."
    steps: [greet/open, greet/close]
  - id: S2-02
    says: "Find the answer."
    features: [look-up]
not_yet:
  - {id: S2-03, says: "Write a pledge.", reason: "There is no page for it."}
"""
BOOK = """\
title: "Greet"
category: foundations
sources: [RUSA04, S2-01]
steps:
  open:
    say: ["Hello."]
  close:
    say: ["Goodbye."]
"""


def trace_of(text: str) -> Trace:
    trace, problems = read_trace(text, "list.yaml")
    assert trace is not None, [str(problem) for problem in problems]
    return trace


def told(root: Path, text: str = SMALL, book: str = BOOK) -> list[str]:
    """What the walk says of a small list and one playbook, without the cures."""
    (root / "deskmate").mkdir()
    (root / "deskmate" / "lookup.py").write_text("", encoding="utf-8")
    problems = check_trace(trace_of(text), [parse(book, "greet.yaml")], root)
    assert all(problem.cure for problem in problems)
    return [f"{problem.file}:{problem.line}:{problem.column}: {problem.message}" for problem in problems]


@pytest.fixture(scope="module")
def shipped() -> Trace:
    return trace_of(LIST.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def books() -> list[Reading]:
    paths = sorted((shipped_data() / "playbooks").rglob("*.yaml"))
    return [parse(path.read_text(encoding="utf-8"), str(path)) for path in paths]


def test_the_shipped_list_holds_all_the_way(shipped: Trace, books: list[Reading]) -> None:
    assert [str(problem) for problem in check_trace(shipped, books, ROOT)] == []


def test_the_five_documents_have_205_statements_and_each_stands_in_the_list_once(shipped: Trace) -> None:
    assert [(each.id, each.statements) for each in shipped.documents] == [
        ("S0", 27), ("S1", 44), ("S2", 57), ("S3", 57), ("S4", 20)
    ]  # fmt: skip
    listed = [*(one.id for one in shipped.statements), *(one.id for one in shipped.not_yet)]
    assert len(listed) == 205
    assert sorted(listed) == sorted(shipped.ids)


def test_every_shipped_playbook_honours_a_statement(shipped: Trace, books: list[Reading]) -> None:
    named = {book for one in shipped.statements for book in one.playbooks}
    assert {book.id for book in books} == named


def test_a_list_that_holds_has_no_problem_and_is_read_whole(tmp_path: Path) -> None:
    assert told(tmp_path) == []
    trace = trace_of(SMALL)
    assert trace.ids == ("S2-01", "S2-02", "S2-03")
    assert [(one.steps, one.playbooks, one.features) for one in trace.statements] == [
        (("greet/open", "greet/close"), ("greet",), ()),
        ((), (), ("look-up",)),
    ]
    assert trace.not_yet == (NotYet("S2-03", "Write a pledge.", "There is no page for it."),)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("greet/close", "greet/wave", '8:25: greet has no step "wave".'),
        ("greet/close", "great/open", '8:25: There is no playbook "great".'),
        ("greet/close", "greet/open", "8:25: greet/open stands here twice."),
        ("[look-up]", "[look-up, practice]", '11:25: "practice" is no feature.'),
        ("deskmate/lookup.py", "deskmate/drill.py", '4:3: "deskmate/drill.py" is not there.'),
        ("deskmate/lookup.py", "deskmate/lookup.py\n  drill: deskmate/lookup.py", '5:3: No statement names "drill".'),
        ("id: S2-02", "id: S2-04", "9:9: No document has a statement S2-04."),
        ("id: S2-03", "id: S2-02", "13:10: S2-02 stands here twice."),
        ("statements: 3", "statements: 4", "5:1: S2-04 is missing."),
        ("Find the answer.", "one two three four five six seven eight nine ten eleven twelve thirteen",
         "10:11: S2-02 is told in more than 12 words."),
        ("    features: [look-up]\n", "", "9:5: S2-02 names no step and no feature."),
    ],
)  # fmt: skip
def test_a_fault_of_the_list_is_told_where_it_stands(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert f"list.yaml:{message}" in told(tmp_path, SMALL.replace(old, new, 1))


def test_a_statement_that_a_playbook_does_not_name_back_is_told_at_the_step(tmp_path: Path) -> None:
    found = told(tmp_path, book=BOOK.replace(", S2-01", ""))
    assert found == [f"list.yaml:8:{column}: The sources of greet lack S2-01." for column in (13, 25)]


def test_a_playbook_that_names_a_statement_none_of_its_steps_honours_is_told_in_its_file(tmp_path: Path) -> None:
    found = told(tmp_path, book=BOOK.replace("S2-01", "S2-01, S2-02"))
    assert found == ["greet.yaml:3:26: S2-02 names no step of this playbook."]


@pytest.mark.parametrize("tag", ["S2-99", "S7-01", "S2-1"])
def test_a_playbook_that_names_a_statement_no_document_has_is_told_in_its_file(tmp_path: Path, tag: str) -> None:
    found = told(tmp_path, book=BOOK.replace("S2-01", f"S2-01, {tag}"))
    assert found == [f"greet.yaml:3:26: No document has a statement {tag}."]


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('"Smile first."', "Smile first", (7, 11)),
        ("greet/open", "greet", (8, 13)),
        ("deskmate/lookup.py", "../elsewhere.py", (4, 12)),
        ("statements: 3", "statements: many", (2, 45)),
        ("id: S2-01", "id: S2-1", (6, 9)),
        (', reason: "There is no page for it."', "", (13, 5)),
        ("    features:", "    feature:", (11, 5)),
    ],
)
def test_a_fault_of_form_stops_the_reading_and_is_told_where_it_stands(
    old: str, new: str, where: tuple[int, int]
) -> None:
    trace, problems = read_trace(SMALL.replace(old, new, 1), "list.yaml")
    assert trace is None
    assert [(problem.line, problem.column) for problem in problems] == [where]


@pytest.mark.parametrize("text", ["", "# only a comment\n", "- a list\n", "documents: [\n"])
def test_what_is_no_list_of_statements_is_refused_with_a_cure(text: str) -> None:
    trace, problems = read_trace(text, "list.yaml")
    assert trace is None
    assert problems
    assert all(problem.message and problem.cure for problem in problems)
