"""Which folder is which table, and which version of the store may be written."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskmate.records.disk import Disk
from deskmate.records.layout import day_of, fingerprint, folder_name, read_format, table_name, write_format

NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)


@given(NAMES)
def test_every_table_has_a_safe_folder_of_its_own(table: str) -> None:
    folder = folder_name(table)
    assert table_name(folder) == table
    assert folder.isascii()
    assert not set(folder) & set('/\\:*?"<>|. \0')


def test_the_contacts_folder_is_no_table_and_no_table_gets_it() -> None:
    assert table_name("contacts") is None
    assert folder_name("contacts") != "contacts"
    assert table_name(folder_name("contacts")) == "contacts"
    assert table_name("%zz") is None
    assert table_name(".git") is None
    with pytest.raises(ValueError):
        folder_name("")


def test_only_a_date_is_a_day() -> None:
    assert day_of("2026-11-22") == date(2026, 11, 22)
    assert day_of("2026-13-22") is None
    assert day_of("phrases") is None


def test_a_fingerprint_changes_with_any_file() -> None:
    marks = {
        fingerprint(sizes)
        for sizes in ({}, {"a": (1, 5)}, {"a": (1, 6)}, {"b": (1, 5)}, {"a": (1, 5), "b": (2, 0)}, {"a": (1, 2)})
    }
    assert len(marks) == 6
    assert fingerprint({"a": (1, 5)}) == fingerprint({"a": (7, 5)})


def test_the_format_file_decides_who_may_write(tmp_path: Path) -> None:
    root = tmp_path / "library" / "log"
    assert read_format(root) == (True, None)
    write_format(root, Disk())
    write_format(root, Disk())
    assert json.loads((root / "FORMAT").read_text()) == {"format": "deskmate-log", "v": 1}
    assert read_format(root) == (True, None)
    (root / "FORMAT").write_text('{"format":"deskmate-log","v":2}')
    may_write, notice = read_format(root)
    assert not may_write
    assert notice is not None
    assert "newer" in notice.what
    (root / "FORMAT").write_text("{")
    may_write, notice = read_format(root)
    assert may_write
    assert notice is not None
    assert "Delete it" in notice.cure
