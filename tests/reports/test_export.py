"""Out and in again: the stored documents exactly, no contact, no initials unless asked, files whole or not at all."""

import csv
import io
import json
import stat
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.faults import BadContent, NotSaved
from deskmate.model.interaction import Interaction
from deskmate.model.promise import Promise
from deskmate.reports.export import COLUMNS, csv_lines, jsonl_lines, write_file
from tests.reports.made_up import records

AT = datetime.fromisoformat("2026-11-22T10:00:00-05:00")


def record(**facts: Any) -> Interaction:
    return Interaction(**{"id": "0192aaaa", "asked_at": AT, "added_at": AT, **facts})


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(st.lists(records, max_size=3))
def test_a_line_is_the_stored_document(log: list[Interaction]) -> None:
    lines = list(jsonl_lines(log, with_staff=True))
    assert [json.loads(line) for line in lines] == [item.to_document() for item in log]
    assert all(line.endswith("\n") and line.count("\n") == 1 for line in lines)


def test_initials_and_contacts_stay_here_unless_asked() -> None:
    owed = Promise(what="call", due=AT, made_at=AT, who="QZX", contact="c77", handed_by="QZX", accepted_by="QZX")
    log = [record(staff="QZX", promise=owed)]
    plain, table = "".join(jsonl_lines(log)), "".join(csv_lines(log))
    assert "QZX" not in plain + table
    assert "c77" not in "".join([plain, table, *jsonl_lines(log, with_staff=True), *csv_lines(log, with_staff=True)])
    (asked,) = rows("".join(csv_lines(log, with_staff=True)))
    assert (asked["staff"], asked["promise_who"]) == ("QZX", "QZX")
    assert json.loads(next(jsonl_lines(log, with_staff=True)))["promise"]["accepted_by"] == "QZX"


@given(st.lists(records, max_size=3))
def test_csv_comes_back_row_by_row_and_no_cell_is_a_formula(log: list[Interaction]) -> None:
    found = rows("".join(csv_lines(log)))
    assert [row["id"] for row in found] == [item.id for item in log]
    for row, item in zip(found, log, strict=True):
        assert tuple(row) == COLUMNS
        assert int(row["count"]) == item.count
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
        assert not any("\x1b" in cell or "\u202e" in cell for cell in row.values())


def test_a_csv_row_in_full() -> None:
    owed = Promise(what="call back", due=AT, made_at=AT, state="done", closed_at=AT, kept=False)
    item = record(note='=cmd|"x"\nand more', offered=("a", "b, c"), taught=True, seconds=90, promise=owed, read=2)
    (row,) = rows("".join(csv_lines([item])))
    assert {name: cell for name, cell in row.items() if cell} == {
        "id": "0192aaaa",
        "asked_at": "2026-11-22T10:00:00-05:00",
        "added_at": "2026-11-22T10:00:00-05:00",
        "seconds": "90",
        "uncertain": "no",
        "hold_seconds": "0",
        "channel": "in-person",
        "kind": "other",
        "read": "2",
        "taught": "yes",
        "source_used": "no",
        "strain": "calm",
        "outcome": "answered",
        "offered": "a; b, c",
        "incident": "no",
        "count": "1",
        "entry": "live",
        "sensitive": "no",
        "note": '\'=cmd|"x"\nand more',
        "promise_what": "call back",
        "promise_due": "2026-11-22T10:00:00-05:00",
        "promise_made_at": "2026-11-22T10:00:00-05:00",
        "promise_state": "done",
        "promise_closed_at": "2026-11-22T10:00:00-05:00",
        "promise_kept": "no",
    }


def test_a_spreadsheet_gets_kind_and_day_of_a_sensitive_record_and_nothing_of_a_private_promise() -> None:
    private = Promise(what="met J. Doe", due=AT, made_at=AT, private=True)
    sensitive = record(kind="conduct", sensitive=True, note="secret", playbook="suspected-abuse", promise=private)
    first, second = rows("".join(csv_lines([sensitive, record(promise=private)])))
    assert {name: cell for name, cell in first.items() if cell} == {
        "id": "0192aaaa",
        "asked_at": "2026-11-22",
        "kind": "conduct",
        "count": "1",
        "entry": "live",
        "sensitive": "yes",
    }
    assert not [name for name, cell in second.items() if name.startswith("promise_") and cell]


def test_a_file_is_replaced_whole_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "résumé.csv"
    path.write_text("old")
    write_file(path, ["é\r\n", "two\n"])
    assert path.read_bytes() == "é\r\ntwo\n".encode()
    assert list(tmp_path.iterdir()) == [path]
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_report_that_breaks_off_leaves_the_old_file_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    path.write_text("old")

    def broken() -> Iterator[str]:
        yield "half"
        raise BadContent("The day is damaged.", "Run doctor.")

    with pytest.raises(BadContent):
        write_file(path, broken())
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_missing_is_told_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSaved) as caught:
        write_file(tmp_path / "nowhere" / "log.csv", ["x"])
    assert "log.csv was not written" in caught.value.what
    assert caught.value.cure


def test_a_target_that_is_a_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with pytest.raises(NotSaved):
        write_file(tmp_path / "taken", ["x"])
    assert [entry.name for entry in tmp_path.iterdir()] == ["taken"]
