"""TinyDB as ever, on the log's storage."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tinydb import Query, where
from tinydb.operations import increment
from tinydb.table import Document, Table

from deskmate.clock import FixedClock
from deskmate.records.disk import Disk
from deskmate.records.log import Log
from deskmate.records.storage import LogStorage
from deskmate.records.table import DeskDB
from deskmate.records.writer import WriterSlot


class PlainDB(DeskDB):
    """The same storage under TinyDB's own, unchanged table."""

    table_class = Table


@pytest.fixture
def storage(tmp_path: Path, clock: FixedClock) -> LogStorage:
    disk = Disk()
    return LogStorage(tmp_path / "log", WriterSlot(tmp_path / "desk", disk), clock, disk=disk)


def lines(storage: LogStorage, table: str) -> list[bytes]:
    return [line for data in storage.raw(table) for line in data.splitlines()]


def test_queries_inserts_updates_and_removals_work_unchanged(storage: LogStorage) -> None:
    db = DeskDB(storage)
    table = db.table("2026-11-22")
    first = table.insert({"kind": "device", "n": 1})
    table.insert_multiple([{"kind": "policy", "n": 2}, {"kind": "device", "n": 3}])
    assert UUID(str(first)).version == 7
    assert [document["n"] for document in table.search(where("kind") == "device")] == [1, 3]
    assert table.count(Query().n > 1) == 2
    assert table.contains(doc_id=first)
    assert table.update({"strain": "calm"}, where("kind") == "policy")
    assert table.update(increment("n"), doc_ids=[first]) == [first]
    assert table.get(doc_id=first) == {"kind": "device", "n": 2}
    assert [document["n"] for document in table.get(doc_ids=[first])] == [2]
    assert table.upsert({"kind": "conduct", "n": 9}, where("kind") == "conduct")
    assert table.upsert(Document({"n": 4}, first)) == [first]
    assert table.remove(where("n") == 3)
    assert sorted(document["n"] for document in table) == [2, 4, 9]
    assert table.get(where("n") == 77) is None
    again = DeskDB(storage)
    assert sorted(document["n"] for document in again.table("2026-11-22").all()) == [2, 4, 9]
    assert len(again.table("2026-11-22")) == 3
    table.truncate()
    assert len(table) == 0
    db.close()


def test_a_change_of_many_documents_is_one_line_and_of_none_is_no_line(storage: LogStorage) -> None:
    table = DeskDB(storage).table("t")
    table.insert_multiple({"n": n} for n in range(10))
    table.update({"seen": True})
    table.update({"seen": True})
    table.update({"x": 1}, where("n") == 99)
    table.remove(where("n") == 99)
    assert len(lines(storage, "t")) == 2
    storage.close()


def test_what_a_reader_does_with_a_document_stays_with_the_reader(storage: LogStorage) -> None:
    table = DeskDB(storage).table("t")
    given = {"tags": ["a"]}
    record_id = table.insert(given)
    given["tags"].append("mine")
    copies: list[Any] = [table.get(doc_id=record_id), table.search(where("tags").exists())[0], table.all()[0]]
    for found in copies:
        found["tags"].append("changed")
    assert table.get(doc_id=record_id) == {"tags": ["a"]}
    assert table.search(where("tags").exists()) == [{"tags": ["a"]}]
    storage.close()


def test_a_query_answered_before_sees_what_another_desk_wrote_since(
    tmp_path: Path, storage: LogStorage, clock: FixedClock
) -> None:
    disk = Disk()
    mine, other = DeskDB(storage), DeskDB(LogStorage(storage.root, WriterSlot(tmp_path / "b", disk), clock, disk=disk))
    assert mine.table("t").search(where("n") == 1) == []
    other.table("t").insert({"n": 1})
    assert mine.table("t").search(where("n") == 1) == [{"n": 1}]
    mine.close()
    other.close()


def test_what_cannot_be_stored_changes_nothing(storage: LogStorage) -> None:
    table = DeskDB(storage).table("t")
    with pytest.raises(TypeError):
        table.insert({"n": {1, 2}})
    with pytest.raises(ValueError, match="exists"):
        table.insert_multiple([Document({"n": 1}, "a"), Document({"n": 2}, "a")])  # type: ignore[arg-type]  # text ids
    assert table.all() == []
    assert lines(storage, "t") == []
    storage.close()


def test_a_table_that_was_empty_when_it_was_read_is_listed_once_another_desk_wrote_to_it(
    storage: LogStorage, tmp_path: Path, clock: FixedClock
) -> None:
    here, there = storage, LogStorage(storage.root, WriterSlot(tmp_path / "other", Disk()), clock, disk=Disk())
    assert not here.fresh("jam").exists
    there.commit(there.fresh("jam"), {"1": {"n": 1}})
    assert here.names() == ["jam"]
    there.commit(there.fresh("jam"), {}, drop=True, gone=True)
    here.fresh("jam")
    assert here.names() == []


def test_tables_are_listed_dropped_and_made_again(storage: LogStorage) -> None:
    db = DeskDB(storage)
    assert db.tables() == set()
    db.table("a").insert({"n": 1})
    db.table("b", persist_empty=True)
    db.insert({"n": 0})
    assert db.tables() == {"a", "b", "_default"}
    db.drop_table("a")
    assert db.tables() == {"b", "_default"}
    db.table("a").insert({"n": 2})
    assert db.table("a").all() == [{"n": 2}]
    db.drop_tables()
    assert db.tables() == set()
    assert db.all() == []
    db.close()


def test_tinydbs_own_table_works_on_the_storage(storage: LogStorage) -> None:
    table = PlainDB(storage).table("t")
    assert table.insert({"n": 1}) == 1
    table.insert({"n": 2})
    table.update({"n": 5}, where("n") == 2)
    table.remove(doc_ids=[1])
    assert table.all() == [{"n": 5}]
    storage.write({"u": {"1": {"n": 7}}})
    assert PlainDB(storage).tables() == {"u"}
    assert PlainDB(storage).table("u").all() == [{"n": 7}]
    storage.close()


def test_tables_let_go_are_read_again(storage: LogStorage) -> None:
    db = DeskDB(storage)
    for number in range(100):
        db.table(f"t{number}").insert({"n": number})
    assert sum(1 for _ in storage.loaded()) < 100
    assert [db.table(f"t{number}").all() for number in range(100)] == [[{"n": number}] for number in range(100)]
    db.table("t0").update({"n": -1})
    assert db.table("t0").all() == [{"n": -1}]
    assert len(list((storage.root / "t0").iterdir())) == 1
    db.close()


def test_the_logs_tables_are_there_for_power_users(log: Log) -> None:
    log.save_feedback({"text": "thank you"})
    assert log.db.table("feedback").search(where("text") == "thank you")
